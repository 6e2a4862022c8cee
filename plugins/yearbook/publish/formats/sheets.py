"""What stands on the sheets of an edition's workbook: one table for each indicator, its years side by side.

Values are unrounded numbers in the unit that the line names; a mark in square brackets stands where there is none.
Not its business: how a sheet becomes a file (`workbook`).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL
from yearbook.publish.context import Context
from yearbook.publish.figures import ALL, CROSS, Figure, split_code
from yearbook.publish.report.confidence import EXPERIMENTAL
from yearbook.publish.tables.cells import year_head
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import FLAGS, variant_order

Cell = str | float | int | None
Place = tuple[str, str]
"""A dimension and a way of measuring."""

NAME_LETTERS = 31
"""The longest name that a sheet may have."""
NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\s]+")
"""What no name of a sheet may hold; several spaces are one."""
RESERVED = "history"
"""Excel keeps this name for itself, in any case."""
COVER, NOTES = N_("Cover"), N_("Notes")
HEADS = (N_("Part of"), N_("Code"), N_("Name"), N_("Measured"), N_("Unit"), N_("Code of the unit"))
RECORDS_OF = N_("Records, %(year)s")
MARKS = N_("Marks")


@dataclass(frozen=True)
class Sheet:
    """One table. `facts` stand above it: a head and what it says; `name` is that of its tab."""

    name: str
    code: str
    title: str
    facts: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[Cell]]
    first_number: int
    decimals: int


def make_sheets(context: Context) -> list[Sheet]:
    """A sheet for each indicator that has figures, in the order of the report."""
    years, tag = context.figures.years, context.language.tag
    taken = {RESERVED, *(context.language.say(one).casefold() for one in (COVER, NOTES))}
    made: list[Sheet] = []
    for indicator in context.material.indicators:
        places = _places(context, indicator, years)
        if places:
            name = name_sheet(indicator.title.get(tag), taken)
            taken.add(name.casefold())
            made.append(_sheet(context, indicator, places, years, name))
    return made


def name_sheet(title: str, taken: Collection[str]) -> str:
    """A title as the name of a sheet: without signs that Excel refuses, cut where it is too long, numbered where taken.

    `taken` are names in small letters.
    """
    whole = NO_NAME.sub(" ", title).strip("' ")
    name, number = _cut(whole, NAME_LETTERS), 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = _cut(whole, NAME_LETTERS - len(end)) + end
    return name


def _cut(text: str, room: int) -> str:
    # Excel counts as UTF-16 does: a rare character takes two places.
    if len(text.encode("utf-16-le")) <= 2 * room:
        return text
    letters = text.encode("utf-16-le")
    start, one_more = (letters[: 2 * most].decode("utf-16-le", "ignore") for most in (room - 1, room))
    words = one_more.rpartition(" ")[0]
    return (words if 2 * len(words) > room else start).rstrip("' ") + "…"


def _places(context: Context, indicator: Indicator, years: list[int]) -> list[Place]:
    """All parts that the figures know, totals first, in the order in which the definition names its dimensions."""
    found = {place for year in years for place in context.figures.places(indicator.indicator, year)}
    order = {name: at for at, name in enumerate((ALL, *indicator.dimensions, *indicator.breakdown_names))}
    return sorted(
        found, key=lambda one: (order.get(one[0], len(order)), one[0], one[1] != TOTAL, variant_order(one[1]))
    )


def _sheet(context: Context, indicator: Indicator, places: list[Place], years: list[int], name: str) -> Sheet:
    say, tag = context.language.say, context.language.tag
    facts = [
        (say("Code"), indicator.indicator),
        (say("Definition"), context.language.prose(indicator.definition.get(tag))),
        (say("Formula"), context.language.prose(indicator.formula.get(tag))),
        (say("Source"), context.language.prose(indicator.source.get(tag))),
    ]
    if indicator.experimental:
        facts.append((say("Status"), say(EXPERIMENTAL)))
    if indicator.caveats:
        facts.append((say("Caveats"), context.language.prose(indicator.caveats.get(tag))))
    return Sheet(
        name=name,
        code=indicator.indicator,
        title=indicator.title.get(tag),
        facts=facts,
        columns=[
            *map(say, HEADS),
            *(year_head(context, one) for one in years),
            say(RECORDS_OF, year=context.year),
            say(MARKS),
        ],
        rows=[row for place in places for row in _rows(context, indicator, place, years)],
        first_number=len(HEADS),
        decimals=indicator.decimals,
    )


def _rows(context: Context, indicator: Indicator, place: Place, years: list[int]) -> Iterator[list[Cell]]:
    dimension, variant = place
    by_year = {year: _figures_at(context, indicator, year, place) for year in years}
    newest: dict[str, Figure] = {code: figure for year in years for code, figure in by_year[year].items()}
    part_of, measured = _dimension(context, indicator, dimension), context.names.of(indicator).variant(variant)
    for code in _in_order(context, indicator, dimension, newest):
        line = [by_year[year].get(code) for year in years]
        now = by_year[context.year].get(code) if context.year in by_year else None
        yield [
            part_of,
            code,
            _name(context, indicator, dimension, code),
            measured,
            _unit(context, indicator, newest[code].unit),
            newest[code].unit,
            *(_value(one) for one in line),
            now.records if now else None,
            context.language.listed([mark for one in line if one and (mark := _mark(one))]),
        ]


def _figures_at(context: Context, indicator: Indicator, year: int, place: Place) -> dict[str, Figure]:
    dimension, variant = place
    return dict(context.figures.parts(indicator.indicator, year, dimension, variant))


def _in_order(context: Context, indicator: Indicator, dimension: str, found: dict[str, Figure]) -> list[str]:
    """As a table of the report lists them; crosses by their codes."""
    if dimension == ALL or CROSS in dimension:
        return sorted(found)
    weights = {code: figure.value or 0.0 for code, figure in found.items()}
    listed = [line.code for line in context.names.of(indicator).lines(dimension, found, weights)]
    return list(dict.fromkeys([*listed, *sorted(found)]))


def _dimension(context: Context, indicator: Indicator, dimension: str) -> str:
    names = [context.dimension_title(one, indicator) for one in dimension.split(CROSS) if one]
    return context.language.enumerate(names) if names else context.language.say("Total")


def _name(context: Context, indicator: Indicator, dimension: str, code: str) -> str:
    if dimension == ALL:
        return context.language.say("Total")
    names = context.names.of(indicator)
    return context.language.listed([names.name(one, part) for one, part in split_code(dimension, code).items()])


def _value(figure: Figure | None) -> Cell:
    if figure is None:
        return None
    if figure.value is None or not figure.is_known:
        return f"[{FLAGS[figure.status]}]" if figure.status in FLAGS else None
    return figure.value


def _unit(context: Context, indicator: Indicator, unit: str) -> str:
    """The unit's name; of its scales the smallest, since values are not scaled."""
    return context.units.for_table(context.unit(indicator, unit), [], indicator.decimals).label


def _mark(figure: Figure) -> str:
    flag = FLAGS.get(figure.status)
    return f"{figure.year} [{flag}]" if flag else ""
