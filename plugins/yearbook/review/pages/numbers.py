"""Whole numbers as addresses and forms have them: ASCII digits, few enough to be a page, a year or a version."""

MOST_DIGITS = 9


def read_whole(text: str, *, longest: int = MOST_DIGITS) -> int | None:
    """Read a number that is not negative; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
