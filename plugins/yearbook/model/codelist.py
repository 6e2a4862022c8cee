"""A codelist: codes with reviewed names in both languages, and the aliases by which records call them.

Names come from here and from no library: libraries disagree on official names, and one reads `NA` as missing.
"""

import csv
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from yearbook.errors import DefinitionError
from yearbook.model.letters import unfit
from yearbook.tables import FORMULA

COLUMNS = ("code", "name_en", "name_zh", "level", "parent", "aliases")
MAX_CODE, MAX_NAME = 60, 200
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def fold(text: str) -> str:
    """Fold a name for comparison: NFKC, lower case, without any white space or invisible characters."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().split())


@dataclass(frozen=True)
class Code:
    """One line of a codelist; `extra` holds the columns beyond the common ones."""

    code: str
    name_en: str
    name_zh: str
    level: str
    parent: str
    aliases: tuple[str, ...]
    extra: dict[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Return the reviewed name in a language tag such as `zh-Hans`; English where there is none."""
        short = language.split("-")[0]
        return {"en": self.name_en, "zh": self.name_zh}.get(short) or self.extra.get(f"name_{short}") or self.name_en


@dataclass(frozen=True)
class Codelist:
    """Codes in the order of the file."""

    name: str
    path: Path
    codes: dict[str, Code]

    @cached_property
    def _by_folded_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for code in self.codes.values():
            for name in (code.code, code.name_en, code.name_zh, *code.aliases):
                folded = fold(name)
                if folded and names.setdefault(folded, code.code) != code.code:
                    raise DefinitionError(
                        f"`{name}` names both {names[folded]} and {code.code}",
                        where=str(self.path),
                        fix="an alias belongs to one code",
                    )
        return names

    def find(self, text: str) -> str | None:
        """Return the code that `text` (a code, a name in either language, an alias) means, or None."""
        return self._by_folded_name.get(fold(text))

    def names(self) -> list[str]:
        """All folded names, for proposing the nearest one."""
        return sorted(self._by_folded_name)

    def extended_with(self, own: "Codelist") -> "Codelist":
        """Return this codelist with the new codes of `own`, and with its aliases for codes that are here already."""
        codes = dict(self.codes)
        for code in own.codes.values():
            known = codes.get(code.code)
            codes[code.code] = replace(known, aliases=(*known.aliases, *code.aliases)) if known else code
        extended = Codelist(self.name, own.path, codes)
        extended.names()
        return extended


def load_codelist(path: Path) -> Codelist:
    """Read a codelist CSV.

    Raises `DefinitionError` on a missing column, a repeated code, an ambiguous alias or a text that does harm.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            raise DefinitionError(
                f"columns {missing} are missing", where=f"{path}:1", fix=f"columns: {', '.join(COLUMNS)}"
            )
        codes: dict[str, Code] = {}
        for row in reader:
            code = _read_code(row)
            if fault := _find_fault(code):
                raise DefinitionError(fault[0], where=f"{path}:{reader.line_num}", fix=fault[1])
            if code.code in codes:
                raise DefinitionError(
                    f"code {code.code} stands twice", where=f"{path}:{reader.line_num}", fix="keep one"
                )
            codes[code.code] = code
    codelist = Codelist(path.stem, path, codes)
    codelist.names()
    return codelist


def _read_code(row: dict[str, str]) -> Code:
    aliases = tuple(alias for alias in (row["aliases"] or "").split("|") if alias)
    extra = {key: value or "" for key, value in row.items() if key not in COLUMNS}
    return Code(row["code"], row["name_en"], row["name_zh"], row["level"], row["parent"], aliases, extra)


def _find_fault(code: Code) -> tuple[str, str] | None:
    """What is wrong with the texts of a line, and what to do; None where nothing is."""
    names = (code.name_en, code.name_zh, *code.aliases, *map(str, code.extra.values()))
    if letter := next(filter(None, map(unfit, (code.code, *names))), ""):
        return f"code {code.code[:MAX_CODE]!r} holds {letter}", "take it out"
    if FORMULA.match(code.code):
        return f"code `{code.code[:MAX_CODE]}` is a formula to a spreadsheet", "begin it with a letter, a digit or _"
    if len(code.code) > MAX_CODE:
        return f"a code of {len(code.code)} letters", f"at most {MAX_CODE}: it is part of addresses and file names"
    longest = max(len(name) for name in (code.name_en, code.name_zh, *code.aliases))
    if longest > MAX_NAME:
        return f"code {code.code} has a name of {longest} letters", f"at most {MAX_NAME}: tables and charts show it"
    return None
