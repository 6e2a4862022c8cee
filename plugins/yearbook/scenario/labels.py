"""How the offices write codes: the Chinese and the English word for each code that the demonstration records use.

Not its business: what the words mean to the pipeline; that is `include/codelists/`, and a test holds the two together.
"""

Label = tuple[str, str]

MARK = "模拟_SIMULATED"

PARTNERS: dict[str, Label] = {
    "CHN": ("中国", "China"),
    "HKG": ("中国香港", "Hong Kong SAR, China"),
    "VNM": ("越南", "Viet Nam"),
    "LAO": ("老挝", "Laos"),
    "THA": ("泰国", "Thailand"),
    "IDN": ("印度尼西亚", "Indonesia"),
    "MYS": ("马来西亚", "Malaysia"),
    "SGP": ("新加坡", "Singapore"),
    "KHM": ("柬埔寨", "Cambodia"),
    "KAZ": ("哈萨克斯坦", "Kazakhstan"),
    "UZB": ("乌兹别克斯坦", "Uzbekistan"),
    "PAK": ("巴基斯坦", "Pakistan"),
    "BGD": ("孟加拉国", "Bangladesh"),
    "KEN": ("肯尼亚", "Kenya"),
    "TZA": ("坦桑尼亚", "Tanzania"),
    "ETH": ("埃塞俄比亚", "Ethiopia"),
    "NAM": ("纳米比亚", "Namibia"),
    "EGY": ("埃及", "Egypt"),
    "MAR": ("摩洛哥", "Morocco"),
    "SAU": ("沙特阿拉伯", "Saudi Arabia"),
    "ARE": ("阿拉伯联合酋长国", "United Arab Emirates"),
    "POL": ("波兰", "Poland"),
    "HUN": ("匈牙利", "Hungary"),
    "SRB": ("塞尔维亚", "Serbia"),
    "USA": ("美国", "United States"),
    "DEU": ("德国", "Germany"),
    "JPN": ("日本", "Japan"),
    "GBR": ("英国", "United Kingdom"),
    "FRA": ("法国", "France"),
    "CHE": ("瑞士", "Switzerland"),
    "NLD": ("荷兰", "Netherlands"),
    "SWE": ("瑞典", "Sweden"),
    "IND": ("印度", "India"),
    "BRA": ("巴西", "Brazil"),
    "AUS": ("澳大利亚", "Australia"),
    "CAN": ("加拿大", "Canada"),
}

PROVINCES: dict[str, tuple[str, str, int]] = {
    "北京": ("Beijing", "EAST", 150),
    "天津": ("Tianjin", "EAST", 30),
    "河北": ("Hebei", "EAST", 30),
    "山西": ("Shanxi", "CENTRAL", 15),
    "内蒙古": ("Inner Mongolia", "WEST", 10),
    "辽宁": ("Liaoning", "NORTHEAST", 30),
    "吉林": ("Jilin", "NORTHEAST", 15),
    "黑龙江": ("Heilongjiang", "NORTHEAST", 18),
    "上海": ("Shanghai", "EAST", 90),
    "江苏": ("Jiangsu", "EAST", 100),
    "浙江": ("Zhejiang", "EAST", 75),
    "安徽": ("Anhui", "CENTRAL", 50),
    "福建": ("Fujian", "EAST", 25),
    "江西": ("Jiangxi", "CENTRAL", 25),
    "山东": ("Shandong", "EAST", 80),
    "河南": ("Henan", "CENTRAL", 30),
    "湖北": ("Hubei", "CENTRAL", 80),
    "湖南": ("Hunan", "CENTRAL", 55),
    "广东": ("Guangdong", "EAST", 120),
    "广西": ("Guangxi", "WEST", 18),
    "海南": ("Hainan", "EAST", 6),
    "重庆": ("Chongqing", "WEST", 30),
    "四川": ("Sichuan", "WEST", 45),
    "贵州": ("Guizhou", "WEST", 12),
    "云南": ("Yunnan", "WEST", 12),
    "西藏": ("Tibet", "WEST", 2),
    "陕西": ("Shaanxi", "WEST", 70),
    "甘肃": ("Gansu", "WEST", 15),
    "青海": ("Qinghai", "WEST", 4),
    "宁夏": ("Ningxia", "WEST", 5),
    "新疆": ("Xinjiang", "WEST", 8),
}

REGIONS: dict[str, str] = {"EAST": "东部地区", "CENTRAL": "中部地区", "WEST": "西部地区", "NORTHEAST": "东北地区"}

SECTORS: dict[str, Label] = {
    "photovoltaics": ("光伏", "Photovoltaics"),
    "photovoltaics_hydrogen": ("光伏制氢", "Photovoltaics with hydrogen"),
    "wind_power": ("风电", "Wind power"),
    "hydropower": ("水电", "Hydropower"),
    "other_energy": ("其他能源", "Other energy"),
    "new_energy_vehicles": ("新能源汽车", "New energy vehicles"),
    "other_vehicles": ("其他车辆", "Other vehicles"),
    "agricultural_machinery": ("农业机械", "Agricultural machinery"),
    "crop_cultivation": ("作物种植", "Crop cultivation"),
    "medicinal_plant_processing": ("药用植物加工", "Medicinal plant processing"),
    "palm_oil_processing": ("棕榈油加工", "Palm oil processing"),
    "infrastructure_equipment": ("基础设施装备", "Infrastructure equipment"),
    "resource_processing": ("资源加工", "Resource processing"),
    "electronics": ("电子", "Electronics"),
    "optical_sensing": ("光学传感", "Optical sensing"),
    "ict": ("信息通信", "Information and communication technology"),
    "biomedicine": ("生物医药", "Biomedicine"),
    "materials": ("材料", "Materials"),
    "intelligent_transmission": ("智能传动", "Intelligent transmission"),
    "robotics": ("机器人", "Robotics"),
    "other_manufacturing": ("其他制造", "Other manufacturing"),
    "other": ("其他", "Other"),
}

CHANNELS: dict[str, Label] = {
    "development": ("技术开发", "Technology development"),
    "transfer": ("技术转让", "Technology transfer"),
    "license": ("技术许可", "Licensing"),
    "consulting": ("技术咨询", "Technical consulting"),
    "service": ("技术服务", "Technical services"),
    "equity": ("作价投资", "Equity in return for technology"),
}

PRICING: dict[str, Label] = {
    "valuation": ("评估", "valuation"),
    "listing": ("挂牌", "listing"),
    "bidding": ("拍卖", "bidding"),
    "negotiation": ("协议定价", "negotiation"),
}

STATUSES: dict[str, Label] = {
    "active": ("有效", "active"),
    "amended": ("变更", "amended"),
    "cancelled": ("撤销", "cancelled"),
}

CURRENCIES: dict[str, Label] = {"CNY": ("人民币", "CNY"), "USD": ("美元", "USD"), "EUR": ("欧元", "EUR")}

PLATFORMS: dict[str, Label] = {
    "g60_corridor": ("长三角G60科创走廊", "G60 Science and Technology Innovation Corridor"),
    "shenzhen_singapore_proof_of_concept": (
        "深圳—新加坡跨境概念验证中心",
        "Shenzhen–Singapore cross-border proof-of-concept centre",
    ),
    "chongqing_open_call": ("重庆揭榜挂帅平台", "Chongqing open call for champions"),
    "china_asean_technology_transfer_center": ("中国—东盟技术转移中心", "China–ASEAN Technology Transfer Center"),
    "zhongguancun": ("中关村", "Zhongguancun Science Park"),
    "none": ("无", "No platform"),
}


def in_chinese(labels: dict[str, Label], code: str | None) -> str:
    """Return the Chinese word for a code; an empty text for none."""
    return labels[code][0] if code else ""


def in_english(labels: dict[str, Label], code: str | None) -> str:
    """Return the English word for a code; an empty text for none."""
    return labels[code][1] if code else ""
