"""The chapters of a report: ours along the road from contract to risk, or those of an office, in its order and words.

An office's `reports/chapters.yml` lists what its report has; a chapter that it leaves out is in the data files alone.
Not its business: which indicators a chapter has, which each of them says itself.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import Field as field
from pydantic import field_validator

from yearbook.model.definition import Definition, Text, load_definition
from yearbook.model.indicator import Chapter
from yearbook.publish.words.language import Language
from yearbook.publish.words.vocabulary import CHAPTERS

FILE = "chapters.yml"


class ChapterLine(Definition):
    """One chapter, under a title of the office's own or under ours."""

    chapter: Chapter
    title: Text | None = None


class ChapterFile(Definition):
    """`chapters.yml`."""

    chapters: list[ChapterLine] = field(min_length=1)

    @field_validator("chapters")
    @classmethod
    def _each_once(cls, lines: list[ChapterLine]) -> list[ChapterLine]:
        names = [line.chapter for line in lines]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"`{twice}` stands there twice")
        return lines


def load_chapters(folders: Sequence[Path], language: Language) -> dict[str, str]:
    """The titles of the chapters by name, in order. Raises `DefinitionError` where an office's file is wrong."""
    path = next((folder / FILE for folder in folders if (folder / FILE).exists()), None)
    if path is None:
        return {name: language.say(title) for name, title in CHAPTERS.items()}
    return {
        line.chapter: line.title.get(language.tag) if line.title else language.say(CHAPTERS[line.chapter])
        for line in _load(path, path.stat().st_mtime_ns)
    }


@cache
def _load(path: Path, _changed: int) -> list[ChapterLine]:
    return load_definition(path, ChapterFile).chapters
