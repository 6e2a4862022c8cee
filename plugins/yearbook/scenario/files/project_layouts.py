"""The two layouts of the project workbooks: their heads and sub-heads, and the words for codes.

Not its business: writing a sheet (`project_files.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yearbook.scenario.files import cells
from yearbook.scenario.labels import CURRENCIES, PARTNERS, PLATFORMS, SECTORS, Label, in_chinese, in_english

WAN = 10_000

MODELS: dict[str, Label] = {
    "dual_base": ("双基地", "Dual base"),
    "traditional": ("传统模式", "Traditional"),
    "leasing_with_guidance": ("租赁加技术指导", "Leasing with guidance"),
    "license_with_joint_development": ("许可加联合开发", "Licence with joint development"),
    "equity": ("股权合作", "Equity"),
}
APPROVALS: dict[str, Label] = {
    "environmental": ("环境评估", "environmental"),
    "technical": ("技术认证", "technical"),
    "import": ("进口许可", "import"),
    "other": ("其他", "other"),
}
CAUSES: dict[str, Label] = {
    "land_customs": ("土地与风俗", "land_customs"),
    "policy": ("政策", "policy"),
    "supply": ("供应链", "supply"),
    "other": ("其他", "other"),
}
SELECTIONS: dict[str, Label] = {
    "open_call": ("揭榜挂帅", "open_call"),
    "direct": ("定向委托", "direct"),
    "tender": ("公开招标", "tender"),
}
CODES = {
    "partner": PARTNERS, "sector": SECTORS, "platform": PLATFORMS, "delivery_model": MODELS, "selection": SELECTIONS,
    "approval": APPROVALS, "disruption_cause": CAUSES, "currency": CURRENCIES,
}  # fmt: skip
DATES = {
    "screened_date", "requested_date", "matched_date", "start_date", "pilot_date", "verification_date",
    "adaptation_start", "adaptation_end", "approval_planned", "approval_actual", "expected_operation_date",
    "commercialized_date", "terminated_date", "disruption_date",
}  # fmt: skip
MONEY = {
    "budget", "adaptation_cost", "initial_investment", "guidance_fund_amount", "silk_road_fund_amount",
    "procurement_total", "procurement_local",
}  # fmt: skip

Head = tuple[str, dict[str, str]]

CHINESE_HEADS: tuple[Head, ...] = (
    ("项目", {"项目编号": "project_id", "项目名称": "title", "承担单位代码": "institution_id", "技术领域": "sector",
              "技术编号": "technology_id", "遴选方式": "selection"}),
    ("合作", {"合作国别": "partner", "平台": "platform", "实施模式": "delivery_model"}),
    ("筛选", {"筛选日期": "screened_date", "起始技术成熟度": "trl_start", "需求评分": "demand_score",
              "国内标准": "home_standard", "目标市场标准": "target_standard", "比对参数数": "parameters_total",
              "兼容参数数": "parameters_compatible"}),
    ("对接", {"需求提出日期": "requested_date", "对接成功日期": "matched_date", "工作站编号": "workstation_id"}),
    ("进度", {"启动日期": "start_date", "中试日期": "pilot_date", "工程化验证日期": "verification_date",
              "适配开始日期": "adaptation_start", "适配完成日期": "adaptation_end",
              "预计投产日期": "expected_operation_date", "产业化日期": "commercialized_date",
              "终止日期": "terminated_date"}),
    ("审批", {"审批类别": "approval", "计划审批日期": "approval_planned", "实际审批日期": "approval_actual"}),
    ("中断", {"中断日期": "disruption_date", "中断原因": "disruption_cause"}),
    ("经费（万）", {"项目预算": "budget", "适配成本": "adaptation_cost", "初始投资": "initial_investment",
                "引导基金出资": "guidance_fund_amount", "丝路基金出资": "silk_road_fund_amount",
                "采购总额": "procurement_total", "本地采购额": "procurement_local", "币种": "currency"}),
)  # fmt: skip

ENGLISH_HEADS: tuple[Head, ...] = (
    ("Project", {"Project number": "project_id", "Title": "title", "Institution ID": "institution_id",
                 "Sector": "sector", "Technology ID": "technology_id", "Selection": "selection"}),
    ("Cooperation", {"Partner country": "partner", "Platform": "platform", "Delivery model": "delivery_model"}),
    ("Screening", {"Screened on": "screened_date", "TRL": "trl_start", "Demand score": "demand_score",
                   "Home standard": "home_standard", "Target standard": "target_standard",
                   "Parameters total": "parameters_total", "Parameters compatible": "parameters_compatible"}),
    ("Matching", {"Requested on": "requested_date", "Matched on": "matched_date", "Workstation": "workstation_id"}),
    ("Progress", {"Started on": "start_date", "Pilot": "pilot_date", "Verified on": "verification_date",
                  "Adaptation from": "adaptation_start", "Adaptation to": "adaptation_end",
                  "Operation expected": "expected_operation_date", "Commercialized on": "commercialized_date",
                  "Terminated on": "terminated_date"}),
    ("Approval", {"Kind": "approval", "Planned": "approval_planned", "Actual": "approval_actual"}),
    ("Disruption", {"On": "disruption_date", "Cause": "disruption_cause"}),
    ("Money", {"Budget": "budget", "Adaptation": "adaptation_cost", "Initial investment": "initial_investment",
               "Guidance fund": "guidance_fund_amount", "Silk Road Fund": "silk_road_fund_amount",
               "Procurement": "procurement_total", "of which local": "procurement_local", "Currency": "currency"}),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How one workbook is written: its heads, its language, its money's unit, and how it writes a day."""

    heads: tuple[Head, ...]
    word: Callable[[dict[str, Label], str | None], str]
    per: int
    day: Callable[[int], Any]

    @property
    def fields(self) -> list[str]:
        """The fields of the columns, in order."""
        return [field for _, columns in self.heads for field in columns.values()]


OLD = Layout(CHINESE_HEADS, in_chinese, WAN, cells.chinese)
NEW = Layout(ENGLISH_HEADS, in_english, 1, date.fromordinal)
