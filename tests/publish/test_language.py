import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from yearbook.errors import DefinitionError
from yearbook.publish.words.language import Language, load_language

KEYWORDS = {
    "say": None,
    "say_many": (1, 2),
    "N_": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def messages(project: Path, *, only_plurals: bool = False) -> set[str]:
    """All messages of the code and the templates, or those with a plural; of a plural its first form."""
    found: set[str] = set()
    for folder, method in (
        (project / "plugins/yearbook/publish", [("**.py", "python")]),
        (project / "reports/templates", [("**.html", "jinja2.ext:babel_extract")]),
    ):
        for _, _, message, _, _ in extract_from_dir(
            folder, method, keywords=KEYWORDS, options_map={"**.html": {"extensions": "jinja2.ext.i18n"}}
        ):
            is_plural = isinstance(message, tuple)
            if is_plural or not only_plurals:
                found.add(message[0] if is_plural else message)
    return found


@pytest.fixture(scope="module")
def catalogue(reports: Path):
    return read_po(io.BytesIO((reports / "locale/zh_Hans/LC_MESSAGES/messages.po").read_bytes()))


def test_every_message_is_translated_and_no_other(project: Path, catalogue) -> None:
    entries = {
        (entry.id[0] if isinstance(entry.id, tuple | list) else entry.id): entry for entry in catalogue if entry.id
    }
    wanted = messages(project)
    assert len(wanted) > 150
    assert sorted(wanted - set(entries)) == []
    assert sorted(set(entries) - wanted) == []
    assert [key for key, entry in entries.items() if entry.fuzzy or not all(_strings(entry))] == []
    assert list(catalogue.obsolete) == []


def test_a_sentence_about_a_number_is_translated_as_one(project: Path, catalogue) -> None:
    plurals = {entry.id[0] for entry in catalogue if isinstance(entry.id, tuple | list)}
    assert sorted(plurals) == sorted(messages(project, only_plurals=True))


def test_translations_keep_their_values(catalogue) -> None:
    wrong = []
    for entry in catalogue:
        one = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
        for text in _strings(entry) if entry.id else []:
            if set(PLACEHOLDER.findall(one)) - {"%%"} != set(PLACEHOLDER.findall(text)) - {"%%"}:
                wrong.append(one)
    assert wrong == []


def _strings(entry) -> list[str]:
    return list(entry.string) if isinstance(entry.string, tuple | list) else [entry.string]


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [
        (0.05, 1, False, "0.1"),
        (2.5, 0, False, "3"),
        (-2.5, 0, False, "−3"),
        (-0.04, 1, True, "0.0"),
        (1234567.891, 2, False, "1,234,567.89"),
        (1.0, 1, True, "+1.0"),
    ],
)
def test_numbers_round_half_up_with_a_true_minus(
    value: float, decimals: int, signed: bool, expected: str, languages: dict[str, Language]
) -> None:
    assert [language.number(value, decimals, signed=signed) for language in languages.values()] == [expected] * 2


def test_dates_lists_and_titles(languages: dict[str, Language]) -> None:
    english, chinese = languages["en"], languages["zh-Hans"]
    day = date(2025, 6, 30)
    assert (english.date(day), chinese.date(day)) == ("30 June 2025", "2025年6月30日")
    assert (english.enumerate(["a", "b", "c"]), chinese.enumerate(["甲", "乙", "丙"])) == ("a, b and c", "甲、乙和丙")
    assert [english.inner(title) for title in ("Contract value", "ICT")] == ["contract value", "ICT"]


def test_a_text_from_outside_is_no_template(languages: dict[str, Language]) -> None:
    hostile = "100 %(year)s %s"
    assert hostile in languages["en"].say("%(title)s (%(way)s)", title=hostile, way="x")


@pytest.mark.parametrize(
    ("entry", "line", "letter"),
    [
        ('msgid "Main points"\nmsgstr "Points\x0b essentiels"\n', 4, "U+000B"),
        ('msgid "Contents"\nmsgstr "Sommaire"\n\nmsgid "Data"\nmsgstr ""\n"Donn\uffffees"\n', 7, "U+FFFF"),
        ('msgid "%(num)d table"\nmsgid_plural "%(num)d tables"\nmsgstr[0] "a"\nmsgstr[1] "b\x01"\n', 4, "U+0001"),
        ('msgid "Main points"\nmsgstr "Points\u202e essentiels"\n', 4, "U+202E"),
    ],
)
def test_a_letter_that_no_file_can_hold_is_refused_in_a_catalogue(
    tmp_path: Path, entry: str, line: int, letter: str
) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    with pytest.raises(DefinitionError, match=f"a translation holds {re.escape(letter)}") as refused:
        load_language("fr", tmp_path)
    assert refused.value.where == f"{path}:{line}"


def test_a_language_without_catalogue_is_refused_by_name(reports: Path) -> None:
    with pytest.raises(DefinitionError, match="no translation into `fr`"):
        load_language("fr", reports)


OTHER = 'msgctxt "of a book"\nmsgid "Cover"\nmsgstr "a"\n\n'


@pytest.mark.parametrize(
    ("entry", "line", "says"),
    [
        ('msgid "%(title)s in %(year)s"\nmsgstr "en %(year)s"\n', 4, "lacks `%(title)s`"),
        ('msgid "%(title)s in brief"\nmsgstr "%(title)s, %(titel)s"\n', 4, "holds `%(titel)s`, which the message does"),
        ('msgid "%(share)s%% of all"\nmsgstr "%(share)s % du tout"\n', 4, "holds a bare `%`"),
        ('msgid "%(share)s of all"\nmsgstr "%(share)s%% du tout: %(share)"\n', 4, "holds a bare `%`"),
        ('msgid "one"\nmsgid_plural "%(num)d ones"\nmsgstr[0] "un"\nmsgstr[1] "%(n)d uns"\n', 4, "holds `%(n)d`"),
        ('msgid "Cover"\nmsgstr "Page\n', 5, "the line is none of a catalogue"),
        ('msgid "Cover"\nmsgstr "a "quoted" word"\n', 5, "the line is none of a catalogue"),
        ('msgid "Cover"\n\nmsgid "Notes"\nmsgstr "Notes"\n', 4, "missing msgstr for msgid 'Cover'"),
        ('msgid "Cover"\nmsgstr "a"\n\nmsgid ""\n"Co"\n"ver"\nmsgstr "b"\n', 7, "“Cover” stands there twice"),
        (f'{OTHER}msgid "Cover"\nmsgstr "b"\n\nmsgid "Cover"\nmsgstr "c"\n', 11, "“Cover” stands there twice"),
    ],
)
def test_a_translation_that_could_not_be_filled_in_is_refused_with_its_line(
    tmp_path: Path, entry: str, line: int, says: str
) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        load_language("fr", tmp_path)
    assert refused.value.where == f"{path}:{line}"


@pytest.mark.parametrize(
    "entry",
    [
        f'{OTHER}msgid "Cover"\nmsgstr "b"\n',
        f'msgid "Cover"\nmsgstr "b"\n\n{OTHER}',
        f'{OTHER}{OTHER}msgid "Cover"\nmsgstr "b"\n',
        'msgctxt "of "\n"a book"\n\n# spine\n# and front\nmsgid "Cover"\nmsgstr "a"\n\nmsgid "Cover"\nmsgstr "b"\n',
        'msgctxt "of a book"\nmsgid "%(title)s, cover"\nmsgstr "a"\n\nmsgid "Cover"\nmsgstr "b"\n',
    ],
)
def test_a_message_of_a_context_is_not_looked_up_and_stops_nothing(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    french = load_language("fr", tmp_path)
    assert (french.say("Cover"), french.say("%(title)s, cover", title="T")) == ("b", "T, cover")


BOLD = 'msgid "<b>%(count)s</b> of all"\nmsgstr '
NUMBER = 'msgid "<b>one</b>"\nmsgid_plural "%(num)d"\n'


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('msgid "Main points"\nmsgstr "<script>alert(1)</script>"\n', "holds `<script>`, which the message does not"),
        ('msgid "Main points"\nmsgstr "Points <img src=x onerror=alert(1)"\n', "holds `<i`"),
        ('msgid "Main points"\nmsgstr "Points <!-- essentiels"\n', "holds `<!`"),
        ('msgid "Main points"\nmsgstr "Points\\" onclick=\\"alert(1)"\n', 'holds `"`'),
        ('msgid "Main points"\nmsgstr "Points &lt; 3"\n', "holds `&lt;`"),
        ('msgid "Main points"\nmsgstr "Points &#60script&#x3e"\n', "holds `&#60script`"),
        ('msgid "Main points"\nmsgstr "Points &copy"\n', "holds `&copy`"),
        ('msgid "less < more"\nmsgstr "moins <plus"\n', "holds `<p`"),
        ('msgid "one\\ntwo"\nmsgstr "un<\\ndeux"\n', "holds `<\n`"),
        (f'{BOLD}"<i>%(count)s</i> du tout"\n', "holds `<i>`"),
        (f'{BOLD}"<b class=x>%(count)s</b> du tout"\n', "holds `<b class=x>`"),
        (f'{BOLD}"<b>%(count)s</b> du <b>tout</b>"\n', "holds `<b>`"),
        (f'{BOLD}"%(count)s du tout"\n', "lacks `<b>`"),
        (f'{BOLD}"<b>%(count)s du tout"\n', "lacks `</b>`"),
        (f'{NUMBER}msgstr[0] "<b>un</b>"\nmsgstr[1] "%(num)d<br>"\n', "holds `<br>`"),
        (f'{NUMBER}msgstr[0] "un</b>"\nmsgstr[1] "%(num)d"\n', "lacks `<b>`"),
    ],
)
def test_a_translation_is_no_html_that_its_message_is_not(tmp_path: Path, entry: str, says: str) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        load_language("fr", tmp_path)
    assert refused.value.where == f"{path}:4"


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Research", "R&D, R & D; 3 > 2, l'« essai »"),
        ("less < more", "moins < plus"),
        ("<b>%(count)s</b> of <i>all</i>", "<i>tout</i> : <b>%(count)s</b>"),
        ("text &amp; table", "table &amp; texte"),
        ('the "cover"', 'la "couverture"'),
    ],
)
def test_these_are_no_other_html(tmp_path: Path, message: str, translation: str) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    entry = "".join(
        f"{key} {json.dumps(text, ensure_ascii=False)}\n" for key, text in (("msgid", message), ("msgstr", translation))
    )
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    assert load_language("fr", tmp_path).say(message) == translation


def test_a_catalogue_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_bytes(f'{head}msgid "Data"\nmsgstr "Données"\n'.encode("latin-1"))
    with pytest.raises(DefinitionError, match="the catalogue cannot be read") as refused:
        load_language("fr", tmp_path)
    assert refused.value.fix == "save it as UTF-8, and say `charset=utf-8` in its head"


PLURAL = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: %s\\n"

msgid "%%(num)d table"
msgid_plural "%%(num)d tables"
msgstr[0] "%%(num)d table"
msgstr[1] "%%(num)d tables"
"""


def test_a_catalogue_of_an_office_has_its_own_rule_for_plurals(tmp_path: Path) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PLURAL % "nplurals=2; plural=(n > 1);")
    french = load_language("fr", tmp_path)
    said = [french.translations.ngettext("%(num)d table", "%(num)d tables", count) for count in (0, 1, 2)]
    assert said == ["%(num)d table", "%(num)d table", "%(num)d tables"]


def test_a_rule_for_plurals_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locale/fr/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PLURAL % "nplurals=2; plural=(n > 1;")
    with pytest.raises(DefinitionError, match="the rule after `Plural-Forms:`") as refused:
        load_language("fr", tmp_path)
    assert refused.value.where == str(path)
