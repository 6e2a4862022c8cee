"""Write problems as findings: with the record's key, the cell, where it came from, and messages in both languages.

Texts are bounded: a cell of ten megabytes must not fill the catalogue.
"""

import string
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from yearbook.catalogue import Finding
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset, Field, Rule
from yearbook.model.values import write_value
from yearbook.validate.faults import Locate, rule_error
from yearbook.validate.keys import cut, key_text
from yearbook.validate.problem import Problem

LONGEST_MESSAGE = 1_000
HIDDEN = "…"
SHORTEST_GROUPED = 10_000


def check_messages(dataset: Dataset, locate: Locate) -> None:
    """Raise `RuleError` for a message with a placeholder that no record can fill."""
    allowed = {"value", "expected", *(f"record[{name}]" for name in dataset.fields)}
    for rule in dataset.rules:
        for placeholder in _placeholders(rule, locate):
            if placeholder not in allowed:
                raise rule_error(
                    rule,
                    locate,
                    f"its message names `{{{placeholder}}}`",
                    fix="a message may hold {value}, {expected} and {record[<field>]} of the dataset's fields",
                )


def write_findings(
    dataset: Dataset,
    codelists: Mapping[str, Codelist],
    year: int,
    records: pa.Table,
    problems: list[Problem],
    effects: Sequence[float | None],
) -> list[Finding]:
    """Write problems of the partition's `records`, each with its effect, sorted by rule and record."""
    positions = sorted({problem.position for problem in problems if problem.position is not None})
    rows = dict(zip(positions, records.take(pa.array(positions, pa.int64())).to_pylist(), strict=True))
    ordered = sorted(problems, key=lambda one: (one.rule, -1 if one.position is None else one.position))
    return [
        _write(dataset, codelists, year, one, {}, None)
        if one.position is None
        else _write(dataset, codelists, year, one, rows[one.position], effects[one.position])
        for one in ordered
    ]


def _write(
    dataset: Dataset,
    codelists: Mapping[str, Codelist],
    year: int,
    problem: Problem,
    row: Mapping[str, Any],
    effect: float | None,
) -> Finding:
    value = problem.found if problem.position is None else row.get(problem.column) if problem.column else None
    return Finding(
        dataset=dataset.dataset,
        year=year,
        rule=problem.rule,
        rule_version=problem.version,
        severity=problem.severity,
        record_key=key_text(dataset.key, row) if row else "",
        record_hash=row.get("_record_hash") or "",
        column=problem.column,
        raw=None if problem.raw is None else cut(problem.raw),
        value=None if value is None else cut(write_value(value)),
        source=row.get("_source") or "",
        location=f"{row['_uri']}, row {row['_row']}" if row else "",
        message_en=_fill(problem, dataset, codelists, row, "en"),
        message_zh=_fill(problem, dataset, codelists, row, "zh"),
        rule_en=_rule_alone(problem, dataset, "en"),
        rule_zh=_rule_alone(problem, dataset, "zh"),
        state=problem.state,
        decision=problem.decision,
        effect=effect,
    )


def _fill(
    problem: Problem, dataset: Dataset, codelists: Mapping[str, Codelist], row: Mapping[str, Any], language: str
) -> str:
    """The message with what was found and what would be right; codes by their name in the language."""
    named = {name: _name(dataset.fields[name], codelists, row.get(name), language) for name in dataset.fields}
    own = dataset.fields[problem.column] if problem.column else None
    found = problem.found if problem.position is None else named[problem.column] if problem.column else None
    right = _name(own, codelists, problem.expected, language) if own else problem.expected
    return cut(
        problem.message.get(language).format(
            value=cut(show(found if problem.raw is None else problem.raw)),
            expected=cut(show(right)),
            record={name: cut(show(value)) for name, value in named.items()},
        ),
        LONGEST_MESSAGE,
    )


def _rule_alone(problem: Problem, dataset: Dataset, language: str) -> str:
    """The message with nothing of the record in it, so that a count of findings may be published."""
    hidden = dict.fromkeys(dataset.fields, HIDDEN)
    return problem.message.get(language).format(value=HIDDEN, expected=HIDDEN, record=hidden)


def _name(field: Field, codelists: Mapping[str, Codelist], value: Any, language: str) -> Any:
    codelist = codelists.get(field.codelist or "")
    code = codelist.codes.get(value) if codelist and isinstance(value, str) else None
    return code.name(language) if code else value


def show(value: Any) -> str:
    """Write a value for a reader: numbers in groups of three, days as 2024-03-05, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        # Whole numbers of four digits are mostly years.
        return f"{value:,}" if abs(value) >= SHORTEST_GROUPED else str(value)
    if isinstance(value, Decimal | float):
        return _grouped(value)
    return str(value)


def _grouped(number: Decimal | float) -> str:
    # A float has no more than ten digits that mean something here, and is never written with an exponent.
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.10g}")
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _placeholders(rule: Rule, locate: Locate) -> list[str]:
    texts = [text for text in rule.message.model_dump().values() if isinstance(text, str)]
    try:
        parsed = [part for text in texts for part in string.Formatter().parse(text)]
    except ValueError as error:
        raise rule_error(rule, locate, f"its message is malformed: {error}") from None
    return [_placeholder(name, form, turned) for _, name, form, turned in parsed if name]


def _placeholder(name: str, form: str | None, turned: str | None) -> str:
    """The placeholder as written, with a format or conversion, which messages may not have."""
    return f"{name}{'!' + turned if turned else ''}{':' + form if form else ''}"
