"""What Airflow must know of Yearbook besides its DAGs: the timetable, the pages, and who may answer for a signature.

Airflow imports this in every one of its components: what a page needs is imported when somebody asks for the page.
"""

import hmac
from typing import Any

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin

from yearbook.orchestrate.answers import AnswerGate
from yearbook.orchestrate.caller import Closed, person
from yearbook.orchestrate.declared import programmes
from yearbook.orchestrate.pages import REPORTS, REVIEW, mounted, reports, workspace_as_it_is
from yearbook.orchestrate.timetable import YearTimetable


def _review() -> Any:
    """The pages on which statisticians look and decide."""
    from yearbook.review.pages import create_app

    # All servers share this secret of Airflow's; the forms get a key of their own from it.
    secret = conf.get_mandatory_value("api", "secret_key").encode()
    key = hmac.digest(secret, b"forms of the review pages", "sha256")
    return create_app(workspace_as_it_is, person, list_programmes=programmes, key=key)


def _view(name: str, address: str) -> dict[str, Any]:
    """An entry of Airflow's navigation that shows one of our pages."""
    route = address.strip("/").replace("/", "-")
    href = mounted(f"{address}/")
    return {"name": name, "href": href, "destination": "nav", "url_route": route, "category": "Yearbook"}


class YearbookPlugin(AirflowPlugin):
    """Registers Yearbook with every component of Airflow."""

    name = "yearbook"
    timetables = [YearTimetable]  # noqa: RUF012 (Airflow's own form)
    fastapi_apps = [  # noqa: RUF012
        {"name": "Yearbook reports", "app": Closed(reports, "read"), "url_prefix": REPORTS},
        {"name": "Yearbook review", "app": Closed(_review, "review"), "url_prefix": REVIEW},
    ]
    fastapi_root_middlewares = [{"name": "Yearbook sign-off", "middleware": AnswerGate}]  # noqa: RUF012
    external_views = [_view("Reports", REPORTS), _view("Review", REVIEW)]  # noqa: RUF012
