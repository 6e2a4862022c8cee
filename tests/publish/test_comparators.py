"""Comparators: what is refused, how each is judged, and what the page says of them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import editions
from editions import observation
from yearbook.errors import DefinitionError
from yearbook.model.comparator import Comparator, make_key
from yearbook.model.comparator_tables import COLUMNS, load_comparators
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS
from yearbook.model.programme import Parameter
from yearbook.model.recipe import Recipe, list_programmes, load_recipe
from yearbook.publish.comparison import compare_all, disagreements, last_digit
from yearbook.publish.context import Context, Material
from yearbook.publish.report.limits import make_limits
from yearbook.publish.report.quality import make_quality
from yearbook.publish.words.vocabulary import BREAKDOWN_VALUES

CARD = """
title: {en: Ours, zh: 本单位}
producer: {en: Office, zh: 本单位}
licence: {en: free, zh: 自由使用}
retrieved: {en: given, zh: 提供}
note: {en: none, zh: 无}
documents: {plan: {en: The five-year plan, zh: 五年规划}}
"""
GOOD = {
    "id": "X1", "indicator": "contract_value", "year": "2024", **dict.fromkeys(DIMENSIONS, "_T"), "breakdown": "_T",
    "value": "6600000000", "bound": "equal", "unit": "CNY", "official": "", "note": "", "source": "plan p. 3",
}  # fmt: skip


def comparator(
    value: str = "10", indicator: str = "contract_count", breakdown: str = "_T", year: int = 2024, **fields: Any
) -> Comparator:
    codes = dict.fromkeys(DIMENSIONS, "_T") | {name: fields.pop(name) for name in DIMENSIONS if name in fields}
    known = {"id": "X", "kind": "", "bound": "equal", "unit": "count", "is_official": False, "is_judged": True}
    texts = {"note": "", "document": Text(en="The plan", zh="规划"), "passage": ""}
    key = make_key(indicator, year, codes, breakdown)
    return Comparator(key=key, value=Decimal(value), **{**known, **texts, **fields})


@pytest.mark.parametrize("programme", list_programmes(Path(__file__).parents[2] / "include"))
def test_every_table_in_the_repository_is_valid(programme: str, project: Path) -> None:
    recipe = load_recipe(programme, project / "include")
    comparators = load_comparators(recipe)
    judged = {"judged" if one.is_judged else "shown" for one in comparators}
    assert judged == set(recipe.programme.comparators.values())
    lines = [line for path in recipe.comparators.values() for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert [one.id for one in comparators] == [line.partition(",")[0] for line in lines]


@pytest.fixture
def read(recipe: Recipe, tmp_path: Path) -> Callable[..., list[Comparator]]:
    """Write rows into a table of comparators and read them."""

    def read_rows(
        *rows: dict[str, str],
        columns: tuple[str, ...] = COLUMNS,
        change: Callable[[bytes], bytes] = bytes,
        confidentiality: str = "public",
    ) -> list[Comparator]:
        lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
        path = tmp_path / "plan.csv"
        path.write_bytes(change(("\n".join(lines) + "\n").encode()))
        path.with_suffix(".yml").write_text(CARD, encoding="utf-8")
        programme = recipe.programme.model_copy(
            update={"comparators": {"plan": "judged"}, "confidentiality": confidentiality}
        )
        return load_comparators(replace(recipe, programme=programme, comparators={"plan": path}))

    return read_rows


def test_a_table_is_read(read: Callable[..., list[Comparator]]) -> None:
    rows = read(GOOD, GOOD | {"id": "X2", "breakdown": "kind=target;scope=national_register", "official": "true"})
    assert [(one.id, one.kind, one.key[3], one.is_official, one.value) for one in rows] == [
        ("X1", "", "_T", False, Decimal(6_600_000_000)),
        ("X2", "target", "scope=national_register", True, Decimal(6_600_000_000)),
    ]
    assert (rows[0].document.en, rows[0].passage) == ("The five-year plan", "p. 3")


@pytest.mark.parametrize(
    ("change", "said", "fix"),
    [
        ({"indicator": "contract_valu"}, "there is no indicator `contract_valu`", "did you mean `contract_value`?"),
        ({"partner": "VNN"}, "partner: there is no code `VNN`", "did you mean"),
        ({"delivery_model": "dual_base"}, "contract_value is not told by delivery_model", "write `_T`"),
        ({"breakdown": "scop=national_register"}, "contract_value has no breakdown `scop`", "did you mean `scope`?"),
        ({"breakdown": "scope"}, "the breakdown `scope` has no value", "write `scope=…`"),
        ({"indicator": "contract_value_per_contract", "breakdown": "statistic=medan"}, "no `medan`", "`median`?"),
        ({"indicator": "contract_value_per_contract", "breakdown": "statistic=med"}, "no `med`", "`median`?"),
        ({"breakdown": "kind=target;kind=target"}, "`kind` stands twice", "one kind for a row"),
        ({"breakdown": "kind=goal"}, "kind: there is no `goal`", "one of comparator, parameter, target"),
        ({"bound": "abov"}, "bound: there is no `abov`", "did you mean `above`?"),
        ({"unit": "USD"}, "unit `USD` for contract_value", "its unit is `CNY`"),
        ({"unit": ""}, "unit `` for contract_value", "its unit is `CNY`"),
        ({"year": "24"}, "`24` is no year", "write 2024"),
        ({"value": "6.6 bn"}, "`6.6 bn` is no number", "write 1234.5"),
        *(
            ({"value": value}, f"`{value}` is no number", "write 1234.5")
            for value in ("nan", "sNaN", "-inf", "", "1e" + "9" * 30)
        ),
        *(
            ({"value": value}, f"`{value}` is too great or too small", "the number that was published")
            for value in ("1e400", "-1e400", "1e-400", "9" * 400)
        ),
        ({"note": "a,b"}, "18 cells under 17 columns", "put a cell that holds a comma in quotes"),
        ({"source": "plan,"}, "18 cells under 17 columns", "one cell for each column"),
        ({"note": "x" * 20_001}, "a cell is longer than 20,000 characters", "shorten it"),
        ({"note": '"a" b'}, "cannot be read as CSV", "each quote"),
        ({"note": "a\0b"}, "byte 0x00 is no text", "save the table as UTF-8"),
        ({"official": "yes"}, "official: there is no `yes`", "one of true"),
        ({"source": "plans p. 3"}, "source: there is no `plans`", "did you mean `plan`?"),
        ({"id": "X1"}, "`X1` stands twice", "plan.csv:2"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    change: dict[str, str], said: str, fix: str, read: Callable[..., list[Comparator]]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(GOOD, GOOD | {"id": "X2"} | change)
    assert said in caught.value.what
    assert caught.value.where.endswith("plan.csv:3")
    assert fix in caught.value.fix


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((*COLUMNS, "remark"), "unknown column `remark`"),
        (COLUMNS[1:], "column `id` is missing"),
        ((*COLUMNS, "value"), "column `value` stands twice"),
    ],
)
def test_a_wrong_column_is_refused(columns: tuple[str, ...], said: str, read: Callable[..., list[Comparator]]) -> None:
    with pytest.raises(DefinitionError, match=said) as caught:
        read(GOOD, columns=columns)
    assert caught.value.where.endswith("plan.csv:1")


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (lambda text: text.replace(b"p. 3", b"\xff"), "byte 0xff is no text in UTF-8", 2),
        (lambda text: b"\xef\xbb\xbf" + text + "项".encode("gb18030"), "byte 0xcf is no text in UTF-8", 3),
        (lambda text: text.decode().encode("utf-16"), "byte 0xff is no text in UTF-8", 1),
        (lambda text: text + b'"open', "cannot be read as CSV", 3),
        (lambda text: b"", "column `id` is missing", 1),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    change: Callable[[bytes], bytes], said: str, line: int, read: Callable[..., list[Comparator]]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(GOOD, change=change)
    assert said in caught.value.what
    assert caught.value.where.endswith(f"plan.csv:{line}")


@pytest.mark.parametrize("statistic", [one for one in BREAKDOWN_VALUES if one.startswith("statistic=")])
def test_a_statistic_that_the_report_has_a_word_for_is_known(
    statistic: str, read: Callable[..., list[Comparator]]
) -> None:
    (one,) = read(GOOD | {"indicator": "contract_value_per_contract", "breakdown": statistic})
    assert one.key[3] == statistic


@pytest.mark.parametrize(
    "change", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n") + b"\r\n"]
)
def test_a_table_as_excel_saves_it_is_read(
    change: Callable[[bytes], bytes], read: Callable[..., list[Comparator]]
) -> None:
    assert [one.id for one in read(GOOD, change=change)] == ["X1"]


@pytest.mark.parametrize(
    "row",
    [
        {"breakdown": "institution=cqu"},
        {"breakdown": "technology=robots"},
        {"breakdown": "institution=cqu;technology=robots"},
        {"breakdown": "kind=target;institution=cqu"},
        {"breakdown": "kind=comparator; Institution=cqu", "indicator": "patents_abroad"},
    ],
)
def test_a_name_is_refused_where_records_are_confidential(
    row: dict[str, str], read: Callable[..., list[Comparator]]
) -> None:
    rows = GOOD, GOOD | {"id": "X2"} | row
    assert [len(read(*rows, confidentiality=other)) for other in ("simulated", "public")] == [2, 2]
    assert len(read(GOOD, confidentiality="confidential")) == 1
    with pytest.raises(DefinitionError, match=r"a figure of one (institution|technology)") as caught:
        read(*rows, confidentiality="confidential")
    assert caught.value.where.endswith("plan.csv:3")


@pytest.mark.parametrize(
    ("bound", "published", "computed", "verdict"),
    [
        ("equal", "89000000000", 89.4e9, "equal"),
        ("equal", "89000000000", 89.6e9, "missed"),
        ("equal", "4059", 4059.5, "equal"),
        ("equal", "4059", 4060.0, "missed"),
        ("equal", "0.25", 0.254, "equal"),
        ("equal", "0.25", 0.256, "missed"),
        ("equal", "-28", -28.4, "equal"),
        ("about", "50", 47.5, "about"),
        ("about", "50", 52.6, "missed"),
        ("above", "60", 60.0, "missed"),
        ("above", "60", 60.1, "above"),
        ("at_least", "1", 1.0, "at_least"),
        ("at_least", "1", 0.0, "missed"),
        ("below", "50000", 49_999.0, "below"),
        ("below", "50000", 50_000.0, "missed"),
    ],
)
def test_a_figure_is_judged_by_its_bound(bound: str, published: str, computed: float, verdict: str) -> None:
    table = editions.table([observation("contract_count", 2024, value=computed)])
    (one,) = compare_all([comparator(published, bound=bound)], {2024: table}, {})
    assert (one.verdict, one.is_failure) == (verdict, verdict == "missed")
    assert one.difference == pytest.approx(computed - float(published))


@pytest.mark.parametrize(
    ("published", "worth"), [("89000000000", "1e9"), ("17800000", "1e3"), ("4059", "1"), ("0.25", "0.01"), ("0", "1")]
)
def test_the_last_published_digit(published: str, worth: str) -> None:
    assert last_digit(Decimal(published)) == Decimal(worth)


def test_what_is_compared_with_what() -> None:
    rows = [
        observation("contract_count", 2024, value=10.0, partner="VNM", delivery_model="_Z", province="_Z"),
        observation("contract_count", 2024, value=None, partner="THA", status="M", reason="small_base"),
        observation("contract_count", 2024, value=10.0, partner="LAO", status="Q"),
        observation("contract_value_growth", 2024, value=None, status="M", reason="withdrawn_base"),
    ]
    wanted = [
        comparator(partner="VNM"),
        comparator(partner="VNM", is_judged=False),
        comparator(partner="THA"),
        comparator(partner="LAO"),
        comparator(partner="KEN"),
        comparator(partner="VNM", year=2020),
        comparator(indicator="contract_value_growth"),
        comparator("12", partner="VNM", kind="target"),
        comparator("9", indicator="patents_abroad", kind="comparator"),
        comparator("0.25", indicator="gdp_elasticity", kind="parameter"),
    ]
    told = compare_all(wanted, {2024: editions.table(rows)}, {"gdp_elasticity": Parameter(value=0.3)})
    assert [(one.verdict, one.computed, one.reason, one.is_failure) for one in told] == [
        ("equal", 10.0, "", False),
        ("shown", 10.0, "", False),
        ("not_available", None, "small_base", True),
        ("not_available", None, "withheld", True),
        ("not_available", None, "no_observation", True),
        ("other_year", None, "no_edition", False),
        ("other_year", None, "withdrawn_base", False),
        ("target", 10.0, "", False),
        ("comparator", None, "", False),
        ("parameter", 0.3, "", False),
    ]


def test_sources_that_differ_are_found_and_targets_are_none() -> None:
    wanted = [comparator("10"), comparator("11"), comparator("12", kind="target"), comparator("5", partner="VNM")]
    found = disagreements(compare_all(wanted, {}, {}))
    assert [[one.comparator.value for one in same] for same in found] == [[Decimal(10), Decimal(11)]]


@pytest.fixture
def page_of(material: Material, tables: Any, reports: Path) -> Callable[..., html.HtmlElement]:
    """Comparators in, the page of an edition out."""

    def make(wanted: list[Comparator], tag: str = "en") -> html.HtmlElement:
        observations = {year: editions.table(editions.year_rows(year)) for year in editions.YEARS}
        comparisons = compare_all(wanted, observations, {})
        files = editions.write_edition(replace(material, comparisons=comparisons), tables, reports)
        return html.fromstring(files[f"{tag}.html"].decode())

    return make


def texts(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in element.xpath(path)]


REGISTER = {"indicator": "contract_value", "unit": "CNY"}


@pytest.mark.parametrize(
    ("tag", "lead", "differ", "row"),
    [
        (
            "en",
            (
                "Of published figures that this report is judged by, 1 of 2 matched; the rest did not, or have no"
                " figure here. Official totals, which are shown beside the computed figures and not judged, differ"
                " from them."
            ),
            (
                "Sources differ on value of technology contracts, 2024: above CNY 6.50 billion (The plan) and CNY 6.80"
                " billion (The bureau; official)."
            ),
            [
                "Value of technology contracts: Energy", "2024", "CNY 1.50 billion", "CNY 1.68 billion", "+0.18",
                "missed", "1, p. 3",
            ],
        ),
        (
            "zh-Hans",
            (
                "据以评判本报告的2个已公布数字中，1个吻合；其余不吻合，或本报告没有相应数字。"
                "官方总数仅并列展示、不作评判，与计算结果不一致。"
            ),
            "2024年技术合同成交额，各来源数字不一：65.00亿元以上（规划）和68.00亿元（统计局；官方数字）。",
            ["技术合同成交额：能源", "2024", "15.00亿元", "16.83亿元", "+1.83", "不符", "1, p. 3"],
        ),
    ],
)  # fmt: skip
def test_the_chapter(tag: str, lead: str, differ: str, row: list[str], page_of: Callable[..., Any]) -> None:
    bureau = Text(en="The bureau", zh="统计局")
    wanted = [
        comparator("6500000000", id="A1", bound="above", **REGISTER),
        comparator("6800000000", id="A2", is_official=True, is_judged=False, document=bureau, **REGISTER),
        comparator("1500000000", id="A3", sector="energy", passage="p. 3", **REGISTER),
    ]
    page = page_of(wanted, tag)
    (chapter,) = page.xpath("//section[@id='comparators']")
    assert texts(chapter, "./p[@class='lead']") == [lead]
    sources, official = texts(chapter, "./p[not(@class)]")
    assert sources == differ
    assert official.startswith(("The official figure of", "技术合同成交额的官方数字"))
    failed, every = chapter.xpath(".//table")
    assert [texts(one, "./th | ./td") for one in failed.xpath("./tbody/tr")] == [row]
    assert len(every.xpath("./tbody/tr")) == 3
    assert page.xpath("//nav[@class='contents']//a[@href='#comparators']")


def test_a_target_is_drawn_beside_its_figure(page_of: Callable[..., Any]) -> None:
    targets = [
        comparator("7000000000", kind="target", year=2025, **REGISTER),
        comparator("2000000000", kind="target", sector="energy", **REGISTER),
        comparator("9000000000", kind="target", year=2023, **REGISTER),
    ]
    page = page_of(targets)
    (card, *_) = page.xpath("//ul[@class='cards']/li")
    beside = ["institutions present in both years: +4.2%", "Target for 2025: CNY 7.00 billion"]
    assert texts(card, ".//p[@class='beside']") == beside
    years = page.get_element_by_id("figure-contract_value-year")
    assert texts(years, ".//p[@class='legend']") == ["Dashed line: target for 2025, CNY 7.00 billion."]
    assert len(years.xpath(".//*[@stroke-dasharray]")) == 1
    sectors = page.get_element_by_id("figure-contract_value-sector")
    assert "Diamond: target for 2024." in texts(sectors, ".//p[@class='legend']")[0]
    plain = page_of([])
    marks = [
        len(one.get_element_by_id("figure-contract_value-sector").xpath(".//*[local-name()='path']"))
        for one in (page, plain)
    ]
    assert marks[0] == marks[1] + 1
    assert plain.xpath("//*[@stroke-dasharray]") == []


def test_a_programme_without_comparators_has_no_such_chapter(page_of: Callable[..., Any]) -> None:
    assert page_of([]).xpath("//*[@id='comparators'] | //a[@href='#comparators']") == []


@pytest.mark.parametrize(
    ("tag", "differ", "standing"),
    [
        (
            "en",
            (
                "The official figure of value of technology contracts differs from the computed one, and is shown, not"
                " judged: 2023: CNY 7.00"
                " billion, computed CNY 6.12 billion; 2024: CNY 8.00 billion, computed CNY 6.62 billion."
            ),
            ["2024: CNY 6.62 billion, CNY 0.38 billion to go", "2024: CNY 6.62 billion, reached"],
        ),
        (
            "zh-Hans",
            (
                "技术合同成交额的官方数字与计算值不一致，仅并列展示、不作评判：2023年官方70.00亿元，计算值61.20亿元；"
                "2024年官方80.00亿元，计算值66.15亿元。"
            ),
            ["2024年：66.15亿元，尚差3.85亿元", "2024年：66.15亿元，已达到"],
        ),
    ],
)
def test_years_that_differ_and_targets_to_come(
    tag: str, differ: str, standing: list[str], page_of: Callable[..., Any]
) -> None:
    shown = {"is_official": True, "is_judged": False, **REGISTER}
    wanted = [
        comparator("8000000000", id="A1", **shown),
        comparator("7000000000", id="A2", year=2023, **shown),
        comparator("7000000000", id="A3", kind="target", year=2026, bound="at_least", **REGISTER),
        comparator("6000000000", id="A4", kind="target", year=2026, bound="at_least", **REGISTER),
    ]
    (chapter,) = page_of(wanted, tag).xpath("//section[@id='comparators']")
    assert texts(chapter, "./p[not(@class)]") == [differ]
    assert texts(chapter, ".//td/span[@class='small']") == standing


THREE = [
    (
        {"breakdown": "scope=national_register"},
        4.7e12,
        (
            "Value of technology contracts, 2024: the records of this report come to CNY 4.70 trillion, which is 95.9%"
            " of the total that the register prints, CNY 4.90 trillion. The official figure, CNY 6.84 trillion (The"
            " plan), differs; it is shown for comparison only and does not affect the confidence ratings."
        ),
        (
            "2024年技术合同成交额：本报告所收记录合计4.70万亿元，为登记机构公布的全国登记总数4.90万亿元的95.9%。"
            "官方数字为6.84万亿元（规划），与之不一致；官方数字仅供对照，不影响可信度评定。"
        ),
    ),
    (
        {"breakdown": "scope=national_register"},
        None,
        (
            "Value of technology contracts, 2024: the total that the register prints is CNY 4.90 trillion, and no sum"
            " of records. The official figure, CNY 6.84 trillion (The plan), differs; it is"
            " shown for comparison only and does not affect the confidence ratings."
        ),
        (
            "2024年技术合同成交额：登记机构公布的全国登记总数为4.90万亿元，并非记录之和。"
            "官方数字为6.84万亿元（规划），与之不一致；官方数字仅供对照，不影响可信度评定。"
        ),
    ),
    (
        {},
        4.7e12,
        (
            "Value of technology contracts, 2024: this report has CNY 4.70 trillion. The official figure, CNY 6.84"
            " trillion (The plan), differs; it is shown for comparison only and does not affect the confidence ratings."
        ),
        (
            "2024年技术合同成交额：本报告为4.70万亿元。"
            "官方数字为6.84万亿元（规划），与之不一致；官方数字仅供对照，不影响可信度评定。"
        ),
    ),
    ({}, None, "", ""),
]


@pytest.mark.parametrize(("place", "records", "english", "chinese"), THREE)
def test_page_one_says_what_each_of_three_totals_is(
    place: dict[str, str], records: float | None, english: str, chinese: str, context_of: Callable[..., Context]
) -> None:
    status = {} if records else {"status": "M", "reason": "no_records"}
    rows = [
        observation("contract_value", 2024, value=records, unit="CNY", **status),
        observation("contract_value", 2024, value=4.9e12, unit="CNY", breakdown="scope=national_register"),
    ]
    official = comparator("6.84e12", is_official=True, is_judged=False, **place, **REGISTER)
    for tag, expected in (("en", english), ("zh-Hans", chinese)):
        context = context_of(rows, tag)
        comparisons = compare_all([official], {2024: editions.table(rows)}, {})
        context = replace(context, material=replace(context.material, comparisons=comparisons))
        told = make_limits(context, [], make_quality(context, []))
        assert [one.sentence for one in told if one.link == "#comparators"] == ([expected] if expected else [])


def test_a_part_without_a_name_says_what_it_is(page_of: Callable[..., Any]) -> None:
    own = {"breakdown": "institution=cqu;technology=energy", "is_judged": False}
    wanted = [comparator("1", **own), comparator("1", breakdown="technology=looms", is_judged=False)]
    for tag, told in (
        ("en", ["(Institution: cqu and Energy)", "(Technology: looms)"]),
        ("zh-Hans", ["（机构：cqu和能源）", "（技术：looms）"]),
    ):
        rows = texts(page_of(wanted, tag), "//section[@id='comparators']//tbody/tr/th")
        assert [row[-len(end) :] for row, end in zip(rows, told, strict=True)] == told
