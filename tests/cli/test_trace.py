"""How `yearbook trace` tells how far it is, and ends at Ctrl-C."""

import os
import signal

import pytest

from yearbook.cli.trace import asking


def test_where_nobody_sees_it_change_the_number_of_questions_stands_in_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with asking(100) as asked:
        assert all(asked.goes_on(number) for number in range(1, 130))
    assert capsys.readouterr().err == "asked 40 of at most 100 …\nasked 80 of at most 100 …\n"


def test_an_interrupt_ends_the_questions_and_a_second_one_the_command() -> None:
    before = signal.getsignal(signal.SIGINT)
    with asking(100) as asked:
        assert asked.goes_on(1)
        os.kill(os.getpid(), signal.SIGINT)
        assert (asked.goes_on(2), asked.is_stopped) == (False, True)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before
