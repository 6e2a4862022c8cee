"""Secrets of a source: `${NAME}` in its definition stands for a variable of the environment.

The variable is read only where records are fetched or a file is opened. All that is kept or shown (ids, catalogue, run
log, page store, messages) is made from the definition's text; what comes back from outside is masked.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from yearbook.errors import SourceError, YearbookError

MASK = "***"
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_PASSWORD = re.compile(r"(\w://[^:/@?#\s]*):[^@/?#\s]+@")
_QUERY = re.compile(r"(https?://[^\s?#]*\?|\w://[^\s?#]*\?(?=[^\s#]*=))[^\s#]*?(?=[,:]?(?:[\s#]|$))")


def mask_address(text: str) -> str:
    """Return a text with the passwords and query strings of its addresses masked."""
    return _QUERY.sub(rf"\1{MASK}", _PASSWORD.sub(rf"\1:{MASK}@", text))


@dataclass(frozen=True)
class Secrets:
    """The variables that texts of a definition name, with their values."""

    values: Mapping[str, str] = field(repr=False)

    @classmethod
    def named_in(cls, texts: Iterable[str], where: str) -> "Secrets":
        """Read the variables named in `texts`. Raises `SourceError` naming one that is not set."""
        names = sorted({name for text in texts for name in _VARIABLE.findall(text)})
        unset = next((name for name in names if not os.environ.get(name)), None)
        if unset is not None:
            raise SourceError(f"the variable `{unset}` is not set", where=where, fix=f"set {unset} in the environment")
        return cls({name: os.environ[name] for name in names})

    def also(self, name: str, value: str | None) -> "Secrets":
        """These, and one more value that must not be shown."""
        return Secrets({**self.values, name: value}) if value else self

    def put_into(self, text: str) -> str:
        """Return a text with values in the place of names."""
        return _VARIABLE.sub(lambda found: self.values[found[1]], text)

    def put_into_address(self, text: str) -> str:
        """Return an address with values for names, quoted for it; one that begins the address is a part of one."""
        return _VARIABLE.sub(
            lambda found: quote(self.values[found[1]], safe="") if found.start() else self.values[found[1]], text
        )

    def hide(self, text: str) -> str:
        """Return a text with names in the place of values, also of values quoted for an address."""
        forms = {
            form: name
            for name, value in self.values.items()
            for plain in (value, value.strip())
            for form in (plain, quote(plain, safe=""), quote_plus(plain), quote(plain))
            if form
        }
        if not forms:
            return text
        longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        return re.sub(longest_first, lambda found: f"${{{forms[found[0]]}}}", text)

    @contextmanager
    def unsaid(self) -> Iterator[None]:
        """Let no message of ours out with a secret in it."""
        try:
            yield
        except YearbookError as error:
            what, where, fix = (mask_address(self.hide(text)) for text in (error.what, error.where, error.fix))
            raise type(error)(what, where=where, fix=fix) from None
