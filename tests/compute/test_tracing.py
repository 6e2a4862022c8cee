"""From a figure to its records and back: small tables in, the keys of the records out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yearbook.compute import compute_year
from yearbook.compute.settling import Search
from yearbook.compute.tracing import trace_figure, trace_record
from yearbook.errors import TraceError
from yearbook.workspace import Workspace

CONTRACTS = [
    ("A1", 2023, "U1", "KEN", 100),
    ("A2", 2023, "U2", "VNM", 50),
    ("B1", 2024, "U1", "KEN", 40),
    ("B2", 2024, "U1", "KEN", 60),
    ("B3", 2024, "U3", "VNM", 300),
    ("B4", 2024, "U3", "VNM", None),
    ("B5", 2024, "U2", "CHN", 7),
]


@pytest.fixture
def computed(office: Workspace, put: Callable[..., str], as_of: date) -> Workspace:
    for year in (2023, 2024):
        put(office, "contracts", year, [_contract(*one) for one in CONTRACTS if one[1] == year])
    compute_year(office, 2024, as_of, threads=1)
    return office


def _contract(key: str, year: int, seller: str, buyer: str, value: int | None) -> dict[str, Any]:
    amount = None if value is None else Decimal(value)
    parties = {"seller_id": seller, "seller_country": "CHN", "buyer_country": buyer}
    return {"contract_id": key, "sign_date": date(year, 3, 1), **parties, "value": amount, "currency": "CNY"}


@pytest.mark.parametrize(
    ("figure", "keys"),
    [
        ("contract_count.2024", "B1 B2 B3 B4 B5"),
        ("contract_value.2024", "B1 B2 B3 B5"),
        ("contract_value.2024.partner=KEN", "B1 B2"),
        ("contract_value.2024.partner=_F", "B1 B2 B3"),
        ("contract_value_growth.2024", "A1 A2 B1 B2 B3 B5"),
        ("contract_value_growth.2024.part=exit", "A1 A2 B1 B2 B5"),
        ("active_institutions.2024", "B1 B2 B3 B4 B5"),
        ("contract_value.2024.partner=VNM", "B3"),
        ("contract_value_share.2024.partner=KEN", "B1 B2 B3 B5"),
        ("contract_growth_contribution.2024.partner=KEN", "A1 A2 B1 B2"),
    ],
)
def test_a_figure_leads_to_the_records_that_make_it_up(computed: Workspace, figure: str, keys: str) -> None:
    traced = trace_figure(computed, figure)
    assert " ".join(sorted(one["contract_id"] for one in traced.records)) == keys
    assert (traced.is_whole, traced.unsettled) == (True, [])


def test_a_record_leads_to_every_figure_that_it_makes_up(computed: Workspace) -> None:
    touched = {
        one.figure: one for one in trace_record(computed, 2024, "contracts", lambda row: row["contract_id"] == "B1")
    }
    ken = touched["contract_value.2024.partner=KEN"]
    assert (ken.value, ken.without, ken.unit) == (100, 60, "CNY")
    assert {"contract_value.2024", "contract_value_growth.2024", "active_institutions.2024"} < set(touched)
    assert not [name for name in touched if "partner=VNM" in name and name.startswith("contract_value.")]
    found = trace_figure(computed, "contract_value_growth.2024").records
    assert "B1" in [one["contract_id"] for one in found]


@pytest.mark.parametrize("key", ["B1", "B2"])
def test_a_record_for_which_another_stands_in_is_found_from_the_figure_alone(computed: Workspace, key: str) -> None:
    """Each shows by itself that an institution is still there: only without both is the figure another."""
    figure = "contract_value_growth.2024.part=exit"
    found = [one["contract_id"] for one in trace_figure(computed, figure).records]
    touched = [one.figure for one in trace_record(computed, 2024, "contracts", lambda row: row["contract_id"] == key)]
    assert (key in found, figure in touched, "contract_value_growth.2024" in touched) == (True, False, True)


def test_whom_records_name_and_what_a_region_is_made_of_spare_questions(
    office: Workspace, put: Callable[..., str], as_of: date
) -> None:
    """Of 200 contracts in turn by universities and firms, with three countries, none has to be asked about alone."""
    types = {"U1": "university", "U2": "enterprise"}
    put(
        office,
        "institutions",
        2024,
        [{"institution_id": key, "year": 2024, "type": said} for key, said in types.items()],
    )
    countries = ("KEN", "VNM", "EGY")
    contracts = [(f"C{n:03}", 2024, f"U{1 + n % 2}", countries[n % 3], 10 + n) for n in range(200)]
    put(office, "contracts", 2024, [_contract(*one) for one in contracts])
    compute_year(office, 2024, as_of, threads=1)
    africa, universities = (
        {one[0] for one in contracts if one[3] != "VNM"},
        {one[0] for one in contracts if one[2] == "U1"},
    )
    wanted = {
        "contract_value_share.2024.partner=KEN": {one[0] for one in contracts},
        "contract_value.2024.partner=AFR": africa,
        "active_institutions.2024.institution_type=university": universities,
    }
    for figure, keys in wanted.items():
        traced = trace_figure(office, figure, most=12)
        assert ({one["contract_id"] for one in traced.records}, traced.is_whole) == (keys, True)


def test_too_few_questions_leave_records_untold(computed: Workspace) -> None:
    traced = trace_figure(computed, "contract_value_growth.2024.part=exit", most=2)
    assert (traced.is_whole, len(traced.records) + len(traced.unsettled)) == (False, len(CONTRACTS))
    assert traced.is_resting


def test_who_asks_hears_of_every_question_and_may_end_it(computed: Workspace) -> None:
    heard: list[int] = []

    def goes_on(asked: int) -> bool:
        heard.append(asked)
        return asked < 3

    ended = trace_figure(computed, "contract_value_growth.2024.part=exit", goes_on=goes_on)
    assert heard == list(range(1, len(heard) + 1))
    fewest = trace_figure(computed, "contract_value_growth.2024.part=exit", most=3)
    assert (ended.records, ended.unsettled) == (fewest.records, fewest.unsettled)


@pytest.mark.parametrize(
    ("held", "found", "unsettled"),
    [
        ({number: Decimal(10 + number) for number in range(64)}, set(range(32)), set()),
        ({number: Decimal(10 + number) for number in range(1, 64)}, set(range(32)), set()),
        ({}, set(), set(range(32))),
    ],
    ids=["each amount is in the sum", "what holds none is asked about alone", "without amounts"],
)
def test_a_sum_that_grows_by_the_amounts_of_a_group_spares_questions(
    held: dict[int, Decimal], found: set[int], unsettled: set[int]
) -> None:
    """The first 32 of 64 records are summed; the figure counts two of something else, not the records."""

    def make(numbers: set[int]) -> dict[str, Any]:
        return {"numerator": float(sum(10 + one for one in numbers if one < 32)), "records": 2}

    search = Search(make, set(range(64)), lambda asked: asked < 18, [held])
    search.settle([list(range(64))], lambda group: [group[: len(group) // 2], group[len(group) // 2 :]])
    assert (search.found, search.unsettled) == (found, unsettled)


def test_an_amount_too_small_to_show_in_a_sum_proves_nothing() -> None:
    """A sum of 10¹⁷ is the same with or without a record of 1: that it is in there is asked, and the answer is no."""
    held = {0: Decimal(10) ** 17, 1: Decimal(1)}

    def make(numbers: set[int]) -> dict[str, Any]:
        return {"value": 1e17 if 0 in numbers else 0.0, "records": 0}

    search = Search(make, {0, 1}, lambda asked: True, [held])
    search.settle([[0, 1]], lambda group: [[one] for one in group])
    assert (search.found, search.unsettled) == ({0}, set())


def test_what_is_found_is_sure_and_the_rest_is_all_that_may_be(computed: Workspace) -> None:
    figure = "contract_value_growth.2024.part=exit"
    every = {one["contract_id"] for one in trace_figure(computed, figure).records}
    for most in range(2, 12):
        traced = trace_figure(computed, figure, most=most)
        found, rest = ({one["contract_id"] for one in some} for some in (traced.records, traced.unsettled))
        assert found <= every <= found | rest


@pytest.mark.parametrize(
    ("figure", "fix"),
    [
        ("contract_vlaue.2024.partner=KEN", "did you mean `contract_value.2024.partner=KEN`?"),
        ("contract_value.2024.partner=KNE", "did you mean `contract_value.2024.partner=KEN`?"),
        ("contract_value.2024.partners=VNM", "did you mean `contract_value.2024.partner=VNM`?"),
        ("weather.2024", "copy the name from the report"),
        ("contract_value.1999", "name one of 2024, or run `yearbook compute` for 1999"),
    ],
)
def test_what_is_no_figure_cannot_be_traced_and_the_nearest_is_named(
    computed: Workspace, figure: str, fix: str
) -> None:
    with pytest.raises(TraceError) as refused:
        trace_figure(computed, figure)
    assert refused.value.fix == fix


def test_a_figure_that_records_make_otherwise_since_it_was_computed_is_refused(
    computed: Workspace, put: Callable[..., str], as_of: date
) -> None:
    """B3 is corrected from 300 to 310; what it does not touch is traced as before."""
    changed = [(*one[:4], 310) if one[0] == "B3" else one for one in CONTRACTS if one[1] == 2024]
    put(computed, "contracts", 2024, [_contract(*one) for one in changed])
    asked: list[Callable[[], object]] = [
        lambda: trace_figure(computed, "contract_value.2024"),
        lambda: trace_record(computed, 2024, "contracts", lambda row: row["contract_id"] == "B3"),
    ]
    for ask in asked:
        with pytest.raises(TraceError, match="otherwise than the edition 2024 has it") as refused:
            ask()
        assert refused.value.fix == "run `yearbook compute --programme office --years 2024`, then trace again"
    assert trace_figure(computed, "contract_value.2024.partner=KEN").row["value"] == 100
    compute_year(computed, 2024, as_of, threads=1)
    assert trace_figure(computed, "contract_value.2024").row["value"] == 417


def test_a_figure_that_is_no_more_is_refused_as_well_until_the_edition_is_computed(
    computed: Workspace, put: Callable[..., str]
) -> None:
    """All contracts with Viet Nam are gone: their figure is in the edition, and no record makes it."""
    put(computed, "contracts", 2024, [_contract(*one) for one in CONTRACTS if one[1] == 2024 and one[3] != "VNM"])
    with pytest.raises(TraceError, match="otherwise than the edition 2024 has it"):
        trace_figure(computed, "contract_value.2024.partner=VNM")
