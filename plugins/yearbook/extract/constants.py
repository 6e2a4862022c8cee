"""Fields that are no column: a value from the source's entry, or from the name of the file, its sheet or its title."""

import re
from typing import Any

from yearbook.errors import SourceError
from yearbook.extract.field_names import nearest_name
from yearbook.extract.mapping import check_field
from yearbook.model.dataset import Dataset
from yearbook.model.source import Constant, Entry


def find_constants(entry: Entry, dataset: Dataset, uri: str, facts: dict[str, Any], name: str) -> dict[str, str]:
    """Return the text of each constant field for one table. Raises `SourceError` where a pattern finds nothing."""
    places = {
        "name": uri.rstrip("/").rpartition("/")[2],
        "sheet": str(facts.get("sheet") or name),
        "title": str(facts.get("title") or ""),
    }
    found: dict[str, str] = {}
    for field, constant in entry.constants.items():
        check_field(field, dataset, f"constants of entry `{entry.name}`", uri)
        found[field] = constant if isinstance(constant, str) else _find(field, constant, places[constant.from_], uri)
    return found


def _find(field: str, constant: Constant, text: str, uri: str) -> str:
    match = re.search(constant.pattern, text)
    if match is None:
        raise SourceError(
            f"the constant `{field}`: its pattern `{constant.pattern}` does not occur in the {constant.from_} `{text}`",
            where=uri,
            fix="correct the pattern, or give these files an entry of their own",
        )
    value = next((group for group in match.groups() if group is not None), match[0])
    if not constant.values:
        return value
    if value not in constant.values:
        right = nearest_name(value, list(constant.values))
        raise SourceError(
            f"the constant `{field}`: `{value}` (from the {constant.from_} `{text}`) is not among its `values`",
            where=uri,
            fix=f"did you mean `{right}`?" if right else f"known: {', '.join(constant.values)}",
        )
    return constant.values[value]
