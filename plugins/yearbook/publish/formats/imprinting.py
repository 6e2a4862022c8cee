"""What a file that travels alone says of its edition: marks, release, next release, contact, licence, build, errata.

The same words for the workbook, the feed and the structure file. Not its business: how a page shows it.
"""

from yearbook.publish.context import Context
from yearbook.publish.report.cover import release_moment, tell_status
from yearbook.publish.report.document import edition_status
from yearbook.publish.words.language import N_
from yearbook.publish.words.marks import kind_marks

PRE_RELEASE = N_("PRE-RELEASE COPY for %(recipient)s, not to be passed on before the release")
PRE_RELEASE_UNTIL = N_("PRE-RELEASE COPY for %(recipient)s, not to be passed on before %(date)s")
WITHDRAWN = N_("WITHDRAWN on %(date)s: %(reason)s")
ERRATUM = N_("Corrected on %(date)s: %(text)s")
CONTACT = N_("%(name)s, %(email)s")


def release_marks(context: Context) -> list[str]:
    """What must be read first: simulated or internal, a pre-release copy, withdrawn, corrected."""
    language = context.language
    marks = kind_marks(context.material.recipe.programme, language)
    errata = context.material.release.errata
    return [*marks, *release_notices(context)] + [
        language.say(ERRATUM, date=language.date(e.date), text=e.text.get(language.tag)) for e in errata
    ]


def release_notices(context: Context) -> list[str]:
    """That this is a copy for one reader, until when, or that the edition was withdrawn."""
    language, release, notices = context.language, context.material.release, []
    if release.recipient:
        template = PRE_RELEASE_UNTIL if release.release_time else PRE_RELEASE
        name = release.recipient.get(language.tag)
        notices.append(language.say(template, recipient=name, date=release_moment(context)))
    if gone := release.withdrawn:
        notices.append(language.say(WITHDRAWN, date=language.date(gone.date), reason=gone.reason.get(language.tag)))
    return notices


def release_facts(context: Context) -> list[tuple[str, str]]:
    """The marks, each under an empty head, then the facts of the release under theirs."""
    language, release = context.language, context.material.release
    say, tag = language.say, language.tag
    programme = context.material.recipe.programme
    facts = [
        (say("Publisher"), programme.publisher.get(tag)),
        (say("Status"), tell_status(context, edition_status(context))),
        (say("To be released") if release.is_pre_release else say("Released"), language.date(release.released)),
    ]
    if release.release_time:
        facts.append((say("Time of release"), release.release_time.isoformat(sep=" ", timespec="minutes")))
    if release.next_release:
        facts.append((say("Next release"), language.date(release.next_release)))
    facts += [
        (say("Signatures"), context.material.imprint.say(language)),
        (say("Contact"), say(CONTACT, name=programme.contact.name.get(tag), email=programme.contact.email)),
    ]
    if programme.licence:
        facts.append((say("Licence"), programme.licence))
    return (
        [("", mark) for mark in release_marks(context)] + facts + [(say("Build"), release.build)] * bool(release.build)
    )
