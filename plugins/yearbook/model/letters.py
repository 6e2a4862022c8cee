"""Letters that a text must not hold: half the formats of an edition cannot write them, and a chart fails over them.

XML has no place for control characters (but tab and line ends), halves of a pair (surrogates), U+FFFE and U+FFFF.
A text that is told to readers has none either that turns what follows it around (overrides, embeddings and isolates of
a direction): a title with one would read otherwise than it is written, and take the rest of its line with it.
A value read from a cell or typed by a person loses all that cannot be seen. Not its business: what else is changed in
it (`extract.normalize`).
"""

import re

_UNWRITABLE = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff"
_TURNING = r"\u202a-\u202e\u2066-\u2069"
UNWRITABLE, TURNING = re.compile(f"[{_UNWRITABLE}]"), re.compile(f"[{_TURNING}]")
INVISIBLE = re.compile(rf"[{_UNWRITABLE}{_TURNING}\u007f\u00ad\u200b-\u200f\u2060\ufeff]")
"""What is no part of a value, though it may stand in its cell: the same, and what has no shape of its own."""


def unfit(text: str) -> str:
    """Say which letter of a text that readers see must go, and why; empty where all may stay."""
    if letter := unwritable(text):
        return f"{letter}, which no page or file can hold"
    found = TURNING.search(text)
    return f"U+{ord(found[0]):04X}, which turns the letters after it around" if found else ""


def without_unfit(text: str) -> str:
    """A text without the letters that `unfit` names."""
    return TURNING.sub("", UNWRITABLE.sub("", text))


def unwritable(text: str) -> str:
    """Name the first letter of a text that cannot be written, such as `U+000B`; empty where there is none."""
    found = UNWRITABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
