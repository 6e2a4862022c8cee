"""Compare a programme's comparators with its editions, for a page and for a terminal.

Not its business: the verdicts (`comparison`) and their words (`comparators`, `differences`).
"""

from collections import Counter
from dataclasses import dataclass

from yearbook.model.comparator import Comparator
from yearbook.model.comparator_tables import load_comparators
from yearbook.model.recipe import Recipe
from yearbook.publish.closing_view import ComparatorRow, Comparators
from yearbook.publish.comparison import Comparison, compare_all
from yearbook.publish.door import compared_observations, computed_years
from yearbook.publish.standing import readable_years
from yearbook.publish.words.comparators import Teller
from yearbook.publish.words.differences import tell_disagreements, tell_official
from yearbook.publish.words.language import N_, SOURCE_LANGUAGE, Language, load_language
from yearbook.publish.words.names import Names
from yearbook.publish.words.units import load_units
from yearbook.workspace import Workspace

PLAIN_COLUMNS = (
    "id", "figure", "year", "bound", "published", "unit", "computed", "difference", "verdict", "reason", "official",
    "source",
)  # fmt: skip
TARGET = "target"
LATER_KINDS = frozenset({"parameter", TARGET})
"""What stands beside the figures of years before its own too."""
ALL_MET = N_("Of published figures that this report is judged by, %(met)s of %(count)s matched.")
SOME_MET = N_(
    "Of published figures that this report is judged by, %(met)s of %(count)s matched; the rest did not, or have no"
    " figure here."
)
SHOWN_DIFFER = N_("Official totals, which are shown beside the computed figures and not judged, differ from them.")


def compare_editions(workspace: Workspace, last: int | None = None) -> list[Comparison]:
    """Compare the programme's comparators with its editions, or with those up to a last one.

    Raises `DefinitionError` where a comparator is wrong.
    """
    recipe = workspace.recipe
    wanted = load_comparators(recipe) if last is None else comparators_until(recipe, last)
    years = computed_years(workspace) if last is None else readable_years(workspace, last)
    needed = {one.year for one in wanted}
    if years and any(one.kind == TARGET for one in wanted):
        needed.add(max(years))
    tables = {year: compared_observations(workspace, year) for year in years if year in needed}
    return compare_all(wanted, tables, recipe.parameters)


def comparators_until(recipe: Recipe, last: int) -> list[Comparator]:
    """What stands in the edition of a year. Raises `DefinitionError` where a comparator is wrong."""
    return [one for one in load_comparators(recipe) if one.year <= last or one.kind in LATER_KINDS]


@dataclass(frozen=True)
class Told:
    """All comparators of a programme, told for a terminal (`rows`) and as plain numbers (`plain`)."""

    rows: list[ComparatorRow]
    plain: list[dict[str, object]]
    disagreements: list[str]
    summary: str
    columns: tuple[str, ...] = PLAIN_COLUMNS

    @property
    def failures(self) -> list[ComparatorRow]:
        """Figures that are to be given back and are not."""
        return [row for row in self.rows if row.is_failure]


def tell_comparators(workspace: Workspace) -> Told:
    """Compare all editions, in English. Raises `DefinitionError` where a comparator is wrong."""
    reports, recipe = workspace.settings.reports, workspace.recipe
    language = load_language(SOURCE_LANGUAGE, reports)
    teller = Teller(recipe, language, Names(recipe, language), load_units(reports, language))
    comparisons = compare_editions(workspace)
    rows = [teller.row(one) for one in comparisons]
    return Told(
        rows=rows,
        plain=[_plain(one, row) for one, row in zip(comparisons, rows, strict=True)],
        disagreements=tell_disagreements(teller, comparisons),
        summary=tell_summary(teller, comparisons),
    )


def make_comparators(teller: Teller, comparisons: list[Comparison]) -> Comparators | None:
    """The chapter, or None for a programme without comparators."""
    if not comparisons:
        return None
    rows = [teller.row(one) for one in comparisons]
    return Comparators(
        summary=tell_summary(teller, comparisons),
        disagreements=tell_disagreements(teller, comparisons),
        failures=[row for row in rows if row.is_failure],
        rows=rows,
    )


def tell_summary(teller: Teller, comparisons: list[Comparison]) -> str:
    """How many of the figures that are to be matched are, and that official ones which are only shown differ."""
    told = [_tell_judged(teller.language, comparisons)]
    told += [teller.language.say(SHOWN_DIFFER)] if tell_official(teller, comparisons) else []
    return teller.language.gap.join(filter(None, told))


def _tell_judged(language: Language, comparisons: list[Comparison]) -> str:
    judged = [one for one in comparisons if one.comparator.is_judged and not one.comparator.kind]
    counts = Counter("missed" if one.is_failure else "met" for one in judged if one.verdict != "other_year")
    if not counts:
        return ""
    template = SOME_MET if counts["missed"] else ALL_MET
    return language.say(template, count=language.number(counts.total(), 0), met=language.number(counts["met"], 0))


def _plain(one: Comparison, row: ComparatorRow) -> dict[str, object]:
    comparator = one.comparator
    numbers = {"published": comparator.value, "computed": one.computed, "difference": one.difference}
    codes = {"bound": comparator.bound, "unit": comparator.unit, "verdict": one.verdict, "reason": one.reason}
    texts = {"id": row.id, "figure": row.figure, "year": comparator.year, "official": comparator.is_official}
    return {**texts, **numbers, **codes, "source": row.source}
