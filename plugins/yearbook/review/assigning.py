"""Whose a finding is to work off."""

from collections.abc import Sequence
from datetime import datetime

from yearbook.catalogue import Finding
from yearbook.errors import DecisionError
from yearbook.model.definition import nearest
from yearbook.model.people import Person, is_name, load_people, may
from yearbook.review.desk import log_line
from yearbook.workspace import Workspace


def assign_findings(
    workspace: Workspace, found: Sequence[Finding], assignee: str, by: str, at: datetime, *, through: str = ""
) -> None:
    """Give findings to a person, in the place of whom they were given to before.

    Raises `DecisionError` for nobody, and for whom may not see findings.
    """
    person = assignee.strip()
    if not is_name(person):
        raise DecisionError("a finding is given to somebody", where="assignee", fix="say to whom")
    _require_reader(workspace, person)
    told = log_line(by, f"{len(found)} findings are {person}'s", len(found), through=through)
    workspace.catalogue.assign([one.identity for one in found], person, by, at, told)


def _require_reader(workspace: Workspace, person: str) -> None:
    """Where people are named, findings are one's of them who may see findings."""
    people = load_people(workspace.settings.people)
    if people and not may(people.get(person, Person(person)), "review", workspace.programme):
        right = nearest(person, sorted(people))
        raise DecisionError(
            f"{person} may not see the findings of {workspace.programme}",
            where=str(workspace.settings.people),
            fix=f"did you mean `{right}`?" if right else "name a person with the role `statistician` or `lead`",
        )
