"""Decisions, assignments and signatures last, on SQLite and on PostgreSQL alike."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from yearbook.catalogue import Assignment, Catalogue, Decision, Finding, Signature
from yearbook.errors import YearbookError

FINDING = Finding(
    "contracts", 2023, "value_positive", 1, "critical", "模拟-1", "e" * 64, "value", "-1", "-1", "register", "row 2",
    "-1 is negative", "-1为负数", "… is negative", "…为负数",
)  # fmt: skip
AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
WAIVER = Decision(
    0, "waive", "contracts", 2023, "模拟-1", "e" * 64, "value_positive", 1, "value", None, None, "2025-12-31",
    "a refund, says the register", "li", AT,
)  # fmt: skip
CORRECTION = replace(WAIVER, kind="correct", old_value="-1", new_value="1", until=None, rule="")
HASHES = [letter * 64 for letter in "doircpf"]
SIGNATURE = Signature(2023, *HASHES, {"reports/units.yml": "u" * 64}, "wang", AT, "I answer for it")


def test_decisions_are_withdrawn_or_lapse_and_stay(catalogue: Catalogue) -> None:
    waiver, correction, other = catalogue.record_decisions([WAIVER, CORRECTION, replace(WAIVER, dataset="projects")])
    catalogue.withdraw_decision(waiver, "wang", AT, "the register was wrong")
    catalogue.lapse_decisions({correction: "the record changed"})

    assert catalogue.decisions("contracts") == [
        replace(
            WAIVER, id=waiver, state="withdrawn",
            withdrawn_by="wang", withdrawn_at=AT, withdrawn_reason="the register was wrong",
        ),
        replace(CORRECTION, id=correction, state="lapsed", state_reason="the record changed"),
    ]  # fmt: skip
    assert [one.id for one in catalogue.decisions(state="active")] == [other]
    with pytest.raises(YearbookError, match=f"no active decision {correction}"):
        catalogue.withdraw_decision(correction, "wang", AT, "again")


def test_a_finding_is_new_once_and_keeps_its_first_day_and_its_person(catalogue: Catalogue) -> None:
    other = replace(FINDING, record_key="模拟-2")
    catalogue.replace_findings("contracts", 2023, [FINDING])
    first = catalogue.first_seen([FINDING.identity])
    catalogue.assign([FINDING.identity], "li", "wang", AT)
    catalogue.replace_findings("contracts", 2023, [FINDING, other])

    assert [(one.record_key, one.is_new) for one in catalogue.findings()] == [("模拟-1", False), ("模拟-2", True)]
    assert catalogue.first_seen([FINDING.identity]) == first
    assert catalogue.assignments() == {FINDING.identity: Assignment(FINDING.identity, "li", "wang", AT)}


def test_signatures_stand_in_their_order(catalogue: Catalogue) -> None:
    second = replace(SIGNATURE, signed_by="zhao")
    catalogue.record_signature(SIGNATURE)
    catalogue.record_signature(second)

    assert catalogue.signatures(2023) == [SIGNATURE, second]
    assert catalogue.signatures(2024) == []
