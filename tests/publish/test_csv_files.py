"""The metadata beside the data files, as CSV on the Web has them."""

import json
from datetime import date
from typing import Any

import pytest

from yearbook.model.definition import Text
from yearbook.publish.formats.csv_files import describe_columns

LICENCE = "https://example.org/terms"


@pytest.fixture
def described(recipe, languages):
    """What a file's metadata say, of a programme with other entries than the demonstration's."""

    def describe(issued: date | None, **entries: Any) -> dict[str, Any]:
        programme = recipe.programme.model_copy(update=entries)
        return dict(json.loads(describe_columns("series.csv", programme, languages.values(), issued)))

    return describe


def test_what_a_program_needs_to_load_a_file(described) -> None:
    told = described(date(2025, 6, 30), licence=LICENCE, publisher=Text(en="Office", zh="统计局"))
    assert {name: told[name] for name in ("url", "dc:publisher", "dc:issued", "dc:license")} == {
        "url": "series.csv",
        "dc:publisher": [{"@value": "Office", "@language": "en"}, {"@value": "统计局", "@language": "zh-Hans"}],
        "dc:issued": {"@value": "2025-06-30", "@type": "xsd:date"},
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
    assert {"dc:issued", "dc:license"} & set(described(None)) == set()


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
    assert described(None, confidentiality=confidentiality)["rdfs:comment"] == comment
