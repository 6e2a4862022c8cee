"""The log of decisions: the newest first, filtered, a page at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yearbook.catalogue import Decision, Finding
from yearbook.publish.words.language import N_
from yearbook.review.pages.asking import read_place
from yearbook.review.pages.cells import bounded
from yearbook.review.pages.links import Links
from yearbook.review.pages.names import Names
from yearbook.review.pages.words import DECISION_STATES, KINDS, word

SIZE = 50
LONGEST_SHOWN = 200
NO_END = N_("%(rule)s, without an end")


@dataclass(frozen=True)
class Entry:
    """One decision as the log tells it; texts are cut."""

    decision: Decision
    kind: str
    state: str
    what: str
    reason: str
    why_not: str
    at: str
    link: str
    record: str


@dataclass(frozen=True)
class Journal:
    """A page of the log."""

    entries: list[Entry]
    total: int
    page: int
    kinds: list[tuple[str, str]]
    states: list[tuple[str, str]]
    people: list[str]
    asked: dict[str, str]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // SIZE))


def make_journal(names: Names, links: Links, given: Mapping[str, str]) -> Journal:
    """Make the page of the log that an address asks for."""
    asked = {name: given.get(name, "")[:LONGEST_SHOWN] for name in ("kind", "state", "by", "batch")}
    everything = names.workspace.catalogue.decisions()
    found = [one for one in reversed(everything) if _fits(one, asked)]
    page = read_place(given.get("page", "1"))
    say = names.language.say
    return Journal(
        entries=[make_entry(names, links, one) for one in found[(page - 1) * SIZE : page * SIZE]],
        total=len(found),
        page=page,
        kinds=[("", say("all kinds")), *((code, say(text)) for code, text in KINDS.items())],
        states=[("", say("all states")), *((code, say(text)) for code, text in DECISION_STATES.items())],
        people=sorted({one.decided_by for one in everything}),
        asked=asked,
    )


def make_entry(names: Names, links: Links, one: Decision) -> Entry:
    """A decision in the reader's language."""
    return Entry(
        decision=one,
        kind=word(names.language, KINDS, one.kind),
        state=word(names.language, DECISION_STATES, one.state),
        what=_what(names, one),
        reason=bounded(one.reason, LONGEST_SHOWN),
        why_not=_why_not(names, one),
        at=f"{one.decided_at:%Y-%m-%d %H:%M}",
        link=links.page(names.workspace.programme, "decision", number=one.id),
        record=links.record(names.workspace.programme, one.dataset, one.record_key, one.record_hash)
        if one.record_key
        else "",
    )


def settled_by(decisions: Iterable[Decision], finding: Finding) -> int | None:
    """The number of the decision that settles a finding, or will when its year is checked again."""
    return next((one.id for one in decisions if _settles(one, finding)), None)


def _settles(one: Decision, finding: Finding) -> bool:
    is_on_it = (one.dataset, one.record_hash, one.state) == (finding.dataset, finding.record_hash, "active")
    return is_on_it and (one.kind != "waive" or one.rule == finding.rule)


def _fits(one: Decision, asked: Mapping[str, str]) -> bool:
    return (
        asked["kind"] in ("", one.kind)
        and asked["state"] in ("", one.state)
        and asked["by"] in ("", one.decided_by)
        and asked["batch"] in ("", one.batch)
    )


def _what(names: Names, one: Decision) -> str:
    say, field = names.language.say, names.field(one.dataset, one.column)
    old, new = (bounded(text, LONGEST_SHOWN) if text else "–" for text in (one.old_value, one.new_value))
    if one.kind in ("correct", "merge"):
        return say("%(field)s: %(old)s → %(new)s", field=field, old=old, new=new)
    if one.kind == "waive":
        rule = names.rule_of(one.dataset, one.rule)
        return say("%(rule)s, until %(day)s", rule=rule, day=one.until) if one.until else say(NO_END, rule=rule)
    return names.rule_of(one.dataset, one.rule) if one.rule else ""


def _why_not(names: Names, one: Decision) -> str:
    if one.state == "withdrawn":
        return names.language.say(
            "%(by)s: %(reason)s", by=one.withdrawn_by or "", reason=bounded(one.withdrawn_reason or "", LONGEST_SHOWN)
        )
    return bounded(names.lapse(one.state_reason), LONGEST_SHOWN)
