"""From bytes to text, in the stated or the detected encoding, and never to other characters than were meant.

Order of detection: byte-order mark, UTF-8, GB18030, Latin-1. Latin-1 reads any bytes at all, so it is the last resort
and refused where the bytes are nearly one of the others: that is a damaged file, not a Latin-1 one.
"""

import codecs

from yearbook.errors import SourceError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHINESE = ("gb18030", "gbk", "gb2312", "hz")
DAMAGED_SHARE = 0.05
"""Below this share of unreadable characters the rest is taken as proof of the encoding."""
COMMON_SHARE = 0.5
"""Chinese text is mostly characters of GB2312; Latin-1 bytes read as GB18030 are nearly all rare ones."""


def decode(content: bytes, stated: str, where: str) -> tuple[str, str]:
    """Return the text and the encoding it was read in; `stated` is an encoding's name or `auto`.

    A byte-order mark never becomes part of the text. Raises `SourceError` naming line and byte where it cannot be read.
    """
    if stated == "auto":
        return _detect(content, where)
    try:
        encoding = _python_name(codecs.lookup(stated).name, content)
    except LookupError:
        raise SourceError(
            f"`{stated}` is no encoding that is known here",
            where=where,
            fix="encoding: auto, utf-8, gb18030 or latin-1",
        ) from None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, error, stated, where) from None
    _refuse_disguised_utf8(content, encoding, where)
    return text, encoding


def _python_name(name: str, content: bytes) -> str:
    if name == "utf-8" and content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    # GB18030 holds all of its predecessors, and files that state one of them seldom keep to it.
    return "gb18030" if name in CHINESE else name


def _detect(content: bytes, where: str) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return decode(content, encoding, where)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if _is_meant(content.decode(encoding, errors="replace"), encoding):
                raise _unreadable(content, error, encoding, where) from None
            continue
        if encoding == "utf-8" or _is_meant(text, encoding):
            return text, encoding
    return _decode_latin(content)


def _decode_latin(content: bytes) -> tuple[str, str]:
    # Windows calls its own code page Latin-1; the two differ in bytes that are control characters in Latin-1.
    if any(0x80 <= byte <= 0x9F for byte in set(content)):
        try:
            return content.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            pass
    return content.decode("latin-1"), "latin-1"


def _is_meant(text: str, encoding: str) -> bool:
    foreign = [character for character in text if character > "\x7f"]
    damaged = foreign.count("\ufffd")
    if not foreign or damaged > DAMAGED_SHARE * len(foreign):
        return False
    if encoding == "utf-8":
        return True
    common = "".join(foreign).encode("gb2312", errors="ignore")
    return len(common) / 2 > COMMON_SHARE * len(foreign)


def _refuse_disguised_utf8(content: bytes, encoding: str, where: str) -> None:
    if encoding.startswith("utf") or content.isascii():
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise SourceError(
        f"the file is UTF-8, and its definition states {encoding}: every name would be garbled",
        where=where,
        fix="encoding: utf-8, or auto",
    )


def _unreadable(content: bytes, error: UnicodeDecodeError, encoding: str, where: str) -> SourceError:
    line = content.count(b"\n", 0, error.start) + 1
    column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
    readable = _readable_in(content, encoding)
    return SourceError(
        f"not readable as {encoding}: byte 0x{content[error.start]:02x}, the {column}th of line {line}",
        where=f"{where}:{line}",
        fix=f"encoding: {readable}" if readable else "ask for the file again: it is damaged in this place",
    )


def _readable_in(content: bytes, refused: str) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not refused.startswith(encoding) and _is_meant(text, encoding):
            return encoding
    return None
