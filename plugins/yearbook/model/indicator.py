"""An indicator: one folder with `query.sql`, `indicator.yml` and `test.yml` (`include/sql/indicators/<code>/`)."""

from typing import Literal

from pydantic import Field as field
from pydantic import ValidationInfo, field_validator

from yearbook.model.definition import Definition, Text
from yearbook.model.programme import Named, Parameter

Chapter = Literal[
    "contracts", "institutions", "commercialization", "screening", "adaptation", "collaboration", "talent", "risk"
]
Kind = Literal[
    "sum", "count", "ratio", "growth", "difference", "contribution", "rank", "index", "mean", "median", "estimate"
]
Base = Literal["last_year", "earlier_years"]
MethodName = Literal["cumulative_incidence", "incidence_quantile"]
"""The methods there are; each is a module of `yearbook.compute.methods`."""


class Indicator(Definition):
    """What the figure is. `fields` are the fields without which it is not available (`dataset: [field, …]`).

    `dimensions` are the dimension columns that apply; all others are `_Z` in its observations. `breakdown_names` are
    the names that its breakdowns may hold. `small_base` is the number of records below which the value is withheld from
    readers as unreliable (status M). `counted` is how a count is written: the words or, in Chinese, the measure word.
    `codelists` names, by breakdown name, the codelist of what stands behind it; of a dimension, the list whose names
    go before those of its own, where its total is no ordinary one. `parameters` are the columns of
    `parameters` that its SQL reads, with what holds where the programme gives no other. `method` names what turns the
    query's rows into figures where SQL cannot (`yearbook.compute.methods`). An `experimental` figure says so. `cross`
    are two dimensions whose cross the report shows as a table (all others stand in the data files alone).
    `ratio` are the units of the numerator and the denominator that stand in its observations, where all have the same.
    `tested_for_chance: false` stands in a ratio of one whole to another or to a plan, such as contract value to GDP:
    the report tells its changes like those of a sum, without asking what chance makes, and names no highest.
    `public_breakdowns` are names of its own that everybody may read; without it, a new one stays inside.
    `against` is which of our earlier editions it holds the year against: that of the year before, all, or nothing, as
    where a base stands in the records of the year or in statistics of others. Where it is not said, growth and
    contributions stand against the year before, all other kinds against nothing.
    `prices: constant` says of amounts of money that all years are at the prices of one; all others are at current ones.
    """

    indicator: str
    title: Text
    definition: Text
    formula: Text
    population: Text
    caveats: Text | None = None
    source: Text
    chapter: Chapter
    kind: Kind
    unit: str
    decimals: int
    counted: Text | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    dimensions: list[str]
    breakdown_names: list[str] = field(default_factory=list)
    public_breakdowns: list[str] = field(default_factory=list)
    codelists: dict[str, str] = field(default_factory=dict)
    parameters: Named[Parameter] = field(default_factory=dict)
    method: MethodName | None = None
    experimental: bool = False
    cross: list[str] = field(default_factory=list)
    ratio: tuple[str, str] | None = None
    tested_for_chance: bool = True
    small_base: int | None = None
    prices: Literal["constant"] | None = None
    against: Base | Literal["nothing"] | None = None
    order: int = 100

    @field_validator("tested_for_chance")
    @classmethod
    def _of_a_ratio(cls, is_tested: bool, info: ValidationInfo) -> bool:
        if info.data.get("kind", "ratio") != "ratio":
            raise ValueError(f"is said of a ratio, and this is of kind `{info.data['kind']}`; take it out")
        return is_tested

    @property
    def base(self) -> Base | None:
        """What the figure holds its year against, and so rests on; None where it rests on no earlier edition."""
        if self.against is None:
            return "last_year" if self.kind in ("growth", "contribution") else None
        return None if self.against == "nothing" else self.against
