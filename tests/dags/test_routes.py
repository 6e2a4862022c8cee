"""Pages inside Airflow, with its own API server: each role on each route under Simple auth, and what nobody sees."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from api import Api, open_api
from routes import ROUTES, look
from tiny import Tiny
from yearbook.model.people import Person
from yearbook.orchestrate.engine import Engine
from yearbook.review.pages import create_app

PEOPLE = """\
people:
  lea: {roles: [lead]}
  both: {roles: [lead, statistician]}
  luke: {roles: [lead], programmes: [other]}
"""
CALLERS = {
    "nobody": None,
    "vera": "viewer",
    "stan": "user",
    "ed": "op",
    "ada": "admin",
    "lea": "viewer",
    "luke": "admin",
    "odd": "none",
}
REPORT, REVIEW = "/yearbook/reports/tiny/2024/en.html", "/yearbook/review/"
MAY = {
    "vera": {"read"},
    "stan": {"read", "review", "decide"},
    "ed": {"read"},
    "ada": {"read", "review", "decide", "sign"},
    "lea": {"read", "review", "sign"},
    "odd": set(),
    "nobody": set(),
}
ALLOWED = {
    "/yearbook/reports/": {"vera": 200, "stan": 200, "ed": 200, "ada": 200, "lea": 200, "luke": 200},
    REPORT: {"vera": 200, "stan": 200, "ed": 200, "ada": 200, "lea": 200, "luke": 403},
    "/yearbook/reports/nothing.html": {"vera": 404, "stan": 404, "ed": 404, "ada": 404, "lea": 404, "luke": 404},
    REVIEW: {"stan": 200, "ada": 200, "lea": 200, "luke": 200},
    f"{REVIEW}tiny/findings": {"stan": 200, "ada": 200, "lea": 200},
    f"{REVIEW}no_such/findings": {"stan": 404, "ada": 404, "lea": 404},
}


@pytest.fixture(scope="module")
def api(engine: Engine) -> Api:
    engine.start()
    return open_api()


@pytest.fixture
def site(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A programme with a published report, and a secret beside the site."""
    (tmp_path / "people.yml").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("YEARBOOK_PEOPLE", str(tmp_path / "people.yml"))
    assert tiny.yearbook("run").exit_code == 0
    (tiny.home / "site/.hidden").write_text("secret")
    (tiny.home / "site/out.html").symlink_to(tiny.home / "tiny/internal/2024/observations.csv")
    return tiny


def test_each_role_on_each_route(site: Tiny, api: Api) -> None:
    found = {name: look(api.client, headers(api, name)) for name in MAY}
    assert found == {name: {"may": may, "odd": set()} for name, may in MAY.items()}


def test_no_route_is_forgotten(site: Tiny) -> None:
    app = create_app(lambda _: site.workspace(), lambda _: Person("stan"), key=b"k" * 32)
    served = {(method, route.path) for route in app.routes if isinstance(route, APIRoute) for method in route.methods}
    named = {(method, f"{REVIEW}{path[1:]}".format(programme="tiny", year="2024")) for method, path in served}
    assert named <= set(ROUTES)


@pytest.mark.parametrize("path", ALLOWED)
def test_a_person_of_another_programme_sees_nothing_of_this_one(path: str, site: Tiny, api: Api) -> None:
    statuses = {name: call(api, path, name).status_code for name in CALLERS}
    expected = {name: ALLOWED[path].get(name, 403) for name in CALLERS} | {"nobody": 401}
    assert statuses == expected


def call(api: Api, path: str, name: str) -> Any:
    return api.client.get(path, headers=headers(api, name), follow_redirects=False)


def headers(api: Api, name: str) -> dict[str, str]:
    role = CALLERS[name]
    return {} if role is None else api.headers(name, role)


@pytest.mark.parametrize(
    "path",
    [
        "%2e%2e/tiny/internal/2024/observations.csv",
        "..%2ftiny/internal/2024/observations.csv",
        "tiny/%2e%2e/%2e%2e/catalogue.sqlite",
        "tiny//2024/en.html",
        "%2Fetc%2Fpasswd",
        "..\\tiny\\internal",
        "tiny/2024/en.html%00.txt",
        ".hidden",
        "out.html",
        "tiny/2024",
        "tiny",
    ],
)
def test_nothing_but_files_of_the_site_is_served(path: str, site: Tiny, api: Api) -> None:
    assert api.get(f"/yearbook/reports/{path}", "vera", "viewer").status_code == 404


def test_a_report_may_load_and_run_nothing(site: Tiny, api: Api) -> None:
    answer = api.get(REPORT, "vera", "viewer")
    assert answer.content == (site.home / "site/tiny/2024/en.html").read_bytes()
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert api.client.post(REPORT, headers=api.headers("ada", "admin")).status_code == 405


def test_the_cookie_of_the_pages_lets_in_as_a_token_does(site: Tiny, api: Api) -> None:
    token = api.headers("vera", "viewer")["Authorization"].removeprefix("Bearer ")
    for value, status in ((token, 200), (token[:-3] + "abc", 403), ("", 401)):
        assert api.client.get(REPORT, headers={"Cookie": f"_token={value}"}).status_code == status


def test_airflow_shows_the_pages_in_its_navigation(api: Api) -> None:
    plugins = api.get("/api/v2/plugins", "ada", "admin").json()["plugins"]
    [ours] = [one for one in plugins if one["name"] == "yearbook"]
    assert [(view["name"], view["href"]) for view in ours["external_views"]] == [
        ("Reports", "/yearbook/reports/"),
        ("Review", "/yearbook/review/"),
    ]
