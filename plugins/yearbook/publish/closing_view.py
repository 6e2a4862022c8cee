"""What the templates are given for the last chapters: comparators, quality, revisions, sources, methods, terms.

Finished texts in one language, as in `view`, which holds the rest of the report.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """Where the records of one dataset went, as written numbers."""

    dataset: str
    received: str
    accepted: str
    held: str
    excluded: str
    superseded: str


@dataclass(frozen=True)
class RuleCount:
    """How many records break one rule, with some of them in full where they may be shown."""

    dataset: str
    rule: str
    severity: str
    title: str
    count: str
    examples: list[str]


@dataclass(frozen=True)
class Unavailable:
    """Figures that are missing for one reason; `what` tells of `count` of them, of whole indicators as one each."""

    indicator: str
    what: str
    reason: str
    count: int


@dataclass(frozen=True)
class Quality:
    """What became of the records, who did not report, and which figures there are none of.

    `whole` are indicators without any figure, by chapter and reason; `unavailable` are gaps in the others.
    """

    summary: str
    undated: str
    accounts: list[Account]
    rules: list[RuleCount]
    responses: list[str]
    whole: list[Unavailable]
    unavailable: list[Unavailable]


@dataclass(frozen=True)
class ComparatorRow:
    """A figure of others beside the computed one; what there is none of is empty."""

    id: str
    figure: str
    year: str
    published: str
    computed: str
    difference: str
    verdict: str
    why: str
    source: str
    document: str
    passage: str
    is_official: bool
    is_failure: bool


@dataclass(frozen=True)
class Comparators:
    """The figures of others: which were given back, and on which their sources differ.

    Tables name a source by its place among the `documents`, whose titles are long.
    """

    summary: str
    disagreements: list[str]
    failures: list[ComparatorRow]
    rows: list[ComparatorRow]

    @property
    def documents(self) -> list[str]:
        """The sources, each once."""
        return list(dict.fromkeys(row.document for row in self.rows))


@dataclass(frozen=True)
class SourceView:
    """A source card: label and text, in order."""

    title: str
    facts: list[tuple[str, str]]
    homepage: str = ""


@dataclass(frozen=True)
class Method:
    """How one indicator is computed; `others` are its titles in the other languages, each with its tag."""

    id: str
    code: str
    title: str
    facts: list[tuple[str, str]]
    others: list[tuple[str, str]] = field(default_factory=list)
    ratio: tuple[str, str] | None = None
    """How numerator and denominator are written with their units, where the indicator says them."""


@dataclass(frozen=True)
class RevisionRow:
    """One total, as first published and now."""

    title: str
    year: str
    before: str
    now: str
    kind: str


@dataclass(frozen=True)
class Revisions:
    """How figures were revised since they were first published."""

    policy: str
    summary: str
    rows: list[RevisionRow]


@dataclass(frozen=True)
class Term:
    """A term with its meaning; `others` are the term in the other languages, each with its tag."""

    name: str
    meaning: str
    others: list[tuple[str, str]] = field(default_factory=list)
