"""What else people call what the report names in one way: for the search, and never shown.

A short reviewed list beside the glossary. Not its business: names of countries and sectors, whose aliases stand in
their codelists.
"""

import re

SYNONYMS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("growth", "增长", "增速"), ("year on year", "yoy", "rate of change", "同比", "增速", "增幅")),
    (("change of", "变化"), ("year on year", "difference", "同比", "变动")),
    (("partner", "合作国家"), ("host country", "伙伴国", "东道国")),
    (("share", "占比", "比重"), ("proportion", "percentage", "比例", "份额")),
    (("contract", "技术合同"), ("deal", "agreement", "transaction", "技术交易", "技术市场", "协议")),
    (("licence", "许可"), ("license", "licensing", "授权")),
    (("commercialization", "成果转化"), ("commercialisation", "spin-off", "产业化", "科技成果")),
    (
        ("cross-border", "across borders", "foreign", "跨境", "国外"),
        ("international", "overseas", "海外", "涉外", "境外"),
    ),
    (("technology manager", "技术经理人"), ("broker", "transfer professional", "技术经纪人")),
    (("screening", "筛选"), ("selection", "vetting", "遴选", "评审")),
    (("readiness", "成熟度"), ("trl", "maturity")),
    (("local content", "本地采购"), ("domestic content", "本地含量", "本地化率", "国产化率")),
    (("constant prices", "不变价"), ("real terms", "deflated", "可比价")),
    (("domestic product", "gdp", "国内生产总值"), ("gdp", "gross domestic product", "生产总值")),
    (("infringement", "侵权"), ("intellectual property", "知识产权")),
    (("not stated", "未注明"), ("unknown", "不详", "未知")),
    (("records held", "暂缓"), ("pending", "待审", "待定")),
)
"""Where one of the first stands in a title, the second find it too. Latin terms are whole words, or their plural."""
LATIN = re.compile(r"[a-z -]+")
LETTER = "[0-9a-z\u00c0-\u024f]"


def also_called(*titles: str) -> str:
    """Further words by which a search finds what has these titles, in whatever languages they are."""
    told = " ".join(titles).casefold()
    found = (word for terms, others in SYNONYMS if any(_stands(term, told) for term in terms) for word in others)
    return " ".join(dict.fromkeys(found))


def _stands(term: str, told: str) -> bool:
    """Whether a term stands in a text; Chinese has no spaces between words, and may stand next to Latin letters."""
    if not LATIN.fullmatch(term):
        return term in told
    return re.search(f"(?<!{LETTER}){term}s?(?!{LETTER})", told) is not None
