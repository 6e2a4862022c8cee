"""Signatures: who may give one, under what, and what makes it hold no longer."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from typer.testing import Result

from tiny import HEADER, ROWS, Tiny
from yearbook.catalogue import Decision, Finding
from yearbook.errors import SignOffError, YearbookError
from yearbook.pipeline import Job
from yearbook.signed import digest_of
from yearbook.signoff import imprint_of, missing_signatures, require_signed, sign
from yearbook.workspace import Workspace

Make = Callable[..., Tiny]
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def computed(make: Make) -> Tiny:
    """The signed programme with figures; its editions wait for signatures."""
    tiny = make()
    assert tiny.yearbook("run").exit_code == 1
    return tiny


def decision(**values: object) -> Decision:
    seen = {"record_key": "模拟-2024-01", "record_hash": "h", "rule": "r", "rule_version": 1, "column": ""}
    made = {"old_value": None, "new_value": None, "until": None, "reason": "seen", "decided_at": NOON}
    return Decision(
        **{"id": 0, "kind": "hold", "dataset": "contracts", "year": 2024, "decided_by": "stan"} | seen | made | values
    )  # type: ignore[arg-type]


def finding(key: str, severity: str = "critical", year: int = 2024) -> Finding:
    where = ("contracts", year, "a_rule", 1, severity, key, "h", None, None, None, "register", "a.csv", "m", "m")
    return Finding(*where, rule_en="m", rule_zh="m")


def give(work: Workspace, by: str, year: int = 2024) -> None:
    sign(work, year, digest_of(work, year).digest, by, NOON)


def test_an_edition_is_published_under_its_signatures_and_says_so(computed: Tiny) -> None:
    refused = computed.yearbook("publish", "--years", "2024")
    assert refused.exit_code == 1
    assert "the edition 2024 has no signature that holds" in refused.output
    assert "yearbook sign --programme tiny --year 2024" in refused.output
    assert not (computed.home / "site/tiny/2024").exists()

    work = computed.workspace()
    give(work, "lea")
    assert missing_signatures(work, 2024) == 1
    with pytest.raises(SignOffError, match="1 of 2 signatures"):
        require_signed(work, 2024)
    give(work, "lou")
    assert [(one.signed_by, one.signed_at) for one in require_signed(work, 2024)] == [("lea", NOON), ("lou", NOON)]

    assert computed.yearbook("publish", "--years", "2024").exit_code == 0
    report = computed.home / "site/tiny/2024"
    assert "Signed by 2 people, last on 1 June 2025" in (report / "en.html").read_text()
    assert "由2人签发，最后签发于2025年6月1日" in (report / "zh-Hans.html").read_text()
    assert '"lea"' not in (report / "edition.json").read_text()
    assert computed.yearbook("run").exit_code == 1, "2023 is not signed"
    assert {path.parent.name for path in computed.home.glob("site/tiny/*/en.html")} == {"2024"}


def change_a_record(tiny: Tiny) -> None:
    changed = [ROWS[0], *ROWS[1:20], ROWS[20].replace("10.5", "99.5"), *ROWS[21:]]
    tiny.records.write_text("\n".join([HEADER, *changed, ""]), encoding="utf-8")


def change_a_rule(tiny: Tiny) -> None:
    path = tiny.folder / "include/datasets/contracts.yml"
    tiny.edit(path, lambda text: text.replace("severity: warning", "severity: info", 1))


def decide(tiny: Tiny) -> None:
    """Hold a record of the year before, which an edition reads too."""
    work, key = tiny.workspace(), "模拟-2023-02"
    [account] = [one for one in work.catalogue.accountings(2023) if one.dataset == "contracts"]
    rows = work.lake.read(account.ref, ["contract_id", "_record_hash"]).to_pylist()
    [seen] = [row["_record_hash"] for row in rows if row["contract_id"] == key]
    work.catalogue.record_decisions([decision(year=2023, record_key=key, record_hash=seen, rule="", rule_version=0)])


@pytest.mark.parametrize(
    ("change", "named"),
    [(change_a_record, "figures and records"), (change_a_rule, "rules"), (decide, "records and decisions")],
)
def test_what_changes_under_a_signature_undoes_it(change: Callable[[Tiny], None], named: str, computed: Tiny) -> None:
    work = computed.workspace()
    for lead in ("lea", "lou"):
        give(work, lead)
    assert computed.yearbook("publish", "--years", "2024").exit_code == 0
    before = (computed.home / "site/tiny/2024/edition.json").read_bytes()

    change(computed)
    said = computed.yearbook("run", "--years", "2024")
    assert said.exit_code == 1
    assert f"lou signed, but {named} changed since" in said.output
    assert (computed.home / "site/tiny/2024/edition.json").read_bytes() == before
    from yearbook.staleness import stale_editions

    assert stale_editions(computed.workspace(), [2024]) == [2024]


def test_a_signature_for_what_was_seen_before_a_change_is_refused(computed: Tiny) -> None:
    work = computed.workspace()
    seen = digest_of(work, 2024).digest
    work.catalogue.record_decisions([decision()])
    with pytest.raises(SignOffError, match="has changed since"):
        sign(work, 2024, seen, "lea", NOON)
    assert work.catalogue.signatures() == []


def test_nobody_signs_twice_by_whatever_spelling(computed: Tiny) -> None:
    work = computed.workspace()
    give(work, "lou ")
    for name, why in (("lou", "lou has signed this already"), (" lou", "has signed"), ("l\u202eou", "is somebody's")):
        with pytest.raises(YearbookError, match=why):
            give(work, name)
    for words in ("x" * 2_001, "a\0b", "\u202e"):
        with pytest.raises(SignOffError, match="cannot be kept"):
            sign(work, 2024, digest_of(work, 2024).digest, "lea", NOON, words)
    assert [one.signed_by for one in work.catalogue.signatures()] == ["lou"]


@pytest.mark.parametrize(
    ("found", "blocks"),
    [
        (finding("模拟-2024-01"), True),
        (finding("模拟-2024-01", year=0), True),
        (finding("模拟-2023-01", year=2023), False),
        (finding("模拟-2024-01", severity="warning"), False),
        (finding(""), True),
    ],
    ids=["critical", "undated", "another year", "warning", "the whole year"],
)
def test_only_open_critical_findings_of_the_year_block_it(found: Finding, blocks: bool, computed: Tiny) -> None:
    work = computed.workspace()
    work.catalogue.replace_findings("contracts", found.year, [found])
    if blocks:
        with pytest.raises(SignOffError, match=r"1 critical finding .* not worked off"):
            give(work, "lea")
    else:
        give(work, "lea")


def test_what_blocks_is_told_with_a_list_for_each_place(computed: Tiny) -> None:
    work = computed.workspace()
    work.catalogue.replace_findings("contracts", 2024, [finding("模拟-2024-01"), finding("模拟-2024-02")])
    work.catalogue.replace_findings("contracts", 0, [finding("模拟-2024-03", year=0)])
    with pytest.raises(SignOffError) as told:
        give(work, "lea")
    assert told.value.what.startswith(
        "2 critical findings of 2024 and 1 critical finding about records without a readable date not worked off ("
    )
    command = "yearbook findings --programme tiny --severity critical --state open --year"
    assert f"to list them: `{command} 2024` and `{command} unknown`" in (told.value.fix or "")


@pytest.mark.parametrize(
    ("sign_off", "imprint"),
    [("", "not_asked"), ("sign_off: {skip_when_nothing_blocks: true}\n", "nothing_blocked")],
)
def test_an_edition_that_needs_no_signature_says_why(sign_off: str, imprint: str, make: Make) -> None:
    tiny = make(sign_off)
    said = tiny.yearbook("run")
    assert said.exit_code == 0, said.output
    work = tiny.workspace()
    assert imprint_of(work, 2024, date(2025, 6, 30)).reason == imprint

    work.catalogue.replace_findings("contracts", 2024, [finding("")])
    with pytest.raises(SignOffError, match="not worked off"):
        Job(work, [2024]).publish(2024)


def test_signing_on_the_command_line(computed: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    def signed_by(name: str, *arguments: str, account: str | None = None) -> Result:
        monkeypatch.setattr("yearbook.cli.account.login", lambda: account or name)
        return computed.yearbook("sign", "--year", "2024", "--by", name, *arguments)

    shown = computed.yearbook("sign", "--year", "2024", "--show")
    digest = digest_of(computed.workspace(), 2024).digest
    assert shown.exit_code == 0, shown.output
    for part in ("### Sign Tiny, 2024", "### 签发小（2024年）", f"What is signed: `{digest}`", "| critical | 0 | 0 |"):
        assert part in shown.output
    assert "模拟-" not in shown.output
    assert shown.output.endswith("\n2 signatures missing\n")
    computed.catalogue().replace_findings("contracts", 2024, [finding("")])
    blocked = computed.yearbook("sign", "--year", "2024", "--show").output
    assert "\n2 signatures missing\ncannot be signed: 1 critical finding of 2024 not worked off" in blocked
    computed.catalogue().replace_findings("contracts", 2024, [])

    assert "lea cannot sign as lou" in signed_by("lou", "--digest", digest, account="lea").output
    for name, arguments, why in (
        ("stan", ["--digest", digest], "stan may not sign tiny"),
        ("luke", ["--digest", digest], "luke may not sign tiny"),
        ("lea", [], "Type 2024 to sign"),
        ("lea", ["--digest", "0" * 64], f"`000000000000…` is not the digest of what stands now, {digest[:12]}…"),
    ):
        refused = signed_by(name, *arguments)
        assert (refused.exit_code, why in refused.output) == (1, True), refused.output
    assert computed.catalogue().signatures() == []

    assert "1 more to sign" in signed_by("lea", "--digest", digest).output
    assert "may be published" in signed_by("lou", "--digest", digest).output
    told = [one.message for one in computed.catalogue().events() if one.step == "sign"]
    assert told == [f"{name} signed {digest[:12]}, through the account {name}" for name in ("lea", "lou")]
    assert "signed by lea" in computed.yearbook("sign", "--year", "2024", "--show").output
    assert computed.yearbook("publish", "--years", "2024").exit_code == 0
