"""Every sentence of the review pages is in both languages, and the pages speak the one that is asked for."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from desk import copy_of, finding, make_doubtful
from pages import Reader
from tiny import make_tiny
from yearbook.model.definition import Text
from yearbook.publish.words.language import load_language
from yearbook.review.figures import HeadlineChange
from yearbook.review.pages.headlines import write_changes
from yearbook.review.pages.names import Names
from yearbook.review.pages.rendering import HERE

KEYWORDS = {"say": None, "N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def messages() -> set[str]:
    """All messages of the pages; of a plural its first form."""
    return {
        message[0] if isinstance(message, tuple) else message
        for folder, method in (
            (HERE, [("**.py", "python")]),
            (HERE / "templates", [("**.html", "jinja2.ext:babel_extract")]),
        )
        for _, _, message, _, _ in extract_from_dir(folder, method, keywords=KEYWORDS, options_map=OPTIONS)
    }


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalog:
    return read_po(io.BytesIO((project / "reports/locale/zh_Hans/LC_MESSAGES/review.po").read_bytes()))


def test_every_message_is_translated_and_no_other(catalogue: Catalog) -> None:
    entries = {one.id[0] if isinstance(one.id, tuple | list) else one.id: one for one in catalogue if one.id}
    assert len(entries) > 200
    assert sorted(messages() ^ set(entries)) == []
    assert [key for key, one in entries.items() if one.fuzzy or not "".join(one.string)] == []


def test_translations_keep_their_values(catalogue: Catalog) -> None:
    wrong = []
    for one in catalogue:
        if one.id:
            last, text = (one.id[-1], one.string[0]) if isinstance(one.id, tuple | list) else (one.id, one.string)
            if set(PLACEHOLDER.findall(last)) != set(PLACEHOLDER.findall(text)):
                wrong.append(last)
    assert wrong == []


def test_a_reader_is_spoken_to_in_their_language(tmp_path: Path) -> None:
    workspace = copy_of(make_doubtful(tmp_path / "made"), tmp_path)
    reader = Reader.of(workspace)
    found = finding(workspace, "模拟-x", "unknown_code")
    where = {"dataset": "contracts", "key": "模拟-x", "hash": found.record_hash}
    for path, query, english, chinese in [
        ("/", {}, "Programmes", "项目"),
        ("/tiny/2024", {}, "at a glance", "概况"),
        ("/tiny/2024/signing", {}, "to be signed", "待签发</span>"),
        ("/tiny/findings", {}, "Effect if out", "剔除后的影响"),
        ("/tiny/record", where, found.message_en, found.message_zh),
        ("/tiny/decide", where | {"rule": "unknown_code"}, "What do you decide?", "作何决定？"),
        ("/tiny/1999", {}, "There is no such page.", "没有这个页面。"),
    ]:
        pages = {tag: reader.get(path, **query, lang=tag).text for tag in ("en", "zh-Hans")}
        said = {tag: (f'lang="{tag}"' in page, english in page, chinese in page) for tag, page in pages.items()}
        assert said == {"en": (True, True, False), "zh-Hans": (True, False, True)}, path
    spoken = {"accept-language": "zh-CN,zh;q=0.9", "x-caller": "stan"}
    assert "概况" in reader.client.get("/tiny/2024", headers=spoken).text


@pytest.mark.parametrize(
    ("effect", "written"),
    [(None, ""), (0.0, "0%"), (0.004, "<0.01%"), (-0.004, "<0.01%"), (-1.236, "−1.24%"), (1234.5, "+1,234.50%")],
)
def test_an_effect_is_written(tmp_path_factory: pytest.TempPathFactory, effect: float | None, written: str) -> None:
    workspace = make_tiny(tmp_path_factory.mktemp("tiny")).workspace()
    assert Names(workspace, load_language("en", workspace.settings.reports)).effect("contracts", effect) == written


@pytest.mark.parametrize(
    ("unit", "before", "after", "written"),
    [
        ("CNY", 4.6996e12, 4.699e12, ("CNY 4,699.6 billion", "CNY 4,699.0 billion", "CNY −600.0 million")),
        ("percent", 7.5132, 7.5091, ("7.513%", "7.509%", "−0.004 percentage points")),
        ("percent", 7.5, 7.2, ("7.5%", "7.2%", "−0.3 percentage points")),
        ("percent", 7.5, 7.5, ("7.5%", "7.5%", "")),
        ("percent", None, 7.5, ("–", "7.5%", "")),
    ],
)
def test_a_headline_is_written_so_that_its_change_can_be_seen(
    tmp_path_factory: pytest.TempPathFactory,
    unit: str,
    before: float | None,
    after: float | None,
    written: tuple[str, str, str],
) -> None:
    workspace = make_tiny(tmp_path_factory.mktemp("tiny")).workspace()
    names = Names(workspace, load_language("en", workspace.settings.reports))
    title = Text(en="Figure", zh="数据")
    (line,) = write_changes(names, [HeadlineChange(2024, "x", "_T", title, unit, 1, before, after)])
    assert (line.before, line.after, line.difference) == written
