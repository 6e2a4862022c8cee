"""Sign an edition without Airflow: look at what is signed, and say so by typing its year."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from yearbook.cli.account import SIGNING, actor
from yearbook.cli.common import ProgrammeOption, console, open_programme, teaching
from yearbook.errors import SignOffError
from yearbook.workspace import Workspace


def sign(
    year: Annotated[int, typer.Option("--year", "-y", help="The edition.")],
    programme: ProgrammeOption = "demo",
    by: Annotated[str | None, typer.Option("--by", help="Who signs; the user of this computer by default.")] = None,
    digest: Annotated[
        str | None, typer.Option("--digest", help="Sign what has this digest, and ask nothing; see --show.")
    ] = None,
    statement: Annotated[str, typer.Option("--statement", help="What the signer wants to be kept with it.")] = "",
    show: Annotated[bool, typer.Option("--show", help="Only show what would be signed, and who has signed.")] = False,
) -> None:
    """Show what an edition would publish, and sign it."""
    with teaching():
        from yearbook import signoff
        from yearbook.statement import make_statement

        workspace = open_programme(programme)
        seen = make_statement(workspace, year)
        console.print(seen.markdown, markup=False, highlight=False)
        _show_signatures(workspace, year)
        if show:
            return
        signer = actor(workspace, by, SIGNING)
        if digest is None:
            signoff.require_signable(workspace, year, seen.digest.digest, signer.name)
            _confirm(year)
        seen_digest, now = digest or seen.digest.digest, datetime.now(UTC)
        signoff.sign(workspace, year, seen_digest, signer.name, now, statement, f"the account {signer.account}")
        missing = signoff.missing_signatures(workspace, year)
        more = f"; {missing} more to sign before it may be published" if missing else "; it may be published"
        console.print(f"{signer.name} signed {programme} {year}{more}", markup=False, highlight=False)


def _show_signatures(workspace: Workspace, year: int) -> None:
    from yearbook.signoff import valid_signatures

    holding = {one.digest for one in valid_signatures(workspace, year)}
    for one in workspace.catalogue.signatures(year):
        state = "holds" if one.digest in holding else "holds no longer: something signed has changed"
        line = f"signed by {one.signed_by}, {one.signed_at:%Y-%m-%d}: {state}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _confirm(year: int) -> None:
    typed = typer.prompt(f"Type {year} to sign, anything else to leave it", default="", show_default=False)
    if typed.strip() != str(year):
        raise SignOffError("nothing was signed", where="what was typed", fix=f"type {year} to sign")
