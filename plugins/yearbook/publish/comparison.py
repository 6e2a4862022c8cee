"""How computed figures compare with comparators: published, computed, difference, verdict.

Not its business: where comparators come from (`model.comparator`), and words (`comparators`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.comparator import Comparator, Key, make_key
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL, WITHDRAWN_BASE
from yearbook.model.programme import Parameter

Verdict = Literal[
    "equal", "about", "above", "at_least", "below", "missed", "not_available", "other_year", "parameter", "comparator",
    "target", "shown",
]  # fmt: skip

NEAR = Decimal("0.05")
"""A figure said to be *about* a value is within this part of it."""
THOUSAND = Decimal(1000)
NO_EDITION = "no_edition"
NO_OBSERVATION = "no_observation"
WITHHELD = "withheld"


@dataclass(frozen=True)
class Comparison:
    """One comparator beside its figure; `reason` says why there is none."""

    comparator: Comparator
    computed: float | None
    reason: str
    verdict: Verdict
    latest: tuple[int, float] | None = None
    """Of a target: the last year up to its own with a figure, and that figure."""

    @property
    def difference(self) -> float | None:
        """Computed less published, in the unit of both."""
        return None if self.computed is None else float(_decimal(self.computed) - self.comparator.value)

    @property
    def is_failure(self) -> bool:
        """Whether a figure that is to be given back was not."""
        return self.verdict in ("missed", "not_available") and self.comparator.is_judged and not self.comparator.kind


def compare_all(
    comparators: Iterable[Comparator], observations: Mapping[int, pa.Table], parameters: Mapping[str, Parameter]
) -> list[Comparison]:
    """Compare each with the observations of its year (by year of edition), in the order given."""
    wanted = list(comparators)
    earlier = {_in_year(one.key, year) for one in wanted if one.kind == "target" for year in observations}
    figures = _find({one.key for one in wanted} | earlier, observations)
    return [_compare(one, figures, set(observations), parameters) for one in wanted]


def _compare(
    one: Comparator,
    figures: Mapping[Key, tuple[float | None, str]],
    years: set[int],
    parameters: Mapping[str, Parameter],
) -> Comparison:
    if one.kind == "parameter":
        taken = parameters.get(one.indicator)
        return Comparison(one, None if taken is None else _number(taken.value), "", "parameter")
    value, reason = figures.get(one.key, (None, NO_OBSERVATION if one.year in years else NO_EDITION))
    if one.kind == "comparator":
        return Comparison(one, value, "", "comparator")
    if one.kind == "target":
        return Comparison(one, value, reason, "target", _latest(one, figures, years))
    if value is None:
        # An office that withdraws the year before takes the base from a figure: that is no failure to give it back.
        is_compared = one.year in years and reason != WITHDRAWN_BASE
        return Comparison(one, None, reason, "not_available" if is_compared else "other_year")
    return Comparison(one, value, "", _judge(one, value) if one.is_judged else "shown")


def _in_year(key: Key, year: int) -> Key:
    return (key[0], year, *key[2:])


def _latest(
    target: Comparator, figures: Mapping[Key, tuple[float | None, str]], years: set[int]
) -> tuple[int, float] | None:
    for year in sorted((year for year in years if year <= target.year), reverse=True):
        value, _ = figures.get(_in_year(target.key, year), (None, ""))
        if value is not None:
            return year, value
    return None


def _judge(one: Comparator, value: float) -> Verdict:
    computed, published = _decimal(value), one.value
    met: dict[str, bool] = {
        "equal": abs(computed - published) <= last_digit(published) / 2,
        "about": abs(computed - published) <= NEAR * abs(published),
        "above": computed > published,
        "at_least": computed >= published,
        "below": computed < published,
    }
    return one.bound if met[one.bound] else "missed"  # type: ignore[return-value]


def last_digit(published: Decimal) -> Decimal:
    """What one more in the last published digit is worth: large values are told in thousands, millions, billions."""
    exponent = published.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent)
    unit = Decimal(1)
    while published and published % (unit * THOUSAND) == 0:
        unit *= THOUSAND
    return unit


def _find(keys: set[Key], observations: Mapping[int, pa.Table]) -> dict[Key, tuple[float | None, str]]:
    found: dict[Key, tuple[float | None, str]] = {}
    for table in observations.values():
        for row in _candidates(keys, table).to_pylist():
            key = make_key(row["indicator"], row["year"], row, row["breakdown"])
            if key in keys:
                found[key] = (None, WITHHELD) if row["status"] == "Q" else (row["value"], row["reason"] or "")
    return found


def _candidates(keys: set[Key], table: pa.Table) -> pa.Table:
    """The few rows that may be wanted, found by columns: an edition has some hundred thousand."""
    for place, name in ((0, "indicator"), (3, "breakdown")):
        wanted = pa.array(sorted({str(key[place]) for key in keys}), pa.string())
        table = table.filter(pc.is_in(table[name].cast(pa.string()), value_set=wanted))
    for place, name in enumerate(DIMENSIONS):
        codes = {key[2][place] for key in keys}
        wanted = pa.array(sorted(codes | ({NOT_APPLICABLE} if TOTAL in codes else set())), pa.string())
        table = table.filter(pc.is_in(table[name].cast(pa.string()), value_set=wanted))
    return table


def disagreements(comparisons: Iterable[Comparison]) -> list[list[Comparison]]:
    """Comparators of one figure and year that name different values, together; targets and parameters aside."""
    by_key: dict[Key, list[Comparison]] = {}
    for one in comparisons:
        if one.comparator.kind in ("", "comparator"):
            by_key.setdefault(one.comparator.key, []).append(one)
    return [same for same in by_key.values() if len({one.comparator.value for one in same}) > 1]


def official_differences(comparisons: Iterable[Comparison]) -> list[list[Comparison]]:
    """Official figures that stand beside another computed one and are not judged, by figure, in order of the years."""
    by_figure: dict[tuple[object, ...], list[Comparison]] = {}
    for one in sorted(comparisons, key=lambda one: one.comparator.year):
        is_beside = one.comparator.is_official and one.verdict == "shown" and one.computed is not None
        if is_beside and _differs(one):
            by_figure.setdefault((one.comparator.indicator, *one.comparator.key[2:]), []).append(one)
    return list(by_figure.values())


def _differs(one: Comparison) -> bool:
    return one.difference is not None and abs(one.difference) > float(last_digit(one.comparator.value)) / 2


def _number(value: float | str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))
