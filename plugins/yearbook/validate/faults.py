"""Errors about rules: they name the rule's file and line, and say that the rule, not the data, is at fault."""

import re
from collections.abc import Callable
from pathlib import Path

from yearbook.errors import RuleError
from yearbook.model.dataset import Rule
from yearbook.model.recipe import Recipe
from yearbook.settings import Settings

Locate = Callable[[Rule], str]
"""Says where a rule stands: file and line."""


def locator(settings: Settings, recipe: Recipe, dataset: str) -> Locate:
    """Return what finds the rules of a dataset, in the programme's own file or in the common one."""
    files = dict.fromkeys([recipe.rule_files[dataset], settings.include / "datasets" / f"{dataset}.yml"])

    def locate(rule: Rule) -> str:
        for path in files:
            line = _line_of(path, rule.rule)
            if line is not None:
                return f"{path}:{line}, rule {rule.rule}"
        return f"{next(iter(files))}, rule {rule.rule}"

    return locate


def rule_error(rule: Rule, locate: Locate, message: str, fix: str = "") -> RuleError:
    """The error of a rule that cannot be run."""
    return RuleError(
        f"rule `{rule.rule}` fails to run; the rule is at fault, not the data: {message}",
        where=locate(rule),
        fix=fix or "correct the rule, then run again; no record was judged by it",
    )


def _line_of(path: Path, rule: str) -> int | None:
    if not path.exists():
        return None
    wanted = re.compile(rf"^\s*-?\s*\{{?\s*rule:\s*['\"]?{re.escape(rule)}['\"]?\s*[,}}]?")
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), None)
