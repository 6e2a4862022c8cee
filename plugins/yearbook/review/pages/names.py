"""What datasets, fields, rules and effects are called in a programme, in the reader's language."""

from dataclasses import dataclass
from functools import cached_property

from yearbook.catalogue import Finding
from yearbook.model.dataset import Field
from yearbook.model.definition import Text
from yearbook.model.recipe import UNKNOWN_YEAR, Recipe
from yearbook.publish.words.language import Language
from yearbook.publish.words.rule_titles import load_rule_titles
from yearbook.review.pages.cells import found_cell, wanted
from yearbook.review.pages.words import DISPOSITIONS, FAMILIES, REASONS, RULES, SEVERITIES, STATES, word
from yearbook.validate.lapses import REASONS as LAPSES
from yearbook.workspace import Workspace

SMALLEST = 0.01
MOST_CHOICES = 12


@dataclass(frozen=True)
class Names:
    """Names in one programme and language."""

    workspace: Workspace
    language: Language

    @property
    def _recipe(self) -> Recipe:
        return self.workspace.recipe

    @property
    def programme(self) -> str:
        """The programme's title."""
        return self._recipe.programme.title.get(self.language.tag)

    def year(self, year: int) -> str:
        """A year, or that it is not known."""
        return self.language.say("year not readable") if year == UNKNOWN_YEAR else str(year)

    def dataset(self, name: str) -> str:
        """A dataset's title."""
        known = self._recipe.datasets.get(name)
        return known.title.get(self.language.tag) if known else name

    def fields(self, dataset: str) -> dict[str, Field]:
        """The fields of a dataset."""
        known = self._recipe.datasets.get(dataset)
        return known.fields if known else {}

    def field(self, dataset: str, name: str | None) -> str:
        """A field's title."""
        known = self.fields(dataset).get(name or "")
        return known.title.get(self.language.tag) if known else name or ""

    def wanted(self, dataset: str, name: str) -> str:
        """What a cell may hold, for whoever writes one."""
        field = self.fields(dataset).get(name)
        if field is None:
            return ""
        codelist = self._recipe.codelists.get(field.codelist or "")
        codes = [f"{code} ({one.name(self.language.tag)})" for code, one in codelist.codes.items()] if codelist else []
        choices = codes or field.values or []
        more = "…" if len(choices) > MOST_CHOICES else ""
        return wanted(field, ", ".join(choices[:MOST_CHOICES]) + more, self.language.say)

    def rule(self, rule: str, en: str, zh: str) -> str:
        """A rule's title; without one, what it says."""
        return self.title(rule) or Text(en=en, zh=zh).get(self.language.tag)

    def rule_of(self, dataset: str, rule: str) -> str:
        """A rule's title where nothing that it says is at hand; of what is found by itself, with the field."""
        what, _, name = rule.partition("_")
        if what in FAMILIES and name in self.fields(dataset):
            return self.language.say(FAMILIES[what], field=self.field(dataset, name))
        return self.title(rule) or rule.replace("_", " ")

    def title(self, rule: str) -> str:
        """A rule's short title; nothing where it has none."""
        if rule in self._titles:
            return self._titles[rule].get(self.language.tag)
        return self.language.say(RULES[rule]) if rule in RULES else ""

    def message(self, finding: Finding) -> str:
        """What was found."""
        return finding.message_zh if self.language.tag.startswith("zh") else finding.message_en

    def value(self, finding: Finding, longest: int) -> str:
        """What stands in the cell in which something was found."""
        return found_cell(self.fields(finding.dataset).get(finding.column or ""), finding.value, longest)

    def severity(self, code: str) -> str:
        """A severity."""
        return word(self.language, SEVERITIES, code)

    def state(self, code: str) -> str:
        """The state of a finding."""
        return word(self.language, STATES, code)

    def disposition(self, dataset: str, code: str, reason: str | None) -> str:
        """What became of a record, and why: a word, or the rules that hold it."""
        said = word(self.language, DISPOSITIONS, code)
        return self.language.say("%(what)s: %(why)s", what=said, why=self.why(dataset, reason)) if reason else said

    def why(self, dataset: str, reason: str | None) -> str:
        """Why a record is where it is; nothing of one that simply counts."""
        return self.language.enumerate([self._reason(dataset, one) for one in reason.split(";")]) if reason else ""

    def lapse(self, reason: str) -> str:
        """Why a decision lapsed."""
        return LAPSES[reason].get(self.language.tag) if reason in LAPSES else reason

    def effect(self, dataset: str, effect: float | None) -> str:
        """What the headline changes by if a record were out."""
        if effect is None:
            return ""
        decimals = 0 if effect == 0 else 2
        number = self.language.number(effect, decimals, signed=True)
        if 0 < abs(effect) < SMALLEST:
            number = f"<{self.language.number(SMALLEST, decimals)}"
        known = self._recipe.datasets.get(dataset)
        if known and known.effect and known.effect.denominator:
            return self.language.say("%(number)s points", number=number)
        return f"{number}%"

    def headline(self, dataset: str) -> str:
        """The figure that effects of a dataset are on."""
        known = self._recipe.datasets.get(dataset)
        folder = self._recipe.indicators.get(known.effect.indicator) if known and known.effect else None
        return folder.definition.title.get(self.language.tag) if folder else ""

    def _reason(self, dataset: str, reason: str) -> str:
        return self.language.say(REASONS[reason]) if reason in REASONS else self.rule_of(dataset, reason)

    @cached_property
    def _titles(self) -> dict[str, Text]:
        return load_rule_titles(self.workspace.settings.reports)
