"""Who may do what: roles, what each grants, and the file that names people (`YEARBOOK_PEOPLE`).

Not its business: how Airflow knows who is calling (`orchestrate.people`).
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from yearbook.errors import DecisionError, DefinitionError
from yearbook.model.definition import Definition, load_definition

Role = Literal["viewer", "statistician", "lead", "engineer"]
Action = Literal["read", "review", "decide", "sign", "run"]
ROLES: tuple[Role, ...] = get_args(Role)

GRANTS: dict[Role, frozenset[Action]] = {
    "viewer": frozenset({"read"}),
    "statistician": frozenset({"read", "review", "decide"}),
    "lead": frozenset({"read", "review", "sign"}),
    "engineer": frozenset({"read", "run"}),
}
"""Who signs does not decide, unless somebody gave both roles to one person."""


LONGEST_NAME = 200
ADDRESS = r"^[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+$"
"""An address that holds no second one, no line end and nothing else that a mail server would take for more."""


@dataclass(frozen=True)
class Person:
    """Somebody with a name and roles, in all programmes or in those named."""

    name: str
    roles: frozenset[Role] = frozenset()
    programmes: frozenset[str] | None = None
    email: str | None = field(default=None, compare=False)


def may(person: Person, action: Action, programme: str | None = None) -> bool:
    """Whether a person may do something in a programme; without one, in any."""
    if programme is not None and person.programmes is not None and programme not in person.programmes:
        return False
    return any(action in GRANTS[role] for role in person.roles)


def require_person(by: str) -> str:
    """Return who decides or signs, by a name that looks as it is. Raises `DecisionError` for nobody."""
    person = by.strip()
    if not is_name(person):
        raise DecisionError("a decision is somebody's", where="by", fix="say who decides")
    return person


def is_name(text: str) -> bool:
    """Whether somebody may go by that name: nothing in it is hidden."""
    return bool(text) and text.isprintable() and len(text) <= LONGEST_NAME


class NamedPerson(Definition):
    """One person of the file, under the name with which they sign in."""

    roles: list[Role] = Field(min_length=1)
    programmes: list[str] | None = None
    email: str | None = Field(default=None, pattern=ADDRESS)


class PeopleFile(Definition):
    """People by the names with which they sign in."""

    people: dict[str, NamedPerson]


def load_people(path: Path | None) -> dict[str, Person]:
    """Read the file of people, if there is one. Raises `DefinitionError` where it is wrong, missing or not readable."""
    if path is None:
        return {}
    try:
        return _load(path, path.stat().st_mtime_ns if path.exists() else 0)
    except OSError as error:
        raise DefinitionError(
            f"the file of people cannot be read: {error.strerror}",
            where=str(path),
            fix="let YEARBOOK_PEOPLE name a file that the account of this program may read",
        ) from None


@cache
def _load(path: Path, _changed: int) -> dict[str, Person]:
    named = load_definition(path, PeopleFile).people
    return {name: _person(name, one) for name, one in sorted(named.items())}


def _person(name: str, one: NamedPerson) -> Person:
    programmes = None if one.programmes is None else frozenset(one.programmes)
    return Person(name, frozenset(one.roles), programmes, one.email)
