"""What the template of a profile is given: finished texts in one language."""

from dataclasses import dataclass

from yearbook.publish.charts.drawing import Drawing
from yearbook.publish.closing_view import Method
from yearbook.publish.view import Banner, Card, Cover


@dataclass(frozen=True)
class ProfileRow:
    """One indicator: `id` is the permanent name of its figure, `link` leads to its method in the report."""

    id: str
    title: str
    link: str
    cells: list[str]


@dataclass(frozen=True)
class ProfileGroup:
    """The indicators of one chapter."""

    title: str
    rows: list[ProfileRow]


@dataclass(frozen=True)
class Share:
    """One line of how the leading sum divides: head and cells."""

    head: str
    cells: list[str]


@dataclass(frozen=True)
class Division:
    """How the leading sum of a part divides by the other dimension."""

    title: str
    columns: list[str]
    rows: list[Share]
    notes: list[str]


@dataclass(frozen=True)
class Profile:
    """One partner or sector in one year, in one language."""

    address: str
    name: str
    name_in_sentence: str
    kind: str
    tag: str
    year: int
    report_title: str
    publisher: str
    cover: Cover
    notices: list[Banner]
    banner: Banner | None
    lead: str
    cards: list[Card]
    picture: str
    drawing: Drawing | None
    drawing_subtitle: str
    drawing_legend: str
    series: list[tuple[str, str]]
    """The chart's figures as its folded table has them: year and value."""
    columns: list[str]
    groups: list[ProfileGroup]
    notes: list[str]
    division: Division | None
    methods: list[Method]
    languages: list[tuple[str, str, str]]
    back: str

    @property
    def marks(self) -> list[Banner]:
        """What stands above everything."""
        return [*self.notices, *([self.banner] if self.banner else [])]
