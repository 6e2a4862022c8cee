"""How far the shares of a year's records stand from those of the year before, as one number that rules can ask for.

`population_stability_index(later, before)` takes two lists of codes: Σ (p − q) · ln(p / q) over the codes, nulls apart.
Up to 0.1 is little, beyond 0.25 much (the rule of thumb in B. Yurdakul, Statistical Properties of Population Stability
Index, 2018). It says nothing below 500 records on either side, since chance alone makes about
(codes − 1) · (1/n + 1/m); half a record is added to each code, so that one that is new or gone has a logarithm.
"""

import duckdb

FEWEST = 500
MACRO = f"""
    CREATE OR REPLACE TEMP MACRO population_stability_index(later, before) AS (
      SELECT round(sum((n / all_n - m / all_m) * ln((n / all_n) / (m / all_m))), 2)
      FROM (
        SELECT n, m, sum(n) OVER () AS all_n, sum(m) OVER () AS all_m, sum(records_n) OVER () AS records_n,
          sum(records_m) OVER () AS records_m
        FROM (
          SELECT count(*) FILTER (WHERE is_later) AS records_n, count(*) FILTER (WHERE NOT is_later) AS records_m,
            records_n + 0.5 AS n, records_m + 0.5 AS m
          FROM (SELECT unnest(later) AS code, true AS is_later UNION ALL SELECT unnest(before), false) AS said
          WHERE code IS NOT NULL
          GROUP BY code
        ) AS counted
      ) AS shares
      WHERE records_n >= {FEWEST} AND records_m >= {FEWEST}
    )
"""


def offer_stability_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the SQL of rules call `population_stability_index`."""
    connection.execute(MACRO)
