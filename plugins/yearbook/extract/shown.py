"""How a text out of a file stands in a message or a comment: on one line, and no longer than is read."""

import unicodedata

SHOWN_HEADER = 80


def shown(text: str, length: int = SHOWN_HEADER) -> str:
    """Return a text on one line, cut to `length` characters; characters that cannot be seen become U+FFFD."""
    line = " ".join(text[: 4 * length].split())
    line = line if len(line) <= length and len(text) <= 4 * length else f"{line[:length]} …"
    return "".join("\ufffd" if is_unseen(character) else character for character in line)


def is_unseen(character: str) -> bool:
    """Whether a character controls how text is laid out or read, and shows nothing itself."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")
