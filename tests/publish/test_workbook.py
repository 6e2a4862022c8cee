"""The workbook as another program reads it: typed cells, one table a sheet, no text that runs, the same bytes again."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import editions
from yearbook.model.definition import Text
from yearbook.publish.formats.sheets import name_sheet
from yearbook.publish.formats.workbook import write_workbook

HOSTILE = '=HYPERLINK("http://example.org")'
ROWS = [
    editions.observation("contract_value", 2023, value=61.25, unit="CNY", records=40),
    editions.observation("contract_value", 2024, value=66.5, unit="CNY", records=50, status="P"),
    editions.observation("contract_value", 2024, value=-3.0, unit="CNY", records=9, sector="energy"),
    editions.observation("contract_value", 2024, unit="CNY", status="Q", records=None, sector="ict"),
    editions.observation("contract_value", 2024, value=60.0, unit="CNY", records=48, breakdown="basis=reported"),
    editions.observation("local_content_share", 2024, unit="percent", status="M", reason="small_base", records=3),
]
TABLES = {
    "en": [
        ["Part of", "Code", "Name", "Measured", "Unit", "Code of the unit", "2023", "2024", "Records, 2024", "Marks"],
        ["Total", "_T", "Total", None, "CNY", "CNY", 61.25, 66.5, 50, "2024 [p]"],
        ["Total", "_T", "Total", "as reported, without imputation", "CNY", "CNY", None, 60, 48, None],
        ["Sector", "energy", "Energy", None, "CNY", "CNY", None, -3, 9, None],
        [
            "Sector",
            "ict",
            "Information and communication technology",
            None,
            "CNY",
            "CNY",
            None,
            "[c]",
            None,
            "2024 [c]",
        ],
    ],
    "zh-Hans": [
        ["所属维度", "代码", "名称", "口径", "单位", "单位代码", "2023", "2024", "2024年记录数", "标记"],
        ["合计", "_T", "合计", None, "元", "CNY", 61.25, 66.5, 50, "2024 [p]"],
        ["合计", "_T", "合计", "按填报数，未插补", "元", "CNY", None, 60, 48, None],
        ["领域", "energy", "能源", None, "元", "CNY", None, -3, 9, None],
        ["领域", "ict", "信息通信", None, "元", "CNY", None, "[c]", None, "2024 [c]"],
    ],
}


TABS = {
    "en": ["Cover", "Notes", "Value of technology contracts", "Local content of procurement"],
    "zh-Hans": ["封面", "说明", "技术合同成交额", "本地采购占比"],
}
LONG = "Share of contracts whose price is known in full"


def read(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(sheet: Any, area: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet[area]]


@pytest.mark.parametrize("tag", TABLES)
def test_one_table_a_sheet_typed(context_of, tag: str) -> None:
    book = read(write_workbook(context_of(ROWS, tag)))
    assert book.sheetnames == TABS[tag]
    sheet = book[TABS[tag][2]]
    [table] = sheet.tables.values()
    assert cells(sheet, table.ref) == TABLES[tag]


def test_the_cover_leads_to_every_sheet_and_says_what_the_figures_are(context_of) -> None:
    book = read(write_workbook(context_of(ROWS)))
    cover = book.worksheets[0]
    said = {row[0].value: row[1].value for row in cover.iter_rows() if row[0].value}
    assert [said[head] for head in ("Status", "Released", "Value of technology contracts")] == [
        "Provisional figures",
        "30 June 2025",
        "Value of technology contracts",
    ]
    assert any("SIMULATED RECORDS" in str(row[1].value) for row in cover.iter_rows())
    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Value of technology contracts'!A1", "'Local content of procurement'!A1"]
    assert all("SIMULATED RECORDS" in str([cell.value for cell in sheet["B"]]) for sheet in book.worksheets[2:])


CROSSES_ELSEWHERE = {
    "en": (
        "Not every figure stands here: of parts in two or more dimensions at once (a sector in a country) only those"
        " that the report shows. The file observations.csv of each edition holds all."
    ),
    "zh-Hans": (
        "本工作簿未收录全部数字：两个及以上维度交叉的数字（如某国某领域）只收录报告列出的部分，"
        "各期 observations.csv 收录全部数字。"
    ),
}


@pytest.mark.parametrize("tag", CROSSES_ELSEWHERE)
def test_the_notes_say_that_crossed_parts_stand_elsewhere(context_of, tag: str) -> None:
    crossed = editions.observation("contract_value", 2024, value=7.0, unit="CNY", sector="ict", partner="KEN")
    book = read(write_workbook(context_of([*ROWS, crossed], tag)))
    told = [cell.value for cell in book.worksheets[1]["B"] if "observations.csv" in str(cell.value)]
    assert told == [CROSSES_ELSEWHERE[tag]]
    assert not [cell for sheet in book.worksheets[2:] for row in sheet.iter_rows() for cell in row if cell.value == 7]


def test_the_cover_names_the_edition_as_its_report_does(context_of) -> None:
    titles = {tag: read(write_workbook(context_of(ROWS, tag))).worksheets[0]["A1"].value for tag in ("en", "zh-Hans")}
    assert titles == {
        "en": "Technology transfer and commercialization (SIMULATED demonstration), 2024",
        "zh-Hans": "2024年技术转移与成果转化年报（模拟演示）",
    }


@pytest.mark.parametrize(("tag", "told"), [("en", "experimental indicator"), ("zh-Hans", "试验性指标")])
def test_a_sheet_says_that_its_indicator_is_experimental(context_of, tag: str, told: str) -> None:
    context = context_of(ROWS, tag)
    folder = context.material.recipe.indicators["contract_value"]
    own = folder.definition.model_copy(update={"experimental": True})
    indicators = context.material.recipe.indicators | {"contract_value": replace(folder, definition=own)}
    recipe = replace(context.material.recipe, indicators=indicators)
    book = read(write_workbook(replace(context, material=replace(context.material, recipe=recipe))))
    assert [told in [cell.value for cell in sheet["B"]] for sheet in book.worksheets[2:]] == [True, False]


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("技术合同成交额", (), "技术合同成交额"),
        ("Price [net]: per unit/year?", (), "Price net per unit year"),
        ("'quoted'", (), "quoted"),
        (LONG, (), "Share of contracts whose price…"),
        (LONG, ("share of contracts whose price…",), "Share of contracts whose… (2)"),
        ("Value", ("value", "value (2)"), "Value (3)"),
        ("History", ("history",), "History (2)"),
        ("x" * 40, (), "x" * 30 + "…"),
        ("𠀀" * 20, (), "𠀀" * 15 + "…"),
    ],
)
def test_a_title_becomes_the_name_of_a_sheet(title: str, taken: tuple[str, ...], name: str) -> None:
    assert name_sheet(title, taken) == name
    assert len(name.encode("utf-16-le")) <= 62


def test_an_apostrophe_in_a_title_breaks_no_link(context_of) -> None:
    context = context_of(ROWS)
    folder = context.material.recipe.indicators["contract_value"]
    own = folder.definition.model_copy(update={"title": Text(en="Firms' value", zh="企业合同额")})
    indicators = context.material.recipe.indicators | {"contract_value": replace(folder, definition=own)}
    recipe = replace(context.material.recipe, indicators=indicators)
    book = read(write_workbook(replace(context, material=replace(context.material, recipe=recipe))))
    [link, _] = [cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    assert (book.sheetnames[2], link) == ("Firms' value", "'Firms'' value'!A1")


def test_a_text_that_begins_like_a_formula_stays_a_text(context_of) -> None:
    context = context_of(ROWS)
    programme = context.material.recipe.programme
    hostile = programme.model_copy(
        update={"publisher": Text(en=HOSTILE, zh=HOSTILE), "notes": [Text(en=HOSTILE, zh="@")]}
    )
    recipe = replace(context.material.recipe, programme=hostile)
    book = read(write_workbook(replace(context, material=replace(context.material, recipe=recipe))))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)] * 2
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_bytes_again(context_of) -> None:
    assert write_workbook(context_of(ROWS)) == write_workbook(context_of(ROWS))
