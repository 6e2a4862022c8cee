"""Rules that judge a record beside the others of its year and of the year before: what is far from usual is doubtful.

Outliers make findings for a person; they hold nothing. Not its business: conditions on a record (`checks.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from yearbook.errors import RuleError
from yearbook.model.dataset import Outlier, Rule
from yearbook.model.sql import quote
from yearbook.validate.checks import RECORDS
from yearbook.validate.faults import Locate, rule_error
from yearbook.validate.staged import TURN

EARLIER = "_earlier"
"""The table of the records of the year before that count."""

ROWS = f"""
    WITH received AS (
      SELECT *, true AS is_later FROM {RECORDS}
      UNION ALL BY NAME SELECT *, false AS is_later FROM {EARLIER}
    ),
    rows AS (
      SELECT
        {{party}} AS party, {{known}} AS has_party, is_later, CAST({{column}} AS DOUBLE) AS x,
        row_number() OVER (PARTITION BY is_later ORDER BY r.{TURN}) - 1 AS position
      FROM received AS r
    ),
    known AS (SELECT * FROM rows WHERE x > 0 AND has_party),
"""

HIDIROGLOU_BERTHELOT = """
    totals AS (
      SELECT party, sum(x) FILTER (WHERE is_later) AS later, sum(x) FILTER (WHERE NOT is_later) AS earlier
      FROM known GROUP BY party
      HAVING count(*) FILTER (WHERE is_later) >= {records} AND count(*) FILTER (WHERE NOT is_later) >= {records}
    ),
    ratios AS (
      SELECT *, later / earlier AS ratio, median(later / earlier) OVER () AS middle, count(*) OVER () AS parties
      FROM totals WHERE later > 0 AND earlier > 0
    ),
    effects AS (
      SELECT
        *,
        CASE WHEN ratio < middle THEN 1 - middle / ratio ELSE ratio / middle - 1 END
          * pow(greatest(later, earlier), {u}) AS effect
      FROM ratios WHERE parties >= {fewest}
    ),
    quartiles AS (
      SELECT quantile_cont(effect, 0.25) AS q1, median(effect) AS q2, quantile_cont(effect, 0.75) AS q3 FROM effects
    ),
    outliers AS (
      SELECT e.* FROM effects AS e CROSS JOIN quartiles
      WHERE effect < q2 - {c} * greatest(q2 - q1, abs({a} * q2)) OR effect > q2 + {c} * greatest(q3 - q2, abs({a} * q2))
    )
    SELECT arg_max(k.position, (k.x, -k.position)) AS position, any_value(o.earlier * o.middle) AS usual
    FROM known AS k JOIN outliers AS o USING (party) WHERE k.is_later GROUP BY party
"""

MEDIAN_ABSOLUTE_DEVIATION = """
    middles AS (
      SELECT position, log10(x) AS y, median(log10(x)) OVER one AS middle, count(*) OVER one AS records, party
      FROM known WHERE is_later WINDOW one AS (PARTITION BY party)
    ),
    spreads AS (SELECT *, 1.4826 * median(abs(y - middle)) OVER (PARTITION BY party) AS spread FROM middles)
    SELECT position, pow(10, middle) AS usual FROM spreads
    WHERE records >= {fewest} AND spread > 0 AND abs(y - middle) > {c} * spread
"""

UNIT_ERROR = """
    histories AS (
      SELECT *, median(x) OVER one AS middle, count(*) OVER one AS records FROM known WINDOW one AS (PARTITION BY party)
    )
    SELECT position, middle AS usual FROM histories
    WHERE is_later AND records >= {fewest}
      AND (abs(log10(x / middle)) BETWEEN 3.5 AND 4.5 OR abs(log10(x / middle)) BETWEEN 7.5 AND 8.5)
"""


@dataclass(frozen=True)
class Method:
    """A way to tell what is unusual, with what its terms are unless the rule says otherwise."""

    query: str
    terms: dict[str, float]
    needs_a_party: bool


METHODS: dict[Outlier, Method] = {
    "hidiroglou_berthelot": Method(
        HIDIROGLOU_BERTHELOT, {"u": 0.5, "a": 0.05, "c": 20, "fewest": 20, "records": 1}, True
    ),
    "median_absolute_deviation": Method(MEDIAN_ABSOLUTE_DEVIATION, {"c": 5, "fewest": 30}, False),
    "unit_error": Method(UNIT_ERROR, {"fewest": 6}, True),
}
"""Hidiroglou–Berthelot: ratio of a party's total to that of the year before, its size weighed by U (Survey Methodology
12, 1986); the finding stands at the party's largest record. Median absolute deviation: of the logarithm, within groups.
Unit error: near 10⁴ or 10⁸ times, or a part of, what is usual for the party in both years."""


def find_outliers(
    connection: duckdb.DuckDBPyConnection, earlier: Callable[[], pa.Table], rules: list[Rule], locate: Locate
) -> dict[str, dict[int, float]]:
    """Return, by rule, the positions of outliers among the records, each with what would be usual.

    `earlier` reads the records of the year before. Raises `RuleError` for terms that the method does not take.
    """
    if not rules:
        return {}
    connection.register(EARLIER, earlier())
    return {
        rule.rule: _find(connection, rule, METHODS[rule.outlier], locate) for rule in rules if rule.outlier is not None
    }


def columns_of(rules: list[Rule]) -> list[str]:
    """The fields that outlier rules look at, sorted."""
    named = {name for rule in rules if rule.outlier for name in (rule.column, *_list(rule, "by")) if name}
    return sorted(named)


def _find(connection: duckdb.DuckDBPyConnection, rule: Rule, method: Method, locate: Locate) -> dict[int, float]:
    query = _query(rule, method, locate)
    try:
        return {int(position): float(usual) for position, usual in connection.execute(query).fetchall()}
    except duckdb.Error as error:
        raise rule_error(rule, locate, str(error).partition("\n\nStack Trace")[0]) from None


def _query(rule: Rule, method: Method, locate: Locate) -> str:
    by = _list(rule, "by")
    terms = {name: value for name, value in rule.kwargs.items() if name != "by"}
    strangers = sorted(set(terms) - set(method.terms))
    if strangers or not by or not all(isinstance(value, int | float) for value in terms.values()):
        raise _unfit(rule, locate, method)
    parts = ", ".join(f"coalesce(CAST({quote(name)} AS VARCHAR), '')" for name in by)
    named = {
        "party": f"concat_ws(chr(31), {parts})",
        "known": f"{quote(by[0])} IS NOT NULL" if method.needs_a_party else "true",
        "column": quote(str(rule.column)),
    }
    return (ROWS + method.query).format(**named, **{**method.terms, **terms})


def _unfit(rule: Rule, locate: Locate, method: Method) -> RuleError:
    return rule_error(
        rule,
        locate,
        f"its `kwargs` do not fit {rule.outlier}",
        fix=f"`by` (a list of fields) and numbers for {', '.join(method.terms)}",
    )


def _list(rule: Rule, name: str) -> list[str]:
    given = rule.kwargs.get(name)
    return [str(one) for one in given] if isinstance(given, list) else []
