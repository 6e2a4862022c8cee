"""What a file says first of the records behind it: that they are simulated, or internal."""

from yearbook.model.programme import Programme
from yearbook.publish.words.language import N_, Language

KINDS = {
    "simulated": N_(
        "SIMULATED RECORDS. Every figure in this file is computed from invented records. It describes nothing real and"
        " must not be quoted."
    ),
    "confidential": N_(
        "INTERNAL, NOT PROTECTED. Disclosure control has not been applied to this file. Not to be passed on."
    ),
}


def kind_marks(programme: Programme, language: Language) -> list[str]:
    """That a programme's records are simulated or internal; nothing of public ones."""
    return [language.say(KINDS[programme.confidentiality])] if programme.confidentiality in KINDS else []
