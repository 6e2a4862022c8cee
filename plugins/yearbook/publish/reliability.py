"""Which figures no sentence singles out: rates over very few records, which one record may turn.

Not its business: the mark of such a figure, which stands in the data (`compute.reliability`).
"""

from yearbook.compute.reliability import RATES
from yearbook.model.indicator import Indicator
from yearbook.publish.figures import Figure, Figures
from yearbook.publish.words.changes import MIN_BASE_RECORDS


def rests_on_few(figures: Figures, indicator: Indicator, figure: Figure) -> bool:
    """Whether a rate rests on too few records to be ranked. A share of one large whole does not."""
    is_small = figure.records is not None and figure.records < MIN_BASE_RECORDS
    if not is_small or not figure.is_known or indicator.kind not in RATES:
        return False
    return not figures.are_shares(indicator.indicator, figure.year, figure.variant)
