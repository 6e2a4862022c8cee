"""A cell that a person writes, as the one text that says it, or a word on what may stand there.

Amounts are in the field's own unit: nothing is guessed from a `万` or a currency in a correction.
"""

import difflib
from collections.abc import Mapping

from yearbook.model.codelist import Codelist, fold
from yearbook.model.dataset import Field
from yearbook.model.values import parse_value, write_value

SEPARABLE, SEPARATORS = ("money", "number", "integer", "share"), ",，"
MOST_NEAR, LONGEST_CODE = 3, 100


def settle_text(field: Field, codelists: Mapping[str, Codelist], text: str | None) -> str | None:
    """Write what a text says in a field as records are written; None for nothing.

    Raises `ValueError` for what cannot be read, and for numbers with separators: `1,200` is not the same everywhere.
    """
    if field.type in SEPARABLE and text and any(one in text for one in SEPARATORS):
        raise ValueError(f"`{text[:LONGEST_CODE]}` cannot be read as {field.type}: write it in plain digits")
    value = parse_value(field, codelists, text)
    if field.type == "money" and value is not None and abs(value) > field.max_amount:
        raise ValueError(f"`{text}` is more than any amount can be")
    return write_value(value) or None


def say_wanted(field: Field, codelists: Mapping[str, Codelist], text: str = "") -> str:
    """What a cell of the field may hold, for people; of codes, those next to a text."""
    unit = f" in {field.unit}" if field.unit else ""
    codes = _say_codes(codelists[field.codelist], text) if field.codelist else f"one of {', '.join(field.values or [])}"
    return {
        "text": f"a text of at most {field.max_length} characters",
        "code": codes,
        "integer": f"a whole number{unit}",
        "number": f"a number{unit}",
        "money": f"an amount{unit} of at most {field.max_amount:,}, in digits and without a unit",
        "share": "a number in percent",
        "date": "a day such as 2024-03-05",
        "year": "a year such as 2024",
        "boolean": "yes or no",
    }[field.type]


def _say_codes(codelist: Codelist, text: str) -> str:
    near = difflib.get_close_matches(fold(text[:LONGEST_CODE]), codelist.names(), n=MOST_NEAR)
    codes = dict.fromkeys(code for name in near if (code := codelist.find(name)))
    meant = f"did you mean {', '.join(f'{one} ({codelist.codes[one].name_en})' for one in codes)}? " if codes else ""
    place = "/".join(codelist.path.parts[-3:])
    return f"{meant}a code or a name of {codelist.name}: the list is {place}"
