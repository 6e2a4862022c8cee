"""What is said of an edition wherever it is named: on its cover, in its citation, under every quotation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

import editions
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.publish.context import Context
from yearbook.publish.report.document import make_document, make_quoting

ERRATA = [Erratum(date=date(2025, day, 11), text=Text(en="mended", zh="已更正")) for day in (7, 8)]
WITHDRAWAL = Withdrawal(date=date(2026, 2, 3), reason=Text(en="wrong source", zh="来源有误"))
EMBARGO = datetime.fromisoformat("2027-07-01T10:00+08:00")
READER = Text(en="Office of the Minister", zh="部长办公室")
EDITIONS: dict[str, tuple[EditionPlan, Text | None, dict[str, tuple[list[str], str]]]] = {
    "as released": (
        EditionPlan(),
        None,
        {
            "en": (["Final figures", "Released 30 June 2025"], "Final figures, released 30 June 2025"),
            "zh-Hans": (["最终数据", "2025年6月30日发布"], "最终数据，2025年6月30日发布"),
        },
    ),
    "corrected": (
        EditionPlan(erratum=ERRATA),
        None,
        {
            "en": (
                ["Final figures", "Released 30 June 2025", "Corrected on 11 August 2025"],
                "Final figures, released 30 June 2025, corrected on 11 August 2025",
            ),
            "zh-Hans": (
                ["最终数据", "2025年6月30日发布", "2025年8月11日更正"],
                "最终数据，2025年6月30日发布，2025年8月11日更正",
            ),
        },
    ),
    "withdrawn": (
        EditionPlan(withdrawn=WITHDRAWAL),
        None,
        {
            "en": (
                ["Withdrawn on 3 February 2026", "Released 30 June 2025"],
                "Released 30 June 2025, withdrawn on 3 February 2026",
            ),
            "zh-Hans": (["2026年2月3日撤回", "2025年6月30日发布"], "2025年6月30日发布，2026年2月3日撤回"),
        },
    ),
    "a copy for one reader": (
        EditionPlan(embargoed_until=EMBARGO),
        READER,
        {
            "en": (
                ["Not released yet", "Not to be released before 1 July 2027, 10:00 (UTC+08:00)"],
                "Not to be released before 1 July 2027, 10:00 (UTC+08:00)",
            ),
            "zh-Hans": (
                ["尚未发布", "2027年7月1日10:00（UTC+08:00）之前不得发布"],
                "2027年7月1日10:00（UTC+08:00）之前不得发布",
            ),
        },
    ),
}


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
@pytest.mark.parametrize(("plan", "recipient", "told"), EDITIONS.values(), ids=EDITIONS)
def test_an_edition_says_everywhere_what_became_of_it(
    context_of: Callable[..., Context],
    plan: EditionPlan,
    recipient: Text | None,
    told: dict[str, tuple[list[str], str]],
    tag: str,
) -> None:
    context = context_of(editions.year_rows(2024), tag)
    programme = context.material.recipe.programme.model_copy(update={"editions": {2024: plan}})
    recipe = replace(context.material.recipe, programme=programme)
    context = replace(context, material=replace(context.material, recipe=recipe, recipient=recipient))
    facts, standing = told[tag]
    document = make_document(context, [])
    assert document.cover.facts[: len(facts)] == facts
    assert [document.status, document.released] == facts[:2]
    citations = {
        "en": f"{programme.publisher.en}: {programme.title.en}, 2024. {standing}.",
        "zh-Hans": f"{programme.publisher.zh}：《2024年{programme.title.zh}》，{standing}。",
    }
    assert document.citation == citations[tag]
    quote = make_quoting(context).quote("It rose.", "Table 1.1")
    assert quote is not None
    within = context.language.inner(standing)
    assert (f" ({within}), Table 1.1." if tag == "en" else f"（{within}），Table 1.1。") in quote.source
