"""The year as Airflow's partition key, and the two assets of a programme that carry it from one DAG to the next."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from airflow.sdk import Asset, Param, get_current_context

from yearbook.errors import YearbookError
from yearbook.model.recipe import UNKNOWN_YEAR, year_label

YEAR_PARAMS: dict[str, Any] = {
    "year": Param(
        None,
        type=["null", "integer", "string"],
        title="Year",
        description="The reference year, or `unknown`, where the run has no partition key.",
    ),
}

EDITION_PARAMS: dict[str, Any] = YEAR_PARAMS | {
    "as_of": Param(
        None,
        type=["null", "string"],
        format="date",
        title="As of",
        description="The edition's day of release; the programme's by default.",
    ),
}

PUBLISH_PARAMS: dict[str, Any] = EDITION_PARAMS | {
    "wait": Param(
        True,
        type="boolean",
        title="Wait for signatures",
        description="Where the programme asks for signatures: wait for them here, or stop at once without them.",
    ),
}


def staged(programme: str) -> Asset:
    """The records of a programme as received and typed; a partition is a reference year."""
    return Asset(name=f"{programme}.staged", uri=f"yearbook://{programme}/staged")


def validated(programme: str) -> Asset:
    """The checked records that an edition rests on; a partition is the year of an edition."""
    return Asset(name=f"{programme}.validated", uri=f"yearbook://{programme}/validated")


def keys(years: Iterable[int]) -> list[str]:
    """Partition keys of years, in order."""
    return [year_label(year) for year in sorted(years)]


def read_key(key: object) -> int:
    """Read a partition key: four digits, or `unknown` for records without a readable date."""
    text = str(key).strip()
    if text == year_label(UNKNOWN_YEAR):
        return UNKNOWN_YEAR
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise YearbookError(f"`{text}` is no year", where="partition key", fix="give four digits, or `unknown`")
    return int(text)


def current_year() -> int:
    """The year of the run that calls. Raises `YearbookError` where it was given none: Airflow accepts such a run."""
    context = get_current_context()
    key = context.get("partition_key")
    if key is None:
        key = context["params"].get("year")
    if key is None:
        raise YearbookError(
            "the run has no year",
            where=f"{context['dag'].dag_id}, {context['run_id']}",
            fix="trigger it with a partition key such as 2024, or with the parameter `year`",
        )
    return read_key(key)


def current_run() -> str:
    """The id of the run that calls."""
    return str(get_current_context()["run_id"])


def is_alive(run: str) -> bool:
    """Whether another run of the same DAG has not ended."""
    context = get_current_context()
    return bool(context["ti"].get_dr_count(context["dag"].dag_id, run_ids=[run], states=["queued", "running"]))


def may_wait() -> bool:
    """Whether the run may wait for people."""
    return bool(get_current_context()["params"].get("wait", True))


def current_as_of() -> date | None:
    """The day that the run was told to take for today, or None."""
    text = get_current_context()["params"].get("as_of")
    return date.fromisoformat(text) if text else None
