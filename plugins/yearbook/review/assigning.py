"""Whose a finding is to work off."""

from collections.abc import Sequence
from datetime import datetime

from yearbook.catalogue import Finding
from yearbook.errors import DecisionError
from yearbook.review.desk import LONGEST_NAME, note
from yearbook.workspace import Workspace


def assign_findings(workspace: Workspace, found: Sequence[Finding], assignee: str, by: str, at: datetime) -> None:
    """Give findings to a person, in the place of whom they were given to before. Raises `DecisionError` for nobody."""
    person = assignee.strip()
    if not person or not person.isprintable() or len(person) > LONGEST_NAME:
        raise DecisionError("a finding is given to somebody", where="assignee", fix="say to whom")
    workspace.catalogue.assign([one.identity for one in found], person, by, at)
    note(workspace, f"{by}: {len(found)} findings are {person}'s", len(found))
