"""What a signer is shown: key figures before and after, counts of findings and decisions, and the hashes.

In every language of the programme, as Markdown, and for the page of it in Review. No records. Where more people read
than may see what is not published, as in Airflow, it is told without its figures (`request`). Not its business: whether
it may be signed (`signoff`).
"""

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

import fsspec

from yearbook.catalogue import Edition
from yearbook.model.dataset import SEVERITY_NAMES
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS, TOTAL
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.publish.context import Context, Material, is_signed, make_context
from yearbook.publish.door import published_observations
from yearbook.publish.figures import read_figures
from yearbook.publish.standing import edition_folder
from yearbook.publish.words.language import load_language
from yearbook.signed import PARTS, Digest, decisions_in_force, digest_of, require_current
from yearbook.workspace import Workspace

MOST_FIGURES = 6
SHORT = 12
NONE = "–"

TITLE = Text(en="Sign {title}, {year}", zh="签发{title}（{year}年）")
FIGURES = Text(en="Key figure | On the site | To be signed", zh="核心数据 | 网站现有 | 待签发")
PLACE = Text(
    en="The key figures, on the site and to be signed: [Review, {year}, the edition to be signed]({address})",
    zh="核心数据（网站现有与待签发）：[审核，{year}年，待签发版本]({address})",
)
FINDINGS = Text(en="Findings | Open | Worked off", zh="检查结果 | 待处理 | 已处理")
SINCE = Text(en="Decisions since the last signature ({day}): {counts}", zh="上次签发（{day}）以来的人工决定：{counts}")
EVER = Text(
    en="Decisions, as nobody has signed this edition before: {counts}", zh="本版首次签发，全部人工决定：{counts}"
)
KINDS = {
    "waive": Text(en="waived", zh="豁免"),
    "correct": Text(en="corrected", zh="更正"),
    "hold": Text(en="held", zh="暂缓"),
    "exclude": Text(en="excluded", zh="剔除"),
    "merge": Text(en="merged", zh="合并"),
}
NO_DECISIONS = Text(en="none", zh="无")
COMMA = Text(en=", ", zh="，")
DIGEST = Text(en="What is signed: `{digest}`", zh="所签内容：`{digest}`")


@dataclass(frozen=True)
class Line:
    """A key figure as written in one language, on the site and now."""

    title: str
    before: str
    now: str


@dataclass(frozen=True)
class Statement:
    """An edition as a signer sees it; `figures` by language tag, `findings` by severity and state."""

    title: Text
    year: int
    digest: Digest
    figures: dict[str, list[Line]]
    findings: dict[tuple[str, str], int]
    decisions: dict[str, int]
    since: date | None

    @property
    def subject(self) -> str:
        """One line in all languages."""
        return " / ".join(self.heading(tag) for tag in self.figures)

    @property
    def markdown(self) -> str:
        """The whole in all languages, one behind the other."""
        return self._write(lambda tag: _table(self.figures_table(tag)))

    def request(self, address: Callable[[str], str]) -> str:
        """The whole without any figure; in their place it names the page that shows them, by language tag."""
        return self._write(lambda tag: PLACE.get(tag).format(year=self.year, address=address(tag)))

    def heading(self, tag: str) -> str:
        """What is asked, in one language."""
        return TITLE.get(tag).format(title=self.title.get(tag), year=self.year)

    def figures_table(self, tag: str) -> list[list[str]]:
        """The key figures in one language, below the heads."""
        return [FIGURES.get(tag).split(" | "), *([line.title, line.before, line.now] for line in self.figures[tag])]

    def findings_table(self, tag: str) -> list[list[str]]:
        """The findings by severity in one language, below the heads."""
        lines = ([name.get(tag), *map(str, self._worked(severity))] for severity, name in SEVERITY_NAMES.items())
        return [FINDINGS.get(tag).split(" | "), *lines]

    def decided(self, tag: str) -> str:
        """The decisions by kind, since the last signature."""
        told = [f"{self.decisions[kind]} {name.get(tag)}" for kind, name in KINDS.items() if self.decisions.get(kind)]
        counts = COMMA.get(tag).join(told) or NO_DECISIONS.get(tag)
        return (EVER if self.since is None else SINCE).get(tag).format(day=self.since, counts=counts)

    def parts(self, tag: str) -> list[tuple[str, str]]:
        """The parts under the digest, and the beginning of the hash of each."""
        hashes = asdict(self.digest)
        return [(name.get(tag), hashes[part][:SHORT]) for part, name in PARTS.items()]

    def _write(self, figures: Callable[[str], str]) -> str:
        return "\n\n---\n\n".join(
            "\n\n".join(
                [
                    f"### {self.heading(tag)}",
                    figures(tag),
                    _table(self.findings_table(tag)),
                    self.decided(tag),
                    DIGEST.get(tag).format(digest=self.digest.digest),
                    COMMA.get(tag).join(f"{name} `{hash_}`" for name, hash_ in self.parts(tag)),
                ]
            )
            for tag in self.figures
        )

    def _worked(self, severity: str) -> tuple[int, int]:
        counts = {state: count for (one, state), count in self.findings.items() if one == severity}
        is_open = counts.pop("open", 0)
        return is_open, sum(counts.values())


def make_statement(workspace: Workspace, year: int) -> Statement:
    """Look at an edition as it is now. Raises `SignOffError` where its figures are not computed from what is there."""
    require_current(workspace, year)
    programme, digest = workspace.recipe.programme, digest_of(workspace, year)
    signed = [one.signed_at for one in workspace.catalogue.signatures(year)]
    findings = Counter(workspace.catalogue.finding_states(year)) + Counter(
        workspace.catalogue.finding_states(UNKNOWN_YEAR)
    )
    return Statement(
        title=programme.title,
        year=year,
        digest=digest,
        figures=_key_figures(workspace, year),
        findings=dict(findings),
        decisions=_decisions(workspace, year, max(signed, default=None)),
        since=max(signed).date() if signed else None,
    )


def _decisions(workspace: Workspace, year: int, since: datetime | None) -> dict[str, int]:
    made = decisions_in_force(workspace, year)
    return dict(Counter(str(one["kind"]) for one in made if since is None or _moment(one["decided_at"]) > since))


def _moment(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def _key_figures(workspace: Workspace, year: int) -> dict[str, list[Line]]:
    edition = next(one for one in workspace.catalogue.editions() if one.year == year)
    material = _material(workspace, edition)
    before = _released(workspace, year)
    return {
        tag: [
            _line(make_context(material, load_language(tag, workspace.settings.reports), workspace.settings.reports),
                  code, way, before.get((code, way)))
            for code, way in _headline(material)
        ]
        for tag in workspace.recipe.programme.languages
    }  # fmt: skip


def _material(workspace: Workspace, edition: Edition) -> Material:
    figures = read_figures([published_observations(workspace, edition.year)])
    return Material(workspace.recipe, edition.year, date.fromisoformat(edition.as_of), figures, [], [])


def _headline(material: Material) -> list[tuple[str, str]]:
    chosen = material.key_figures or {one.indicator: TOTAL for one in material.indicators}
    return [one for one in chosen.items() if one[0] in material.recipe.indicators][:MOST_FIGURES]


def _line(context: Context, code: str, way: str, before: float | None) -> Line:
    indicator = context.material.recipe.indicators[code].definition
    figure = context.figures.total(code, context.year, way)
    unit = context.unit(indicator, figure.unit if figure else indicator.unit)

    def write(value: float | None) -> str:
        if value is None:
            return NONE
        return context.units.for_sentence(unit, value, indicator.decimals, signed=is_signed(indicator)).full(value)

    return Line(context.title(indicator, way), write(before), write(figure.value if figure else None))


def _released(workspace: Workspace, year: int) -> dict[tuple[str, str], float]:
    """The totals of the edition that stands on the site now, by indicator and way of measuring."""
    filesystem, path = fsspec.core.url_to_fs(f"{edition_folder(workspace, year)}/observations.csv")
    if not filesystem.exists(path):
        return {}
    rows = csv.DictReader(io.StringIO(filesystem.cat_file(path).decode()))
    return {
        (row["indicator"], row["breakdown"]): float(row["value"])
        for row in rows
        if row["value"] and all(row[dimension] in ("_T", "_Z") for dimension in DIMENSIONS)
    }


def _table(rows: list[list[str]]) -> str:
    cells = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
