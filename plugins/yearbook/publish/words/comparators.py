"""Comparators in words: which figure, what was published and by whom, what was computed, and the verdict.

Not its business: the verdicts themselves (`comparison`).
"""

from dataclasses import dataclass
from decimal import Decimal

from yearbook.model.comparator import Comparator
from yearbook.model.observation import TOTAL
from yearbook.model.recipe import Recipe
from yearbook.publish.closing_view import ComparatorRow
from yearbook.publish.comparison import (
    NO_EDITION,
    NO_OBSERVATION,
    WITHHELD,
    Comparison,
)
from yearbook.publish.figures import split_breakdown
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.names import Names
from yearbook.publish.words.units import Units, Written
from yearbook.publish.words.vocabulary import BREAKDOWN_TEMPLATES, DIMENSION_TITLES, REASONS, STATUSES

BOUNDS = {
    "equal": N_("%(value)s"),
    "about": N_("about %(value)s"),
    "above": N_("above %(value)s"),
    "at_least": N_("at least %(value)s"),
    "below": N_("below %(value)s"),
}
VERDICTS = {
    "equal": N_("equal"),
    "about": N_("about, within 5%"),
    "above": N_("above, as published"),
    "at_least": N_("at least that, as published"),
    "below": N_("below, as published"),
    "missed": N_("missed"),
    "not_available": N_("not available"),
    "other_year": N_("not compared"),
    "parameter": N_("parameter"),
    "comparator": N_("comparator"),
    "target": N_("target"),
    "shown": N_("not compared"),
}
DIFFERS = N_("differs")
DIFFERS_BY = N_("differs: computed %(share)s%%")
WHY = {
    **REASONS,
    NO_EDITION: N_("the figure's year is not among the editions"),
    NO_OBSERVATION: N_("the edition has no such figure"),
    WITHHELD: STATUSES["Q"],
}
REACHED = N_("%(year)s: %(value)s, reached")
STILL_TO_GO = N_("%(year)s: %(value)s, %(distance)s to go")
POINTS_TO_GO = N_("%(distance)s points")


@dataclass(frozen=True)
class Teller:
    """The tools of one language."""

    recipe: Recipe
    language: Language
    names: Names
    units: Units

    def row(self, one: Comparison) -> ComparatorRow:
        """One comparator in words."""
        say, comparator = self.language.say, one.comparator
        written = self.written(comparator)
        return ComparatorRow(
            id=comparator.id,
            figure=self.figure(comparator),
            year=str(comparator.year),
            published=self.published(comparator),
            computed="" if one.computed is None else written.full(one.computed),
            difference="" if one.difference is None else self._signed(written, one.difference),
            verdict=self._verdict(one),
            why=self._standing(one) or (say(WHY.get(one.reason, one.reason)) if one.reason else ""),
            source=self.source(comparator),
            document=comparator.document.get(self.language.tag),
            passage=comparator.passage,
            is_official=comparator.is_official,
            is_failure=one.is_failure,
        )

    def _verdict(self, one: Comparison) -> str:
        """The verdict; of what only stands beside it, how far the computed figure is from it."""
        if one.verdict != "shown" or one.computed is None:
            return self.language.say(VERDICTS[one.verdict])
        if self.reads_equal(one):
            return self.language.say(VERDICTS["equal"])
        published = float(one.comparator.value)
        if self.units.get(one.comparator.unit).change != "percent" or published <= 0:
            return self.language.say(DIFFERS)
        share = self.language.number(100 * (one.computed / published - 1), 1, signed=True)
        return self.language.say(DIFFERS_BY, share=share)

    def reads_equal(self, one: Comparison) -> bool:
        """Whether the published and the computed figure are the same as they are written."""
        return one.computed is not None and self.published(one.comparator) == self.written(one.comparator).full(
            one.computed
        )

    def _standing(self, one: Comparison) -> str:
        """How far it is to a target from the last figure that there is; empty where there is none."""
        if one.latest is None:
            return ""
        comparator, (year, value) = one.comparator, one.latest
        written = self.written(comparator)
        told: dict[str, object] = {"year": year, "value": written.full(value)}
        left = float(comparator.value) - value
        if comparator.bound == "below":
            left = -left
        if left <= 0:
            return self.language.say(REACHED, **told)
        is_points = self.units.get(comparator.unit).change == "points"
        distance = self.language.say(POINTS_TO_GO, distance=written.number(left)) if is_points else written.full(left)
        return self.language.say(STILL_TO_GO, **told, distance=distance)

    def figure(self, comparator: Comparator) -> str:
        """What the figure is called: the indicator, in which way it is measured, and of which part."""
        folder = self.recipe.indicators.get(comparator.indicator)
        names = self.names.of(folder.definition) if folder else self.names
        title = self.title(comparator)
        variant, parts = split_breakdown(comparator.key[3])
        if variant != TOTAL:
            title = self.language.say("%(title)s (%(way)s)", title=title, way=names.variant(variant))
        told = [self._part(names, name, code) for name, code in (*comparator.codes.items(), *parts)]
        if not told:
            return title
        if any(name in BREAKDOWN_TEMPLATES for name, _ in parts):
            return self.language.say("%(title)s (%(way)s)", title=title, way=self.language.enumerate(told))
        return self.language.say("%(title)s: %(parts)s", title=title, parts=self.language.enumerate(told))

    def _part(self, names: Names, dimension: str, code: str) -> str:
        name = names.name(dimension, code)
        if not name.isdecimal():
            return name
        title = self.language.inner(self.language.say(DIMENSION_TITLES.get(dimension, dimension.replace("_", " "))))
        return self.language.say("%(dimension)s %(number)s", dimension=title, number=name)

    def title(self, comparator: Comparator) -> str:
        """What the indicator alone is called."""
        folder = self.recipe.indicators.get(comparator.indicator)
        text = folder.definition.title if folder else comparator.name
        return text.get(self.language.tag) if text else comparator.indicator.replace("_", " ")

    def published(self, comparator: Comparator) -> str:
        """The published value with its unit, and how exact it is."""
        value = self.written(comparator).full(float(comparator.value))
        return self.language.say(BOUNDS[comparator.bound], value=value)

    def source(self, comparator: Comparator) -> str:
        """Who published it, and where it stands there."""
        document = comparator.document.get(self.language.tag)
        if not comparator.passage:
            return document
        return self.language.say("%(one)s, %(other)s", one=document, other=comparator.passage)

    def written(self, comparator: Comparator) -> Written:
        """How the published value and its computed figure are written: one scale for both."""
        folder = self.recipe.indicators.get(comparator.indicator)
        unit, least = comparator.unit, folder.definition.decimals if folder else 0
        if folder and unit == "count" and folder.definition.counted:
            unit = f"{unit}:{folder.definition.counted.get(self.language.tag)}"
        decimals = max(least, _decimals(comparator.value))
        return self.units.for_sentence(unit, float(comparator.value), decimals)

    def _signed(self, written: Written, difference: float) -> str:
        return self.language.number(difference / written.scale.factor, written.decimals, signed=True)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
