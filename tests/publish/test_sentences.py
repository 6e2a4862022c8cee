"""Figures in, sentence out, in both languages."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from editions import observation
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context
from yearbook.publish.rankings import lead_variant
from yearbook.publish.report.brief import lead_sentence
from yearbook.publish.report.document import make_document
from yearbook.publish.report.exhibits import make_exhibit
from yearbook.publish.report.outline import Planned, outline
from yearbook.publish.view import Exhibit

VALUE = "contract_value"
RATE = "commercialization_rate"
CNY = {"unit": "CNY"}
PERCENT = {"unit": "percent", "records": 400_000}
"""Over so many records that chance has no part."""
MONTHS = {"unit": "months", "records": 400}


def years(indicator: str, *values: float | None, last: int = 2024, **others: Any) -> list[dict[str, Any]]:
    first = last - len(values) + 1
    return [observation(indicator, first + place, value=value, **others) for place, value in enumerate(values)]


def counted(indicator: str, part: int, whole: int, year: int) -> list[dict[str, Any]]:
    """A rate that counts its records."""
    counts = {"numerator": float(part), "denominator": float(whole), "records": whole}
    return [observation(indicator, year, value=100 * part / whole, **{**PERCENT, **counts})]


def placed(place: float, of: int, year: int) -> list[dict[str, Any]]:
    return [observation("contract_value_rank", year, value=place, unit="rank", denominator=float(of))]


def cohorts(value: float, year: int) -> list[dict[str, Any]]:
    """A rate with its 95% interval, two points wide."""
    ends = {"_T": value, "statistic=lower_95": value - 1, "statistic=upper_95": value + 1}
    code = "cohort_commercialization_rate"
    return [observation(code, year, value=one, breakdown=way, **PERCENT) for way, one in ends.items()]


LEADS = [
    (
        years(VALUE, 61.2e8, 66.154e8, **CNY),
        "Value of technology contracts rose by 8.1% at current prices to CNY 6.62 billion in 2024.",
        "2024年，技术合同成交额为66.15亿元，按当年价格计算比上年增长8.1%。",
    ),
    (
        years(VALUE, 4.5e12, 4.05e12, **CNY),
        "Value of technology contracts fell by 10.0% at current prices to CNY 4.05 trillion in 2024.",
        "2024年，技术合同成交额为4.05万亿元，按当年价格计算比上年下降10.0%。",
    ),
    (
        years("contract_value_real", 4.5e12, 4.05e12, **CNY),
        "Contract value at constant prices fell by 10.0% to CNY 4.05 trillion in 2024.",
        "2024年，技术合同成交额（不变价）为4.05万亿元，比上年下降10.0%。",
    ),
    (
        years(VALUE, 1e9, 1.003e9, **CNY),
        "Value of technology contracts hardly changed, at CNY 1.00 billion in 2024.",
        "2024年，技术合同成交额为10.03亿元，与上年的10.00亿元基本持平。",
    ),
    (
        years(VALUE, 1e9, 1e9, **CNY),
        "Value of technology contracts stood at CNY 1.00 billion in 2024, the same as the year before.",
        "2024年，技术合同成交额为10.00亿元，与上年相同。",
    ),
    (
        years(RATE, 29.4, 30.8, **PERCENT),
        "Commercialization rate rose by 1.4 percentage points to 30.8% in 2024.",
        "2024年，科技成果转化率为30.8%，比上年上升1.4个百分点。",
    ),
    (
        years(RATE, 31.0, 30.5, **PERCENT),
        "Commercialization rate fell by 0.5 percentage points to 30.5% in 2024.",
        "2024年，科技成果转化率为30.5%，比上年下降0.5个百分点。",
    ),
    (
        years(VALUE, 66.154e8, **CNY),
        "Value of technology contracts came to CNY 6.62 billion in 2024.",
        "2024年，技术合同成交额为66.15亿元。",
    ),
    (
        years(VALUE, 1e6, 2e6, **CNY, records=9),
        (
            "Value of technology contracts came to CNY 2.00 million in 2024; no change is given, as one of"
            " the years rests"
            " on fewer than 10 records."
        ),
        "2024年，技术合同成交额为200.0万元；因其中一年的记录不足10条，不给出变动。",
    ),
    (
        [*years(VALUE, 1e9, last=2023, **CNY), *years(VALUE, 2e9, **CNY, status="B")],
        (
            "Value of technology contracts came to CNY 2.00 billion in 2024, which cannot be compared with"
            " the year before"
            " because of a break in the series."
        ),
        "2024年，技术合同成交额为20.00亿元；因序列中断，不能与上年比较。",
    ),
    (
        [*years(VALUE, None, last=2023, **CNY, status="Q"), *years(VALUE, 2e9, **CNY)],
        "Value of technology contracts, 2024: the figure or its change is withheld to protect the parties.",
        "为保护当事方，2024年技术合同成交额或其变动不予公布。",
    ),
    (
        years("adaptation_cycle", 12.0, 13.5, unit="months", records=1600),
        "Length of local adaptation increased by 12.5% to 13.5 months in 2024.",
        "2024年，本地化适配周期为13.5个月，比上年延长12.5%。",
    ),
    (
        years("matching_cycle", 50.0, 40.0, unit="days", records=400),
        "Time to a match through workstations decreased by 20.0% to 40 days in 2024.",
        "2024年，工作站对接周期为40天，比上年缩短20.0%。",
    ),
    (
        years("contract_value_to_gdp", 34.687, 35.271, unit="per_mille", records=400),
        "Contract value to GDP rose by 0.58 per mille points to 35.27‰ in 2024.",
        "2024年，技术合同成交额与国内生产总值之比为35.27‰，比上年增加0.58个千分点。",
    ),
    (
        years("contract_value_rank", 3.0, 1.0, unit="rank"),
        "Rank of the year by contract value rose to place 1 in 2024, from place 3 the year before.",
        "2024年，技术合同成交额历年位次由上年的第3位前移至第1位。",
    ),
    (
        years("contract_value_rank", 1.0, 2.0, unit="rank"),
        "Rank of the year by contract value fell to place 2 in 2024, from place 1 the year before.",
        "2024年，技术合同成交额历年位次由上年的第1位后退至第2位。",
    ),
    (
        years("contract_value_rank", 1.0, 1.0, unit="rank"),
        "Rank of the year by contract value stood at place 1 in 2024, as in the year before.",
        "2024年，技术合同成交额历年位次居第1位，与上年相同。",
    ),
    (
        [*counted("screening_pass_rate", 264, 912, 2023), *counted("screening_pass_rate", 281, 977, 2024)],
        "Screening pass rate came to 28.8% in 2024, after 28.9% the year before; the difference may be chance.",
        "2024年，项目筛选通过率为28.8%，上年为28.9%，差异可能出于偶然。",
    ),
    (
        [*counted("screening_pass_rate", 300, 1000, 2023), *counted("screening_pass_rate", 265, 1000, 2024)],
        "Screening pass rate came to 26.5% in 2024, after 30.0% the year before; the difference may be chance.",
        "2024年，项目筛选通过率为26.5%，上年为30.0%，差异可能出于偶然。",
    ),
    (
        [*counted("screening_pass_rate", 300, 1000, 2023), *counted("screening_pass_rate", 255, 1000, 2024)],
        "Screening pass rate fell by 4.5 percentage points to 25.5% in 2024.",
        "2024年，项目筛选通过率为25.5%，比上年下降4.5个百分点。",
    ),
    (
        years("adaptation_cycle", 11.9, 13.4, unit="months", records=363),
        (
            "Length of local adaptation came to 13.4 months in 2024, after 11.9 months the year before; over fewer than"
            " 400 records the difference may be chance."
        ),
        "2024年，本地化适配周期为13.4个月，上年为11.9个月；记录不足400条，差异可能出于偶然。",
    ),
    (
        [*years(VALUE, 1e9, last=2023, **CNY), *years(VALUE, 2e9, **CNY, status="U")],
        (
            "Value of technology contracts came to CNY 2.00 billion [u] in 2024, after CNY 1.00 billion the year"
            " before; at least one of the two is of low reliability."
        ),
        "2024年，技术合同成交额为20.00亿元 [u]，上年为10.00亿元；两年数据中至少一年可靠性低，不判断升降。",
    ),
    (
        years("researcher_rights_share", 69.9, 70.3, **PERCENT, status="U"),
        (
            "Share of rights held by the research team came to 70.3% [u] in 2024, after 69.9% [u] the year before; at"
            " least one of the two is of low reliability."
        ),
        "2024年，科研人员权属比例为70.3% [u]，上年为69.9% [u]；两年数据中至少一年可靠性低，不判断升降。",
    ),
    (
        years("insurance_compensation_ratio", 38.2, 39.2, unit="percent", records=399),
        (
            "Insurance compensation ratio came to 39.2% in 2024, after 38.2% the year before; over fewer than 400"
            " records the difference may be chance."
        ),
        "2024年，保险赔付率为39.2%，上年为38.2%；记录不足400条，差异可能出于偶然。",
    ),
    (
        years("insurance_compensation_ratio", 38.2, 39.2, unit="percent", records=400),
        (
            "Insurance compensation ratio came to 39.2% in 2024, after 38.2% the year before; the difference may be"
            " chance."
        ),
        "2024年，保险赔付率为39.2%，上年为38.2%，差异可能出于偶然。",
    ),
    (
        years("insurance_compensation_ratio", 38.2, 39.2, **PERCENT),
        "Insurance compensation ratio rose by 1.0 percentage points to 39.2% in 2024.",
        "2024年，保险赔付率为39.2%，比上年上升1.0个百分点。",
    ),
    (
        years("screening_score", 75.70, 75.88, unit="score", records=912),
        "Screening score came to 75.9 in 2024, about the same as the year before (75.7).",
        "2024年，筛选综合得分为75.9分，与上年的75.7分基本持平。",
    ),
    (
        years("screening_score", 75.70, 76.10, unit="score", records=400_000),
        "Screening score rose by 0.4 points to 76.1 in 2024.",
        "2024年，筛选综合得分为76.1分，比上年增加0.4分。",
    ),
    (
        [*placed(1.0, 5, 2023), *placed(2.0, 6, 2024)],
        (
            "Rank of the year by contract value: 2024 stands at place 2 of the 6 years on record (2023–2024 and 4"
            " before), after place 1 of 5 the year before."
        ),
        "2024年，技术合同成交额历年位次在有记录的6年（2023—2024年及此前4年）中居第2位，上年在5年中居第1位。",
    ),
    (
        [*placed(1.0, 1, 2022), *placed(1.0, 2, 2023), *placed(2.0, 3, 2024)],
        (
            "Rank of the year by contract value: 2024 stands at place 2 of the 3 years on record, after place 1 of 2"
            " the year before."
        ),
        "2024年，技术合同成交额历年位次在有记录的3年中居第2位，上年在2年中居第1位。",
    ),
    # Where a year is missing in between, nobody knows where the others lie,
    (
        [*placed(1.0, 2, 2021), *placed(1.0, 5, 2023), *placed(2.0, 6, 2024)],
        (
            "Rank of the year by contract value: 2024 stands at place 2 of the 6 years on record, after place 1 of 5"
            " the year before."
        ),
        "2024年，技术合同成交额历年位次在有记录的6年中居第2位，上年在5年中居第1位。",
    ),
    # and where the year before does not say among how many, no number is told.
    (
        [*years("contract_value_rank", 1.0, last=2023, unit="rank"), *placed(2.0, 6, 2024)],
        "Rank of the year by contract value fell to place 2 in 2024, from place 1 the year before.",
        "2024年，技术合同成交额历年位次由上年的第1位后退至第2位。",
    ),
    (
        [*cohorts(56.8, 2023), *cohorts(58.9, 2024)],
        (
            "Commercialization rate of the last seven yearly cohorts (within five years) rose by 2.1 percentage points"
            " to 58.9% in 2024."
        ),
        "2024年，近七年成果队列转化率（五年内）为58.9%，比上年上升2.1个百分点。",
    ),
    (
        [*cohorts(56.8, 2023), *cohorts(57.9, 2024)],
        (
            "Commercialization rate of the last seven yearly cohorts (within five years) came to 57.9% in 2024, after"
            " 56.8% the year before; the difference may be chance."
        ),
        "2024年，近七年成果队列转化率（五年内）为57.9%，上年为56.8%，差异可能出于偶然。",
    ),
    (
        years("gdp_contribution_estimate", 0.1, 0.15, unit="percentage_points", status="E"),
        "Estimated contribution to GDP growth came to 0.15 percentage points [e] in 2024.",
        "2024年，对经济增长的贡献估计为0.15个百分点 [e]。",
    ),
    (
        years("cohort_commercialization_rate", 58.9, **PERCENT),
        "Commercialization rate of the last seven yearly cohorts (within five years) came to 58.9% in 2024.",
        "2024年，近七年成果队列转化率（五年内）为58.9%。",
    ),
    (
        [
            *years("contract_value_growth", 8.1, **PERCENT),
            *years("contract_value_growth", 2.1, **PERCENT, breakdown="basis=matched"),
        ],
        "Growth of contract value came to 8.1% in 2024; among institutions present in both years it was 2.1%.",
        "2024年，技术合同成交额增长率为8.1%；两年均有合同的机构为2.1%。",
    ),
]


@pytest.mark.parametrize(("rows", "english", "chinese"), LEADS)
def test_a_total_is_told_by_rule(
    rows: list[dict[str, Any]], english: str, chinese: str, context_of: Callable[..., Context]
) -> None:
    def tell(tag: str) -> str:
        context = context_of(rows, tag)
        return lead_sentence(context, outline(context)[0])

    assert (tell("en"), tell("zh-Hans")) == (english, chinese)


def parts(indicator: str, dimension: str, values: dict[str, float | None], **others: Any) -> list[dict[str, Any]]:
    return [
        observation(
            indicator, 2024, value=value, **{dimension: code}, **({"status": "Q"} if value is None else {}), **others
        )
        for code, value in values.items()
    ]


def total(indicator: str, value: float, **others: Any) -> list[dict[str, Any]]:
    return [observation(indicator, 2024, value=value, **others)]


TITLES = [
    (
        "sector",
        [*total(VALUE, 100e8, **CNY), *parts(VALUE, "sector", {"ict": 45e8, "energy": 30e8, "other": 25e8}, **CNY)],
        (
            "Information and communication technology accounted for 45.0% of the value of technology contracts in 2024,"
            " more than any other sector"
        ),
        "2024年技术合同成交额中，信息通信占45.0%，在各领域中居首位",
    ),
    (
        "partner",
        [
            *total(VALUE, 100e8, **CNY),
            *parts(VALUE, "partner", {"CHN": 70e8, "_F": 30e8, "VNM": 12e8, "DEU": 9e8, "BRI": 25e8}, **CNY),
        ],
        (
            "Viet Nam accounted for 40.0% of the value of technology contracts with foreign partners in"
            " 2024, more than any"
            " other country"
        ),
        "2024年与国外合作的技术合同成交额中，越南占40.0%，居各国（地区）首位",
    ),
    (
        "institution_type",
        [
            *total(RATE, 30.0, **PERCENT),
            *parts(RATE, "institution_type", {"university": 28.0, "enterprise": 33.5}, **PERCENT),
        ],
        "Enterprises had the highest commercialization rate in 2024: 33.5%, against 30.0% overall",
        "2024年，企业的科技成果转化率最高，为33.5%，总体为30.0%",
    ),
    (
        "sector",
        [
            *total("adaptation_cycle", 13.0, **MONTHS),
            *parts("adaptation_cycle", "sector", {"ict": 12.0, "energy": 16.0}, **MONTHS),
        ],
        "Length of local adaptation was greatest for energy in 2024: 16.0 months, against 13.0 months overall",
        "2024年，能源的本地化适配周期最长，为16.0个月，总体为13.0个月",
    ),
    (
        "channel",
        [
            *total("contract_value_share", 100.0, **PERCENT, numerator=50.0, denominator=50.0),
            *parts("contract_value_share", "channel", {"service": 44.0, "license": 56.0}, **PERCENT, denominator=50.0),
        ],
        "Licence had the largest share of contract value in 2024, at 56.0%",
        "2024年，技术许可的技术合同成交额占比最大，为56.0%",
    ),
    (
        "sector",
        [
            *total("contract_growth_contribution", 7.31, unit="percentage_points"),
            *parts("contract_growth_contribution", "sector", {"ict": 8.5, "energy": -1.19}, unit="percentage_points"),
        ],
        (
            "Information and communication technology contributed 8.50 percentage points to growth of"
            " 7.3% in 2024, more"
            " than any other sector"
        ),
        "2024年总额增长7.3%，其中信息通信拉动8.50个百分点，在各领域中贡献最大",
    ),
    (
        "sector",
        [
            *total("contract_growth_contribution", -3.0, unit="percentage_points"),
            *parts("contract_growth_contribution", "sector", {"ict": 1.0, "energy": -4.0}, unit="percentage_points"),
        ],
        "Energy took 4.00 percentage points off growth in 2024, more than any other sector",
        "2024年，能源下拉增长4.00个百分点，在各领域中影响最大",
    ),
    (
        "sector",
        [*total(VALUE, 100e8, **CNY), *parts(VALUE, "sector", {"ict": 30e8, "energy": 20e8, "other": 50e8}, **CNY)],
        "Value of technology contracts by sector, 2024",
        "2024年按领域分的技术合同成交额",
    ),
    (
        "sector",
        [*total(VALUE, 100e8, **CNY), *parts(VALUE, "sector", {"ict": 40e8, "energy": 30e8, "materials": None}, **CNY)],
        "Value of technology contracts by sector, 2024",
        "2024年按领域分的技术合同成交额",
    ),
    (
        "channel",
        [
            *total(RATE, 30.0, **PERCENT),
            *parts(RATE, "channel", {"service": 33.51, "license": 33.54, "equity": 1.0}, **PERCENT),
        ],
        "Commercialization rate by channel, 2024",
        "2024年按交易方式分的科技成果转化率",
    ),
    (
        "year",
        years(VALUE, 10e8, 12e8, 15e8, **CNY),
        "Value of technology contracts rose every year from 2022 to 2024, by 50.0% at current prices in all",
        "2022—2024年，技术合同成交额按当年价格计算逐年增长，累计增长50.0%",
    ),
    (
        # A step that is about the same is no rise.
        "year",
        years(VALUE, 10e8, 15e8, 15.05e8, **CNY),
        "Value of technology contracts rose by 50.5% at current prices between 2022 and 2024",
        "2022—2024年，技术合同成交额按当年价格计算增长50.5%",
    ),
    (
        # Nor is one that may be chance,
        "year",
        [*counted(RATE, 400, 2000, 2022), *counted(RATE, 600, 2000, 2023), *counted(RATE, 640, 2000, 2024)],
        "Commercialization rate rose by 12.0 percentage points between 2022 and 2024",
        "2022—2024年，科技成果转化率上升12.0个百分点",
    ),
    (
        "year",
        [*counted(RATE, 400, 2000, 2022), *counted(RATE, 600, 2000, 2023), *counted(RATE, 700, 2000, 2024)],
        "Commercialization rate rose every year from 2022 to 2024, by 15.0 percentage points in all",
        "2022—2024年，科技成果转化率逐年上升，累计上升15.0个百分点",
    ),
    (
        # Where all in all it may be, no rise is told,
        "year",
        [*counted(RATE, 60, 200, 2022), *counted(RATE, 62, 200, 2023), *counted(RATE, 66, 200, 2024)],
        "Commercialization rate, 2022 to 2024",
        "2022—2024年科技成果转化率",
    ),
    (
        # nor of medians over few records, nor of low reliability.
        "year",
        years("adaptation_cycle", 16.0, 14.0, 12.0, unit="months", records=399),
        "Length of local adaptation, 2022 to 2024",
        "2022—2024年本地化适配周期",
    ),
    (
        "year",
        [*years(VALUE, 10e8, 12e8, last=2023, **CNY), *years(VALUE, 15e8, **CNY, status="U")],
        "Value of technology contracts, 2022 to 2024",
        "2022—2024年技术合同成交额",
    ),
    (
        "year",
        years("screening_score", 75.70, 75.60, 75.88, unit="score", records=912),
        "Screening score in 2024 stood close to its level of 2022, at 75.9",
        "2024年，筛选综合得分为75.9分，与2022年基本持平",
    ),
    (
        "year",
        years(VALUE, 10e8, 12e8, 11e8, **CNY),
        "Value of technology contracts rose by 10.0% at current prices between 2022 and 2024",
        "2022—2024年，技术合同成交额按当年价格计算增长10.0%",
    ),
    (
        "year",
        years(VALUE, 10e8, 12e8, 63e8, **CNY),
        "Value of technology contracts at current prices rose to 6.3 times the level of 2022 by 2024",
        "2024年，技术合同成交额按当年价格计算为2022年的6.3倍",
    ),
    (
        "year",
        years(RATE, 33.0, 32.0, 30.5, **PERCENT),
        "Commercialization rate fell every year from 2022 to 2024, by 2.5 percentage points in all",
        "2022—2024年，科技成果转化率逐年下降，累计下降2.5个百分点",
    ),
    (
        "year",
        years(RATE, 30.0, 32.0, 30.0, **PERCENT),
        "Commercialization rate in 2024 stood close to its level of 2022, at 30.0%",
        "2024年，科技成果转化率为30.0%，与2022年基本持平",
    ),
    # A year without a figure is none of "every year".
    (
        "year",
        years(VALUE, 4.0e9, None, 5.0e9, 6.0e9, **CNY),
        "Value of technology contracts rose by 50.0% at current prices between 2021 and 2024",
        "2021—2024年，技术合同成交额按当年价格计算增长50.0%",
    ),
    (
        "year",
        years(VALUE, 6.0e9, 5.0e9, 5.5e9, **CNY),
        "Value of technology contracts fell by 8.3% at current prices between 2022 and 2024",
        "2022—2024年，技术合同成交额按当年价格计算下降8.3%",
    ),
    (
        "year",
        years(VALUE, 6.0e9, 5.0e9, 4.5e9, **CNY),
        "Value of technology contracts fell every year from 2022 to 2024, by 25.0% at current prices in all",
        "2022—2024年，技术合同成交额按当年价格计算逐年下降，累计下降25.0%",
    ),
    # Prices have no part in what is at those of one year,
    (
        "year",
        years("contract_value_real", 4.0e9, 5.0e9, 6.0e9, **CNY),
        "Contract value at constant prices rose every year from 2022 to 2024, by 50.0% in all",
        "2022—2024年，技术合同成交额（不变价）逐年增长，累计增长50.0%",
    ),
    (
        "year",
        years("contract_value_real", 1.0e9, 2.0e9, 6.0e9, **CNY),
        "Contract value at constant prices rose to 6.0 times the level of 2022 by 2024",
        "2024年，技术合同成交额（不变价）为2022年的6.0倍",
    ),
    # nor in numbers.
    (
        "year",
        years("contract_count", 400.0, 500.0, 600.0, unit="count"),
        "Technology contracts rose every year from 2022 to 2024, by 50.0% in all",
        "2022—2024年，技术合同数逐年增长，累计增长50.0%",
    ),
    (
        "year",
        years(RATE, 100.0, 69.1, 100.0, **PERCENT),
        "Commercialization rate in 2024 stood close to its level of 2022, at 100.0%, having been 69.1% in 2023",
        "2024年，科技成果转化率为100.0%，与2022年基本持平，其间2023年为69.1%",
    ),
    # No year is named that lies no farther than chance takes it, nor one over few records.
    (
        "year",
        [*counted(RATE, 30, 100, 2022), *counted(RATE, 40, 100, 2023), *counted(RATE, 30, 100, 2024)],
        "Commercialization rate in 2024 stood close to its level of 2022, at 30.0%",
        "2024年，科技成果转化率为30.0%，与2022年基本持平",
    ),
    (
        "year",
        years(RATE, 100.0, 69.1, 100.0, unit="percent", records=399),
        "Commercialization rate in 2024 stood close to its level of 2022, at 100.0%",
        "2024年，科技成果转化率为100.0%，与2022年基本持平",
    ),
    (
        "sector",
        [
            *total(RATE, 90.0, **PERCENT),
            *parts(RATE, "sector", {"ict": 100.0, "energy": 100.0, "materials": 100.0, "vehicles": 80.0}, **PERCENT),
            *parts(RATE, "sector", {"agriculture": 1.0}, unit="percent", records=9),
        ],
        (
            "Vehicles had the lowest commercialization rate in 2024 of the sectors with at least 10 records: 80.0%,"
            " against 90.0% overall"
        ),
        "2024年，在记录不少于10条的各领域中，车辆的科技成果转化率最低，为80.0%，总体为90.0%",
    ),
    (
        "year",
        years("adaptation_cycle", 16.0, 14.0, 12.0, unit="months", records=400),
        "Length of local adaptation decreased every year from 2022 to 2024, by 25.0% in all",
        "2022—2024年，本地化适配周期逐年缩短，累计缩短25.0%",
    ),
    (
        "year",
        years("cross_border_managers", 100.0, 180.0, 250.0, unit="persons"),
        "Technology managers competent across borders rose to 2.5 times the level of 2022 by 2024",
        "2024年，跨境技术经理人数为2022年的2.5倍",
    ),
    (
        "partner",
        [
            *total("adaptation_cycle", 13.0, **MONTHS),
            *parts("adaptation_cycle", "partner", {"USA": 18.0, "NLD": 12.0}, **MONTHS),
        ],
        (
            "Length of local adaptation was greatest for the United States in 2024: 18.0 months, against 13.0 months"
            " overall"
        ),
        "2024年，美国的本地化适配周期最长，为18.0个月，总体为13.0个月",
    ),
    (
        "partner",
        [*total(VALUE, 100e8, **CNY), *parts(VALUE, "partner", {"_F": 100e8, "NLD": 60e8, "DEU": 40e8}, **CNY)],
        "The Netherlands accounted for 60.0% of the value of technology contracts in 2024, more than any other country",
        "2024年技术合同成交额中，荷兰占60.0%，在各合作国家（地区）中居首位",
    ),
    (
        "partner",
        [*total(VALUE, 100e8, **CNY), *parts(VALUE, "partner", {"_F": 100e8, "VNM": 60e8, "DEU": 40e8}, **CNY)],
        "Viet Nam accounted for 60.0% of the value of technology contracts in 2024, more than any other country",
        "2024年技术合同成交额中，越南占60.0%，在各合作国家（地区）中居首位",
    ),
]


def rates(of: str, parts_: dict[str, tuple[int, int]], **others: Any) -> list[dict[str, Any]]:
    """Rates that count their records by sector, and that of all."""
    counts = {"_T": (sum(one for one, _ in parts_.values()), sum(one for _, one in parts_.values())), **parts_}
    return [
        row | {"sector": code} | (others if code != "_T" else {})
        for code, (part, whole) in counts.items()
        for row in counted(of, part, whole, 2024)
    ]


PLAIN_RATE = ("Screening pass rate by sector, 2024", "2024年按领域分的项目筛选通过率", "")
WHOLE = {"numerator": 4e8, "denominator": 8e8}
SHARES = {"unit": "percent", "records": 60, "denominator": 50.0}
LEADERS = [
    # 36.3% of 113 and 32.9% of 152 are not told apart by 912 records,
    (rates("screening_pass_rate", {"infrastructure": (41, 113), "ict": (50, 152), "energy": (173, 647)}), *PLAIN_RATE),
    # those of ten times as many are;
    (
        rates("screening_pass_rate", {"infrastructure": (410, 1130), "ict": (500, 1520), "energy": (1730, 6470)}),
        "Infrastructure had the highest screening pass rate in 2024: 36.3%, against 28.9% overall",
        "2024年，基础设施的项目筛选通过率最高，为36.3%，总体为28.9%",
        "2024年，基础设施的项目筛选通过率最高，为36.3%，总体为28.9%。",
    ),
    # of the main sectors, where those below them have rates of their own, which may be higher;
    (
        rates(
            "screening_pass_rate",
            {"infrastructure": (410, 1130), "energy": (2230, 7990), "photovoltaics": (500, 1000)},
        ),
        "Of the main sectors, infrastructure had the highest screening pass rate in 2024: 36.3%, against 31.0% overall",
        "2024年，在各大类领域中，基础设施的项目筛选通过率最高，为36.3%，总体为31.0%",
        "2024年，在各大类领域中，基础设施的项目筛选通过率最高，为36.3%，总体为31.0%。",
    ),
    (
        rates(
            "screening_pass_rate",
            {"infrastructure": (410, 1130), "energy": (2230, 7990), "photovoltaics": (500, 1000)},
        )[1:],
        "Of the main sectors, infrastructure had the highest screening pass rate in 2024, at 36.3%",
        "2024年，在各大类领域中，基础设施的项目筛选通过率最高，为36.3%",
        "2024年，在各大类领域中，基础设施的项目筛选通过率最高，为36.3%。",
    ),
    (
        rates(
            "screening_pass_rate",
            {"infrastructure": (410, 1130), "energy": (2230, 7990), "photovoltaics": (500, 1000), "ict": (5, 9)},
        ),
        (
            "Infrastructure had the highest screening pass rate in 2024 of the main sectors with at least 10 records:"
            " 36.3%, against 31.0% overall"
        ),
        "2024年，在记录不少于10条的各大类领域中，基础设施的项目筛选通过率最高，为36.3%，总体为31.0%",
        "2024年，在记录不少于10条的各大类领域中，基础设施的项目筛选通过率最高，为36.3%，总体为31.0%。",
    ),
    # but not two that are about the same,
    (
        rates("screening_pass_rate", {"infrastructure": (3610, 10000), "ict": (3600, 10000), "energy": (2500, 10000)}),
        *PLAIN_RATE,
    ),
    # also of the lowest, whatever lies below them without a name of its own,
    (
        rates(
            "screening_pass_rate",
            {
                **dict.fromkeys(["ict", "energy", "materials"], (1000, 1000)),
                "vehicles": (601, 1000),
                "agriculture": (600, 1000),
                "other": (500, 1000),
            },
        ),
        *PLAIN_RATE,
    ),
    # nor what is of low reliability.
    (
        rates("screening_pass_rate", {"ict": (410, 1130), "energy": (1730, 6470)}, status="U"),
        *PLAIN_RATE,
    ),
    # A ratio of money names its leader unless the second is about the same, or as near as chance may make it,
    (
        [
            *total("local_content_share", 42.0, **PERCENT),
            *parts("local_content_share", "sector", {"ict": 44.6, "energy": 44.5}, **PERCENT),
        ],
        "Local content of procurement by sector, 2024",
        "2024年按领域分的本地采购占比",
        "",
    ),
    (
        [
            *total("local_content_share", 42.0, **PERCENT),
            *parts("local_content_share", "sector", {"ict": 46.7, "energy": 44.5}, unit="percent", records=400),
        ],
        "Local content of procurement by sector, 2024",
        "2024年按领域分的本地采购占比",
        "",
    ),
    (
        [
            *total("local_content_share", 42.0, **PERCENT),
            *parts("local_content_share", "sector", {"ict": 44.7, "energy": 44.5}, **PERCENT),
        ],
        (
            "Information and communication technology had the highest local content of procurement in 2024: 44.7%,"
            " against 42.0% overall"
        ),
        "2024年，信息通信的本地采购占比最高，为44.7%，总体为42.0%",
        "2024年，信息通信的本地采购占比最高，为44.7%，总体为42.0%。",
    ),
    # or one of the two is over few records, however whole the sums are.
    (
        [
            *total("local_content_share", 42.0, **PERCENT),
            *parts("local_content_share", "sector", {"ict": 50.7}, unit="percent", records=53, **WHOLE),
            *parts("local_content_share", "sector", {"energy": 44.5}, **PERCENT, **WHOLE),
        ],
        "Local content of procurement by sector, 2024",
        "2024年按领域分的本地采购占比",
        "",
    ),
    # Shares that divide one whole are no samples.
    (
        [
            *total("contract_value_share", 100.0, **PERCENT, numerator=50.0, denominator=50.0),
            *parts("contract_value_share", "sector", {"ict": 56.0, "energy": 44.0}, **SHARES),
        ],
        "Information and communication technology had the largest share of contract value in 2024, at 56.0%",
        "2024年，信息通信的技术合同成交额占比最大，为56.0%",
        "2024年，信息通信的技术合同成交额占比最大，为56.0%。",
    ),
    # A median is treated as a ratio of money,
    (
        [
            *total("adaptation_cycle", 13.4, unit="months", records=363),
            *parts("adaptation_cycle", "sector", {"vehicles": 16.6, "energy": 15.0}, unit="months", records=30),
        ],
        "Length of local adaptation by sector, 2024",
        "2024年按领域分的本地化适配周期",
        "",
    ),
    (
        [
            *total("adaptation_cycle", 13.4, unit="months", records=9630),
            *parts("adaptation_cycle", "sector", {"vehicles": 16.6, "energy": 15.0}, unit="months", records=4300),
        ],
        "Length of local adaptation was greatest for vehicles in 2024: 16.6 months, against 13.4 months overall",
        "2024年，车辆的本地化适配周期最长，为16.6个月，总体为13.4个月",
        "2024年，车辆的本地化适配周期最长，为16.6个月，总体为13.4个月。",
    ),
    # and is held against the second where quartiles are known: 2 · 1.2533/1.349 · √(2 · 8²/30) = 3.8 months.
    (
        [
            *total("adaptation_cycle", 13.4, unit="months", records=363),
            *parts("adaptation_cycle", "sector", {"vehicles": 16.6, "energy": 15.0}, unit="months", records=30),
            *(
                row | {"breakdown": f"statistic={name}"}
                for name, value in (("lower_quartile", 10.0), ("upper_quartile", 18.0))
                for row in parts("adaptation_cycle", "sector", {"vehicles": value, "energy": value}, unit="months")
            ),
        ],
        "Length of local adaptation by sector, 2024",
        "2024年按领域分的本地化适配周期",
        "",
    ),
]


@pytest.mark.parametrize(("rows", "english", "chinese", "point"), LEADERS)
def test_a_leader_is_named_where_chance_does_not_make_it(
    rows: list[dict[str, Any]], english: str, chinese: str, point: str, context_of: Callable[..., Context]
) -> None:
    """And is a main point where it says something."""

    def exhibit(tag: str) -> Exhibit:
        context = context_of(rows, tag)
        return make_exhibit(context, outline(context)[0], Planned("sector", "_T", has_chart=True), "1.1")

    assert (exhibit("en").title, exhibit("zh-Hans").title, exhibit("zh-Hans").finding or "") == (
        english,
        chinese,
        point,
    )


def test_a_series_that_is_not_told_is_not_quoted(context_of: Callable[..., Context]) -> None:
    def sentence(*values: float, **others: Any) -> str:
        context = context_of(years("adaptation_cycle", *values, unit="months", **others))
        return make_exhibit(context, outline(context)[0], Planned("year", "_T", has_chart=True), "1.1").sentence

    assert sentence(16.0, 14.0, 12.0, records=399) == ""
    assert sentence(16.0, 14.0, 13.95, records=400) == (
        "Length of local adaptation decreased by 12.8% between 2022 and 2024."
    )


@pytest.mark.parametrize(("dimension", "rows", "english", "chinese"), TITLES)
def test_a_chart_is_titled_by_what_it_shows(
    dimension: str, rows: list[dict[str, Any]], english: str, chinese: str, context_of: Callable[..., Context]
) -> None:
    def title(tag: str) -> str:
        context = context_of(rows, tag)
        section = outline(context)[0]
        return make_exhibit(context, section, Planned(dimension, "_T", has_chart=True), "1.1").title

    assert (title("en"), title("zh-Hans")) == (english, chinese)


def test_the_main_points_of_an_edition(material: Any, languages: Any, reports: Any) -> None:
    from yearbook.publish.context import make_context

    points = {
        tag: [point.sentence for point in make_document(make_context(material, language, reports), []).points]
        for tag, language in languages.items()
    }
    assert points == {
        "en": [
            "Value of technology contracts rose by 8.1% at current prices to CNY 6.62 billion in 2024.",
            (
                "Germany came first among partners abroad by value of technology contracts in 2024:"
                " CNY 344.0 million, 10.2% more than the year before."
            ),
            "Energy accounted for 25.4% of the value of technology contracts in 2024, more than any other sector.",
            "Energy contributed 2.78 percentage points to growth of 8.1% in 2024, more than any other sector.",
            "Enterprises had the highest commercialization rate in 2024: 35.5%, against 29.5% overall.",
            (
                "Of 15,937 records received for 2024, 15,505 are counted; 112 are held for a decision, 320 were"
                " cancelled or replaced."
            ),
        ],
        "zh-Hans": [
            "2024年，技术合同成交额为66.15亿元，按当年价格计算比上年增长8.1%。",
            "2024年，德国在国外合作方中技术合同成交额居首位，为3.44亿元，比上年增长10.2%。",
            "2024年技术合同成交额中，能源占25.4%，在各领域中居首位。",
            "2024年总额增长8.1%，其中能源拉动2.78个百分点，在各领域中贡献最大。",
            "2024年，企业的科技成果转化率最高，为35.5%，总体为29.5%。",
            "2024年收到15,937条记录，采用15,505条；112条暂缓待裁定，320条已注销或被替换。",
        ],
    }


def test_a_total_from_the_register_alone_speaks_for_its_indicator(context_of: Callable[..., Context]) -> None:
    rows = [
        *years(VALUE, None, **CNY, status="M", reason="no_source"),
        *years(VALUE, 5e12, 6e12, **CNY, breakdown="direction=input;scope=national_register"),
        *years(VALUE, 5e12, 6e12, **CNY, breakdown="scope=national_register"),
    ]
    context = context_of(rows)
    assert lead_variant(context.figures, VALUE, 2024) == "scope=national_register"
    assert lead_sentence(context, outline(context)[0]) == (
        "Value of technology contracts (national register) rose by 20.0% at current prices to CNY 6.00 trillion in"
        " 2024."
    )


def test_a_horizon_of_its_own_stands_for_the_ordinary_one(context_of: Callable[..., Context]) -> None:
    code = "cohort_commercialization_rate"
    told = {}
    for tag in ("en", "zh-Hans"):
        context = context_of(years(code, 58.9, **PERCENT), tag)
        indicator = context.material.recipe.indicators[code].definition
        told[tag] = [context.title(indicator, way) for way in ("_T", "horizon=1y", "statistic=median")]
    assert told == {
        "en": [
            "Commercialization rate of the last seven yearly cohorts (within five years)",
            "Commercialization rate of the last seven yearly cohorts (within 1 year)",
            "Commercialization rate of the last seven yearly cohorts (within five years, median)",
        ],
        "zh-Hans": [
            "近七年成果队列转化率（五年内）",
            "近七年成果队列转化率（1年内）",
            "近七年成果队列转化率（五年内，中位数）",
        ],
    }


def test_a_subtitle_says_periods_in_words(recipe: Recipe) -> None:
    """Only a formula may say t: in the others a reader finds it without what it stands for."""
    shown = {
        (code, name)
        for code, folder in recipe.indicators.items()
        for name in ("title", "definition", "population", "caveats")
        for tag in ("en", "zh-Hans")
        if (text := getattr(folder.definition, name)) and re.search(r"\bt\s?[−-]\s?\d|\byear t\b|t 年", text.get(tag))
    }
    assert shown == set()
