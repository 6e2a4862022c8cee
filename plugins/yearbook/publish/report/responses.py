"""Who did not report, what that leaves uncovered, and which totals are imputed in part.

Not its business: whose reports are missing, which no public page names.
"""

from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.language import N_

LOST_COVERAGE = "non_response_lost_coverage"
MEASURE = "measure"
REPORTED = "basis=reported"
COMPLETE = N_("All %(all)s institutions that reported for %(before)s reported for %(year)s.")
COUNTED = N_("%(missing)s of the %(all)s institutions that reported for %(before)s did not report for %(year)s.")
LOST = N_("The institutions that reported for %(before)s and not for %(year)s had held %(value)s of %(measure)s.")
IMPUTED = N_(
    "%(title)s came to %(value)s with what is imputed for institutions that did not report, and to %(reported)s as"
    " reported."
)
IMPUTED_ALONE = N_("%(title)s came to %(value)s with what is imputed for institutions that did not report.")


def make_responses(context: Context) -> list[str]:
    """A sentence for each kind of lost coverage and for each total that is imputed."""
    return [*_lost(context), *_imputed(context)]


def make_counted(context: Context) -> list[str]:
    """How many institutions did not report, where some did not."""
    total = context.figures.total(LOST_COVERAGE, context.year)
    return _counted(context) if total is not None and total.numerator else []


def _lost(context: Context) -> list[str]:
    folder = context.material.recipe.indicators.get(LOST_COVERAGE)
    if folder is None:
        return []
    names, decimals = context.names.of(folder.definition), folder.definition.decimals
    parts = context.figures.parts(LOST_COVERAGE, context.year, MEASURE)
    counted = _counted(context)
    total = context.figures.total(LOST_COVERAGE, context.year)
    if total is None or not total.numerator:
        return counted
    return counted + [
        context.language.say(
            LOST,
            before=context.year - 1,
            year=context.year,
            measure=context.language.inner(names.name(MEASURE, code)),
            value=_write(context, figure, decimals),
        )
        for code, figure in sorted(parts.items())
        if figure.is_known
    ]


def _counted(context: Context) -> list[str]:
    total = context.figures.total(LOST_COVERAGE, context.year)
    if total is None or total.numerator is None or total.denominator is None:
        return []
    if not total.numerator:
        everyone = context.language.number(total.denominator, 0)
        return [context.language.say(COMPLETE, all=everyone, before=context.year - 1, year=context.year)]
    missing, everyone = (context.language.number(value, 0) for value in (total.numerator, total.denominator))
    return [context.language.say(COUNTED, missing=missing, all=everyone, before=context.year - 1, year=context.year)]


def _imputed(context: Context) -> list[str]:
    sentences = []
    for indicator in context.material.indicators:
        total = context.figures.total(indicator.indicator, context.year)
        if total is None or total.status != "I" or not total.is_known:
            continue
        reported = context.figures.total(indicator.indicator, context.year, REPORTED)
        values = {
            "title": indicator.title.get(context.language.tag),
            "value": _write(context, total, indicator.decimals),
        }
        if reported is not None and reported.is_known:
            values["reported"] = _write(context, reported, indicator.decimals)
        template = IMPUTED if "reported" in values else IMPUTED_ALONE
        sentences.append(context.language.say(template, **values))
    return sentences


def _write(context: Context, figure: Figure, decimals: int) -> str:
    value = figure.value or 0.0
    return context.units.for_sentence(figure.unit, value, decimals).full(value)
