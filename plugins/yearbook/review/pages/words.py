"""The fixed words of the pages, marked for translation. A word that is missing here is shown as its code."""

from yearbook.publish.words.language import N_, Language

SEVERITIES = {"critical": N_("critical"), "warning": N_("warning"), "info": N_("info")}
STATES = {"open": N_("open"), "waived": N_("waived"), "decided": N_("decided")}
KINDS = {
    "waive": N_("waive"),
    "correct": N_("correct"),
    "hold": N_("hold"),
    "exclude": N_("exclude"),
    "merge": N_("merge"),
}
DECISION_STATES = {"active": N_("active"), "lapsed": N_("lapsed"), "withdrawn": N_("withdrawn")}
DISPOSITIONS = {
    "accepted": N_("accepted"),
    "held": N_("held"),
    "excluded": N_("excluded"),
    "superseded": N_("superseded"),
}
REASONS = {
    "cancelled": N_("the record is cancelled"),
    "decision": N_("by a decision"),
    "duplicate": N_("the same record again"),
    "newer_version": N_("a newer version counts"),
    "amended": N_("another record amends it"),
    "merged": N_("merged with another record"),
}
RULES = {
    "unknown_code": N_("A code that is in no list"),
    "impossible_amount": N_("An amount that cannot be"),
    "decision_lapsed": N_("A decision has lapsed"),
    "amended_twice": N_("One record is amended by several"),
    "amendment_cycle": N_("Records amend each other in a circle"),
    "amends_unknown": N_("It amends a record that was never received"),
}
"""What is found by itself, without a rule of a dataset."""
FAMILIES = {"unread": N_("%(field)s: cannot be read"), "missing": N_("%(field)s: missing")}
PARTS = {
    "kind": N_("This decision cannot be made here."),
    "dataset": N_("There is no such dataset."),
    "record_hash": N_("The record has changed since you opened the form. Nothing was decided."),
    "record_key": N_("The record has another key now. Nothing was decided."),
    "rule": N_("The rule no longer finds anything here. Nothing was decided."),
    "rule_version": N_("The rule has changed since you opened the form. Nothing was decided."),
    "column": N_("Choose another field."),
    "new_value": N_("This value cannot stand there."),
    "until": N_("This day cannot stand there."),
    "reason": N_("Say why."),
}
STALE_PARTS = ("record_hash", "record_key", "rule", "rule_version")
"""What was seen is no longer so: the form is of no use any more."""
STATUSES = {
    400: N_("This is not a form of these pages."),
    401: N_("Sign in first."),
    403: N_("You may not do this here."),
    404: N_("There is no such page."),
    405: N_("This address takes no such request."),
    409: N_("This cannot be done now."),
    413: N_("That is more than a form may hold."),
    415: N_("This is not a form of these pages."),
    422: N_("This is not a form of these pages."),
}


def word(language: Language, words: dict[str, str], code: str) -> str:
    """A code in the reader's language."""
    return language.say(words[code]) if code in words else code.replace("_", " ")
