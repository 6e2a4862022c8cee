"""The feed of a programme: releases, corrections and withdrawals, the newest first, under names that stay."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree

from yearbook.model.definition import Text
from yearbook.publish.site.feed import make_feeds
from yearbook.publish.site.shelf import EditionEntry, Mark, ProgrammeEntry
from yearbook.publish.words.language import Language

LANGUAGES = [("en", "English"), ("zh-Hans", "简体中文")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
PUBLISHERS = {"en": "Office", "zh-Hans": "机关"}


def edition(year: int, **own) -> EditionEntry:
    day = date(year + 1, 6, 30)
    return EditionEntry(year, day, day, None, day, LANGUAGES, {"en": "Final figures", "zh-Hans": "最终数据"}, [], **own)


def test_what_happened_to_editions(languages: dict[str, Language]) -> None:
    errata = [Mark(date(2025, 8, 1), Text(en="second", zh="二")), Mark(date(2025, 7, 2), Text(en="first", zh="一"))]
    gone = Mark(date(2025, 7, 15), Text(en="wrong source", zh="来源有误"))
    entry = ProgrammeEntry(
        "demo",
        [("en", "Yearbook & more"), ("zh-Hans", "年报")],
        [("en", "SIMULATED"), ("zh-Hans", "模拟")],
        [edition(2024, errata=errata), edition(2023, withdrawn=gone)],
    )
    feeds = make_feeds(entry, languages, PUBLISHERS, "https://example.org/figures/")
    assert list(feeds) == ["en.atom", "zh-Hans.atom"]
    root = etree.fromstring(feeds["en.atom"])
    assert root.xpath("string(a:title)", namespaces=ATOM) == "SIMULATED · Yearbook & more"
    assert root.xpath("string(a:updated)", namespaces=ATOM) == "2025-08-01T00:00:00Z"
    assert root.base == "https://example.org/figures/demo/"
    told = [
        [
            entry.xpath(path, namespaces=ATOM)
            for path in ("string(a:title)", "string(a:summary)", "string(a:link/@href)")
        ]
        for entry in root.xpath("a:entry", namespaces=ATOM)
    ]
    head = "SIMULATED · Yearbook & more"
    assert told == [
        [f"{head}, 2024: corrected", "second", "2024/en.html"],
        [f"{head}, 2023: withdrawn", "wrong source", "2023/en.html"],
        [f"{head}, 2024: corrected", "first", "2024/en.html"],
        [f"{head}, 2024: released", "Final figures", "2024/en.html"],
        [f"{head}, 2023: released", "Final figures", "2023/en.html"],
    ]
    assert "年报（2023年）：已撤回" in feeds["zh-Hans.atom"].decode()
    names = [name for feed in feeds.values() for name in etree.fromstring(feed).xpath("//a:id/text()", namespaces=ATOM)]
    assert len(set(names)) == len(names) == 12
    assert all(name.startswith("urn:uuid:") for name in names)
    elsewhere = make_feeds(entry, languages, PUBLISHERS, "https://example.com/")
    assert etree.fromstring(elsewhere["en.atom"]).xpath("//a:id/text()", namespaces=ATOM) == names[:6]
    assert make_feeds(entry, languages, PUBLISHERS, "https://example.org/figures/") == feeds


def test_an_erratum_keeps_its_name_when_one_of_an_earlier_day_comes(languages: dict[str, Language]) -> None:
    def names(agency: str, *days: int) -> set[str]:
        errata = [Mark(date(2025, 8, day), Text(en=f"fault {day}", zh="误")) for day in sorted(days, reverse=True)]
        entry = ProgrammeEntry("demo", [("en", "Yearbook")], [], [edition(2024, errata=errata)])
        feed = make_feeds(entry, languages, PUBLISHERS, agency=agency)["en.atom"]
        return {str(name) for name in etree.fromstring(feed).xpath("//a:id/text()", namespaces=ATOM)}

    assert names("ONE", 9, 20) < names("ONE", 2, 9, 20)
    assert not names("ONE", 9) & names("OTHER", 9)


def entries(edition: EditionEntry, languages: dict[str, Language]) -> list[tuple[str, str, str]]:
    """Moment, title and id of all entries of an English feed of one edition."""
    feed = make_feeds(ProgrammeEntry("demo", [("en", "Yearbook")], [], [edition]), languages, PUBLISHERS)["en.atom"]
    paths = ("string(a:updated)", "string(a:title)", "string(a:id)")
    found = etree.fromstring(feed).xpath("a:entry", namespaces=ATOM)
    return [tuple(str(one.xpath(path, namespaces=ATOM)) for path in paths) for one in found]  # type: ignore[misc]


def test_an_erratum_that_stands_in_feeds_keeps_its_name(languages: dict[str, Language]) -> None:
    """Written down once: with another name, every reader would get the erratum anew."""
    told = entries(edition(2024, errata=[Mark(date(2025, 8, 9), Text(en="Table 1.1 was mended.", zh="误"))]), languages)
    assert told[0][2] == "urn:uuid:237137c9-c365-55a1-9b35-36fb82806e58"


def test_nothing_is_told_of_an_embargoed_edition_from_before_its_time(languages: dict[str, Language]) -> None:
    until = datetime(2025, 6, 30, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    errata = [
        Mark(date(2025, 6, 30), Text(en="on the same day", zh="同日")),
        Mark(date(2025, 7, 1), Text(en="a", zh="a")),
    ]
    gone = Mark(date(2025, 6, 30), Text(en="withdrawn on the same day", zh="同日撤回"))
    told = [one[:2] for one in entries(edition(2024, release_time=until, errata=errata, withdrawn=gone), languages)]
    assert told == [
        ("2025-07-01T00:00:00Z", "Yearbook, 2024: corrected"),
        ("2025-06-30T02:00:00Z", "Yearbook, 2024: withdrawn"),
        ("2025-06-30T02:00:00Z", "Yearbook, 2024: released"),
        ("2025-06-30T02:00:00Z", "Yearbook, 2024: corrected"),
    ]


def test_the_time_of_an_embargo_is_not_that_of_a_release_on_a_later_day(languages: dict[str, Language]) -> None:
    until = datetime(2025, 6, 28, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    [(moment, _, _)] = entries(edition(2024, release_time=until), languages)
    assert moment == "2025-06-30T00:00:00Z"


def test_a_withdrawal_that_was_lifted_stays_told_under_its_name(languages: dict[str, Language]) -> None:
    gone = Mark(date(2025, 7, 15), Text(en="wrong source", zh="来源有误"))
    again = Mark(date(2025, 8, 15), Text(en="wrong after all", zh="确有误"))
    right = Mark(date(2025, 8, 1), Text(en="right after all", zh="原无误"))
    before = entries(edition(2024, withdrawn=gone), languages)
    lifted = entries(edition(2024, errata=[right], lifted=[gone]), languages)
    once_more = entries(edition(2024, errata=[right], lifted=[gone], withdrawn=again), languages)
    assert lifted[1:] == before
    assert once_more[1:] == lifted
    assert [one[:2] for one in once_more] == [
        ("2025-08-15T00:00:00Z", "Yearbook, 2024: withdrawn"),
        ("2025-08-01T00:00:00Z", "Yearbook, 2024: corrected"),
        ("2025-07-15T00:00:00Z", "Yearbook, 2024: withdrawn"),
        ("2025-06-30T00:00:00Z", "Yearbook, 2024: released"),
    ]


def withdrawal(day: int) -> Mark:
    return Mark(date(2025, 7, day), Text(en="wrong source", zh="来源有误"))


FIRST, EARLIER, SAME = withdrawal(15), withdrawal(8), withdrawal(15)
TWICE = [Mark(date(2025, 8, 1), Text(en="right after all", zh="原无误"))] * 2
COURSES: dict[str, list[dict[str, Any]]] = {
    "withdrawn a second time, as of an earlier day": [
        {"withdrawn": FIRST},
        {"errata": TWICE[:1], "lifted": [FIRST]},
        {"errata": TWICE[:1], "lifted": [FIRST], "withdrawn": EARLIER},
        {"errata": TWICE, "lifted": [FIRST, EARLIER]},
    ],
    "withdrawn three times on one day": [
        {"lifted": [FIRST], "withdrawn": SAME},
        {"lifted": [FIRST, SAME]},
        {"lifted": [FIRST, SAME], "withdrawn": withdrawal(15)},
    ],
    "corrected twice on one day in the same words": [{"errata": TWICE[:1]}, {"errata": TWICE}],
}


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
def test_each_entry_has_a_name_of_its_own_for_good(
    languages: dict[str, Language], course: list[dict[str, Any]]
) -> None:
    known: set[tuple[str, str, str]] = set()
    for said in course:
        told = entries(edition(2024, **said), languages)
        assert len({name for _, _, name in told}) == len(told)
        assert known <= set(told)
        known = set(told)
