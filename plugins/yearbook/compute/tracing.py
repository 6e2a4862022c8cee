"""From a figure down to the records that make it up, and from a record up to the figures that it touches.

A record touches a figure where the figure is another without it, or is another with it alone than with no record at
all: in its value, numerator, denominator or number of records. That is asked of the indicator's own SQL and methods on
the records that are left (`worlds`), so that no second description of an indicator can be wrong, and nothing is
estimated. The records are those that are checked now: a figure that they make otherwise than its edition has it is
refused, for it was never in any report.

From a figure down, records are asked about in groups (`settling`), at first of those that are alike for the figure
(`likeness`), on three premises. A group is counted whole where a number of records of the figure grows by the group's
size as it comes, or falls by it as it goes. It is counted whole, too, where the numerator or the denominator grows or
falls by the exact sum of the amounts that its records hold in one measured field, each more than nothing. And what
makes nothing as a group makes nothing one by one. What is found is held against the figure: computed from these records
alone, it must be the same (`is_whole`).

A figure that rests on many records together, none of which changes it alone, as a rank on all contracts of the other
years, takes more questions than there are: then what was not told apart is kept, and whether the figure is another
without all of it.

Records that stand in for each other, as two contracts that each show that an institution is still there, are all found
from the figure down; from one of them up, a figure that only the lack of both would change is not told. Not its
business: where a record came from (`origins`), who may look.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isclose
from typing import Any

import pyarrow.compute as pc

from yearbook.compute.likeness import classes_of, group_alike
from yearbook.compute.observations import read_observations
from yearbook.compute.settling import NUMBERS, Amounts, Divide, Group, Search, Told, grouped
from yearbook.compute.worlds import Row, Worlds, open_worlds
from yearbook.errors import TraceError
from yearbook.model.definition import nearest
from yearbook.model.figure_id import figure_id, read_figure_id
from yearbook.model.observation import DIMENSIONS, KEY, NOT_APPLICABLE, TOTAL
from yearbook.model.recipe import IndicatorFolder, Recipe
from yearbook.workspace import Workspace

MOST_WORLDS = 400
MOST_CLASSES = 4
"""So many classes are asked about each by itself at once: of small ones, most make nothing, and are best asked about
together."""
SAME = 1e-9
"""Relative: a sum differs so little by the order of its parts."""

Place = tuple[Any, ...]


@dataclass(frozen=True)
class Traced:
    """What one figure is made of: the records of one dataset.

    `records` touch it for certain. `unsettled` were not told apart when the search ended: some of them may, and no
    record beside these two does; `is_resting` says that the figure is another without all of them. `is_whole` says that
    the records found give the same figure by themselves.
    """

    figure: str
    row: Row
    dataset: str
    records: list[Row]
    unsettled: list[Row]
    is_resting: bool
    is_whole: bool


@dataclass(frozen=True)
class Touched:
    """A figure that a record touches: its value as it is, and without the record."""

    figure: str
    value: float | None
    without: float | None
    unit: str


def full_key(recipe: Recipe, name: str) -> dict[str, Any]:
    """The key columns of a figure. Raises `TraceError` with the nearest one where its name fits no indicator."""
    given = read_figure_id(name)
    code = given["indicator"]
    folder = recipe.indicators.get(code)
    if folder is None:
        near = nearest(code, list(recipe.indicators))
        fix = _meant(near + name.strip().removeprefix(code) if near else None)
        raise TraceError(f"there is no indicator `{code}`", where=name, fix=fix)
    rest = {one: TOTAL if one in folder.definition.dimensions else NOT_APPLICABLE for one in DIMENSIONS}
    return {**rest, **given}


def measured_datasets(folder: IndicatorFolder) -> list[str]:
    """The datasets whose fields an indicator measures: what it can be traced to."""
    return list(folder.definition.fields)


def trace_figure(
    workspace: Workspace,
    name: str,
    dataset: str | None = None,
    *,
    most: int = MOST_WORLDS,
    goes_on: Callable[[int], bool] = lambda asked: True,
) -> Traced:
    """Find the records of a dataset (by default the first that the indicator measures) that make up a figure.

    `goes_on` hears before each question how many were asked, this one with them, and says whether to ask more; `most`
    are asked, and those few that say what the answer is worth.
    Raises `TraceError` with the nearest one where there is no such figure, and where the records make it otherwise than
    the edition has it; `FigureIdError` where the name is none.
    """
    key = full_key(workspace.recipe, name)
    folder = workspace.recipe.indicators[key["indicator"]]
    chosen = dataset or measured_datasets(folder)[0]
    with open_worlds(workspace, key["year"], chosen, [folder]) as worlds:
        stored = _stored(workspace, key["year"], [folder.path.name])
        if _place(key) not in {place[:-1] for place in stored}:
            # Asked of the edition: to make all figures anew would take as long as an answer.
            names = sorted(figure_id(dict(zip(KEY, place[:-1], strict=True))) for place in stored)
            fix = _meant(nearest(name.strip(), names))
            raise TraceError(f"there is no figure {name} in the edition", where=workspace.programme, fix=fix)
        shape = workspace.recipe.datasets[chosen]
        filled = [one for one in folder.definition.fields.get(chosen, []) if one in shape.fields]
        every = set(range(len(worlds.records)))
        search = Search(
            lambda left: worlds.figure(folder, key, left),
            every,
            lambda asked: goes_on(asked) and asked < most,
            [amounts for one in filled if (amounts := _amounts(worlds, one))],
        )
        row = search.row
        if row is None or not _is_same(_told(row), stored.get((*_place(row), row["unit"]))):
            raise _outdated(workspace, name, key["year"])
        search.settle(group_alike(worlds, folder, key), _divider(classes_of(worlds, folder, filled)))
        return Traced(
            figure_id(row),
            row,
            chosen,
            [worlds.records[one] for one in sorted(search.found)],
            [worlds.records[one] for one in sorted(search.unsettled)],
            bool(search.unsettled) and search.ask(every - search.unsettled) != search.full,
            not search.unsettled and search.ask(search.found) == search.full,
        )


def trace_record(workspace: Workspace, year: int, dataset: str, is_meant: Callable[[Row], bool]) -> list[Touched]:
    """Find the figures of an edition that a record touches; `is_meant` knows the record.

    Raises `TraceError` where the edition has no such record, or other figures than the records make now.
    """
    folders = list(workspace.recipe.indicators.values())
    with open_worlds(workspace, year, dataset, folders) as worlds:
        numbers = set(range(len(worlds.records)))
        its = {one for one in numbers if is_meant(worlds.records[one])}
        if not its:
            raise TraceError(
                f"no such record of {dataset} counts in {year}",
                where=workspace.programme,
                fix=f"write its key as `yearbook findings --dataset {dataset}` does; a record that is held, excluded,"
                " superseded or of another year counts nowhere here",
            )
        touched = [one for one in folders if dataset in worlds.behind(one)]
        full, without = _figures(worlds, touched, numbers), _figures(worlds, touched, numbers - its)
        alone, nothing = _figures(worlds, touched, its), _figures(worlds, touched, set())
    stored = _stored(workspace, year, [one.path.name for one in touched])
    names = {one for one in full if full[one] != without.get(one) or alone.get(one) != nothing.get(one)}
    for one in sorted(names, key=repr):
        if not _is_same(full[one], stored.get(one)):
            raise _outdated(workspace, figure_id(dict(zip(KEY, one[:-1], strict=True))), year)
    return sorted((_touched(one, full[one], without.get(one)) for one in names), key=lambda one: one.figure)


def _meant(name: str | None) -> str:
    return f"did you mean `{name}`?" if name else "copy the name from the report"


def _figures(worlds: Worlds, folders: Sequence[IndicatorFolder], left: set[int]) -> dict[Place, Told]:
    """What some records make of each cell; those of which they make nothing are left out."""
    table = worlds.observations(folders, left).select([*KEY, "unit", *NUMBERS, "records"])
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    size = len(KEY) + 1
    return {row[:size]: row[size:] for row in rows if any(row[size:])}


def _stored(workspace: Workspace, year: int, indicators: Sequence[str]) -> dict[Place, Told]:
    """The figures of indicators as the edition has them."""
    table = read_observations(workspace, year)
    its = table.filter(pc.field("indicator").isin(list(indicators))).select([*KEY, "unit", *NUMBERS, "records"])
    rows = zip(*(column.to_pylist() for column in its.columns), strict=True)
    return {row[: len(KEY) + 1]: row[len(KEY) + 1 :] for row in rows}


def _place(key: Mapping[str, Any]) -> Place:
    return tuple(key[name] for name in KEY)


def _told(row: Row) -> Told:
    return tuple(row[name] for name in (*NUMBERS, "records"))


def _is_same(now: Told, stored: Told | None) -> bool:
    """Whether two figures are one, but for the order in which their parts were added."""
    return stored is not None and all(
        one == other or (one is not None and other is not None and isclose(one, other, rel_tol=SAME))
        for one, other in zip(now, stored, strict=True)
    )


def _outdated(workspace: Workspace, name: str, year: int) -> TraceError:
    return TraceError(
        f"the records make {name} otherwise than the edition {year} has it: records were checked, or definitions"
        " changed, since it was computed",
        where=workspace.programme,
        fix=f"run `yearbook compute --programme {workspace.programme} --years {year}`, then trace again",
    )


def _touched(place: Place, now: Told, without: Told | None) -> Touched:
    row = dict(zip((*KEY, "unit"), place, strict=True))
    return Touched(figure_id(row), now[0], without[0] if without else None, row["unit"])


def _amounts(worlds: Worlds, name: str) -> Amounts:
    """What records hold in a field of amounts: those alone that hold more than nothing."""
    held = ((number, record[name]) for number, record in enumerate(worlds.records))
    return {number: Decimal(str(one)) for number, one in held if type(one) in (int, float, Decimal) and one > 0}


def _divider(classes: Sequence[Callable[[int], str]]) -> Divide:
    """Divide by the first of the classes in which a group differs, the largest few and all the others; or in halves."""

    def divide(group: Group) -> list[Group]:
        for class_of in classes:
            divided = sorted(grouped(group, class_of), key=len, reverse=True)
            if len(divided) > 1:
                others = sorted(one for rest in divided[MOST_CLASSES:] for one in rest)
                return divided[:MOST_CLASSES] + ([others] if others else [])
        middle = len(group) // 2
        return [group[:middle], group[middle:]]

    return divide
