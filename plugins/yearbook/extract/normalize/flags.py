"""Yes and no, in both languages and as programs write them."""

from yearbook.model.codelist import fold

_TRUE = frozenset(["是", "有", "yes", "y", "true", "t", "1", "1.0", "√", "✓", "✔"])
_FALSE = frozenset(["否", "无", "没有", "no", "n", "false", "f", "0", "0.0", "×", "✗", "✘"])


def read_flag(text: str) -> bool | None:
    """Read a yes or no, or None."""
    word = fold(text) if len(text) < 20 else ""
    return True if word in _TRUE else False if word in _FALSE else None
