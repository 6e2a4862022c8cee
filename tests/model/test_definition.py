"""What is refused, and how the message teaches."""

import json
from pathlib import Path

import pytest
import yaml
from ruamel.yaml import YAML

from yearbook.errors import DefinitionError
from yearbook.model.definition import load_definition
from yearbook.model.editions import Erratum
from yearbook.model.programme import Contact
from yearbook.model.quick_yaml import read_quickly
from yearbook.model.source import Source
from yearbook.settings import PROJECT

SOURCE = """\
source: register
card:
  title: {en: Register, zh: 登记}
  producer: {en: Office, zh: 局}
  licence: none
  contact: office@example.org
  period: "2024"
  retrieval: sent by mail
entries:
  - name: contracts 2024
    dataset: contracts
    format: csv
    path: "{data}/contracts.csv"
    columns:
      Sektor: {field: sector}
      NO: registration_number
"""


def test_country_codes_stay_text(tmp_path: Path) -> None:
    """`NO` is a header, as Norway's code is a code, and not the boolean of YAML 1.1."""
    (entry,) = load_definition(write(tmp_path, SOURCE), Source).entries
    assert entry.columns["NO"] == "registration_number"


@pytest.mark.parametrize(
    ("right", "wrong", "what", "line", "fix"),
    [
        ("    format:", "    fromat:", "unknown key `fromat`", 12, "did you mean `format`?"),
        ("{field: sector}", "{feild: sector}", "unknown key `feild`", 15, "did you mean `field`?"),
        ("format: csv", "format: cvs", "Input should be 'csv'", 12, "found 'cvs'"),
        ("  licence: none\n", "", "card.licence: Field required", 2, "add `licence:`"),
        ("{data}/contracts.csv", "{data", "not valid YAML", 14, "check indentation, quotes and colons"),
        ('    path: "{data}/contracts.csv"\n', "", "an entry of format `csv` has a `path`", 10, "found"),
    ],
)
def test_refusal_names_file_line_and_what_is_right(
    tmp_path: Path, right: str, wrong: str, what: str, line: int, fix: str
) -> None:
    text = SOURCE.replace(right, wrong)
    if what == "not valid YAML":
        text = text.replace('path: "{data"', "path: {data")
    path = write(tmp_path, text)
    with pytest.raises(DefinitionError) as caught:
        load_definition(path, Source)
    assert what in caught.value.what
    assert caught.value.where == f"{path}:{line}"
    assert fix in caught.value.fix


def write(folder: Path, text: str) -> Path:
    path = folder / "register.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_both_readers_of_yaml_read_the_same() -> None:
    folders = (PROJECT / "include", PROJECT / "reports")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.yml"))]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    texts.append("{a: NO, b: yes, c: 010, d: 1_000, e: 12:30, f: 1e3, g: ~, h: , i: .5, j: 0x1F, k: 2024-01-02}")
    assert len(paths) > 100
    assert [read_quickly(text) for text in texts] == [YAML(typ="safe", pure=True).load(text) for text in texts]


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: [1\n", "\ta: 1\n", "a: !!python/object:os.system x\n"])
def test_the_quick_reader_refuses_what_is_no_plain_yaml(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_quickly(text)


ERRATUM = 'date: 2025-07-02\ntext: {en: "%s", zh: 误}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\\x01b", "U\\+0001"),
        ("a\\x0bb", "U\\+000B"),
        ("a\\ufffeb", "U\\+FFFE"),
        ("a\\u202eb", "U\\+202E, which turns the letters after it around"),
        ("a\\u2066b", "U\\+2066, which turns the letters after it around"),
        ("a\\u2069b", "U\\+2069, which turns the letters after it around"),
        ("a" * 2_001, "at most 2000 can be shown"),
    ],
)
def test_a_text_that_no_page_can_hold_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "erratum.yml"
    path.write_text(ERRATUM % text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said) as error:
        load_definition(path, Erratum)
    assert error.value.where == f"{path}:2"


def contact(folder: Path, address: str) -> Path:
    path = folder / "contact.yml"
    path.write_text(f"name: {{en: Editors, zh: 编辑部}}\nemail: {json.dumps(address)}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "address",
    [
        *("", "a", "a@", "@b.org", "a@b@c.org", "a@b.org c@d.org", "a@b.org,c@d.org", "a@b.org;c@d.org"),
        *("a@b.org?bcc=c@d.org", "a@b.org&bcc=c", "Editors <a@b.org>", '"a"@b.org', "a@b.org\nbcc: c", "a@b.org\n"),
        *("a@b\u3000.org", "a@b\u200b.org", "a@b.org\x7f", "a\u202e@b.org"),
        *("a@.", "a@b.", "a@.b", "a@b..c", "a@-", "a@-b.org", "a@b-.org", "a@b_c.org", "a@b²"),
        *("a@b:c", "a@b(c)", "a@b/c", "a@b.org%0abcc=x", "a@b.org#c", "a@[10.0.0.1]", "a@b\\c", "a@b。org"),
    ],
)
def test_a_contact_is_one_address(tmp_path: Path, address: str) -> None:
    path = contact(tmp_path, address)
    with pytest.raises(DefinitionError, match=r"email: .*one mail address, such as editors@example\.org") as error:
        load_definition(path, Contact)
    assert error.value.where == f"{path}:2"


@pytest.mark.parametrize(
    "address",
    [
        *("editors@example.org", "o'brien+1@example.org", "科技处@大学.中国", "a%41#/@b", "संपर्क@डाटामेल.भारत"),
        *("root@localhost", "a@3-d.x--1.org", "a@xn--fiqs8s", "a@10.0.0.1"),
    ],
)
def test_a_contact_may_have_any_letters(tmp_path: Path, address: str) -> None:
    assert load_definition(contact(tmp_path, address), Contact).email == address
