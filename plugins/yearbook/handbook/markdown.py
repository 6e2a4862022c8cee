"""Markdown that a cell, a heading or a block cannot break. Not its business: what is told."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Written by `make handbook` from the definitions; change those. -->"
SPECIAL = str.maketrans({"|": "\\|", "<": "&lt;", "\n": " ", "_": "\\_", "*": "\\*", "[": "\\["})


def escape(text: object) -> str:
    """Write a text so that it stands in a cell as it is."""
    return str(text).translate(SPECIAL)


def code(text: object) -> str:
    """Write a name as code, also in a cell."""
    return f"`{str(text).replace('|', chr(92) + '|')}`"


def codes(names: Iterable[object]) -> str:
    """Write names as code, set apart by commas."""
    return ", ".join(code(name) for name in names)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; cells are Markdown already."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def folded(title: str, text: str, language: str) -> str:
    """Write a block of code that opens when asked for."""
    body = "\n".join(f"    {line}".rstrip() for line in f"```{language}\n{text.strip()}\n```".splitlines())
    return f'??? note "{title}"\n\n{body}'


def page(*parts: str) -> str:
    """Put the parts of a page together, leaving out empty ones."""
    return "\n\n".join((MADE, *(part for part in parts if part))) + "\n"
