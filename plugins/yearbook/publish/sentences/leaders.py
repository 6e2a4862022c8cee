"""What a ranking shows: which part leads, by how much of what, or a plain heading where none may be singled out."""

from yearbook.publish.rankings import Ranking
from yearbook.publish.sentences.wording import TIME_UNITS, Subject, near
from yearbook.publish.words.changes import MIN_BASE_RECORDS
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.units import ChangeKind, Written

LARGEST_PART = N_("%(part)s accounted for %(share)s of the %(title)s in %(year)s, more than any other %(dimension)s.")
LARGEST_FOREIGN_PART = N_(
    "%(part)s accounted for %(share)s of the %(title)s with foreign partners in %(year)s, more than any other country."
)
LARGEST_SHARE = N_("%(part)s had the largest %(title)s in %(year)s, at %(value)s.")
LARGEST_SHARE_OF = N_("%(title)s, %(year)s: %(part)s had the largest share, %(value)s.")
"""Where the title itself names the dimension."""
RATES = {
    ("rate", "overall"): N_("%(part)s had the highest %(title)s in %(year)s: %(value)s, against %(total)s overall."),
    ("low", "overall"): N_("%(part)s had the lowest %(title)s in %(year)s: %(value)s, against %(total)s overall."),
    ("rate", "among"): N_(
        "%(part)s had the highest %(title)s in %(year)s of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("low", "among"): N_(
        "%(part)s had the lowest %(title)s in %(year)s of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("rate", "alone"): N_("%(part)s had the highest %(title)s in %(year)s, at %(value)s."),
    ("low", "alone"): N_("%(part)s had the lowest %(title)s in %(year)s, at %(value)s."),
    ("rate", "main"): N_(
        "Of the %(dimensions)s, %(inner)s had the highest %(title)s in %(year)s: %(value)s, against %(total)s overall."
    ),
    ("low", "main"): N_(
        "Of the %(dimensions)s, %(inner)s had the lowest %(title)s in %(year)s: %(value)s, against %(total)s overall."
    ),
    ("rate", "main alone"): N_("Of the %(dimensions)s, %(inner)s had the highest %(title)s in %(year)s, at %(value)s."),
    ("low", "main alone"): N_("Of the %(dimensions)s, %(inner)s had the lowest %(title)s in %(year)s, at %(value)s."),
}
TIMES = {
    ("rate", "overall"): N_("%(whole)s was greatest for %(inner)s in %(year)s: %(value)s, against %(total)s overall."),
    ("low", "overall"): N_("%(whole)s was smallest for %(inner)s in %(year)s: %(value)s, against %(total)s overall."),
    ("rate", "among"): N_(
        "%(whole)s was greatest for %(inner)s in %(year)s, of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("low", "among"): N_(
        "%(whole)s was smallest for %(inner)s in %(year)s, of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("rate", "alone"): N_("%(whole)s was greatest for %(inner)s in %(year)s, at %(value)s."),
    ("low", "alone"): N_("%(whole)s was smallest for %(inner)s in %(year)s, at %(value)s."),
    ("rate", "main"): N_(
        "Of the %(dimensions)s, %(inner)s had the greatest %(title)s in %(year)s: %(value)s, against %(total)s overall."
    ),
    ("low", "main"): N_(
        "Of the %(dimensions)s, %(inner)s had the smallest %(title)s in %(year)s: %(value)s, against %(total)s overall."
    ),
    ("rate", "main alone"): N_(
        "Of the %(dimensions)s, %(inner)s had the greatest %(title)s in %(year)s, at %(value)s."
    ),
    ("low", "main alone"): N_("Of the %(dimensions)s, %(inner)s had the smallest %(title)s in %(year)s, at %(value)s."),
}
"""The same of lengths of time, which are neither high nor low."""
LARGEST_CONTRIBUTION = N_(
    "%(part)s contributed %(value)s percentage points to growth of %(total)s%% in %(year)s, more than any other"
    " %(dimension)s."
)
LARGEST_DRAG = N_(
    "%(part)s took %(value)s percentage points off growth in %(year)s, more than any other %(dimension)s."
)
GROWTH_DECIMALS = 1
BY_DIMENSION = N_("%(title)s by %(dimension)s, %(year)s.")
YEAR_ALONE = N_("%(title)s, %(year)s.")


def ranked(language: Language, subject: Subject, written: Written, ranking: Ranking) -> str:
    """What a ranking shows; a plain heading where no part may be singled out."""
    common: dict[str, object] = {"title": language.inner(subject.title), "year": subject.year}
    common["dimension"], common["dimensions"] = ranking.noun, ranking.nouns
    if ranking.leader is None:
        template = YEAR_ALONE if names_dimension(subject.title, ranking.noun) else BY_DIMENSION
        return language.say(template, **{**common, "title": subject.title})
    leader = ranking.leader
    common["part"] = language.head(leader.inner)
    if ranking.finding in ("rate", "low"):
        values = {**common, "whole": subject.title, "inner": leader.inner, "value": written.full(leader.value)}
        return _extreme_rate(language, written, ranking, values)
    match ranking.finding:
        case "part":
            template = LARGEST_FOREIGN_PART if ranking.is_foreign else LARGEST_PART
            return language.say(template, **common, share=f"{language.number(100 * ranking.share, 1)}%")
        case "share":
            if names_dimension(subject.title, ranking.noun):
                common["title"] = subject.title
                return language.say(LARGEST_SHARE_OF, **common, value=written.full(leader.value))
            return language.say(LARGEST_SHARE, **common, value=written.full(leader.value))
        case "contribution":
            # As the growth itself is told elsewhere: two roundings of one figure would read as two figures.
            total = language.number(ranking.total or 0.0, GROWTH_DECIMALS)
            return language.say(
                LARGEST_CONTRIBUTION, **common, value=_plain(language, written, leader.value), total=total
            )
        case "drag":
            return language.say(LARGEST_DRAG, **common, value=_plain(language, written, leader.value))
        case _:
            raise ValueError(f"a ranking by {ranking.dimension} has a leader and nothing to say of it")


def _extreme_rate(language: Language, written: Written, ranking: Ranking, values: dict[str, object]) -> str:
    templates = TIMES if written.unit in TIME_UNITS else RATES
    if ranking.total is None:
        return language.say(templates[ranking.finding, "main alone" if ranking.is_upper else "alone"], **values)
    shape = "among" if ranking.unranked else "main" if ranking.is_upper else "overall"
    total = written.full(ranking.total)
    return language.say(templates[ranking.finding, shape], **values, total=total, least=MIN_BASE_RECORDS)


def is_worth_telling(ranking: Ranking, kind: ChangeKind) -> bool:
    """Whether a finding says something: a rate that is near to that of all does not."""
    if ranking.leader is None:
        return False
    if ranking.finding not in ("rate", "low") or ranking.total is None:
        return True
    return abs(ranking.leader.value - ranking.total) > near(kind, ranking.total)


def names_dimension(title: str, dimension: str) -> bool:
    """Whether a title itself says by which dimension it divides, so that no other need be said."""
    return dimension.lower() in title.lower()


def _plain(language: Language, written: Written, value: float) -> str:
    return language.number(abs(value), written.decimals)
