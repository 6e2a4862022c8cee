"""What the templates are given: finished texts in one language, nothing left to compute.

Those of the last chapters are in `closing_view`.
"""

from dataclasses import dataclass, field

from yearbook.publish.charts.drawing import Drawing
from yearbook.publish.closing_view import Comparators, Method, Quality, Revisions, SourceView, Term


@dataclass(frozen=True)
class Row:
    """One line of a table: its head and its cells. `rank` is total, part, sub (of the part above it) or group."""

    head: str
    cells: list[str]
    rank: str = "part"


@dataclass(frozen=True)
class Table:
    """A table: `columns` are the heads of all columns, the first that of the row heads; `label` is its title's end.

    `is_open`: it is what its section is for, and never folded. `download` is empty where the page does not carry it.
    """

    id: str
    number: str
    is_open: bool
    title: str
    label: str
    columns: list[str]
    rows: list[Row]
    notes: list[str]
    download_name: str
    download: str


@dataclass(frozen=True)
class Quote:
    """A sentence ready to be quoted, with the line that says where it comes from."""

    sentence: str
    source: str


@dataclass(frozen=True)
class Exhibit:
    """One finding: a chart with its table, or a table alone (`drawing` None).

    `sentence` is what the chart shows, where it shows anything; `finding` the same where it may be a main point.
    """

    id: str
    title: str
    subtitle: str
    legend: str
    table: Table
    drawing: Drawing | None = None
    over_years: Drawing | None = None
    finding: str | None = None
    sentence: str = ""
    quote: Quote | None = None

    @property
    def drawings(self) -> dict[str, Drawing]:
        """Its charts by the ids of their pictures."""
        named = {self.id: self.drawing, f"{self.id}-years": self.over_years}
        return {name: drawing for name, drawing in named.items() if drawing}


@dataclass(frozen=True)
class Section:
    """One indicator."""

    id: str
    code: str
    title: str
    definition: str
    lead: str
    caveats: str
    exhibits: list[Exhibit]
    is_experimental: bool = False
    parameters: list[tuple[str, str]] = field(default_factory=list)

    @property
    def charted(self) -> list[Exhibit]:
        """Exhibits with a chart."""
        return [exhibit for exhibit in self.exhibits if exhibit.drawing]

    @property
    def tables(self) -> list[Exhibit]:
        """Exhibits that are a table alone, to be folded."""
        return [exhibit for exhibit in self.exhibits if not exhibit.drawing and not exhibit.table.is_open]

    @property
    def open_tables(self) -> list[Exhibit]:
        """Exhibits that are a table alone, and shown as it is."""
        return [exhibit for exhibit in self.exhibits if not exhibit.drawing and exhibit.table.is_open]


@dataclass(frozen=True)
class OverviewRow:
    """One indicator in its chapter's overview: the total as written, and how it compares with the year before."""

    id: str
    title: str
    link: str
    value: str
    change: str
    mark: str
    is_experimental: bool


@dataclass(frozen=True)
class Chapter:
    """A stretch of the road, with its indicators. `notes` explain marks, `missing` say what there is no figure of."""

    id: str
    name: str
    number: int
    title: str
    sections: list[Section]
    overview: list[OverviewRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[Section]:
        """Sections with more to show than the total in the overview."""
        return [section for section in self.sections if section.exhibits]


@dataclass(frozen=True)
class Card:
    """One key figure. `arrow` is ▲, ▼, ■ or empty; `change` says in words what the arrow shows."""

    title: str
    value: str
    arrow: str
    change: str
    note: str
    status: str
    link: str
    link_title: str
    beside: list[str] = field(default_factory=list)
    is_experimental: bool = False
    confidence: str = ""
    quote: Quote | None = None


@dataclass(frozen=True)
class Point:
    """One sentence of page one, with the place that shows it; `link` is empty where there is none."""

    sentence: str
    link: str
    link_title: str
    quote: Quote | None = None


@dataclass(frozen=True)
class Banner:
    """What stands on top of every page: simulated records, or an edition that is not protected."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class Note:
    """Something that was said on a day."""

    date: str
    text: str


@dataclass(frozen=True)
class Cover:
    """What stands under the title: facts in their order, whom to ask; above all else the errata.

    `unsigned` stands at the end of the report: that nobody had to sign it.
    """

    facts: list[str]
    contact_name: str
    contact_email: str
    errata: list[Note]
    unsigned: str = ""


@dataclass(frozen=True)
class ProfileLink:
    """One profile in the report's list of them."""

    name: str
    address: str
    cells: list[str]
    rank: str = "part"


@dataclass(frozen=True)
class ProfileList:
    """The profiles of one dimension: `columns` are the heads of the cells."""

    id: str
    title: str
    columns: list[str]
    links: list[ProfileLink]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """One report in one language."""

    tag: str
    title: str
    year: int
    publisher: str
    status: str
    released: str
    cover: Cover
    notices: list[Banner]
    banner: Banner | None
    cards: list[Card]
    points: list[Point]
    chapters: list[Chapter]
    comparators: Comparators | None
    quality: Quality
    sources: list[SourceView]
    references: list[SourceView]
    methods: list[Method]
    glossary: list[Term]
    flags: list[tuple[str, str]]
    codes: list[tuple[str, str, str]]
    notes: list[str]
    since: list[str]
    limits: list[Point]
    confidence: list[str]
    change_rules: list[str]
    revisions: Revisions
    profiles: list[ProfileList]
    citation: str
    naming: str
    accessibility: list[str]
    marks_told: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    licence: str = ""

    @property
    def marks(self) -> list[Banner]:
        """What stands above everything, on the page and on every printed one."""
        return [*self.notices, *([self.banner] if self.banner else [])]

    @property
    def drawings(self) -> dict[str, Drawing]:
        """All charts by exhibit."""
        exhibits = (
            exhibit for chapter in self.chapters for section in chapter.sections for exhibit in section.exhibits
        )
        return {name: drawing for exhibit in exhibits for name, drawing in exhibit.drawings.items()}
