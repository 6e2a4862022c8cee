"""What a browser sends: bounded before it is read, and the same field names everywhere."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request

MOST_BYTES = 1 << 20
MOST_FIELDS = 2_000
TOO_LARGE, UNSUPPORTED, BAD, CONFLICT = 413, 415, 400, 409
PREVIEW = "preview"
"""What the button of a form sends that only wants to know what would be."""
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    """The fields of a form, each with one value or more."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field."""
        return next((value for key, value in reversed(self.fields) if key == name), default)

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.fields if key == name]


async def read_form(request: Request) -> Form:
    """Read a posted form. Raises `HTTPException` for one that is too large, or no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != URLENCODED:
        raise HTTPException(UNSUPPORTED)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(TOO_LARGE)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(BAD) from None
    # Browsers end lines of a text area as mails do.
    return Form(tuple((name, value.replace("\r\n", "\n")) for name, value in fields))
