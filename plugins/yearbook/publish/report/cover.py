"""The cover of a report: what is said of its release, and what stands above it in warning.

Not its business: when an edition is released (`release`), and the banner of its kind of records (`document`).
"""

from collections.abc import Callable
from datetime import datetime

from yearbook.publish.context import Context
from yearbook.publish.view import Banner, Cover, Note
from yearbook.publish.words.language import N_, Language

MOMENT = N_("%(date)s, %(time)s (UTC%(zone)s)")
RELEASED = N_("Released %(date)s")
EMBARGOED = N_("Not to be released before %(date)s")
CORRECTED_ON = N_("Corrected on %(date)s")
WITHDRAWN_ON = N_("Withdrawn on %(date)s")
STANDING = N_("%(status)s, released %(date)s")
STANDING_CORRECTED = N_("%(status)s, released %(date)s, corrected on %(corrected)s")
STANDING_WITHDRAWN = N_("Released %(date)s, withdrawn on %(withdrawn)s")
NEXT = N_("Next release: %(date)s")
EARLY = N_("Had the figures before the release: %(names)s")
PRE_RELEASE = N_("PRE-RELEASE COPY")
PRE_RELEASE_TEXT = N_("For %(name)s alone. Not to be passed on or quoted before %(date)s.")
PRE_RELEASE_PLAIN = N_("For %(name)s alone. Not to be passed on or quoted before the release.")
WITHDRAWN = N_("WITHDRAWN")
WITHDRAWN_TEXT = N_("This edition was withdrawn on %(date)s and is not to be used. %(reason)s")


def make_cover(context: Context, status: str) -> Cover:
    """The facts of the cover line, in their order, and the errata, the newest first."""
    release, language, imprint = context.material.release, context.language, context.material.imprint
    is_signed = imprint.signed_on is not None
    facts = [
        tell_status(context, status),
        tell_release(context),
        *_said(language, CORRECTED_ON, date=_corrected(context)),
        *_said(language, NEXT, date=language.date(release.next_release) if release.next_release else ""),
        *([imprint.say(language)] if is_signed else []),
        *_said(language, EARLY, names=language.enumerate([one.get(language.tag) for one in release.early_readers])),
    ]
    unsigned = "" if is_signed else imprint.say(language)
    errata = [Note(language.date(one.date), language.prose(one.text.get(language.tag))) for one in release.errata]
    return Cover(facts, release.contact.name.get(language.tag), release.contact.email, errata, unsigned)


def make_notices(context: Context) -> list[Banner]:
    """What stands above everything: that the edition was withdrawn, or that it is a copy for one reader."""
    makers: list[Callable[[Context], Banner | None]] = [_withdrawn, _pre_release]
    return [banner for make in makers if (banner := make(context)) is not None]


def tell_status(context: Context, status: str) -> str:
    """What an edition's figures are, which is nothing any more where it was withdrawn."""
    withdrawn, language = context.material.release.withdrawn, context.language
    return language.say(WITHDRAWN_ON, date=language.date(withdrawn.date)) if withdrawn else status


def tell_release(context: Context) -> str:
    """When it was released; of a copy for one reader, when it will be at the earliest."""
    template = EMBARGOED if context.material.release.is_pre_release else RELEASED
    return context.language.say(template, date=release_moment(context))


def tell_standing(context: Context, status: str) -> str:
    """What an edition is and what became of it, as a citation or a quotation says it: in one line, with its days."""
    release, language, date = context.material.release, context.language, release_moment(context)
    if release.is_pre_release:
        return tell_release(context)
    if release.withdrawn:
        return language.say(STANDING_WITHDRAWN, date=date, withdrawn=language.date(release.withdrawn.date))
    if release.errata:
        return language.say(STANDING_CORRECTED, status=status, date=date, corrected=_corrected(context))
    return language.say(STANDING, status=status, date=date)


def release_moment(context: Context) -> str:
    """The release's day, with its time where one was set."""
    release, language = context.material.release, context.language
    return _moment(language, release.release_time) if release.release_time else language.date(release.released)


def _corrected(context: Context) -> str:
    """The day of the newest erratum, or nothing."""
    errata = context.material.release.errata
    return context.language.date(errata[0].date) if errata else ""


def _withdrawn(context: Context) -> Banner | None:
    withdrawn, language = context.material.release.withdrawn, context.language
    if withdrawn is None:
        return None
    text = language.say(
        WITHDRAWN_TEXT, date=language.date(withdrawn.date), reason=language.prose(withdrawn.reason.get(language.tag))
    )
    return Banner("withdrawn", language.say(WITHDRAWN), text)


def _pre_release(context: Context) -> Banner | None:
    release, language = context.material.release, context.language
    if release.recipient is None:
        return None
    name = release.recipient.get(language.tag)
    if release.release_time is None:
        return Banner("pre-release", language.say(PRE_RELEASE), language.say(PRE_RELEASE_PLAIN, name=name))
    text = language.say(PRE_RELEASE_TEXT, name=name, date=_moment(language, release.release_time))
    return Banner("pre-release", language.say(PRE_RELEASE), text)


def _moment(language: Language, moment: datetime) -> str:
    zone = moment.strftime("%z")
    return language.say(
        MOMENT, date=language.date(moment.date()), time=moment.strftime("%H:%M"), zone=f"{zone[:3]}:{zone[3:]}"
    )


def _said(language: Language, template: str, **values: str) -> list[str]:
    """The fact, or nothing where there is nothing to say."""
    return [language.say(template, **values)] if all(values.values()) else []
