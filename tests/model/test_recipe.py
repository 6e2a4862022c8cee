"""Every definition in the repository loads, and a wrong reference is refused with the nearest right name."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from yearbook.errors import DefinitionError
from yearbook.model.codelist import load_codelist
from yearbook.model.definition import load_definition
from yearbook.model.indicator import Indicator
from yearbook.model.programme import Parameter, Programme, Simulation
from yearbook.model.recipe import list_programmes, load_programme, load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"


@pytest.mark.parametrize("programme", list_programmes(INCLUDE))
def test_every_definition_in_the_repository_is_valid(programme: str) -> None:
    recipe = load_recipe(programme, INCLUDE)
    assert recipe.programme.programme == programme
    assert recipe.sources


def test_an_unknown_programme_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(DefinitionError, match="did you mean `demo`"):
        load_programme("dmeo", INCLUDE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("越南", "VNM"),
        (" 越\u3000南 ", "VNM"),
        ("VN", "VNM"),
        ("NA", "NAM"),
        ("Namibia", "NAM"),
        ("UK", "GBR"),
        ("Atlantis", None),
    ],
)
def test_a_country_is_found_by_any_of_its_names(text: str, code: str | None) -> None:
    assert load_codelist(INCLUDE / "codelists/partners.csv").find(text) == code


def test_the_whole_country_is_found_with_padding() -> None:
    assert load_codelist(INCLUDE / "codelists/areas.csv").find("全    国") == "_T"


def test_an_alias_of_two_codes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("code,name_en,name_zh,level,parent,aliases\nA,One,一,x,,Both\nB,Two,二,x,,BOTH\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="`BOTH` names both A and B"):
        load_codelist(path)


def test_a_programme_adds_codes_and_aliases_to_a_common_codelist(tmp_path: Path) -> None:
    common, own = tmp_path / "areas.csv", tmp_path / "areas.add.csv"
    common.write_text("code,name_en,name_zh,level,parent,aliases\nA,One,一,x,,First\n", encoding="utf-8")
    own.write_text("code,name_en,name_zh,level,parent,aliases\nA,,,,,Uno\nB,Two,二,x,,\n", encoding="utf-8")
    extended = load_codelist(common).extended_with(load_codelist(own))
    names = ("First", "Uno", "One", "二", "Three")
    assert {name: extended.find(name) for name in names} == {
        "First": "A",
        "Uno": "A",
        "One": "A",
        "二": "B",
        "Three": None,
    }


VALUES = [
    (".nan", "no finite number"),
    (".inf", "no finite number"),
    ("-.inf", "no finite number"),
    ("1e400", "no finite number"),
    ("1" + "0" * 400, "no finite number"),
    ("true", "neither a number nor a word"),
    ('"6"', "leave out the quotes"),
    ("'-0.25'", "leave out the quotes"),
    ('" .5 "', "leave out the quotes"),
    ("'1e3'", "leave out the quotes"),
]


@pytest.mark.parametrize(("value", "what"), VALUES)
@pytest.mark.parametrize("model", [Programme, Indicator])
def test_a_parameter_is_a_finite_number_or_a_word(
    tmp_path: Path, value: str, what: str, model: type[Programme | Indicator]
) -> None:
    folder = "programmes/demo/programme.yml" if model is Programme else "sql/indicators/contract_count/indicator.yml"
    text = re.sub(r"^parameters:\n(  .*\n)*", "", (INCLUDE / folder).read_text(encoding="utf-8"), flags=re.M)
    path = tmp_path / "definition.yml"
    path.write_text(f"{text.rstrip()}\nparameters:\n  gdp_elasticity:\n    value: {value}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_definition(path, model)
    assert what in caught.value.what
    assert caught.value.what.startswith("parameters.gdp_elasticity.value: ")
    assert caught.value.where == f"{path}:{len(path.read_text(encoding='utf-8').splitlines())}"


@pytest.mark.parametrize("value", [6, 0.25, -1, 1e300, "none", "6a", "01", "", ".", "+", "e5", "last_value"])
def test_these_are_numbers_or_words(value: float | str) -> None:
    assert Parameter(value=value).value == value


@pytest.mark.parametrize("is_tested", ["true", "false"])
def test_only_a_ratio_says_whether_it_is_tested_for_chance(tmp_path: Path, is_tested: str) -> None:
    text = (INCLUDE / "sql/indicators/contract_count/indicator.yml").read_text(encoding="utf-8")
    path = tmp_path / "indicator.yml"
    path.write_text(f"tested_for_chance: {is_tested}\n{text}", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_definition(path, Indicator)
    assert (caught.value.what, caught.value.where) == (
        "tested_for_chance: Value error, is said of a ratio, and this is of kind `count`; take it out",
        f"{path}:1",
    )


def test_a_seed_is_not_below_zero() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Simulation(seed=-1, scale=1)


@pytest.mark.parametrize(
    ("line", "what", "fix"),
    [
        ("impute_transfer_stuff: {value: none}", "a parameter `impute_transfer_stuff`", "`impute_transfer_staff`?"),
        ("price_chnge_2024: {value: 1}", "reads a parameter `price_chnge_2024`", "parameters: "),
        ("price_change_2024: {value: much}", "`price_change_2024` is 'much'", "write a number"),
        ("gdp_elasticity: {value: some}", "`gdp_elasticity` is 'some'", "write a number"),
        ("impute_transfer_staff: {value: last_value}", "is 'last_value'", "one of none, last_value_times"),
    ],
)
def test_a_parameter_that_nothing_takes_is_refused(tmp_path: Path, line: str, what: str, fix: str) -> None:
    shutil.copytree(PROJECT / "include", tmp_path / "include")
    path = tmp_path / "include/programmes/demo/programme.yml"
    path.write_text(re.sub(r"^parameters:\n(  .*\n)*", f"parameters:\n  {line}\n", path.read_text(), flags=re.M))
    with pytest.raises(DefinitionError) as caught:
        load_recipe("demo", tmp_path / "include")
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    ("programme", "file", "right"),
    [
        ("demo", "datasets/contracts.yml", "contract_value"),
        ("ted", "datasets/projects.yml", "local_content_share"),
        ("aiddata", "programmes/aiddata/datasets/projects.yml", "official_finance_value"),
    ],
)
def test_an_effect_on_an_indicator_that_is_not_there_is_refused(
    tmp_path: Path, programme: str, file: str, right: str
) -> None:
    shutil.copytree(INCLUDE, tmp_path / "include")
    path = tmp_path / "include" / file
    text = path.read_text(encoding="utf-8").replace(f"indicator: {right}\n", f"indicator: {right}s\n")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_recipe(programme, tmp_path / "include")
    assert caught.value.what == f"`effect`: there is no indicator `{right}s`"
    assert caught.value.where == f"{path}:{text[: text.index(f'{right}s')].count(chr(10)) + 1}"
    assert caught.value.fix == f"did you mean `{right}`?"
