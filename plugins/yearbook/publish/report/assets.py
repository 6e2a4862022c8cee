"""What a page carries beside its text: stylesheets, a script, a logo, colours; an office's own stand before ours.

`assets/report.css` and `assets/report-*.css` make one stylesheet, in order of their names, and `assets/report-*.js` one
script: a file of the same name replaces ours, a file of another name is added. Everything is written into the page.
Not its business: templates (`pages`).
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from yearbook.errors import DefinitionError
from yearbook.publish.charts.palette import load_palette, stylesheet_variables

LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}


@dataclass(frozen=True)
class Script:
    """A page's script, and the digest by which the page allows this one and no other."""

    text: Markup
    digest: str


def read_stylesheet(folders: Sequence[Path], page: str) -> Markup:
    """The colours, and all stylesheets of a page."""
    texts = [_read(path) for path in _files(folders, page, ".css")]
    return Markup("\n".join([stylesheet_variables(load_palette(folders)), *texts]))


def read_script(folders: Sequence[Path], page: str) -> Script | None:
    """All scripts of a page, or None where it has none: every page is whole without them."""
    texts = [_read(path) for path in _files(folders, page, ".js")]
    if not texts:
        return None
    text = "\n".join(texts)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Script(Markup(text), f"sha256-{digest}")


def read_logo(folders: Sequence[Path]) -> str:
    """The office's logo as an address that holds the picture itself; empty where there is none."""
    for folder in folders:
        for name, kind in LOGOS.items():
            path = folder / "assets" / name
            if path.exists():
                return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    return ""


def not_utf8(path: Path, error: UnicodeDecodeError) -> DefinitionError:
    """What to say of a text that is not UTF-8: the line of its first byte that is none."""
    line = error.object[: error.start].count(b"\n") + 1
    return DefinitionError("the file is not UTF-8", where=f"{path}:{line}", fix="save it as UTF-8")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(path, error) from None


def _files(folders: Sequence[Path], page: str, suffix: str) -> list[Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in (folder / "assets").glob(f"{page}*{suffix}"):
            if path.stem == page or path.stem.startswith(f"{page}-"):
                found.setdefault(path.stem, path)
    return [found[stem] for stem in sorted(found)]
