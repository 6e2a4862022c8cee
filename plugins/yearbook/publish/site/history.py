"""Every figure over the editions: one line an indicator, one cell a year, each a link into that year's report.

Not its business: parts of a figure, which stand in the reports and in `series.csv`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL
from yearbook.publish.anchors import name_figure
from yearbook.publish.context import Context, slug
from yearbook.publish.figures import Figure
from yearbook.publish.rankings import lead_variant
from yearbook.publish.report.document import first_sentence
from yearbook.publish.tables.cells import BLANK, written_for
from yearbook.publish.tables.flags import Flags
from yearbook.publish.words.synonyms import also_called


@dataclass(frozen=True)
class PastCell:
    """What one edition says; the link is empty where it says nothing."""

    text: str
    link: str


@dataclass(frozen=True)
class PastRow:
    """One indicator; `words` are what a search finds it by beside its title and definition."""

    id: str
    title: str
    unit: str
    definition: str
    words: str
    cells: list[PastCell]


@dataclass(frozen=True)
class PastChapter:
    """The indicators of one chapter."""

    id: str
    title: str
    rows: list[PastRow]


def make_history(context: Context, years: Sequence[int], linked: Collection[int]) -> list[PastChapter]:
    """The chapters with a figure in any of these years; `linked` are those with a page in this language."""
    order = {name: place for place, name in enumerate(context.chapters)}
    told = [one for one in context.material.indicators if one.chapter in order]
    indicators = sorted(told, key=lambda one: order[one.chapter])
    chapters = []
    for name, group in groupby(indicators, key=lambda one: one.chapter):
        rows = [row for indicator in group if (row := _row(context, indicator, years, linked))]
        if rows:
            chapters.append(PastChapter(slug("chapter", name), context.chapters[name], rows))
    return chapters


def _row(context: Context, indicator: Indicator, years: Sequence[int], linked: Collection[int]) -> PastRow | None:
    variant = _variant(context, indicator, years)
    if variant is None:
        return None
    figures = {year: context.figures.total(indicator.indicator, year, variant) for year in years}
    told = [one for year, one in figures.items() if one and one.is_known and _says_something(context, indicator, one)]
    written = written_for(context, indicator, told) if told else None
    flags = Flags(context, indicator, told)
    cells = []
    for year in years:
        figure = figures[year]
        if written and figure in told and figure is not None:
            mark = flags.own_mark(figure)
            number = written.number(figure.value or 0.0)
            link = f"{_page(context, year)}#{name_figure(figure)}"
            cells.append(PastCell(f"{number} {mark}" if mark else number, link if year in linked else ""))
        elif _has_parts(context, indicator, year):
            link = _link(context, indicator, year) if year in linked else ""
            cells.append(PastCell(context.language.say("by its parts"), link))
        else:
            cells.append(PastCell(BLANK, ""))
    definition = context.language.prose(indicator.definition.get(context.language.tag))
    titles = [str(one) for one in indicator.title.model_dump().values() if one]
    return PastRow(
        id=slug("indicator", indicator.indicator),
        title=context.title(indicator, variant),
        unit=written.label if written else "",
        definition=first_sentence(definition),
        words=" ".join([indicator.indicator, *titles, definition, also_called(*titles)]),
        cells=cells,
    )


def _variant(context: Context, indicator: Indicator, years: Sequence[int]) -> str | None:
    """The way of measuring that speaks for the indicator in the newest year that has one."""
    wanted = context.material.key_figures.get(indicator.indicator, TOTAL)
    found = (lead_variant(context.figures, indicator.indicator, year, wanted) for year in sorted(years, reverse=True))
    return next((variant for variant in found if variant is not None), None)


def _says_something(context: Context, indicator: Indicator, figure: Figure) -> bool:
    is_share = context.figures.are_shares(indicator.indicator, figure.year, figure.variant)
    return indicator.kind != "contribution" and not is_share


def _has_parts(context: Context, indicator: Indicator, year: int) -> bool:
    code, figures = indicator.indicator, context.figures
    return any(
        part.is_known
        for dimension, variant in figures.places(code, year)
        for part in figures.parts(code, year, dimension, variant).values()
    )


def _link(context: Context, indicator: Indicator, year: int) -> str:
    return f"{_page(context, year)}#{slug('indicator', indicator.indicator)}"


def _page(context: Context, year: int) -> str:
    return f"{year}/{context.language.tag}.html"
