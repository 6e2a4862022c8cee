"""Sign an edition without Airflow: look at what is signed, and say so by typing its year."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from yearbook.cli.account import SIGNING, actor
from yearbook.cli.common import ProgrammeOption, console, count, open_programme, teaching
from yearbook.errors import SignOffError, printable
from yearbook.workspace import Workspace

SHORT = 12
SOMEBODY = "somebody"
"""Who would sign, where it is only asked whether anybody could."""


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
            _show_what_is_missing(workspace, year, seen.digest.digest, by or SOMEBODY)
            return
        if digest not in (None, seen.digest.digest):
            raise _other_digest(workspace, year, str(digest), seen.digest.digest)
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


def _show_what_is_missing(workspace: Workspace, year: int, digest: str, by: str) -> None:
    from yearbook import signoff

    missing = signoff.missing_signatures(workspace, year)
    lines = [f"{count(missing, 'signature')} missing"] if missing else ["no signature is missing"]
    try:
        signoff.require_signable(workspace, year, digest, by)
    except SignOffError as error:
        lines.append(f"cannot be signed: {error.what}; {error.fix}")
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _other_digest(workspace: Workspace, year: int, given: str, now: str) -> SignOffError:
    """Of a digest that was signed once something has changed; of any other it cannot be known."""
    was_signed = given in {one.digest for one in workspace.catalogue.signatures(year)}
    short = printable(given[:SHORT]) + ("…" if len(given) > SHORT else "")
    return SignOffError(
        f"what had the digest {short} has changed since"
        if was_signed
        else f"`{short}` is not the digest of what stands now, {now[:SHORT]}…",
        where=f"{workspace.programme} {year}",
        fix=f"look again: `yearbook sign --programme {workspace.programme} --year {year} --show`",
    )


def _confirm(year: int) -> None:
    typed = typer.prompt(f"Type {year} to sign, anything else to leave it", default="", show_default=False)
    if typed.strip() != str(year):
        raise SignOffError("nothing was signed", where="what was typed", fix=f"type {year} to sign")
