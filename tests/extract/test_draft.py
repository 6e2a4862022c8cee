from pathlib import Path

import pytest

from files import xlsx
from yearbook.errors import DefinitionError, SourceError
from yearbook.extract.draft import draft_source
from yearbook.extract.places import list_uris
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
    definition.write_text(_decided(draft_source(file, DATASETS, str(tmp_path))), encoding="utf-8")
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


def _decided(draft: str) -> str:
    return draft.replace('"?"', "decided")


def test_a_draft_is_refused_until_it_is_decided(tmp_path: Path) -> None:
    file, definition = tmp_path / "a.csv", tmp_path / "a.yml"
    file.write_text("contract,amount\nC1,1\n")
    draft = draft_source(file, DATASETS)
    for text in (draft, _decided(draft).replace("licence: decided", 'licence: {en: x, zh: "?"}')):
        definition.write_text(text, encoding="utf-8")
        with pytest.raises(DefinitionError, match=r"card\.(producer|licence): .*`\?` is left from the draft: decide "):
            load_definition(definition, Source)
    definition.write_text(_decided(draft), encoding="utf-8")
    assert load_definition(definition, Source).entries[0].unit == "元"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("contract,amount\nC1,1\n", "    unit: 元  # to decide: no unit is stated"),
        ("contract,amount\nC1,1元\n", None),
        ("contract,amount (万元)\nC1,1\n", None),
        ("contract,note\nC1,1\n", None),
    ],
    ids=["nowhere", "in the cells", "in the header", "no amount"],
)
def test_a_unit_that_is_stated_nowhere_is_asked_for(tmp_path: Path, text: str, line: str | None) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text)
    lines = draft_source(file, DATASETS).splitlines()
    assert [one for one in lines if one.startswith("    unit:")] == ([line] if line else [])


@pytest.mark.parametrize(
    "name",
    [
        "a\nevil: 1\n#.csv",
        'a"b: {c}\r\nx: 1.csv',
        "a\u2028evil: 1\u0085x: 2.csv",
        "[2023]*?.csv",
        "a\x1b[31m\u202e.csv",
    ],
)
def test_names_and_headers_cannot_write_keys(tmp_path: Path, name: str) -> None:
    file, definition = tmp_path / name, tmp_path / "a.yml"
    header = name.replace('"', '""')
    file.write_text(f'contract,amount,"{header}"\nC1,1,"{header}"\n', newline="")
    definition.write_text(_decided(draft_source(file, DATASETS, str(tmp_path))), encoding="utf-8")
    source = load_definition(definition, Source)
    assert source.entries[0].columns == {"contract": "contract_id", "amount": "value"}
    assert list_uris(source.entries[0], str(tmp_path)) == [str(file)]


def test_the_source_is_named_as_it_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "2024.csv"
    file.write_text("contract\nC1\n")
    lines = draft_source(file, DATASETS, name="登记: 1").splitlines()
    assert [line for line in lines if line.lstrip(" -").startswith(("source:", "name:"))] == [
        'source: "登记: 1"',
        '  - name: "2024"',
    ]


def test_the_path_keeps_the_folders_below_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "records" / "2024" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text("contract\nC1\n")
    (tmp_path / "link").symlink_to(tmp_path / "records")
    monkeypatch.chdir(tmp_path)
    for root in ("records", "link", str(tmp_path / "records") + "/"):
        monkeypatch.setenv("YEARBOOK_DATA", root)
        assert '    path: "{data}/2024/a.csv"' in draft_source(file, DATASETS)
        assert '    path: "{data}/2024/a.csv"' in draft_source("records/2024/a.csv", DATASETS, root)


def test_a_table_of_too_many_columns_is_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(",".join(f"c{at}" for at in range(2_001)) + "\n")
    with pytest.raises(SourceError, match="2,001 headers, where a draft has at most 2,000"):
        draft_source(file, DATASETS)


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
