"""Why an indicator has no figure: no source, no records, or a field that no record fills.

Not its business: gaps within an indicator, which its own SQL tells cell by cell.
"""

from yearbook.compute.engine import Engine
from yearbook.model.indicator import Indicator
from yearbook.model.sql import quote

NO_SOURCE = "no_source"
NO_RECORDS = "no_records"
FIELD_MISSING = "field_missing"


class Availability:
    """What the records of an edition hold, looked up once per dataset."""

    def __init__(self, engine: Engine, definitions: list[Indicator], *, delivered: set[str]) -> None:
        """`delivered` are the datasets of the sources."""
        needed = sorted({(name, one) for item in definitions for name, fields in item.fields.items() for one in fields})
        self._filled = {
            name: _count_filled(
                engine, name, [one for dataset, one in needed if dataset == name], _naming(name, definitions)
            )
            for name in sorted({dataset for dataset, _ in needed} & delivered)
        }

    def missing_reason(self, definition: Indicator) -> str | None:
        """Return why the indicator is not available in this programme and year, or None."""
        reasons = [self._missing(dataset, fields) for dataset, fields in definition.fields.items()]
        return next((reason for reason in reasons if reason), None)

    def _missing(self, dataset: str, fields: list[str]) -> str | None:
        if dataset not in self._filled:
            return NO_SOURCE
        records, filled = self._filled[dataset]
        if not records:
            return NO_RECORDS
        return FIELD_MISSING if any(not filled[field] for field in fields) else None


def _count_filled(engine: Engine, dataset: str, fields: list[str], where: str) -> tuple[int, dict[str, int]]:
    """Count the records that the edition sees, of later years too where it reads ahead, and those that fill a field."""
    counts = ", ".join(["count(*)", *(f"count({quote(field)})" for field in fields)])
    rows = engine.fetch(f"select {counts} from {quote(dataset)}", where=where)
    records, *filled = (column[0].as_py() for column in rows.columns)
    return records, dict(zip(fields, filled, strict=True))


def _naming(dataset: str, definitions: list[Indicator]) -> str:
    return " or ".join(f"{one.indicator}/indicator.yml" for one in definitions if dataset in one.fields)
