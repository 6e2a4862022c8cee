"""What a programme says of one edition beyond its year: when it comes out, who reads it earlier, what was wrong.

Written by people into `programme.yml`, under `editions`. Not its business: how a report shows it (`publish.release`).
"""

# The type stands under another name than the fields that hold it: pydantic would take a field's value for it.
from datetime import date as Day
from typing import Annotated, Self

from pydantic import AwareDatetime, model_validator
from pydantic import Field as field

from yearbook.model.definition import Definition, Text, at_most

MAX_NOTICE, MAX_NAME = 2_000, 200

Notice = Annotated[Text, at_most(MAX_NOTICE)]
"""What stands on top of an edition: a paragraph, not a paper."""
Name = Annotated[Text, at_most(MAX_NAME)]


class Withdrawal(Definition):
    """Why an edition is not to be used any more; its files stay where they are."""

    date: Day
    reason: Notice


class Erratum(Definition):
    """A fault that was found after the release and is mended in the edition that stands there now.

    Where the fault was to withdraw the edition, the erratum `lifts` that withdrawal: its block, moved here.
    """

    date: Day
    text: Notice
    lifts: Withdrawal | None = None

    @model_validator(mode="after")
    def _comes_after_what_it_lifts(self) -> Self:
        if self.lifts and self.date < self.lifts.date:
            raise ValueError(f"an erratum of {self.date} cannot lift a withdrawal of {self.lifts.date}")
        return self


class EditionPlan(Definition):
    """When an edition came out, with its errata. Of what was published none is ever taken out (`publish.kept`).

    `released` and `next` are days; an edition that is not to be read before a time is `embargoed_until` it (with its
    zone, `2025-06-30T10:00+08:00`), and goes until then to those of `pre_release` alone, each with a marked copy.
    """

    released: Day | None = None
    next: Day | None = None
    embargoed_until: AwareDatetime | None = None
    pre_release: list[Name] = field(default_factory=list)
    erratum: list[Erratum] = field(default_factory=list)
    withdrawn: Withdrawal | None = None

    @model_validator(mode="after")
    def _is_lifted_or_withdrawn(self) -> Self:
        lifted = {erratum.lifts.date for erratum in self.erratum if erratum.lifts}
        if self.withdrawn and self.withdrawn.date in lifted:
            raise ValueError(
                f"an erratum lifts the withdrawal of {self.withdrawn.date}, which still stands under `withdrawn`;"
                " take it out there"
            )
        return self

    @model_validator(mode="after")
    def _comes_before_the_next(self) -> Self:
        # Where neither day stands here, the run says when the edition comes out: then there is nothing to compare.
        if self.next is not None and self.next <= self.released_on(Day.min):
            raise ValueError(
                f"released on {self.released_on(Day.min)}, the `next` edition cannot come on {self.next}; give a later"
                " day, or leave it out"
            )
        return self

    @model_validator(mode="after")
    def _comes_before_what_is_said_of_it(self) -> Self:
        self.require_said_after(self.released_on(Day.min))
        return self

    def require_said_after(self, released: Day) -> None:
        """Raise `ValueError` where an erratum or a withdrawal is of a day before the release."""
        said = [(one.date, "an erratum") for one in self.erratum]
        blocks = [*(one.lifts for one in self.erratum), self.withdrawn]
        said += [(one.date, "a withdrawal") for one in blocks if one]
        if early := min((one for one in said if one[0] < released), default=None):
            day, what = early
            raise ValueError(
                f"{what} of {day} comes before the release of its edition on {released}; correct the day, or say with"
                " `released` on which earlier day the edition came out"
            )

    def released_on(self, usual: Day) -> Day:
        """The day of the release: its own, that of the end of the embargo, or the usual one."""
        if self.released is not None:
            return self.released
        return self.embargoed_until.date() if self.embargoed_until else usual
