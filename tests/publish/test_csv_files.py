"""The metadata beside the data files, as CSV on the Web has them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import editions
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context
from yearbook.publish.formats.csv_files import Span, describe_columns, make_csv
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.words.language import Language, load_language

LICENCE = "https://example.org/terms"


@pytest.fixture
def described(recipe, languages):
    """What a file's metadata say, of a programme with other entries than the demonstration's."""

    def describe(span: Span, **entries: Any) -> dict[str, Any]:
        programme = recipe.programme.model_copy(update=entries)
        return dict(json.loads(describe_columns("series.csv", programme, languages.values(), span)))

    return describe


def test_what_a_program_needs_to_load_a_file(described) -> None:
    span = Span([2024], date(2025, 6, 30), date(2025, 8, 11))
    told = described(span, licence=LICENCE, publisher=Text(en="Office", zh="统计局"))
    assert {name: told[name] for name in ("url", "dc:publisher", "dc:issued", "dc:modified", "dc:license")} == {
        "url": "series.csv",
        "dc:publisher": [{"@value": "Office", "@language": "en"}, {"@value": "统计局", "@language": "zh-Hans"}],
        "dc:issued": {"@value": "2025-06-30", "@type": "xsd:date"},
        "dc:modified": {"@value": "2025-08-11", "@type": "xsd:date"},
        "dc:license": {"@id": LICENCE},
    }
    assert told["tableSchema"]["primaryKey"] == [
        "indicator", "year", "partner", "sector", "channel", "institution_type", "platform", "delivery_model",
        "province", "breakdown",
    ]  # fmt: skip
    assert told["tableSchema"]["columns"][1] == {
        "name": "year",
        "datatype": "integer",
        "dc:description": [
            {"@value": "reference year", "@language": "en"},
            {"@value": "所属年份", "@language": "zh-Hans"},
        ],
    }


def test_what_nobody_named_is_left_out(described) -> None:
    assert {"dc:issued", "dc:modified", "dc:license"} & set(described(Span([]))) == set()


@pytest.mark.parametrize(
    ("years", "english", "chinese"),
    [
        ([], "Yearbook", "年报"),
        ([2024], "Yearbook, 2024", "2024年年报"),
        ([2024, 2021], "Yearbook, 2021–2024", "2021—2024年年报"),
    ],
)
def test_the_title_says_which_years(described, years: list[int], english: str, chinese: str) -> None:
    assert described(Span(years), title=Text(en="Yearbook", zh="年报"))["dc:title"] == [
        {"@value": english, "@language": "en"},
        {"@value": chinese, "@language": "zh-Hans"},
    ]


SOMETHING = Text(en="x", zh="x")


@pytest.mark.parametrize(
    ("plan", "modified"),
    [
        ({}, None),
        ({"erratum": [Erratum(date=date(2025, day, 1), text=SOMETHING) for day in (9, 8)]}, "2025-09-01"),
        ({"withdrawn": Withdrawal(date=date(2026, 2, 3), reason=SOMETHING)}, "2026-02-03"),
        ({"erratum": [Erratum(date=date(2025, 6, 30), text=SOMETHING)]}, None),
    ],
)
def test_a_correction_or_withdrawal_is_the_last_change(
    context_of: Callable[..., Context], plan: dict[str, Any], modified: str | None
) -> None:
    context = context_of([editions.observation("contract_value", 2024, value=1.0)])
    programme = context.material.recipe.programme.model_copy(update={"editions": {2024: EditionPlan(**plan)}})
    material = replace(context.material, recipe=replace(context.material.recipe, programme=programme))
    files = make_csv(Ingredients(material, editions.table([]), {"en": replace(context, material=material)}, {}))
    told = json.loads(files["observations.csv-metadata.json"])
    assert told["dc:issued"]["@value"] == "2025-06-30"
    assert told.get("dc:modified", {}).get("@value") == modified


def test_a_language_without_words_is_left_out(
    recipe: Recipe, languages: dict[str, Language], reports: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "reference year"\nmsgstr "année"\n'
    )
    french = load_language("fr", reports, own=tmp_path)

    def described(*told: Language) -> list[Any]:
        made = json.loads(describe_columns("series.csv", recipe.programme, told, Span([])))
        code, year = made["tableSchema"]["columns"][:2]
        return [[one["@language"] for one in said] for said in (made["dc:title"], code["dc:description"])] + [
            year["dc:description"]
        ]

    assert described(languages["en"], french) == [
        ["en"],
        ["en"],
        [{"@value": "reference year", "@language": "en"}, {"@value": "année", "@language": "fr"}],
    ]
    assert described(french) == [["en"], ["en"], [{"@value": "année", "@language": "fr"}]]


@pytest.mark.parametrize(
    ("confidentiality", "comment"),
    [
        (
            "simulated",
            (
                "SIMULATED RECORDS. Every figure in this file is computed from invented records. It describes nothing"
                " real and must not be quoted. · 模拟数据："
                "本文件全部数字均由虚构记录计算得出，不反映任何真实情况，请勿引用。"
            ),
        ),
        ("public", ""),
    ],
)
def test_what_must_be_read_first(described, confidentiality: str, comment: str) -> None:
    assert described(Span([]), confidentiality=confidentiality)["rdfs:comment"] == comment


def test_a_mark_that_no_language_has_words_for_stands_once(recipe: Recipe, languages: dict[str, Language]) -> None:
    english = languages["en"]
    made = json.loads(
        describe_columns("series.csv", recipe.programme, [english, replace(english, tag="en-US")], Span([]))
    )
    assert made["rdfs:comment"].count("SIMULATED RECORDS") == 1
