"""Which decisions on a dataset apply to its records as received now, which have lapsed, and which are wrong.

A decision is on the record whose hash it saw, wherever that now stands. It lapses when a newer version of the record
counts, when the rule is another, when its last day has passed. Not its business: what follows for findings
(`verdicts.py`), and writing that a decision lapsed (`partition.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from yearbook.catalogue import Decision
from yearbook.model.codelist import Codelist
from yearbook.validate.changes import Changes, merge_names
from yearbook.validate.corrections import Fault, find_corrections, find_moves
from yearbook.validate.history import AS_RECEIVED, History, Turns
from yearbook.validate.lapses import (
    CHANGED,
    CORRECTED,
    GONE,
    KINDS,
    NEWER,
    PASSED,
    RULE_CHANGED,
    RULE_GONE,
    Reminder,
    lapsed_waivers,
    version_of_rule,
)

AS_OF_NEVER = "9999-12-31"


@dataclass(frozen=True)
class TakenOut:
    """A record that a decision holds or excludes."""

    number: int
    is_excluded: bool


@dataclass(frozen=True)
class Waiver:
    """A rule that a record need not keep; `turns` are the rows of the record."""

    number: int
    rule: str
    turns: Turns


@dataclass(frozen=True)
class Judged:
    """What decisions mean for a dataset now.

    `of_years` are waivers of what is found of a year as a whole. `reopened` are waivers that lapsed and were not given
    anew, by row and rule; `reopened_years` by year and rule. `lapses` are to be written; `faults` stop their years.
    """

    changes: Changes = AS_RECEIVED
    taken_out: Mapping[int, TakenOut] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    of_years: Mapping[tuple[int, str], int] = field(default_factory=dict)
    reminders: Mapping[int, Reminder] = field(default_factory=dict)
    reopened: Mapping[tuple[int, str], int] = field(default_factory=dict)
    reopened_years: Mapping[tuple[int, str], int] = field(default_factory=dict)
    lapses: Mapping[int, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def require_sound(self, year: int) -> None:
        """Raise the `DecisionError` of the first decision that stops a year."""
        for fault in self.faults:
            if year in fault.years:
                raise fault.error


def judge_decisions(
    history: History, decisions: Sequence[Decision], codelists: Mapping[str, Codelist], programme: str, as_of: date
) -> Judged:
    """Judge all decisions of a programme, in the order in which they were made, for one dataset as of a day."""
    name = history.dataset.dataset
    own = [one for one in decisions if one.dataset == name and one.kind != "merge"]
    parties = tuple(one for one, column in history.dataset.fields.items() if column.party)
    merges = [one for one in decisions if one.kind == "merge" and one.state == "active"] if parties else []
    if not own and not merges:
        return Judged()
    names = merge_names((one.old_value, one.new_value) for one in merges if one.old_value and one.new_value)
    return _Case(history, own, codelists, programme, as_of, Changes(merges=names, parties=parties)).judge()


@dataclass(frozen=True)
class _Case:
    history: History
    decisions: list[Decision]
    codelists: Mapping[str, Codelist]
    programme: str
    as_of: date
    merges: Changes

    def judge(self) -> Judged:
        lapses = {one.id: reason for one in self._active() if (reason := self._lapse_by_rule(one))}
        corrections = [one for one in self._active("correct") if one.id not in lapses]
        found = find_corrections(self.history, corrections, self.codelists, self.programme)
        edits = tuple(found.edits[cell] for cell in sorted(found.edits))
        changes = replace(self.merges, edits=edits, moves=find_moves(self.history, edits))
        lapses |= found.lapses
        others = [one for one in self._active("waive", "hold", "exclude") if one.id not in lapses and one.record_hash]
        places, reasons = self._place(others, changes)
        lapses |= reasons
        taken_out = {
            turn: TakenOut(one.id, one.kind == "exclude")
            for one in others
            if one.kind != "waive"
            for turn in places.get(one.id, ())
        }
        out = frozenset(turn for turn, one in taken_out.items() if one.is_excluded)
        changes = replace(changes, out=out)
        waived = [one for one in others if one.kind == "waive" and one.id in places]
        lapsed = lapsed_waivers(self.decisions, lapses)
        return Judged(
            changes,
            taken_out,
            tuple(Waiver(one.id, one.rule, places[one.id]) for one in waived),
            self._waivers_of_years(lapses),
            self._reminders(lapses, changes),
            self._reopened(lapsed, changes),
            {(one.year, one.rule): one.id for one in lapsed if not one.record_hash},
            lapses,
            tuple(found.faults),
        )

    def _active(self, *kinds: str) -> list[Decision]:
        return [one for one in self.decisions if one.state == "active" and (not kinds or one.kind in kinds)]

    def _lapse_by_rule(self, one: Decision) -> str | None:
        if one.kind == "waive" and (one.until or AS_OF_NEVER) < self.as_of.isoformat():
            return PASSED.en
        version = version_of_rule(self.history.dataset, one.rule) if one.rule else one.rule_version
        if version is None:
            return RULE_GONE.en
        return RULE_CHANGED.en if version != one.rule_version else None

    def _place(self, decisions: list[Decision], changes: Changes) -> tuple[dict[int, Turns], dict[int, str]]:
        """The rows of each decision, and why the others lapse.

        Versions are settled without what is excluded being out: a decision must not be judged by its own effect.
        """
        if not decisions:
            return {}, {}
        verdicts = self.history.settle(changes).verdicts
        turns = self.history.by_hash(one.record_hash for one in decisions)
        known = self.history.by_key(one.record_key for one in decisions if one.record_hash not in turns)
        places: dict[int, Turns] = {}
        reasons: dict[int, str] = {}
        for one in decisions:
            here = turns.get(one.record_hash, ())
            if not here:
                reasons[one.id] = (CHANGED if one.record_key in known else GONE).en
            elif all(turn in verdicts and not verdicts[turn].held for turn in here):
                reasons[one.id] = NEWER.en
            elif one.kind == "waive" and self._is_corrected_otherwise(one):
                reasons[one.id] = CORRECTED.en
            else:
                places[one.id] = here
        return places, reasons

    def _is_corrected_otherwise(self, waiver: Decision) -> bool:
        """Whether the record was corrected since, or a correction that the waiver saw was withdrawn."""
        is_before = True
        for one in self.decisions:
            is_before = is_before and one is not waiver
            if one.kind == "correct" and one.record_hash == waiver.record_hash and one.state != "lapsed":
                was_there = is_before or (one.batch != "" and one.batch == waiver.batch)
                if one.withdrawn_at is not None:
                    was_there = was_there and one.withdrawn_at > waiver.decided_at
                if was_there != (one.state == "active"):
                    return True
        return False

    def _waivers_of_years(self, lapses: Mapping[int, str]) -> dict[tuple[int, str], int]:
        """Waivers of what was found of a year as a whole, which names no record."""
        return {
            (one.year, one.rule): one.id
            for one in self._active("waive")
            if not one.record_hash and one.id not in lapses
        }

    def _reminders(self, lapses: Mapping[int, str], changes: Changes) -> dict[int, Reminder]:
        """What lapsed and was not decided anew, by the rows of the record as it now is."""
        waiting: dict[str, Reminder] = {}
        for one in self.decisions:
            if one.kind not in KINDS:
                continue
            if one.state == "lapsed" or one.id in lapses:
                waiting[one.record_key] = Reminder(one.id, one.kind, lapses.get(one.id, one.state_reason))
            elif one.state == "active":
                waiting.pop(one.record_key, None)
        turns = self.history.by_key(waiting, changes)
        return {turn: waiting[key] for key, several in turns.items() for turn in several}

    def _reopened(self, waivers: Sequence[Decision], changes: Changes) -> dict[tuple[int, str], int]:
        """Lapsed waivers of records, by the rows of the record as it now is, and the rule."""
        of_records = [one for one in waivers if one.record_hash]
        turns = self.history.by_key({one.record_key for one in of_records}, changes)
        return {(turn, one.rule): one.id for one in of_records for turn in turns.get(one.record_key, ())}
