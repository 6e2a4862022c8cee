"""Where published figures differ, in words: sources from each other, and official figures from the computed ones.

Not its business: which differ (`comparison`), and the verdict on each (`comparators`).
"""

from collections.abc import Iterable, Sequence

from yearbook.model.comparator import Comparator
from yearbook.publish.comparison import Comparison, disagreements, official_differences
from yearbook.publish.figures import split_breakdown
from yearbook.publish.words.comparators import Teller
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import is_printed

OFFICIAL_DIFFERS = N_(
    "The official figure of %(figure)s differs from the computed one, and is shown, not judged: %(values)s."
)
OFFICIAL_YEAR = N_("%(year)s: %(value)s, computed %(computed)s")
OFFICIAL_DIFFERS_PRINTED = N_(
    "The official figure of %(figure)s differs from the total that the register prints, and is shown, not judged:"
    " %(values)s."
)
OFFICIAL_YEAR_PRINTED = N_("%(year)s: %(value)s, printed %(computed)s")
OFFICIAL_OF_YEAR = N_(
    "%(title)s, %(year)s: this report has %(computed)s. The official figure, %(official)s (%(source)s), differs; it is"
    " shown for comparison only and does not affect the confidence ratings."
)
OFFICIAL_OF_YEAR_PRINTED = N_(
    "%(title)s, %(year)s: the total that the register prints is %(computed)s, and no sum of records. The official"
    " figure, %(official)s (%(source)s), differs; it is shown for comparison only and does not affect the confidence"
    " ratings."
)
OFFICIAL_BESIDE_RECORDS = N_(
    "%(title)s, %(year)s: the records of this report come to %(records)s, which is %(share)s%% of the total that the"
    " register prints, %(computed)s. The official figure, %(official)s (%(source)s), differs; it is shown for"
    " comparison only and does not affect the confidence ratings."
)
"""How three totals stand to each other: of the records, as the register prints it, and the official one."""
DISAGREE = N_("Sources differ on %(figure)s, %(year)s: %(values)s.")
IN_SOURCE = N_("%(value)s (%(source)s)")
OFFICIAL_SOURCE = N_("%(value)s (%(source)s; official)")


def tell_disagreements(teller: Teller, comparisons: list[Comparison]) -> list[str]:
    """Where sources differ from each other, and where an official one differs from the computed figure."""
    between = [_tell_disagreement(teller, same) for same in disagreements(comparisons)]
    return [*between, *tell_official(teller, comparisons)]


def tell_official(teller: Teller, comparisons: list[Comparison]) -> list[str]:
    """Where an official figure that is shown, and not judged, differs from the computed one."""
    return [_tell_official_difference(teller, same) for same in find_official(teller, comparisons)]


def find_official(teller: Teller, comparisons: Iterable[Comparison]) -> list[list[Comparison]]:
    """The official figures that differ, by figure, but for those that read the same as they are written."""
    return official_differences(one for one in comparisons if not teller.reads_equal(one))


def _tell_disagreement(teller: Teller, same: Sequence[Comparison]) -> str:
    """That sources differ on one figure, each with its value, and which is official."""
    values = [
        teller.language.say(
            OFFICIAL_SOURCE if one.comparator.is_official else IN_SOURCE,
            value=teller.published(one.comparator),
            source=one.comparator.document.get(teller.language.tag),
        )
        for one in same
    ]
    first = same[0].comparator
    return teller.language.say(
        DISAGREE,
        figure=teller.language.inner(teller.figure(first)),
        year=first.year,
        values=teller.language.enumerate(values),
    )


def _tell_official_difference(teller: Teller, same: Sequence[Comparison]) -> str:
    """That the official figure differs from the computed one, year by year."""
    has_printed = _has_printed(same[0].comparator)
    sentence = OFFICIAL_DIFFERS_PRINTED if has_printed else OFFICIAL_DIFFERS
    line, values = OFFICIAL_YEAR_PRINTED if has_printed else OFFICIAL_YEAR, []
    for one in same:
        computed = teller.written(one.comparator).full(one.computed or 0.0)
        value = teller.published(one.comparator)
        values.append(teller.language.say(line, year=one.comparator.year, value=value, computed=computed))
    figure = teller.language.inner(teller.figure(same[0].comparator))
    return teller.language.say(sentence, figure=figure, values=teller.language.listed(values))


def tell_official_of_year(teller: Teller, one: Comparison, records: float | None) -> str:
    """One official figure beside the one that is held against it: what each is, and how large.

    `records` is what the report's own records come to, where the figure held against it is the register's.
    """
    comparator, computed = one.comparator, one.computed or 0.0
    written = teller.written(comparator)
    told: dict[str, object] = {
        "year": comparator.year,
        "source": comparator.document.get(teller.language.tag),
        "official": teller.published(comparator),
        "computed": written.full(computed),
    }
    if not _has_printed(comparator):
        return teller.language.say(OFFICIAL_OF_YEAR, **told, title=teller.figure(comparator))
    if records is None or computed <= 0 or teller.units.get(comparator.unit).change != "percent":
        return teller.language.say(OFFICIAL_OF_YEAR_PRINTED, **told, title=teller.title(comparator))
    share = teller.language.number(100 * records / computed, 1)
    told |= {"records": written.full(records), "share": share, "title": teller.title(comparator)}
    return teller.language.say(OFFICIAL_BESIDE_RECORDS, **told)


def _has_printed(comparator: Comparator) -> bool:
    """Whether what is held against it is a total as the register prints it, and none of the records."""
    return is_printed(split_breakdown(comparator.key[3])[0])
