"""`make up`: Airflow itself on 127.0.0.1 with the DAGs of this project, until Ctrl-C.

Airflow ends its own components on SIGINT only, and leaves them behind on any other signal. So every signal that means
the end becomes a SIGINT, and what has not gone by then is ended.
"""

import signal
import subprocess
import sys
import time
from types import FrameType

import psutil
from rich.console import Console

from yearbook.orchestrate.home import airflow_home, environment, migrated

AIRFLOW = [sys.executable, "-m", "airflow"]
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_SECONDS = 1
PATIENCE_SECONDS = 30
LAST_SECONDS = 10
"""What is still there when Airflow is gone waits for somebody, as the API server does for open pages."""


def main(arguments: list[str] | None = None) -> int:
    """Run `airflow standalone`, or another command of Airflow, in the project's environment; return its exit code."""
    settings = environment(migrated(airflow_home() / "airflow.db"))
    if arguments:
        return subprocess.run([*AIRFLOW, *arguments], env=settings, check=False).returncode
    address = f"http://{settings['AIRFLOW__API__HOST']}:{settings['AIRFLOW__API__PORT']}"
    Console().print(f"Airflow starts on {address}; its log names the password. Ctrl-C stops it.")
    # A session of its own: Ctrl-C reaches this process alone, and Airflow gets one signal, not two.
    return _Child(subprocess.Popen([*AIRFLOW, "standalone"], env=settings, start_new_session=True)).wait()


class _Child:
    """Airflow and all that it started."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._family: set[psutil.Process] = set()
        self._deadline: float | None = None
        for ending in ENDINGS:
            signal.signal(ending, self._stop)

    def wait(self) -> int:
        """Wait for the end, and see that nothing is left; return the exit code."""
        while (code := self._look()) is None:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._process.kill()
        left = [process for process in self._family if process.is_running()]
        for process in left:
            process.terminate()
        for process in psutil.wait_procs(left, timeout=LAST_SECONDS)[1]:
            process.kill()
        return 0 if self._deadline is not None else code

    def _look(self) -> int | None:
        try:
            return self._process.wait(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            self._family.update(psutil.Process(self._process.pid).children(recursive=True))
            return None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._deadline is None:
            self._deadline = time.monotonic() + PATIENCE_SECONDS
            self._process.send_signal(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
