import json
from decimal import Decimal

import pytest

from staging import raw, rows, stage
from yearbook.errors import SourceError
from yearbook.extract.reshape import Counts

TABLE = raw("合同编号|国别|金额|kind|Note", "a|越南|1|x|NAD", "b|NA|2|y|", "c|Atlantis|3|x|", "d|NA||x|")


def test_a_filter_sees_fields_and_columns_as_received_and_counts_what_it_leaves_out() -> None:
    staged = stage(TABLE, ignore=["kind", "note"], filter="kind = 'x' and value < 3")
    assert rows(staged, "contract_id", "_row") == [("a", 2)]
    assert staged.counts == Counts(rows_read=4, filtered=3, received=1)


def test_derived_fields_are_computed_from_mapped_ones_and_read_like_cells() -> None:
    derive = {
        "value": "value * 2",
        "currency": "Note",
        "partner": "coalesce(partner, case when contract_id = 'c' then 'viet nam' else '?' end)",
        "year": "2000 + value",
        "is_open": "value > 1",
    }
    staged = stage(TABLE, ignore=["kind", "note"], derive=derive)
    assert rows(staged, "partner", "value", "currency", "year", "is_open", "_unread") == [
        ("VNM", Decimal(2), "NAD", 2001, False, None),
        ("NAM", Decimal(4), None, 2002, True, None),
        ("VNM", Decimal(6), None, 2003, True, None),
        ("NAM", None, None, None, None, None),
    ]


def test_a_cell_that_could_not_be_read_can_be_mended_from_its_text() -> None:
    table = raw("partner|金额", " Atlantis |1", "Lemuria|2")
    derive = {"partner": "case when trim(received.partner) = 'Atlantis' then 'VNM' else partner end"}
    assert rows(stage(table, derive=derive), "partner", "_unread") == [
        ("VNM", None),
        (None, '{"partner":"Lemuria"}'),
    ]


def test_a_derived_code_that_is_none_is_unread() -> None:
    staged = stage(TABLE, ignore=["kind", "note"], derive={"partner": "'Lemuria'"}, filter="contract_id = 'a'")
    assert json.loads(staged.table.column("_unread")[0].as_py()) == {"partner": "Lemuria"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"filter": "knid = 'x'"}, ["`filter` failed", "knid", "entry `all`", "fields: contract_id"]),
        ({"derive": {"value": "CAST(kind AS DOUBLE)"}}, ["`derive, `value`` failed", "Could not convert"]),
        ({"derive": {"valeu": "1"}}, ["no field `valeu`", "did you mean `value`?"]),
        ({"filter": "exists (select 1 from read_csv('/etc/passwd'))"}, ["`filter` failed"]),
    ],
)
def test_sql_that_fails_stops_the_source(values: dict[str, object], says: list[str]) -> None:
    with pytest.raises(SourceError) as error:
        stage(TABLE, ignore=["kind", "note"], **values)
    assert [word for word in says if word not in str(error.value)] == []
