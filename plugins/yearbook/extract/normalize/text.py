"""Text as it is kept, and what counts as a missing cell.

Missing are: an empty cell, white space, dashes or dots alone, and the words by which programs write a null. `NA` is
not among them: it is Namibia, or Namibian. Nor are `None`, `无` and `0`, which are answers.
"""

import unicodedata

from yearbook.model.letters import INVISIBLE

_DASHES_AND_DOTS = "-‐‑‒–—―−－─.…"
_NULL_WORDS = frozenset({"n/a", "#n/a", "null", "nan", "\\n", "<na>"})
_LONGEST_WORD = max(map(len, _NULL_WORDS))
_LONGEST_BLANK = 10_000
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x2212: ord("-"), 0xFFE5: ord("¥"), 0xFFE1: ord("£")}
    | dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], ord(" "))
)


def is_missing(text: str) -> bool:
    """Whether a cell says nothing."""
    if len(text) > _LONGEST_WORD and text[0].isalnum():
        return False
    bare = (INVISIBLE.sub("", text) if len(text) < _LONGEST_BLANK else text).strip()
    return not bare.strip(_DASHES_AND_DOTS) or bare.lower() in _NULL_WORDS


def clean_text(text: str) -> str:
    """Trim a text, bring it into NFKC, and take out invisible and control characters (line breaks and tabs stay)."""
    normal = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return INVISIBLE.sub("", normal).strip()


def narrow(text: str) -> str:
    """Write full-width digits, letters, signs and blanks as ASCII, and nothing else: NFKC would read `10²` as 102."""
    return text if text.isascii() else text.translate(_NARROW)
