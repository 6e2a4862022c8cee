"""Paths into JSON: `a.b[0].c`."""

import re
from typing import Any

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")

STEP_BELOW = re.compile(r"[.\[]")
"""Begins a step into what stands at the path before it."""

Steps = list[str | int]


def steps(path: str) -> Steps:
    """Take a path apart: `a.b[0]` is `["a", "b", 0]`. A leading `$` means the document itself."""
    return [int(index) if index else key for index, key in STEP.findall(path.removeprefix("$"))]


def follow(document: Any, path: Steps) -> Any:
    """What stands at a path, or None."""
    found = document
    for step in path:
        if isinstance(step, int) and isinstance(found, list) and step < len(found):
            found = found[step]
        elif isinstance(step, str) and isinstance(found, dict):
            found = found.get(step)
        else:
            return None
    return found


def is_path_below(path: str, other: str) -> bool:
    """Whether `other` is a path into what stands at `path`."""
    return other.startswith((f"{path}.", f"{path}["))
