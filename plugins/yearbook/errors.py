"""Errors that teach: what is wrong, where, and what would be right.

Everything that a user can mend is a `YearbookError`; anything else that escapes is a defect of ours.
"""

import unicodedata

UNPRINTABLE = ("Cc", "Cf", "Cs")


class YearbookError(Exception):
    """Something a user can mend.

    `what` says what is wrong, `where` names the file, line, column or record, `fix` says what would be right.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"  where: {self.where}")
        if self.fix:
            parts.append(f"  to mend: {self.fix}")
        return printable("\n".join(parts))


def printable(text: str) -> str:
    """Return a text without what would command a terminal or turn its writing round; line ends and tabs stay."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in UNPRINTABLE else "\ufffd"
        for character in text
    )


class SeveralErrors(YearbookError):
    """Several things to mend, told together."""

    def __init__(self, errors: list[YearbookError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class DefinitionError(YearbookError):
    """A YAML, CSV or SQL file under `include/` is not what it should be."""


class SourceError(YearbookError):
    """A source cannot be read, or holds what its definition does not expect. Trying again will not help."""


class SourceUnavailableError(YearbookError):
    """A source did not answer. Trying again may help."""


class RuleError(YearbookError):
    """A validation rule failed to run: the rule, not the data, is at fault."""


class AccountingError(YearbookError):
    """Received records are not the sum of accepted, held, excluded and superseded ones."""


class LakeError(YearbookError):
    """A snapshot in the lake is not what its name says."""


class ComputeError(YearbookError):
    """An indicator's or a cube's SQL failed, or gave rows that are no observations."""


class LeaseError(YearbookError):
    """Another run is at work on the same year or source. Trying again later helps."""


class DecisionError(YearbookError):
    """A decision that cannot stand: what it saw is no longer so, or what it says cannot be."""


class SignOffError(YearbookError):
    """An edition is not signed as its programme asks, or may not be signed so."""


class EmbargoError(YearbookError):
    """An edition may not be read by everybody yet."""


class FigureIdError(YearbookError):
    """A text that names no figure."""


class TraceError(YearbookError):
    """There is no such figure or record to be traced."""
