"""A cell that a person writes, as the one text that says it, or a word on what may stand there.

Amounts are in the field's own unit: nothing is guessed from a `万` or a currency in a correction.
"""

from collections.abc import Mapping

from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Field
from yearbook.model.values import parse_value, write_value


def settle_text(field: Field, codelists: Mapping[str, Codelist], text: str | None) -> str | None:
    """Write what a text says in a field as records are written; None for nothing.

    Raises `ValueError` for what cannot be read.
    """
    value = parse_value(field, codelists, text)
    if field.type == "money" and value is not None and abs(value) > field.max_amount:
        raise ValueError(f"`{text}` is more than any amount can be")
    return write_value(value) or None


def say_wanted(field: Field) -> str:
    """What a cell of the field may hold, for people."""
    unit = f" in {field.unit}" if field.unit else ""
    codes = f"a code or a name of {field.codelist}" if field.codelist else f"one of {', '.join(field.values or [])}"
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
