"""Whether a logo is the picture that its name says, and asks nobody for anything: what is none would not be seen.

A picture in a page runs no script and fetches nothing; a logo that would is refused all the same, since people also
open it by itself. What drawing programs write beside the drawing (other namespaces, texts, processing instructions) is
let be. Not its business: where a logo stands (`assets`).
"""

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from yearbook.errors import DefinitionError
from yearbook.publish.report.css import read_tokens

LARGEST_LOGO = 200_000
"""Bytes: the picture is written into every page."""
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
OTHER_PAGES = {"http://www.w3.org/1999/xhtml": "HTML", "http://www.w3.org/1998/Math/MathML": "MathML"}
"""What a browser would show and run as in a page."""
PNG_BEGIN, PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"
ACTIVE = {"script", "foreignObject", "iframe", "handler", "listener"}
LINKS = {"href", "src"}
HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
WORDS = re.compile(r"(?:id|class)$|data-|aria-")
"""The attributes whose values no program reads as CSS."""
WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,])")
CSS_WITHIN = re.compile(
    r"#|data:(?:image/(?:png|jpe?g|gif|webp)|font/[\w-]+|application/[\w.-]*font[\w-]*)?[;,]|$", re.IGNORECASE
)
ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
INTO = "put what it needs into the picture, or draw it"


def require_picture(path: Path, content: bytes) -> None:
    """Raise `DefinitionError` where a logo is too large, or no picture of the kind that its name says."""
    if len(content) > LARGEST_LOGO:
        what = f"the logo has {len(content):,} bytes; a page has room for {LARGEST_LOGO:,}"
        raise DefinitionError(what, where=str(path), fix="save it smaller: it is written into every page")
    if path.suffix == ".svg":
        _Svg(path).read(content)
    elif not (content.startswith(PNG_BEGIN) and PNG_END in content):
        raise DefinitionError("the file is no PNG, or not a whole one", where=str(path), fix="save the logo as PNG")


class _Svg:
    """One reading of an SVG: refuses at the first thing that is none of a picture."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_root = True
        self._style: list[str] | None = None
        """Within a `style` element what it holds, which comes in pieces."""
        self._style_line = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        # What an entity stands for may be larger than all else: no drawing needs one.
        parser.EntityDeclHandler = lambda name, *_: self._refuse(f"the picture declares the entity `{name}`")
        parser.ProcessingInstructionHandler = self._instruction

    def read(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise self._unread(expat.errors.messages[error.code], error.lineno) from None
        except (ValueError, LookupError) as error:
            raise self._unread(str(error), 1) from None

    def _unread(self, why: str, line: int) -> DefinitionError:
        fix = "save the logo as SVG in UTF-8, or as `logo.png`"
        return DefinitionError(f"the file is no SVG: {why}", where=f"{self._path}:{line}", fix=fix)

    def _refuse(self, what: str, fix: str = "take it out", line: int = 0) -> NoReturn:
        raise DefinitionError(what, where=f"{self._path}:{line or self._parser.CurrentLineNumber}", fix=fix)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        if self._is_root and (namespace, element) != (SVG, "svg"):
            self._refuse(f"the picture begins with `{element}`", f'begin it with `<svg xmlns="{SVG}">`')
        self._is_root = False
        if namespace in OTHER_PAGES:
            self._refuse(f"the picture holds `{element}` of {OTHER_PAGES[namespace]}")
        if f"{XML} base" in attributes:
            self._refuse("the picture holds `xml:base`, which leads its references elsewhere")
        if self._style is not None:
            self._refuse(f"the picture holds `{element}` within `style`")
        if namespace != SVG:
            return
        if element in ACTIVE:
            self._refuse(f"the picture holds `{element}`")
        if element == "style":
            self._style, self._style_line = [], self._parser.CurrentLineNumber
        for key, value in attributes.items():
            of, _, attribute = key.rpartition(" ")
            self._attribute(of, attribute, value)

    def _attribute(self, namespace: str, name: str, value: str) -> None:
        """Look at an attribute of an element that is drawn; of other namespaces, links alone do something."""
        if not namespace and HANDLER.fullmatch(name):
            self._refuse(f"the picture holds `{name}`, which would run a script")
        if namespace in {"", XLINK} and name in LINKS:
            if not WITHIN.match(value):
                self._refuse(f"the picture refers to `{value[:80]}`", INTO)
        elif name == "attributeName" and not namespace:
            changed = value.strip().rpartition(":")[2]
            if changed in LINKS or HANDLER.fullmatch(changed):
                self._refuse(f"the picture changes `{value.strip()}` while it is shown")
        elif not namespace and not WORDS.match(name):
            self._css(value, self._parser.CurrentLineNumber)

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, _: str) -> None:
        if self._style is not None:
            self._css("".join(self._style), self._style_line)
            self._style = None

    def _css(self, css: str, line: int) -> None:
        """Refuse what of CSS fetches something, and what other programs than browsers may read so.

        That is any text that is an address, and any escape: no drawing needs one.
        """
        for token in read_tokens(css):
            is_odd = token.kind != "comment" and "\\" in token.said
            if is_odd or token.fetches(CSS_WITHIN) or (token.kind == "text" and ADDRESS.match(token.holds)):
                where = line + css[: token.place].count("\n")
                self._refuse(f"the picture asks for `{token.said.strip()[:80]}`", INTO, where)

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._refuse(f"the picture holds `<?{target}`")
