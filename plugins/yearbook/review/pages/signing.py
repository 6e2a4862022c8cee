"""The page of an edition that is to be signed: its key figures on the site and now, for who reviews and who signs.

Whoever may sign may review. Airflow's own request shows no figure, since everybody there may read it. Not its business:
the answer (`orchestrate.answers`), and what is shown (`statement`).
"""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from yearbook.review.pages import answers
from yearbook.review.pages.door import MISSING, Site
from yearbook.review.pages.numbers import read_whole
from yearbook.signoff import blocking, valid_signatures
from yearbook.statement import make_statement


def signing(site: Site) -> APIRouter:
    """The route for whoever may look."""
    router = APIRouter(dependencies=[Depends(site.require("review"))])

    @router.get("/{programme}/{year}/signing")
    def edition(request: Request, programme: str, year: str) -> Response:
        """An edition as a signer sees it."""
        visit = site.visit(request, programme)
        chosen, work = read_whole(year), visit.workspace
        if chosen not in work.recipe.programme.years:
            raise HTTPException(MISSING)
        statement = make_statement(work, chosen)
        rule = work.recipe.programme.required_sign_off
        holding = {one.digest for one in valid_signatures(work, chosen)}
        return answers.show(
            visit,
            "signing.html",
            tab="state",
            year=chosen,
            statement=statement,
            rule=rule,
            blocking=len(blocking(work, chosen)) if rule else 0,
            signatures=[(one, one.digest in holding) for one in work.catalogue.signatures(chosen)],
        )

    return router
