"""Writes that either happened or did not: beside the target first, then renamed over it."""

import os
import uuid

import fsspec


def write_bytes(path: str, content: bytes) -> None:
    """Write `content` to `path` (local or any fsspec location) so that no reader ever sees half of it."""
    filesystem, target = fsspec.core.url_to_fs(path)
    filesystem.makedirs(os.path.dirname(target), exist_ok=True)
    if not is_local(filesystem):
        # An object store shows an object only once it is whole.
        filesystem.pipe_file(target, content)
        return
    beside = f"{target}.{uuid.uuid4().hex}.part"
    try:
        with open(beside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


def is_local(filesystem: fsspec.AbstractFileSystem) -> bool:
    """Whether a filesystem is this machine's own disk."""
    protocol = filesystem.protocol
    return "file" in ((protocol,) if isinstance(protocol, str) else protocol)
