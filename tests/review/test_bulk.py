"""One decision on many records: bounded, laid out first, one batch, each record once."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk import AT, copy_of, make_doubtful
from tiny import Tiny
from yearbook.catalogue import Finding
from yearbook.catalogue.search import FindingQuery
from yearbook.errors import DecisionError
from yearbook.review.bulk import decide_bulk, lay_out, preview_bulk
from yearbook.review.desk import MOST_AT_ONCE
from yearbook.workspace import Workspace


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def workspace(tiny: Tiny, tmp_path: Path) -> Workspace:
    return copy_of(tiny, tmp_path)


def found(workspace: Workspace) -> list[Finding]:
    return workspace.catalogue.findings(year=2024)


def test_a_record_that_several_rules_find_is_taken_out_once(workspace: Workspace) -> None:
    bulk = preview_bulk(workspace, FindingQuery(year=2024, page=7, size=1), "exclude", "a test of the office")
    assert (bulk.count, len(bulk.refused)) == (3, 0)
    by_record = {draft.record_key: draft.rule for draft in bulk.drafts}
    assert by_record == {"=cmd()": "unknown_code", "模拟-x": "unknown_code", "模拟-z": ""}
    once = {one.record_key: one.effect for one in found(workspace)}
    # The third, whose amount nobody pays, is held: it is out already.
    assert bulk.effects == {"contracts": pytest.approx(once["=cmd()"] + once["模拟-x"])}
    assert workspace.catalogue.decisions() == []

    numbers = decide_bulk(workspace, bulk, "li", AT)
    decided = workspace.catalogue.decisions()
    assert [(one.id, one.kind, one.batch) for one in decided] == [(number, "exclude", bulk.batch) for number in numbers]
    (told,) = [event for event in workspace.catalogue.events() if event.step == "decide"]
    assert (told.subject, told.rows) == (bulk.batch, 3)


def test_what_cannot_be_decided_so_is_told_and_left_out(workspace: Workspace) -> None:
    of_the_year = replace(found(workspace)[0], record_key="", record_hash="", column=None)
    changed = replace(found(workspace)[0], record_hash="0" * 64)
    bulk = lay_out(workspace, [*found(workspace), of_the_year, changed], "hold", "later")
    assert bulk.count == 3
    assert [one.what for one in bulk.refused] == [
        "this is of contracts as a whole, and no record",
        "the record is no longer what was seen: it has changed, or is gone",
    ]


def test_the_same_is_corrected_in_many_records(workspace: Workspace) -> None:
    unknown = [one for one in found(workspace) if one.rule == "unknown_code"]
    bulk = lay_out(workspace, unknown, "correct", "old names", column="buyer_country", new_value="越南")
    decide_bulk(workspace, bulk, "li", AT)
    decided = workspace.catalogue.decisions()
    assert {(one.column, one.old_value, one.new_value) for one in decided} == {
        ("buyer_country", "亚特兰蒂斯", "VNM"),
        ("buyer_country", "姆大陆", "VNM"),
    }


def test_no_more_than_a_person_answers_for(workspace: Workspace) -> None:
    many = [replace(found(workspace)[0], record_key=str(number)) for number in range(MOST_AT_ONCE + 1)]
    with pytest.raises(DecisionError, match="501 decisions, and at most 500 decisions are made at once"):
        lay_out(workspace, many, "waive", "all of them")
    workspace.catalogue.replace_findings("contracts", 2024, many)
    with pytest.raises(DecisionError, match="501 findings, and at most 500"):
        preview_bulk(workspace, FindingQuery(year=2024), "waive", "all of them")
    with pytest.raises(DecisionError, match="a correction is of one field"):
        lay_out(workspace, many[:1], "correct", "all of them")
    with pytest.raises(DecisionError, match="merge them one by one"):
        lay_out(workspace, many[:1], "merge", "all of them")
