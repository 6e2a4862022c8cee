"""The reader of a field's cells, by its type, for all types that carry no unit (amounts: `amounts.py`)."""

from collections.abc import Callable, Mapping

from yearbook.extract.normalize.columns import Reader
from yearbook.extract.normalize.dates import read_date, read_year
from yearbook.extract.normalize.flags import read_flag
from yearbook.extract.normalize.text import clean_text
from yearbook.model.codelist import Codelist, fold
from yearbook.model.dataset import Field

AMOUNT_TYPES = frozenset({"integer", "number", "share", "money"})


def reader_of(field: Field, codelists: Mapping[str, Codelist], *, day_first: bool = True) -> Reader:
    """Return what reads one cell of a field: text in, value or None out."""
    readers: dict[str, Callable[[], Reader]] = {
        "text": lambda: _text_reader(field.max_length),
        "code": lambda: _code_reader(field, codelists),
        "date": lambda: lambda text: read_date(text, day_first=day_first),
        "year": lambda: read_year,
        "boolean": lambda: read_flag,
    }
    return readers[field.type]()


def _text_reader(max_length: int) -> Reader:
    def read(text: str) -> str | None:
        clean = clean_text(text)
        return clean if clean and len(clean) <= max_length else None

    return read


def _code_reader(field: Field, codelists: Mapping[str, Codelist]) -> Reader:
    if field.codelist is not None:
        codelist = codelists[field.codelist]
        return lambda text: codelist.find(text) if len(text) <= field.max_length else None
    aliases = field.value_aliases
    codes = {fold(name): code for code in field.values or [] for name in (code, *aliases.get(code, []))}
    return lambda text: codes.get(fold(text)) if len(text) <= field.max_length else None
