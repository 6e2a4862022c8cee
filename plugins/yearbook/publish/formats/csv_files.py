"""The figures as CSV, and beside them what others need to load it: CSV on the Web metadata with the mark of simulation.

The columns of the data files are fixed, so the mark cannot stand in them.
"""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from yearbook.compute import observations_csv
from yearbook.model.observation import DIMENSIONS, KEY, PUBLIC_COLUMNS
from yearbook.model.programme import Programme
from yearbook.publish.formats.imprinting import release_marks
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.report.files import OBSERVATIONS
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.marks import kind_marks

DESCRIPTIONS = {
    "indicator": N_("code of the indicator"),
    "year": N_("reference year"),
    "breakdown": N_("_T, or name=value pairs joined by ;"),
    "value": N_("the figure; empty where missing or withheld"),
    "unit": N_("unit of the value"),
    "status": N_(
        "SDMX CL_OBS_STATUS: A normal, B break, E estimated, I imputed, P provisional, U low reliability, M missing,"
        " Q withheld"
    ),
    "reason": N_("why a value is missing"),
    "numerator": N_("numerator of a ratio; of growth, the later value"),
    "denominator": N_("denominator of a ratio; of growth, the earlier value"),
    "records": N_("number of records in the denominator, or in the value where there is none"),
}
DIMENSION_DESCRIPTION = N_("code; _T all, _Z does not apply, _U not stated")
TYPES = {"year": "integer", "records": "integer", "value": "double", "numerator": "double", "denominator": "double"}


def make_csv(ingredients: Ingredients) -> dict[str, bytes]:
    """An edition's observations, every cell of them, and their metadata."""
    material, contexts = ingredients.material, ingredients.contexts.values()
    marks = [mark for context in contexts for mark in release_marks(context)]
    languages = [context.language for context in contexts]
    programme, issued = material.recipe.programme, material.release.released
    return {
        OBSERVATIONS: observations_csv(ingredients.observations, PUBLIC_COLUMNS),
        f"{OBSERVATIONS}-metadata.json": describe_columns(OBSERVATIONS, programme, languages, issued, marks),
    }


def describe_columns(
    name: str,
    programme: Programme,
    languages: Collection[Language],
    issued: date | None,
    marks: Collection[str] | None = None,
) -> bytes:
    """The metadata file of one data file, in all languages at once; `marks` are what must be read first.

    Without them stands what is true of all figures of the programme; without a day of issue, none.
    """
    if marks is None:
        marks = [mark for language in languages for mark in kind_marks(programme, language)]
    metadata: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": [_said(programme.title.get(one.tag), one) for one in languages],
        "dc:publisher": [_said(programme.publisher.get(one.tag), one) for one in languages],
        "rdfs:comment": " · ".join(marks),
    }
    if issued:
        metadata["dc:issued"] = {"@value": issued.isoformat(), "@type": "xsd:date"}
    if programme.licence:
        metadata["dc:license"] = {"@id": programme.licence}
    columns = [_column(column, languages) for column in PUBLIC_COLUMNS]
    metadata["tableSchema"] = {"columns": columns, "primaryKey": list(KEY)}
    return json.dumps(metadata, ensure_ascii=False, indent=1).encode() + b"\n"


def _column(name: str, languages: Collection[Language]) -> dict[str, Any]:
    description = DIMENSION_DESCRIPTION if name in DIMENSIONS else DESCRIPTIONS[name]
    said = [_said(one.say(description), one) for one in languages]
    return {"name": name, "datatype": TYPES.get(name, "string"), "dc:description": said}


def _said(text: str, language: Language) -> dict[str, str]:
    return {"@value": text, "@language": language.tag}
