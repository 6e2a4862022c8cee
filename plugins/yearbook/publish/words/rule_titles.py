"""What rules are called in the report: short titles by rule, from `reports/rules.yml`.

A rule that has no title there is told by its own message. Not its business: what a rule checks (`include/datasets`).
"""

from functools import cache
from pathlib import Path

from yearbook.model.definition import Definition, Text, load_definition


class RuleTitles(Definition):
    """`rules.yml`."""

    rules: dict[str, Text]


def load_rule_titles(reports: Path) -> dict[str, Text]:
    """Read `rules.yml`. Raises `DefinitionError` where it is missing or wrong."""
    path = reports / "rules.yml"
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@cache
def _load(path: Path, _changed: int) -> dict[str, Text]:
    return load_definition(path, RuleTitles).rules
