"""Letters that a text must not hold: half the formats of an edition cannot write them, and a chart fails over them.

XML has no place for control characters (but tab and line ends), halves of a pair (surrogates), U+FFFE and U+FFFF.
A text that is told to readers has none either that turns what follows it around (overrides and embeddings of a
direction): a title with one would read otherwise than it is written, and take the rest of its line with it.
Not its business: what a record's text loses on its way in (`extract.normalize`).
"""

import re

UNWRITABLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")

TURNING = re.compile("[\u202a-\u202e]")


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
