"""All that a report of one edition is made from, and the tools of one language to write it with."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from yearbook.catalogue import Accounting, FindingCount
from yearbook.model.indicator import Indicator
from yearbook.model.recipe import Recipe
from yearbook.publish.figures import Figures
from yearbook.publish.language import Language
from yearbook.publish.names import Names
from yearbook.publish.units import Units, load_units

SIGNED_KINDS = frozenset({"growth", "contribution"})


@dataclass(frozen=True)
class Material:
    """One edition's published figures (of all years up to its own), its accounts and its findings."""

    recipe: Recipe
    year: int
    as_of: date
    figures: Figures
    accountings: list[Accounting]
    finding_counts: list[FindingCount]

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators in the order of the report."""
        folders = self.recipe.indicators.values()
        return sorted((folder.definition for folder in folders), key=lambda one: (one.order, one.indicator))


@dataclass(frozen=True)
class Context:
    """The material with one language's tools."""

    material: Material
    language: Language
    names: Names
    units: Units

    @property
    def figures(self) -> Figures:
        """The figures."""
        return self.material.figures

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.material.year

    def title(self, indicator: Indicator, variant: str) -> str:
        """What an indicator is called, with the way of measuring where it is not the ordinary one."""
        title, way = indicator.title.get(self.language.tag), self.names.variant(variant)
        return self.language.say("%(title)s (%(way)s)", title=title, way=way) if way else title


def make_context(material: Material, language: Language, reports: Path) -> Context:
    """Gather the tools of a language."""
    return Context(material, language, Names(material.recipe, language), load_units(reports, language))


def is_signed(indicator: Indicator) -> bool:
    """Whether its values are changes, written with a sign."""
    return indicator.kind in SIGNED_KINDS


def slug(*parts: str) -> str:
    """A stable id: lower-case letters, digits, hyphens and underscores of the parts."""
    allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-"
    words = ("".join(letter if letter in allowed else "-" for letter in part.lower()) for part in parts if part)
    return "-".join(word.strip("-") for word in words)
