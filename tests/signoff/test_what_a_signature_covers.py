"""What figures are called, how they are scaled and shown, and what they are when the report is made: all is signed."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread

import pytest

from desk import bring_up
from tiny import HEADER, ROWS, Tiny
from yearbook.checking import validate, years_with_records
from yearbook.pipeline import Job, collect_all
from yearbook.publish import edition
from yearbook.settings import PROJECT
from yearbook.signed import digest_of
from yearbook.signoff import sign
from yearbook.workspace import Workspace

Make = Callable[..., Tiny]
Change = Callable[[str], str]
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
CHANGED = re.compile(r"lea signed, but (.*) changed since")
PROGRAMME, OWN = "include/programmes/tiny/programme.yml", "include/programmes/tiny/reports"
INDICATOR, UNITS = "include/sql/indicators/contract_value/indicator.yml", "reports/units.yml"


@pytest.fixture
def published(make: Make) -> Tiny:
    """The programme with its own copy of all forms; both editions stand there, each signed by one lead."""
    tiny = make("sign_off: {signers: 1}\n")
    shutil.copytree(PROJECT / "reports", tiny.folder / "reports")
    tiny.environment["YEARBOOK_REPORTS"] = str(tiny.folder / "reports")
    bring_up(tiny.workspace())
    for year in (2023, 2024):
        give(tiny.workspace(), year)
    done = tiny.yearbook("publish")
    assert done.exit_code == 0, done.output
    return tiny


def give(work: Workspace, year: int) -> None:
    sign(work, year, digest_of(work, year).digest, "lea", NOON)


def edition_of(tiny: Tiny, year: int = 2024) -> dict[str, bytes]:
    folder = tiny.home / f"site/tiny/{year}"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def swapped(text: str) -> str:
    swapped = text.replace(",Viet Nam,", "@").replace(",Namibia,", ",Viet Nam,").replace("@", ",Namibia,")
    return swapped.replace("Vietnam|", "")


def written(text: str) -> Change:
    return lambda _: text


def added(text: str) -> Change:
    return lambda before: before + text


FORMS = "words and forms of the report ({})"
CHANGES: list[tuple[str, Change, str]] = [
    (UNITS, replaced("{factor: 1.0e6, label: CNY million", "{factor: 1.0e5, label: CNY million"), FORMS.format(UNITS)),
    ("include/codelists/partners.csv", swapped, FORMS.format("codelists/partners.csv")),
    (
        INDICATOR,
        replaced("Value of technology contracts", "Profit of contracts"),
        FORMS.format("sql/indicators/contract_value/indicator.yml"),
    ),
    (PROGRAMME, added("notes: [{en: Twice as many, zh: 甲}]\n"), FORMS.format("programmes/tiny/programme.yml")),
    (
        "include/programmes/tiny/sources/register.yml",
        replaced("licence: none", "licence: ours"),
        FORMS.format("programmes/tiny/sources/register.yml"),
    ),
    (
        "include/datasets/contracts.yml",
        replaced("severity: warning", "severity: info"),
        "rules",
    ),
    (
        f"{OWN}/chapters.yml",
        written("chapters: [{chapter: talent}]\n"),
        FORMS.format("programmes/tiny/reports/chapters.yml"),
    ),
    (
        "reports/templates/report.html",
        added("<!-- -->"),
        FORMS.format("reports/templates/report.html"),
    ),
    (
        "reports/locale/zh_Hans/LC_MESSAGES/messages.po",
        added("\n"),
        FORMS.format("reports/locale/zh_Hans/LC_MESSAGES/messages.po"),
    ),
    ("reports/assets/report.css", added("td {direction: rtl}"), FORMS.format("reports/assets/report.css")),
    # What no report tells takes no signature: how many sign, what the pages of findings say.
    (PROGRAMME, replaced("signers: 1", "signers: 1, not_the_corrector: true"), ""),
    (PROGRAMME, replaced("years: [2023, 2024]", "years: [2023, 2024, 2025]"), ""),
    ("reports/locale/zh_Hans/LC_MESSAGES/review.po", added("\n"), ""),
]


def test_what_a_report_is_made_from_is_signed_with_its_figures(published: Tiny) -> None:
    before, said = edition_of(published), []
    for place, change, told in CHANGES:
        path = published.folder / place
        old = path.read_text(encoding="utf-8") if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(change(old or ""), encoding="utf-8")
        assert published.yearbook("validate").exit_code == 0
        assert published.yearbook("compute", "--years", "2023-2024").exit_code == 0
        done = published.yearbook("publish", "--years", "2024")
        found = CHANGED.search(done.output)
        said.append((place, found[1] if found else ""))
        assert done.exit_code == int(bool(told)), done.output
        assert not told or edition_of(published) == before, "what stands there stays until somebody signs anew"
        if old is None:
            path.unlink()
        else:
            path.write_text(old, encoding="utf-8")
    assert said == [(place, told) for place, _, told in CHANGES]
    for step in ("validate", "compute", "publish"):
        assert published.yearbook(step).exit_code == 0, "of what was signed all is as it was"
    assert edition_of(published) == before


def test_a_withdrawal_waits_for_no_signature(published: Tiny) -> None:
    """It is not among the changes above, which are taken back: what was said in public is not."""
    path = published.folder / PROGRAMME
    plan = "editions: {2024: {withdrawn: {date: 2025-09-01, reason: {en: wrong source, zh: 来源有误}}}}\n"
    path.write_text(path.read_text(encoding="utf-8") + plan, encoding="utf-8")
    done = published.yearbook("publish", "--years", "2024")
    assert done.exit_code == 0, done.output


def test_another_version_of_the_program_publishes_nothing_under_an_old_signature(
    published: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = edition_of(published)
    monkeypatch.setattr("yearbook.__version__", "99.0")
    refused = published.yearbook("publish", "--years", "2024")
    assert (refused.exit_code, CHANGED.findall(refused.output)) == (1, [FORMS.format("the program itself")])
    assert edition_of(published) == before
    give(published.workspace(), 2024)
    assert published.yearbook("publish", "--years", "2024").exit_code == 0
    assert b"99.0+" in edition_of(published)["edition.json"]


def test_many_changed_forms_are_counted(published: Tiny) -> None:
    for name in ("report.css", "report-brief.css", "report-figures.css", "report-figures.js", "report-quotes.js"):
        published.edit(published.folder / "reports/assets" / name, added("\n"))
    told = "assets/report-brief.css, reports/assets/report-figures.css, reports/assets/report-figures.js and 2 more"
    refused = published.yearbook("publish", "--years", "2024")
    assert CHANGED.findall(refused.output) == [FORMS.format(f"reports/{told}")]


def test_a_signer_is_shown_all_parts_that_are_signed(published: Tiny) -> None:
    shown = published.yearbook("sign", "--year", "2024", "--show").output
    names = ("figures", "records", "rules", "decisions", "comparators", "words and forms of the report")
    assert re.findall(r"([a-z ]+) `[0-9a-f]{12}`", shown) == [
        name if place == 0 else f" {name}" for place, name in enumerate(names)
    ]


def test_what_changes_while_a_report_is_made_is_not_published(published: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run computes an earlier year anew, of which the report tells, after the signatures were looked at."""
    build = edition.build_edition

    def meanwhile() -> None:
        rows = [ROWS[0].replace("10.5", "777.5"), *ROWS[1:]]
        published.records.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
        work = published.workspace()
        collect_all(work, ["register"])
        for year in years_with_records(work):
            if year != 2024:
                validate(work, year)
        Job(work, [2023]).compute(2023)

    def overtaken(*arguments: object) -> dict[str, bytes]:
        other = Thread(target=meanwhile)
        other.start()
        other.join()
        return build(*arguments)  # type: ignore[arg-type]

    (published.home / "site/tiny/2024/en.html").unlink()
    before = edition_of(published)
    monkeypatch.setattr(edition, "build_edition", overtaken)
    refused = published.yearbook("publish", "--years", "2024")
    assert (refused.exit_code, "tiny, edition 2024" in refused.output) == (1, True), refused.output
    assert edition_of(published) == before
