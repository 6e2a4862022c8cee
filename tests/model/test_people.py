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


def test_what_cannot_be_read_is_told_as_something_to_mend(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as told:
        load_people(tmp_path)
    assert str(told.value) == (
        f"the file of people cannot be read: Is a directory\n  where: {tmp_path}\n"
        "  to mend: let YEARBOOK_PEOPLE name a file that the account of this program may read"
    )


@pytest.mark.parametrize("name", ["", "  ", "wang\u202e", "wang\nli", "wang\0", "x" * 201])
def test_a_name_that_hides_something_is_nobodys(name: str) -> None:
    with pytest.raises(DecisionError, match="somebody"):
        require_person(name)
    assert require_person(" wang ") == "wang"
