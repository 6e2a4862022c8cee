"""The figures as CSV, and beside them what others need to load it: CSV on the Web metadata with the mark of simulation.

The columns of the data files are fixed, so the mark cannot stand in them.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yearbook.compute import observations_csv
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS, KEY, PUBLIC_COLUMNS
from yearbook.model.programme import Programme
from yearbook.publish.formats.imprinting import release_marks
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.wordings import told
from yearbook.publish.report.files import OBSERVATIONS
from yearbook.publish.words.language import ENGLISH, N_, Language
from yearbook.publish.words.marks import kind_marks

DESCRIPTIONS = {
    "indicator": N_("code of the indicator"),
    "year": N_("reference year"),
    "breakdown": N_(
        "_T, or name=value pairs joined by ; (in a value %, ; and = stand as %25, %3B and %3D, and / in a standard's"
        " name as %2F)"
    ),
    "value": N_("the figure; empty where missing or withheld"),
    "unit": N_("unit of the value"),
    "status": N_(
        "SDMX CL_OBS_STATUS: A normal, B break, E estimated, I imputed, P provisional, U low reliability, M missing,"
        " Q withheld"
    ),
    "reason": N_("why a value is missing, or of low reliability"),
    "numerator": N_("numerator of a ratio; of growth, the later value"),
    "denominator": N_("denominator of a ratio; of growth, the earlier value"),
    "records": N_("number of records in the denominator, or in the value where there is none"),
}
DIMENSION_DESCRIPTION = N_("code; _T all, _Z does not apply, _U not stated")
TYPES = {"year": "integer", "records": "integer", "value": "double", "numerator": "double", "denominator": "double"}


@dataclass(frozen=True)
class Span:
    """What a data file holds: the years, the day of the last release among them, that of the last change since."""

    years: Sequence[int]
    issued: date | None = None
    changed: date | None = None


def make_csv(ingredients: Ingredients) -> dict[str, bytes]:
    """An edition's observations, every cell of them, and their metadata."""
    material, contexts = ingredients.material, ingredients.contexts.values()
    marks = [mark for context in contexts for mark in release_marks(context)]
    languages = [context.language for context in contexts]
    release = material.release
    span = Span([material.year], release.released, release.modified)
    return {
        OBSERVATIONS: observations_csv(ingredients.observations, PUBLIC_COLUMNS),
        f"{OBSERVATIONS}-metadata.json": describe_columns(
            OBSERVATIONS, material.recipe.programme, languages, span, marks
        ),
    }


def describe_columns(
    name: str,
    programme: Programme,
    languages: Collection[Language],
    span: Span,
    marks: Collection[str] | None = None,
) -> bytes:
    """The metadata file of one data file, in all languages at once; `marks` are what must be read first.

    Without them stands what is true of all figures of the programme. A change before the last release is part of it.
    """
    if marks is None:
        marks = [mark for language in languages for mark in kind_marks(programme, language)]
    metadata: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": _said(
            _title(programme.title, span, ENGLISH), {one.tag: _title(programme.title, span, one) for one in languages}
        ),
        "dc:publisher": _said(programme.publisher.en, {one.tag: programme.publisher.get(one.tag) for one in languages}),
        "rdfs:comment": " · ".join(dict.fromkeys(marks)),
    }
    if span.issued:
        metadata["dc:issued"] = _day(span.issued)
    if span.changed and not (span.issued and span.issued >= span.changed):
        metadata["dc:modified"] = _day(span.changed)
    if programme.licence:
        metadata["dc:license"] = {"@id": programme.licence}
    columns = [_column(column, languages) for column in PUBLIC_COLUMNS]
    metadata["tableSchema"] = {"columns": columns, "primaryKey": list(KEY)}
    return json.dumps(metadata, ensure_ascii=False, indent=1).encode() + b"\n"


def _title(title: Text, span: Span, language: Language) -> str:
    own, years = title.get(language.tag), sorted(span.years)
    if not years:
        return own
    if len(years) == 1:
        return language.say("%(title)s, %(year)s", title=own, year=years[0])
    return language.say("%(title)s, %(first)s–%(last)s", title=own, first=years[0], last=years[-1])


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _column(name: str, languages: Collection[Language]) -> dict[str, Any]:
    description = DIMENSION_DESCRIPTION if name in DIMENSIONS else DESCRIPTIONS[name]
    said = _said(description, {one.tag: one.say(description) for one in languages})
    return {"name": name, "datatype": TYPES.get(name, "string"), "dc:description": said}


def _said(english: str, texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": tag} for tag, text in told(english, texts).items()]
