"""What people are told of a run: new findings by owner, what waits for whom, what failed, which year is late.

One message for all of it, in both languages, with counts and names only: no record leaves by mail. Not its business:
sending it (`orchestrate.mail`).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yearbook.catalogue import Event, OpenCount
from yearbook.model.dataset import SEVERITY_NAMES
from yearbook.model.definition import Text
from yearbook.model.people import ADDRESS, Action, Person, may
from yearbook.model.recipe import year_label
from yearbook.signoff import missing_signatures
from yearbook.workspace import Workspace

LOOKED_AT = 500
"""Lines of the run log behind which no failure is of this run."""
LANGUAGES = ("en", "zh")

NEW = Text(en="New findings", zh="新的检查结果")
OPEN = Text(en="To be worked off", zh="待处理")
WAITING = Text(en="Waits for signatures", zh="等待签发")
FAILED = Text(en="Failed (`yearbook log --failed` says why)", zh="失败（原因见 `yearbook log --failed`）")
LATE = Text(en="Late", zh="逾期未发布")
NOBODY = Text(en="nobody yet", zh="尚未指派")
EDITION = Text(en="edition {year}: {count} more to sign ({names})", zh="{year}年版：尚需{count}人签发（{names}）")
DUE = Text(en="edition {year} was due on {day}", zh="{year}年版应于{day}发布")


@dataclass(frozen=True)
class Section:
    """One part of a message: a heading and lines, in both languages."""

    title: Text
    lines: list[Text]


@dataclass(frozen=True)
class Message:
    """What is told, and to whom."""

    subject: str
    to: list[str]
    sections: list[Section]


def of_checks(workspace: Workspace, year: int, people: Iterable[Person]) -> Message | None:
    """What the checks of a year found. None where there is nothing new to tell."""
    counts = workspace.catalogue.open_by_owner(year)
    new, critical = [one for one in counts if one.is_new], [one for one in counts if one.severity == "critical"]
    if not new:
        return None
    sections = [Section(NEW, _by_owner(new)), Section(OPEN, _by_owner(critical))]
    return _message(workspace, year_label(year), sections, people, "review")


def of_request(workspace: Workspace, year: int, people: Iterable[Person]) -> Message | None:
    """An edition that waits for signatures. None where it waits for none."""
    missing = missing_signatures(workspace, year)
    if not missing:
        return None
    signed = {one.signed_by for one in workspace.catalogue.signatures(year)}
    known = [person for person in people if may(person, "sign", workspace.programme)]
    names = ", ".join(person.name for person in known if person.name not in signed)
    lines = [_line(EDITION, year=year, count=missing, names=names)]
    return _message(workspace, str(year), [Section(WAITING, lines)], known, "sign")


def of_failure(workspace: Workspace, people: Iterable[Person], year: int | None = None) -> Message | None:
    """What failed, in a year or at all. None where nothing did."""
    about = "" if year is None else year_label(year)
    return _message(workspace, about, [Section(FAILED, _failed(workspace, year))], people, "review", "run")


def of_lateness(workspace: Workspace, today: date, people: Iterable[Person]) -> Message | None:
    """The editions that should have come out by now. None where all have."""
    release = workspace.recipe.programme.release_date
    lines = [_line(DUE, year=year, day=release(year).isoformat()) for year in late_editions(workspace, today)]
    return _message(workspace, "", [Section(LATE, lines)], people, "sign", "run")


def late_editions(workspace: Workspace, today: date) -> list[int]:
    """Editions whose day of release is over and that are not on the site; none where nothing was ever collected."""
    programme, catalogue = workspace.recipe.programme, workspace.catalogue
    if not catalogue.deliveries():
        return []
    due = [year for year in programme.years if programme.release_date(year) < today]
    return [year for year in due if catalogue.find_step("publish", year=year) is None]


def _failed(workspace: Workspace, year: int | None) -> list[Text]:
    """Steps whose last word in the run log is that they failed."""
    events = [one for one in workspace.catalogue.last_events(LOOKED_AT) if year is None or one.year in (None, year)]
    last: dict[tuple[str, str, int | None], Event] = {(one.step, one.subject, one.year): one for one in events}
    failed = [one for one in last.values() if one.state == "failed"]
    told = [" ".join(filter(None, (one.step, one.subject, _label(one.year)))) for one in failed]
    return [Text(en=text, zh=text) for text in sorted(told)]


def _label(year: int | None) -> str:
    return "" if year is None else year_label(year)


def _by_owner(counts: list[OpenCount]) -> list[Text]:
    owners: dict[str, Counter[str]] = {}
    for one in counts:
        owners.setdefault(one.owner, Counter())[one.severity] += one.count
    return [
        Text(**{tag: f"{owner or NOBODY.get(tag)}: {_told(found, tag)}" for tag in LANGUAGES})
        for owner, found in sorted(owners.items())
    ]


def _told(found: Counter[str], tag: str) -> str:
    return ", ".join(
        f"{found[severity]:,} {name.get(tag)}" for severity, name in SEVERITY_NAMES.items() if found[severity]
    )


def _line(text: Text, **values: object) -> Text:
    return Text(**{tag: text.get(tag).format(**values) for tag in LANGUAGES})


def _message(
    workspace: Workspace, about: str, sections: list[Section], people: Iterable[Person], *actions: Action
) -> Message | None:
    told = [section for section in sections if section.lines]
    concerned = [one for one in people if any(may(one, action, workspace.programme) for action in actions)]
    to = sorted({one.email for one in concerned if one.email and re.fullmatch(ADDRESS, one.email)})
    if not told or not to:
        return None
    what = "; ".join(f"{section.title.en} / {section.title.zh}".replace("`", "") for section in told)
    return Message(f"[{workspace.programme} {about}".rstrip() + f"] {what}", to, told)
