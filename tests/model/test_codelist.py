"""What a line of a codelist must not hold: it would harm a page, a table or a chart."""

from pathlib import Path

import pytest

from yearbook.errors import DefinitionError
from yearbook.model.codelist import load_codelist

HEAD = "code,name_en,name_zh,level,parent,aliases\n_T,All,全部,total,,\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,In\x01visible,名,upper,,", "holds U+0001"),
        ("a,Name,名\ufffe,upper,,", "holds U+FFFE"),
        ("a,Name,名,upper,,ali\x0bas", "holds U+000B"),
        ("a,Na\u202eme,名,upper,,", "holds U+202E, which turns the letters after it around"),
        ("=1+1,Name,名,upper,,", "is a formula to a spreadsheet"),
        ("-5,Name,名,upper,,", "is a formula to a spreadsheet"),
        (f"{'a' * 61},Name,名,upper,,", "a code of 61 letters"),
        (f"a,{'N' * 201},名,upper,,", "a name of 201 letters"),
    ],
)
def test_a_line_that_harms_is_refused_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_codelist(path)
    assert (said in error.value.what, error.value.where) == (True, f"{path}:3")
