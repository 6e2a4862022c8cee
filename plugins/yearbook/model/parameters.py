"""Refuse a parameter that nothing reads, or a value that what reads it cannot take: misspelt, it would be passed over.

Not its business: what a parameter does.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from yearbook.errors import DefinitionError
from yearbook.model.definition import nearest
from yearbook.model.programme import Parameter

CHANGES = re.compile(r"(price|gdp)_change_[0-9]{4}")
"""Parameters that extend a reference series that ends before an edition."""


def check_parameters(
    given: dict[str, Parameter], declared: dict[str, Parameter], rules: Iterable[str], path: Path
) -> None:
    """Check a programme's parameters against those that indicators declare; `rules` is the SQL of its rules.

    Raises `DefinitionError` naming the parameter and what would be right.
    """
    sql = "\n".join(rules)
    for name, parameter in given.items():
        if name in declared:
            _check_value(name, parameter.value, declared[name], path)
        elif not CHANGES.fullmatch(name) and not re.search(rf"\bparameters\.\"?{re.escape(name)}\b", sql):
            right = nearest(name, sorted(declared))
            raise DefinitionError(
                f"no indicator and no rule reads a parameter `{name}`",
                where=str(path),
                fix=f"did you mean `{right}`?" if right else f"parameters: {', '.join(sorted(declared))}",
            )
        elif not _is_number(parameter.value) and CHANGES.fullmatch(name):
            raise DefinitionError(f"`{name}` is {parameter.value!r}", where=str(path), fix="write a number")


def _check_value(name: str, value: float | str, declared: Parameter, path: Path) -> None:
    if declared.one_of and value not in declared.one_of:
        right = nearest(str(value), declared.one_of)
        raise DefinitionError(
            f"`{name}` is {value!r}",
            where=str(path),
            fix=f"did you mean `{right}`?" if right else f"one of {', '.join(declared.one_of)}",
        )
    if _is_number(declared.value) and not _is_number(value):
        raise DefinitionError(f"`{name}` is {value!r}", where=str(path), fix="write a number")


def _is_number(value: float | str) -> bool:
    return not isinstance(value, str)
