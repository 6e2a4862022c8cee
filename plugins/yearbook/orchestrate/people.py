"""Who is calling: a user of Airflow as a person with roles, under Simple auth and under FAB.

The file of people (`YEARBOOK_PEOPLE`) has the last word on whomever it names. Not its business: what a role may do
(`model.people`), and signing in, which is Airflow's.
"""

from typing import Any

from airflow.configuration import conf

from yearbook.model.people import ROLES, Person, Role, load_people
from yearbook.settings import Settings

ALL: tuple[Role, ...] = ROLES
SIMPLE: dict[str, tuple[Role, ...]] = {
    "viewer": ("viewer",),
    "user": ("statistician",),
    "op": ("engineer",),
    "admin": ALL,
}
FAB: dict[str, tuple[Role, ...]] = {
    "Viewer": ("viewer",),
    "User": ("viewer",),
    "Op": ("engineer",),
    "Admin": ALL,
    "YearbookViewer": ("viewer",),
    "YearbookStatistician": ("statistician",),
    "YearbookLead": ("lead",),
    "YearbookEngineer": ("engineer",),
}


def person_of(user: Any) -> Person:
    """The person behind a user of Airflow; one without roles may do nothing."""
    name = str(user.get_name())
    if getattr(user, "is_anonymous", False):
        return Person(name)
    named = load_people(Settings.from_environment().people)
    return named.get(name) or Person(name, frozenset(_roles(user)))


def _roles(user: Any) -> set[Role]:
    if not hasattr(user, "role"):
        return {role for one in user.roles for role in FAB.get(one.name, ())}
    roles = set(SIMPLE.get(str(user.role).lower(), ()))
    # Without sign-in everybody is the same administrator: nobody there can be told from anybody who signs.
    is_open = conf.getboolean("core", "simple_auth_manager_all_admins")
    return roles - {"lead"} if is_open else roles
