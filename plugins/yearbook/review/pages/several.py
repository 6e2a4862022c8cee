"""One decision on many records: the form, what it would be, and the decision if that is still so.

Not its business: choosing and laying out (`review.bulk`).
"""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from yearbook.errors import DecisionError, SeveralErrors
from yearbook.review import desk
from yearbook.review.bulk import Bulk, decide_bulk, preview_bulk
from yearbook.review.figures import Outlook, preview_figures
from yearbook.review.pages import answers
from yearbook.review.pages.asking import read_asked, read_query, write_query
from yearbook.review.pages.door import Site, Visit
from yearbook.review.pages.forms import BAD, CONFLICT, PREVIEW, Form
from yearbook.review.pages.headlines import list_fates, write_changes
from yearbook.review.pages.listing import list_findings

MOST_SHOWN = 20
KINDS = ("waive", "hold", "exclude")


def deciding_on_many(site: Site) -> APIRouter:
    """Routes for whoever may decide."""
    router = APIRouter(dependencies=[Depends(site.require("decide"))])

    @router.get("/{programme}/bulk")
    def open_bulk(request: Request, programme: str) -> Response:
        """The form of one decision on many records."""
        visit = site.visit(request, programme)
        return _bulk(visit, visit.asked, Form())

    @router.post("/{programme}/bulk")
    def send_bulk(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Show what a decision on many records would be; then make it, if it is still the same."""
        visit = site.visit(request, programme)
        asked = read_asked(dict(form.fields))
        if form.get("kind") not in KINDS:
            raise HTTPException(BAD)
        try:
            bulk = _lay_out(visit, asked, form)
            if form.get("act") == PREVIEW:
                return _bulk(visit, asked, form, bulk=bulk)
            if form.get("batch") != bulk.batch:
                return _bulk(visit, asked, form, bulk=bulk, is_other=True, status=CONFLICT)
            decide_bulk(visit.workspace, bulk, visit.person.name, site.clock())
        except (DecisionError, SeveralErrors) as error:
            return _bulk(visit, asked, form, stop=answers.make_stop(visit, error), status=CONFLICT)
        return answers.go_to(visit.links.page(programme, "decisions", batch=bulk.batch, done=bulk.count))

    return router


def _lay_out(visit: Visit, asked: dict[str, str], form: Form) -> Bulk:
    kind = form.get("kind")
    return preview_bulk(
        visit.workspace,
        read_query(asked),
        kind,  # type: ignore[arg-type]
        form.get("reason"),
        until=form.get("until") or None if kind == "waive" else None,
    )


def _bulk(
    visit: Visit,
    asked: dict[str, str],
    form: Form,
    *,
    bulk: Bulk | None = None,
    is_other: bool = False,
    stop: answers.Stop | None = None,
    status: int = 200,
) -> Response:
    query = read_query({**asked, "state": "open"}, size=MOST_SHOWN)
    listing = list_findings(visit.names, visit.links, query)
    outlook = preview_figures(visit.workspace, bulk.drafts) if bulk and bulk.drafts else Outlook([], [])
    return answers.show(
        visit,
        "bulk.html",
        status=status,
        tab="findings",
        year=query.year,
        listing=listing,
        query=query,
        asked=write_query(query),
        back=visit.links.findings(visit.programme, **write_query(query)),
        kinds=KINDS,
        most=desk.MOST_AT_ONCE,
        given={name: form.get(name) for name in ("kind", "reason", "until")},
        bulk=bulk,
        is_other=is_other,
        changes=write_changes(visit.names, outlook.changes),
        fates=list_fates(visit.names, outlook.fates),
        stop=stop,
    )
