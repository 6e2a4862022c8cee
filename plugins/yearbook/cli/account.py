"""In whose name a command writes: that of the account that runs it, wherever people are named.

Not its business: what a role may do (`model.people`), and who is signed in to Airflow (`orchestrate`).
"""

import getpass
import os
import sys
from dataclasses import dataclass

from yearbook.errors import DecisionError, SignOffError, YearbookError
from yearbook.model.people import Action, Person, Role, load_people, may
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class Deed:
    """What is done in somebody's name, and whose it is to do."""

    action: Action
    words: str
    role: Role
    error: type[YearbookError]


DECIDING = Deed("decide", "decide in", "statistician", DecisionError)
SIGNING = Deed("sign", "sign", "lead", SignOffError)


@dataclass(frozen=True)
class Actor:
    """Who does something, and the account from which."""

    name: str
    account: str

    @property
    def through(self) -> str:
        """What the run log is to say beside the name; empty where it is the account's own."""
        return "" if self.name == self.account else f"the account {self.account}"


def actor(workspace: Workspace, by: str | None, deed: Deed) -> Actor:
    """The person named, or whoever runs the command.

    Where there is a file of people, who may do this does it, and in their own name; elsewhere the computer's rights are
    the limit, and a name is what somebody says. Raises `DecisionError` or `SignOffError`.
    """
    account = login()
    name = by or account
    if workspace.settings.people is None:
        return Actor(name, account)
    people, where = load_people(workspace.settings.people), str(workspace.settings.people)
    own = "from an account of that name on this computer, or in Airflow"
    if name != account:
        raise deed.error(f"{account} cannot {deed.action} as {name}", where=where, fix=f"{name} {deed.action}s {own}")
    if not may(people.get(name, Person(name)), deed.action, workspace.programme):
        raise deed.error(
            f"{name} may not {deed.words} {workspace.programme}",
            where=where,
            fix=f"a person named there with the role `{deed.role}` {deed.action}s, {own}",
        )
    return Actor(name, account)


def login() -> str:
    """The account that this process runs under. What the environment says of it (`LOGNAME`) is anybody's to write."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
