"""A year at a glance: where its records went, what is found by rule, what waits for whom, and how it went so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from yearbook.catalogue import Accounting, FindingRun, Load, RuleCount
from yearbook.catalogue.records import SEVERITIES
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.publish.words.language import N_, Language
from yearbook.review.pages.bars import bar
from yearbook.signoff import missing_signatures
from yearbook.workspace import Workspace

LAST_RUNS = 12
RECORDS = ("accepted", "held", "excluded", "superseded")
COUNTS = N_("%(counts)s of %(whole)s")


@dataclass(frozen=True)
class DatasetLine:
    """Where a dataset's records of the year went; `waived` counts findings."""

    account: Accounting
    waived: int
    bar: Markup


@dataclass
class RuleLine:
    """One rule in the year, by the state of what it finds."""

    dataset: str
    year: int
    rule: str
    severity: str
    en: str
    zh: str
    states: Counter[str] = field(default_factory=Counter)
    new: int = 0


@dataclass(frozen=True)
class YearLine:
    """One year among the others: records, and open findings by severity."""

    year: int
    received: int
    held: int
    excluded: int
    findings: dict[str, int]
    waived: int
    bar: Markup


@dataclass(frozen=True)
class PersonLine:
    """What waits for one person, or for nobody yet (None), by severity."""

    assignee: str | None
    counts: dict[str, int]


@dataclass(frozen=True)
class Glance:
    """The state of a year. `undated` are critical findings, open, of records without a readable date.

    `is_to_be_signed`: then what is critical and open keeps the edition from being published. `is_computed`: it is an
    edition, and has figures.
    """

    year: int
    is_to_be_signed: bool
    is_computed: bool
    open: dict[str, int]
    undated: int
    new: int
    waived: int
    decided: int
    held: int
    excluded: int
    unsigned: int
    datasets: list[DatasetLine]
    rules: list[RuleLine]
    people: list[PersonLine]
    years: list[YearLine]
    runs: list[FindingRun]


def glance_at(workspace: Workspace, year: int, language: Language) -> Glance:
    """Look at a year; what has no readable date stands in the way of every edition, and is told apart."""
    counts = workspace.catalogue.count_by_rule()
    accounts = workspace.catalogue.accountings()
    own = [one for one in counts if one.year == year]
    states = Counter[str]()
    for one in own:
        states[one.state] += one.count
    is_computed = year in {edition.year for edition in workspace.catalogue.editions()}
    here = [one for one in accounts if one.year == year]
    return Glance(
        year=year,
        is_to_be_signed=workspace.recipe.programme.required_sign_off is not None,
        is_computed=is_computed,
        open=_open(own),
        undated=0 if year == UNKNOWN_YEAR else _open(one for one in counts if one.year == UNKNOWN_YEAR)["critical"],
        new=sum(one.new for one in own),
        waived=states["waived"],
        decided=states["decided"],
        held=sum(one.held for one in here),
        excluded=sum(one.excluded for one in here),
        unsigned=missing_signatures(workspace, year) if is_computed else 0,
        datasets=[_dataset_line(one, own, language) for one in here],
        rules=_rule_lines(own),
        people=_people(workspace.catalogue.count_by_assignee([year])),
        years=_year_lines(accounts, counts, language),
        runs=workspace.catalogue.finding_runs([year], LAST_RUNS),
    )


def years_of(workspace: Workspace) -> list[int]:
    """Years of editions, and years that hold records, the newest first; the unknown year last."""
    held = {one.year for one in workspace.catalogue.accountings()}
    return sorted(held | set(workspace.recipe.programme.years), reverse=True)


def _open(counts: Iterable[RuleCount]) -> dict[str, int]:
    total = Counter[str]()
    for one in counts:
        if one.state == "open":
            total[one.severity] += one.count
    return {severity: total[severity] for severity in SEVERITIES}


def _dataset_line(account: Accounting, counts: list[RuleCount], language: Language) -> DatasetLine:
    waived = sum(one.count for one in counts if (one.dataset, one.state) == (account.dataset, "waived"))
    parts = [(name, float(getattr(account, name))) for name in RECORDS]
    said = language.say(COUNTS, counts=language.number(account.accepted, 0), whole=language.number(account.received, 0))
    return DatasetLine(account, waived, bar(parts, account.received, said))


def _rule_lines(counts: list[RuleCount]) -> list[RuleLine]:
    lines: dict[tuple[str, int, str, str], RuleLine] = {}
    for one in counts:
        key = (one.dataset, one.year, one.rule, one.severity)
        line = lines.setdefault(key, RuleLine(*key, en=one.rule_en, zh=one.rule_zh))
        line.states[one.state] += one.count
        line.new += one.new
    return sorted(
        lines.values(), key=lambda one: (SEVERITIES.index(one.severity), -one.states["open"], one.dataset, one.rule)
    )


def _people(loads: list[Load]) -> list[PersonLine]:
    people: dict[str | None, dict[str, int]] = {}
    for load in loads:
        people.setdefault(load.assignee, dict.fromkeys(SEVERITIES, 0))[load.severity] = load.count
    return [PersonLine(assignee, counts) for assignee, counts in people.items()]


def _year_lines(accounts: list[Accounting], counts: list[RuleCount], language: Language) -> list[YearLine]:
    years = sorted({one.year for one in accounts} | {one.year for one in counts}, reverse=True)
    found = {year: _open(one for one in counts if one.year == year) for year in years}
    largest = max((sum(one.values()) for one in found.values()), default=0)
    return [
        YearLine(
            year=year,
            received=sum(one.received for one in accounts if one.year == year),
            held=sum(one.held for one in accounts if one.year == year),
            excluded=sum(one.excluded for one in accounts if one.year == year),
            findings=found[year],
            waived=sum(one.count for one in counts if (one.year, one.state) == (year, "waived")),
            bar=bar(
                [(severity, float(found[year][severity])) for severity in SEVERITIES],
                largest,
                language.say(
                    "%(critical)s critical, %(warning)s warnings, %(info)s info",
                    **{name: language.number(found[year][name], 0) for name in SEVERITIES},
                ),
            ),
        )
        for year in years
    ]
