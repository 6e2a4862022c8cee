"""`trace.json`: all that makes up the public figures of an edition, but for the records: for programs to read.

By name of the figure: value, unit, status, reason, numerator, denominator, records; by indicator: what it means, how it
is computed and from what; the sources of the records; and what must be read first: simulated, a copy before the
release, withdrawn, corrected. Not its business: which records (`yearbook trace`).
"""

import hashlib
import json
from typing import Any

import pyarrow as pa

from yearbook.model.figure_id import figure_id
from yearbook.model.indicator import Indicator
from yearbook.model.observation import KEY, PUBLIC_COLUMNS
from yearbook.model.recipe import IndicatorFolder, Recipe
from yearbook.publish.formats.imprinting import release_marks
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.report.files import TRACE

FACTS = [name for name in PUBLIC_COLUMNS if name not in KEY]
TEXTS = ("title", "definition", "formula", "population", "caveats", "source")


def make_trace(ingredients: Ingredients) -> dict[str, bytes]:
    """Make the file."""
    recipe, programme = ingredients.material.recipe, ingredients.material.recipe.programme
    content = {
        "programme": programme.programme,
        "year": ingredients.material.year,
        "confidentiality": programme.confidentiality,
        **({"licence": programme.licence} if programme.licence else {}),
        "release": ingredients.material.release.as_manifest(),
        "marks": {tag: release_marks(context) for tag, context in ingredients.contexts.items()},
        "columns": FACTS,
        "figures": trace_figures(ingredients.observations),
        "indicators": {code: _trace_indicator(recipe, folder) for code, folder in sorted(recipe.indicators.items())},
        "sources": {
            name: _texts(source.card, ("title", "producer")) for name, source in sorted(recipe.sources.items())
        },
    }
    return {TRACE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"}


def trace_figures(observations: pa.Table) -> dict[str, list[Any]]:
    """Every figure by its name, with the facts of `FACTS`."""
    return {figure_id(row): [row[name] for name in FACTS] for row in observations.to_pylist()}


def _trace_indicator(recipe: Recipe, folder: IndicatorFolder) -> dict[str, Any]:
    one: Indicator = folder.definition
    return {
        **_texts(one, TEXTS),
        "kind": one.kind,
        "unit": one.unit,
        "experimental": one.experimental,
        "fields": one.fields,
        "parameters": {name: recipe.parameters[name].value for name in one.parameters},
        "query_sha256": hashlib.sha256(folder.query.read_bytes()).hexdigest(),
    }


def _texts(one: Any, names: tuple[str, ...]) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in names}
    return {name: text.model_dump() for name, text in found.items() if text is not None}
