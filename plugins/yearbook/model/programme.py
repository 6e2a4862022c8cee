"""A programme: an edition's recipe and the unit of isolation (`include/programmes/<programme>/programme.yml`)."""

import re
import sys
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeVar
from unicodedata import category

from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator
from pydantic import Field as field

from yearbook.errors import YearbookError
from yearbook.model.definition import Definition, Text
from yearbook.model.editions import EditionPlan

NAME = re.compile(r"[a-z][a-z0-9_]*")
RESERVED_NAMES = ("site",)
NUMBER = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
NO_ADDRESS = re.compile(r"[\s?&<>\",;]")
"""What would end an address in a text, or begin a field of a letter's head in a link."""
FIRST_YEAR, LAST_YEAR = 1800, 2200

Confidentiality = Literal["simulated", "public", "confidential"]

RESERVED_PARAMETERS = ("year", "as_of", "home", "base_year", "least_valued")
"""What stands in the SQL's `parameters` for every programme."""

P = TypeVar("P")


def _refuse_reserved(parameters: dict[str, P]) -> dict[str, P]:
    for name in RESERVED_PARAMETERS:
        if name in parameters:
            raise ValueError(f"`{name}` is what every programme's parameters hold already; give yours another name")
    return parameters


Named = Annotated[dict[str, P], AfterValidator(_refuse_reserved)]
"""Parameters by name."""


class Parameter(Definition):
    """A number that an indicator takes, with what readers call it and where it comes from.

    A word that it takes instead is `one_of` those that the indicator declares; a number in quotes is no word.
    """

    value: float | str
    title: Text | None = None
    source: Text | None = None
    one_of: list[str] = field(default_factory=list)

    @field_validator("value", mode="before")
    @classmethod
    def _is_a_number_or_a_word(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise ValueError("neither a number nor a word; put a word in quotes")
        if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
            raise ValueError("a number in quotes; leave out the quotes")
        if isinstance(value, int | float) and not abs(value) <= sys.float_info.max:
            raise ValueError("no finite number")
        return value


class Simulation(Definition):
    """How the programme's demonstration records are made; scale 1 gives 650,000 contracts a year, from 0.01 to 10."""

    seed: int = field(ge=0)
    scale: float


def _is_label(text: str) -> bool:
    """Whether it may stand between two dots of a host's name: letters and digits of any script, and hyphens within."""
    letters = text.replace("-", "")
    return text.strip("-") == text != "" and all(one.isdecimal() or category(one)[0] in "LM" for one in letters)


class Contact(Definition):
    """Whom a reader asks."""

    name: Text
    email: str

    @field_validator("email")
    @classmethod
    def _is_one_address(cls, text: str) -> str:
        name, _, domain = text.partition("@")
        is_plain = text.isprintable() and not NO_ADDRESS.search(text)
        if not (name and is_plain and all(map(_is_label, domain.split(".")))):
            raise ValueError("write one mail address, such as editors@example.org, and nothing beside it")
        return text


class SignOff(Definition):
    """What an edition needs before it is published: `signers` different people who sign the same figures.

    `not_the_corrector`: nobody signs an edition about whose records they decided. `skip_when_nothing_blocks`: an
    edition without a blocking finding is published unsigned, and says so.
    """

    required: bool = True
    signers: int = field(default=1, ge=1, le=5)
    not_the_corrector: bool = False
    skip_when_nothing_blocks: bool = False


class Programme(Definition):
    """What an edition covers and how it is told.

    `years` are the years of editions; records may go further back. `release_month_day` is when the edition of year y
    comes out in y+1, and is the edition's `as_of` unless another is given. `headline` names the indicators of page one,
    each with its breakdown where another than the whole is to speak for it (`official_finance_value;recommended=true`).
    `indicators`, where given, restricts the catalogue to these codes. Without `sign_off` nobody has to sign.
    `comparators` names the tables of figures that others have published (`reference/comparators/<name>.csv`): `judged`,
    where `yearbook compare` fails on a miss, or only `shown` beside the computed ones.
    `pdf` makes each report a PDF beside its page, which takes the extra `pdf`. `editions` says of single editions what
    the rest does not: their time of release, errata, withdrawal.
    `site_address` is where readers find the site, for the links of its feeds; `agency` is the publisher's id in SDMX;
    `licence` is the address of the terms under which anybody may use the figures.
    """

    programme: str
    title: Text
    publisher: Text
    contact: Contact
    home: str = "CHN"
    home_areas: list[str] = field(default_factory=lambda: ["HKG", "MAC", "TWN"])
    confidentiality: Confidentiality
    years: list[int]
    release_month_day: str = "06-30"
    languages: list[str] = field(default_factory=lambda: ["en", "zh-Hans"])
    data: str | None = None
    simulation: Simulation | None = None
    base_year: int | None = None
    parameters: Named[Parameter] = field(default_factory=dict)
    indicators: list[str] | None = None
    headline: list[str] = field(default_factory=list)
    comparators: dict[str, Literal["judged", "shown"]] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    sign_off: SignOff | None = None
    pdf: bool = False
    agency: str | None = field(default=None, pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    site_address: str | None = field(default=None, pattern=r"^https?://[^\s<>\"]+/$")
    licence: str | None = field(default=None, pattern=r"^https?://[^\s<>\"]+$")
    editions: dict[int, EditionPlan] = field(default_factory=dict)

    def release_date(self, year: int, chosen: date | None = None) -> date:
        """The day on which the edition of a year comes out, which is what it takes for today; `chosen` if given.

        Raises `YearbookError` for a day before the year is over.
        """
        if chosen is not None and chosen.year <= year:
            raise YearbookError(
                f"the edition of {year} cannot come out on {chosen}", where="as of", fix=f"a day from {year + 1} on"
            )
        return chosen or date.fromisoformat(f"{year + 1}-{self.release_month_day}")

    @property
    def withdrawn_years(self) -> frozenset[int]:
        """The years whose editions are not to be used."""
        return frozenset(year for year, plan in self.editions.items() if plan.withdrawn)

    @property
    def agency_id(self) -> str:
        """The publisher's id in data and feeds: its own, or the programme's name in capitals."""
        return self.agency or self.programme.upper()

    @property
    def required_sign_off(self) -> SignOff | None:
        """What an edition has to be signed by, or None where nobody has to."""
        return self.sign_off if self.sign_off is not None and self.sign_off.required else None

    @property
    def last_release_date(self) -> date:
        """The day on which the last edition comes out: records are checked once, for all editions."""
        return self.release_date(self.years[-1])

    @field_validator("programme")
    @classmethod
    def _is_a_name(cls, text: str) -> str:
        if not NAME.fullmatch(text) or text in RESERVED_NAMES:
            raise ValueError(f"a name of small letters, digits and _, and not {', '.join(RESERVED_NAMES)}")
        return text

    @field_validator("years")
    @classmethod
    def _are_years(cls, years: list[int]) -> list[int]:
        if wrong := [year for year in years if not FIRST_YEAR <= year <= LAST_YEAR]:
            raise ValueError(f"{wrong[0]} is no year between {FIRST_YEAR} and {LAST_YEAR}")
        return years

    @field_validator("release_month_day")
    @classmethod
    def _is_a_day_of_every_year(cls, text: str) -> str:
        date.fromisoformat(f"2001-{text}")
        return text

    @field_validator("editions")
    @classmethod
    def _were_released_first(cls, plans: dict[int, EditionPlan], info: ValidationInfo) -> dict[int, EditionPlan]:
        # What is wrong with the years or the usual day is told by their own checks.
        usual = info.data.get("release_month_day")
        for year in sorted(set(plans) & set(info.data.get("years", ()))) if usual else ():
            try:
                plans[year].require_said_after(plans[year].released_on(date.fromisoformat(f"{year + 1}-{usual}")))
            except ValueError as error:
                raise ValueError(f"{year}: {error}") from None
        return plans

    @model_validator(mode="after")
    def _has_years(self) -> Self:
        if not self.years or sorted(set(self.years)) != self.years:
            raise ValueError("`years` lists each year once, in order")
        if foreign := sorted(set(self.editions) - set(self.years)):
            raise ValueError(f"`editions` speaks of {foreign[0]}, which is not among `years`")
        return self
