"""Which parts of a dimension have a profile of their own: partners and sectors with enough figures.

Not its business: what stands in a profile (`profile`).
"""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.indicator import Indicator
from yearbook.model.observation import FOREIGN, TOTAL, UNKNOWN
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context, stem
from yearbook.publish.figures import CROSS, Figure, Figures, join_codes, read_figures, split_code
from yearbook.publish.words.changes import MIN_BASE_RECORDS
from yearbook.publish.words.names import PARTNER

FOLDERS = {PARTNER: "partners", "sector": "sectors"}
"""The dimensions with profiles, each with the folder of its pages."""
PAIR = (PARTNER, "sector")
LEAST_FIGURES = 5
"""A profile of fewer indicators would be a table row on a page of its own."""
WHOLES = (TOTAL, FOREIGN, UNKNOWN)


def lead_indicator(recipe: Recipe) -> Indicator | None:
    """The sum that speaks for every profile: the first key figure, or else the first indicator, by both dimensions."""
    definitions = {code: folder.definition for code, folder in recipe.indicators.items()}
    keys = [entry.partition(";")[0] for entry in recipe.programme.headline]
    ordered = sorted(definitions.values(), key=lambda one: (one.order, one.indicator))
    candidates = [*(definitions[code] for code in keys if code in definitions), *ordered]
    return next((one for one in candidates if one.kind == "sum" and set(PAIR) <= set(one.dimensions)), None)


def read_crossed(recipe: Recipe, tables: Iterable[pa.Table]) -> Figures:
    """The leading sum by partner and sector at once."""
    lead = lead_indicator(recipe)
    if lead is None:
        return Figures([])
    kept = (table.filter(pc.equal(table["indicator"].cast(pa.string()), lead.indicator)) for table in tables)
    return read_figures(kept, {lead.indicator: PAIR})


def profiled(context: Context, dimension: str) -> list[str]:
    """The codes that have a profile, as a table lists them: each below its parent, countries by their weight."""
    lead = lead_indicator(context.material.recipe)
    if lead is None:
        return []
    parts = context.figures.parts(lead.indicator, context.year, dimension)
    counts = _count_indicators(context, dimension)
    codes = [code for code, part in parts.items() if _is_enough(context, code, part, counts)]
    weight = {code: parts[code].value or 0.0 for code in codes}
    return [line.code for line in context.names.lines(dimension, codes, weight)]


def address_of(dimension: str, code: str, tag: str) -> str:
    """Where a profile stands in the folder of its edition: the same in every edition."""
    return f"{FOLDERS[dimension]}/{stem(code)}.{tag}.html"


def _is_enough(context: Context, code: str, part: Figure, counts: dict[str, int]) -> bool:
    if code in WHOLES or context.names.has_home([code]) or not part.is_known:
        return False
    is_large = part.records is None or part.records >= MIN_BASE_RECORDS
    return is_large and counts.get(code, 0) >= LEAST_FIGURES


def _count_indicators(context: Context, dimension: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for indicator in context.material.indicators:
        for code, part in context.figures.parts(indicator.indicator, context.year, dimension).items():
            counts[code] = counts.get(code, 0) + part.is_known
    return counts


def crossed_parts(context: Context, indicator: Indicator, dimension: str, code: str, year: int) -> dict[str, Figure]:
    """The parts by the other dimension of one part of this one, by their codes."""
    crossed, other = CROSS.join(PAIR), PAIR[1 - PAIR.index(dimension)]
    every = context.material.crossed.parts(indicator.indicator, year, crossed)
    own_code = join_codes([code])
    # Only those of this part are split: every profile asks.
    if dimension == PAIR[0]:
        own = [pair for pair in every if pair.startswith(own_code + CROSS)]
    else:
        own = [pair for pair in every if pair.endswith(CROSS + own_code)]
    return {split_code(crossed, pair)[other]: every[pair] for pair in own}
