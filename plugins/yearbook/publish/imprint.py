"""What an edition says of its signatures: how many people signed, when, and under which digest.

No names: who signed stands in the catalogue. Not its business: whether a signature holds (`signoff`).
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from yearbook.publish.words.language import N_, Language

Reason = Literal["signed", "nothing_blocked", "not_asked"]

UNSIGNED: dict[str, str] = {
    "nothing_blocked": N_("Published without a signature: nothing stood in its way"),
    "not_asked": N_("Unsigned: this programme asks for no signature"),
}


@dataclass(frozen=True)
class Imprint:
    """Why an edition stands on the site: it was signed, or did not have to be."""

    reason: Reason = "not_asked"
    signatures: int = 0
    signed_on: str | None = None
    digest: str | None = None

    def say(self, language: Language) -> str:
        """One sentence for the head of the report."""
        if self.signed_on is None:
            return language.say(UNSIGNED[self.reason])
        return language.say_many(
            "Signed by %(count)s person on %(date)s",
            "Signed by %(count)s people, last on %(date)s",
            self.signatures,
            date=language.date(date.fromisoformat(self.signed_on)),
        )

    def as_manifest(self) -> dict[str, object]:
        """The same for programs."""
        return asdict(self)
