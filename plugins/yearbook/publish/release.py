"""What an edition says of its release: when, what comes next, whom to ask, what was found wrong since.

Times are those that its programme gives; nothing here asks a clock. Not its business: how a page shows it, and whether
an edition is signed (`imprint`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from yearbook.errors import EmbargoError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.model.programme import Contact, Programme

FIRST_ZONE = timezone(timedelta(hours=14))
"""Where each day begins first."""


@dataclass(frozen=True)
class Release:
    """One edition's release. `errata` stand newest first; `recipient` is set in a pre-release copy alone.

    `build` names the definitions and the program that made the edition; it is empty where nobody asked for it.
    `early_readers` had the figures before the release, which a report owes its readers to say.
    """

    year: int
    released: date
    release_time: datetime | None
    next_release: date | None
    contact: Contact
    build: str
    recipient: Text | None
    early_readers: list[Text]
    errata: list[Erratum]
    withdrawn: Withdrawal | None

    @property
    def is_pre_release(self) -> bool:
        """Whether this is a copy for one reader, before the release."""
        return self.recipient is not None

    @property
    def modified(self) -> date | None:
        """The last day on which anything was said about the edition after its release; None where nothing was."""
        told = [one.date for one in self.errata] + ([self.withdrawn.date] if self.withdrawn else [])
        return max(told, default=None)

    def as_manifest(self) -> dict[str, object]:
        """What programs and the site's index ask for; a reason of withdrawal stands there in every language."""
        withdrawn = self.withdrawn.model_dump(mode="json") if self.withdrawn else None
        return {
            "released": self.released.isoformat(),
            "release_time": self.release_time.isoformat() if self.release_time else None,
            "next_release": self.next_release.isoformat() if self.next_release else None,
            "build": self.build,
            "recipient": self.recipient.model_dump() if self.recipient else None,
            "errata": [erratum.model_dump(mode="json", exclude_none=True) for erratum in self.errata],
            "withdrawn": withdrawn,
        }


def make_release(
    programme: Programme, year: int, as_of: date, *, build: str = "", recipient: Text | None = None
) -> Release:
    """What an edition says of its release; a day that its programme does not give is the usual one."""
    plan = programme.editions.get(year, EditionPlan())
    released = plan.released_on(as_of)
    following = programme.editions.get(year + 1, EditionPlan())
    next_release = plan.next or following.released_on(programme.release_date(year + 1))
    return Release(
        year=year,
        released=released,
        release_time=plan.embargoed_until,
        # An edition that comes late may come after the usual day of the next: then nobody knows that one's yet.
        next_release=next_release if next_release > released else None,
        contact=programme.contact,
        build=build,
        recipient=recipient,
        early_readers=list(plan.pre_release),
        errata=sorted(plan.erratum, key=lambda one: one.date, reverse=True),
        withdrawn=plan.withdrawn,
    )


def embargo_ahead(programme: Programme, year: int, at: datetime | None) -> datetime | None:
    """The time before which an edition may not be read by everybody; None where it may, as of `at`."""
    until = programme.editions.get(year, EditionPlan()).embargoed_until
    return until if until is not None and (at is None or at < until) else None


def require_release_time(programme: Programme, year: int, at: datetime | None, *, is_out: bool = False) -> None:
    """Raise `EmbargoError` where an edition may not be read by everybody yet, or nobody says what time it is.

    One that `is_out`, because it stands on the site, cannot be embargoed any more: the error says what can be done.
    """
    until = embargo_ahead(programme, year, at)
    if until and is_out:
        raise EmbargoError(
            f"the edition of {year} stands on the site: an embargo until {until.isoformat(timespec='minutes')} cannot"
            " take back what everybody may have read; its pages and lines of series.csv stay",
            where=f"{programme.programme}, editions: {year}",
            fix="take out `embargoed_until`; write `withdrawn` where the edition is not to be used",
        )
    if until:
        raise EmbargoError(
            f"the edition of {year} is embargoed until {until.isoformat(timespec='minutes')}",
            where=f"{programme.programme}, editions: {year}",
            fix="publish it then; `yearbook prerelease` makes the marked copies for those who read it earlier",
        )


def ahead_of_its_day(programme: Programme, year: int, usual: date, at: datetime) -> str:
    """What to tell who publishes an edition whose day of release has begun nowhere yet; empty where there is nothing.

    Only an embargo keeps an edition back: until it ends, none comes so far.
    """
    plan = programme.editions.get(year, EditionPlan())
    released = plan.released_on(usual)
    if plan.embargoed_until or released <= at.astimezone(FIRST_ZONE).date():
        return ""
    return (
        f"editions: {year}: the day of release is {released}, and the edition stands on the site from now on;"
        " `embargoed_until` keeps one back until its time"
    )
