"""Start real servers for a test on free ports of the loopback, and stop them with all that they started."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

START_SECONDS = 30
STOP_SECONDS = 15


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path], *, log: Path, owner: str | None = None, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a session of its own; on leaving, stop it and all that it started."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            user=owner,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def wait_until(ready: Callable[[], bool], what: str, log: Path, seconds: float = START_SECONDS) -> None:
    """Wait for a server; fail with the end of its log when it does not come."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            tail = log.read_text(errors="replace")[-3000:] if log.exists() else "no log"
            pytest.fail(f"{what} is not ready after {seconds} s:\n{tail}")
        time.sleep(0.1)


@contextmanager
def postgresql() -> Iterator[str]:
    """Address of a new server with a superuser `yearbook`, who needs no password: `yearbook@127.0.0.1:<port>`."""
    binaries = _postgresql_binaries()
    with _private_folder() as (folder, owner):
        port, cluster, log = free_port(), folder / "cluster", folder / "log"
        initdb = [binaries / "initdb", "-D", cluster, "-U", "yearbook", "-A", "trust", "-E", "UTF8", "--no-sync"]
        done = subprocess.run(list(map(str, initdb)), user=owner, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "fsync": "off",
            "max_connections": 200,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with running([binaries / "postgres", "-D", cluster, *options], owner=owner, log=log):
            address = f"yearbook@127.0.0.1:{port}"
            wait_until(lambda: _answers(address), "PostgreSQL", log)
            yield address


@contextmanager
def redis(folder: Path, command: Sequence[str] = ("redis-server",)) -> Iterator[int]:
    """Port of a new, empty server that keeps nothing; `command` may carry further options."""
    binary = shutil.which(command[0]) or pytest.skip("redis-server is not installed (Debian: redis-server)")
    port, log = free_port(), folder / "redis.log"
    options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
    more = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
    with running([binary, *command[1:], *more], log=log):
        wait_until(lambda: _listens(port), "Redis", log)
        yield port


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


def _postgresql_binaries() -> Path:
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders or not (folders[-1] / "postgres").exists():
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    return folders[-1]


@contextmanager
def _private_folder() -> Iterator[tuple[Path, str | None]]:
    """A folder and its owner: PostgreSQL refuses to run as root, and the folders that pytest makes are root's alone."""
    owner = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="yearbook-postgresql-"))
    try:
        if owner:
            shutil.chown(folder, owner)
        yield folder, owner
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers(address: str) -> bool:
    try:
        psycopg.connect(f"postgresql://{address}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
