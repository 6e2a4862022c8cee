"""A dataset with parties and rules on the bench, and a short way to decide on its records."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bench import THINGS, Bench
from yearbook.catalogue import Decision
from yearbook.validate.keys import key_text
from yearbook.validate.lapses import version_of_rule
from yearbook.validate.received import Ledger
from yearbook.validate.staged import TURN

RULES = """\
  seller: {type: text, party: true, title: {en: Seller, zh: 卖方}}
  buyer: {type: text, party: true, title: {en: Buyer, zh: 买方}}
rules:
  - rule: value_negative
    severity: critical
    column: value
    check: r.value >= 0
    message: {en: "value {value}", zh: "金额{value}"}
  - rule: value_large
    severity: warning
    column: value
    check: r.value <= 1000
    message: {en: "value {value}", zh: "金额{value}"}
"""
PARTIES = THINGS + RULES
"""Things with a seller and a buyer; a negative value holds one, a large one is doubtful."""
AT = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)


def decide(bench: Bench, kind: str, key: str, **values: Any) -> int:
    """Decide on a thing as it was received; returns the decision's number."""
    return decide_all(bench, [draft(bench, kind, key, **values)])[0]


def decide_all(bench: Bench, decisions: list[Decision]) -> list[int]:
    """Decide several at once."""
    return bench.workspace.catalogue.record_decisions(decisions)


def draft(bench: Bench, kind: str, key: str, **values: Any) -> Decision:
    """A decision on a thing, seen as it is now; of several versions `nth`, each a minute after the ones before."""
    nth = values.pop("nth", 0)
    ledger = Ledger(bench.workspace, AT.date())
    received = ledger.of("things")
    columns = [*received.dataset.fields, "_record_hash"]
    rows = [row for row in received.history.read(columns).to_pylist() if key_text(["id"], row) == key]
    seen = rows[nth] if rows else {"_record_hash": "", TURN: 0}
    year = received.history.years([seen[TURN]])[seen[TURN]] if rows else 2024
    given: dict[str, Any] = {
        "id": 0,
        "kind": kind,
        "dataset": "things",
        "year": year,
        "record_key": key,
        "record_hash": seen["_record_hash"],
        "rule": values.get("rule", ""),
        "rule_version": version_of_rule(received.dataset, values.get("rule", "")) or 0,
        "column": "",
        "old_value": None,
        "new_value": None,
        "until": None,
        "reason": "seen",
        "decided_by": "ann",
        "decided_at": AT + timedelta(minutes=len(ledger.decisions)),
    }
    return Decision(**given | values)
