"""What a page carries beside its text: stylesheets, a script, a logo, colours; an office's own stand before ours.

`assets/report.css` and `assets/report-*.css` make one stylesheet, in order of their names, and `assets/report-*.js` one
script: a file of the same name replaces ours, a file of another name is added. Everything is written into the page.
Not its business: templates (`pages`).
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from yearbook.errors import DefinitionError
from yearbook.publish.charts.palette import load_palette, stylesheet_variables
from yearbook.publish.report.css import read_tokens
from yearbook.publish.report.pictures import require_picture

LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
CLOSING = {
    ".css": re.compile(r"</style", re.IGNORECASE),
    ".js": re.compile(r"</script|<!--", re.IGNORECASE),
}
"""What ends a stylesheet or a script in a page, wherever in it it stands."""
WITHIN = re.compile(r"#|data:|$", re.IGNORECASE)
"""How the address of a part of a page begins."""

Wrong = tuple[int, str, str]
"""Where in a text, what is wrong, and what would be right."""


@dataclass(frozen=True)
class Script:
    """A page's script, and the digest by which the page allows this one and no other."""

    text: Markup
    digest: str


def read_stylesheet(folders: Sequence[Path], page: str) -> Markup:
    """The colours, and all stylesheets of a page. Raises `DefinitionError` where one would spoil those after it."""
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
    """The office's logo as an address that holds the picture itself; empty where there is none.

    Raises `DefinitionError` where the file is no such picture.
    """
    for folder in folders:
        for name, kind in LOGOS.items():
            path = folder / "assets" / name
            if path.exists():
                content = path.read_bytes()
                require_picture(path, content)
                return f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return ""


def not_utf8(path: Path, error: UnicodeDecodeError) -> DefinitionError:
    """What to say of a text that is not UTF-8: the line of its first byte that is none."""
    line = error.object[: error.start].count(b"\n") + 1
    return DefinitionError("the file is not UTF-8", where=f"{path}:{line}", fix="save it as UTF-8")


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(path, error) from None
    _require_whole(path, text)
    return text


@lru_cache(maxsize=64)
def _require_whole(path: Path, text: str) -> None:
    """Refuse what ends its place in the page too early, or swallows what comes after it there."""
    wrong = _closing(CLOSING[path.suffix], text) or (_spoiling(text) if path.suffix == ".css" else None)
    if wrong:
        place, what, fix = wrong
        raise DefinitionError(what, where=f"{path}:{text[:place].count(chr(10)) + 1}", fix=fix)


def _closing(ends: re.Pattern[str], text: str) -> Wrong | None:
    found = ends.search(text)
    return (found.start(), f"`{found[0]}` would end the page's own", "take it out") if found else None


def _spoiling(text: str) -> Wrong | None:
    """What of a stylesheet is not closed, or asks for something that no page fetches."""
    opened: list[int] = []
    for token in read_tokens(text):
        said, place = token.said, token.place
        if token.kind == "comment" and not token.is_closed:
            return place, "the comment is not closed, and takes all rules after it along", "close it by `*/`"
        if not token.is_closed:
            return place, f"the text is not closed on its line: {said[:80]}", "close it by the same quote"
        if said == "{":
            opened.append(place)
        elif said == "}":
            if not opened:
                return place, "the bracket closes none: `}`", "take it out, or open one before it by `{`"
            opened.pop()
        elif token.fetches(WITHIN):
            return place, f"a page asks nobody for anything: `{said[:80]}`", "write `url(data:…)`, or rules of your own"
    return (opened[-1], "the bracket is not closed: `{`", "close it by `}`") if opened else None


def _files(folders: Sequence[Path], page: str, suffix: str) -> list[Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in (folder / "assets").glob(f"{page}*{suffix}"):
            if path.is_file() and (path.stem == page or path.stem.startswith(f"{page}-")):
                found.setdefault(path.stem, path)
    return [found[stem] for stem in sorted(found)]
