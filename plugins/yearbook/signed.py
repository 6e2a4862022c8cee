"""What a signature covers, as hashes: figures, and all that a report tells them by; and whether these belong together.

Not its business: who may sign, and what an edition needs to be published (`signoff`).
"""

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial

from yearbook.asking import Preview, is_current
from yearbook.bearing import bearing
from yearbook.catalogue import Edition
from yearbook.checking import require_checked
from yearbook.compute import compute_year, observations_csv
from yearbook.errors import SignOffError, YearbookError
from yearbook.lake.hashing import fingerprint
from yearbook.model.definition import Text
from yearbook.model.observation import INTERNAL_COLUMNS
from yearbook.model.recipe import year_label
from yearbook.publish.forms import forms_of
from yearbook.publish.report.compared import comparators_until
from yearbook.workspace import Workspace

PARTS = {
    "observations_sha256": Text(en="figures", zh="数据"),
    "inputs_sha256": Text(en="records", zh="记录"),
    "rules_sha256": Text(en="rules", zh="规则"),
    "decisions_sha256": Text(en="decisions", zh="决定"),
    "comparators_sha256": Text(en="comparators", zh="对照数据"),
    "forms_sha256": Text(en="words and forms of the report", zh="报告的文字与版式"),
}


@dataclass(frozen=True)
class Digest:
    """Hashes of all that is signed, by part. `forms` are the hashes that `forms_sha256` is over, by file."""

    observations_sha256: str
    inputs_sha256: str
    rules_sha256: str
    decisions_sha256: str
    comparators_sha256: str
    forms_sha256: str
    forms: dict[str, str] = field(repr=False)

    @property
    def digest(self) -> str:
        """One hash over the six."""
        return fingerprint({part: one for part, one in asdict(self).items() if part in PARTS})


def digest_of(workspace: Workspace, year: int) -> Digest:
    """Hash an edition as it is now, with all that its report reads. Raises `SignOffError` where it is not computed."""
    edition = edition_of(workspace, year)
    accounts = [one for one in workspace.catalogue.accountings() if one.year <= year]
    rules = {name: _rules(workspace, name) for name in workspace.recipe.delivered_datasets()}
    forms = forms_of(workspace, year)
    return Digest(
        inputs_sha256=fingerprint(workspace.programme, year, edition.as_of, accounts),
        rules_sha256=fingerprint(rules),
        decisions_sha256=fingerprint(decisions_in_force(workspace, year)),
        observations_sha256=_figures(workspace, year),
        comparators_sha256=fingerprint(comparators_until(workspace.recipe, year)),
        forms_sha256=fingerprint(forms),
        forms=forms,
    )


def decisions_in_force(workspace: Workspace, year: int) -> list[dict[str, object]]:
    """The active decisions about any record that an edition reads, in the order in which they were made."""
    # All years up to this one, and that of records without a date, which is 0.
    return [asdict(one) for one in bearing(workspace, workspace.catalogue.decisions(state="active"), range(year + 1))]


def edition_of(workspace: Workspace, year: int) -> Edition:
    """The newest figures of a year. Raises `SignOffError` where there are none."""
    for edition in workspace.catalogue.editions():
        if edition.year == year:
            return edition
    raise refusal(
        workspace, year, f"the figures of {year} are not computed", f"run `yearbook compute --years {year}` first"
    )


def require_current(workspace: Workspace, year: int) -> None:
    """Raise `SignOffError` where the hashes are not of one and the same state of things.

    All records are checked by the rules and decisions of now, the figures are computed from just these records, and the
    figures in the lake are those that were computed.
    """
    edition = edition_of(workspace, year)
    try:
        require_checked(workspace, year)
    except YearbookError as error:
        raise refusal(workspace, year, error.what, error.fix) from None
    preview = Preview.of(workspace, is_told=False)
    if not is_current(partial(compute_year, preview, year, date.fromisoformat(edition.as_of))):
        what = f"the figures of {year} are older than what they are computed from"
        raise refusal(workspace, year, what, f"run `yearbook compute --years {year}` first, and look at them again")
    for one in _editions_read(workspace, year):
        _require_untouched(workspace, one)


def refusal(workspace: Workspace, year: int, what: str, fix: str) -> SignOffError:
    """Why an edition is not signed, or not published."""
    return SignOffError(what, where=f"{workspace.programme}, edition {year_label(year)}", fix=fix)


def _require_untouched(workspace: Workspace, edition: Edition) -> None:
    content = observations_csv(workspace.lake.read(edition.observations_ref), INTERNAL_COLUMNS)
    if hashlib.sha256(content).hexdigest() != edition.observations_sha256:
        path = workspace.lake.path(edition.observations_ref)
        what = f"the figures of {edition.year} are not those that were computed: {path} was changed"
        raise refusal(workspace, edition.year, what, "put the file aside, compute the year again, and ask who did it")


def _editions_read(workspace: Workspace, year: int) -> list[Edition]:
    """All of which the report may tell: it shows earlier years beside its own."""
    return [one for one in workspace.catalogue.editions() if one.year <= year]


def _figures(workspace: Workspace, year: int) -> str:
    """One hash over the figures of all years that the report may tell of."""
    return fingerprint([(one.year, one.as_of, one.observations_sha256) for one in _editions_read(workspace, year)])


def _rules(workspace: Workspace, dataset: str) -> list[dict[str, object]]:
    """A dataset's rules without their words, which are among those of the report."""
    return [rule.model_dump(mode="json", exclude={"message"}) for rule in workspace.recipe.datasets[dataset].rules]
