"""Sign-off: who may sign an edition and when, and whether it has what its programme asks for.

`require_signable` alone says whether it may be signed, `require_signed` alone whether it may be published. A signature
holds for a digest (`signed`): when anything under it changes, it holds no longer, and nobody has to withdraw it. Not
its business: asking people (`orchestrate`, `cli`), what they are shown (`statement`), who may sign at all
(`model.people`).
"""

from collections import Counter
from dataclasses import asdict
from datetime import date, datetime

from yearbook.bearing import bearing
from yearbook.catalogue import Finding, Signature
from yearbook.errors import SignOffError
from yearbook.model.people import require_person
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.publish.imprint import Imprint, Reason
from yearbook.signed import PARTS, Digest, digest_of, edition_of, refusal, require_current
from yearbook.workspace import LEASE_WAIT_SECONDS, RUN, Workspace

NAMED_FINDINGS = 3
NAMED_FORMS = 3
LONGEST_STATEMENT = 2_000
ALL_RUNS = 1_000_000


def sign(
    workspace: Workspace, year: int, digest: str, by: str, at: datetime, statement: str = "", through: str = "Airflow"
) -> None:
    """Sign an edition under the digest that was seen. Raises `SignOffError` where this may not be.

    `through` is where the signer was known: it goes into the run log.
    """
    if len(statement) > LONGEST_STATEMENT or not all(one.isprintable() or one in "\r\n\t" for one in statement):
        fix = f"write at most {LONGEST_STATEMENT:,} characters that can be printed"
        raise refusal(workspace, year, "what is to be kept with the signature cannot be kept", fix)
    with workspace.catalogue.lease(year_label(year), wait_seconds=LEASE_WAIT_SECONDS):
        now = require_signable(workspace, year, digest, by)
        person = require_person(by)
        workspace.catalogue.record_signature(
            Signature(year, now.digest, **asdict(now), signed_by=person, signed_at=at, statement=statement)
        )
    message = f"{person} signed {now.digest[:12]}, through {through}"
    workspace.catalogue.log(RUN, "done", "sign", year=year, rows=1, seconds=0.0, message=message)


def require_signable(workspace: Workspace, year: int, digest: str, by: str) -> Digest:
    """Return what would be signed. Raises `SignOffError` where `by` may not sign it, or not now."""
    person, now = require_person(by), digest_of(workspace, year)
    if digest != now.digest:
        raise refusal(workspace, year, "what was to be signed has changed since", "look at it again, and sign that")
    require_current(workspace, year)
    if found := blocking(workspace, year):
        raise _blocked(workspace, year, found)
    if person in {one.signed_by for one in _given_for(workspace, year, now)}:
        raise refusal(workspace, year, f"{person} has signed this already", "another person signs beside")
    rule = workspace.recipe.programme.required_sign_off
    if rule is not None and rule.not_the_corrector and person in deciders(workspace, year):
        raise refusal(workspace, year, f"{person} has decided about records of {year}", "somebody else signs")
    return now


def require_signed(workspace: Workspace, year: int, as_of: date | None = None) -> list[Signature]:
    """Return the signatures under an edition as it is now; none where its programme asks for none.

    Raises `SignOffError` where they are not what the programme asks for, where what they are under is not the state of
    now, where it would be published as of another day, or where a finding about the year's records as a whole blocks
    it, in any programme.
    """
    is_asked = workspace.recipe.programme.required_sign_off is not None
    found = blocking(workspace, year)
    if stopping := found if is_asked else [one for one in found if not one.record_key]:
        raise _blocked(workspace, year, stopping)
    if not is_asked:
        return valid_signatures(workspace, year)
    if as_of is not None and as_of.isoformat() != edition_of(workspace, year).as_of:
        what = f"the figures of {year} are as of {edition_of(workspace, year).as_of}, and not of {as_of}"
        raise refusal(workspace, year, what, "compute them as of the other day, and sign that")
    require_current(workspace, year)
    if missing_signatures(workspace, year):
        raise _unsigned(workspace, year)
    return valid_signatures(workspace, year)


def blocking(workspace: Workspace, year: int) -> list[Finding]:
    """Critical findings of the year that nobody has worked off, those of records without a date among them."""
    return [finding for one in (UNKNOWN_YEAR, year) for finding in workspace.catalogue.open_findings(one, "critical")]


def deciders(workspace: Workspace, year: int) -> set[str]:
    """Who decided about a record of the year, or about one without a date: made what is in force, or took back."""
    names: set[str] = set()
    for one in bearing(workspace, workspace.catalogue.decisions(), (UNKNOWN_YEAR, year)):
        if one.state == "active":
            names.add(one.decided_by)
        elif one.withdrawn_by:
            names.add(one.withdrawn_by)
    return names


def valid_signatures(workspace: Workspace, year: int) -> list[Signature]:
    """The signatures that hold for an edition as it is now, in their order."""
    if not workspace.catalogue.signatures(year):
        return []
    return _given_for(workspace, year, digest_of(workspace, year))


def missing_signatures(workspace: Workspace, year: int) -> int:
    """How many more people have to sign an edition before it may be published."""
    rule = workspace.recipe.programme.required_sign_off
    if rule is None or (rule.skip_when_nothing_blocks and not _was_ever_doubtful(workspace, year)):
        return 0
    return max(0, rule.signers - len(valid_signatures(workspace, year)))


def published_day(workspace: Workspace, year: int, asked: date | None) -> date:
    """The day as of which an edition is published: where people sign, that of its figures, unless another is asked."""
    if workspace.recipe.programme.required_sign_off is None or asked is not None:
        return workspace.recipe.programme.release_date(year, asked)
    return date.fromisoformat(edition_of(workspace, year).as_of)


def imprint_of(workspace: Workspace, year: int, as_of: date) -> Imprint:
    """What an edition says of its signatures. Raises `SignOffError` where it may not be published."""
    signatures = require_signed(workspace, year, as_of)
    reason: Reason = "nothing_blocked" if workspace.recipe.programme.required_sign_off else "not_asked"
    last = max((one.signed_at.date().isoformat() for one in signatures), default=None)
    return Imprint(
        reason="signed" if signatures else reason,
        signatures=len(signatures),
        signed_on=last,
        digest=signatures[-1].digest if signatures else None,
    )


def _given_for(workspace: Workspace, year: int, now: Digest) -> list[Signature]:
    return [one for one in workspace.catalogue.signatures(year) if one.digest == now.digest]


def _was_ever_doubtful(workspace: Workspace, year: int) -> bool:
    """Whether anything ever had to be decided: what somebody waved through blocks no longer, and is to be signed."""
    years = (UNKNOWN_YEAR, year)
    if blocking(workspace, year) or any(one.critical for one in workspace.catalogue.finding_runs(years, ALL_RUNS)):
        return True
    return bool(bearing(workspace, workspace.catalogue.decisions(), years))


def _blocked(workspace: Workspace, year: int, found: list[Finding]) -> SignOffError:
    rules = list(dict.fromkeys(f"{one.dataset}, {one.rule}" for one in found))
    named = "; ".join(rules[:NAMED_FINDINGS]) + ("; …" if len(rules) > NAMED_FINDINGS else "")
    counts = sorted(Counter(one.year for one in found).items(), reverse=True)
    what = " and ".join(f"{count:,} critical finding{'s' * (count > 1)} {_about(place)}" for place, count in counts)
    asked = f"yearbook findings --programme {workspace.programme} --severity critical --state open --year"
    lists = " and ".join(f"`{asked} {year_label(place)}`" for place, _ in counts)
    fix = f"decide about them, then validate again; to list them: {lists}"
    return refusal(workspace, year, f"{what} not worked off ({named})", fix)


def _about(place: int) -> str:
    return "about records without a readable date" if place == UNKNOWN_YEAR else f"of {place}"


def _unsigned(workspace: Workspace, year: int) -> SignOffError:
    rule, given = workspace.recipe.programme.required_sign_off, workspace.catalogue.signatures(year)
    count = len(valid_signatures(workspace, year))
    has = f"{count} of {rule.signers} signatures" if rule and count else "no signature"
    why = ""
    if given and not count:
        why = f"; {given[-1].signed_by} signed, but {_changes(workspace, given[-1])} changed since"
    return refusal(
        workspace,
        year,
        f"the edition {year} has {has} that holds{why}",
        f"`yearbook sign --programme {workspace.programme} --year {year}`, or answer `{workspace.programme}.publish` "
        "in Airflow",
    )


def _changes(workspace: Workspace, signature: Signature) -> str:
    if not signature.forms_sha256:
        return "what a signature covers"
    digest = digest_of(workspace, signature.year)
    now = asdict(digest)
    changed = [name.en for part, name in PARTS.items() if now[part] != getattr(signature, part)]
    if digest.forms_sha256 != signature.forms_sha256:
        changed[-1] += f" ({_other_forms(signature.forms, digest.forms)})"
    return " and ".join([", ".join(changed[:-1]), changed[-1]] if len(changed) > 1 else changed)


def _other_forms(before: dict[str, str], now: dict[str, str]) -> str:
    """The files of which a report's words and forms are others than they were, those that came or went among them."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    more = f" and {len(names) - NAMED_FORMS} more" if len(names) > NAMED_FORMS else ""
    return ", ".join(names[:NAMED_FORMS]) + more
