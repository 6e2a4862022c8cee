"""What a person is about to decide, and why it cannot stand."""

from dataclasses import dataclass

from yearbook.catalogue import DecisionKind, Finding
from yearbook.errors import DecisionError
from yearbook.model.recipe import year_label
from yearbook.validate.keys import cut

MOST_AT_ONCE = 500
"""How many decisions are made in one go: a person answers for each."""


@dataclass(frozen=True)
class Draft:
    """A decision in the making, with what the person saw: the hash of the record, the version of the rule.

    `column` and `new_value` are of corrections and merges, `until` (2025-12-31) is of waivers. A `new_value` of None
    empties the cell.
    """

    kind: DecisionKind
    dataset: str
    year: int
    record_key: str
    record_hash: str
    rule: str = ""
    rule_version: int = 0
    column: str = ""
    new_value: str | None = None
    until: str | None = None
    reason: str = ""

    @classmethod
    def of(
        cls,
        kind: DecisionKind,
        finding: Finding,
        reason: str,
        *,
        column: str | None = None,
        new_value: str | None = None,
        until: str | None = None,
    ) -> "Draft":
        """A decision on the record of a finding, as the finding saw it."""
        return cls(
            kind=kind,
            dataset=finding.dataset,
            year=finding.year,
            record_key=finding.record_key,
            record_hash=finding.record_hash,
            rule=finding.rule,
            rule_version=finding.rule_version,
            column=finding.column or "" if column is None else column,
            new_value=new_value,
            until=until,
            reason=reason,
        )

    @property
    def where(self) -> str:
        """The record, for people."""
        return f"{cut(self.dataset)}, {year_label(self.year)}, {cut(self.record_key) or 'all records'}"


class RefusedError(DecisionError):
    """A draft that cannot stand. `part` is the attribute of the draft that is at fault."""

    def __init__(self, draft: Draft, part: str, what: str, fix: str) -> None:
        super().__init__(what, where=draft.where, fix=fix)
        self.part = part


class DecidedAlreadyError(RefusedError):
    """The same was decided already, by the decision of that `number`; 0 is one of the same batch."""

    def __init__(self, draft: Draft, number: int) -> None:
        what = f"decision {number} says the same" if number else "the same stands among these decisions already"
        super().__init__(draft, "kind", what, "nothing is left to do")
        self.number = number
