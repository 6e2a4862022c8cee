"""Leases: one run at a time on one thing, and none kept by the dead."""

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import psutil
from sqlalchemy import ColumnElement, Engine, delete, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.records import Lease
from yearbook.catalogue.tables import LeaseRow
from yearbook.errors import LeaseError

HEARTBEAT_SECONDS = 10
EXPIRY_SECONDS = 60
POLL_SECONDS = 0.2
START_TOLERANCE_SECONDS = 1.0


class Leases(CatalogueBase):
    """Who is at work on what."""

    def __init__(self, engine: Engine, programme: str) -> None:
        super().__init__(engine, programme)
        self._mine = threading.local()

    @contextmanager
    def lease(self, scope: str, *, wait_seconds: float = 0) -> Iterator[Lease]:
        """Hold `scope` (such as a year) of this programme while the block runs; a thread that holds it may go on.

        Waits up to `wait_seconds` for another owner, and takes over from one that died. Raises `LeaseError` that names
        the owner.
        """
        held: dict[str, Lease] = self._mine.__dict__.setdefault("held", {})
        if scope in held:
            yield held[scope]
            return
        lease = held[scope] = self._acquire(Lease(scope, uuid.uuid4().hex), wait_seconds)
        stop = threading.Event()
        heart = threading.Thread(target=self._beat, args=(lease, stop), daemon=True)
        heart.start()
        try:
            yield lease
        finally:
            del held[scope]
            stop.set()
            heart.join()
            self._release(lease)

    def require_lease(self, session: Session, lease: Lease) -> None:
        """Raise `LeaseError` where the lease was lost, within the transaction that may only happen under it."""
        row = session.get(LeaseRow, (self.programme, lease.scope), with_for_update=True)
        if row is None or row.owner != lease.owner:
            raise LeaseError(
                f"the lease of {self.programme}, {lease.scope} was lost before the work was done",
                where=f"process {row.pid} on {row.host} has it now" if row else "nobody has it now",
                fix="run again; nothing was recorded",
            )

    def require_held(self, lease: Lease) -> None:
        """Raise `LeaseError` where the lease was lost: ask before what no transaction of the catalogue holds."""
        with self._begin() as session:
            self.require_lease(session, lease)

    def _acquire(self, lease: Lease, wait_seconds: float) -> Lease:
        deadline = time.monotonic() + wait_seconds
        while not self._try(lease):
            holder = self._holder(lease.scope)
            if holder is None or _is_dead(holder):
                if holder is not None:
                    self._release(Lease(lease.scope, holder.owner))
            elif time.monotonic() >= deadline:
                raise LeaseError(
                    f"another run is at work on {self.programme}, {lease.scope}",
                    where=f"process {holder.pid} on {holder.host}",
                    fix="wait until it has ended, or end it; a lease of a dead run is taken over by itself",
                )
            else:
                time.sleep(POLL_SECONDS)
        return lease

    def _try(self, lease: Lease) -> bool:
        process = psutil.Process()
        row = LeaseRow(
            programme=self.programme,
            scope=lease.scope,
            owner=lease.owner,
            host=socket.gethostname(),
            pid=process.pid,
            started=process.create_time(),
            expires=_expiry(),
        )
        with self._begin() as session:
            session.add(row)
            try:
                session.commit()
            except IntegrityError:
                return False
        return True

    def _holder(self, scope: str) -> LeaseRow | None:
        with self._begin() as session:
            row = session.get(LeaseRow, (self.programme, scope))
            if row is not None:
                session.expunge(row)
            return row

    def _beat(self, lease: Lease, stop: threading.Event) -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            # A beat that fails is made up for by the next; if none gets through, `require_lease` finds the lease lost.
            with suppress(SQLAlchemyError), self._begin() as session:
                session.execute(update(LeaseRow).where(*self._is(lease)).values(expires=_expiry()))
                session.commit()

    def _release(self, lease: Lease) -> None:
        with self._begin() as session:
            session.execute(delete(LeaseRow).where(*self._is(lease)))
            session.commit()

    def _is(self, lease: Lease) -> tuple[ColumnElement[bool], ...]:
        return (
            LeaseRow.programme == self.programme,
            LeaseRow.scope == lease.scope,
            LeaseRow.owner == lease.owner,
        )


def _expiry() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=EXPIRY_SECONDS)


def _is_dead(lease: LeaseRow) -> bool:
    if lease.host == socket.gethostname():
        return not _is_running(lease.pid, lease.started)
    # SQLite gives the time back without its zone; it was written in UTC.
    expires = lease.expires if lease.expires.tzinfo else lease.expires.replace(tzinfo=UTC)
    return expires < datetime.now(UTC)


def _is_running(pid: int, started: float) -> bool:
    if pid == os.getpid():
        return True
    try:
        # A number is given out again: only the same start makes it the same process.
        return bool(abs(psutil.Process(pid).create_time() - started) < START_TOLERANCE_SECONDS)
    except psutil.NoSuchProcess:
        return False
