"""Methods against what is known otherwise: textbook results by hand, scipy, and what they must be in simple cases."""

from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from yearbook.compute.methods import METHODS, apply_method
from yearbook.compute.methods.curve import Curve, estimate_curve
from yearbook.compute.trial import Trial, TrialRoom
from yearbook.errors import ComputeError, DefinitionError
from yearbook.model.definition import load_definition
from yearbook.model.indicator import Indicator, MethodName
from yearbook.model.recipe import IndicatorFolder, load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
ROOM = TrialRoom(RECIPE, INCLUDE)
EXAMPLE = INCLUDE / "sql/indicators/cohort_commercialization_rate/indicator.yml"
SCORE = 1.959963984540054

Life = tuple[int, str]

lives = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["event", "competing", "censored"])), min_size=1)


def curve_of(observed: list[Life]) -> Curve:
    durations, events = zip(*observed, strict=True)
    return estimate_curve(np.array(durations, dtype=float), np.array(events), np.ones(len(observed)))


def table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows)


def test_aalen_johansen_by_hand() -> None:
    observed = [
        (1, "event"),
        (2, "competing"),
        (2, "event"),
        (3, "censored"),
        (4, "event"),
        (4, "censored"),
        (5, "event"),
    ]
    curve = curve_of(observed)
    # At 1 one of 7; at 2 one of 6, and two leave; at 3 none; at 4 one of 3, one is censored after it; at 5 one of 1.
    after_2 = Fraction(1, 7) + Fraction(6, 7) * Fraction(1, 6)
    after_4 = after_2 + Fraction(4, 7) * Fraction(1, 3)
    after_5 = after_4 + Fraction(4, 7) * Fraction(2, 3)
    assert curve.times.tolist() == [1, 2, 3, 4, 5]
    assert curve.at_risk.tolist() == [7, 6, 4, 3, 1]
    expected = [Fraction(1, 7), after_2, after_2, after_4, after_5]
    assert curve.incidence.tolist() == pytest.approx([float(one) for one in expected])
    assert [curve.at_risk_at(time) for time in (0, 2, 2.5, 6)] == [7, 6, 4, 0]
    assert [curve.step(time) for time in (0.5, 1, 2.5, 9)] == [-1, 0, 1, 4]


@settings(max_examples=50, deadline=None)
@given(lives)
def test_without_competing_events_it_is_one_minus_kaplan_meier(observed: list[Life]) -> None:
    observed = [(time, event if event == "event" else "censored") for time, event in observed]
    curve = curve_of(observed)
    happened = [time for time, event in observed if event == "event"]
    censored = [time for time, event in observed if event == "censored"]
    survival = ecdf(CensoredData(uncensored=happened, right=censored)).sf
    for place, time in enumerate(curve.times):
        assert 1 - curve.incidence[place] == pytest.approx(survival.evaluate(time), abs=1e-12)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined", "ignore:.*encountered")
@settings(max_examples=50, deadline=None)
@given(lives)
def test_its_interval_is_then_greenwoods_by_log_log(observed: list[Life]) -> None:
    observed = [(time, event if event == "event" else "censored") for time, event in observed]
    curve = curve_of(observed)
    happened = [time for time, event in observed if event == "event"]
    censored = [time for time, event in observed if event == "censored"]
    interval = ecdf(CensoredData(uncensored=happened, right=censored)).sf.confidence_interval(0.95, method="log-log")
    for place, time in enumerate(curve.times):
        if 1e-9 < curve.incidence[place] < 1 - 1e-9:
            assert 1 - curve.lower[place] == pytest.approx(interval.high.evaluate(time), abs=1e-9)
            assert 1 - curve.upper[place] == pytest.approx(interval.low.evaluate(time), abs=1e-9)
        else:
            assert np.isnan([curve.lower[place], curve.upper[place]]).all()


@settings(max_examples=50, deadline=None)
@given(lives)
def test_where_nothing_is_censored_it_is_a_share(observed: list[Life]) -> None:
    observed = [(time, "competing" if event == "censored" else event) for time, event in observed]
    curve, count = curve_of(observed), len(observed)
    for place, time in enumerate(curve.times):
        share = sum(1 for when, event in observed if event == "event" and when <= time) / count
        assert curve.incidence[place] == pytest.approx(share, abs=1e-12)
        if 0 < share < 1:
            width = SCORE * np.sqrt(share * (1 - share) / count) / ((1 - share) * -np.log(1 - share))
            limits = [1 - (1 - share) ** np.exp(sign * width) for sign in (-1, 1)]
            assert [curve.lower[place], curve.upper[place]] == pytest.approx(limits, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(lives)
def test_the_two_kinds_of_events_and_the_rest_add_up(observed: list[Life]) -> None:
    other = {"event": "competing", "competing": "event", "censored": "censored"}
    either = [(time, "censored" if event == "censored" else "event") for time, event in observed]
    both = curve_of(observed).incidence + curve_of([(time, other[event]) for time, event in observed]).incidence
    assert both.tolist() == pytest.approx(curve_of(either).incidence.tolist(), abs=1e-12)


def test_another_program_finds_the_same_share_and_variance() -> None:
    # AalenJohansenFitter of lifelines 0.30.3, which leaves ties to chance: so there are none here.
    events = ["event", "competing", "censored", "event", "event", "censored", "competing", "event", "event", "censored"]
    curve = curve_of([(time, event) for time, event in enumerate([*events, "event", "censored"], start=1)])
    place = curve.step(8)
    share, width = curve.incidence[place], np.log(np.log1p(-curve.upper[place]) / np.log1p(-curve.lower[place])) / 2
    variance = (width / SCORE * (1 - share) * -np.log(1 - share)) ** 2
    assert (share, variance) == (pytest.approx(0.37654320987654316), pytest.approx(0.02271206963708106))


def test_shares_within_a_time() -> None:
    twelve = {"institution_type": "university", "breakdown": "cohort=2020;horizon=1y", "horizon": 12, "followed": 30}
    young = {"institution_type": "university", "breakdown": "cohort=2024;horizon=1y", "horizon": 12, "followed": 11}
    none = {"institution_type": "platform", "breakdown": "_T", "horizon": 12, "followed": 30}
    rows = [
        {**twelve, "duration": 12, "event": "event", "records": 3, "contributors_seller": 4},
        {**twelve, "duration": 13, "event": "event", "records": 4, "contributors_seller": 4},
        {**twelve, "duration": 30, "event": "censored", "records": 5, "contributors_seller": 4},
        {**young, "duration": 3, "event": "event", "records": 2, "contributors_seller": 1},
        {**none, "duration": 30, "event": "censored", "records": 11, "contributors_seller": 1},
    ]
    found = apply_method("cumulative_incidence", table(rows), "query.sql").to_pylist()
    assert [(row["breakdown"], row["value"], row["base_records"], row["reason"]) for row in found] == [
        ("_T", 0, 11, None),
        ("cohort=2020;horizon=1y", 25, 12, None),
        ("cohort=2020;horizon=1y;statistic=lower_95", pytest.approx(8.828, abs=0.001), 12, None),
        ("cohort=2020;horizon=1y;statistic=upper_95", pytest.approx(59.158, abs=0.001), 12, None),
        ("cohort=2024;horizon=1y", None, None, "not_yet_observed"),
    ]
    assert [(row["institution_type"], row["records"], row["contributors_seller"]) for row in found] == [
        ("platform", 11, 1),
        *[("university", 12, 4)] * 3,
        ("university", 2, 1),
    ]
    assert apply_method("cumulative_incidence", table(rows[::-1]), "query.sql").to_pylist() == found


def test_the_time_at_which_a_share_is_reached() -> None:
    lower = [
        {"breakdown": "_T", "duration": time, "event": "event", "records": 10, "quantile": 0.5} for time in range(10)
    ]
    rare = [{"breakdown": "field=ict", "duration": 2, "event": "competing", "records": 6, "quantile": 0.5}]
    found = apply_method("incidence_quantile", table([*lower, *rare]), "query.sql").to_pylist()
    assert [(row["breakdown"], row["value"], row["base_records"], row["reason"]) for row in found] == [
        ("_T", 4, 60, None),
        ("statistic=lower_95", 3, 70, None),
        ("statistic=upper_95", 5, 50, None),
        ("field=ict", None, 6, "not_yet_observed"),
    ]


ROW = {"breakdown": "_T", "duration": 1, "event": "event", "records": 1, "horizon": 1, "followed": 1}


@pytest.mark.parametrize(
    ("row", "what", "fix"),
    [
        ({**ROW, "event": "sold"}, "`sold` is no event", "one of event, competing, censored"),
        ({**ROW, "duration": None}, "`duration` is empty", "leave it out"),
        ({name: cell for name, cell in ROW.items() if name != "followed"}, "needs a column `followed`", "return"),
        ({"horizons": 1, **{name: ROW[name] for name in ROW if name != "horizon"}}, "`horizon`", "is `horizons` meant"),
    ],
)
def test_rows_that_a_method_cannot_take_are_refused(row: dict[str, Any], what: str, fix: str) -> None:
    with pytest.raises(ComputeError, match=what) as refused:
        apply_method("cumulative_incidence", table([row]), "query.sql")
    assert refused.value.where == "query.sql"
    assert fix in refused.value.fix


def test_no_rows_give_no_figures() -> None:
    rows = table([ROW]).slice(0, 0)
    assert {name: apply_method(name, rows.append_column("quantile", rows["horizon"]), "q").num_rows for name in METHODS}


def test_every_name_is_a_method() -> None:
    assert set(METHODS) == set(get_args(MethodName))


def test_an_unknown_method_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "indicator.yml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("method: cumulative_incidence", "method: cumulative_incidents")
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index("method: cumulative_incidents") + 1
    with pytest.raises(DefinitionError, match="method") as refused:
        load_definition(path, Indicator)
    assert refused.value.where == f"{path}:{line}"
    assert "did you mean 'cumulative_incidence'" in refused.value.fix


@pytest.mark.parametrize(
    ("breakdown", "what"), [("colour=red", "no breakdown"), ("horizon=3y;cohort=2020", None), ("_T", None)]
)
def test_a_methods_rows_are_checked_as_others(tmp_path: Path, breakdown: str, what: str | None) -> None:
    query = f"""select '{breakdown}' as breakdown, 1 as duration, 'event' as event, 20 as records, 1 as horizon,
      1 as followed, year from parameters"""
    (tmp_path / "query.sql").write_text(query, encoding="utf-8")
    definition = load_definition(EXAMPLE, Indicator)
    folder = IndicatorFolder(tmp_path, definition.model_copy(update={"fields": {}}))
    trial = Trial(test="checked", year=2024, given={}, expect="")
    if what is not None:
        with pytest.raises(ComputeError, match=what):
            ROOM.compute(trial, [folder])
        return
    rows = ROOM.compute(trial, [folder]).to_pylist()
    assert {row["breakdown"] for row in rows} == {"_T", *({"cohort=2020;horizon=3y"} if "=" in breakdown else ())}
