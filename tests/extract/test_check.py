import io
from pathlib import Path

from rich.console import Console

from tiny import Tiny, make_tiny
from yearbook.extract.check import CheckReport, UnreadCells, check_source, print_report


def checked(tiny: Tiny) -> CheckReport:
    return check_source(tiny.workspace(), "register")


def shown(report: CheckReport) -> str:
    console = Console(width=200, file=io.StringIO(), record=True)
    print_report(report, console)
    return console.export_text()


def test_a_preview_tells_mapping_unread_cells_and_years_and_writes_nothing(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    tiny.edit(tiny.records, lambda text: text.replace("2024-03-20", "soon"))
    report = checked(tiny)
    (table,) = report.tables
    assert report.refused == []
    assert (table.entry, table.address, table.encoding) == ("contracts", "{data}/contracts.csv", "utf-8")
    assert {header: (target.field, target.way) for header, target in table.mapped.targets.items()}["合同编号"] == (
        "contract_id",
        "title",
    )
    assert table.years == {0: 1, 2023: 20, 2024: 19}
    assert table.unread == {"sign_date": UnreadCells(1, ["soon"])}
    assert sorted(path.name for path in tiny.home.iterdir() if not path.name.startswith("catalogue")) == []
    assert "unread sign_date: 1 cells, such as soon" in shown(report)


def test_a_preview_tells_why_a_source_would_be_refused(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    tiny.edit(tiny.records, lambda text: text.replace("技术领域", "技术领城"))
    (table,) = checked(tiny).refused
    assert table.mapped.unknown == ["技术领城"]
    assert "nearest field is `sector`" in str(table.refused)
    assert "refused:" in shown(checked(tiny))

    tiny.records.unlink()
    (missing,) = checked(tiny).refused
    assert "no file at" in str(missing.refused)
