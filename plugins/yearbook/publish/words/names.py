"""What codes are called in the report, on which level they stand, and which of them a chart may rank together.

Names come from the reviewed codelists. Parts are ranked within one level only, never beside groups that overlap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from yearbook.model.codelist import Code
from yearbook.model.indicator import Indicator
from yearbook.model.observation import FOREIGN, TOTAL, UNKNOWN
from yearbook.model.recipe import Recipe
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.vocabulary import BREAKDOWN_TEMPLATES, BREAKDOWN_VALUES

CODELISTS = {
    "partner": "partners",
    "sector": "sectors",
    "channel": "channels",
    "institution_type": "institution_types",
    "platform": "platforms",
    "delivery_model": "delivery_models",
    "province": "areas",
    "field": "sectors",
    "technology": "sectors",
}
P = TypeVar("P")
PARTNER = "partner"
TOTAL_LEVELS = frozenset({"total", "foreign"})
PROPER = frozenset({PARTNER, "province", "platform", "institution", "technology", "pair"})
"""Dimensions whose codes have names of their own, which keep their capital inside a sentence."""
GROUP_LEVEL = "group"
COUNTRY_LEVEL = "country"
SHOWN_LEVELS = (COUNTRY_LEVEL, "province", "upper")

_TOTAL_NAME = N_("Total")
_UNKNOWN_NAME = N_("Not stated")
_FOREIGN_NAME = N_("All foreign partners")


@dataclass(frozen=True)
class Line:
    """One code in a table. `rank` is total, part, sub (of the part above it) or group."""

    code: str
    rank: str


class Names:
    """Names and levels of codes, in one language; `own` are one indicator's codelists."""

    def __init__(self, recipe: Recipe, language: Language, own: Mapping[str, str] | None = None) -> None:
        self._recipe = recipe
        self._language = language
        self._codelists = {**CODELISTS, **(own or {})}
        home = recipe.programme
        self._home = {home.home, *home.home_areas}

    def of(self, indicator: Indicator) -> "Names":
        """The names as one indicator's breakdowns have them: `cause` is another codelist in another chapter."""
        return Names(self._recipe, self._language, indicator.codelists) if indicator.codelists else self

    def name(self, dimension: str, code: str) -> str:
        """The name of a code; the code itself where no codelist has it."""
        if code == UNKNOWN:
            return self._language.say(_UNKNOWN_NAME)
        found = self._find(dimension, code)
        if found is not None:
            return found.name(self._language.tag)
        if code == TOTAL:
            return self._language.say(_TOTAL_NAME)
        if code == FOREIGN:
            return self._language.say(_FOREIGN_NAME)
        return self._breakdown_value(dimension, code)

    def in_sentence(self, dimension: str, code: str) -> str:
        """The name of a code inside a sentence: with the article that it takes, and without a capital but a name's."""
        found = self._find(dimension, code)
        told = found.extra.get(f"in_sentence_{self._language.tag.split('-')[0]}") if found else None
        name = self.name(dimension, code)
        return told or (name if dimension in PROPER else self._language.inner(name))

    def dimension(self, dimension: str) -> str:
        """What the codelist itself calls its dimension; empty where it leaves that to the report."""
        whole = self._find(dimension, TOTAL)
        return whole.extra.get(f"dimension_{self._language.tag.split('-')[0]}", "") if whole else ""

    def places(self, dimension: str) -> dict[str, tuple[int, int]]:
        """Row and column of the codes that their codelist gives a place in a grid of regions (`tile`)."""
        codelist = self._recipe.codelists.get(self._codelists.get(dimension, dimension))
        tiles = {code: found.extra.get("tile", "") for code, found in codelist.codes.items()} if codelist else {}
        pairs = {code: tile.partition("/") for code, tile in tiles.items() if tile}
        return {code: (int(row), int(column)) for code, (row, _, column) in pairs.items()}

    def variant(self, variant: str) -> str:
        """What another way of measuring is called; empty for the ordinary one."""
        if variant == TOTAL:
            return ""
        known = list(BREAKDOWN_VALUES)
        pairs = sorted(variant.split(";"), key=lambda pair: known.index(pair) if pair in known else len(known))
        ways = [self._breakdown_value(*pair.split("=", 1)) for pair in pairs]
        return reduce(lambda one, other: self._language.say("%(one)s, %(other)s", one=one, other=other), ways)

    def lines(self, dimension: str, codes: Iterable[str], weight: Mapping[str, float]) -> list[Line]:
        """Sort codes as a table lists them: totals, each part below its parent, "not stated", groups last.

        Countries stand in order of their weight, the largest first; all else in codelist order.
        """
        ordered = self._in_order(dimension, codes)
        level = {code: self._level(dimension, code) for code in ordered}
        by_weight = sorted(ordered, key=lambda code: -weight.get(code, 0.0) if level[code] == COUNTRY_LEVEL else 0.0)
        tree = {code for code in ordered if level[code] not in ("total", "", GROUP_LEVEL)}
        lines = [Line(code, "total") for code in ordered if level[code] == "total"]
        for code in by_weight:
            if code in tree and self._parent(dimension, code) not in tree:
                lines.append(Line(code, "part"))
                lines += [Line(one, "sub") for one in by_weight if one in tree and self._parent(dimension, one) == code]
        lines += [Line(code, "part") for code in ordered if level[code] == ""]
        return lines + [Line(code, "group") for code in ordered if level[code] == GROUP_LEVEL]

    def rankable(self, dimension: str, codes: Iterable[str]) -> list[str]:
        """Codes of one level that add up: countries or provinces, or else the uppermost; no totals and no groups.

        Of partners only foreign ones, which the home country would dwarf.
        """
        level = {code: self._level(dimension, code) for code in self._in_order(dimension, codes)}
        found = set(level.values()) - {"total", "", GROUP_LEVEL}
        chief = next((name for name in SHOWN_LEVELS if name in found), min(found, default=""))
        return [code for code in level if level[code] == chief and not (dimension == PARTNER and code in self._home)]

    def has_below(self, dimension: str, upper: Iterable[str], codes: Iterable[str]) -> bool:
        """Whether some of the codes are parts of the upper ones."""
        parents = {self._parent(dimension, code) for code in codes}
        return not parents.isdisjoint(upper)

    def has_home(self, codes: Iterable[str]) -> bool:
        """Whether the home country or one of its areas is among the partners."""
        return not self._home.isdisjoint(codes)

    def without_overlaps(self, dimension: str, parts: Mapping[str, P]) -> dict[str, P]:
        """The parts without the foreign total and without groups."""
        return {
            code: part
            for code, part in parts.items()
            if code != FOREIGN and self._level(dimension, code) != GROUP_LEVEL
        }

    def is_country_ranking(self, dimension: str, codes: list[str]) -> bool:
        """Whether the ranked codes are countries, so that the foreign total is their whole."""
        return dimension == PARTNER and any(self._level(dimension, code) == COUNTRY_LEVEL for code in codes)

    def _find(self, dimension: str, code: str) -> Code | None:
        own = self._codelists.get(dimension, dimension)
        # A programme adds its codes to the common list: an indicator's own list need not have them.
        lists = (self._recipe.codelists.get(name) for name in (own, CODELISTS.get(dimension, own)))
        return next((codelist.codes[code] for codelist in lists if codelist and code in codelist.codes), None)

    def _parent(self, dimension: str, code: str) -> str | None:
        found = self._find(dimension, code)
        return found.parent if found else None

    def _in_order(self, dimension: str, codes: Iterable[str]) -> list[str]:
        codelist = self._recipe.codelists.get(self._codelists.get(dimension, dimension))
        order = {code: place for place, code in enumerate(codelist.codes)} if codelist else {}
        return sorted(codes, key=lambda code: (code == UNKNOWN, order.get(code, len(order)), code))

    def _level(self, dimension: str, code: str) -> str:
        if code in (TOTAL, FOREIGN):
            return "total"
        if code == UNKNOWN:
            return ""
        found = self._find(dimension, code)
        if found is None:
            return "1"
        if found.level in TOTAL_LEVELS:
            return "total"
        return found.level or "1"

    def _breakdown_value(self, name: str, value: str) -> str:
        known = BREAKDOWN_VALUES.get(f"{name}={value}")
        if known:
            return self._language.say(known)
        found = self._find(name, value)
        if found is not None:
            return found.name(self._language.tag)
        if value == UNKNOWN:
            return self._language.say(_UNKNOWN_NAME)
        if name in BREAKDOWN_TEMPLATES:
            return self._language.say(BREAKDOWN_TEMPLATES[name], value=unescape(value).replace("_", " "))
        return (name if value == "true" else unescape(value)).replace("_", " ")


def unescape(value: str) -> str:
    """A breakdown's value as it was written: `;`, `=`, `%` and a pair's `/` stand there by number."""
    return value.replace("%2F", "/").replace("%3B", ";").replace("%3D", "=").replace("%25", "%")
