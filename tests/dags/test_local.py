"""`make yearbook`, as a person calls it: what it prints, how it ends, what a second run redoes."""

import signal
import subprocess
import sys
import time

import pytest

from tiny import Tiny

COMMAND = [sys.executable, "-m", "yearbook.orchestrate.local", "--programme", "tiny"]


def run(tiny: Tiny, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_run_shows_what_it_does_and_a_second_one_keeps_it(tiny: Tiny) -> None:
    code, said = run(tiny)
    assert code == 0, said
    assert "collect   register contracts.csv" in said
    assert "Redone: 1 collect, 1 settle, 2 validate," in said
    assert "Kept: nothing." in said
    assert "Airflow's own share" in said
    assert said.splitlines()[-1] == f"The report: {tiny.home}/site/index.html"

    code, said = run(tiny, "--years", "2024")
    assert code == 0, said
    assert "Redone: nothing. Kept: 1 collect, 2 validate, 1 compute, 1 publish." in said
    assert "Airflow was not needed." in said


def test_a_failure_is_told_without_a_traceback(tiny: Tiny) -> None:
    tiny.records.write_text("合同编号,无人认识的列\n1,2\n", encoding="utf-8")
    code, said = run(tiny)
    assert code == 1
    assert "tiny.collect.register, collect contracts contracts.csv failed." in said
    assert "无人认识的列" in said
    assert "to mend:" in said
    assert "Airflow's log: " in said
    assert "Traceback" not in said
    assert not (tiny.home / "site/index.html").exists()


def test_a_wrong_year_is_refused_before_anything_runs(tiny: Tiny) -> None:
    code, said = run(tiny, "--years", "2031")
    assert code == 1
    assert "2031: no edition of tiny" in said
    assert "its editions: 2023-2024" in said


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_run_that_is_stopped_is_finished_by_the_next(sent: int, code: int, tiny: Tiny) -> None:
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while process.poll() is None and not (tiny.home / "tiny/lake").exists():
        time.sleep(0.01)
    process.send_signal(sent)
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in said) == (code, False)
    assert not (tiny.home / "site/index.html").exists()

    code, said = run(tiny)
    assert code == 0, said
    assert (tiny.home / "site/tiny/2024/en.html").exists()
