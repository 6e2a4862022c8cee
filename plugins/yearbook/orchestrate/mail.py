"""One message for each run of a DAG, by SMTP through Airflow's connection `smtp_default`.

Without that connection, or without an address in the file of people, nobody is told, and Airflow's log says so. Not its
business: what a message says, and whom it concerns (`notices`).
"""

import logging
from html import escape
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseHook, BaseNotifier
from airflow.sdk.exceptions import AirflowNotFoundException

from yearbook.model.people import Person, load_people
from yearbook.orchestrate.partitions import read_key
from yearbook.settings import Settings

if TYPE_CHECKING:
    from yearbook.notices import Message, Section

CONNECTION = "smtp_default"

log = logging.getLogger(__name__)


class DigestNotifier(BaseNotifier):
    """Tells what a run of one programme's DAG leaves to people; `about` says which of the digests it is."""

    def __init__(self, programme: str, about: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.programme = programme
        self.about = about

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing here is a template; and a DAG's own callback in a local run has nothing to render one with."""

    def notify(self, context: Any) -> None:
        """Send the digest, if there is anything in it and anybody to read it."""
        from yearbook import notices
        from yearbook.orchestrate.tasks import workspace

        # Of several requests in one run, the first speaks for all.
        if self.about == "request" and context["ti"].map_index > 0:
            return
        work, people = workspace(self.programme), named_people()
        year = year_of(context)
        if self.about == "failure" or year is None:
            send(notices.of_failure(work, people, year))
        elif self.about == "checks":
            send(notices.of_checks(work, year, people))
        else:
            send(notices.of_request(work, year, people))


def named_people() -> list[Person]:
    """The people whom the file names."""
    return list(load_people(Settings.from_environment().people).values())


def year_of(context: Any) -> int | None:
    """The year of a run, or None where it has none: a callback knows less than a task."""
    run = context.get("dag_run")
    key = getattr(run, "partition_key", None) or (getattr(run, "conf", None) or {}).get("year")
    return None if key is None else read_key(key)


def send(message: "Message | None") -> None:
    """Send a message, if there is one."""
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    if message is None:
        return
    try:
        BaseHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        log.warning("nobody is told of %s: there is no connection %s", message.subject, CONNECTION)
        return
    with SmtpHook(smtp_conn_id=CONNECTION) as hook:
        hook.send_email_smtp(to=message.to, subject=message.subject, html_content=write_html(message))
    log.info("%s was told: %s", ", ".join(message.to), message.subject)


def write_html(message: "Message") -> str:
    """The message in both languages, one behind the other."""
    return "<hr>".join("".join(_section(one, tag) for one in message.sections) for tag in ("en", "zh"))


def _section(section: "Section", tag: str) -> str:
    lines = "".join(f"<li>{escape(line.get(tag))}</li>" for line in section.lines)
    return f"<h3>{escape(section.title.get(tag))}</h3><ul>{lines}</ul>"
