"""How long the main job takes, and as which share of it: measured within one run, since machines differ.

`make bench` prints a table. Real records take part where `YEARBOOK_REAL_DATA` (by default `../shared/data`) is there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).resolve().parents[2]
REAL_DATA = Path(os.environ.get("YEARBOOK_REAL_DATA") or PROJECT.parent / "shared" / "data")
REAL_PROGRAMMES = ("china_techmarket", "aiddata", "ted")
WITHOUT_AIRFLOW = (sys.executable, "-m", "yearbook", "run")
PUBLISH = (sys.executable, "-m", "yearbook", "publish", "--years", "2024")
WITH_AIRFLOW = (sys.executable, "-m", "yearbook.orchestrate.local")


def measure(home: Path, *command: str, data: Path | None = None) -> float:
    """Run a command on a data folder; return its seconds. Raises `CalledProcessError` where it failed."""
    environment = {**os.environ, "YEARBOOK_HOME": str(home), **({"YEARBOOK_DATA": str(data)} if data else {})}
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def publish_again(home: Path) -> float:
    """Publish an edition that is no longer on the site: with PDF only where the programme asks for it."""
    shutil.rmtree(home / "site/demo/2024")
    return measure(home, *PUBLISH)


def main() -> None:
    """Measure the demonstration edition and, where it is there, the real records."""
    table = Table("run", "seconds", "ratio to the demonstration without Airflow")
    with tempfile.TemporaryDirectory() as folder:
        first, second, real = (Path(folder) / name for name in ("first", "second", "real"))
        plain = measure(first, *WITHOUT_AIRFLOW)
        rows = [
            ("demonstration, without Airflow", plain),
            ("the same again, nothing changed", measure(first, *WITHOUT_AIRFLOW)),
            ("one edition, both languages, all formats", publish_again(first)),
            ("demonstration, through the DAGs", measure(second, *WITH_AIRFLOW)),
            ("the same again, nothing changed", measure(second, *WITH_AIRFLOW)),
        ]
        if REAL_DATA.is_dir():
            seconds = [measure(real, *WITHOUT_AIRFLOW, "-p", name, data=REAL_DATA) for name in REAL_PROGRAMMES]
            rows.append((f"real records: {', '.join(REAL_PROGRAMMES)}", sum(seconds)))
    for name, seconds_taken in rows:
        table.add_row(name, f"{seconds_taken:.1f}", f"{seconds_taken / plain:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
