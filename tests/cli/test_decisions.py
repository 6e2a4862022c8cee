"""Deciding on the command line: find, decide, see what the figures become, take it back."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from desk import make_doubtful
from tiny import Tiny
from yearbook.pipeline import collect_all

PEOPLE = """\
people:
  li: {roles: [statistician]}
  wang: {roles: [lead]}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """For what decides nothing."""
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_doubtful(tmp_path)


def test_a_correction_is_previewed_made_shown_and_taken_back(tiny: Tiny) -> None:
    change = ["--field", "value", "--to", "990000", "--reason", "a typo"]
    correct = ["decisions", "correct", "模拟-z", *change, "--by", "li"]
    tried = tiny.yearbook(*correct, "--preview")
    assert "21,140,000" in tried.stdout
    assert "22,130,000" in tried.stdout
    held = tiny.yearbook("decisions", "correct", "模拟-z", "--field", "value", "--to=-5", "-r", "?", "--preview")
    assert "模拟-z: after this the record is held: Contract value below zero" in held.stdout
    assert tiny.catalogue().decisions() == []

    assert "until `yearbook validate --programme tiny`, then `yearbook compute`" in later(tiny, *correct)
    listed = tiny.yearbook("decisions", "list")
    assert ("active, waits" in listed.stdout, "1 decision\n1 wait: `yearbook validate`" in listed.stderr) == (
        True,
        True,
    )
    assert "open, decision 1 waits" in tiny.yearbook("findings", "--table").stdout
    book = tiny.folder / "back.xlsx"
    written = tiny.yearbook("findings", "--workbook", str(book))
    assert "3 findings and 1 corrected cell written; left out: 2 decided and not checked again" in " ".join(
        written.stderr.split()
    )
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(book)["rows 逐行"].iter_rows()]
    assert [row[7] for row in rows if row[4] == "模拟-z"] == ["corrected by us 我方已更正"]
    assert "decision 1 says the same" in tiny.yearbook(*correct).output
    shown = tiny.yearbook("decisions", "show", "模拟-z").stdout
    assert "999999999990000" in shown
    assert "a typo" in shown

    withdrawn = tiny.yearbook("decisions", "withdraw", "1", "--reason", "it is right", "--by", "wang")
    assert "Decision 1 is withdrawn." in withdrawn.stdout
    assert "0 decisions" in tiny.yearbook("decisions", "list").stderr
    assert "withdrawn: it is right" in tiny.yearbook("decisions", "list", "--all").stdout


def later(tiny: Tiny, *arguments: str) -> str:
    return tiny.yearbook(*arguments, "--later").stdout


def test_a_correction_that_helps_nothing_is_told(tiny: Tiny) -> None:
    done = tiny.yearbook("decisions", "correct", "模拟-z", "--field", "value", "--to=-5", "-r", "?", "--by", "li")
    assert "No headline of any edition changes." in done.stdout
    assert "模拟-z: after this the record is held: Contract value below zero" in done.stdout


def test_what_is_redone_says_before_and_after(tiny: Tiny) -> None:
    done = tiny.yearbook("decisions", "exclude", "模拟-x", "--reason", "a test", "--by", "li")
    assert "Decision 1." in done.stdout
    assert "21,140,000" in done.stdout
    assert "21,130,000" in done.stdout
    assert [account.excluded for account in tiny.catalogue().accountings(2024)] == [1]


def test_a_spreadsheet_goes_out_and_comes_back(tiny: Tiny) -> None:
    file = tiny.folder / "decisions.csv"
    assert tiny.yearbook("decisions", "export", "--output", str(file)).exit_code == 0
    assert "0 decisions; 5 lines change nothing." in tiny.yearbook("decisions", "import", str(file)).stdout
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row.update({"decision": "waive", "reason": "as it is"} if row["rule"] == "unknown_code" else {})
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert "2 decisions; 3 lines change nothing." in tiny.yearbook("decisions", "import", str(file), "--later").stdout


def owned(tiny: Tiny, person: str) -> list[dict[str, str]]:
    content = tiny.yearbook("findings", "--assignee", person).stdout_bytes.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_findings_are_chosen_assigned_and_sent_back(tiny: Tiny) -> None:
    assert "1 finding is wang's." in tiny.yearbook("assign", "wang", "--year", "unknown", "--by", "wang").stdout
    assert "2 findings are li's." in tiny.yearbook("assign", "li", "--rule", "unknown_code", "--by", "wang").stdout
    table = tiny.yearbook("findings", "--severity", "warning", "--state", "open", "--new", "--table")
    assert "3 findings" in table.stderr
    assert "li" in table.stdout
    assert [row["record_key"] for row in owned(tiny, "wang")] == ["模拟-y"]
    assert {row["assignee"] for row in owned(tiny, "-")} == {""}
    assert "0 findings" in tiny.yearbook("findings", "--state", "waived").stderr
    book = tiny.folder / "back.xlsx"
    assert tiny.yearbook("findings", "--source", "register", "--year", "2024", "--workbook", str(book)).exit_code == 0
    assert openpyxl.load_workbook(book)["rows 逐行"].max_row == 2 + 4


def test_many_are_decided_after_a_look(tiny: Tiny) -> None:
    bulk = ["decisions", "bulk", "waive", "--rule", "unknown_code", "--reason", "as it is", "--by", "li"]
    asked = tiny.yearbook(*bulk)
    assert "waive 2 (batch " in asked.output
    assert "changes by" not in asked.output
    assert asked.exit_code == 1
    out = tiny.yearbook("decisions", "bulk", "hold", "--rule", "unknown_code", "--reason", "later", "--by", "li")
    assert "without these, Value of technology contracts changes by −0.19%" in out.output
    assert tiny.catalogue().decisions() == []
    held = tiny.yearbook("decisions", "bulk", "exclude", "--rule", "impossible_amount", "--reason", "?", "--preview")
    assert "none of these is in the figures now: no headline changes" in held.output
    assert "Decisions 1 to 2, without an end." in tiny.yearbook(*bulk, "--yes", "--later").stdout
    for command in (["list"], ["show", "模拟-x"]):
        shown = tiny.yearbook("decisions", *command).stdout
        assert ("unknown_code" in shown, "without an end" in shown, "buyer_country │" in shown) == (True, True, False)


def test_many_are_corrected_only_as_somebody_says(tiny: Tiny) -> None:
    correct = ["decisions", "bulk", "correct", "--rule", "unknown_code", "--reason", "old names", "--by", "li", "--yes"]
    said = [tiny.yearbook(*correct, *more).output for more in ([], ["--field", "buyer_country"], ["--to", "VNM"])]
    assert [one.splitlines()[0] for one in said] == [
        "Stopped. a correction needs --field and --to",
        "Stopped. a correction needs --to",
        "Stopped. a correction needs --field",
    ]
    waive = tiny.yearbook("decisions", "bulk", "waive", "--rule", "unknown_code", "--reason", "?", "--to", "VNM")
    assert "waive changes no cell" in waive.output
    assert tiny.catalogue().decisions() == []
    shown = tiny.yearbook(*correct, "--field", "buyer_country", "--to", "VNM", "--preview").output
    assert "  contracts, 2024, 模拟-x: buyer_country: 亚特兰蒂斯 → VNM\n" in shown


def test_what_is_in_the_figures_does_not_wait(tiny: Tiny) -> None:
    """However stale its year is since: only what was decided or taken back after the last check waits."""
    tiny.yearbook("decisions", "exclude", "模拟-x", "--reason", "a test", "--by", "li")
    tiny.edit(tiny.records, lambda text: text.replace("99999999999", "99999999998"))
    collect_all(tiny.workspace(), ["register"])
    assert waiting(tiny) == []
    later(tiny, "decisions", "hold", "=cmd()", "--reason", "later", "--by", "li")
    assert waiting(tiny) == ["2"]
    later(tiny, "decisions", "withdraw", "1", "--reason", "it was right", "--by", "li")
    assert waiting(tiny) == ["1", "2"]


def waiting(tiny: Tiny) -> list[str]:
    """The numbers of the decisions that the log says wait."""
    lines = tiny.yearbook("decisions", "list", "--all").stdout.splitlines()
    return [line.split()[1] for line in lines if "waits" in line]


@pytest.fixture
def guarded(done: Tiny, tmp_path: Path) -> Tiny:
    """The same, where people are named."""
    people = tmp_path / "people.yml"
    people.write_text(PEOPLE, encoding="utf-8")
    return Tiny(done.folder, done.environment | {"YEARBOOK_PEOPLE": str(people)})


def use_account(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Run what follows from an account of that name."""
    monkeypatch.setattr("yearbook.cli.account.login", lambda: name)


HOLD = ["decisions", "hold", "模拟-x", "--reason", "later"]
IN_A_NAME = {
    "hold": HOLD,
    "bulk": ["decisions", "bulk", "waive", "--rule", "unknown_code", "--reason", "as it is", "--yes"],
    "withdraw": ["decisions", "withdraw", "1", "--reason", "it is right"],
    "import": ["decisions", "import", __file__],
    "assign": ["assign", "li", "--rule", "unknown_code"],
}


@pytest.mark.parametrize("command", IN_A_NAME)
def test_where_people_are_named_nobody_acts_in_another_name(
    command: str, guarded: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_account(monkeypatch, "wang")
    monkeypatch.setenv("LOGNAME", "li")
    said = {by: guarded.yearbook(*IN_A_NAME[command], *by.split()) for by in ("--by li", "--by wang", "")}
    where = f"  where: {guarded.environment['YEARBOOK_PEOPLE']}\n"
    other = f"""\
Stopped. wang cannot decide as li
{where}  to mend: li decides from an account of that name on this computer, or in Airflow
"""
    own = f"""\
Stopped. wang may not decide in tiny
{where}  to mend: a person named there with the role `statistician` decides, from an account of that name on this \
computer, or in Airflow
"""
    assert {by: (one.exit_code, one.stderr) for by, one in said.items()} == {
        "--by li": (1, other),
        "--by wang": (1, own),
        "": (1, own),
    }
    assert guarded.catalogue().decisions() == []
    assert guarded.catalogue().assignments() == {}


def test_where_the_file_names_nobody_nobody_decides(guarded: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    use_account(monkeypatch, "li")
    Path(guarded.environment["YEARBOOK_PEOPLE"]).write_text("people: {}\n", encoding="utf-8")
    said = guarded.yearbook(*HOLD)
    assert (said.exit_code, "li may not decide in tiny" in said.output) == (1, True)
    assert guarded.catalogue().decisions() == []


def test_findings_are_given_to_whom_may_see_them(guarded: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    use_account(monkeypatch, "li")
    given = guarded.yearbook("assign", "lee", "--rule", "unknown_code")
    assert "lee may not see the findings of tiny" in given.output
    assert guarded.catalogue().assignments() == {}


def test_the_run_log_keeps_the_account_beside_another_name(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    use_account(monkeypatch, "wang")
    people = tiny.folder / "people.yml"
    people.write_text("people:\n  wang: {roles: [statistician]}\n", encoding="utf-8")
    named = Tiny(tiny.folder, tiny.environment | {"YEARBOOK_PEOPLE": str(people)})
    for place, by in ((named, []), (tiny, ["--by", "li"])):
        assert "1 finding is wang's." in place.yearbook("assign", "wang", "--year", "unknown", *by).output
        assert "Decision" in later(place, *HOLD, *by)
        [number] = [str(one.id) for one in place.catalogue().decisions(state="active")]
        assert "withdrawn" in later(place, "decisions", "withdraw", number, "--reason", "it is right", *by)
    told = [one.message for one in tiny.catalogue().events() if one.step == "decide"]
    assert told == [
        f"{name}: {did}"
        for name, number in (("wang", 1), ("li, through the account wang", 2))
        for did in ("1 findings are wang's", f"hold (decision {number})", f"withdrew decision {number}")
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["waive", "模拟-0", "--reason", "?"], "there is no record `模拟-0`"),
        (["waive", "模拟-z", "--reason", "?"], "name one by `--rule`: impossible_amount, value_implausibly_large"),
        (["waive", "模拟-x", "--rule", "unknown_cod", "--reason", "?"], "what is found there: unknown_code"),
        (["hold", "模拟-x", "--dataset", "contract", "--reason", "?"], "did you mean `contracts`?"),
        (["hold", "模拟-x", "--hash", "zz", "--reason", "?"], "there is no record `模拟-x`"),
        (["bulk", "hold", "--reason", "?"], "this is everything"),
        (["bulk", "hold", "--reason", "?", "--year", "2023"], "there is nothing to decide"),
        (["bulk", "hold", "--reason", "?", "--year", "1999"], "there is no year `1999`"),
        (["correct", "模拟-x", "--field", "sectr", "--to", "ict", "-r", "?"], "did you mean `sector`?"),
        (
            ["correct", "模拟-x", "--field", "sector", "--to", "ic", "-r", "?"],
            "the list is include/codelists/sectors.csv",
        ),
    ],
)
def test_what_is_misspelt_is_refused(done: Tiny, arguments: list[str], says: str) -> None:
    result = done.yearbook("decisions", *arguments, "--by", "li")
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert says in " ".join(result.output.split())
