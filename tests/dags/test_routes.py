"""Pages inside Airflow, with its own API server: each role on each route under Simple auth, and what nobody sees."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Route, expect

from api import Api, open_api
from routes import ROUTES, look
from tiny import Tiny
from visitor import chromium
from yearbook.errors import DefinitionError
from yearbook.model.people import Person, load_people
from yearbook.orchestrate.engine import Engine
from yearbook.publish.report.assets import read_script
from yearbook.review.pages import create_app
from yearbook.settings import PROJECT

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


def policy_of(answer: Any) -> dict[str, str]:
    """The parts of the policy that an answer comes with."""
    return dict(part.split(maxsplit=1) for part in answer.headers["content-security-policy"].split(";"))


def digest(name: str, assets: Path) -> str:
    return f"'{read_script([assets], name).digest}'"


LOCKED = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}


def test_a_report_may_load_nothing_and_run_our_own_scripts_alone(site: Tiny, api: Api) -> None:
    answer = api.get(REPORT, "vera", "viewer")
    assert answer.content == (site.home / "site/tiny/2024/en.html").read_bytes()
    assert answer.headers["content-type"].startswith("text/html")
    ours = f"{digest('report', PROJECT / 'reports')} {digest('site', PROJECT / 'reports')}"
    assert policy_of(answer) == LOCKED | {"script-src": ours}
    assert policy_of(api.get("/yearbook/reports/", "vera", "viewer"))["script-src"] == ours
    assert policy_of(api.get(f"{REPORT.removesuffix('en.html')}observations.csv", "vera", "viewer")) == LOCKED
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert api.client.post(REPORT, headers=api.headers("ada", "admin")).status_code == 405


def test_the_scripts_of_an_office_stand_for_ours_on_its_own_pages_only(site: Tiny, api: Api) -> None:
    own = site.folder / "include/programmes/tiny/reports"
    (own / "assets").mkdir(parents=True)
    (own / "assets/site.js").write_text("document.title = '局'", encoding="utf-8")
    report, ours = (digest(name, PROJECT / "reports") for name in ("report", "site"))
    allowed = {
        path: policy_of(api.get(f"/yearbook/reports/{path}", "vera", "viewer"))["script-src"]
        for path in ("tiny/en.html", "index.html")
    }
    assert allowed == {"tiny/en.html": f"{report} {digest('site', own)}", "index.html": f"{report} {ours}"}


HOSTILE = "document.title = 'run'"
HELD = base64.b64encode(hashlib.sha256(HOSTILE.encode()).digest()).decode()
AIRFLOW = """\
<iframe title="Reports" width="1200" height="900" src="{path}"
 sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"></iframe>
"""


def test_the_panel_opens_in_the_frame_of_airflow_and_another_script_does_not_run(site: Tiny, api: Api) -> None:
    meta = f"<meta http-equiv='Content-Security-Policy' content=\"script-src 'sha256-{HELD}'\">"
    (site.home / "site/tiny/bad.html").write_text(f"{meta}<title>still</title><script>{HOSTILE}</script>")

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        frame = path.removeprefix("/in-a-frame")
        if frame != path:
            return route.fulfill(content_type="text/html", body=AIRFLOW.format(path=frame))
        answer = api.get(path, "vera", "viewer")
        return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.route("**/*", serve)
        page.goto(f"http://airflow.test/in-a-frame{REPORT}")
        report = page.frame_locator("iframe")
        expect(report.locator(".figure-panel")).to_be_hidden()
        report.locator("td[data-f]").first.click()
        expect(report.locator(".figure-panel")).to_be_visible()
        page.goto("http://airflow.test/yearbook/reports/tiny/bad.html")
        assert page.title() == "still"


WRONG = "people:\n  vera: {roles: [vewer]}\n"


def test_a_wrong_file_of_people_is_told_to_who_is_signed_in(site: Tiny, api: Api, tmp_path: Path) -> None:
    people = tmp_path / "people.yml"
    people.write_text(WRONG, encoding="utf-8")
    with pytest.raises(DefinitionError) as wrong:
        load_people(people)
    assert f"{people}:2" in str(wrong.value)
    for path in (REPORT, REVIEW):
        said = {name: call(api, path, name) for name in ("vera", "ada", "nobody")}
        assert {name: (one.status_code, one.json()) for name, one in said.items()} == {
            "vera": (503, {"detail": str(wrong.value)}),
            "ada": (503, {"detail": str(wrong.value)}),
            "nobody": (401, {"detail": "Not authenticated"}),
        }


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
