"""Which figures are marked as of low reliability on the page: rates over very few records, which one record may turn.

Not its business: what compute marks in the data, which the page shows as it is.
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.changes import MIN_BASE_RECORDS
from yearbook.publish.figures import Figure, Figures

RATES = frozenset({"ratio", "mean"})


def rests_on_few(figures: Figures, indicator: Indicator, figure: Figure) -> bool:
    """Whether a rate rests on too few records to be ranked. A share of one large whole does not."""
    is_small = figure.records is not None and figure.records < MIN_BASE_RECORDS
    if not is_small or not figure.is_known or indicator.kind not in RATES:
        return False
    return not figures.are_shares(indicator.indicator, figure.year, figure.variant)


def shown_status(figures: Figures, indicator: Indicator, figure: Figure) -> str:
    """The status that the page marks: that of the data, or U where a rate rests on few records."""
    return "U" if figure.status == "A" and rests_on_few(figures, indicator, figure) else figure.status
