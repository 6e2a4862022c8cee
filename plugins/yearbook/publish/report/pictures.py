"""Whether a logo is the picture that its name says, and asks nobody for anything: what is none would not be seen.

A picture in a page runs no script and fetches nothing; a logo that would is refused all the same, since people also
open it by itself. Not its business: where a logo stands (`assets`).
"""

import re
from pathlib import Path
from xml.parsers import expat

from yearbook.errors import DefinitionError

LARGEST_LOGO = 200_000
"""Bytes: the picture is written into every page."""
SVG = "http://www.w3.org/2000/svg"
PNG_BEGIN, PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"
ACTIVE = {"script", "foreignObject", "iframe", "handler", "listener"}
WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])")
OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:|[\"'\s])[^)]*", re.IGNORECASE)
"""In CSS: what a page would have to fetch."""


def require_picture(path: Path, content: bytes) -> None:
    """Raise `DefinitionError` where a logo is too large, or no picture of the kind that its name says."""
    if len(content) > LARGEST_LOGO:
        what = f"the logo has {len(content):,} bytes; a page has room for {LARGEST_LOGO:,}"
        raise DefinitionError(what, where=str(path), fix="save it smaller: it is written into every page")
    if path.suffix == ".svg":
        _require_svg(path, content)
    elif not (content.startswith(PNG_BEGIN) and PNG_END in content):
        raise DefinitionError("the file is no PNG, or not a whole one", where=str(path), fix="save the logo as PNG")


def _require_svg(path: Path, content: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_size, parser.buffer_text = LARGEST_LOGO, True
    is_root = True

    def refuse(what: str, fix: str = "take it out") -> None:
        raise DefinitionError(what, where=f"{path}:{parser.CurrentLineNumber}", fix=fix)

    def look_at(text: str) -> None:
        if found := OUTSIDE.search(text):
            refuse(f"the picture asks for `{found[0]}`", "put what it needs into the picture, or draw it")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_root
        namespace, _, element = name.rpartition(" ")
        if is_root and (namespace, element) != (SVG, "svg"):
            refuse(f"the picture begins with `{element}`", f'begin it with `<svg xmlns="{SVG}">`')
        is_root = False
        if element in ACTIVE:
            refuse(f"the picture holds `{element}`")
        for key, value in attributes.items():
            attribute = key.rpartition(" ")[2]
            if attribute.lower().startswith("on"):
                refuse(f"the picture holds `{attribute}`, which would run a script")
            if attribute in {"href", "src"} and not WITHIN.match(value):
                refuse(f"the picture refers to `{value[:80]}`", "put what it needs into the picture, or draw it")
            look_at(value)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = look_at
    # What an entity stands for may be larger than all else: no drawing needs one.
    parser.EntityDeclHandler = lambda name, *_: refuse(f"the picture declares the entity `{name}`")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"the picture holds `<?{target}`")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        what = f"the file is no SVG: {expat.errors.messages[error.code]}"
        fix = "save the logo as SVG, or as `logo.png`"
        raise DefinitionError(what, where=f"{path}:{error.lineno}", fix=fix) from None
