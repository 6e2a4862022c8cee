"""Fingerprints: what a step's result depends on, as one short hash."""

import hashlib
import json
from functools import cache
from pathlib import Path

import yearbook

SNAPSHOT_DIGITS = 32


def fingerprint(*parts: object) -> str:
    """Hash JSON-able parts (paths, dates and the like as text) to 64 hex digits; order of mapping keys is ignored."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def file_fingerprint(*paths: Path) -> str:
    """Hash the names and bytes of files, so that an edited definition redoes the step that reads it."""
    return fingerprint([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths])


@cache
def code_fingerprint(*rooms: str) -> str:
    """Hash the Python files of rooms of the library, so that changed code redoes its steps."""
    root = Path(yearbook.__file__).parent
    paths = sorted(path for room in rooms for path in (root / room).rglob("*.py"))
    return fingerprint([(str(path.relative_to(root)), path.read_text(encoding="utf-8")) for path in paths])
