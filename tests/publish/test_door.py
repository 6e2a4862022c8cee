import yaml

from editions import observation, table
from yearbook.model.observation import PUBLIC_COLUMNS
from yearbook.publish.door import PARTIES, PUBLIC_BREAKDOWNS, public_part
from yearbook.settings import PROJECT


def test_names_of_institutions_and_technologies_stay_inside() -> None:
    rows = [
        observation("contract_value", 2024, value=1.0, breakdown=breakdown)
        for breakdown in ("_T", "institution=S1", "institution=S1;technology=T", "basis=real;technology=T", "scope=x")
    ]
    public = public_part(table(rows))
    assert public["breakdown"].to_pylist() == ["_T", "scope=x"]
    assert tuple(public.column_names) == PUBLIC_COLUMNS


def test_a_new_breakdown_stays_inside_until_its_indicator_declares_it() -> None:
    rows = [
        observation("contract_value", 2024, value=1.0, breakdown=breakdown)
        for breakdown in ("_T", "owner=A\nB", "owner=A;scope=x", "scope=x;technology=T")
    ]
    assert public_part(table(rows))["breakdown"].to_pylist() == ["_T"]
    declared = public_part(table(rows), frozenset({"owner", "technology"}))
    assert declared["breakdown"].to_pylist() == ["_T", "owner=A\nB", "owner=A;scope=x"]


def test_what_the_common_indicators_break_down_by_is_decided() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT / "include").rglob("indicator.yml")]
    names = {name for text in texts for name in yaml.safe_load(text).get("breakdown_names", [])}
    assert names == PUBLIC_BREAKDOWNS | PARTIES
