"""CSS as browsers read it, as far as it takes to know what of it they would fetch.

Tokens after CSS Syntax 3, with escapes resolved: `u\\72l(…)` is `url(…)`. Where a function takes a text for an address,
the text may come from a variable: such functions are told by their names, whatever they hold.
Not tinycss2, which closes by itself what is left open: that is to be told here, with its place.
Not its business: what a stylesheet or a picture may hold (`assets`, `pictures`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["comment", "text", "address", "fetch", "brace", "other"]

NO_LETTER = "\N{REPLACEMENT CHARACTER}"
WHITE = " \t\n\r\f"
ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\n\r\f])?|[^0-9a-fA-F\n\r\f])"
ESCAPED = re.compile(r"\\(?:(?P<hex>[0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?|(?P<line>\r\n|[\n\r\f])|(?P<letter>.|\Z))")
TEXT = rf"""(?P<quote>["'])(?P<text>(?:{ESCAPE}|\\(?:\r\n|[\n\r\f])|(?!(?P=quote))[^\\\n\r\f])*)(?P<end>(?P=quote))?"""
PLAIN = r"""(?:"[^"\\\n]*"|'[^'\\\n]*')"""
NAMESPACE = rf"""@namespace\s+(?:[\w-]+\s+)?(?:{PLAIN}|url\(\s*(?:{PLAIN}|[^"'()\\\s]*)\s*\))\s*;"""
"""A whole rule: its address is a name, which nobody asks for."""
NAME = rf"(?P<sign>[@#]?)(?P<name>(?:[\w-]|[^\x00-\x7f]|{ESCAPE})+)(?P<calls>\()?"
TOKEN = re.compile(
    rf"(?P<comment>/\*).*?(?P<over>\*/|\Z)|{NAMESPACE}|{TEXT}|{NAME}|(?P<brace>[{{}}])|\\",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
ADDRESS = re.compile(rf"\s*(?:{TEXT}|(?P<bare>(?:[^)\\]|\\(?:.|\Z))*))\s*\)?", re.DOTALL | re.ASCII)
"""What follows `url(`."""


@dataclass(frozen=True)
class Token:
    """A piece of CSS, and where it begins. A text, and the address of a `url(…)`, hold what they say, unescaped."""

    kind: Kind
    place: int
    said: str
    holds: str = ""
    is_closed: bool = True

    def fetches(self, within: re.Pattern[str]) -> bool:
        """Whether something may be fetched by it; an address that begins like `within` is that of a part of a page."""
        return self.kind == "fetch" or (self.kind == "address" and not within.match(self.holds))


def read_tokens(css: str) -> Iterator[Token]:
    """The comments, texts, names, addresses and braces of CSS; what stands between them fetches nothing."""
    place = 0
    while found := TOKEN.search(css, place):
        called = _plain(found["name"] or "").lower()
        if called == "url" and found["calls"] and not found["sign"]:
            token = _address(css, found)
        elif found["comment"]:
            token = Token("comment", found.start(), found[0], is_closed=bool(found["over"]))
        elif found["quote"]:
            token = Token("text", found.start(), found[0], _plain(found["text"]), is_closed=bool(found["end"]))
        else:
            kind: Kind = "brace" if found["brace"] else "fetch" if _is_fetch(found, called) else "other"
            token = Token(kind, found.start(), found[0])
        yield token
        place = token.place + len(token.said)


def _address(css: str, begun: re.Match[str]) -> Token:
    found = ADDRESS.match(css, begun.end())
    assert found, "a pattern that also matches nothing"
    holds = _plain(found["bare"] if found["quote"] is None else found["text"]).strip(WHITE)
    said = css[begun.start() : found.end()]
    return Token("address", begun.start(), said, holds, is_closed=not found["quote"] or bool(found["end"]))


def _is_fetch(found: re.Match[str], called: str) -> bool:
    if found["sign"]:
        return (found["sign"], called) == ("@", "import")
    return bool(found["calls"]) and (called in {"image", "src"} or called.endswith("image-set"))


def _plain(text: str) -> str:
    """The same with each escape resolved; a line that ends by a backslash goes on in the next."""
    return ESCAPED.sub(_letter, text)


def _letter(escaped: re.Match[str]) -> str:
    if escaped["hex"]:
        code = int(escaped["hex"], 16)
        return NO_LETTER if code > 0x10FFFF or code == 0 or 0xD800 <= code < 0xE000 else chr(code)
    return "" if escaped["line"] else escaped["letter"] or NO_LETTER
