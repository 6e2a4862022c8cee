"""What people are told by mail, with a real mail server: one message a run, to whom it concerns, no record in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smtp import Mailbox, smtp_server
from tiny import HEADER, PROGRAMME, ROWS, Tiny
from yearbook.orchestrate.engine import Engine
from yearbook.statement import make_statement

PEOPLE = """\
people:
  vera: {roles: [viewer], email: vera@example.org}
  stan: {roles: [statistician], email: stan@example.org}
  lea: {roles: [lead], email: lea@example.org}
  luke: {roles: [lead], programmes: [other], email: luke@example.org}
  ed: {roles: [engineer], email: ed@example.org}
"""
BAD = ["模拟-2024-90,2024-05-01,2024-06-01,技术开发,S1,越南,-5,光伏,有效"] * 1 + [
    f"模拟-2024-9{number},2024-05-01,2024-06-01,技术开发,S1,越南,-{number},光伏,有效" for number in (1, 2)
]


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with smtp_server() as box:
        address = f"smtp://127.0.0.1:{box.port}/?from_email=yearbook%40example.org&disable_ssl=true&disable_tls=true"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", address)
        yield box


@pytest.fixture
def told(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    (tmp_path / "people.yml").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("YEARBOOK_PEOPLE", str(tmp_path / "people.yml"))
    return tiny


def text(mailbox: Mailbox) -> str:
    """What the only message says."""
    [message] = mailbox.messages
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_one_digest_tells_all_new_findings_by_owner(told: Tiny, engine: Engine, mailbox: Mailbox) -> None:
    told.records.write_text("\n".join([HEADER, *ROWS, *BAD, ""]), encoding="utf-8")
    assert engine.run("tiny.collect.register") == []
    assert engine.run("tiny.validate", year=2023) == []
    assert mailbox.messages == [], "nothing was found"
    assert engine.run("tiny.validate", year=2024) == []
    assert mailbox.recipients == [["lea@example.org", "stan@example.org"]]
    said = text(mailbox)
    assert "<h3>New findings</h3><ul><li>nobody yet: 3 critical" in said
    assert "<h3>新的检查结果</h3><ul><li>尚未指派: 3 严重" in said
    assert "模拟-" not in said
    assert mailbox.messages[0]["subject"].startswith("[tiny 2024] New findings")

    mailbox.messages.clear()
    work = told.workspace()
    mine = [one.identity for one in work.catalogue.findings(year=2024, rule="value_negative")]
    work.catalogue.assign(mine[:2], "stan", "lea", datetime(2025, 1, 1, tzinfo=UTC))
    (told.folder / "records/more.csv").write_text(f"{HEADER}\n{BAD[0].replace('-90', '-99')}\n", encoding="utf-8")
    assert engine.run("tiny.collect.register") == []
    assert engine.run("tiny.validate", year=2024) == []
    said = text(mailbox)
    assert "<h3>New findings</h3><ul><li>nobody yet: 1 critical" in said
    assert "<li>stan: 2 critical</li>" in said


def test_a_failed_run_is_told_without_what_stood_in_the_file(told: Tiny, engine: Engine, mailbox: Mailbox) -> None:
    told.records.write_text("合同编号,无人认识的列\n1,2\n", encoding="utf-8")
    assert len(engine.run("tiny.collect.register")) == 1
    said = text(mailbox)
    assert "<li>collect register.contracts|{data}/contracts.csv</li>" in said
    assert "无人认识的列" not in said
    assert mailbox.recipients == [["ed@example.org", "lea@example.org", "stan@example.org"]]


def test_a_late_edition_is_told_once_a_week(told: Tiny, engine: Engine, mailbox: Mailbox) -> None:
    engine.start()
    from yearbook.orchestrate.lateness import tell

    work = told.workspace()
    tell(work, date(2025, 7, 1))
    assert mailbox.messages == [], "nothing was ever collected here"
    assert engine.run("tiny.collect.register") == []
    for day, count in ((date(2025, 7, 2), 1), (date(2025, 7, 3), 1), (date(2025, 7, 9), 2)):
        tell(work, day)
        assert len(mailbox.messages) == count
    mailbox.messages.pop()
    assert "<li>edition 2024 was due on 2025-06-30</li>" in text(mailbox)
    assert mailbox.recipients[0] == ["ed@example.org", "lea@example.org"]


def test_upkeep_looks_at_every_programme(told: Tiny, engine: Engine, mailbox: Mailbox) -> None:
    assert engine.run("tiny.collect.register") == []
    assert engine.run("upkeep") == []
    assert "edition 2023 was due on 2024-06-30" in text(mailbox)


def test_a_request_for_signatures_is_told_to_who_may_sign(told: Tiny, engine: Engine, mailbox: Mailbox) -> None:
    engine.start()
    from yearbook.notices import of_request
    from yearbook.orchestrate.mail import named_people, send

    told.edit(told.source.parents[1] / "programme.yml", lambda _: PROGRAMME + "sign_off: {signers: 2}\n")
    assert told.yearbook("run").exit_code == 1
    send(of_request(told.workspace(), 2024, named_people()))
    assert mailbox.recipients == [["lea@example.org"]]
    said = text(mailbox)
    assert "edition 2024: 2 more to sign (lea)" in said
    figures = make_statement(told.workspace(), 2024).figures
    assert [line.now for lines in figures.values() for line in lines] == ["CNY 21.10 million", "2,110万元"]
    assert [line.now for lines in figures.values() for line in lines if line.now in said] == []


def test_without_a_connection_nobody_is_told_and_the_run_goes_on(told: Tiny, engine: Engine) -> None:
    told.records.write_text("\n".join([HEADER, *ROWS, *BAD, ""]), encoding="utf-8")
    assert engine.run("tiny.collect.register") == []
    assert engine.run("tiny.validate", year=2024) == []
