"""Why a decision no longer applies, in words; and the finding by which it comes back to the persons who decide.

Not its business: when (`judge.py`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from yearbook.catalogue import Decision, DecisionKind
from yearbook.model.dataset import Dataset, Severity
from yearbook.model.definition import Text
from yearbook.validate import cells, standing
from yearbook.validate.problem import Problem
from yearbook.validate.staged import positions_of

VERSION = 1
RULE = "decision_lapsed"

CHANGED = Text(en="the record has changed since", zh="该记录此后已变更")
NEWER = Text(en="a newer version of the record has come since", zh="此后收到该记录的较新版本")
GONE = Text(en="the record is no longer there", zh="该记录已不存在")
RULE_CHANGED = Text(en="the rule has changed since", zh="该规则此后已修改")
RULE_GONE = Text(en="the rule is no longer there", zh="该规则已不存在")
PASSED = Text(en="its last day has passed", zh="已过截止日期")
CORRECTED = Text(en="the record is corrected otherwise than it was then", zh="该记录的更正情况与当时不同")
REASONS = {one.en: one for one in (CHANGED, NEWER, GONE, RULE_CHANGED, RULE_GONE, PASSED, CORRECTED)}
"""All reasons by what the catalogue keeps of them, so that pages can say them in the reader's language."""

KINDS: Mapping[DecisionKind, Text] = {
    "correct": Text(en="the correction", zh="更正"),
    "hold": Text(en="the hold", zh="暂缓"),
    "exclude": Text(en="the exclusion", zh="剔除"),
}
"""Decisions that come back by a finding of their own; a waiver comes back as the finding that it waived."""


@dataclass(frozen=True)
class Reminder:
    """A decision that lapsed, of a record that is still there and that nobody decided on anew."""

    number: int
    kind: DecisionKind
    reason: str


def find_lapsed(turns: list[int], reminders: Mapping[int, Reminder], dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each record checked (by its turn) whose decision lapsed.

    What was held or excluded does not come back by itself: it waits until somebody decides again.
    """
    for turn, position in positions_of(turns, reminders).items():
        one = reminders[turn]
        severity: Severity = "warning" if one.kind == "correct" else "critical"
        yield Problem(position, RULE, VERSION, severity, _say(one), dataset.key[0], decision=one.number)


def lapsed_waivers(decisions: Iterable[Decision], lapses: Mapping[int, str]) -> list[Decision]:
    """Return the waivers that lapsed, or lapse now, and were not given anew: the last one of each finding."""
    last: dict[tuple[int | str, str], Decision] = {}
    for one in decisions:
        if one.kind == "waive" and one.state != "withdrawn":
            last[one.record_key if one.record_hash else one.year, one.rule] = one
    return [one for one in last.values() if one.state == "lapsed" or one.id in lapses]


def version_of_rule(dataset: Dataset, rule: str) -> int | None:
    """Return the version of a rule, of the dataset or of what is found by itself; None where there is no such rule."""
    found = {RULE: VERSION}
    found |= dict.fromkeys(standing.MESSAGES, standing.VERSION)
    found |= dict.fromkeys(cells.rules_of(dataset), cells.VERSION)
    return (found | {one.rule: one.version for one in dataset.rules}).get(rule)


def _say(one: Reminder) -> Text:
    kind, reason = KINDS[one.kind], REASONS.get(one.reason, Text(en=one.reason, zh=one.reason))
    en, zh = (text.replace("{", "{{").replace("}", "}}") for text in (reason.en, reason.zh))
    return Text(en=f"{kind.en} no longer applies ({en}); decide again", zh=f"原{kind.zh}决定已失效（{zh}）；请重新决定")
