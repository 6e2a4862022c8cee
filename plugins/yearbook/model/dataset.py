"""A dataset: its fields, key, reference date and rules (`include/datasets/<dataset>.yml`).

A programme may extend one: `include/programmes/<programme>/datasets/<dataset>.yml` with `extends: true` adds fields,
aliases and rules; without it, the file replaces the common one.
"""

import re
from typing import Any, Literal, Self

from pydantic import Field as field
from pydantic import model_validator

from yearbook.model.definition import Definition, Text

FieldType = Literal["text", "code", "integer", "number", "money", "share", "date", "year", "boolean"]
Severity = Literal["critical", "warning", "info"]
SEVERITY_NAMES = {
    "critical": Text(en="critical", zh="严重"),
    "warning": Text(en="warning", zh="警告"),
    "info": Text(en="info", zh="提示"),
}
Outlier = Literal["hidiroglou_berthelot", "median_absolute_deviation", "unit_error"]
LARGEST_AMOUNT = 10**14
"""About what China produces in a year, in CNY: what a record says beyond it is no amount, in any currency."""
EARLIER = "earlier"
"""What rules on a partition call the records of the year before."""


class Field(Definition):
    """One column. `money` is DECIMAL(38,6); `share` is a number in percent; `code` needs a codelist or `values`.

    A text longer than `max_length` is not read; a record with more money than `max_amount` is held.
    `value_aliases` are other words for one of `values`, compared as in a codelist. `party`: it names a party, by code
    or by name, so that a merge of two names reads it.
    """

    type: FieldType
    title: Text
    aliases: list[str] = field(default_factory=list)
    unit: str | None = None
    codelist: str | None = None
    values: list[str] | None = None
    value_aliases: dict[str, list[str]] = field(default_factory=dict)
    required: bool = False
    max_length: int = 2_000
    max_amount: int = LARGEST_AMOUNT
    party: bool = False
    note: Text | None = None

    @model_validator(mode="after")
    def _code_has_a_list(self) -> Self:
        if self.type == "code" and not (self.codelist or self.values):
            raise ValueError("a field of type `code` names its `codelist`, or lists its `values`")
        strangers = sorted(set(self.value_aliases) - set(self.values or []))
        if strangers:
            raise ValueError(f"`value_aliases` of {strangers}: not among the `values`")
        return self


class Effect(Definition):
    """What a record weighs in the headline of its dataset, so that findings can be ranked by it.

    `numerator` is SQL over the record as `r`: what it adds to the sum. Together with `denominator` the headline is a
    ratio of sums. Null is outside: of a ratio both must be there. It sees reference tables, codelists and `parameters`.
    `total`: the headline as an SQL aggregate over the records, where these do not add up to it (a printed total stands
    among its parts). `years`: how many years the headline takes in; each is taken to be like the record's own, so that
    the check of a year rests on no other.
    """

    indicator: str
    numerator: str
    denominator: str | None = None
    total: str | None = None
    years: int = field(default=1, ge=1)

    @model_validator(mode="after")
    def _a_total_is_of_a_sum(self) -> Self:
        if self.total and self.denominator:
            raise ValueError("`total` is the headline of a sum; a ratio has `numerator` and `denominator`")
        return self

    @property
    def sql(self) -> str:
        """All its SQL as one text, to look for names in."""
        return "\n".join(text for text in (self.numerator, self.denominator, self.total) if text)


class Rule(Definition):
    """One expectation on records, in one of three forms.

    * `expect` names a Great Expectations expectation, with `column` and `kwargs`;
    * `check` is an SQL condition (DuckDB) that is true for a good record; null counts as good. It sees the record as
      `r`; its own and every other dataset over all years by name; codelists and reference tables by name; and
      `parameters`, one row with `as_of`, `home` and the programme's parameters.
    * `outlier` names a method that compares `column` with other records of the year and of the year before, `by` the
      fields in `kwargs`; {expected} is what would be usual. A record is doubtful by it, never wrong.

    `expected` is an SQL expression for what would be right, in a `check`'s scope. A message may hold `{value}` (what
    stands in `column`), `{expected}` and `{record[<field>]}`.

    `partition: true` makes a `check` judge all records of a year at once, as the table `records`, beside those of the
    year before as `earlier`; `parameters` has the `year`. `found` is an SQL expression for {value}; `check` may name
    `found` and `expected`. Naming the dataset itself shows all its years, at the price of a check whenever one changes.

    `severity`: critical holds the record, warning keeps and shows it, info counts it. A critical rule on a partition
    holds no record, and stops the year from being published.
    """

    rule: str
    severity: Severity
    message: Text
    column: str | None = None
    expect: str | None = None
    kwargs: dict[str, Any] = field(default_factory=dict)
    check: str | None = None
    outlier: Outlier | None = None
    expected: str | None = None
    partition: bool = False
    found: str | None = None
    version: int = 1

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(form is not None for form in (self.expect, self.check, self.outlier)) != 1:
            raise ValueError("a rule has one of `expect` (an expectation), `check` (an SQL condition) and `outlier`")
        if self.outlier and (self.column is None or self.severity == "critical"):
            raise ValueError("an `outlier` names its `column`, and is a warning or info: it makes doubtful, not wrong")
        if self.partition and not self.check:
            raise ValueError("a rule on the partition has a `check`")
        if self.found and not self.partition:
            raise ValueError("`found` is what a rule on the partition found; of a record, {value} is its `column`")
        return self

    @property
    def sql(self) -> str:
        """All its SQL as one text, to look for names in."""
        return "\n".join(text for text in (self.check, self.found, self.expected) if text)

    @property
    def looks_back(self) -> bool:
        """Whether it reads the records of the year before."""
        return self.outlier is not None or (self.partition and bool(re.search(rf"\b{EARLIER}\b", self.sql)))


class Dataset(Definition):
    """One record type. `reference_date` is the field, or the fields in order of preference, that give a record's year.

    `earlier_dates` are dates that may lie before it: editions of earlier years read the record for what happened then.
    `latest_by` orders the versions of one key: the record with the greatest values supersedes the others. `amends`
    names the field that points to the key which this record amends. `cancelled_when` is an SQL condition.
    """

    dataset: str
    extends: bool = False
    title: Text
    one_row_is: Text
    key: list[str]
    reference_date: list[str]
    earlier_dates: list[str] = field(default_factory=list)
    latest_by: list[str] = field(default_factory=list)
    amends: str | None = None
    cancelled_when: str | None = None
    effect: Effect | None = None
    fields: dict[str, Field]
    rules: list[Rule] = field(default_factory=list)

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        named = [*self.key, *self.reference_date, *self.earlier_dates, *self.latest_by]
        for name in [*named, *([self.amends] if self.amends else [])]:
            if name not in self.fields:
                raise ValueError(f"`{name}` is not among the fields of {self.dataset}")
        for rule in self.rules:
            if rule.column is not None and rule.column not in self.fields:
                raise ValueError(f"rule {rule.rule}: `{rule.column}` is not among the fields of {self.dataset}")
        return self


class DatasetExtension(Definition):
    """What a programme adds to a common dataset."""

    dataset: str
    extends: Literal[True]
    reference_date: list[str] | None = None
    effect: Effect | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    drop_rules: list[str] = field(default_factory=list)

    def applied_to(self, base: Dataset) -> Dataset:
        """Return the base with this extension's fields, aliases and rules."""
        fields = {**base.fields, **self.fields}
        for name, aliases in self.aliases.items():
            if name not in fields:
                raise ValueError(f"aliases of `{name}`: not among the fields of {self.dataset}")
            fields[name] = fields[name].model_copy(update={"aliases": [*fields[name].aliases, *aliases]})
        rules = [rule for rule in base.rules if rule.rule not in self.drop_rules] + self.rules
        own = {
            "fields": fields,
            "rules": rules,
            "reference_date": self.reference_date or base.reference_date,
            "effect": self.effect or base.effect,
        }
        return Dataset.model_validate({**dict(base), **own})
