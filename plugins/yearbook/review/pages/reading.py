"""The pages that show: programmes, a year, findings, records, one of them, the log of decisions."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from yearbook.extract.raw_row import read_raw_row
from yearbook.model.people import may
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.review.pages import answers
from yearbook.review.pages.asking import LEFT, read_query, write_query
from yearbook.review.pages.delivered import read_if_small
from yearbook.review.pages.disposed import list_records, make_record_filter, read_record_query, write_record_query
from yearbook.review.pages.door import MISSING, Site, Visit
from yearbook.review.pages.drafting import find_finding
from yearbook.review.pages.glance import glance_at, years_of
from yearbook.review.pages.journal import make_entry, make_journal
from yearbook.review.pages.links import Links
from yearbook.review.pages.listing import find_next, list_findings, make_filter
from yearbook.review.pages.numbers import read_whole
from yearbook.review.pages.paging import page_links
from yearbook.review.pages.records import look_up, make_record
from yearbook.review.pages.rendering import LANGUAGES, render
from yearbook.review.waiting import find_waiting


def reading(site: Site) -> APIRouter:
    """Routes for whoever may look."""
    router = APIRouter(dependencies=[Depends(site.require("review"))])

    @router.get("/")
    def programmes(request: Request) -> Response:
        """All programmes that the reader may look at."""
        language = site.language(request)
        links = Links(request.scope.get("root_path", "").rstrip("/"), language.tag)
        known = site.person(request)
        listed = [_summary(site, one) for one in site.list_programmes() if may(known, "review", one)]
        html = render(
            "programmes.html",
            language,
            links=links,
            person=known,
            listed=listed,
            style=links.to(answers.STYLE),
            inline_style=None,
            others=[(tag, name, f"{links.root}/?lang={tag}") for tag, name in LANGUAGES.items() if tag != language.tag],
        )
        return HTMLResponse(html)

    @router.get(f"/{answers.STYLE}")
    def style() -> Response:
        """The stylesheet."""
        return answers.style_answer()

    @router.get("/{programme}/findings")
    def findings(request: Request, programme: str) -> Response:
        """Findings that the address asks for."""
        visit = site.visit(request, programme)
        query = read_query(visit.asked)
        listing = list_findings(visit.names, visit.links, query)
        return answers.show(
            visit,
            "findings.html",
            tab="findings",
            year=query.year,
            listing=listing,
            query=query,
            filter=make_filter(visit.names, query),
            pager=page_links(
                query.page,
                listing.pages,
                lambda page: visit.links.findings(programme, **write_query(query, page=page)),
            ),
            here=write_query(query, page=query.page),
            bulk=visit.links.page(programme, "bulk", **write_query(query)),
            assigned=visit.asked.get("assigned", ""),
        )

    @router.get("/{programme}/next")
    def next_finding(request: Request, programme: str) -> Response:
        """Lead on to the finding that follows in the reader's list."""
        visit = site.visit(request, programme)
        return answers.go_to(find_next(visit.names, visit.links, visit.trail))

    @router.get("/{programme}/records")
    def records(request: Request, programme: str) -> Response:
        """Records of a disposition."""
        visit = site.visit(request, programme)
        query = read_record_query(visit.asked)
        listing, asked = list_records(visit.names, visit.links, query), write_record_query(query)
        return answers.show(
            visit,
            "records.html",
            tab="state",
            year=query.year,
            listing=listing,
            query=query,
            filter=make_record_filter(visit.names),
            pager=page_links(
                query.page, listing.pages, lambda page: visit.links.records(programme, **asked, page=page)
            ),
        )

    @router.get("/{programme}/record")
    def record(request: Request, programme: str, dataset: str = "", key: str = "", hash: str = "") -> Response:
        """One record with all that is known of it; of a finding on a year as a whole, the finding."""
        visit = site.visit(request, programme)
        if not key:
            return _show_whole_year(visit, dataset)
        is_raw = "raw" in visit.asked
        view = look_up(visit.names, dataset, key, hash, read_raw=read_raw_row if is_raw else read_if_small)
        if view is None:
            raise HTTPException(MISSING)
        page = make_record(visit.names, visit.links, view, hash, visit.trail.get(LEFT, ""), is_raw=is_raw)
        return answers.show(
            visit,
            "record.html",
            tab="findings",
            year=view.year,
            page=page,
            decisions=[make_entry(visit.names, visit.links, one) for one in page.decisions],
            done=read_whole(visit.asked.get("done", "")),
        )

    @router.get("/{programme}/decisions")
    def decisions(request: Request, programme: str) -> Response:
        """The log of decisions."""
        visit = site.visit(request, programme)
        journal = make_journal(visit.names, visit.links, visit.asked)
        done = read_whole(visit.asked.get("done", ""))
        return answers.show(visit, "decisions.html", tab="decisions", year=None, journal=journal, done=done)

    @router.get("/{programme}/decision")
    def decision(request: Request, programme: str, number: int = 0) -> Response:
        """One decision, whole."""
        visit = site.visit(request, programme)
        found = next((one for one in visit.workspace.catalogue.decisions() if one.id == number), None)
        if found is None:
            raise HTTPException(MISSING)
        entry = make_entry(visit.names, visit.links, found)
        return answers.show(visit, "decision.html", tab="decisions", year=None, entry=entry, error="")

    @router.get("/{programme}/figures")
    def figures(request: Request, programme: str) -> Response:
        """What waits to come into the figures."""
        visit = site.visit(request, programme)
        waiting = find_waiting(visit.workspace)
        return answers.show(
            visit, "figures.html", tab="figures", year=None, changes=None, is_done=False, waiting=waiting, stop=None
        )

    @router.get("/{programme}/{year}")
    def state(request: Request, programme: str, year: str) -> Response:
        """A year at a glance."""
        visit = site.visit(request, programme)
        chosen = next((one for one in years_of(visit.workspace) if year_label(one) == year), None)
        if chosen is None:
            raise HTTPException(MISSING)
        glance = glance_at(visit.workspace, chosen, visit.names.language)
        return answers.show(visit, "state.html", tab="state", year=chosen, glance=glance, unknown=UNKNOWN_YEAR)

    return router


def _show_whole_year(visit: Visit, dataset: str) -> Response:
    """What a rule finds of a year as a whole."""
    finding = find_finding(visit.names, dataset, visit.asked.get("year", ""), "", "", visit.asked.get("rule", ""))
    if finding is None:
        raise HTTPException(MISSING)
    done = read_whole(visit.asked.get("done", ""))
    return answers.show(visit, "whole_year.html", tab="findings", year=finding.year, finding=finding, done=done)


def _summary(site: Site, programme: str) -> tuple[str, dict[str, str], list[int]]:
    """A programme's name, its titles, and its years."""
    workspace = site.open_workspace(programme)
    title = workspace.recipe.programme.title
    return programme, {tag: title.get(tag) for tag in LANGUAGES}, years_of(workspace)
