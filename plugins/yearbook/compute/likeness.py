"""Which records are alike for a figure: they say the same of its part or themselves, in a field or by whom they name.

A record says that it belongs to a part by a code of it (`KEN` of Africa), in a field of its own or in the profile of
the institution or project whose id it holds. That is a guess of how records are best grouped before the first question,
and no more: what touches the figure is asked of the indicator itself (`settling`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from yearbook.compute.engine import literal
from yearbook.compute.reference import MEMBERS
from yearbook.compute.settling import Group, grouped
from yearbook.compute.worlds import NUMBER, RECORDS, Worlds
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.model.recipe import IndicatorFolder
from yearbook.model.sql import quote

CODELISTS = {"partner": "partners", "sector": "sectors", "institution_type": "institution_types", "province": "areas"}
PARTS = {**{name: (table, "code", part) for name, (table, part) in MEMBERS.items()},
         "partners": ("partner_members", "country", "partner")}  # fmt: skip
"""Where the members of a part stand: table, column of the codes, column of the part that they make up; by codelist."""
COLUMNS = {"partner": "country"}
"""What a dimension is called in profiles, where not by its own name."""
PROFILES, FLOWS, ID = "_profiles", "_flows", "_id"
"""Views of whoever has an id, and of what happened, one row each; columns of ids."""
SPAN = ("year_from", "year_to")
KINDS = ("institution_type", "delivery_model")
"""Columns of profiles with so few codes that each may be asked about."""


ClassOf = Callable[[int], str]
"""The class of a record, by its number."""


def group_alike(worlds: Worlds, folder: IndicatorFolder, key: Mapping[str, object]) -> list[Group]:
    """Records that say that they belong to the figure's part, by where they say so, and all the others."""
    parts = {name: str(key[name]) for name in DIMENSIONS if key[name] not in (TOTAL, NOT_APPLICABLE)}
    pairs = [pair.partition("=") for pair in str(key["breakdown"]).split(";") if "=" in pair]
    parts |= {name: code for name, _, code in pairs}
    members = {name: _members(worlds, folder, name, code) for name, code in parts.items()}
    fields = worlds.recipe.datasets[worlds.dataset].fields
    said: defaultdict[int, list[str]] = defaultdict(list)
    for number, record in enumerate(worlds.records):
        for part, codes in members.items():
            said[number] += [f"{part} in {name}" for name in fields if str(record[name]) in codes]
    for part, codes in members.items():
        for where, numbers in _linked(worlds, folder, COLUMNS.get(part, part), codes).items():
            for number in numbers:
                said[number].append(f"{part} in {where}")
    return grouped(range(len(worlds.records)), lambda number: repr(said[number]))


def classes_of(worlds: Worlds, folder: IndicatorFolder, measured: Sequence[str]) -> list[ClassOf]:
    """What is likely to tell records apart, in this order: the codes, then the years that measured fields hold, and of
    anything else whether it is there; the record's own year; the kinds of those whom it names; its countries.
    """
    worlds.enter([folder], range(len(worlds.records)))
    fields, records = worlds.recipe.datasets[worlds.dataset].fields, worlds.records
    codes = [name for name in measured if fields[name].type == "code"]
    countries = [name for name, field in fields.items() if field.codelist == CODELISTS["partner"]]
    kinds = _kinds(worlds, folder)
    return [
        lambda number: repr([records[number][name] for name in codes]),
        lambda number: repr([_held(records[number][name]) for name in measured]),
        lambda number: repr(-(records[number]["reference_year"] or 0)),
        lambda number: repr(kinds[number]),
        lambda number: repr([records[number][name] for name in countries]),
    ]


def _held(value: object) -> object:
    """Of a day its year; of anything else whether it is there."""
    return value.year if isinstance(value, date) else value is not None


def _kinds(worlds: Worlds, folder: IndicatorFolder) -> defaultdict[int, list[str]]:
    """The kinds of those whom each record names."""
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    for view, there, field, named in _links(worlds, folder):
        for kind in KINDS if view.endswith(PROFILES) else ():
            if kind in there:
                query = f"select r.{NUMBER}, v.{kind} from {RECORDS} r join {quote(view)} v on {named} order by all"
                for row in worlds.engine.fetch(query, where=view).to_pylist():
                    kinds[row[NUMBER]].append(f"{field} {row[kind]}")
    return kinds


def _members(worlds: Worlds, folder: IndicatorFolder, dimension: str, code: str) -> set[str]:
    """The codes that a part is made of: a region's countries, a sector's branches; always itself."""
    codelist = CODELISTS.get(dimension) or folder.definition.codelists.get(dimension, "")
    if codelist not in PARTS:
        return {code}
    table, member, part = PARTS[codelist]
    found = worlds.engine.fetch(f"select {member} from {table} where {part} = {literal(code)}", where=table)
    return {code, *found[member].to_pylist()}


def _linked(worlds: Worlds, folder: IndicatorFolder, column: str, codes: set[str]) -> dict[str, set[int]]:
    """Records that name somebody of whom a view has one of the codes in a column, by where they name it."""
    worlds.enter([folder], range(len(worlds.records)))
    wanted = ", ".join(literal(code) for code in sorted(codes))
    linked: dict[str, set[int]] = {}
    for view, there, field, named in _links(worlds, folder):
        if column in there:
            is_there = f"select 1 from {quote(view)} v where {named} and v.{quote(column)} in ({wanted})"
            query = f"select r.{NUMBER} from {RECORDS} r where exists ({is_there})"
            linked[f"{view} of {field}"] = set(worlds.engine.fetch(query, where=view)[NUMBER].to_pylist())
    return linked


def _links(worlds: Worlds, folder: IndicatorFolder) -> Iterator[tuple[str, Collection[str], str, str]]:
    """Views in which records name somebody, with their columns, the field that does, and the condition of r and v."""
    for view in sorted(one for one in worlds.behind(folder) if one.endswith((PROFILES, FLOWS))):
        there = worlds.engine.columns(f"select * from {quote(view)}", where=view)
        span = f" and r.reference_year between {' and '.join(f'v.{one}' for one in SPAN)}" if SPAN[0] in there else ""
        for field, own in _ids(worlds, view, there):
            yield view, there, field, f"v.{quote(own)} = r.{quote(field)}{span}"


def _ids(worlds: Worlds, view: str, there: Collection[str]) -> list[tuple[str, str]]:
    """Fields of the dataset and the columns of a view that may hold the same ids: of flows, keys of records alone."""
    fields = [name for name in worlds.recipe.datasets[worlds.dataset].fields if name.endswith(ID)]
    if view.endswith(PROFILES):
        return [(field, own) for field in fields for own in there if own.endswith(ID)]
    keys = {name for dataset in worlds.recipe.datasets.values() for name in dataset.key}
    return [(field, field) for field in fields if field in keys and field in there]
