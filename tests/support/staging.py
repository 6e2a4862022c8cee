"""A small dataset and short ways to stage text tables, so that a test is a table in and a table out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yearbook.extract.lineage import Origin
from yearbook.extract.readers.table import RawTable, table_from_rows
from yearbook.extract.stage import Staged, Staging, stage_tables
from yearbook.model.codelist import Code, Codelist
from yearbook.model.dataset import Dataset
from yearbook.model.source import Entry

ORIGIN = Origin("register", "all", "{data}/all.csv", "0" * 64)


def _title(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


CONTRACTS = Dataset.model_validate(
    {
        "dataset": "contracts",
        "title": _title("Contracts", "合同"),
        "one_row_is": _title("a contract", "一项合同"),
        "key": ["contract_id"],
        "reference_date": ["sign_date", "year"],
        "amends": "amends_id",
        "fields": {
            "contract_id": {"type": "text", "title": _title("Contract", "合同编号"), "max_length": 50},
            "sign_date": {"type": "date", "title": _title("Signed", "签订日期")},
            "year": {"type": "year", "title": _title("Year", "年份")},
            "partner": {
                "type": "code",
                "codelist": "partners",
                "title": _title("Partner", "国别"),
                "aliases": ["国家"],
            },
            "value": {"type": "money", "unit": "CNY", "title": _title("Value", "金额"), "aliases": ["成交额"]},
            "currency": {"type": "text", "title": _title("Currency", "币种")},
            "count": {"type": "integer", "unit": "count", "title": _title("Count", "项数")},
            "share": {"type": "share", "title": _title("Share", "比例")},
            "is_open": {"type": "boolean", "title": _title("Open", "是否公开")},
            "amends_id": {"type": "text", "title": _title("Amends", "原合同编号")},
        },
    }
)
PARTNERS = Codelist(
    "partners",
    Path("partners.csv"),
    {
        "NAM": Code("NAM", "Namibia", "纳米比亚", "country", "AFR", ("NA",)),
        "VNM": Code("VNM", "Viet Nam", "越南", "country", "SEA", ("Vietnam", "VN")),
        "_T": Code("_T", "Total", "全国", "total", "", ()),
    },
)


def entry(**values: Any) -> Entry:
    """An entry for the small dataset."""
    return Entry.model_validate({"name": "all", "dataset": "contracts", "format": "csv", "path": "all.csv"} | values)


def raw(headers: str, *rows: Sequence[str | None] | str, **facts: Any) -> RawTable:
    """A raw table; headers and rows as texts are split at `|`, and an empty cell is missing."""
    cells = [[cell or None for cell in row.split("|")] if isinstance(row, str) else row for row in rows]
    return table_from_rows("all.csv", headers.split("|"), cells, range(2, len(cells) + 2), facts)


def staging(**values: Any) -> Staging:
    """The small dataset, read as an entry with these values says."""
    return Staging(entry(**values), CONTRACTS, {"partners": PARTNERS}, "/records/all.csv")


def stage(*tables: RawTable, **values: Any) -> Staged:
    """Stage raw tables of the small dataset."""
    return stage_tables(tables, staging(**values), ORIGIN)


def rows(staged: Staged, *fields: str) -> list[tuple[Any, ...]]:
    """Some fields of the staged records."""
    return [tuple(record[field] for field in fields) for record in staged.table.to_pylist()]
