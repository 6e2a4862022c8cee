"""What the check of one partition depends on, as one fingerprint: so that a change redoes the years it bears on, alone.

Of the dataset's other years that is which versions of this year's records count, which rules have a column that is ever
delivered, and for rules that look back the records of the year before. Of decisions it is what they mean for records of
these years. Not its business: checking.
"""

from functools import cache

import pyarrow.parquet as pq

from yearbook.lake import Lake, code_fingerprint, fingerprint
from yearbook.model.dataset import Dataset, Rule
from yearbook.model.values import write_value
from yearbook.validate.received import Ledger, Received
from yearbook.validate.relations import fingerprint_of_relations, sql_of_rules


def fingerprint_of_inputs(ledger: Ledger, dataset: Dataset, year: int) -> str:
    """Hash what the check of one year of a dataset depends on.

    Codelists of its fields count as well: messages name codes by them.
    """
    received = ledger.of(dataset.dataset)
    named = [field.codelist for field in dataset.fields.values() if field.codelist]
    effect = [dataset.effect.sql] if dataset.effect else []
    relations = fingerprint_of_relations(ledger, "\n".join([sql_of_rules(dataset.rules), *effect, *named]))
    years = [year - 1, year] if any(rule.looks_back for rule in dataset.rules) else [year]
    return fingerprint(
        code_fingerprint("validate", "model"),
        dataset.model_dump(),
        [[part.ref for part in received.history.parts if part.year == one] for one in years],
        [_standing(received, one) for one in years],
        [_changed(received, one) for one in years],
        _decided(received, year),
        [rule.rule for rule in rules_to_run(received)],
        relations,
        ledger.as_of,
    )


def fingerprint_of_delivery(received: Received, year: int) -> str:
    """Hash the records of a year as they are staged, and the dataset's definition: what decisions do not change."""
    return fingerprint(received.dataset.model_dump(), [one.ref for one in received.history.parts if one.year == year])


def fingerprint_of_trial(received: Received, year: int) -> str:
    """Hash what it depends on whether the rules can run: where it is the same, they have shown that they can."""
    return fingerprint(code_fingerprint("validate", "model"), fingerprint_of_delivery(received, year))


def rules_to_run(received: Received) -> list[Rule]:
    """The rules without a column, and those whose column the programme delivers in some year, or a correction fills."""
    root = received.history.lake.root
    filled = {name for part in received.history.parts for name in _filled_columns(root, part.ref)}
    there = filled | received.fields_there
    return [rule for rule in received.dataset.rules if rule.column is None or rule.column in there]


@cache
def _filled_columns(root: str, ref: str) -> frozenset[str]:
    with Lake(root).open(ref) as file:
        metadata = pq.read_metadata(file)
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    columns = [group.column(index) for group in groups for index in range(group.num_columns)]
    return frozenset(one.path_in_schema for one in columns if one.statistics.null_count < one.num_values)


def _standing(received: Received, year: int) -> list[object]:
    """Which rows of the year do not simply count, and why; rows by their place within the year."""
    verdicts, strays = received.settled.verdicts, received.settled.amend_nothing
    places = received.places(year, verdicts).items()
    said = sorted([place, verdicts[turn].reason, verdicts[turn].held] for turn, place in places)
    return [said, sorted(received.places(year, strays).values())]


def _changed(received: Received, year: int) -> list[object]:
    """Which records of the year read otherwise than received, or came or went by a corrected date, or are out."""
    changes = received.judged.changes
    come, gone = received.moved(year)
    places = received.places(year, [*(edit.turn for edit in changes.edits), *changes.out])
    edits = [[places[one.turn], one.field, write_value(one.value)] for one in changes.edits if one.turn in places]
    out = sorted(places[turn] for turn in changes.out if turn in places)
    return [edits, out, received.merges_in(year), _sorted(received, come), _sorted(received, gone)]


def _sorted(received: Received, turns: list[int]) -> list[list[int]]:
    return sorted(received.history.places(turns).values())


def _decided(received: Received, year: int) -> list[object]:
    """What decisions say of findings in the year, and of what stands in the figures."""
    judged = received.judged
    turns = [*judged.taken_out, *judged.reminders, *(turn for one in judged.waivers for turn in one.turns)]
    turns += [turn for turn, _ in judged.reopened]
    places = received.places(year, turns)
    taken = sorted([place, judged.taken_out[one].number] for one, place in places.items() if one in judged.taken_out)
    waived = [[one.number, places[turn]] for one in judged.waivers for turn in one.turns if turn in places]
    reminders = sorted(
        [place, judged.reminders[one].number, judged.reminders[one].reason]
        for one, place in places.items()
        if one in judged.reminders
    )
    reopened = sorted([rule, number, places[one]] for (one, rule), number in judged.reopened.items() if one in places)
    of_year = [
        sorted([rule, number] for (when, rule), number in several.items() if when == year)
        for several in (judged.of_years, judged.reopened_years)
    ]
    return [taken, waived, reminders, reopened, of_year]
