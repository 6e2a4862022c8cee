"""The report's fixed words, marked for translation: chapters, dimensions, statuses, reasons, ways of measuring.

A word that is missing here is shown as its code, with spaces for underscores: a new breakdown needs no change of code.
"""

from yearbook.model.observation import FOREIGN, NOT_APPLICABLE, TOTAL, UNKNOWN
from yearbook.publish.words.language import N_

CHAPTERS = {
    "contracts": N_("Contracts"),
    "institutions": N_("Institutions"),
    "screening": N_("Screening"),
    "adaptation": N_("Local adaptation"),
    "collaboration": N_("Collaborative commercialization"),
    "commercialization": N_("From result to industrial use"),
    "talent": N_("Talent"),
    "risk": N_("Risk and incentives"),
}

DIMENSION_TITLES = {
    "partner": N_("Partner country"),
    "sector": N_("Sector"),
    "channel": N_("Channel"),
    "institution_type": N_("Type of institution"),
    "platform": N_("Platform"),
    "delivery_model": N_("Delivery model"),
    "province": N_("Province"),
    "field": N_("Field"),
    "area": N_("Area"),
    "cause": N_("Cause"),
    "course": N_("Course"),
    "type": N_("Type"),
    "tier": N_("Tier"),
    "subject": N_("Subject"),
    "approval": N_("Approval"),
    "cohort": N_("Cohort"),
    "pair": N_("Pair of standards"),
    "expected_year": N_("Expected year"),
    "stage": N_("Stage"),
    "measure": N_("Measure"),
    "mechanism": N_("Pricing mechanism"),
    "over": N_("Measured over"),
}

DIMENSION_NOUNS = {
    "partner": N_("country"),
    "sector": N_("sector"),
    "channel": N_("channel"),
    "institution_type": N_("type of institution"),
    "platform": N_("platform"),
    "delivery_model": N_("delivery model"),
    "province": N_("province"),
    "field": N_("field"),
    "area": N_("area"),
    "cause": N_("cause"),
    "course": N_("course"),
    "type": N_("type"),
    "tier": N_("tier"),
    "subject": N_("subject"),
    "approval": N_("approval"),
    "pair": N_("pair of standards"),
    "stage": N_("stage"),
    "measure": N_("measure"),
    "mechanism": N_("pricing mechanism"),
    "over": N_("what it is measured over"),
}

DIMENSION_PLURALS = {
    "partner": N_("countries"),
    "sector": N_("sectors"),
    "channel": N_("channels"),
    "institution_type": N_("types of institution"),
    "platform": N_("platforms"),
    "delivery_model": N_("delivery models"),
    "province": N_("provinces"),
    "field": N_("fields"),
    "area": N_("areas"),
    "cause": N_("causes"),
    "course": N_("courses"),
    "type": N_("types"),
    "tier": N_("tiers"),
    "subject": N_("subjects"),
    "approval": N_("approvals"),
    "pair": N_("pairs of standards"),
    "stage": N_("stages"),
    "measure": N_("measures"),
    "mechanism": N_("pricing mechanisms"),
}
SOME_PARTS = N_("groups")
"""What the parts of a dimension are called together, where it is not listed above."""

DIMENSION_PHRASES = {"over": N_("what it is measured over")}
"""What follows "by" in a title, where that is not the head of the column."""

STATUSES = {
    "A": N_("normal"),
    "B": N_("break in the series"),
    "E": N_("estimated"),
    "I": N_("imputed"),
    "P": N_("provisional"),
    "U": N_("low reliability"),
    "M": N_("not available"),
    "Q": N_("withheld to protect the parties"),
}

DERIVATIONS = {
    "percent": N_("This year's figure divided by that of the year before, less one, from unrounded figures."),
    "points": N_("This year's figure less that of the year before, in points, from unrounded figures."),
    "number": N_("This year's figure less that of the year before, from unrounded figures."),
    "change": N_(
        "This year's figure against that of the year before: in per cent of it, or, of what is a per cent itself, in "
        "points; from unrounded figures."
    ),
    "share": N_("The figure divided by that of the whole, from unrounded figures."),
    "rank": N_("A rank counts from the largest value down; it says nothing of better or worse."),
}
"""How what stands beside a figure follows from figures, by the kind of its column (`anchors.Head`)."""

FLAGS = {"B": "b", "E": "e", "I": "i", "P": "p", "U": "u", "M": "x", "Q": "c"}
"""What stands in square brackets in tables."""
NOT_TOLD_FLAG = "n"
"""The mark of a change without a direction: no status, as it is that of no figure."""
NOT_TOLD = N_("not told as a rise or a fall: the difference may be chance, or a figure is of low reliability")

LOW = {
    "field_missing": N_("too many of the records lack the value"),
    "few_records": N_("the figure rests on fewer than 10 records, one of which may turn it"),
}
"""Why a figure is of low reliability."""

REASONS = {
    "field_missing": N_("the sources do not deliver a field that is needed"),
    "none_stated": N_("no record states a usable value"),
    "no_source": N_("no source delivers the records that are needed"),
    "no_records": N_("there are no records"),
    "small_base": N_("there are too few records"),
    "zero_base": N_("what is to be compared with is zero"),
    "mixed_units": N_("the parts are in different units, which do not add up"),
    "not_yet_observed": N_("the period has not ended yet"),
    "few_records": LOW["few_records"],
    "withdrawn_base": N_("the earlier edition to be compared with was withdrawn"),
}
"""Why there is no figure. Each stands alone, after a colon and after "because", of one figure and of many."""

BREAKDOWN_VALUES = {
    "scope=national_register": N_("national register"),
    "direction=output": N_("output, by the seller's province"),
    "direction=input": N_("input, by the buyer's province"),
    "basis=real": N_("at constant prices"),
    "basis=matched": N_("institutions present in both years"),
    "basis=constant_rates": N_("at constant exchange rates"),
    "part=entry": N_("from institutions that entered"),
    "part=exit": N_("from institutions that left"),
    "part=continuing": N_("from institutions that stayed"),
    "statistic=mean": N_("mean"),
    "statistic=median": N_("median"),
    "statistic=lower_quartile": N_("lower quartile"),
    "statistic=upper_quartile": N_("upper quartile"),
    "statistic=maximum": N_("maximum"),
    "statistic=baseline": N_("baseline"),
    "statistic=lower_95": N_("95% interval, lower end"),
    "statistic=upper_95": N_("95% interval, upper end"),
    "basis=reported": N_("as reported, without imputation"),
}
BREAKDOWN_TEMPLATES = {
    "institution": N_("Institution: %(value)s"),
    "technology": N_("Technology: %(value)s"),
}
"""How a value without a name of its own is told, by the name of its breakdown."""


def variant_order(variant: str) -> tuple[object, ...]:
    """Where a way of measuring stands among others: in the order above, then by its name."""
    known = list(BREAKDOWN_VALUES)
    places = [known.index(pair) if pair in known else len(known) for pair in variant.split(";")]
    return (len(places), places, variant)


PRINTED = "scope=national_register"
"""Totals that the register prints: their number of records is that of the contracts behind them."""

COMMON_CODES = {
    TOTAL: N_("all of a dimension; as a breakdown, the ordinary way of measuring"),
    FOREIGN: N_("all foreign partners"),
    UNKNOWN: N_("the record does not say"),
    NOT_APPLICABLE: N_("the dimension does not apply to the indicator"),
}
"""Codes that every dimension of the data files may hold."""


def is_printed(variant: str) -> bool:
    """Whether figures measured in this way are totals as printed by the register."""
    return PRINTED in variant.split(";")


SEVERITIES = {
    "critical": N_("critical: the record is held"),
    "warning": N_("warning: the record counts"),
    "info": N_("note: the record counts"),
}

OWN_TERMS = {
    ("delivery_model", "dual_base"): (
        N_("Dual base"),
        N_(
            "A project with a base in each of two countries: research and development at home, adaptation, production "
            "and training at the partner's."
        ),
    ),
}
"""Terms that are explained only where a report has a figure for the code."""

GLOSSARY = (
    (
        N_("Technology transfer"),
        N_(
            "Knowledge or rights pass from one party to another by a contract: development, assignment, licence, "
            "consulting, service, or equity in return for technology."
        ),
    ),
    (
        N_("Commercialization"),
        N_(
            "The whole road from a result of research to its industrial use. A transfer is one event; a "
            "commercialization is a history with stages."
        ),
    ),
    (
        N_("Ratio of sums"),
        N_(
            "A share or rate is the sum of its numerators over the sum of its denominators, never a mean of "
            "ratios. A record that lacks the numerator leaves both sums."
        ),
    ),
    (
        N_("Percentage point"),
        N_("The unit of the difference between two percentages. From 30% to 33% is a rise of 3 percentage points."),
    ),
    (
        N_("Growth"),
        N_(
            "The change on the year before (year on year): in per cent of that year's figure, or in percentage points "
            "where the figure is itself a percentage."
        ),
    ),
    (
        N_("Contribution to growth"),
        N_(
            "The change of one part over the last year's total, in percentage points. The contributions of all "
            "parts of one level add up to the growth of the total."
        ),
    ),
    (
        N_("Foreign partner"),
        N_("Any partner outside the home country and its home areas."),
    ),
    (
        N_("Not stated"),
        N_("The record does not say. Such records are a part of their own, so that parts add up to the total."),
    ),
    (
        N_("Accepted, held, excluded, superseded"),
        N_(
            "Accepted records count. Held ones break a critical rule and wait for a decision. Excluded ones were "
            "cancelled, or set aside by a decision. Superseded ones are older versions of a record. Together they are "
            "all that were received."
        ),
    ),
    (
        N_("Coverage"),
        N_("How much of what a figure speaks of its records show: which offices reported, and which years and fields."),
    ),
    (
        N_("Confidence"),
        N_("High, medium or low, judged by the same rules for every figure; what lowers it is said beside it."),
    ),
    (
        N_("Constant prices"),
        N_("Values of all years in the prices of one year, so that a change is one of quantity and not of prices."),
    ),
    (
        N_("Screening of projects"),
        N_(
            "The examination of a project before it starts. It passes where the technology is ready, wanted and "
            "compatible with local standards, by thresholds that the programme sets."
        ),
    ),
    (
        N_("Local content"),
        N_("What projects buy in the country where they work, as a share of all that they buy, by value."),
    ),
    (
        N_("Technology manager"),
        N_("A person certified to bring technology from its makers to its users."),
    ),
    (
        N_("Technology readiness level"),
        N_("How mature a technology is, from 1 (a principle observed) to 9 (proven in use)."),
    ),
)
