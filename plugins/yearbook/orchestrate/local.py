"""`make yearbook`: run the main job through the DAGs, show it, and end with the address of the report.

`--up` starts Airflow itself instead. Not its business: what is run, and in what order (`job.py`).
"""

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from yearbook.errors import YearbookError
from yearbook.orchestrate import standalone, tasks
from yearbook.orchestrate.clock import LIBRARY
from yearbook.orchestrate.engine import Engine
from yearbook.orchestrate.home import airflow_home
from yearbook.orchestrate.job import LocalRun, TasksFailedError
from yearbook.orchestrate.quiet import screen
from yearbook.progress import Progress, show_progress

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line says; return the exit code."""
    options = _parse(arguments)
    if options.up:
        return standalone.main()
    if options.data:
        os.environ["YEARBOOK_DATA"] = options.data
    # What came before were imports, which are all work and no waiting.
    began = time.perf_counter() - time.process_time()
    log = airflow_home() / "logs" / f"{Path(options.programme).name}-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
    with screen(log) as people:
        console = Console(file=people)
        try:
            _run(options, console, began)
        except TasksFailedError as failed:
            for failure in failed.failures:
                _complain(console, f"{failure.task} failed.", failure.error)
        except YearbookError as error:
            _complain(console, "Stopped.", error)
        except Exception as defect:  # noqa: BLE001 (the last door: a person reads what came, the log keeps how)
            traceback.print_exc()
            _complain(console, "Stopped.", defect)
        except KeyboardInterrupt:
            console.print("Stopped. The next run goes on from here.")
            return INTERRUPTED
        else:
            return 0
        _tell(console, f"Airflow's log: {log}")
    return 1


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m yearbook.orchestrate.local", description=__doc__)
    parser.add_argument("--programme", default="demo", help="a folder of include/programmes/ (demo)")
    parser.add_argument("--years", default=None, help="2024, 2021,2024 or 2023-2024; all editions by default")
    parser.add_argument("--data", default=None, help="the folder of records that {data} means in sources")
    parser.add_argument("--up", action="store_true", help="start Airflow on 127.0.0.1 instead; Ctrl-C stops it")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, console: Console, began: float) -> None:
    with console.status("Starting"), LIBRARY.running():
        from yearbook.pipeline import parse_years

        workspace = tasks.workspace(options.programme)
        years = parse_years(options.years, workspace.recipe.programme)
    with Engine(workspace.programme) as engine, show_progress(workspace.catalogue, console) as progress:
        index = LocalRun(workspace, years, engine).run()
    _summarize(console, progress, time.perf_counter() - began, engine.is_started)
    _tell(console, f"The report: {index}")


def _summarize(console: Console, progress: Progress, seconds: float, is_airflow_used: bool) -> None:
    _tell(console, f"Redone: {_list(progress.counts('done'))}. Kept: {_list(progress.counts('kept'))}.")
    share = (
        f"Airflow's own share {max(seconds - LIBRARY.seconds, 0):.1f} s"
        if is_airflow_used
        else "Airflow was not needed"
    )
    _tell(console, f"{seconds:.1f} s in all. {share}.")


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {step}" for step, count in counts.items()) or "nothing"


def _complain(console: Console, headline: str, error: BaseException) -> None:
    console.print(Text(headline, style="bold red"))
    if isinstance(error, YearbookError):
        _tell(console, str(error))
    else:
        _tell(console, f"A defect of the program: {type(error).__name__}: {error}\nIts traceback is in Airflow's log.")


def _tell(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # All is written. Python would walk through all that Airflow left behind, for two seconds.
    os._exit(code)
