from pathlib import Path

import pytest

from files import xlsx
from yearbook.errors import SourceError
from yearbook.extract.draft import draft_source
from yearbook.extract.readers import read_bytes
from yearbook.extract.sniff import sniff
from yearbook.model.dataset import Dataset
from yearbook.model.definition import load_definition
from yearbook.model.source import Source

TITLE = {"en": "T", "zh": "题"}
DATASETS = {
    "totals": Dataset.model_validate(
        {
            "dataset": "totals",
            "title": TITLE,
            "one_row_is": TITLE,
            "key": ["area", "year"],
            "reference_date": ["year"],
            "fields": {
                "area": {
                    "type": "text",
                    "title": {"en": "Area", "zh": "地区"},
                    "aliases": ["Region"],
                    "required": True,
                },
                "year": {"type": "year", "title": {"en": "Year", "zh": "年份"}, "required": True},
                "direction": {"type": "text", "title": {"en": "Direction", "zh": "流向"}, "required": True},
                "count": {"type": "integer", "title": {"en": "Contracts", "zh": "合同数"}},
                "value": {"type": "money", "title": {"en": "Value", "zh": "金额"}},
            },
        }
    ),
    "contracts": Dataset.model_validate(
        {
            "dataset": "contracts",
            "title": TITLE,
            "one_row_is": TITLE,
            "key": ["contract_id"],
            "reference_date": ["sign_date"],
            "fields": {
                "contract_id": {"type": "text", "title": {"en": "Contract", "zh": "合同编号"}, "required": True},
                "sign_date": {"type": "date", "title": {"en": "Signed", "zh": "签订日期"}},
                "value": {"type": "money", "title": {"en": "Value", "zh": "合同金额"}, "aliases": ["amount"]},
            },
        }
    ),
}

YEARBOOK_PAGE = xlsx(
    {
        "Sheet1": [
            ["8-37 合同金额"],
            ["单位：万元"],
            ["地  区", "Region", 2020, 2021],
            ["全国", "Total", 1, 2],
            ["注：初步"],
        ]
    }
)
DRAFT = """\
# Drafted from output-2021.xlsx. Save it as sources/output_2021.yml of a programme, and mend each line
# that says "to decide". Then `yearbook sources check` shows what would be read, without writing.
source: output_2021
card:
  title: {en: "8-37 合同金额", zh: "8-37 合同金额"}  # to decide: a title in each language
  producer: {en: "?", zh: "?"}  # to decide: who made the records
  licence: "?"  # to decide: under which terms
  contact: "?"  # to decide: whom to ask
  period: "?"  # to decide: which years it covers
  retrieval: "?"  # to decide: how and when it was obtained
entries:
  - name: output_2021
    dataset: totals  # to decide: 4 of 4 headers are known there
    path: "{data}/raw/output-2021.xlsx"  # to decide: a pattern such as *.csv where more files have this layout
    format: excel
    sheet: Sheet1
    header_rows: 1  # row 3 of the file; to decide: 2, if the header has two rows
    # above the header: 8-37 合同金额 单位：万元
    # below the table: 注：初步
    unit: 万元  # as the file says, for all amounts without a unit of their own
    unpivot:  # years as columns: 2020, 2021
      columns: '^((?:19|20)[0-9]{2})年?$'
      names_to: year
      values_to: value  # to decide: the field that the figures are
    columns:
      地 区: area  # by its title
      # to decide: these headers stop the source until each is mapped above or listed under `ignore`
      # Region: area is taken by another column. Cells: Total
    # to decide: required and not found: direction: a column above, or `constants`
"""


def test_the_draft_of_a_yearbook_page(tmp_path: Path) -> None:
    file = tmp_path / "raw" / "output-2021.xlsx"
    file.parent.mkdir()
    file.write_bytes(YEARBOOK_PAGE)
    assert draft_source(file, DATASETS, str(tmp_path)) == DRAFT


@pytest.mark.parametrize(
    ("content", "layout", "dataset", "columns"),
    [
        (
            "登记表\n合同编号,签订日期,合同金额(万元),备注\nC1,05/03/2024,1,x\n".encode("gb18030"),
            {"format": "csv", "delimiter": ",", "skip": 1},
            "contracts",
            {"合同编号": "contract_id", "签订日期": "sign_date", "合同金额(万元)": ("value", "万元")},
        ),
        (
            b'{"meta": {}, "data": {"rows": [{"contract": "C1", "amount": 1}]}}',
            {"format": "json", "records": "data.rows"},
            "contracts",
            {"contract": "contract_id", "amount": "value"},
        ),
        (b'{"contract": "C1"}\n{"contract": "C2"}\n', {"format": "jsonl"}, "contracts", {"contract": "contract_id"}),
        (
            b"<table><tr><td>Contract<td>Value</tr><tr><td>C1<td>1</table>",
            {"format": "html"},
            "contracts",
            {"Contract": "contract_id", "Value": "value"},
        ),
    ],
    ids=["csv", "json", "jsonl", "html"],
)
def test_a_draft_is_a_definition_that_reads_its_file(
    tmp_path: Path, content: bytes, layout: dict[str, object], dataset: str, columns: dict[str, object]
) -> None:
    file = tmp_path / "records.txt"
    file.write_bytes(content)
    definition = tmp_path / "records.yml"
    definition.write_text(draft_source(file, DATASETS, str(tmp_path)), encoding="utf-8")
    (found,) = load_definition(definition, Source).entries
    assert sniff("records.txt", content) == layout
    assert found.model_dump(include={*layout, "dataset", "path"}) == {
        **layout,
        "dataset": dataset,
        "path": "{data}/records.txt",
    }
    mapped = {name: one if isinstance(one, str) else (one.field, one.unit) for name, one in found.columns.items()}
    assert mapped == columns
    (table,) = read_bytes("records.txt", content, found)
    assert set(columns) <= set(table.headers)


@pytest.mark.parametrize(
    ("dates", "asks"),
    [(["05/03/2024"], "day or month first?"), (["05/13/2024"], "the month stands first"), (["13/05/2024"], None)],
)
def test_the_order_of_day_and_month_is_asked_where_it_is_open(
    tmp_path: Path, dates: list[str], asks: str | None
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("contract,signed\n" + "".join(f"C,{date}\n" for date in dates))
    (line,) = [line for line in draft_source(file, DATASETS).splitlines() if "signed:" in line]
    assert (asks in line) if asks else "to decide" not in line


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no such file"), (b"", "0 bytes"), (b'{"a": 1}', "no list of records")]
)
def test_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "a.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        draft_source(file, DATASETS)
