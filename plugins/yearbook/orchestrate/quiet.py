"""Keep the screen for people: everything that Airflow and libraries write goes to a file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

STANDARD_STREAMS = (1, 2)


@contextmanager
def screen(log: Path) -> Iterator[TextIO]:
    """Send standard output and error, of this process and its children, to `log`; give the screen to the block.

    The descriptors themselves are redirected: Airflow holds on to the streams that it finds at its import.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    saved = [os.dup(stream) for stream in STANDARD_STREAMS]
    with log.open("w") as lines, os.fdopen(os.dup(saved[0]), "w") as people:
        sys.stdout.flush()
        sys.stderr.flush()
        for stream in STANDARD_STREAMS:
            os.dup2(lines.fileno(), stream)
        try:
            yield people
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, copy in zip(STANDARD_STREAMS, saved, strict=True):
                os.dup2(copy, stream)
                os.close(copy)
