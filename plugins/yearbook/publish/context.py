"""All that a report of one edition is made from, and the tools of one language to write it with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from yearbook.catalogue import Accounting, Finding, FindingCount
from yearbook.model.definition import Text
from yearbook.model.indicator import Indicator
from yearbook.model.observation import FOREIGN, TOTAL
from yearbook.model.recipe import Recipe
from yearbook.publish.comparison import Comparison
from yearbook.publish.figures import Figure, Figures
from yearbook.publish.imprint import Imprint
from yearbook.publish.release import Release, make_release
from yearbook.publish.words.chapters import load_chapters
from yearbook.publish.words.comparators import Teller
from yearbook.publish.words.language import Language
from yearbook.publish.words.names import PARTNER, Names
from yearbook.publish.words.rule_titles import load_rule_titles
from yearbook.publish.words.units import COUNT, Units, load_units
from yearbook.publish.words.vocabulary import DIMENSION_PHRASES, DIMENSION_TITLES

SIGNED_KINDS = frozenset({"growth", "contribution"})
POINTS = "percentage_points"
HORIZON = "horizon="
IN_BRACKETS = re.compile(r" ?[(（]([^()（）]+)[)）]$")
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(frozen=True)
class Vintage:
    """The figures of one year as they were published on a day, before they were published again."""

    year: int
    as_of: str
    figures: Figures


@dataclass(frozen=True)
class Material:
    """One edition's published figures (of all years up to its own), its accounts and its findings.

    `examples` are findings that may be shown with what stands in their records: of published or simulated ones only.
    `earlier_accountings` are those of the year before; `vintages` are earlier figures of any year, the oldest first;
    `crossed` are crosses of two dimensions that profiles show and the report's own chapters do not.
    """

    recipe: Recipe
    year: int
    as_of: date
    figures: Figures
    accountings: list[Accounting]
    finding_counts: list[FindingCount]
    examples: list[Finding] = field(default_factory=list)
    imprint: Imprint = field(default_factory=Imprint)
    comparisons: list[Comparison] = field(default_factory=list)
    build: str = ""
    recipient: Text | None = None
    earlier_accountings: list[Accounting] = field(default_factory=list)
    vintages: list[Vintage] = field(default_factory=list)
    crossed: Figures = field(default_factory=lambda: Figures([]))

    @cached_property
    def release(self) -> Release:
        """What the edition says of its release; a `recipient` makes it a pre-release copy for one reader."""
        return make_release(self.recipe.programme, self.year, self.as_of, build=self.build, recipient=self.recipient)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators in the order of the report."""
        folders = self.recipe.indicators.values()
        return sorted((folder.definition for folder in folders), key=lambda one: (one.order, one.indicator))

    @cached_property
    def key_figures(self) -> dict[str, str]:
        """The programme's own key figures, each with the way of measuring that speaks for it."""
        entries = (entry.partition(";") for entry in self.recipe.programme.headline)
        return {code: variant or TOTAL for code, _, variant in entries}


@dataclass(frozen=True)
class Context:
    """The material with one language's tools."""

    material: Material
    language: Language
    names: Names
    units: Units
    rule_titles: Mapping[str, Text]
    chapters: Mapping[str, str]
    others: Sequence[Language] = ()
    """The edition's other languages: terms are told in all of them."""

    @property
    def figures(self) -> Figures:
        """The figures."""
        return self.material.figures

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.material.year

    def is_withdrawn(self, year: int) -> bool:
        """Whether the edition of a year is not to be used."""
        plan = self.material.recipe.programme.editions.get(year)
        return plan is not None and plan.withdrawn is not None

    def title(self, indicator: Indicator, variant: str) -> str:
        """What an indicator is called, with the way of measuring where it is not the ordinary one.

        A title may say its ordinary horizon in brackets: another one stands in its stead, all else beside it.
        """
        title, way = indicator.title.get(self.language.tag), self.names.of(indicator).variant(variant)
        if not way:
            return title
        way, said = self.language.inner(way), IN_BRACKETS.search(title)
        if said:
            title = title[: said.start()]
            way = way if HORIZON in variant else self.language.say("%(one)s, %(other)s", one=said.group(1), other=way)
        return self.language.say("%(title)s (%(way)s)", title=title, way=way)

    def unit(self, indicator: Indicator, unit: str) -> str:
        """The unit to write with: that of the figures, with the indicator's own word for what it counts."""
        if unit == COUNT and indicator.counted:
            return f"{COUNT}:{indicator.counted.get(self.language.tag)}"
        return unit

    def parts(self, indicator: Indicator, dimension: str, variant: str) -> Mapping[str, Figure]:
        """The parts to show: where no record has a home party, "foreign" and groups of partners say nothing."""
        parts = self.figures.parts(indicator.indicator, self.year, dimension, variant)
        total = self.figures.total(indicator.indicator, self.year, variant)
        foreign = parts.get(FOREIGN)
        if dimension != PARTNER or foreign is None or total is None or foreign.value != total.value:
            return parts
        return parts if self.names.has_home(parts) else self.names.without_overlaps(dimension, parts)

    def dimension_title(self, dimension: str, indicator: Indicator | None = None) -> str:
        """What a dimension is called; where no record has a home party, partners are simply countries."""
        if dimension == PARTNER and not self._has_home:
            return self.language.say("Country")
        own = (self.names.of(indicator) if indicator else self.names).dimension(dimension)
        return own or self.language.say(DIMENSION_TITLES.get(dimension, dimension.replace("_", " ")))

    def dimension_phrase(self, dimension: str, indicator: Indicator | None = None) -> str:
        """What a dimension is called inside a title, after "by"."""
        phrase = DIMENSION_PHRASES.get(dimension)
        return self.language.say(phrase) if phrase else self.language.inner(self.dimension_title(dimension, indicator))

    @cached_property
    def teller(self) -> Teller:
        """What tells comparators."""
        return Teller(self.material.recipe, self.language, self.names, self.units)

    @cached_property
    def _has_home(self) -> bool:
        figures = self.figures.of_year(self.year)
        return self.names.has_home(figure.code for figure in figures if figure.dimension == PARTNER)


def make_context(material: Material, language: Language, reports: Path) -> Context:
    """Gather the tools of a language; a programme's own report parts stand before the common ones."""
    own = material.recipe.root / "reports"
    return Context(
        material,
        language,
        Names(material.recipe, language),
        load_units(reports, language, own),
        load_rule_titles(reports),
        load_chapters([own, reports], language),
    )


def introduce(contexts: Mapping[str, Context]) -> dict[str, Context]:
    """Tell the contexts of an edition of each other's languages."""
    return {
        tag: replace(context, others=tuple(one.language for other, one in contexts.items() if other != tag))
        for tag, context in contexts.items()
    }


def is_signed(indicator: Indicator) -> bool:
    """Whether its values are changes, written with a sign."""
    is_difference = indicator.kind == "difference" and indicator.unit == POINTS
    return indicator.kind in SIGNED_KINDS or is_difference


def slug(*parts: str) -> str:
    """A stable id: lower-case letters, digits, hyphens and underscores of the parts, other writing by number."""
    words = ("".join(map(_plain, part.lower())) for part in parts if part)
    return "-".join(word.strip("-") for word in words)


def stem(code: str) -> str:
    """A code as the name of a file: no two codes of a codelist meet, since they differ in more than their case."""
    return "".join(letter if letter in PLAIN else f"-{ord(letter):x}-" for letter in code.lower())


def _plain(letter: str) -> str:
    if letter in PLAIN or letter == "-":
        return letter
    return "-" if letter.isascii() else f"-{ord(letter):x}-"
