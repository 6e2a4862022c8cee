"""The forms, and what is done with them: assign, decide, withdraw, bring into the figures.

Every form that is sent is one that these pages wrote for its sender. Not its business: whether a decision can stand
(the desk says so).
"""

from collections.abc import Callable

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from yearbook.catalogue import Finding
from yearbook.errors import YearbookError
from yearbook.model.recipe import year_label
from yearbook.review import desk
from yearbook.review.assigning import assign_findings
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.figures import HeadlineChange, Outlook, preview_figures, preview_pending, redo
from yearbook.review.pages import answers
from yearbook.review.pages.asking import read_asked, read_query, write_query
from yearbook.review.pages.door import MISSING, Site, Visit
from yearbook.review.pages.drafting import (
    Refusal,
    blank_draft,
    explain,
    find_finding,
    make_form,
    read_draft,
)
from yearbook.review.pages.forms import CONFLICT, PREVIEW, Form
from yearbook.review.pages.headlines import list_fates, write_changes
from yearbook.review.pages.journal import make_entry
from yearbook.review.pages.records import look_up
from yearbook.validate.corrections import StoppingDecisionError
from yearbook.workspace import Workspace


def assigning(site: Site) -> APIRouter:
    """Forms for whoever may look: whose a finding is, and what figures would become."""
    router = APIRouter(dependencies=[Depends(site.require("review"))])

    @router.post("/{programme}/assign")
    def assign(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Give findings to a person."""
        visit = site.visit(request, programme)
        chosen = set(form.all("finding"))
        query = read_query(read_asked(dict(form.fields)))
        page = visit.workspace.catalogue.search_findings(query)
        found = [one for one in page.rows if one.identity in chosen]
        if found:
            assign_findings(visit.workspace, found, form.get("assignee"), visit.person.name, site.clock())
        asked = write_query(query, page=query.page, assigned=str(len(found)))
        return answers.go_to(visit.links.findings(programme, **asked))

    @router.post("/{programme}/figures/preview")
    def preview(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Show what the figures become."""
        return _figures(site.visit(request, programme), preview_pending, is_done=False)

    return router


def deciding(site: Site) -> APIRouter:
    """Forms for whoever may decide."""
    router = APIRouter(dependencies=[Depends(site.require("decide"))])

    @router.get("/{programme}/decide")
    def open_form(
        request: Request,
        programme: str,
        dataset: str = "",
        key: str = "",
        hash: str = "",
        rule: str = "",
        year: str = "",
    ) -> Response:
        """The decision form of a record or a finding."""
        visit = site.visit(request, programme)
        finding = find_finding(visit.names, dataset, year, key, hash, rule) if rule else None
        view = look_up(visit.names, dataset, key, hash) if key else None
        draft = blank_draft(view, finding)
        if draft is None or (view is not None and hash not in ("", view.record_hash)):
            raise HTTPException(MISSING)
        return _form(visit, draft, finding)

    @router.post("/{programme}/decide")
    def send_form(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Decide, or show what the figures would become."""
        visit, draft = site.visit(request, programme), read_draft(form)
        finding = None
        if draft.rule:
            finding = find_finding(
                visit.names, draft.dataset, str(draft.year), draft.record_key, draft.record_hash, draft.rule
            )
        try:
            if form.get("act") == PREVIEW:
                outlook = preview_figures(visit.workspace, [draft])
                return _form(visit, draft, finding, outlook=outlook, seen=form.get("seen"))
            (number,) = desk.decide(visit.workspace, [draft], visit.person.name, site.clock())
        except RefusedError as error:
            refusal = explain(visit.names, error, draft, form.get("seen"))
            return _form(visit, draft, finding, refusal=refusal, seen=form.get("seen"), status=CONFLICT)
        except YearbookError as error:
            stop = answers.make_stop(visit, error)
            return _form(visit, draft, finding, stop=stop, seen=form.get("seen"), status=CONFLICT)
        return answers.go_to(_afterwards(visit, draft, number))

    @router.post("/{programme}/decision")
    def withdraw(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Take a decision back."""
        visit, written = site.visit(request, programme), form.get("number")
        found = [one for one in visit.workspace.catalogue.decisions() if str(one.id) == written]
        if not found:
            raise HTTPException(MISSING)
        try:
            desk.withdraw(visit.workspace, found[0].id, visit.person.name, site.clock(), form.get("reason"))
        except YearbookError as error:
            entry = make_entry(visit.names, visit.links, found[0])
            return answers.show(
                visit, "decision.html", status=CONFLICT, tab="decisions", year=None, entry=entry, error=str(error)
            )
        return answers.go_to(visit.links.page(programme, "decision", number=found[0].id))

    @router.post("/{programme}/figures")
    def bring_in(request: Request, programme: str, form: Form = Depends(site.form)) -> Response:
        """Check and compute anew what depends on decisions."""
        return _figures(site.visit(request, programme), redo, is_done=True)

    return router


def _figures(visit: Visit, work: Callable[[Workspace], list[HeadlineChange]], *, is_done: bool) -> Response:
    """The page of the figures after work on them, or what stops it: the decision that is to be withdrawn first."""
    stop, lines = None, None
    try:
        lines = write_changes(visit.names, work(visit.workspace))
    except StoppingDecisionError as error:
        stop = answers.make_stop(visit, error)
    return answers.show(
        visit,
        "figures.html",
        status=CONFLICT if stop else 200,
        tab="figures",
        year=None,
        changes=lines,
        is_done=is_done and stop is None,
        waiting=None,
        stop=stop,
    )


def _form(
    visit: Visit,
    draft: Draft,
    finding: Finding | None,
    *,
    outlook: Outlook | None = None,
    refusal: Refusal | None = None,
    stop: answers.Stop | None = None,
    seen: str | None = None,
    status: int = 200,
) -> Response:
    """The decision form; one that comes back keeps what was seen when it was opened."""
    view = look_up(visit.names, draft.dataset, draft.record_key, draft.record_hash) if draft.record_key else None
    form = make_form(visit.names, draft, finding, view)
    return answers.show(
        visit,
        "decide.html",
        status=status,
        tab="findings",
        year=draft.year,
        form=form,
        year_label=year_label(draft.year),
        changes=write_changes(visit.names, outlook.changes) if outlook else None,
        fates=list_fates(visit.names, outlook.fates) if outlook else [],
        refusal=refusal,
        stop=stop,
        seen=form.seen if seen is None else seen,
    )


def _afterwards(visit: Visit, draft: Draft, number: int) -> str:
    """Where a decision leads: back to the record, or to the finding on the year."""
    more = {} if draft.record_key else {"year": year_label(draft.year), "rule": draft.rule}
    return visit.links.record(
        visit.programme, draft.dataset, draft.record_key, draft.record_hash, done=number, **more, **visit.trail
    )
