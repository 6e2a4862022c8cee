"""One thing that is wrong with one record, before it becomes a finding in the catalogue."""

from dataclasses import dataclass
from typing import Any

from yearbook.model.dataset import Rule, Severity
from yearbook.model.definition import Text


@dataclass(frozen=True)
class Problem:
    """`position` is the record's among those checked, None where the partition as a whole breaks the rule.

    `expected` is what would be right, where the rule says; `raw` is the cell as received, where it could not be read;
    `found` is what a rule on the partition found. `state` says whether a decision worked it off, `decision` which one.
    """

    position: int | None
    rule: str
    version: int
    severity: Severity
    message: Text
    column: str | None = None
    expected: Any = None
    raw: str | None = None
    found: Any = None
    state: str = "open"
    decision: int | None = None

    @classmethod
    def of_rule(cls, rule: Rule, position: int | None, expected: Any = None) -> "Problem":
        """A record that breaks a rule of its dataset."""
        return cls(position, rule.rule, rule.version, rule.severity, rule.message, rule.column, expected)
