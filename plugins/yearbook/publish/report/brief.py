"""Page one: four to six key figures and at most six main points."""

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against_last_year
from yearbook.publish.anchors import Cell, Sentence
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.report.abroad import first_abroad
from yearbook.publish.report.outline import PlannedSection
from yearbook.publish.sentences.over_time import among_years, growth, year_on_year
from yearbook.publish.sentences.wording import Subject, has_prices
from yearbook.publish.view import Chapter, Exhibit, Point

LEAST_CARDS, MOST_CARDS = 4, 6
MOST_POINTS = 6
KEY_FIGURES = (
    "contract_value", "contract_count", "active_institutions", "transfer_staff", "screening_pass_rate",
    "screening_score", "adaptation_cycle", "adaptation_cost_share", "local_content_share", "technicians_trained",
    "commercialization_rate", "commercialization_project_count", "cross_border_managers", "certified_managers",
    "insurance_compensation_ratio", "disputes_handled",
)  # fmt: skip
"""Our own: what may stand in for a key figure whose chapter an office leaves out, two of each chapter."""
MATCHED = "basis=matched"


def lead_sentence(context: Context, section: PlannedSection) -> str:
    """The sentence that opens an indicator's section: its total and how it changed."""
    indicator = section.indicator
    now = context.figures.total(indicator.indicator, context.year, section.variant)
    if context.figures.are_shares(indicator.indicator, context.year, section.variant):
        return ""
    if now is None or not now.is_known or now.value is None or indicator.kind == "contribution":
        return ""
    written = context.units.for_sentence(context.unit(indicator, now.unit), now.value or 0.0, indicator.decimals)
    subject = Subject(context.title(indicator, section.variant), context.year, has_prices(indicator, now.unit))
    if indicator.kind == "growth":
        told = growth(context.language, subject, written, now.value, matched_of(context, indicator))
        return Sentence.of(told, Cell.of(written.full(now.value), now))
    change = against_last_year(context, now)
    if indicator.base == "earlier_years":
        series = context.figures.series(indicator.indicator, section.variant)
        shown = [figure.year for figure in series if figure.is_known]
        return among_years(context.language, subject, written, now, change, shown)
    return year_on_year(context.language, subject, written, now, change)


def matched_of(context: Context, indicator: Indicator) -> float | None:
    """The growth of the institutions that were there in both years, where it is known."""
    figure = context.figures.total(indicator.indicator, context.year, MATCHED)
    return figure.value if figure is not None and figure.is_known else None


def has_own_total(context: Context, section: PlannedSection) -> bool:
    """Whether the total says something: of shares of one whole, and of contributions, it does not."""
    code, kind = section.indicator.indicator, section.indicator.kind
    return kind != "contribution" and not context.figures.are_shares(code, context.year, section.variant)


def headline(context: Context, sections: list[PlannedSection]) -> list[str]:
    """Codes of the key figures: the programme's own list, or the first indicators that have a total.

    A key figure of a chapter that the office leaves out is not told; where that leaves too few, our own stand in, in
    the order of the office's chapters.
    """
    named = list(context.material.key_figures)[:MOST_CARDS]
    chapters = {one.indicator: one.chapter for one in context.material.indicators}
    told = [code for code in named if chapters.get(code) in context.chapters]
    with_total = [section.indicator.indicator for section in sections if key_total(context, section) is not None]
    if not named:
        return with_total[:MOST_CARDS]
    if told == named:
        return told
    order = {name: place for place, name in enumerate(context.chapters)}
    ours = sorted((code for code in KEY_FIGURES if code in with_total), key=lambda code: order[chapters[code]])
    return list(dict.fromkeys([*told, *ours]))[: max(LEAST_CARDS, len(told))]


def key_total(context: Context, section: PlannedSection) -> Figure | None:
    """The total that a key figure shows, or None where it says nothing."""
    code = section.indicator.indicator
    total = context.figures.total(code, context.year, section.variant)
    is_told = (
        total is not None and total.is_known and not context.figures.are_shares(code, context.year, section.variant)
    )
    return total if is_told else None


def make_points(context: Context, sections: list[PlannedSection], chapters: list[Chapter], summary: str) -> list[Point]:
    """The main points: the first key figure, the first partner abroad, what charts found, then the records."""
    views = {section.code: section for chapter in chapters for section in chapter.sections}
    points: list[Point] = []
    by_code = {section.indicator.indicator: section for section in sections}
    abroad = first_abroad(context, [by_code[code] for code in headline(context, sections) if code in by_code], views)
    for code in _telling_order(context, sections):
        view = views[code]
        if not points and view.lead and view.exhibits:
            points.append(Point(view.lead, *_link(context, view.exhibits[0])))
            if abroad:
                points.append(Point(abroad[0], *_link(context, abroad[1])))
        found = [one for one in view.charted if one.finding and not (abroad and one.id == abroad[1].id)]
        points += [Point(one.finding or "", *_link(context, one)) for one in found[:1]]
    most = MOST_POINTS - 1 if summary else MOST_POINTS
    last = [Point(summary, "#quality", context.language.say("Quality of the data"))] if summary else []
    return points[:most] + last


def _telling_order(context: Context, sections: list[PlannedSection]) -> list[str]:
    """Codes with key figures first (a growth is told by its contributions) and mere counts last."""
    kinds = {section.indicator.indicator: section.indicator.kind for section in sections}
    contributions = [code for code, kind in kinds.items() if kind == "contribution"]
    key_figures: list[str] = []
    for code in headline(context, sections):
        key_figures += [code, *(contributions if kinds.get(code) == "growth" else [])]
    ordered = [code for code in dict.fromkeys([*key_figures, *kinds]) if code in kinds]
    return sorted(ordered, key=lambda code: kinds[code] == "count")


def _link(context: Context, exhibit: Exhibit) -> tuple[str, str]:
    number = exhibit.table.number
    if exhibit.drawing:
        return f"#{exhibit.id}", context.language.say("Figure %(number)s", number=number)
    return f"#{exhibit.table.id}", context.language.say("Table %(number)s", number=number)
