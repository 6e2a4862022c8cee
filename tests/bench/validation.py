"""Twenty expectations on a million rows: the house's engine beside bare Great Expectations, measured in one run.

`make bench` prints a table. Each works in a process of its own, on the same rows, with everything imported and its
context made before the clock starts; bare Great Expectations gets a pandas frame that is ready. Both must find the same
rows. A ratio above one, or a gigabyte and more in the house's engine, is an error.
"""

import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from yearbook.validate.engine import failing_rows
from yearbook.validate.expectation import Expectation

ROWS = 1_000_000
FAULTY = 1_000
"""One row in a thousand breaks each rule."""
TURNS = 3
MOST_MEGABYTES = 1_000

SECTORS = [f"S{number:02}" for number in range(20)]
COUNTRIES = ["CHN", "KEN", "VNM", "IDN", "PAK", "SRB", "BRA", "DEU"]
CHANNELS = ["development", "transfer", "licence", "consulting", "service"]
EXPECTED: list[tuple[str, dict[str, Any]]] = [
    ("column_values_to_not_be_null", {"column": "contract_id"}),
    ("column_values_to_be_unique", {"column": "contract_id"}),
    ("column_values_to_match_regex", {"column": "contract_id", "regex": r"^C\d{7}$"}),
    ("column_values_to_not_be_null", {"column": "seller_id"}),
    ("column_value_lengths_to_be_between", {"column": "seller_id", "min_value": 18, "max_value": 18}),
    ("column_values_to_match_regex", {"column": "seller_id", "regex": "^[0-9A-Z]{18}$"}),
    ("column_value_lengths_to_be_between", {"column": "buyer_id", "max_value": 18}),
    ("column_values_to_be_in_set", {"column": "seller_country", "value_set": COUNTRIES}),
    ("column_values_to_be_in_set", {"column": "buyer_country", "value_set": COUNTRIES}),
    ("column_values_to_be_in_set", {"column": "sector", "value_set": SECTORS}),
    ("column_values_to_not_be_null", {"column": "sector"}),
    ("column_values_to_be_in_set", {"column": "channel", "value_set": CHANNELS}),
    ("column_values_to_be_between", {"column": "value", "min_value": 0, "max_value": 10**11}),
    ("column_values_to_not_be_null", {"column": "value"}),
    ("column_values_to_be_between", {"column": "technology_value", "min_value": 0}),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "value", "column_B": "technology_value", "or_equal": True},
    ),
    ("column_values_to_be_between", {"column": "trl", "min_value": 1, "max_value": 9}),
    ("column_values_to_be_between", {"column": "sign_date", "min_value": date(2024, 1, 1)}),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "registration_date", "column_B": "sign_date", "or_equal": True},
    ),
    ("column_values_to_be_in_set", {"column": "currency", "value_set": ["CNY", "USD", "EUR"]}),
]
EXPECTATIONS = [
    Expectation(f"rule_{number}", f"expect_{name}", kwargs, "warning") for number, (name, kwargs) in enumerate(EXPECTED)
]

Found = dict[str, list[int]]


def make_rows(count: int) -> pa.Table:
    """Contracts of a year, one in a thousand at fault in each column."""
    draws = np.random.default_rng(2024)

    def pick(codes: list[str], wrong: str | None) -> pa.Array:
        return spoil(pa.array(np.array(codes, dtype=object)[draws.integers(len(codes), size=count)]), wrong)

    def party() -> pa.Array:
        return pa.array([f"91{number:016X}" for number in draws.integers(200_000, size=count).tolist()])

    def spoil(column: pa.Array, wrong: object) -> pa.Array:
        at = np.zeros(count, dtype=bool)
        at[draws.choice(count, count // FAULTY, replace=False)] = True
        return pc.if_else(pa.array(at), pa.scalar(wrong, column.type), column)

    value = np.round(draws.lognormal(13, 1.5, size=count), 2)
    signed = np.datetime64("2024-01-01") + draws.integers(366, size=count)
    money = pa.decimal128(38, 6)
    return pa.table(
        {
            "contract_id": spoil(pa.array([f"C{number:07}" for number in range(count)]), "C0000001"),
            "sign_date": spoil(pa.array(signed, pa.date32()), date(1924, 1, 1)),
            "registration_date": spoil(pa.array(signed + draws.integers(90, size=count), pa.date32()), None),
            "seller_id": spoil(party(), "unknown"),
            "buyer_id": spoil(party(), "the ministry of something"),
            "seller_country": pick(COUNTRIES, "XXX"),
            "buyer_country": pick(COUNTRIES, None),
            "sector": pick(SECTORS, None),
            "channel": pick(CHANNELS, "gift"),
            "currency": pick(["CNY", "USD", "EUR"], "???"),
            "value": spoil(pa.array(value).cast(money), None),
            "technology_value": spoil(pa.array(np.round(value * draws.random(count), 2)).cast(money), -1),
            "trl": spoil(pa.array(draws.integers(1, 10, size=count)), 12),
        }
    )


def judge_by_the_house(rows: Path) -> Callable[[], Found]:
    """The house's engine on staged records, as they are read from the lake."""
    table = pq.read_table(rows)
    failing_rows(table.slice(0, 100), EXPECTATIONS)

    def judge() -> Found:
        return {name: positions or [] for name, positions in failing_rows(table, EXPECTATIONS).items()}

    return judge


def judge_bare(rows: Path) -> Callable[[], Found]:
    """Great Expectations alone, on a pandas frame as it likes it: money as doubles, days as nanoseconds."""
    import great_expectations as gx

    table = pq.read_table(rows)
    for position, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            table = table.set_column(position, column.name, table.column(position).cast(pa.float64()))
    frame = table.to_pandas(date_as_object=False)
    days = frame.select_dtypes("datetime").columns
    frame = frame.astype(dict.fromkeys(days, "datetime64[ns]"))
    del table
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("rows").add_dataframe_asset("all").add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(
        name="twenty",
        expectations=[
            {"type": one.type, "kwargs": _with_datetimes(one.kwargs), "meta": {"rule": one.name}}
            for one in EXPECTATIONS
        ],
    )

    def judge() -> Found:
        results = batch.get_batch({"dataframe": frame}).validate(suite, result_format="COMPLETE").results
        return {
            one.expectation_config.meta["rule"]: sorted(one.result["unexpected_index_list"])
            for one in results
            if not one.success
        }

    return judge


def _with_datetimes(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: datetime(*one.timetuple()[:3]) if isinstance(one, date) else one for name, one in kwargs.items()}


JUDGES = {"the house's engine": judge_by_the_house, "bare Great Expectations": judge_bare}


def measure(judge: Callable[[], Found]) -> dict[str, Any]:
    """Median seconds, peak megabytes of the process, and what was found."""
    seconds = []
    for _ in range(TURNS):
        began = time.perf_counter()
        found = judge()
        seconds.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    rows = sum(map(len, found.values()))
    return {"seconds": statistics.median(seconds), "megabytes": peak, "rows": rows, "digest": digest}


def measure_apart(name: str, rows: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, name, str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure both, print them, and refuse an engine that is slower, larger than allowed, or finds anything else."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.parquet"
        pq.write_table(make_rows(ROWS), rows)
        measured = {name: measure_apart(name, rows) for name in JUDGES}
    house, bare = measured.values()
    table = Table(f"{len(EXPECTATIONS)} expectations on {ROWS:,} rows", "seconds", "ratio", "peak MB", "rows found")
    for name, one in measured.items():
        ratio = one["seconds"] / bare["seconds"]
        table.add_row(name, f"{one['seconds']:.2f}", f"{ratio:.2f}", f"{one['megabytes']:,.0f}", f"{one['rows']:,}")
    Console().print(table)
    if house["digest"] != bare["digest"]:
        sys.exit("the two find different rows")
    if house["seconds"] > bare["seconds"] or house["megabytes"] > MOST_MEGABYTES:
        sys.exit("the house's engine is slower than bare Great Expectations, or takes more than a gigabyte")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(JUDGES[sys.argv[1]](Path(sys.argv[2])))))
    else:
        main()
