"""The documentation says what is: its commands, settings and examples exist, and its pages ask nobody for anything."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer
from ruamel.yaml import YAML

from yearbook import settings
from yearbook.cli import app
from yearbook.compute.trial import TrialRoom, read_trials
from yearbook.handbook import make_pages
from yearbook.model.dataset import DatasetExtension
from yearbook.model.definition import Definition, load_definition
from yearbook.model.indicator import Indicator
from yearbook.model.programme import Programme
from yearbook.model.recipe import IndicatorFolder, load_recipe
from yearbook.model.source import Constant, Format, Source
from yearbook.scenario.contract_records import write_contract_records
from yearbook.scenario.scenario import Scenario

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUE = PROJECT / "docs/catalogue"
PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *(page for page in sorted((PROJECT / "docs").rglob("*.md")) if CATALOGUE not in page.parents),
]
MODELS: dict[str, type[Definition]] = {
    r"/sources/[^/]+\.yml$": Source,
    r"/datasets/[^/]+\.yml$": DatasetExtension,
    r"/indicator\.yml$": Indicator,
    r"/programme\.yml$": Programme,
}
CODE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
TITLED = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```', re.DOTALL | re.MULTILINE)
EXAMPLES = [example for page in PAGES for example in TITLED.findall(page.read_text())]
NO_KEYS = {*get_args(Format), *get_args(Constant.model_fields["from_"].annotation), "auto"}
"""What the reference of sources writes as it writes keys: values."""
KEY = re.compile(r"\bSIM-C-[\w-]+")
EXTERNAL = re.compile(
    r"""(?:<(?:script|img|iframe)[^>]+src|<link[^>]+(?:stylesheet|preconnect|preload)[^>]+href)=["']?https?:"""
)


def _shell_lines() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        text = page.read_text()
        blocks = [body for language, body in CODE.findall(text) if language == "bash"]
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`((?:yearbook|make) [^`\n]+)`", text)
        for line in lines:
            words = shlex.split(line, comments=True)
            if words and not any("<" in word for word in words[1:2]):
                yield page.name, words


SHELL_LINES = list(_shell_lines())


@pytest.mark.parametrize("words", [words for _, words in SHELL_LINES if words[0] == "yearbook"], ids=" ".join)
def test_commands_exist_with_their_options(words: list[str]) -> None:
    command = typer.main.get_command(app)
    rest = words[1:]
    while rest and hasattr(command, "commands"):
        assert rest[0] in command.commands
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in rest if word.startswith("-")} <= known


def test_every_command_is_in_the_reference() -> None:
    described = set(re.findall(r"^\| `(yearbook [a-z ]+)`", (PROJECT / "docs/reference/commands.md").read_text(), re.M))
    root = typer.main.get_command(app)
    expected = set()
    for name, command in root.commands.items():
        expected |= (
            {f"yearbook {name} {inner}" for inner in command.commands}
            if hasattr(command, "commands")
            else {f"yearbook {name}"}
        )
    assert described == expected


def test_every_target_is_in_the_reference_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text(), re.M))
    reference = (PROJECT / "docs/reference/commands.md").read_text()
    assert set(re.findall(r"^\| `make ([a-z]+)`", reference, re.M)) == targets
    assert {words[1] for _, words in SHELL_LINES if words[0] == "make" and words[1].islower()} <= targets


def test_every_setting_is_in_the_reference() -> None:
    rows = re.compile(r"^\| `(YEARBOOK_\w+)` \| ", re.M)
    reference = (PROJECT / "docs/reference/settings.md").read_text()
    assert rows.findall(reference) == rows.findall(settings.__doc__ or "")


@pytest.mark.parametrize(
    ("path", "text", "model"),
    [
        pytest.param(path, text, model, id=path)
        for path, text in EXAMPLES
        for pattern, model in MODELS.items()
        if re.search(pattern, path)
    ],
)
def test_examples_are_what_the_program_takes(path: str, text: str, model: type[Definition]) -> None:
    model.model_validate(YAML(typ="safe", pure=True).load(text))


def test_the_example_of_an_indicator_computes_what_it_says(tmp_path: Path) -> None:
    folder = Path("include/sql/indicators/foreign_contract_share")
    files = {Path(path).name: text for path, text in EXAMPLES if Path(path).parent == folder}
    assert sorted(files) == ["indicator.yml", "query.sql", "test.yml"]
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    example = IndicatorFolder(tmp_path, load_definition(tmp_path / "indicator.yml", Indicator))
    recipe = load_recipe("demo", PROJECT / "include")
    [trial] = read_trials(example)
    with TrialRoom(recipe, PROJECT / "include") as room:
        expected, found = room.run(trial, example)
    assert found == expected


def test_the_catalogue_pages_are_what_the_definitions_say() -> None:
    made = make_pages(load_recipe("demo", PROJECT / "include"))
    written = {path.relative_to(CATALOGUE).as_posix(): path.read_text() for path in CATALOGUE.rglob("*.md")}
    stale = sorted(name for name in made.keys() | written.keys() if made.get(name) != written.get(name))
    assert stale == [], "run `make handbook`"


def test_source_reference_names_every_key_and_no_other() -> None:
    text = (PROJECT / "docs/reference/source-files.md").read_text()
    keys: set[str] = set()
    waiting: list[type[Definition]] = [Source]
    for model in waiting:
        for name, field in model.model_fields.items():
            keys.add(field.alias or name)
            waiting += [part for part in _models(field.annotation) if part not in waiting and part.__name__ != "Text"]
    plain = CODE.sub("", text)
    assert sorted(key for key in keys if f"`{key}`" not in plain) == []
    assert sorted(set(re.findall(r"`([a-z_]+)`", plain)) - keys - NO_KEYS) == []


def test_pages_build_and_ask_nobody_for_anything(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > len(list((PROJECT / "docs").rglob("*.md")))
    assert [page.name for page in pages if EXTERNAL.search(page.read_text())] == []


def _models(annotation: object) -> list[type[Definition]]:
    if isinstance(annotation, type) and issubclass(annotation, Definition):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models(part)]


def test_records_that_examples_name_are_in_the_demonstration(tmp_path: Path) -> None:
    """As somebody simulates it who says neither seed nor scale."""
    named = {key for page in PAGES for key in KEY.findall(page.read_text())}
    assert named
    simulation = load_recipe("demo", PROJECT / "include").programme.simulation
    assert simulation is not None
    write_contract_records(tmp_path, Scenario(simulation.seed, simulation.scale))
    text = "\n".join(file.read_bytes().decode("gb18030", "ignore") for file in tmp_path.rglob("*_contracts_2024Q*.csv"))
    assert sorted(named - set(KEY.findall(text))) == []
