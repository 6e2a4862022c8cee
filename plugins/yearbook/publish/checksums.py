"""SHA-256 of an edition's files, in the form that `sha256sum --check` reads.

Not its business: whether an edition on the site is what was written (`folders`).
"""

import hashlib

CHECKSUMS = "SHA256SUMS"


def make_checksums(files: dict[str, bytes]) -> dict[str, bytes]:
    """One line a file, in alphabetical order."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return {CHECKSUMS: "".join(lines).encode()}
