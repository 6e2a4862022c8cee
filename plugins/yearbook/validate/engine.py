"""Great Expectations behind one door: expectations on one frame in, failing rows out.

Nothing else in the library knows it. It is imported when first needed, since that takes seconds; one ephemeral context
serves all partitions of a process. A rule that fails to run raises `BrokenExpectationError`; it comes back from Great
Expectations as a mere lack of success, and must not look like bad data. Not its business: messages and findings.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.validate.expectation import Expectation
from yearbook.validate.screen import screen


class BrokenExpectationError(Exception):
    """An expectation that is unknown, has wrong arguments, or failed to run."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, message)
        self.name = name
        self.message = message


def failing_rows(
    table: pa.Table, expectations: list[Expectation], *, are_tried: bool = False
) -> dict[str, list[int] | None]:
    """Return, for each expectation that fails, the positions of the rows that break it; None where it names no rows.

    `are_tried` are expectations that ran before: where no row may break one, it need not run to show that it can.
    Raises `BrokenExpectationError`.
    """
    table = table.select(list(_columns_named(table, expectations)))
    screened = screen(table, expectations, with_samples=not are_tried)
    failing = _judge(table, [one for one in expectations if one.name not in screened.names])
    suspicious = table.take(pa.array(screened.positions))
    in_doubt = [one for one in expectations if one.name in screened.names and suspicious.num_rows]
    found = _judge(suspicious, in_doubt)
    return failing | {name: _back(rows, screened.positions) for name, rows in found.items()}


def _judge(table: pa.Table, expectations: list[Expectation]) -> dict[str, list[int] | None]:
    if not expectations:
        return {}
    frame = _to_frame(table.select(list(_columns_named(table, expectations))))
    batch = _batch_definition().get_batch({"dataframe": frame})
    results = batch.validate(_suite(expectations), result_format="COMPLETE")
    failing: dict[str, list[int] | None] = {}
    for result in results.results:
        name = result.expectation_config.meta["rule"]
        _refuse_errors(name, result.exception_info)
        if not result.success:
            positions = result.result.get("unexpected_index_list")
            failing[name] = None if positions is None else sorted(int(position) for position in positions)
    return failing


def _back(rows: list[int] | None, positions: npt.NDArray[np.int64]) -> list[int] | None:
    """Positions among the rows judged as positions among all."""
    return None if rows is None else [int(position) for position in positions[rows]]


@cache
def _batch_definition() -> Any:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        # The second sets a level of its own, and tells of every temporary folder.
        logging.getLogger(name).setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("records").add_dataframe_asset("partition")
    return asset.add_batch_definition_whole_dataframe("whole")


def _suite(expectations: list[Expectation]) -> Any:
    import great_expectations as gx

    return gx.ExpectationSuite(name="rules", expectations=[_to_gx(one) for one in expectations])


def _to_gx(expectation: Expectation) -> Any:
    from great_expectations.exceptions.exceptions import GreatExpectationsError
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

    configuration = ExpectationConfiguration(
        type=expectation.type,
        kwargs=_with_datetimes(expectation.kwargs),
        meta={"rule": expectation.name},
        severity=FailureSeverity(expectation.severity),
    )
    try:
        return configuration.to_domain_obj()
    except (GreatExpectationsError, ValueError, TypeError) as error:
        raise BrokenExpectationError(expectation.name, str(error)) from None


def _with_datetimes(value: Any) -> Any:
    """Dates in arguments become datetimes: that is what a frame holds."""
    if isinstance(value, dict):
        return {key: _with_datetimes(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_datetimes(one) for one in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 frames hold days without a zone
    return value


def _columns_named(table: pa.Table, expectations: list[Expectation]) -> dict[str, None]:
    words = {word for one in expectations for word in _words(one.kwargs)}
    return {name: None for name in table.column_names if name in words} or {table.column_names[0]: None}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)


def _to_frame(table: pa.Table) -> Any:
    """A pandas frame; money as doubles, since expectations compare it with limits only."""
    for position, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            table = table.set_column(position, column.name, pc.cast(table.column(position), pa.float64()))
    return table.to_pandas(date_as_object=False)


def _refuse_errors(name: str, info: dict[str, Any] | None) -> None:
    """Raise where an expectation failed to run; the errors may stand one level down, by metric."""
    info = info or {}
    for one in [info, *(value for value in info.values() if isinstance(value, dict))]:
        if one.get("raised_exception"):
            raise BrokenExpectationError(name, str(one.get("exception_message")))
