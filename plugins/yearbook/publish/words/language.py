"""A language of the report: its sentences (Babel catalogues, read at run time), dates, lists and numerals.

English stands in the code; every other language is `reports/locale/<locale>/LC_MESSAGES/messages.po`
(`review.po` of the review pages). A programme may bring such files of its own.
Not its business: units and scales (`units`), names of codes (`names`).
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from html import unescape
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from yearbook.errors import DefinitionError
from yearbook.model.letters import unfit

SOURCE_LANGUAGE = "en"
# Day before month, as the publishers of these reports write dates; CLDR's plain `en` is American.
LOCALES = {"en": "en_GB"}
FOLDED = re.compile(r"(?<=[。，、；：！？）”]) +")
NAME = re.compile(r"[A-Z]\w* [A-Z]")
"""Two capitals in a row: titles have one, at their beginning."""
VALUE = re.compile(r"%\(\w+\)[sd]")
ENTRY = re.compile(rb'(?:msg(?:ctxt|id|id_plural|str|str\[\d+\])\s+)?"(?:[^"\\]|\\.)*"')
TEXT = rb'"(?:[^"\\\n]|\\.)*"(?:\s+"(?:[^"\\\n]|\\.)*")*'
CONTEXT = rb"msgctxt\s+" + TEXT + rb"\s+(?:#.*\n\s*)*"
MESSAGE = re.compile(rb"^[ \t]*(?P<context>" + CONTEXT + rb")?(?P<message>msgid\s+" + TEXT + rb")", re.MULTILINE)
QUOTED = re.compile(rb'"((?:[^"\\\n]|\\.)*)"')
FILLED = re.compile(r"%\(\w+\)[sd]|%%")
MARKUP = re.compile(r"</?[a-z][^<>]*>|<.?|&#?\w+;?|\"", re.IGNORECASE | re.DOTALL)
"""What a page takes for more than text: a template writes a sentence as it is, some within an attribute."""
MINUS = "\N{MINUS SIGN}"


def N_(message: str) -> str:
    """Mark a message that is translated later."""
    return message


@dataclass(frozen=True)
class Language:
    """How one language says things."""

    tag: str
    locale: Locale
    translations: NullTranslations

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return str(Locale.parse(self.tag, sep="-").get_display_name() or self.tag).capitalize()

    def say(self, message: str, **values: object) -> str:
        """Translate a whole sentence and fill in its values; a text from outside is a value, never the message."""
        text = self.translations.gettext(message)
        return text % values if values else text

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """Translate a sentence that depends on a number; `%(count)s` is the number as written."""
        written = {"count": self.number(count, 0), **values}
        return self.translations.ngettext(one, many, count) % written

    def date(self, day: date) -> str:
        """Write a date in full."""
        return str(format_date(day, "long", locale=self.locale))

    def enumerate(self, items: list[str]) -> str:
        """Join items as in a sentence."""
        return str(format_list(items, locale=self.locale))

    def listed(self, items: list[str]) -> str:
        """Join items that hold commas themselves."""
        return ("；" if not self.gap else "; ").join(items)

    def number(self, value: float, decimals: int, *, signed: bool = False) -> str:
        """Write a number, rounded half up, with groups of digits and a true minus; `signed` adds a plus."""
        return _number(self.locale, value, decimals, signed)

    def amount(self, value: float, decimals: int) -> str:
        """Write a number that is an amount: what is not nothing never reads 0 but, say, <1."""
        text = self.number(value, decimals)
        is_hidden = value > 0 and text == self.number(0.0, decimals)
        return f"<{self.number(10.0**-decimals, decimals)}" if is_hidden else text

    def inner(self, title: str) -> str:
        """A title as it stands inside a sentence: without its capital, unless it is an acronym or a name."""
        if self.tag != SOURCE_LANGUAGE or len(title) < 2 or title[1].isupper() or NAME.match(title):
            return title
        return title[0].lower() + title[1:]

    @property
    def gap(self) -> str:
        """What stands between two sentences: a space, and nothing in Chinese."""
        return "" if self.tag.startswith("zh") else " "

    def prose(self, text: str) -> str:
        """A text from a definition, folded there over lines: without the spaces that Chinese does not have."""
        return text if self.gap else FOLDED.sub("", text)

    def head(self, text: str) -> str:
        """A text as the head of a column: with a capital."""
        return text[:1].upper() + text[1:]

    def title(self, sentence: str) -> str:
        """A sentence as a title: without its full stop."""
        return sentence.rstrip(".。")


ENGLISH = Language(SOURCE_LANGUAGE, Locale.parse(LOCALES[SOURCE_LANGUAGE]), NullTranslations())
"""The sentences as they stand in the code: what a language shows that has no words for one."""


@lru_cache(maxsize=65_536)
def _number(locale: Locale, value: float, decimals: int, signed: bool) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".translate(_symbols(locale))
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


@cache
def _symbols(locale: Locale) -> dict[int, str]:
    """What stands for a comma between groups of digits and for the point: a page has tens of thousands of numbers."""
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})


def load_language(tag: str, reports: Path, domain: str = "messages", own: Path | None = None) -> Language:
    """Open a language by its tag such as `zh-Hans`, with the sentences of a domain: those of reports, or another.

    A programme's `own` folder of report parts may hold sentences that stand before ours, in any language, and whole
    languages that we do not have. Raises `DefinitionError` where there is no catalogue of the language, or where one
    cannot be read, loses a value of a sentence, or holds a letter that no file can, or HTML that its message does not.
    """
    name = tag.replace("-", "_")
    folders = [folder for folder in (own, reports) if folder is not None]
    paths = [folder / "locale" / name / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    found = [_read_catalogue(path, path.stat().st_mtime_ns) for path in paths if path.exists()]
    if not found and tag != SOURCE_LANGUAGE:
        raise DefinitionError(
            f"no translation into `{tag}`",
            where=str(paths[-1]),
            fix="add the catalogue, or take the language off the list",
        )
    return Language(tag, Locale.parse(LOCALES.get(tag, name)), _chained(found))


def _chained(catalogues: list[GNUTranslations]) -> NullTranslations:
    """One catalogue after the other: a sentence is looked up in the next where one does not have it."""
    if len(catalogues) < 2:
        return catalogues[0] if catalogues else NullTranslations()
    # A copy: the catalogues are kept for other programmes, which have no part in this one's wording.
    first = copy(catalogues[0])
    first.add_fallback(catalogues[1])
    return first


def read_messages(path: Path) -> Catalog:
    """The messages of a catalogue with their lines. Raises `DefinitionError` where it cannot be read as one."""
    fix = "write `msgid` and `msgstr`, each followed by a text between two quotes, a quote inside after a backslash"
    content = path.read_bytes()
    # The library takes a text whose second quote is missing, and leaves it out.
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip() and not line.startswith(b"#") and not ENTRY.fullmatch(line.strip()):
            raise DefinitionError("the line is none of a catalogue", where=f"{path}:{number}", fix=fix)
    _require_once(path, content)
    try:
        # Without its language the library leaves the catalogue's own rule for plurals out.
        return read_po(io.BytesIO(content), locale=path.parents[1].name, abort_invalid=True)
    except PoFileError as error:
        what = str(error).rpartition(" on ")[0]
        raise DefinitionError(what, where=f"{path}:{error.lineno + 1}", fix=fix) from None
    except (UnicodeDecodeError, LookupError) as error:
        fix = "save it as UTF-8, and say `charset=utf-8` in its head"
        raise DefinitionError(f"the catalogue cannot be read: {error}", where=str(path), fix=fix) from None


def _require_once(path: Path, content: bytes) -> None:
    """Refuse a message that stands there twice: one of its translations would never be seen.

    One of a `msgctxt` is none of these: it is not looked up at all, which is told elsewhere (`idle`).
    """
    first: dict[bytes, int] = {}
    for found in MESSAGE.finditer(content):
        if found["context"]:
            continue
        message = b"".join(QUOTED.findall(found["message"]))
        line = content[: found.start("message")].count(b"\n") + 1
        if (before := first.setdefault(message, line)) != line:
            what = f"the message “{message.decode(errors='replace')}” stands there twice"
            raise DefinitionError(
                what, where=f"{path}:{line}", fix=f"keep one of the two; the other is in line {before}"
            )


def _check_values(message: Message, path: Path) -> None:
    """Refuse a translation in which a value of its message has no place, or that cannot be filled in."""
    messages = _forms(message.id)
    if message.fuzzy or message.context is not None or not any(messages):
        return
    named = [set(VALUE.findall(one)) for one in messages]
    for text in filter(None, _forms(message.string)):
        values = set(VALUE.findall(text))
        lost, unknown = sorted(set.intersection(*named) - values), sorted(values - set.union(*named))
        if lost:
            what, fix = f"the translation of “{messages[0]}” lacks `{lost[0]}`", "put it where the value belongs"
        elif unknown:
            what = f"the translation of “{messages[0]}” holds `{unknown[0]}`, which the message does not"
            fix = "write the names in brackets as they stand in the message"
        elif "%" in FILLED.sub("", text) and not any("%" in FILLED.sub("", one) for one in messages):
            what, fix = f"the translation of “{messages[0]}” holds a bare `%`", "write `%%` for a percent sign"
        else:
            continue
        raise DefinitionError(what, where=f"{path}:{message.lineno}", fix=fix)


def _check_markup(message: Message, path: Path) -> None:
    """Refuse a translation that holds other HTML than its message: it would be more on the page than a text."""
    messages = _forms(message.id)
    if message.fuzzy or message.context is not None or not any(messages):
        return
    allowed = [_markup(one) for one in messages]
    for found in (_markup(text) for text in _forms(message.string) if text):
        meant = min(allowed, key=lambda one: (found - one).total() + (one - found).total())
        if added := list(found - meant):
            what = f"the translation of “{messages[0]}” holds `{added[0]}`, which the message does not"
            fix = "take it out: a translation is plain text, with “&” and the quotation marks of its language"
        elif lost := list(meant - found):
            what, fix = f"the translation of “{messages[0]}” lacks `{lost[0]}`", "put it where it belongs"
        else:
            continue
        raise DefinitionError(what, where=f"{path}:{message.lineno}", fix=fix)


def _markup(text: str) -> Counter[str]:
    """The tags and entities of a text, and the signs that begin one: an ampersand by itself does not."""
    return Counter(one for one in MARKUP.findall(text) if one[0] != "&" or unescape(one) != one)


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """One text, or those of a message about a number."""
    return [text] if isinstance(text, str) else text or ()


@cache
def _read_catalogue(path: Path, _changed: int) -> GNUTranslations:
    catalogue = read_messages(path)
    for message in catalogue:
        for text in _forms(message.string):
            if letter := unfit(text):
                raise DefinitionError(
                    f"a translation holds {letter}",
                    where=f"{path}:{message.lineno}",
                    fix="take it out",
                )
        _check_values(message, path)
        _check_markup(message, path)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    try:
        return GNUTranslations(compiled)
    except ValueError as error:
        fix = "write it as `nplurals=2; plural=(n > 1);`, as your language has it"
        raise DefinitionError(f"the rule after `Plural-Forms:`: {error}", where=str(path), fix=fix) from None
