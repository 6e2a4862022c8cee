"""An edition in SDMX: its structure (SDMX-ML 3.0) and its data (SDMX-CSV 2.0), which speak of the same dataflow.

Each edition is a major version of its programme's dataflow, each erratum a minor one: figures that change after the
release without an erratum keep their version, which is why a correction is to be written down.
Not its business: which codes there are (`sdmx_codes`), how the structure is written (`sdmx_structure`).
"""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa

from yearbook.compute.observations import write_number
from yearbook.publish.formats.imprinting import release_notices
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.sdmx_codes import code_id, make_codelists
from yearbook.publish.formats.sdmx_structure import ATTRIBUTES, DIMENSION_IDS, Dataflow, write_structure
from yearbook.publish.report.files import DATA_FILE, STRUCTURE_FILE

ANNUAL, INFORM, INTENTIONALLY_MISSING = "A", "I", "NaN"
WITHHELD, CONFIDENTIAL, FREE = "Q", "C", "F"
HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION")


def make_sdmx(ingredients: Ingredients) -> dict[str, bytes]:
    """The two files."""
    dataflow = Dataflow.of(ingredients.material)
    codelists = make_codelists(ingredients)
    return {
        STRUCTURE_FILE: write_structure(dataflow, codelists, ingredients),
        DATA_FILE: write_data(dataflow, ingredients.observations, _comment(ingredients)),
    }


def _comment(ingredients: Ingredients) -> str:
    """What every line says of an edition that is not to be used, or not yet: a data file has no other place for it."""
    release = ingredients.material.release
    if not (release.is_pre_release or release.withdrawn):
        return ""
    return " · ".join(dict.fromkeys(mark for one in ingredients.contexts.values() for mark in release_notices(one)))


def write_data(dataflow: Dataflow, observations: pa.Table, comment: str = "") -> bytes:
    """All observations, one a line, in the order of the table; what is missing is told as such, not left out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEAD, *DIMENSION_IDS, "OBS_VALUE", *ATTRIBUTES])
    head = ("dataflow", dataflow.reference, INFORM, ANNUAL)
    columns = [_column(observations, name) for name in (*DIMENSION_IDS[1:], "OBS_VALUE", *ATTRIBUTES[:-1])]
    columns.append([comment] * observations.num_rows)
    writer.writerows((*head, *cells) for cells in zip(*columns, strict=True))
    return text.getvalue().encode()


def _column(observations: pa.Table, name: str) -> Iterable[object]:
    own = {"TIME_PERIOD": "year", "OBS_VALUE": "value", "UNIT_MEASURE": "unit", "OBS_STATUS": "status"}
    if name == "CONF_STATUS":
        return [CONFIDENTIAL if one == WITHHELD else FREE for one in observations["status"].to_pylist()]
    values: list[Any] = observations[own.get(name, name.lower())].to_pylist()
    if name == "OBS_VALUE":
        return [INTENTIONALLY_MISSING if one is None else write_number(one) for one in values]
    if name in ("NUMERATOR", "DENOMINATOR"):
        return [write_number(one) for one in values]
    if name in ("TIME_PERIOD", "RECORDS"):
        return values
    return _mapped(values, lambda code: code_id(str(code)))


def _mapped(values: list[object], write: Callable[[object], str]) -> list[str | None]:
    """Each value written, equal ones once: a year has tens of thousands of lines and a few hundred codes."""
    written = {value: write(value) for value in set(values) if value is not None}
    return [written.get(value) for value in values]
