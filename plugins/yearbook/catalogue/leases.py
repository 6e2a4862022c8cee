"""Leases: one run at a time on one thing, and none kept by the dead."""

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psutil
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.tables import LeaseRow
from yearbook.errors import LeaseError

HEARTBEAT_SECONDS = 10
EXPIRY_SECONDS = 60
POLL_SECONDS = 0.2
START_TOLERANCE_SECONDS = 1.0


class Leases(CatalogueBase):
    """Who is at work on what."""

    @contextmanager
    def lease(self, scope: str, *, wait_seconds: float = 0) -> Iterator[None]:
        """Hold `scope` (such as a year) of this programme while the block runs.

        Waits up to `wait_seconds` for another owner, and takes over from one that died. Raises `LeaseError` that names
        the owner.
        """
        owner = uuid.uuid4().hex
        self._acquire(scope, owner, wait_seconds)
        stop = threading.Event()
        heart = threading.Thread(target=self._beat, args=(scope, owner, stop), daemon=True)
        heart.start()
        try:
            yield
        finally:
            stop.set()
            heart.join()
            self._release(scope, owner)

    def _acquire(self, scope: str, owner: str, wait_seconds: float) -> None:
        deadline = time.monotonic() + wait_seconds
        while not self._try(scope, owner):
            holder = self._holder(scope)
            if holder is None or _is_dead(holder):
                if holder is not None:
                    self._release(scope, holder.owner)
            elif time.monotonic() >= deadline:
                raise LeaseError(
                    f"another run is at work on {self.programme}, {scope}",
                    where=f"process {holder.pid} on {holder.host}",
                    fix="wait until it has ended, or end it; a lease of a dead run is taken over by itself",
                )
            else:
                time.sleep(POLL_SECONDS)

    def _try(self, scope: str, owner: str) -> bool:
        process = psutil.Process()
        row = LeaseRow(
            programme=self.programme,
            scope=scope,
            owner=owner,
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

    def _beat(self, scope: str, owner: str, stop: threading.Event) -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            with self._begin() as session:
                session.execute(
                    update(LeaseRow)
                    .where(LeaseRow.programme == self.programme, LeaseRow.scope == scope, LeaseRow.owner == owner)
                    .values(expires=_expiry())
                )
                session.commit()

    def _release(self, scope: str, owner: str) -> None:
        with self._begin() as session:
            session.execute(
                delete(LeaseRow).where(
                    LeaseRow.programme == self.programme, LeaseRow.scope == scope, LeaseRow.owner == owner
                )
            )
            session.commit()


def _expiry() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=EXPIRY_SECONDS)


def _is_dead(lease: LeaseRow) -> bool:
    if lease.host == socket.gethostname() and not _is_running(lease.pid, lease.started):
        return True
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
