"""The file of people: a name and an address are what they look like."""

from pathlib import Path

import pytest

from yearbook.errors import DecisionError, DefinitionError
from yearbook.model.people import load_people, require_person


@pytest.mark.parametrize(
    "address", ["li@example.org\\r\\nBcc: all@example.org", "li@example.org, wang@example.org", "li", "a b@example.org"]
)
def test_an_address_is_one_address(tmp_path: Path, address: str) -> None:
    file = tmp_path / "people.yml"
    file.write_text(f'people:\n  li: {{roles: [lead], email: "{address}"}}\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match="email"):
        load_people(file)


@pytest.mark.parametrize("name", ["", "  ", "wang\u202e", "wang\nli", "wang\0", "x" * 201])
def test_a_name_that_hides_something_is_nobodys(name: str) -> None:
    with pytest.raises(DecisionError, match="somebody"):
        require_person(name)
    assert require_person(" wang ") == "wang"
