"""From the desk to the site: what is published is exactly what was seen and signed, by whom the programme asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desk import DOUBTFUL, bring_up
from tiny import HEADER, ROWS, Tiny
from yearbook.errors import SignOffError
from yearbook.review import desk
from yearbook.review.desk import Draft
from yearbook.review.naming import name_record
from yearbook.signed import digest_of
from yearbook.signoff import missing_signatures, sign
from yearbook.workspace import Workspace

Make = Callable[..., Tiny]
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
ONE_LEAD = "sign_off: {signers: 1, not_the_corrector: true}\n"


@pytest.fixture
def computed(make: Make) -> Tiny:
    """The programme, which one lead signs who decided nothing, with figures."""
    tiny = make(ONE_LEAD)
    bring_up(tiny.workspace())
    return tiny


def give(work: Workspace, by: str = "lea", year: int = 2024) -> None:
    sign(work, year, digest_of(work, year).digest, by, NOON)


def publish(tiny: Tiny, *arguments: str) -> str:
    """What publishing 2024 says; nothing where it came out."""
    done = tiny.yearbook("publish", "--years", "2024", *arguments)
    return done.output if done.exit_code else ""


def site(tiny: Tiny) -> dict[str, bytes]:
    root = tiny.home / "site"
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def draft(work: Workspace, kind: str, key: str, column: str = "", new_value: str | None = None) -> Draft:
    record = name_record(work, key)
    values = {"column": column, "new_value": new_value, "reason": "seen"}
    return Draft(kind, record.dataset, record.year, record.seen.key, record.record_hash, **values)  # type: ignore[arg-type]


def test_no_unsigned_figure_is_anywhere_on_the_site(computed: Tiny) -> None:
    assert "no signature" in publish(computed)
    assert site(computed)["tiny/series.csv"].count(b"\n") == 1, "no more than its head"

    give(computed.workspace())
    assert publish(computed) == ""
    told = [text for name, text in site(computed).items() if name.endswith(("series.csv", "2024/observations.csv"))]
    assert len(told) == 2
    assert not any(b",2023," in text for text in told), "2023 waits for a signature"

    give(computed.workspace(), year=2023)
    assert computed.yearbook("publish").exit_code == 0
    before = site(computed)
    assert b",2023," in before["tiny/series.csv"]
    rows = [ROWS[0].replace("10.5", "777.5"), *ROWS[1:]]
    computed.records.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    assert "holds" in computed.yearbook("run").output
    assert site(computed) == before, "of figures that changed since nothing comes out, in no year and no series"


def test_what_is_not_checked_and_computed_is_neither_signed_nor_published(computed: Tiny) -> None:
    work = computed.workspace()
    give(work)
    assert publish(computed) == ""
    before = site(computed)

    desk.decide(work, [draft(work, "correct", "模拟-2024-01", "value", "77777")], "stan", NOON)
    with pytest.raises(SignOffError, match="2024 wait to be checked"):
        give(work, "lou")
    assert "2024 wait to be checked" in publish(computed)
    assert "2024 wait to be checked" in computed.yearbook("sign", "--year", "2024", "--show").output
    assert computed.yearbook("validate").exit_code == 0
    with pytest.raises(SignOffError, match="older than what they are computed from"):
        give(work, "lou")
    assert "older than what they are computed from" in publish(computed)
    assert site(computed) == before

    assert computed.yearbook("compute").exit_code == 0
    assert "lea signed, but figures, records and decisions changed since" in publish(computed)
    give(work)
    assert publish(computed) == ""


def move_in(work: Workspace) -> None:
    desk.decide(work, [draft(work, "correct", "模拟-2023-01", "sign_date", "2024-05-05")], "lena", NOON)


def take_back(work: Workspace) -> None:
    [number] = desk.decide(work, [draft(work, "exclude", "模拟-2024-01")], "stan", NOON)
    desk.withdraw(work, number, "lena", NOON, "it is none")


def move_in_and_take_back(work: Workspace) -> None:
    moved = draft(work, "correct", "模拟-2023-01", "sign_date", "2024-05-05")
    [number] = desk.decide(work, [moved], "stan", NOON)
    desk.withdraw(work, number, "lena", NOON, "it is of 2023")


def merge(work: Workspace) -> None:
    desk.decide(work, [draft(work, "merge", "模拟-2023-01", "seller_id", "S2")], "lena", NOON)


def under_another_year(work: Workspace) -> None:
    [number] = desk.decide(work, [draft(work, "hold", "模拟-2024-01")], "stan", NOON)
    [made] = work.catalogue.decisions()
    desk.withdraw(work, number, "stan", NOON, "once more")
    work.catalogue.record_decisions([replace(made, year=888_888_888, decided_by="lena")])


@pytest.mark.parametrize("decide", [move_in, take_back, move_in_and_take_back, merge, under_another_year])
def test_nobody_signs_what_they_decided(decide: Callable[[Workspace], None], computed: Tiny) -> None:
    work = computed.workspace()
    decide(work)
    bring_up(work)
    with pytest.raises(SignOffError, match="lena has decided about records of 2024"):
        give(work, "lena")
    give(work, "lea")
    assert publish(computed) == ""


def test_what_blocked_once_is_not_published_unsigned(make: Make) -> None:
    tiny = make("sign_off: {skip_when_nothing_blocks: true}\n")
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), *DOUBTFUL, ""]))
    bring_up(tiny.workspace())
    work = tiny.workspace()
    found = [one for one in work.catalogue.findings() if (one.severity, one.state) == ("critical", "open")]
    assert found
    desk.decide(work, [Draft.of("exclude", one, "out") for one in found], "stan", NOON)
    bring_up(work)
    assert missing_signatures(work, 2024) == 1
    assert "no signature" in publish(tiny)
    give(work)
    assert publish(tiny) == ""


def test_an_edition_is_published_as_of_the_day_of_its_figures(computed: Tiny) -> None:
    assert computed.yearbook("compute", "--years", "2024", "--as-of", "2025-12-01").exit_code == 0
    give(computed.workspace())
    assert "as of 2025-12-01, and not of 2031-01-01" in publish(computed, "--as-of", "2031-01-01")
    assert publish(computed) == ""
    assert b'"as_of": "2025-12-01"' in site(computed)["tiny/2024/edition.json"]

    assert computed.yearbook("compute", "--years", "2023", "--as-of", "2024-12-01").exit_code == 0
    assert "lea signed, but figures changed since" in publish(computed), "its report tells of 2023 too"


def point_elsewhere(tiny: Tiny) -> None:
    catalogue = tiny.catalogue()
    before, signed = catalogue.editions()
    catalogue.record_edition(replace(signed, observations_ref=before.observations_ref))


def write_over(tiny: Tiny) -> None:
    lake, (before, signed) = tiny.workspace().lake, tiny.catalogue().editions()
    with open(lake.path(signed.observations_ref), "wb") as file, lake.open(before.observations_ref) as other:
        file.write(other.read())


@pytest.mark.parametrize(
    ("change", "why"), [(point_elsewhere, "was changed"), (write_over, "older than what they are computed from")]
)
def test_figures_that_somebody_changed_are_not_published(
    change: Callable[[Tiny], None], why: str, computed: Tiny
) -> None:
    give(computed.workspace())
    change(computed)
    assert why in publish(computed)
    with pytest.raises(SignOffError, match=why):
        give(computed.workspace(), "lou")
