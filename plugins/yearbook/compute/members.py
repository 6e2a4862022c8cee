"""Which codes a code is counted under: itself, the levels above it, and its groups.

Cubes sum by the codes in the records and then over these tables, so that levels and groups never mix. Every table maps
`_T` and `_U` to themselves. Not its business: names, aliases.
"""

from collections.abc import Iterator

import pyarrow as pa

from yearbook.model.codelist import Code, Codelist
from yearbook.model.observation import FOREIGN, TOTAL, UNKNOWN
from yearbook.model.programme import Programme

NOT_SUMMED = ("total", "group")
BELT_AND_ROAD = "BRI"

Member = tuple[str, str, str]
"""A code, a code that it is counted under, and the level of the latter."""


def list_members(codelist: Codelist) -> list[Member]:
    """List the members of a codelist, sorted.

    A record that knows only its group is unknown at every level and counted in the group.
    """
    found = {(TOTAL, TOTAL, "total"), (UNKNOWN, UNKNOWN, "unknown")}
    for code in codelist.codes.values():
        if code.level == "group":
            found |= {(code.code, UNKNOWN, "unknown"), (code.code, code.code, "group")}
        elif code.level not in NOT_SUMMED:
            found.update((code.code, above.code, above.level) for above in _lineage(code, codelist))
            found.update((code.code, group, "group") for group in _groups(code, codelist))
    return sorted(found)


def list_partner_members(partners: Codelist, programme: Programme) -> list[Member]:
    """List the members of the partner codelist, without `BRI`, whose membership changes with the year.

    Home and home areas are counted under themselves alone. A record that names only a region is counted under the
    region's code for an unspecified country, so that countries add up.
    """
    home = {programme.home, *programme.home_areas}
    found = {(TOTAL, TOTAL, "total"), (UNKNOWN, UNKNOWN, "unknown")}
    for code in partners.codes.values():
        if code.code in home:
            found.add((code.code, code.code, "country"))
        elif code.level not in NOT_SUMMED:
            found.add((code.code, FOREIGN, "foreign"))
            found.update((code.code, *member) for member in _places_of(code, partners, home))
    return sorted(found)


def members_table(members: list[Member], code: str, member: str) -> pa.Table:
    """Return members as a table with columns `code`, `member` (named as given) and `level`."""
    columns = list(zip(*members, strict=True))
    return pa.table({name: pa.array(column) for name, column in zip((code, member, "level"), columns, strict=True)})


def _places_of(code: Code, partners: Codelist, home: set[str]) -> Iterator[tuple[str, str]]:
    unspecified = f"{code.code.removeprefix('_')}_X"
    yield (unspecified if code.level != "country" and unspecified in partners.codes else code.code), "country"
    region = code.code if code.level == "region" else _region(code)
    if region in partners.codes and partners.codes[region].level == "region":
        yield region, "region"


def _region(code: Code) -> str:
    return code.extra.get("region_abroad") or code.parent


def _lineage(code: Code, codelist: Codelist) -> Iterator[Code]:
    one: Code | None = code
    while one is not None and one.level not in NOT_SUMMED:
        yield one
        one = codelist.codes.get(one.parent)


def _groups(code: Code, codelist: Codelist) -> Iterator[str]:
    lineage = {one.code for one in _lineage(code, codelist)}
    for group in codelist.codes.values():
        if group.level == "group" and lineage & set(group.extra.get("members", "").split("|")):
            yield group.code
