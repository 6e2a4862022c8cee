"""What decisions do to the headlines: tried without a trace, then done, by the steps that depend on them alone."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desk import AT, bring_up, copy_of, correction, finding, make_doubtful
from tiny import Tiny, make_tiny
from yearbook.catalogue import Catalogue
from yearbook.catalogue.copying import copy_state
from yearbook.errors import YearbookError
from yearbook.review.desk import Draft, decide, withdraw
from yearbook.review.fates import Fate, Standing
from yearbook.review.figures import HeadlineChange, Outlook, preview_figures, preview_pending, redo
from yearbook.review.naming import name_record
from yearbook.workspace import Workspace

TEN_THOUSAND = 10_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def workspace(made: Tiny, tmp_path: Path) -> Workspace:
    return copy_of(made, tmp_path)


def mended_value(workspace: Workspace) -> Draft:
    return correction(workspace, "模拟-z", "impossible_amount", "value", "990000")


def told(changes: list[HeadlineChange]) -> list[tuple[int, str, float | None]]:
    return [(one.year, one.indicator, one.difference) for one in changes]


def files(home: Path) -> dict[str, str]:
    """All that the programme has written, but for what the database keeps beside itself."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith("catalogue.sqlite")
    }


def state(catalogue: Catalogue) -> list[object]:
    return [
        catalogue.events(), catalogue.findings(), catalogue.accountings(), catalogue.editions(), catalogue.decisions(),
        catalogue.all_outputs("validate"), catalogue.all_outputs("compute"), catalogue.all_outputs("cube"),
    ]  # fmt: skip


def figures(workspace: Workspace) -> list[object]:
    """What editions, accounts and findings say, but for what the database numbers."""
    catalogue = workspace.catalogue
    found = [replace(one, is_new=False) for one in catalogue.findings()]
    return [catalogue.editions(), catalogue.accountings(), found]


def steps(catalogue: Catalogue, after: int) -> set[tuple[str, str, int | None]]:
    return {(one.step, one.subject, one.year) for one in catalogue.events(after) if one.state == "done"}


def test_a_preview_shows_what_is_done_later_and_writes_nothing(workspace: Workspace) -> None:
    home, before = Path(workspace.settings.home), state(workspace.catalogue)
    written = files(home)
    drafts = [mended_value(workspace), correction(workspace, "模拟-y", "unread_sign_date", "sign_date", "2023-12-01")]
    tried = preview_figures(workspace, [replace(draft, reason="") for draft in drafts]).changes
    assert told(tried) == [
        (2023, "contract_value", 2.0 * TEN_THOUSAND),
        (2024, "contract_value", 99.0 * TEN_THOUSAND),
    ]
    assert (files(home), state(workspace.catalogue)) == (written, before)

    decide(workspace, drafts, "li", AT)
    assert preview_pending(workspace) == tried
    assert redo(workspace) == tried
    assert preview_pending(workspace) == []
    with pytest.raises(YearbookError, match="says the same"):
        preview_figures(workspace, drafts)


def test_what_is_redone_is_what_a_full_run_gives(made: Tiny, tmp_path: Path) -> None:
    drafts = [
        mended_value(made.workspace()),
        correction(made.workspace(), "模拟-y", "unread_sign_date", "sign_date", "2023-12-01"),
        replace(Draft.of("hold", finding(made.workspace(), "模拟-x", "unknown_code"), "later"), column=""),
    ]
    redone, afresh = (copy_of(made, tmp_path / name) for name in ("redone", "afresh"))
    for workspace in (redone, afresh):
        decide(workspace, drafts, "li", AT)
    redo(redone)
    for record in [*afresh.catalogue.all_outputs("validate"), *afresh.catalogue.all_outputs("compute")]:
        afresh.catalogue.forget_step(record.step, record.subject, record.year)
    bring_up(afresh)
    assert figures(redone) == figures(afresh)
    assert figures(redone) != figures(made.workspace())


@pytest.mark.services
def test_a_preview_is_the_same_where_the_catalogue_is_postgresql(workspace: Workspace, postgresql_url: str) -> None:
    draft = replace(mended_value(workspace), rule="", rule_version=0)
    other = Catalogue(postgresql_url, "tiny")
    copy_state(workspace.catalogue, other)
    elsewhere = Workspace(workspace.settings, workspace.recipe, other)
    assert preview_figures(elsewhere, [draft]) == preview_figures(workspace, [draft])
    assert decide(elsewhere, [draft], "li", AT) == [1]


def test_only_what_depends_on_a_decision_is_done_again(workspace: Workspace) -> None:
    (number,) = decide(workspace, [mended_value(workspace)], "li", AT)
    last = workspace.catalogue.last_event()
    (change,) = redo(workspace)
    assert (change.year, change.before, change.after) == (2024, change.after - 99.0 * TEN_THOUSAND, change.after)
    done = steps(workspace.catalogue, last)
    assert {one for one in done if one[0] != "cube"} == {("validate", "contracts", 2024), ("compute", "", 2024)}
    assert {year for _, _, year in done} == {2024}

    last = workspace.catalogue.last_event()
    assert redo(workspace) == []
    assert steps(workspace.catalogue, last) == set()

    withdraw(workspace, number, "wang", AT, "it is right as it was")
    assert told(redo(workspace)) == [(2024, "contract_value", -99.0 * TEN_THOUSAND)]


def test_a_preview_says_what_becomes_of_the_record(workspace: Workspace) -> None:
    negative = replace(mended_value(workspace), new_value="-5")
    moved = correction(workspace, "模拟-y", "unread_sign_date", "sign_date", "2023-12-01")
    impossible, below_zero = (Standing(2024, "held", rule) for rule in ("impossible_amount", "value_negative"))
    assert preview_figures(workspace, [negative, moved]).fates == [
        Fate("contracts", "模拟-z", impossible, below_zero),
        Fate("contracts", "模拟-y", Standing(0, "held", "unread_sign_date"), Standing(2023, "accepted", None)),
    ]
    (mended,) = preview_figures(workspace, [mended_value(workspace)]).fates
    assert mended == Fate("contracts", "模拟-z", impossible, Standing(2024, "accepted", None))


def test_what_moves_no_record_moves_no_headline(workspace: Workspace) -> None:
    waiver = Draft.of("waive", finding(workspace, "模拟-x", "unknown_code"), "it is a country to them")
    assert preview_figures(workspace, [waiver]) == Outlook([], [])
    decide(workspace, [waiver], "li", AT)
    redo(workspace)
    (found,) = [one for one in workspace.catalogue.findings(rule="unknown_code") if one.record_key == "模拟-x"]
    assert (found.state, found.decision) == ("waived", 1)


def test_a_record_of_an_earlier_year_bears_on_all_later_editions(workspace: Workspace) -> None:
    record = finding(workspace, "模拟-y", "unread_sign_date")
    old = Draft("correct", "contracts", 0, "模拟-y", record.record_hash, column="sign_date", new_value="2023-01-31")
    assert [one.year for one in preview_figures(workspace, [old]).changes] == [2023, 2024]


def test_an_earlier_edition_that_reads_the_record_is_done_again_and_shown(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    datasets = tiny.folder / "include/datasets/contracts.yml"
    dates = "reference_date: [sign_date]\n"
    tiny.edit(datasets, lambda text: text.replace(dates, f"{dates}earlier_dates: [registration_date]\n"))
    tiny.edit(tiny.records, lambda text: f"{text}模拟-v,2024-02-01,2023-12-01,技术开发,S1,中国,7,光伏,有效\n")
    workspace = tiny.workspace()
    bring_up(workspace)
    named = name_record(workspace, "模拟-v")
    draft = Draft(
        "correct", "contracts", 2024, "模拟-v", named.record_hash, column="value", new_value="80000", reason="?"
    )
    tried = preview_figures(workspace, [draft]).changes
    assert told(tried) == [(2023, "contract_value", 0.0), (2024, "contract_value", 1.0 * TEN_THOUSAND)]
    (number,) = decide(workspace, [draft], "li", AT)
    assert redo(workspace) == tried
    withdraw(workspace, number, "wang", AT, "it was right")
    last = workspace.catalogue.last_event()
    assert [one.year for one in redo(workspace)] == [2023, 2024]
    assert {year for step, _, year in steps(workspace.catalogue, last) if step == "compute"} == {2023, 2024}
    assert redo(workspace) == []
