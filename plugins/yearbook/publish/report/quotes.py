"""Sentences ready to be quoted: what a report found, with the line that says where it stands.

A mark that a page bears goes with the quotation, so that a simulated or unprotected figure never travels without it.
Not its business: the sentences themselves (`sentences`).
"""

from yearbook.publish.anchors import UNSURE, Sentence
from yearbook.publish.context import Context
from yearbook.publish.report.citation import work_title
from yearbook.publish.view import Banner, Quote
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import STATUSES

SOURCE = N_("Source: %(publisher)s, %(work)s (%(standing)s), %(place)s.")
SPELLED = N_(" (%(meaning)s)")
MARKED = N_("[%(mark)s] %(source)s")


class Quoting:
    """What all quotations from one report share."""

    def __init__(self, context: Context, standing: str, marks: list[Banner]) -> None:
        self._context = context
        self._standing = standing
        self._marks = marks

    def quote(self, sentence: str, place: str) -> Quote | None:
        """A sentence with its source line; `place` is the table or figure. None where there is no sentence."""
        if not sentence:
            return None
        say, programme = self._context.language.say, self._context.material.recipe.programme
        tag = self._context.language.tag
        source = say(
            SOURCE,
            publisher=programme.publisher.get(tag),
            work=work_title(self._context),
            standing=self._context.language.inner(self._standing),
            place=place,
        )
        for mark in self._marks:
            source = say(MARKED, mark=mark.title, source=source)
        return Quote(self._spelled(sentence), source)

    def _spelled(self, sentence: str) -> str:
        say = self._context.language.say
        meanings = {status: say(SPELLED, meaning=say(STATUSES[status])) for status in UNSURE}
        return sentence.spelled(meanings) if isinstance(sentence, Sentence) else sentence
