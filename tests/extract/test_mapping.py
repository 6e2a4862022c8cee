import pytest

from staging import CONTRACTS, entry
from yearbook.errors import SourceError
from yearbook.extract.field_names import Target
from yearbook.extract.mapping import HeaderMap, map_headers, match_headers

YEARS = {"columns": r"^\d{4}$", "names_to": "year", "values_to": "value"}


def mapped(headers: str, **values: object) -> HeaderMap:
    return map_headers(headers.split("|"), entry(**values), CONTRACTS, "all.csv")


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("contract_id", Target("contract_id", "name")),
        ("CONTRACT_ID ", Target("contract_id", "name")),
        ("Signed", Target("sign_date", "title")),
        ("签订\u3000日期", Target("sign_date", "title")),
        ("国家", Target("partner", "alias")),
        ("金额(万元)", Target("value", "title", header_unit="万元")),
        ("成交额（亿元）", Target("value", "alias", header_unit="亿元")),
        ("Value [thousand USD]", Target("value", "name", header_unit="thousand USD")),
    ],
)
def test_headers_of_both_languages_find_their_field(header: str, target: Target) -> None:
    assert mapped(header).targets == {header: target}


def test_the_entry_goes_before_names_and_titles() -> None:
    columns = {"编号": "contract_id", "金 额": {"field": "value", "unit_column": "单位"}}
    found = mapped("编号|金额|单位|说明", columns=columns, ignore=["说明"])
    assert found.targets == {
        "编号": Target("contract_id", "entry"),
        "金额": Target("value", "entry", unit_column="单位"),
    }
    assert (found.helpers, found.ignored) == (["单位"], ["说明"])


def test_a_unit_may_be_a_column() -> None:
    found = mapped("金额|单位", columns={"金额": {"field": "value", "unit": "column: 单位"}})
    assert found.targets["金额"].unit_column == "单位"


@pytest.mark.parametrize(
    ("headers", "values", "says"),
    [
        ("contract_id|sing_date", {}, ["`sing_date`", "nearest field is `sign_date`", "all.csv"]),
        ("contract_id|签定日期", {}, ["`签定日期`", "nearest field is `sign_date`"]),
        ("contract_id|金额(万园)", {}, ["`金额(万园)`", "nearest field is `value`"]),
        ("编号", {"columns": {"编号": "contract_di"}}, ["no field `contract_di`", "did you mean `contract_id`?"]),
        ("编号", {"columns": {"编码": "contract_id"}}, ["no column `编码`", "did you mean `编号`?"]),
        ("国别|国家", {}, ["`partner` is claimed twice", "`国别`", "`国家`"]),
        ("国别", {"constants": {"partner": "VN"}}, ["`partner` is claimed twice", "`constants`"]),
        ("国别|y2020", {"unpivot": YEARS}, ["unpivot", "y2020"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_stops_the_source(headers: str, values: dict[str, object], says: list[str]) -> None:
    with pytest.raises(SourceError) as error:
        mapped(headers, **values)
    assert [word for word in says if word not in str(error.value)] == []


def test_a_nested_format_may_lack_what_no_record_has() -> None:
    found = mapped("contract_id", format="json", columns={"contract_id": "contract_id", "winner.country": "partner"})
    assert list(found.targets) == ["contract_id"]


def test_the_preview_lists_what_it_cannot_map() -> None:
    assert match_headers(["contract_id", "x1", "x2"], entry(), CONTRACTS, "all.csv").unknown == ["x1", "x2"]
