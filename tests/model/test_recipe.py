"""Every definition in the repository loads, and a wrong reference is refused with the nearest right name."""

from pathlib import Path

import pytest

from yearbook.errors import DefinitionError
from yearbook.model.codelist import load_codelist
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
