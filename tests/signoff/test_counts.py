"""What sign-off and mails count, on both databases."""

from datetime import UTC, datetime

import pytest

from yearbook.catalogue import Catalogue, Finding, OpenCount


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue(request: pytest.FixtureRequest, tmp_path) -> Catalogue:
    if request.param == "sqlite":
        return Catalogue(f"sqlite:///{tmp_path}/catalogue.sqlite", "tiny")
    return Catalogue(request.getfixturevalue("postgresql_url"), "tiny")


def finding(key: str, severity: str, state: str = "open") -> Finding:
    where = ("contracts", 2024, "a_rule", 1, severity, key, "h", None, None, None, "register", "a.csv", "m", "m", "m")
    return Finding(*where, "m", state=state)


def test_findings_by_owner_and_state(catalogue: Catalogue) -> None:
    old = [finding("1", "critical"), finding("2", "critical", "waived"), finding("3", "warning")]
    catalogue.replace_findings("contracts", 2024, old)
    catalogue.replace_findings("contracts", 2024, [*old, finding("4", "critical")])
    catalogue.assign([old[0].identity], "stan", "lea", datetime(2025, 1, 1, tzinfo=UTC))
    assert catalogue.open_by_owner(2024) == [
        OpenCount("", "critical", True, 1),
        OpenCount("", "warning", False, 1),
        OpenCount("stan", "critical", False, 1),
    ]
    assert catalogue.finding_states(2024) == {
        ("critical", "open"): 2,
        ("critical", "waived"): 1,
        ("warning", "open"): 1,
    }
    assert [one.record_key for one in catalogue.open_findings(2024, "critical")] == ["1", "4"]
