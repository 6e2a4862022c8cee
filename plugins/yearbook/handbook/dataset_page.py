"""The page about a dataset: its fields with their other names, and its rules."""

from yearbook.handbook.markdown import code, codes, escape, page, table
from yearbook.model.dataset import Dataset, Effect, Field, Rule

FIELD_HEADERS = ["field · 字段", "English", "中文", "type · 类型", "also found as · 别名"]
RULE_HEADERS = ["rule · 规则", "severity · 级别", "column · 字段", "English", "中文", "good when · 条件"]


def dataset_page(dataset: Dataset) -> str:
    """Write the page of a dataset."""
    facts = {
        "Code · 代码": code(dataset.dataset),
        "One row is · 一行为": f"{escape(dataset.one_row_is.en)} · {escape(dataset.one_row_is.zh)}",
        "Key · 主键": codes(dataset.key),
        "Year of a record by · 归属年份": codes(dataset.reference_date),
        "Latest version by · 最新版本依据": codes(dataset.latest_by),
        "Amends · 变更所指": code(dataset.amends) if dataset.amends else "",
        "Cancelled when · 注销条件": code(dataset.cancelled_when) if dataset.cancelled_when else "",
        "Weighed by · 影响所计指标": _effect(dataset.effect) if dataset.effect else "",
    }
    return page(
        f"# {escape(dataset.title.en)} · {escape(dataset.title.zh)}",
        table(["", ""], [[name, fact] for name, fact in facts.items() if fact]),
        "## Fields · 字段",
        table(FIELD_HEADERS, [_field(name, field) for name, field in dataset.fields.items()]),
        *(["## Rules · 规则", table(RULE_HEADERS, map(_rule, dataset.rules))] if dataset.rules else []),
    )


def _effect(effect: Effect) -> str:
    written = code(_one_line(effect.numerator))
    if effect.denominator:
        written += f" / {code(_one_line(effect.denominator))}"
    if effect.total:
        written += f" of {code(_one_line(effect.total))}"
    return f"{code(effect.indicator)}: {written}"


def _field(name: str, field: Field) -> list[str]:
    en, zh = escape(field.title.en), escape(field.title.zh)
    if field.note:
        en, zh = f"{en} ({escape(field.note.en)})", f"{zh}（{escape(field.note.zh)}）"
    return [code(name), en, zh, _type(field), escape(", ".join(field.aliases))]


def _type(field: Field) -> str:
    words: list[str] = [field.type]
    if field.codelist:
        words.append(f"of {code(field.codelist)}")
    if field.values:
        words.append(f"of {codes(field.values)}")
    if field.unit:
        words.append(f"in {escape(field.unit)}")
    if field.required:
        words.append("**required · 必填**")
    return " ".join(words)


def _rule(rule: Rule) -> list[str]:
    column = code(rule.column) if rule.column else ""
    said = [escape(rule.message.en), escape(rule.message.zh)]
    return [code(rule.rule), rule.severity, column, *said, code(_condition(rule))]


def _condition(rule: Rule) -> str:
    if rule.check:
        names = {"found": rule.found, "expected": rule.expected} if rule.partition else {}
        given = [f"{name} = {_one_line(sql)}" for name, sql in names.items() if sql]
        return "; ".join([_one_line(rule.check), *given])
    return (
        f"{rule.expect or rule.outlier} {', '.join(f'{name}={value}' for name, value in rule.kwargs.items())}".strip()
    )


def _one_line(sql: str) -> str:
    return " ".join(sql.split())
