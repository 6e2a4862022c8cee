"""How the offices write the codes of everything but contracts: the Chinese and the English word for each.

Not its business: what the words mean to the pipeline; that is `include/codelists/`, and a test holds the two together.
"""

from yearbook.scenario.labels import Label

COURSES: dict[str, Label] = {
    "cross_border": ("跨境技术转移课程", "Cross-border technology transfer"),
    "general": ("通用技术转移课程", "General technology transfer"),
}

CURRICULUM_AREAS: dict[str, Label] = {
    "technology_fundamentals": ("技术基础", "Technology fundamentals"),
    "business_operations": ("商业运营", "Business operations"),
    "law_and_taxation": ("法律税务", "Law and taxation"),
    "technical_standards": ("技术标准", "Technical standards"),
    "cross_border_negotiation": ("跨境谈判", "Cross-border negotiation"),
    "local_culture": ("当地文化", "Local culture"),
}

DISPUTE_OUTCOMES: dict[str, Label] = {
    "settled": ("和解或调解", "Settled"),
    "awarded": ("裁决或判决", "Award"),
    "withdrawn": ("撤回", "Withdrawn"),
    "dismissed": ("驳回", "Dismissed"),
}

DISPUTE_SUBJECTS: dict[str, Label] = {
    "technology_commercialization": ("成果转化", "Technology commercialization"),
    "intellectual_property": ("知识产权", "Intellectual property"),
    "contract": ("合同纠纷", "Contract dispute"),
    "other": ("其他", "Other"),
}

FACILITY_TYPES: dict[str, Label] = {
    "adaptation_base": ("适配基地", "Adaptation base"),
    "adaptation_centre": ("适配中心", "Adaptation centre"),
    "workstation": ("技术经理人工作站", "Workstation"),
    "proof_of_concept_centre": ("概念验证中心", "Proof-of-concept centre"),
    "training_academy": ("培训学院", "Training academy"),
    "training_centre": ("培训中心", "Training centre"),
}

INSURANCE_CAUSES: dict[str, Label] = {
    "political": ("政治风险", "Political risk"),
    "commercial": ("商业风险", "Commercial risk"),
    "technical": ("技术风险", "Technical risk"),
}

MANAGER_LEVELS: dict[str, Label] = {
    "junior": ("初级技术经理人", "Junior"),
    "intermediate": ("中级技术经理人", "Intermediate"),
    "senior": ("高级技术经理人", "Senior"),
}

MEASUREMENT_UNITS: dict[str, Label] = {
    "GWh": ("吉瓦时", "GWh"),
    "MW": ("兆瓦", "MW"),
    "units": ("台", "units"),
    "units_per_year": ("台/年", "units a year"),
    "t_per_year": ("吨/年", "t/a"),
    "kg_per_mu": ("公斤/亩", "kg/mu"),
    "persons": ("人", "persons"),
    "households": ("户", "households"),
    "patents": ("项", "patents"),
    "hours": ("小时", "hours"),
    "million_USD": ("百万美元", "million USD"),
}

MONITORING_METRICS: dict[str, Label] = {
    "equipment_failures": ("设备故障数", "Equipment failures"),
    "maintenance_response_time": ("运维响应时间", "Maintenance response time"),
    "technicians_trained": ("培训技术人员数", "Technicians trained"),
    "beneficiary_households": ("受益农户数", "Beneficiary households"),
    "capacity": ("产能", "Capacity"),
    "units_sold": ("销售量", "Units sold"),
    "yield": ("单产", "Yield"),
    "patents_infringed": ("被侵权专利数", "Patents infringed"),
}
