"""What a change redoes, and what it leaves alone; and that nothing is computed on half of a source."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from tiny import HEADER, ROWS, Tiny, make_tiny
from yearbook.checking import stale_years, validate
from yearbook.errors import SourceError
from yearbook.pipeline import Job, collect_all
from yearbook.staleness import stale_editions

BOTH = [2023, 2024]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def collect(tiny: Tiny) -> list[int]:
    """Collect everything; return the years to check."""
    workspace = tiny.workspace()
    collect_all(workspace, ["register"])
    return stale_years(workspace)


def check(tiny: Tiny, *years: int) -> None:
    for year in years:
        validate(tiny.workspace(), year)


def write(tiny: Tiny, name: str, *rows: str) -> None:
    tiny.records.with_name(name).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def row(key: str, signed: str, registered: str = "2024-06-01", amount: int = 1) -> str:
    return f"{key},{signed},{registered},技术开发,S1,中国,{amount},光伏,有效"


@pytest.mark.parametrize(
    ("change", "years"),
    [
        (lambda tiny: write(tiny, "contracts.csv", ROWS[0].replace("有效", "撤销"), *ROWS[1:]), BOTH),
        (lambda tiny: write(tiny, "contracts.csv", *ROWS[:20]), BOTH),
        (lambda tiny: write(tiny, "more.csv", row("new", "2019-01-01")), [2019]),
        (lambda tiny: write(tiny, "more.csv", row("new", "no date")), [0]),
        (lambda tiny: write(tiny, "more.csv", row("模拟-2023-01", "2024-01-01")), BOTH),
        (lambda tiny: tiny.edit(tiny.source, lambda text: text.replace("万元", "亿元")), BOTH),
    ],
    ids=["changed row", "rows removed", "late year", "no date", "same key in another year", "another unit"],
)
def test_a_change_redoes_the_years_that_it_bears_on(
    tiny: Tiny, change: Callable[[Tiny], None], years: list[int]
) -> None:
    collect(tiny)
    check(tiny, *BOTH)
    change(tiny)
    assert collect(tiny) == years


def test_a_year_is_named_until_it_was_checked(tiny: Tiny) -> None:
    assert collect(tiny) == BOTH
    check(tiny, 2024)
    assert collect(tiny) == [2023]
    write(tiny, "more.csv", row("new", "2019-01-01"))
    assert collect(tiny) == [2019, 2023]
    check(tiny, 2019, 2023)
    assert collect(tiny) == []


def test_an_amendment_bears_on_the_year_of_what_it_amends_and_on_the_next(tiny: Tiny) -> None:
    def amend(key: str) -> None:
        amendment = f"{row('newer', '2021-01-01')},{key}"
        tiny.records.with_name("more.csv").write_text(f"{HEADER},原合同编号\n{amendment}\n", encoding="utf-8")

    amend("unknown")
    check(tiny, *collect(tiny))
    amend("模拟-2023-01")
    # 2024 is compared with the year before.
    assert collect(tiny) == [2021, 2023, 2024]


def test_another_dataset_bears_on_the_years_whose_rules_look_at_it(tiny: Tiny) -> None:
    collect(tiny)
    check(tiny, *BOTH)
    seller = 'dataset: institutions\n    format: csv\n    path: "{data}/sellers.tsv"\n    delimiter: "\\t"'
    tiny.edit(tiny.source, lambda text: f"{text}  - name: sellers\n    {seller}\n")
    tiny.records.with_name("sellers.tsv").write_text("institution_id\tyear\nS1\t2019\n", encoding="utf-8")
    assert collect(tiny) == [2019, *BOTH]


def test_nothing_is_computed_while_a_part_of_a_source_is_refused(tiny: Tiny) -> None:
    workspace = tiny.workspace()
    Job(workspace, BOTH).run()
    assert stale_editions(workspace, BOTH) == []
    write(tiny, "more.csv", row("new", "2024-02-01"))
    tiny.edit(tiny.records.with_name("more.csv"), lambda text: text.replace("合同状态", "合同状太"))
    with pytest.raises(SourceError, match="合同状太"):
        collect(tiny)
    with pytest.raises(SourceError, match="not collected as a whole: register"):
        Job(tiny.workspace(), BOTH).compute(2024)
    assert stale_editions(tiny.workspace(), BOTH) == BOTH

    tiny.edit(tiny.records.with_name("more.csv"), lambda text: text.replace("合同状太", "合同状态"))
    assert collect(tiny) == [2024]


def test_a_run_that_waited_checks_what_came_in_meanwhile(tiny: Tiny) -> None:
    """A corrected file of the same length arrives while a slow run waits for the year: the correction must count."""
    workspace = tiny.workspace()
    collect(tiny)
    slow = Thread(target=validate, args=(tiny.workspace(), 2024))
    with workspace.catalogue.lease("2024"):
        slow.start()
        write(tiny, "contracts.csv", *ROWS[:39], ROWS[39].replace("有效", "撤销"))
        collect(tiny)
    slow.join()
    (account,) = workspace.catalogue.accountings(2024)
    assert (account.received, account.accepted, account.excluded) == (20, 19, 1)
    assert 2024 not in stale_years(workspace)
