"""Read a YAML definition into its pydantic model, and refuse it with file, line and the nearest right key.

YAML 1.2 on purpose: in YAML 1.1 the country code `NO` is the boolean false.
"""

import difflib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from yearbook.errors import DefinitionError
from yearbook.model.letters import unfit
from yearbook.model.quick_yaml import read_quickly

NEAREST_CUTOFF = 0.6
MAY_BE_SECRET = {"password", "url", "headers", "parameters"}


class Definition(BaseModel):
    """Base of all that is declared: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _can_be_written(text: str) -> str:
    if letter := unfit(text):
        raise ValueError(f"holds {letter}; take it out")
    return text


Line = Annotated[str, AfterValidator(_can_be_written)]
"""A text that readers see as it is, in every language."""


class Text(Definition):
    """A text in the languages of the report; further languages are further keys."""

    model_config = ConfigDict(extra="allow", frozen=True)

    en: str
    zh: str

    def get(self, language: str) -> str:
        """Return the text in a language tag such as `zh-Hans`; English where there is none."""
        return str(getattr(self, language.split("-")[0], None) or self.en)

    @property
    def longest(self) -> int:
        """How many letters the longest of the languages has."""
        return max(len(str(text)) for text in self.model_dump().values())

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        for language, text in self.model_dump().items():
            if letter := unfit(str(text)):
                raise ValueError(f"`{language}` holds {letter}; take it out")
        return self


def at_most(letters: int) -> AfterValidator:
    """Refuse a text of more letters than its place can take."""

    def check(text: Text) -> Text:
        if text.longest > letters:
            raise ValueError(f"{text.longest} letters; at most {letters} can be shown here")
        return text

    return AfterValidator(check)


D = TypeVar("D", bound="Definition")


def load_definition(path: Path, model: type[D], **given: Any) -> D:
    """Read `path` into `model`; `given` are values that come from the file's place, not its text.

    Raises `DefinitionError` naming file, line and what would be right.
    """
    try:
        return model.model_validate({**given, **read_quickly(path.read_text(encoding="utf-8"))})
    except (OSError, TypeError, ValueError, yaml.YAMLError):
        # Whatever is wrong: the reader that knows lines says what, and where.
        document = load_yaml(path)
    try:
        return model.model_validate({**given, **document})
    except ValidationError as error:
        raise _explain(path, document, model, error) from None


def load_yaml(path: Path) -> dict[str, Any]:
    """Read one YAML mapping, with line numbers kept for error messages."""
    try:
        document = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"{path.name} is missing", where=str(path), fix="write it, or correct the name") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(
            f"not valid YAML: {error.problem}", where=f"{path}:{line}", fix="check indentation, quotes and colons"
        ) from None
    except (UnicodeDecodeError, YAMLError, RecursionError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DefinitionError(f"cannot be read as YAML: {said}", where=str(path), fix="write it in UTF-8") from None
    if not isinstance(document, dict):
        raise DefinitionError("not a mapping of keys to values", where=f"{path}:1", fix="begin with `key: value` lines")
    return document


def nearest(word: str, choices: list[str]) -> str | None:
    """The choice that a misspelt word most likely meant, or None."""
    found = difflib.get_close_matches(word, choices, n=1, cutoff=NEAREST_CUTOFF)
    return found[0] if found else None


def _explain(path: Path, document: Any, model: type[BaseModel], error: ValidationError) -> DefinitionError:
    # A misspelt key explains the others; of the alternatives of a union, the one that went deepest was meant.
    first = min(error.errors(), key=lambda one: (one["type"] != "extra_forbidden", -len(one["loc"])))
    location, line = _locate(document, first["loc"])
    key = ".".join(location) or "(whole file)"
    if first["type"] == "extra_forbidden":
        word = location[-1]
        right = nearest(word, sorted(_all_keys(model)))
        what = f"unknown key `{word}`"
        fix = f"did you mean `{right}`?" if right else "remove it, or see the documentation of this file"
    else:
        what = f"{key}: {first['msg']}"
        fix = _choice(first, location) if first["type"] != "missing" else f"add `{location[-1]}:`"
    return DefinitionError(what, where=f"{path}:{line}", fix=fix)


def _choice(error: Any, location: list[str]) -> str:
    """What to write instead of what stands there."""
    said = _found(error["input"], location)
    if error["type"] == "string_type":
        return f"{said}: put it in quotes"
    right = nearest(str(error["input"]), error.get("ctx", {}).get("expected", "").replace(" or ", ", ").split(", "))
    return f"{said}: did you mean {right}?" if right else said


def _found(value: Any, location: list[str]) -> str:
    """What stands there, unless it may be or hold a secret."""
    if MAY_BE_SECRET & set(location):
        return f"found {type(value).__name__}, not shown"
    return f"found {', '.join(map(str, value))}"[:200] if isinstance(value, dict) else f"found {value!r}"[:200]


def _locate(document: Any, loc: tuple[str | int, ...]) -> tuple[list[str], int]:
    """The path of keys to the fault, without pydantic's own marks between them, and the line of its last known key."""
    path: list[str] = []
    line = 1
    node: Any = document
    for position, part in enumerate(loc):
        is_mapping = hasattr(node, "keys")
        is_there = part in node if is_mapping else isinstance(part, int) and isinstance(node, list)
        if is_there:
            line = (node.lc.key(part) if is_mapping else node.lc.item(part))[0] + 1
            node = node[part]
        if is_there or position == len(loc) - 1:
            path.append(str(part))
    return path, line


@cache
def _all_keys(model: type[BaseModel]) -> frozenset[str]:
    keys: set[str] = set()
    seen: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for name, field in one.model_fields.items():
            keys.add(field.alias or name)
            waiting.extend(_models_in(field.annotation))
    return frozenset(keys)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
