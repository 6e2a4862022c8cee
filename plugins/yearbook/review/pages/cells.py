"""Cells of records as a page shows them: bounded, and with what cannot be seen made visible.

Escaping is the templates' business. A cell may hold anything: markup, a formula, ten megabytes.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from yearbook.extract.shown import is_unseen
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Field
from yearbook.publish.words.language import N_, Language
from yearbook.validate.findings import show

LONGEST = 500
YES, NO = N_("yes"), N_("no")
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,10})?")
WANTED = {
    "share": N_("a number in percent"),
    "date": N_("a day such as 2024-03-05"),
    "year": N_("a year such as 2024"),
    "boolean": N_("yes or no"),
}
MOST_CELLS = 200


def bounded(text: str, longest: int = LONGEST) -> str:
    """A text cut where it is longer than is read, with what lays out or hides text replaced by U+FFFD."""
    seen = "".join(
        one if one in "\n\t" or not is_unseen(one) else "\N{REPLACEMENT CHARACTER}" for one in text[:longest]
    )
    return seen if len(text) <= longest else f"{seen}… ({len(text):,})"


def write_cell(field: Field, codelists: Mapping[str, Codelist], value: Any, language: Language) -> str:
    """A typed cell: numbers in groups, a code with its name, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return language.say(YES if value else NO)
    codelist = codelists.get(field.codelist or "")
    code = codelist.codes.get(value) if codelist and isinstance(value, str) else None
    if code is not None:
        return bounded(f"{value} · {code.name(language.tag)}")
    return bounded(show(value))


def found_cell(field: Field | None, text: str | None, longest: int) -> str:
    """The text of a cell in which something was found: a number in groups, so that its size can be seen."""
    if not text:
        return ""
    if field is not None and field.type in ("money", "number") and PLAIN_NUMBER.fullmatch(text):
        return show(Decimal(text))
    return bounded(text, longest)


def wanted(field: Field, codelist_names: str, say: Callable[..., str]) -> str:
    """What a cell of the field may hold, for whoever writes one."""
    unit = field.unit or ""
    if field.type == "code":
        return say("one of %(choices)s", choices=codelist_names)
    if field.type == "text":
        return say("a text of at most %(count)s characters", count=field.max_length)
    if field.type == "money":
        return say("an amount in %(unit)s, in digits: 120000, not 12万", unit=unit)
    if field.type in ("integer", "number"):
        return say("a number in digits %(unit)s", unit=unit).rstrip()
    return say(WANTED[field.type])
