"""Page one: what is said of the release, of confidence, of the last edition, of limits; figures in, sentences out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import editions
from editions import observation
from yearbook.catalogue import Accounting
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.publish.against import against_last_year
from yearbook.publish.context import Context, Material, Vintage, make_context
from yearbook.publish.figures import read_figures
from yearbook.publish.report.cards import ARROWS, tell_change
from yearbook.publish.report.confidence import judge
from yearbook.publish.report.cover import make_cover, make_notices
from yearbook.publish.report.document import make_document
from yearbook.publish.report.limits import make_limits
from yearbook.publish.report.quality import make_quality
from yearbook.publish.report.revisions import make_revisions
from yearbook.publish.report.since import make_since

RATE = "commercialization_rate"
CONFIDENCE = [
    ({}, {}, "Confidence: high", "可信度：高"),
    ({"records": 100}, {}, "Confidence: high", "可信度：高"),
    ({}, {"undated": 50}, "Confidence: high", "可信度：高"),
    ({"records": 99}, {}, "Confidence: medium (fewer than 100 records)", "可信度：中（记录不足100条）"),
    ({"records": 9}, {}, "Confidence: low (fewer than 10 records)", "可信度：低（记录不足10条）"),
    ({"status": "P"}, {}, "Confidence: medium (provisional)", "可信度：中（初步）"),
    ({"status": "I"}, {"held": 1}, "Confidence: medium (imputed in part and 1.0% of the records received are held)",
     "可信度：中（部分为插补和收到的记录中有1.0%暂缓处理）"),
    ({"status": "E"}, {"held": 10}, "Confidence: low (10.0% of the records received are held)",
     "可信度：低（收到的记录中有10.0%暂缓处理）"),
    ({"status": "U"}, {}, "Confidence: low (marked as of low reliability)", "可信度：低（标为可靠性低）"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "account", "english", "chinese"), CONFIDENCE)
def test_confidence_names_the_rules_that_failed(
    context_of: Callable[..., Context], values: dict[str, Any], account: dict[str, int], english: str, chinese: str
) -> None:
    row = observation(RATE, 2024, value=30.0, unit="percent", **{"records": 800, **values})
    for tag, expected in (("en", english), ("zh-Hans", chinese)):
        context = context_of([row], tag)
        held = account.get("held", 0)
        undated = Accounting("achievements", 0, 50, 0, account.get("undated", 0), 0, 0, "a")
        accounts = [Accounting("achievements", 2024, 100, 100 - held, held, 0, 0, "a"), undated]
        context = replace(context, material=replace(context.material, accountings=accounts))
        indicator = context.material.recipe.indicators[RATE].definition
        figure = context.figures.total(RATE, 2024)
        assert figure is not None
        assert judge(context, indicator, figure).say(context) == expected


CHANGES = [
    (
        "adaptation_cycle",
        {"unit": "months", "records": 363},
        (11.9, 13.4),
        "11.9 months the year before; over fewer than 400 records the difference may be chance",
        "上年为11.9个月，记录不足400条，差异可能出于偶然",
    ),
    (
        RATE,
        {"unit": "percent", "status": "U"},
        (29.0, 35.0),
        "29.0% [u] the year before; at least one of the two is of low reliability",
        "上年为29.0% [u]，两年数据中至少一年可靠性低，不判断升降",
    ),
    (
        "local_content_share",
        {"unit": "percent", "records": 399},
        (29.0, 35.0),
        "29.0% the year before; over fewer than 400 records the difference may be chance",
        "上年为29.0%，记录不足400条，差异可能出于偶然",
    ),
    (
        "local_content_share",
        {"unit": "percent", "records": 400},
        (29.0, 35.0),
        "6.0 points more than the year before",
        "比上年上升6.0个百分点",
    ),
]


@pytest.mark.parametrize(("code", "others", "values", "english", "chinese"), CHANGES)
def test_a_card_points_nowhere_where_no_direction_is_told(
    code: str,
    others: dict[str, Any],
    values: tuple[float, float],
    english: str,
    chinese: str,
    context_of: Callable[..., Context],
) -> None:
    rows = [observation(code, 2023 + place, value=value, **others) for place, value in enumerate(values)]
    for tag, expected in (("en", english), ("zh-Hans", chinese)):
        context = context_of(rows, tag)
        now = context.figures.total(code, 2024)
        indicator = context.material.recipe.indicators[code].definition
        assert now is not None
        written = context.units.for_sentence(now.unit, now.value or 0.0, indicator.decimals)
        change = against_last_year(context, now)
        told = (tell_change(context, written, change, now), ARROWS.get(change.outcome, ""))
        assert told == (expected, "▲" if "more" in english else "")


def test_the_rules_of_changes_stand_in_the_report_with_their_numbers(context_of: Callable[..., Context]) -> None:
    rows = [observation(RATE, 2024, value=30.0, unit="percent")]
    english, chinese = (make_document(context_of(rows, tag), []).change_rules for tag in ("en", "zh-Hans"))
    assert english[0] == (
        "About the same: any change of no more than 0.5%, or of a percentage no more than 0.15 points. Of ranks every"
        " step counts."
    )
    assert chinese[0] == ("基本持平：变动不超过0.5%；以百分数表示的指标，变动不超过0.15个百分点。位次变动一位即计。")
    assert [sum("400" in rule for rule in rules) for rules in (english, chinese)] == [2, 2]
    assert len(english) == len(chinese) == 8


def contexts(material: Material, languages: Any, reports: Path) -> list[Context]:
    return [make_context(material, languages[tag], reports) for tag in ("en", "zh-Hans")]


def test_the_cover_and_what_stands_above_it(material: Material, languages: Any, reports: Path) -> None:
    plan = EditionPlan(
        next=date(2026, 6, 30),
        embargoed_until=datetime.fromisoformat("2025-06-30T10:00+08:00"),
        pre_release=[Text(en="The Ministry", zh="主管部门")],
        erratum=[Erratum(date=date(2025, 8, 1), text=Text(en="Table 1.9 was mended.", zh="表1.9已更正。"))],
        withdrawn=Withdrawal(date=date(2025, 9, 1), reason=Text(en="Wrong rates.", zh="汇率有误。")),
    )
    programme = material.recipe.programme.model_copy(update={"editions": {2024: plan}})
    changed = replace(material, recipe=replace(material.recipe, programme=programme), build="1+ab")
    english, chinese = contexts(changed, languages, reports)
    cover = make_cover(english, "Final figures")
    assert cover.facts == [
        "Withdrawn on 1 September 2025",
        "Released 30 June 2025, 10:00 (UTC+08:00)",
        "Corrected on 1 August 2025",
        "Next release: 30 June 2026",
        "Had the figures before the release: The Ministry",
    ]
    assert cover.unsigned == "Unsigned: this programme asks for no signature"
    assert [(one.date, one.text) for one in cover.errata] == [("1 August 2025", "Table 1.9 was mended.")]
    assert [(one.title, one.text) for one in make_notices(chinese)] == [
        ("已撤回", "本期报告已于2025年9月1日撤回，请勿使用。汇率有误。")
    ]
    copy = replace(changed, recipient=Text(en="The Ministry", zh="主管部门"))
    english, _ = contexts(copy, languages, reports)
    assert make_cover(english, "Final figures").facts[1] == "Not to be released before 30 June 2025, 10:00 (UTC+08:00)"
    assert [one.text for one in make_notices(english)][1] == (
        "For The Ministry alone. Not to be passed on or quoted before 30 June 2025, 10:00 (UTC+08:00)."
    )


def limits_of(context: Context) -> list[str]:
    shown = [context.material.recipe.indicators[code].definition for code in ("contract_value", RATE)]
    told = make_limits(context, shown, make_quality(context, []))
    return [f"{one.sentence} -> {one.link}" if one.link else one.sentence for one in told]


def missing(code: str, **place: Any) -> editions.Row:
    return observation(code, 2024, value=None, status="M", reason="small_base", **place)


GROUPS = "groups of figures are missing, most often because there are too few records."
TOTALS = [
    ([], []),
    (["contract_count"], [f"2 {GROUPS} There is no total of: technology contracts. -> #unavailable-caption"]),
    (
        ["contract_count", "contract_value", "contract_value_growth", "contract_value_per_contract"],
        [
            (
                f"5 {GROUPS} There is no total of: technology contracts; value of technology contracts; growth of"
                " contract value, and of 1 more. -> #unavailable-caption"
            )
        ],
    ),
]


@pytest.mark.parametrize(("codes", "expected"), TOTALS)
def test_page_one_says_how_many_figures_are_missing_and_which_totals(
    codes: list[str], expected: list[str], context_of: Callable[..., Context]
) -> None:
    rows = [row for code in codes for row in (missing(code), observation(code, 2024, sector="energy", value=1.0))]
    rows += [missing("screening_pass_rate", sector="ict")] if codes else []
    found = limits_of(context_of([*rows, observation("screening_pass_rate", 2024, value=1.0, unit="percent")]))
    assert [one for one in found if "groups" in one] == expected


SILENT, FEW = ("silk_road_fund_share", "none_stated"), ("local_content_share", "small_base")
WHICH = " -> #unavailable-caption"
CHIEF = [
    ([(*FEW, 3)], f"1 group of figures is missing: there are too few records.{WHICH}"),
    ([(*SILENT, 2), (*FEW, 17)], f"2 {GROUPS}{WHICH}"),
    (
        [(*SILENT, 3), ("guidance_fund_share", "none_stated", 3), (*FEW, 5)],
        f"3 groups of figures are missing, most often because no record states a usable value.{WHICH}",
    ),
    ([(*SILENT, 2), (*FEW, 2)], f"2 groups of figures are missing, for different reasons.{WHICH}"),
    (
        [(*SILENT, 2), ("capacity_installed", "mixed_units", 1), (*FEW, 3)],
        f"3 groups of figures are missing, for different reasons.{WHICH}",
    ),
]


@pytest.mark.parametrize(("gaps", "expected"), CHIEF)
def test_a_chief_reason_is_named_where_more_than_half_of_the_missing_figures_have_it(
    gaps: list[tuple[str, str, int]], expected: str, context_of: Callable[..., Context]
) -> None:
    rows = [
        row
        for code, reason, count in gaps
        for row in (
            observation(code, 2024, value=1.0, unit="percent"),
            *(missing(code, partner=f"C{place}") | {"reason": reason} for place in range(count)),
        )
    ]
    assert [one for one in limits_of(context_of(rows)) if "group" in one] == [expected]


OF_REGISTER = (
    "The records hold 16,648 contracts, which is 1.9% of the 863,200 that the register counts."
    " -> #indicator-contract_count"
)


@pytest.mark.parametrize(
    ("printed", "told"),
    [(863_200, [OF_REGISTER]), (17_000, []), (None, [])],
    ids=["few of them", "nearly all", "no register"],
)
def test_page_one_says_how_few_of_a_registers_contracts_there_are(
    context_of: Callable[..., Context], printed: int | None, told: list[str]
) -> None:
    count = {"indicator": "contract_count", "year": 2024, "unit": "count"}
    rows = [observation(**count, value=16_648)]
    if printed is not None:
        rows.append(observation(**count, value=printed, breakdown="scope=national_register"))
    assert [one for one in limits_of(context_of(rows)) if "register" in one] == told


def test_page_one_counts_records_without_a_date(context_of: Callable[..., Context]) -> None:
    for tag, expected in (
        ("en", "71 more records are held because they have no readable date."),
        ("zh-Hans", "另有71条记录因日期无法识别而暂缓处理。"),
    ):
        context = context_of([observation(RATE, 2024, value=30.0, unit="percent")], tag)
        accounts = [Accounting("contracts", UNKNOWN_YEAR, 71, 0, 71, 0, 0, "a")]
        context = replace(context, material=replace(context.material, accountings=accounts))
        assert expected in limits_of(context)


def test_a_change_against_a_withdrawn_year_is_not_told(material: Material, languages: Any, reports: Path) -> None:
    gone = EditionPlan(withdrawn=Withdrawal(date=date(2025, 2, 3), reason=Text(en="Counted twice.", zh="重复计算。")))
    programme = material.recipe.programme.model_copy(update={"editions": {2023: gone}})
    changed = replace(material, recipe=replace(material.recipe, programme=programme))
    english, chinese = (make_document(one, []) for one in contexts(changed, languages, reports))
    card = english.cards[0]
    assert (card.arrow, card.change, card.quote and card.quote.sentence) == (
        "",
        "no change given: the edition of 2023 was withdrawn",
        (
            "Value of technology contracts came to CNY 6.62 billion in 2024; no change is given, as the edition of the"
            " year before was withdrawn."
        ),
    )
    assert english.since[:2] == [
        "The edition of 2023 was withdrawn on 3 February 2025; its figures stand here for comparison. Counted twice.",
        "No change against 2023 is given, as its edition was withdrawn.",
    ]
    charted = [view for chapter in english.chapters for section in chapter.sections for view in section.charted]
    legends = [view.legend for view in charted if "2023" in view.legend]
    assert len(legends) > 5
    assert all("2023: withdrawn." in one for one in legends)
    over_years = [view.legend for view in charted if view.id.endswith("-year")]
    assert len(over_years) > 1
    assert all("2023: withdrawn." in one for one in over_years)
    rows = [row.change for chapter in chinese.chapters for row in chapter.overview]
    assert set(rows) == {"–"}
    assert all(chapter.notes[-1] == "2023年的报告已撤回，故不给出与该年相比的变化。" for chapter in chinese.chapters)


@pytest.mark.parametrize(
    ("status", "tag", "value", "quoted", "notes"),
    [
        ("A", "en", "CNY 2.00 billion", "CNY 2.00 billion", []),
        ("E", "en", "CNY 2.00 billion [e]", "CNY 2.00 billion (estimated)", ["[e] estimated."]),
        ("U", "en", "CNY 2.00 billion [u]", "CNY 2.00 billion (low reliability)", ["[u] low reliability."]),
        ("E", "zh-Hans", "20.00亿元 [e]", "20.00亿元（估计值）", ["[e] 估计值。"]),
    ],
)
def test_a_figure_that_is_less_sure_is_marked_on_page_one(
    status: str, tag: str, value: str, quoted: str, notes: list[str], context_of: Callable[..., Context]
) -> None:
    document = make_document(
        context_of([observation("contract_value", 2024, value=2e9, unit="CNY", status=status)], tag), []
    )
    card = document.cards[0]
    assert card.value == value
    assert card.quote is not None
    assert quoted in card.quote.sentence
    assert document.marks_told == notes


def test_what_changed_and_what_is_not_shown(context_of: Callable[..., Context]) -> None:
    rows = [
        observation("contract_value", 2023, value=1e9, unit="CNY"),
        observation("contract_value", 2024, value=2e9, unit="CNY", status="B"),
        observation("contract_value", 2024, value=5e7, unit="CNY", partner="_U"),
        observation("contract_count", 2023, value=100.0),
        observation(RATE, 2024, value=30.0, unit="percent"),
    ]
    english, chinese = context_of(rows), context_of(rows, "zh-Hans")
    earlier = [Accounting("contracts", 2023, 14_000, 13_990, 10, 0, 0, "a")]
    english = replace(english, material=replace(english.material, earlier_accountings=earlier))
    assert make_since(english) == [
        "New in this edition: commercialization rate.",
        "No longer available: technology contracts.",
        "Not comparable with the year before, because of a break in the series: value of technology contracts.",
        "15,937 records were received, against 14,000 for 2023; 112 are held, against 10.",
    ]
    every = len(english.material.indicators)
    assert limits_of(english) == [
        f"They count accepted records alone; {every - 2} of {every} indicators have no figure yet.",
        "14 more records are held because they have no readable date.",
        "For 2.5% of the value of technology contracts, the country is not stated.",
        (
            "Commercialization rate: A window rate, not a cohort rate: young achievements have had little time, so that"
            " a year with many registrations lowers it."
        ),
    ]
    assert limits_of(chinese)[2] == "技术合同成交额中有2.5%未注明国家（地区）。"
    assert make_since(context_of(rows[1:2])) == ["This is the first edition: there is none to compare it with."]


def test_revisions_go_up_and_down_come_and_go(context_of: Callable[..., Context]) -> None:
    first = [
        observation("contract_value", 2024, value=1e9, unit="CNY"),
        observation("contract_value", 2024, value=4e8, unit="CNY", sector="energy"),
        observation("contract_count", 2024, value=100.0),
        observation("active_institutions", 2024, value=None, status="M", reason="no_source"),
    ]
    now = [
        observation("contract_value", 2024, value=1.1e9, unit="CNY"),
        observation("contract_value", 2024, value=3e8, unit="CNY", sector="energy"),
        observation("contract_count", 2024, value=None, status="M", reason="small_base"),
        observation("active_institutions", 2024, value=50.0),
    ]
    context = context_of(now)
    vintage = Vintage(2024, "2025-06-30", read_figures([editions.table(first)]))
    revised = make_revisions(replace(context, material=replace(context.material, vintages=[vintage])))
    assert revised.summary == "revised upwards: 1; revised downwards: 1; added: 1; no longer given: 1"
    assert [(row.title, row.before, row.now, row.kind) for row in revised.rows] == [
        ("Active institutions", "Not available", "50", "added"),
        ("Technology contracts", "100", "Not available", "no longer given"),
        ("Value of technology contracts", "CNY 1.00 billion", "CNY 1.10 billion", "revised upwards"),
    ]
    assert make_revisions(context).summary == (
        "No figure of this edition or of the one before was revised since it was first published."
    )


def test_a_quotation_carries_its_source_and_its_mark(material: Material, languages: Any, reports: Path) -> None:
    english, chinese = (make_document(one, []) for one in contexts(material, languages, reports))
    quote = english.cards[0].quote
    assert quote is not None
    assert quote.sentence == (
        "Value of technology contracts rose by 8.1% at current prices to CNY 6.62 billion in 2024."
    )
    assert quote.source == (
        "[SIMULATED RECORDS] Source: Yearbook, demonstration on SIMULATED records, Technology transfer and"
        " commercialization (SIMULATED demonstration), 2024 (final figures, released 30 June 2025), Table 1.7."
    )
    told = [
        exhibit.quote
        for chapter in chinese.chapters
        for section in chapter.sections
        for exhibit in section.charted
        if exhibit.sentence
    ]
    assert len(told) > 5
    assert all(one is not None and one.source.startswith("［模拟数据］来源：") for one in told)
