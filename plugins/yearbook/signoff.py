"""Sign-off: what a signature covers, who may give it, and whether an edition has what its programme asks for.

A signature holds for a digest. When anything under the digest changes, it holds no longer; nobody has to withdraw it.
Not its business: asking people (`orchestrate`, `cli`), what they are shown (`statement`), and who may sign at all
(`model.people`).
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from yearbook.catalogue import Edition, Finding, Signature
from yearbook.errors import SignOffError
from yearbook.lake.hashing import fingerprint
from yearbook.model.programme import SignOff
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.publish.imprint import Imprint, Reason
from yearbook.workspace import LEASE_WAIT_SECONDS, Workspace

PARTS = {
    "inputs_sha256": "records",
    "rules_sha256": "rules",
    "decisions_sha256": "decisions",
    "observations_sha256": "figures",
}
NAMED_FINDINGS = 3


@dataclass(frozen=True)
class Digest:
    """Hashes of all that is signed: the records, the rules, the decisions in force, the figures."""

    inputs_sha256: str
    rules_sha256: str
    decisions_sha256: str
    observations_sha256: str

    @property
    def digest(self) -> str:
        """One hash over the four."""
        return fingerprint(asdict(self))


def digest_of(workspace: Workspace, year: int) -> Digest:
    """Hash an edition as it is now. Raises `SignOffError` where its figures are not computed."""
    edition = _edition(workspace, year)
    accounts = [one for one in workspace.catalogue.accountings() if one.year <= year]
    rules = {name: _rules(workspace, name) for name in workspace.recipe.delivered_datasets()}
    return Digest(
        inputs_sha256=fingerprint(workspace.programme, year, edition.as_of, accounts),
        rules_sha256=fingerprint(rules),
        decisions_sha256=fingerprint(decisions_in_force(workspace, year)),
        observations_sha256=edition.observations_sha256,
    )


def decisions_in_force(workspace: Workspace, year: int) -> list[dict[str, object]]:
    """The active decisions about any record that an edition reads, in the order in which they were made."""
    active = workspace.catalogue.decisions(state="active")
    return [asdict(one) for one in active if one.year <= year]


def blocking(workspace: Workspace, year: int) -> list[Finding]:
    """Critical findings of the year that nobody has worked off, those of records without a date among them."""
    return [finding for one in (UNKNOWN_YEAR, year) for finding in workspace.catalogue.open_findings(one, "critical")]


def sign(workspace: Workspace, year: int, digest: str, by: str, at: datetime, statement: str = "") -> None:
    """Sign an edition under the digest that was seen. Raises `SignOffError` where this may not be."""
    with workspace.catalogue.lease(year_label(year), wait_seconds=LEASE_WAIT_SECONDS):
        now = require_signable(workspace, year, digest, by)
        workspace.catalogue.record_signature(
            Signature(year, now.digest, **asdict(now), signed_by=by, signed_at=at, statement=statement)
        )


def require_signable(workspace: Workspace, year: int, digest: str, by: str) -> Digest:
    """Return what would be signed. Raises `SignOffError` where `by` may not sign it, or not now."""
    now = digest_of(workspace, year)
    if digest != now.digest:
        raise _refusal(workspace, year, "what was to be signed has changed since", "look at it again, and sign that")
    require_nothing_blocks(workspace, year)
    if by in _signers(workspace, year, now):
        raise _refusal(workspace, year, f"{by} has signed this already", "another person signs beside")
    rule = workspace.recipe.programme.required_sign_off
    if rule is not None and rule.not_the_corrector and by in deciders(workspace, year):
        raise _refusal(workspace, year, f"{by} has decided about records of {year}", "somebody else signs")
    return now


def deciders(workspace: Workspace, year: int) -> set[str]:
    """Who made a decision in force about a record of the year, or about one without a date."""
    decided = decisions_in_force(workspace, year)
    return {str(one["decided_by"]) for one in decided if one["year"] in (UNKNOWN_YEAR, year)}


def require_nothing_blocks(workspace: Workspace, year: int) -> None:
    """Raise `SignOffError` where critical findings are open."""
    if found := blocking(workspace, year):
        raise _blocked(workspace, year, found)


def require_signed(workspace: Workspace, year: int) -> list[Signature]:
    """Return the signatures under an edition as it is now; none where its programme asks for none.

    Raises `SignOffError` where they are not what the programme asks for, or where a finding about the year's records
    as a whole blocks it, in any programme.
    """
    rule = workspace.recipe.programme.required_sign_off
    found = blocking(workspace, year)
    stopping = found if rule else [one for one in found if not one.record_key]
    if stopping:
        raise _blocked(workspace, year, stopping)
    signatures = valid_signatures(workspace, year)
    if rule and not rule.skip_when_nothing_blocks and len(signatures) < rule.signers:
        raise _unsigned(workspace, year, rule, len(signatures))
    return signatures


def valid_signatures(workspace: Workspace, year: int) -> list[Signature]:
    """The signatures that hold for an edition as it is now, in their order."""
    given = workspace.catalogue.signatures(year)
    now = digest_of(workspace, year).digest if given else ""
    return [one for one in given if one.digest == now]


def missing_signatures(workspace: Workspace, year: int) -> int:
    """How many more people have to sign an edition before it may be published."""
    rule = workspace.recipe.programme.required_sign_off
    if rule is None or (rule.skip_when_nothing_blocks and not blocking(workspace, year)):
        return 0
    return max(0, rule.signers - len(valid_signatures(workspace, year)))


def imprint_of(workspace: Workspace, year: int) -> Imprint:
    """What an edition says of its signatures. Raises `SignOffError` where it may not be published."""
    signatures = require_signed(workspace, year)
    reason: Reason = "nothing_blocked" if workspace.recipe.programme.required_sign_off else "not_asked"
    last = max((one.signed_at.date().isoformat() for one in signatures), default=None)
    return Imprint(
        reason="signed" if signatures else reason,
        signatures=len(signatures),
        signed_on=last,
        digest=signatures[-1].digest if signatures else None,
    )


def _edition(workspace: Workspace, year: int) -> Edition:
    for edition in workspace.catalogue.editions():
        if edition.year == year:
            return edition
    raise _refusal(
        workspace, year, f"the figures of {year} are not computed", f"run `yearbook compute --years {year}` first"
    )


def _rules(workspace: Workspace, dataset: str) -> list[dict[str, object]]:
    """A dataset's rules without their words: a better wording is no other rule."""
    return [rule.model_dump(mode="json", exclude={"message"}) for rule in workspace.recipe.datasets[dataset].rules]


def _signers(workspace: Workspace, year: int, now: Digest) -> set[str]:
    return {one.signed_by for one in workspace.catalogue.signatures(year) if one.digest == now.digest}


def _blocked(workspace: Workspace, year: int, found: list[Finding]) -> SignOffError:
    rules = list(dict.fromkeys(f"{one.dataset}, {one.rule}" for one in found))
    named = "; ".join(rules[:NAMED_FINDINGS]) + ("; …" if len(rules) > NAMED_FINDINGS else "")
    return _refusal(
        workspace,
        year,
        f"{len(found):,} critical finding{'s' * (len(found) > 1)} of {year} not worked off ({named})",
        f"decide about them, then validate again: `yearbook findings --programme {workspace.programme} --year {year}`",
    )


def _unsigned(workspace: Workspace, year: int, rule: SignOff, count: int) -> SignOffError:
    given = workspace.catalogue.signatures(year)
    has = f"{count} of {rule.signers} signatures" if count else "no signature"
    why = f"; {given[-1].signed_by} signed, but {_changes(workspace, given[-1])} changed since" if given else ""
    if count:
        why = ""
    return _refusal(
        workspace,
        year,
        f"the edition {year} has {has} that holds{why}",
        f"`yearbook sign --programme {workspace.programme} --year {year}`, or answer `{workspace.programme}.publish` "
        "in Airflow",
    )


def _changes(workspace: Workspace, signature: Signature) -> str:
    now = asdict(digest_of(workspace, signature.year))
    changed = [name for part, name in PARTS.items() if now[part] != getattr(signature, part)]
    return " and ".join([", ".join(changed[:-1]), changed[-1]] if len(changed) > 1 else changed)


def _refusal(workspace: Workspace, year: int, what: str, fix: str) -> SignOffError:
    return SignOffError(what, where=f"{workspace.programme}, edition {year_label(year)}", fix=fix)
