"""What the program imports is what it declares: the image installs nothing that only developers need."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

OURS = {"yearbook", "yearbook_plugin"}
# Never imported by us, but by others by name: Airflow's providers, drivers of databases, the frames that rules see.
BY_NAME = re.compile(r"apache-airflow-providers-.*|celery|pandas|psycopg|psycopg2-binary")


def test_every_import_is_declared_and_every_declaration_is_used(project: Path) -> None:
    metadata = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    declared = {_canonical(re.split(r"[\[<>=~!; ]", line)[0]) for line in metadata["dependencies"]}
    providers = packages_distributions()
    undeclared, used = set(), set()
    for module in _imported(project):
        names = {_canonical(name) for name in providers.get(module, [module])}
        if module == "airflow":
            names = {"apache-airflow"}
        used |= names & declared
        if not names & declared:
            undeclared.add(module)
    assert undeclared == set()
    assert {name for name in declared - used if not BY_NAME.fullmatch(name)} == set()


def _imported(project: Path) -> set[str]:
    found: set[str] = set()
    for path in [*(project / "plugins").rglob("*.py"), *(project / "dags").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
