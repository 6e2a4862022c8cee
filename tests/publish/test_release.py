"""What an edition says of its release, and who may read it before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from yearbook.errors import DefinitionError, EmbargoError
from yearbook.model.definition import load_definition
from yearbook.model.programme import Programme
from yearbook.publish.release import ahead_of_its_day, make_release, require_release_time

AS_OF = date(2025, 6, 30)
EMBARGO = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
WITHDRAWN = "{date: 2025-09-01, reason: {en: wrong source, zh: 来源有误}}"
LIFTED = (
    "{{date: {day}, text: {{en: right after all, zh: 原无误}}, lifts: "
    + WITHDRAWN.replace("{", "{{").replace("}", "}}")
    + "}}"
)


@pytest.fixture
def programme(tmp_path: Path, project: Path):
    """The demonstration, with what stands under `editions` in its YAML."""

    def read(editions: str) -> Programme:
        text = (project / "include/programmes/demo/programme.yml").read_text(encoding="utf-8")
        path = tmp_path / "programme.yml"
        path.write_text(f"{text}\neditions:\n{editions}" if editions else text, encoding="utf-8")
        return load_definition(path, Programme)

    return read


SAYS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "nothing: the usual days": (
        "",
        2024,
        {"released": AS_OF, "next_release": date(2026, 6, 30), "release_time": None, "errata": [], "modified": None},
    ),
    "one that comes late: nobody knows the day of the next": ("", 2023, {"released": AS_OF, "next_release": None}),
    "an embargo beyond the usual day of the next": (
        "  2024: {embargoed_until: 2027-07-01T10:00+08:00}",
        2024,
        {"released": date(2027, 7, 1), "next_release": None},
    ),
    "the next has its own day": (
        "  2023: {released: 2024-07-02}\n  2024: {released: 2025-09-30}",
        2023,
        {"released": date(2024, 7, 2), "next_release": date(2025, 9, 30)},
    ),
    "the next is embargoed": (
        "  2023: {released: 2024-07-02}\n  2024: {embargoed_until: 2025-09-30T10:00+08:00}",
        2023,
        {"next_release": date(2025, 9, 30)},
    ),
    "its own days": (
        "  2024: {released: 2025-07-02, next: 2026-05-01}",
        2024,
        {"released": date(2025, 7, 2), "next_release": date(2026, 5, 1)},
    ),
    "the day of the next is before the usual day of this one, which comes out earlier": (
        "  2023: {next: 2025-07-01}\n  2024: {next: 2025-07-01}",
        2024,
        {"released": AS_OF, "next_release": date(2025, 7, 1)},
    ),
    "the day of the next is over where this one comes out": (
        "  2024: {next: 2025-06-30}",
        2024,
        {"released": AS_OF, "next_release": None},
    ),
    "an embargo gives the day of release": (
        "  2024: {embargoed_until: 2025-07-01T10:00+08:00}",
        2024,
        {"released": date(2025, 7, 1), "release_time": EMBARGO},
    ),
}


@pytest.mark.parametrize(("editions", "year", "expected"), SAYS.values(), ids=SAYS)
def test_what_an_edition_says(programme, editions: str, year: int, expected: dict[str, Any]) -> None:
    release = make_release(programme(editions), year, AS_OF)
    assert {name: getattr(release, name) for name in expected} == expected


def test_errata_stand_newest_first_and_a_withdrawal_has_its_reason(programme) -> None:
    release = make_release(
        programme(
            "  2024:\n"
            "    erratum:\n"
            "      - {date: 2025-07-03, text: {en: first, zh: 一}}\n"
            "      - {date: 2025-08-03, text: {en: second, zh: 二}}\n"
            "    withdrawn: {date: 2025-09-01, reason: {en: wrong source, zh: 来源有误}}"
        ),
        2024,
        AS_OF,
        build="0.1.0+a",
    )
    assert release.as_manifest() == {
        "released": "2025-06-30",
        "release_time": None,
        "next_release": "2026-06-30",
        "build": "0.1.0+a",
        "recipient": None,
        "errata": [
            {"date": "2025-08-03", "text": {"en": "second", "zh": "二"}},
            {"date": "2025-07-03", "text": {"en": "first", "zh": "一"}},
        ],
        "withdrawn": {"date": "2025-09-01", "reason": {"en": "wrong source", "zh": "来源有误"}},
    }
    assert release.modified == date(2025, 9, 1)


def test_a_withdrawal_that_was_lifted_is_an_erratum(programme) -> None:
    release = make_release(programme(f"  2024: {{erratum: [{LIFTED.format(day='2025-09-05')}]}}"), 2024, AS_OF)
    told = release.as_manifest()
    assert (told["withdrawn"], release.modified) == (None, date(2025, 9, 5))
    assert told["errata"] == [
        {
            "date": "2025-09-05",
            "text": {"en": "right after all", "zh": "原无误"},
            "lifts": {"date": "2025-09-01", "reason": {"en": "wrong source", "zh": "来源有误"}},
        }
    ]


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (EMBARGO, True),
        (EMBARGO + timedelta(days=1), True),
        (EMBARGO - timedelta(seconds=1), False),
        (None, False),
    ],
    ids=["at the time", "later", "a second too early", "nobody says what time it is"],
)
def test_an_embargoed_edition_waits(programme, at: datetime | None, may: bool) -> None:
    embargoed = programme("  2024: {embargoed_until: 2025-07-01T10:00+08:00}")
    require_release_time(embargoed, 2023, at)
    if may:
        require_release_time(embargoed, 2024, at)
    else:
        with pytest.raises(EmbargoError, match=r"embargoed until 2025-07-01T10:00\+08:00"):
            require_release_time(embargoed, 2024, at)
        with pytest.raises(EmbargoError, match="stands on the site: an embargo"):
            require_release_time(embargoed, 2024, at, is_out=True)


@pytest.mark.parametrize(
    ("editions", "at", "is_told"),
    [
        ("  2024: {released: 2025-07-02}", datetime(2025, 7, 1, 9, 59, tzinfo=UTC), True),
        ("  2024: {released: 2025-07-02}", datetime(2025, 7, 1, 10, 0, tzinfo=UTC), False),
        ("  2024: {released: 2025-07-02}", datetime(2025, 7, 3, tzinfo=UTC), False),
        ("  2024: {next: 2026-06-30}", datetime(2025, 7, 1, tzinfo=UTC), True),
        ("  2024: {released: 2025-07-02, embargoed_until: 2025-07-01T10:00+08:00}", EMBARGO, False),
        ("  2023: {released: 2025-07-01}", datetime(2025, 7, 1, tzinfo=UTC), True),
        ("", datetime(2025, 7, 2, tzinfo=UTC), False),
    ],
    ids=[
        "the day has begun nowhere",
        "it has begun on Kiritimati",
        "it is over",
        "the usual day is ahead",
        "an embargo said when it may come out",
        "another edition said its own",
        "the usual day has come",
    ],
)
def test_an_edition_ahead_of_its_day_is_told(programme, editions: str, at: datetime, is_told: bool) -> None:
    told = (
        "editions: 2024: the day of release is 2025-07-02, and the edition stands on the site from now on;"
        " `embargoed_until` keeps one back until its time"
    )
    assert ahead_of_its_day(programme(editions), 2024, date(2025, 7, 2), at) == (told if is_told else "")


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ("  2030: {released: 2031-06-30}", "speaks of 2030"),
        ("  2024: {embargoed_until: 2025-07-01T10:00}", "timezone"),
        ("  2024: {withdrawn: {date: 2025-07-01}}", "reason"),
        ("  2024: {embargo: 2025-07-01T10:00+08:00}", "did you mean `embargoed_until`"),
        ("  2024: {released: 2025-06-30, next: 2025-06-30}", "the `next` edition cannot come on 2025-06-30"),
        ("  2024: {embargoed_until: 2027-07-01T10:00+08:00, next: 2026-06-30}", "released on 2027-07-01, the `next`"),
        (f"  2024: {{erratum: [{LIFTED.format(day='2025-08-31')}]}}", "cannot lift a withdrawal of 2025-09-01"),
        (
            f"  2024: {{withdrawn: {WITHDRAWN}, erratum: [{LIFTED.format(day='2025-09-05')}]}}",
            "still stands under `withdrawn`",
        ),
        (
            "  2024: {released: 2025-07-02, withdrawn: {date: 2025-07-01, reason: {en: x, zh: 无}}}",
            "a withdrawal of 2025-07-01 comes before the release of its edition on 2025-07-02",
        ),
        (
            "  2024: {embargoed_until: 2025-09-03T10:00+08:00, withdrawn: " + WITHDRAWN + "}",
            "a withdrawal of 2025-09-01 comes before the release of its edition on 2025-09-03",
        ),
        (
            "  2024: {erratum: [{date: 2025-06-29, text: {en: x, zh: 无}}]}",
            "2024: an erratum of 2025-06-29 comes before the release of its edition on 2025-06-30",
        ),
        (
            f"  2024: {{released: 2025-09-02, erratum: [{LIFTED.format(day='2025-09-05')}]}}",
            "a withdrawal of 2025-09-01 comes before the release of its edition on 2025-09-02",
        ),
    ],
)
def test_a_wrong_plan_is_refused(programme, editions: str, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        programme(editions)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "editions",
    [
        "  2024: {released: 2025-07-02, erratum: [{date: 2025-07-02, text: {en: x, zh: 无}}]}",
        "  2024: {released: 2025-03-01, erratum: [{date: 2025-06-29, text: {en: x, zh: 无}}]}",
        "  2024: {withdrawn: {date: 2025-06-30, reason: {en: x, zh: 无}}}",
    ],
    ids=["on the day of the release", "after a release before the usual day", "on the usual day"],
)
def test_what_is_said_from_the_release_on_is_taken(programme, editions: str) -> None:
    assert list(programme(editions).editions) == [2024]


SAID = "{date: 2024-06-01, text: {en: x, zh: 无}}"


@pytest.mark.parametrize(
    ("editions", "what", "at"),
    [
        (
            "  2023: {released: 2024-07-01}\n  2024: {released: 2025-06-30, next: 2025-06-30}",
            r"editions\.2024: .*the `next` edition cannot come on",
            "  2024: {released: 2025-06-30, next: 2025-06-30}",
        ),
        (
            f"  2024: {{next: 2026-06-30}}\n  2023:\n    released: 2024-07-01\n    erratum: [{SAID}]",
            r"editions\.2023: .*an erratum of 2024-06-01 comes before the release",
            "  2023:",
        ),
        (
            f"  2024: {{next: 2026-06-30}}\n  2023:\n    erratum: [{SAID}]",
            r"editions: .*2023: an erratum of 2024-06-01 comes before the release",
            "editions:",
        ),
    ],
)
def test_a_refused_day_is_looked_for_in_its_entry(programme, tmp_path: Path, editions: str, what: str, at: str) -> None:
    with pytest.raises(DefinitionError, match=what) as refused:
        programme(editions)
    path = tmp_path / "programme.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert refused.value.where == f"{path}:{lines.index(at) + 1}"
