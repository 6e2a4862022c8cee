"""A signed programme: the tiny one, whose editions two people sign, and a file of people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tiny import PROGRAMME, Tiny, make_tiny

SIGN_OFF = "sign_off: {signers: 2, not_the_corrector: true}\n"
PEOPLE = """\
people:
  vera: {roles: [viewer]}
  stan: {roles: [statistician], email: stan@example.org}
  lea: {roles: [lead], email: lea@example.org}
  lou: {roles: [lead], email: lou@example.org}
  lena: {roles: [lead, statistician]}
  luke: {roles: [lead], programmes: [other]}
  ed: {roles: [engineer]}
"""

Make = Callable[..., Tiny]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A function that makes the programme, with another rule of sign-off where one is given."""

    def make(sign_off: str = SIGN_OFF) -> Tiny:
        tiny = make_tiny(tmp_path)
        tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: PROGRAMME + sign_off)
        (tmp_path / "people.yml").write_text(PEOPLE, encoding="utf-8")
        tiny.environment["YEARBOOK_PEOPLE"] = str(tmp_path / "people.yml")
        for name, value in tiny.environment.items():
            monkeypatch.setenv(name, value)
        return tiny

    return make
