"""What a library says of bytes that make no sense, as an error that a user can mend."""

from collections.abc import Iterator
from contextlib import contextmanager

from yearbook.errors import SourceError, YearbookError


@contextmanager
def refusing(what: str, where: str, fix: str) -> Iterator[None]:
    """Turn whatever a library raises into a `SourceError`. To be put around calls of the library alone."""
    try:
        yield
    except YearbookError:
        raise
    except Exception as error:
        raise _refused(what, error, where, fix) from error
    except BaseException as error:
        # A panic of Rust code derives from no `Exception` and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _refused(what, error, where, fix) from error


def _refused(what: str, error: BaseException, where: str, fix: str) -> SourceError:
    said = str(error).strip() or type(error).__name__
    return SourceError(f"{what}: {said.splitlines()[0][:200]}", where=where, fix=fix)
