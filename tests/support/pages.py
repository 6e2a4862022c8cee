"""The review pages in this process, and people who call them: named by a header, with the roles that they have."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.testclient import TestClient

from desk import AT
from yearbook.model.people import Person
from yearbook.review.pages import create_app
from yearbook.workspace import Workspace

KEY = b"a key that only this test knows.."
HEADER = "x-caller"
PEOPLE = {
    "vera": Person("vera", frozenset({"viewer"})),
    "stan": Person("stan", frozenset({"statistician"})),
    "lea": Person("lea", frozenset({"lead"})),
    "ed": Person("ed", frozenset({"engineer"})),
    "otto": Person("otto", frozenset({"statistician"}), frozenset({"other"})),
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def caller(request: Request) -> Person:
    """Who calls; raises 401 for nobody."""
    name = request.headers.get(HEADER, "")
    if name not in PEOPLE:
        raise HTTPException(401)
    return PEOPLE[name]


def make_app(workspace: Workspace, who: Callable[[Request], Person] = caller, at: datetime = AT) -> FastAPI:
    """The pages over one programme, as of a moment."""
    return create_app(
        lambda _: workspace,
        who,
        list_programmes=lambda: [workspace.programme],
        key=KEY,
        settings=lambda: workspace.settings,
        clock=lambda: at,
    )


@dataclass(frozen=True)
class Reader:
    """Somebody at the pages."""

    client: TestClient
    name: str | None = "stan"

    @classmethod
    def of(cls, workspace: Workspace, name: str | None = "stan", at: datetime = AT) -> "Reader":
        return cls(TestClient(make_app(workspace, at=at), follow_redirects=False), name)

    def called(self, name: str | None) -> "Reader":
        return replace(self, name=name)

    def get(self, path: str, **query: object) -> Any:
        return self.client.get(path, params={"lang": "en"} | query, headers=self._headers)

    def follow(self, address: str) -> Any:
        """Open an address as a page gives it."""
        return self.client.get(address, headers=self._headers)

    def post(self, path: str, fields: dict[str, Any]) -> Any:
        return self.client.post(f"{path}?lang=en", data=fields, headers=self._headers)

    def form(self, path: str, **query: object) -> dict[str, str]:
        """The hidden fields of the forms of a page."""
        page = self.get(path, **query)
        assert page.status_code == 200, page.text
        return {name: html.unescape(value) for name, value in HIDDEN.findall(page.text)}

    @property
    def _headers(self) -> dict[str, str]:
        return {HEADER: self.name} if self.name else {}
