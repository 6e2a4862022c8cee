"""The tiny programme with doubtful records, collected, checked and computed: something to decide about."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tiny import Tiny, make_tiny
from yearbook.catalogue import Catalogue, Finding
from yearbook.checking import validate, years_with_records
from yearbook.pipeline import Job, collect_all
from yearbook.review.desk import Draft
from yearbook.workspace import Workspace

AT = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
DOUBTFUL = [
    # An unknown country, a day that does not exist, an amount that nobody pays, names that a spreadsheet would run.
    "模拟-x,2024-05-01,2024-06-01,技术开发,S1,亚特兰蒂斯,1,光伏,有效",
    "模拟-y,2024-13-01,2024-06-01,技术开发,S1,中国,2,光伏,有效",
    "模拟-z,2024-05-01,2024-06-01,技术开发,S1,中国,99999999999,光伏,有效",
    "=cmd(),2024-05-01,2024-06-01,技术开发,=1+1,姆大陆,3,光伏,有效",
]
"""All in 万元."""


def make_doubtful(folder: Path) -> Tiny:
    """Write the programme with its doubtful records, and bring it to figures."""
    tiny = make_tiny(folder)
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), *DOUBTFUL, ""]))
    bring_up(tiny.workspace())
    return tiny


def copy_of(tiny: Tiny, folder: Path) -> Workspace:
    """A workspace with a copy of all that the programme wrote, for a test that decides."""
    shutil.copytree(tiny.home, folder / "home")
    workspace = tiny.workspace()
    url = f"sqlite:///{folder}/home/catalogue.sqlite"
    settings = replace(workspace.settings, home=str(folder / "home"), catalogue_url=url)
    return Workspace(settings, workspace.recipe, Catalogue(url, tiny.catalogue().programme))


def bring_up(workspace: Workspace) -> None:
    """Collect, check and compute."""
    collect_all(workspace, ["register"])
    for year in years_with_records(workspace):
        validate(workspace, year)
    for year in workspace.recipe.programme.years:
        Job(workspace, [year]).compute(year)


def finding(workspace: Workspace, record_key: str, rule: str) -> Finding:
    """The one finding of a rule on a record."""
    (found,) = [one for one in workspace.catalogue.findings(rule=rule) if one.record_key == record_key]
    return found


def correction(workspace: Workspace, record_key: str, rule: str, column: str, new_value: str | None) -> Draft:
    """A correction of the record in which a rule finds something."""
    return Draft.of("correct", finding(workspace, record_key, rule), "a typo", column=column, new_value=new_value)
