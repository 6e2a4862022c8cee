"""Which column goes to which field: as the source's entry says, else by the dataset's names, titles and aliases.

Every header is mapped, used by the reshaping, ignored by name, or an error that names the nearest field. Not its
business: what stands in the cells.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from yearbook.errors import SourceError
from yearbook.extract.declared_units import COLUMN_PREFIX
from yearbook.extract.field_names import FieldNames, Target, nearest_name
from yearbook.extract.shown import shown
from yearbook.model.codelist import fold
from yearbook.model.dataset import Dataset
from yearbook.model.source import ColumnMap, Entry

_NESTED_FORMATS = ("json", "jsonl", "api")


@dataclass(frozen=True)
class HeaderMap:
    """What becomes of each header. `spread` gives the name that a header becomes when years stand as columns."""

    targets: dict[str, Target] = field(default_factory=dict)
    spread: dict[str, str] = field(default_factory=dict)
    helpers: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def map_headers(headers: list[str], entry: Entry, dataset: Dataset, where: str) -> HeaderMap:
    """Map every header. Raises `SourceError` for one that goes nowhere, a declared one that is not there, a field
    that two columns claim, or a field that the dataset does not have."""
    found = match_headers(headers, entry, dataset, where)
    if found.unknown:
        raise _unknown_header(found.unknown[0], FieldNames(dataset), where)
    _check_claims(found, entry, where)
    return found


def match_headers(headers: list[str], entry: Entry, dataset: Dataset, where: str) -> HeaderMap:
    """Map every header that can be mapped and list the `unknown` ones: the preview of `map_headers`."""
    names = FieldNames(dataset)
    declared = _declared(headers, entry, dataset, where)
    used = _used_by_reshaping(headers, entry, declared, dataset, where)
    ignored = {fold(header) for header in entry.ignore}
    found = HeaderMap()
    for header in headers:
        if header in declared:
            found.targets[header] = declared[header]
        elif header in used:
            found.helpers.append(header)
        elif fold(header) in ignored:
            found.ignored.append(header)
        elif (name := _spread_name(header, entry)) is not None:
            found.spread[header] = name
        elif target := names.find(header, where):
            found.targets[header] = target
        else:
            found.unknown.append(header)
    _check_spread(found, headers, entry, where)
    return found


def check_field(name: str, dataset: Dataset, said_by: str, where: str) -> None:
    """Raise `SourceError` where a dataset has no such field, naming the nearest one."""
    if name not in dataset.fields:
        right = nearest_name(name, list(dataset.fields))
        raise SourceError(
            f"{said_by}: {dataset.dataset} has no field `{name}`",
            where=where,
            fix=f"did you mean `{right}`?" if right else f"fields: {', '.join(dataset.fields)}",
        )


def find_header(wanted: str, headers: list[str]) -> str | None:
    """Return the header that is `wanted`, exactly or folded."""
    if wanted in headers:
        return wanted
    folded = fold(wanted)
    return next((header for header in headers if fold(header) == folded), None)


def require_header(wanted: str, headers: list[str], said_by: str, where: str) -> str:
    """Return the header that is `wanted`. Raises `SourceError` naming the nearest one."""
    found = find_header(wanted, headers)
    if found is None:
        right = nearest_name(wanted, headers)
        raise SourceError(
            f"{said_by}: there is no column `{shown(wanted)}`",
            where=where,
            fix=f"did you mean `{shown(right)}`?" if right else f"columns: {', '.join(map(shown, headers))}"[:500],
        )
    return found


def _declared(headers: list[str], entry: Entry, dataset: Dataset, where: str) -> dict[str, Target]:
    targets: dict[str, Target] = {}
    for wanted, said in entry.columns.items():
        column = said if isinstance(said, ColumnMap) else ColumnMap(field=said)
        check_field(column.field, dataset, f"columns, `{shown(wanted)}`", where)
        if entry.format in _NESTED_FORMATS and find_header(wanted, headers) is None:
            continue
        header = require_header(wanted, headers, f"columns of entry `{entry.name}`", where)
        targets[header] = _target(column, headers, where)
    return targets


def _target(column: ColumnMap, headers: list[str], where: str) -> Target:
    unit, beside = column.unit, column.unit_column
    if column.unit is not None and column.unit.startswith(COLUMN_PREFIX):
        unit, beside = None, column.unit.removeprefix(COLUMN_PREFIX).strip()
    return Target(
        field=column.field,
        way="entry",
        unit=unit,
        unit_column=require_header(beside, headers, "unit_column", where) if beside else None,
        day_first=column.day_first,
        decimal_comma=column.decimal_comma,
    )


def _used_by_reshaping(
    headers: list[str], entry: Entry, declared: Mapping[str, Target], dataset: Dataset, where: str
) -> set[str]:
    used = {target.unit_column for target in declared.values() if target.unit_column}
    if entry.pivot is not None:
        made = [entry.unpivot.names_to, entry.unpivot.values_to] if entry.unpivot else []
        wanted = [entry.pivot.names_from, entry.pivot.values_from, entry.pivot.unit_column]
        used |= {require_header(one, headers, "pivot", where) for one in wanted if one and one not in made}
        for measure in entry.pivot.measures.values():
            check_field(measure.field, dataset, "pivot", where)
    if entry.unpivot is not None:
        check_field(entry.unpivot.names_to, dataset, "unpivot", where)
        if entry.pivot is None:
            check_field(entry.unpivot.values_to, dataset, "unpivot", where)
    return used


def _spread_name(header: str, entry: Entry) -> str | None:
    if entry.unpivot is None:
        return None
    match = re.search(entry.unpivot.columns, unicodedata.normalize("NFKC", header).strip())
    if match is None:
        return None
    return next((group for group in match.groups() if group is not None), header)


def _check_spread(found: HeaderMap, headers: list[str], entry: Entry, where: str) -> None:
    if entry.unpivot is not None and not found.spread:
        raise SourceError(
            f"no column matches the `unpivot` pattern `{entry.unpivot.columns}`",
            where=where,
            fix=f"columns: {', '.join(map(shown, headers))}"[:500],
        )


def _check_claims(found: HeaderMap, entry: Entry, where: str) -> None:
    claims = [(target.field, f"the column `{shown(header)}`") for header, target in found.targets.items()]
    claims += [(name, "`constants`") for name in entry.constants]
    if entry.unpivot is not None:
        claims.append((entry.unpivot.names_to, "`unpivot`"))
    if entry.unpivot is not None and entry.pivot is None:
        claims.append((entry.unpivot.values_to, "`unpivot`"))
    if entry.pivot is not None:
        claims += [(name, "`pivot`") for name in dict.fromkeys(one.field for one in entry.pivot.measures.values())]
    first: dict[str, str] = {}
    for name, claimant in claims:
        if name in first:
            raise SourceError(
                f"the field `{name}` is claimed twice: by {first[name]} and by {claimant}",
                where=where,
                fix="map one of them, and list the other under `ignore`",
            )
        first[name] = claimant


def _unknown_header(header: str, names: FieldNames, where: str) -> SourceError:
    right = names.nearest(header)
    fix = f"under `columns` write `{shown(header)}: {right or '<field>'}`, or list it under `ignore`"
    nearest_field = f"; the nearest field is `{right}`" if right else ""
    return SourceError(
        f"the header `{shown(header)}` is neither mapped to a field of {names.dataset.dataset} nor ignored"
        f"{nearest_field}",
        where=where,
        fix=fix,
    )
