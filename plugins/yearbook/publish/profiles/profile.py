"""A profile: one partner or sector on one page, for those who prepare a visit or a programme.

Not its business: which parts have one (`parts`), and files (`pages`).
"""

from collections.abc import Iterator
from dataclasses import replace

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against, mark_years
from yearbook.publish.anchors import Cell, Head, asked_at_mark, flagged
from yearbook.publish.charts.drawing import Columns, Point
from yearbook.publish.charts.vega import fit_columns
from yearbook.publish.context import Context, slug, stem
from yearbook.publish.figures import Figure
from yearbook.publish.profiles.cards import make_profile_cards, subject_of, tell_part
from yearbook.publish.profiles.parts import FOLDERS, PAIR, address_of, crossed_parts, lead_indicator, profiled
from yearbook.publish.profiles.rows import Ranks, columns, make_groups, make_methods, make_notes, part_of, written_of
from yearbook.publish.profiles.view import Division, Profile, Share
from yearbook.publish.report.cover import make_cover, make_notices
from yearbook.publish.report.document import edition_status, make_banner, make_quoting
from yearbook.publish.sentences.over_time import over_years
from yearbook.publish.tables.cells import write_cell, write_change, write_share, written_for, year_head
from yearbook.publish.tables.flags import Flags, tell_not_told
from yearbook.publish.words.language import N_
from yearbook.publish.words.units import Written

LEAST_YEARS = 3
MOST_LINES = 10
SERIES = N_("%(title)s, %(unit)s, %(first)s–%(last)s.")
BY_OTHER = N_("%(title)s by %(dimension)s, %(year)s")
FIRST_LINES = N_("The %(shown)s largest of %(of)s.")


class Profiler:
    """What all profiles of one language share, found once: the cover, the marks, the ranks.

    `languages` are the tags and own names of all languages of the edition.
    """

    def __init__(self, context: Context, languages: list[tuple[str, str]]) -> None:
        self.context = context
        self.languages = languages
        self.lead = lead_indicator(context.material.recipe)
        self.cover = make_cover(context, edition_status(context))
        self.notices = make_notices(context)
        self.banner = make_banner(context)
        self.quoting = make_quoting(context)
        self.ranks = Ranks(context)

    def every(self) -> Iterator[Profile]:
        """All profiles, partners before sectors."""
        for dimension in FOLDERS:
            for code in profiled(self.context, dimension):
                yield make_profile(self, dimension, code)


def make_profile(shared: Profiler, dimension: str, code: str) -> Profile:
    """Make one profile."""
    context, lead = shared.context, shared.lead
    programme, tag = context.material.recipe.programme, context.language.tag
    figure = part_of(context, lead, dimension, code) if lead else None
    if lead is None or figure is None:
        raise ValueError(f"{dimension} {code} has no leading figure, so no profile")
    known = _known_years(context, figure)
    drawing, subtitle = _series(context, lead, figure, known)
    identity = slug("profile", dimension, stem(code))
    return Profile(
        address=address_of(dimension, code, tag),
        name=context.names.name(dimension, code),
        name_in_sentence=context.names.in_sentence(dimension, code),
        kind=context.dimension_title(dimension),
        tag=tag,
        year=context.year,
        report_title=programme.title.get(tag),
        publisher=programme.publisher.get(tag),
        cover=shared.cover,
        notices=shared.notices,
        banner=shared.banner,
        lead=tell_part(context, lead, figure),
        cards=make_profile_cards(context, dimension, code, shared.quoting),
        picture=identity,
        drawing=drawing,
        drawing_subtitle=subtitle,
        drawing_legend=mark_years(context, [one.year for one in known]),
        series=[_series_line(context, lead, one) for one in known],
        columns=columns(context, dimension),
        groups=make_groups(context, dimension, code, shared.ranks),
        notes=make_notes(context, dimension, code),
        division=_division(context, lead, figure),
        methods=make_methods(context, dimension, code),
        languages=[(one, name, address_of(dimension, code, one).rpartition("/")[2]) for one, name in shared.languages],
        back=f"../{tag}.html#{FOLDERS[dimension]}",
    )


def _known_years(context: Context, figure: Figure) -> list[Figure]:
    years = range(context.year - MOST_LINES, context.year + 1)
    parts = (context.figures.part(figure.indicator, year, figure.dimension, figure.code) for year in years)
    return [one for one in parts if one is not None and one.is_known]


def _series_line(context: Context, lead: Indicator, figure: Figure) -> tuple[str, str]:
    value = written_of(context, lead, figure).full(figure.value or 0.0)
    return year_head(context, figure.year), Cell.of(flagged(value, figure), figure)


def _series(context: Context, lead: Indicator, figure: Figure, known: list[Figure]) -> tuple[Columns | None, str]:
    """The leading sum over the years, where there are enough and they fit side by side."""
    if len(known) < LEAST_YEARS:
        return None, ""
    values = [(one.year, one.value or 0.0) for one in known]
    unit = context.unit(lead, figure.unit)
    written = context.units.for_years(unit, [value for _, value in values], lead.decimals)
    points = [
        Point(one.year, str(one.year), value, written.short(value), asked_at_mark(one, written))
        for one, (_, value) in zip(known, values, strict=True)
    ]
    subject = subject_of(context, lead, figure)
    full = context.units.for_sentence(unit, values[-1][1], lead.decimals)
    change = against(context, known[-1], known[0])
    told = over_years(context, subject, full, known, change)
    title = context.language.title(told)
    span = {"first": values[0][0], "last": values[-1][0]}
    subtitle = context.language.say(SERIES, title=subject.title, unit=written.label, **span)
    return (Columns(title, subtitle, points), subtitle) if fit_columns(points) else (None, "")


def _division(context: Context, lead: Indicator, figure: Figure) -> Division | None:
    """The leading sum by the other dimension, its largest parts of one level."""
    other = next(one for one in PAIR if one != figure.dimension)
    parts = crossed_parts(context, lead, figure.dimension, figure.code, context.year)
    before = crossed_parts(context, lead, figure.dimension, figure.code, context.year - 1)
    codes = [code for code in context.names.rankable(other, parts) if parts[code].is_known]
    # Where one is withheld, the order of the others would tell between which it lies.
    if len(codes) < 2 or any(part.status == "Q" for part in parts.values()):
        return None
    codes.sort(key=lambda code: (-(parts[code].value or 0.0), code))
    shown = [parts[code] for code in codes[:MOST_LINES]]
    written, flags = _written_as_whole(context, lead, figure, shown), Flags(context, lead, shown)
    say = context.language.say
    changes = {code: against(context, parts[code], before.get(code)) for code in codes[:MOST_LINES]}
    rows = [
        Share(
            context.names.name(other, code),
            [
                write_cell(parts[code], written, flags),
                write_change(context, written, changes[code], has_unit=False),
                write_share(context, parts[code], figure),
            ],
        )
        for code in codes[:MOST_LINES]
    ]
    subject, dimension = subject_of(context, lead, figure), context.dimension_phrase(other, lead)
    heads = [context.dimension_title(other, lead), say("%(year)s, %(unit)s", year=context.year, unit=written.label)]
    number = context.language.number
    cut = [say(FIRST_LINES, shown=number(len(shown), 0), of=number(len(codes), 0))] if len(codes) > len(shown) else []
    return Division(
        title=say(BY_OTHER, title=subject.title, dimension=dimension, year=context.year),
        columns=[*heads, Head.of("percent", say("Change, %")), Head.of("share", say("Share of total, %"))],
        rows=rows,
        notes=[*flags.notes(), *tell_not_told(context, changes.values()), *cut],
    )


def _written_as_whole(context: Context, lead: Indicator, whole: Figure, shown: list[Figure]) -> Written:
    """The scale of the headline, where the largest part is one in it or more and none rounds to nothing."""
    written, own = written_of(context, lead, whole), written_for(context, lead, shown)
    values = [value / written.scale.factor for part in shown if (value := part.value)]
    decimals = max(1, written.decimals)
    is_coarser = written.scale.factor > own.scale.factor
    if is_coarser and values and max(values) >= 1 and round(min(values), decimals) > 0:
        return replace(written, decimals=decimals)
    return own
