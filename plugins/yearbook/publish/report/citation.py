"""How an edition is cited, and how it is made readable for everyone.

Not its business: sentences ready to quote (`quotes`).
"""

from yearbook.model.figure_id import figure_id
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.publish.context import Context
from yearbook.publish.words.language import N_

WORK = N_("%(title)s, %(year)s")
CITED = N_("%(publisher)s: %(work)s. %(standing)s.")
CITED_BUILD = N_("%(publisher)s: %(work)s. %(standing)s, build %(build)s.")
NAMED = N_(
    "Every figure has a permanent name, such as `%(name)s`, which is the same in every edition, file and page: give it"
    " when you cite a single figure."
)
ACCESSIBILITY = (
    N_(
        "The pages aim at the Web Content Accessibility Guidelines 2.2, level AA, and are checked by a program in all"
        " languages whenever their design changes."
    ),
    N_(
        "Every chart has a title that says what it shows, a description, and its figures as a table. Nothing is said by"
        " colour alone. The pages work with a keyboard, on a phone, in print and without scripts."
    ),
    N_("Numbers that a chart leaves out stand in its table; whatever cannot be read, ask %(contact)s (%(email)s)."),
)


def work_title(context: Context) -> str:
    """What the edition is called, with its year: the same on its head, under its pages and wherever it is cited."""
    title = context.material.recipe.programme.title.get(context.language.tag)
    return context.language.say(WORK, title=title, year=context.year)


def make_citation(context: Context, standing: str) -> str:
    """The edition as a list of references names it; `standing` is what it is, and since when."""
    programme, tag = context.material.recipe.programme, context.language.tag
    values = {
        "publisher": programme.publisher.get(tag),
        "work": work_title(context),
        "standing": standing,
        "build": context.material.release.build,
    }
    template = CITED_BUILD if values["build"] else CITED
    return context.language.say(template, **values)


def name_a_figure(context: Context, indicator: str) -> str:
    """How a single figure is named, by example."""
    row = dict.fromkeys(DIMENSIONS, NOT_APPLICABLE) | {"indicator": indicator, "year": context.year, "breakdown": TOTAL}
    return context.language.say(NAMED, name=figure_id(row))


def make_accessibility(context: Context) -> list[str]:
    """What has been done so that everyone can read the report, and whom to ask."""
    contact = context.material.release.contact
    values = {"contact": contact.name.get(context.language.tag), "email": contact.email}
    return [context.language.say(sentence, **values) for sentence in ACCESSIBILITY]
