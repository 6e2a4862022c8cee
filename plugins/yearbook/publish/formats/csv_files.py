"""The figures as CSV, and beside them what others need to load it: CSV on the Web metadata with the mark of simulation.

The columns of the data files are fixed, so the mark cannot stand in them.
"""

import json

from yearbook.compute import observations_csv
from yearbook.model.observation import DIMENSIONS, PUBLIC_COLUMNS
from yearbook.model.programme import Programme
from yearbook.publish.formats.imprinting import release_marks
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.report.files import OBSERVATIONS

DESCRIPTIONS = {
    "indicator": "code of the indicator",
    "year": "reference year",
    "breakdown": "_T, or name=value pairs joined by ;",
    "value": "the figure; empty where missing or withheld",
    "unit": "unit of the value",
    "status": "SDMX CL_OBS_STATUS: A normal, B break, E estimated, I imputed, P provisional, U low reliability,"
    " M missing, Q withheld",
    "reason": "why a value is missing",
    "numerator": "numerator of a ratio; of growth, the later value",
    "denominator": "denominator of a ratio; of growth, the earlier value",
    "records": "number of records in the denominator, or in the value where there is none",
}
DIMENSION_DESCRIPTION = "code; _T all, _Z does not apply, _U not stated"
TYPES = {"year": "integer", "records": "integer", "value": "double", "numerator": "double", "denominator": "double"}
MARKS = {
    "simulated": "SIMULATED RECORDS: every figure is computed from invented records"
    " · 模拟数据：全部数字均由虚构记录计算得出",
    "confidential": "INTERNAL, NOT PROTECTED · 内部资料，未经保密处理",
}


def make_csv(ingredients: Ingredients) -> dict[str, bytes]:
    """An edition's observations, every cell of them, and their metadata."""
    programme = ingredients.material.recipe.programme
    marks = [mark for context in ingredients.contexts.values() for mark in release_marks(context)]
    return {
        OBSERVATIONS: observations_csv(ingredients.observations, PUBLIC_COLUMNS),
        f"{OBSERVATIONS}-metadata.json": describe_columns(OBSERVATIONS, programme, " · ".join(marks)),
    }


def describe_columns(name: str, programme: Programme, marks: str = "") -> bytes:
    """The metadata file of one data file, with what must be read first."""
    columns = [
        {
            "name": column,
            "datatype": TYPES.get(column, "string"),
            "dc:description": DESCRIPTIONS.get(column, DIMENSION_DESCRIPTION if column in DIMENSIONS else ""),
        }
        for column in PUBLIC_COLUMNS
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": f"{programme.title.en} · {programme.title.zh}",
        "dc:publisher": f"{programme.publisher.en} · {programme.publisher.zh}",
        "rdfs:comment": marks or MARKS.get(programme.confidentiality, ""),
        "tableSchema": {"columns": columns},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=1).encode() + b"\n"
