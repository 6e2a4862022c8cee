"""The page that leads from a figure down to its records, and from a record up to the figures that it touches.

Asked anew each time: nothing of it is kept. Not its business: how it is found out (`compute.tracing`).
"""

from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from yearbook.compute.origins import find_origins
from yearbook.compute.tracing import Touched, Traced, full_key, measured_datasets, trace_figure, trace_record
from yearbook.review.pages import answers
from yearbook.review.pages.cells import bounded
from yearbook.review.pages.door import MISSING, Site, Visit
from yearbook.validate.keys import key_text

MOST_WORLDS = 60
"""A reader waits for the answer: seconds, and in the demonstration never over 20 of computing, as for a record. The
command line asks on."""
MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One record: its key, the fields that the figure measures, and its page."""

    key: str
    year: int
    cells: list[str]
    place: str
    link: str


def tracing(site: Site) -> APIRouter:
    """The route, for whoever may look."""
    router = APIRouter(dependencies=[Depends(site.require("review"))])

    @router.get("/{programme}/trace")
    def trace(
        request: Request, programme: str, figure: str = "", dataset: str = "", key: str = "", year: int = 0
    ) -> Response:
        """What a figure is made of, or what a record touches."""
        visit = site.visit(request, programme)
        if dataset and dataset not in visit.workspace.recipe.datasets:
            raise HTTPException(MISSING)
        if figure:
            return _down(visit, figure, dataset)
        if not (dataset and key):
            raise HTTPException(MISSING)
        return _up(visit, dataset, key, year)

    return router


def _down(visit: Visit, figure: str, dataset: str) -> Response:
    folder = visit.workspace.recipe.indicators[full_key(visit.workspace.recipe, figure)["indicator"]]
    traced = trace_figure(visit.workspace, figure, dataset or None, most=MOST_WORLDS)
    fields = folder.definition.fields.get(traced.dataset, [])
    return answers.show(
        visit,
        "trace.html",
        tab="figures",
        year=traced.row["year"],
        figure=traced.figure,
        title=folder.definition.title.get(visit.names.language.tag),
        traced=traced,
        datasets=[name for name in measured_datasets(folder) if name != traced.dataset],
        heads=[visit.names.field(traced.dataset, name) for name in fields],
        lines=_lines(visit, traced, fields),
        touched=[],
        all_touched=0,
        record="",
        dataset=traced.dataset,
    )


def _lines(visit: Visit, traced: Traced, fields: list[str]) -> list[Line]:
    records = traced.records[:MOST_LINES]
    key = visit.workspace.recipe.datasets[traced.dataset].key
    origins = find_origins(visit.workspace, traced.row["year"], traced.dataset, records)
    return [
        Line(
            key=(name := key_text(key, record)),
            year=one.year,
            cells=[bounded("" if record[field] is None else str(record[field])) for field in fields],
            place=f"{one.file.rsplit('/', 1)[-1]}, {one.row}",
            link=visit.links.record(visit.programme, traced.dataset, name, one.record_hash),
        )
        for one, record in zip(origins, records, strict=True)
    ]


def _up(visit: Visit, dataset: str, record: str, year: int) -> Response:
    key = visit.workspace.recipe.datasets[dataset].key
    touched: list[Touched] = trace_record(visit.workspace, year, dataset, lambda row: key_text(key, row) == record)
    return answers.show(
        visit,
        "trace.html",
        tab="figures",
        year=year,
        figure="",
        title="",
        traced=None,
        datasets=[],
        heads=[],
        lines=[],
        touched=touched[:MOST_LINES],
        all_touched=len(touched),
        record=record,
        dataset=dataset,
    )
