"""Page one as it stands in the files, byte for byte: what changes here is read by an official, and is meant to change.

`YEARBOOK_RENEW=1` writes the snapshots anew; the difference is then read before it is committed.
"""

import os
import re
from pathlib import Path

import pytest

import editions
from editions import observation
from yearbook.model.recipe import Recipe

SNAPSHOTS = Path(__file__).parent / "snapshots"
BRIEF = re.compile(rb"<header class=cover>.*?</header>|<section id=brief .*?</section>(?=\n<nav )", re.DOTALL)
MONEY = {"unit": "CNY", "records": 400}
SHARE = {"unit": "percent", "records": 90}


def tiny() -> dict[int, list[editions.Row]]:
    """Two years of three indicators: a rise, a fall on a small base, and a figure that there is none of."""
    return {
        year: [
            observation("contract_value", year, value=value, **MONEY),
            observation("contract_value", year, value=0.6 * value, sector="energy", **MONEY),
            observation("contract_value", year, value=0.4 * value, sector="vehicles", **MONEY),
            observation("commercialization_rate", year, value=rate, numerator=rate, denominator=100.0, **SHARE),
            observation("local_content_share", year, value=None, unit="percent", status="M", reason="field_missing"),
        ]
        for year, value, rate in ((2023, 2.0e9, 34.0), (2024, 2.5e9, 31.0))
    }


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_the_brief_of_a_tiny_programme(tag: str, recipe: Recipe, reports: Path) -> None:
    tables = {year: editions.table(rows) for year, rows in tiny().items()}
    page = editions.write_edition(editions.material(recipe, tables), tables, reports)[f"{tag}.html"]
    brief = b"\n".join(BRIEF.findall(page)) + b"\n"
    path = SNAPSHOTS / f"brief.{tag}.html"
    if os.environ.get("YEARBOOK_RENEW"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(brief)
    assert brief.decode() == path.read_text(encoding="utf-8")
