"""The cumulative incidence of an event against time, where a competing event may come first and observation may end.

Aalen–Johansen; without competing events it is 1 − Kaplan–Meier. The variance is the delta method's (Dinse and Larson
1986; Marubini and Valsecchi 1995, equation 10.12), which is Greenwood's where nothing competes, and that of a share,
F(1 − F)/n, where nothing is censored. Limits are of 95 %, by log(−log(1 − F)), so that they stay between 0 and 1.
Not its business: what the event is, which points of the curve are published.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

EVENT, COMPETING, CENSORED = "event", "competing", "censored"
EVENTS = (EVENT, COMPETING, CENSORED)
CONFIDENCE = 0.95
TOLERANCE = 1e-12
"""Ten tenths are not one to a computer: a share that a curve reaches may lie this little below."""


@dataclass(frozen=True)
class Curve:
    """A step function: at each of `times`, how many were at risk just before it, and the incidence from it on."""

    times: Numbers
    at_risk: Numbers
    incidence: Numbers
    lower: Numbers
    upper: Numbers

    def step(self, time: float) -> int:
        """The place of the last step up to `time`; −1 before the first."""
        return int(np.searchsorted(self.times, time, side="right")) - 1

    def at_risk_at(self, time: float) -> int:
        """How many were still at risk just before `time`."""
        place = int(np.searchsorted(self.times, time, side="left"))
        return int(self.at_risk[place]) if place < len(self.times) else 0


def estimate_curve(durations: Numbers, events: NDArray[np.str_], records: Numbers) -> Curve:
    """Estimate the curve from durations, what ended them (one of `EVENTS`), and how many records each stands for.

    Who is censored at a time is at risk for the events of that time.
    """
    times, places = np.unique(durations, return_inverse=True)
    ended = _count(places, records)
    left = _count(places, records * (events != CENSORED))
    happened = _count(places, records * (events == EVENT))
    at_risk = records.sum() - np.cumsum(ended) + ended
    surviving = np.cumprod(1 - left / at_risk)
    before = np.concatenate(([1.0], surviving[:-1]))
    incidence = np.cumsum(before * happened / at_risk)
    variance = _variance(at_risk, happened, left, before, incidence)
    return Curve(times, at_risk, incidence, *_limits(incidence, variance))


def _count(places: NDArray[np.intp], weights: Numbers) -> Numbers:
    return np.bincount(places, weights).astype(np.float64)


def _variance(at_risk: Numbers, happened: Numbers, left: Numbers, before: Numbers, incidence: Numbers) -> Numbers:
    # Sums over earlier steps i of (F(t) − F(i))² and of F(t) − F(i), multiplied out so that one pass gives them all.
    # Where nobody is left after a step, F does not change any more, and the step adds nothing.
    survived = np.where(at_risk > left, at_risk - left, np.inf)
    of_all = left / (at_risk * survived)
    of_event = before**2 * happened * (at_risk - happened) / at_risk**3
    of_both = before * happened / at_risk**2
    variance: Numbers = (
        incidence**2 * np.cumsum(of_all)
        - 2 * incidence * np.cumsum(incidence * of_all)
        + np.cumsum(incidence**2 * of_all)
        + np.cumsum(of_event)
        - 2 * incidence * np.cumsum(of_both)
        + 2 * np.cumsum(incidence * of_both)
    )
    return np.maximum(variance, 0.0)


def _limits(incidence: Numbers, variance: Numbers) -> tuple[Numbers, Numbers]:
    """Lower and upper limits; not a number where nothing or everything has happened."""
    score = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    is_between = (incidence > TOLERANCE) & (incidence < 1 - TOLERANCE)
    remaining = np.where(is_between, 1 - incidence, 0.5)
    width = score * np.sqrt(variance) / (-remaining * np.log(remaining))
    lower, upper = (np.where(is_between, 1 - remaining ** np.exp(sign * width), np.nan) for sign in (-1, 1))
    return lower, upper
