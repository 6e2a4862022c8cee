"""Letters that a text must not hold: half the formats of an edition cannot write them, and a chart fails over them.

XML has no place for control characters (but tab and line ends), halves of a pair (surrogates), U+FFFE and U+FFFF.
Not its business: what a record's text loses on its way in (`extract.normalize`).
"""

import re

UNWRITABLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")


def unwritable(text: str) -> str:
    """Name the first letter of a text that cannot be written, such as `U+000B`; empty where there is none."""
    found = UNWRITABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
