"""The list of institutions that answered the survey of last year and not this one: whom the office asks again.

The view `non_respondents` says who they are. They are named in an internal file alone. Not its business: the figures on
non-response, and what is imputed, which are indicators.
"""

import fsspec
import pyarrow as pa

from yearbook.compute.engine import Engine
from yearbook.lake.atomic import write_bytes
from yearbook.model.recipe import Recipe
from yearbook.tables import write_csv
from yearbook.workspace import Workspace

LIST = "non_respondents"
"""The view behind the list."""

SURVEY = "institutions"
"""The dataset of which an institution may be missing."""


def has_survey(recipe: Recipe) -> bool:
    """Whether a programme has a survey of institutions to be missing from."""
    return SURVEY in recipe.delivered_datasets()


def list_non_respondents(engine: Engine) -> pa.Table:
    """Return the institutions that are missing, those with the largest value of last year first."""
    order = "value_before desc nulls last, staff_before desc nulls last, institution"
    return engine.fetch(f"select * from {LIST} order by {order}", where=f"{LIST}.sql")


def write_non_response(workspace: Workspace, year: int, rows: pa.Table | None) -> None:
    """Write the list of an edition for spreadsheets; without a survey take away what an earlier run left."""
    path = _file(workspace, year)
    filesystem, target = fsspec.core.url_to_fs(path)
    written = filesystem.cat_file(target) if filesystem.exists(target) else None
    content = None if rows is None else write_csv(rows.column_names, rows.to_pylist())
    if content is not None and content != written:
        write_bytes(path, content)
    elif content is None and written is not None:
        filesystem.rm(target)


def keep_non_response(workspace: Workspace, year: int, reference: str | None) -> None:
    """Write the list that an edition left in the lake, where its file is gone or says something else.

    Something else is the list of a run that was stopped before it recorded its edition.
    """
    write_non_response(workspace, year, None if reference is None else workspace.lake.read(reference))


def _file(workspace: Workspace, year: int) -> str:
    return f"{workspace.settings.programme_home(workspace.programme)}/internal/{year}/non_response.csv"
