"""Forms that only their reader can send: a token by a keyed hash over the person, the programme and the hour of expiry.

A page elsewhere can make a browser post a form, but it cannot know the token.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

LIFETIME = timedelta(hours=8)
"""A working day: a form that lay open longer is to be looked at again."""
SHORTEST_KEY = 32


@dataclass(frozen=True)
class Tokens:
    """Makes and checks tokens; all processes that serve the pages share the key."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the key of the review forms has {len(self.key)} bytes, and needs {SHORTEST_KEY}")

    def make(self, person: str, programme: str, at: datetime) -> str:
        """A token for a person's forms in a programme from now on."""
        expiry = int((at + LIFETIME).timestamp())
        return f"{expiry}-{self._sign(person, programme, expiry)}"

    def is_valid(self, token: str, person: str, programme: str, at: datetime) -> bool:
        """Whether a token is this person's, and still holds."""
        written, _, signature = token.partition("-")
        if not (written.isascii() and written.isdigit() and len(written) < SHORTEST_KEY):
            return False
        genuine = hmac.compare_digest(signature.encode(), self._sign(person, programme, int(written)).encode())
        return genuine and at.timestamp() <= int(written)

    def _sign(self, person: str, programme: str, expiry: int) -> str:
        said = "\x1f".join(("review", person, programme, str(expiry)))
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()
