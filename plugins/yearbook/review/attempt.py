"""What decisions would make of the records: tried on an overlay, as far as figures rest on it.

Only rules that can take a record out of the figures are run, and only on the partitions that decisions bear on; nothing
is told of what is found. Not its business: the figures (`figures`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from yearbook.asking import Preview, is_current
from yearbook.catalogue import Decision
from yearbook.checking import stale_partitions
from yearbook.model.dataset import Dataset
from yearbook.model.recipe import Recipe
from yearbook.review.fates import Place
from yearbook.review.overlay import Overlay
from yearbook.validate import Ledger, validate_dataset
from yearbook.validate.inputs import fingerprint_of_inputs
from yearbook.validate.named import named_in
from yearbook.validate.partition import check_records, keep_records
from yearbook.validate.relations import sql_of_rules


@dataclass(frozen=True)
class Attempt:
    """The records before and after decisions, and the partitions that differ."""

    before: Ledger
    after: Ledger
    places: list[Place]

    @classmethod
    def of(cls, tried: Overlay, decisions: Sequence[Decision]) -> "Attempt":
        """Lay decisions beside those that stand. Keeps nothing yet."""
        standing = tried.catalogue.decisions()
        first = max((one.id for one in standing), default=0) + 1
        both = [*standing, *(replace(one, id=number) for number, one in enumerate(decisions, start=first))]
        before, after = (_ledger(tried, some, both) for some in (standing, both))
        return cls(before, after, [place for place in _reached(before, after) if _differs(before, after, *place)])

    @classmethod
    def of_pending(cls, tried: Overlay) -> "Attempt":
        """Let those that stand be done, where partitions wait to be checked."""
        standing = tried.catalogue.decisions()
        ledger = _ledger(tried, standing, standing)
        places = [(dataset, year) for year, names in stale_partitions(tried).items() for dataset in names]
        return cls(ledger, ledger, places)

    def keep_before(self, tried: Overlay) -> None:
        """Bring the partitions to what stands now, where they were not checked since something changed."""
        ledger = Ledger(tried, self.before.as_of)
        for dataset, year in self.places:
            ask = partial(validate_dataset, Preview.of(tried, is_told=False), dataset, year, ledger.as_of, ledger)
            if not is_current(ask):
                _keep(tried, self.before, dataset, year)

    def keep_after(self, tried: Overlay) -> None:
        """Bring the partitions to what they would be. Raises `DecisionError` for what would stop a year."""
        for dataset, year in self.places:
            _keep(tried, self.after, dataset, year)


def _ledger(tried: Overlay, decisions: list[Decision], known: Sequence[Decision]) -> Ledger:
    """What decisions make of the records, without the rules that hold nothing and that none of `known` names."""
    lean = replace(tried, recipe=_lean(tried.recipe, known))
    return Ledger(lean, tried.recipe.programme.last_release_date, tried=decisions)


def _lean(recipe: Recipe, decisions: Sequence[Decision]) -> Recipe:
    """The recipe without rules that hold nothing, but for those that decisions name: they must not lapse."""
    named = {(one.dataset, one.rule) for one in decisions}

    def trim(dataset: Dataset) -> Dataset:
        rules = [
            rule
            for rule in dataset.rules
            if (rule.severity == "critical" and not rule.partition) or (dataset.dataset, rule.rule) in named
        ]
        return dataset.model_copy(update={"rules": rules, "effect": None})

    return replace(recipe, datasets={name: trim(dataset) for name, dataset in recipe.datasets.items()})


def _reached(before: Ledger, after: Ledger) -> Iterator[Place]:
    """The partitions of datasets whose own records, or those that their rules look at, decisions may change."""
    datasets = before.workspace.recipe.datasets
    touched = {name for name in datasets if before.of(name).judged != after.of(name).judged}
    for name, dataset in datasets.items():
        if touched & {name, *named_in(datasets, sql_of_rules(dataset.rules))}:
            received = after.of(name)
            years = {part.year for part in received.history.parts} | {year for _, year in received.judged.changes.moves}
            yield from ((name, year) for year in sorted(years))


def _differs(before: Ledger, after: Ledger, dataset: str, year: int) -> bool:
    definition = before.workspace.recipe.datasets[dataset]
    return fingerprint_of_inputs(before, definition, year) != fingerprint_of_inputs(after, definition, year)


def _keep(tried: Overlay, ledger: Ledger, dataset: str, year: int) -> None:
    ledger.of(dataset).judged.require_sound(year)
    # Whether a rule can run at all is told by the step that runs it.
    checked = check_records(ledger, dataset, year, are_tried=True)
    keep_records(tried, dataset, year, checked.rows)
