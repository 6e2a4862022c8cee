"""The page about an indicator: what it is, what it needs, how it is computed, and its worked examples."""

from collections.abc import Iterator

from yearbook.handbook.markdown import code, codes, escape, folded, page, table
from yearbook.model.definition import Text
from yearbook.model.indicator import Indicator
from yearbook.model.recipe import IndicatorFolder

TOLD = {
    "Definition · 定义": "definition",
    "Formula · 公式": "formula",
    "Population · 统计范围": "population",
    "Caveats · 注意事项": "caveats",
    "Source · 资料来源": "source",
}
HEADING = {True: "(experimental · 试验性)", False: ""}


def indicator_page(folder: IndicatorFolder) -> str:
    """Write the page of an indicator."""
    definition = folder.definition
    query, test = folder.query.read_text(encoding="utf-8"), (folder.path / "test.yml").read_text(encoding="utf-8")
    return page(
        f"# {escape(definition.title.en)} · {escape(definition.title.zh)} {HEADING[definition.experimental]}".rstrip(),
        _facts(definition),
        table(["", "English", "中文"], _told(definition)),
        _breakdowns(definition),
        _parameters(definition),
        "## How it is computed · 计算",
        folded("query.sql", query, "sql"),
        folded("test.yml: worked examples · 算例", test, "yaml"),
    )


def _facts(definition: Indicator) -> str:
    facts = {
        "Code · 代码": code(definition.indicator),
        "Chapter · 章": escape(definition.chapter),
        "Kind · 类型": escape(definition.kind),
        "Unit · 单位": f"{escape(definition.unit)} ({definition.decimals} decimals · 位小数)",
        "Needs · 所需字段": "; ".join(
            f"[{dataset}](../datasets/{dataset}.md): {codes(fields)}" for dataset, fields in definition.fields.items()
        ),
        "Least records · 最少记录数": str(definition.small_base or ""),
        "Method · 方法": code(definition.method) if definition.method else "",
    }
    return table(["", ""], [[name, fact] for name, fact in facts.items() if fact])


def _told(definition: Indicator) -> Iterator[list[str]]:
    for name, attribute in TOLD.items():
        text: Text | None = getattr(definition, attribute)
        if text is not None:
            yield [name, escape(text.en), escape(text.zh)]


def _breakdowns(definition: Indicator) -> str:
    lists = definition.codelists
    names = [
        f"`{name}=…` of {code(lists[name])}" if name in lists else f"`{name}=…`" for name in definition.breakdown_names
    ]
    facts = {"dimensions · 维度": codes(definition.dimensions), "breakdown · 细分": ", ".join(names)}
    rows = [[name, fact] for name, fact in facts.items() if fact]
    return "## Breakdowns · 分组\n\n" + (table(["", ""], rows) if rows else "The total only. 仅总计。")


def _parameters(definition: Indicator) -> str:
    if not definition.parameters:
        return ""
    rows = [
        [code(name), escape(one.value), escape(one.source.en if one.source else ""), escape(one.source.zh)]
        if one.source
        else [code(name), escape(one.value), "", ""]
        for name, one in sorted(definition.parameters.items())
    ]
    headers = ["parameter · 参数", "unless the programme says otherwise · 默认值", "source", "来源"]
    return f"## Parameters · 参数\n\n{table(headers, rows)}"
