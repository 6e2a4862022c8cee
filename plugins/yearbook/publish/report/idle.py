"""What of an office's own files does nothing: told on every publication, and never a reason to stop one.

A file under another name than we read, a message that no sentence has, a colour of a stylesheet that nobody gives: an
update of ours may leave such behind, so that a refusal would keep an edition from its day.
Not its business: what is wrong, which is refused where it is read (`assets`, `blocks`, `pictures`, `language`).
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2 import Environment, TemplateSyntaxError, meta

from yearbook.errors import printable
from yearbook.model.definition import nearest
from yearbook.publish.charts.palette import stylesheet_variables
from yearbook.publish.report.assets import LOGOS
from yearbook.publish.words.language import SOURCE_LANGUAGE, read_messages

MOST_LINES = 20
FILES = ("chapters.yml", "colours.yml", "units.yml")
KEYWORDS = DEFAULT_KEYWORDS | {"say": None, "say_many": (1, 2)}
BESIDE = {".md", ".txt", ".mo", ".pot"}
"""What people put beside, and a translator's tools."""
ASSET = re.compile(r"assets/(?:report|site)(?:-[^/]*)?\.(?:css|js)")
PAGES = ("report", "site")
GIVEN = re.compile(r"(--[\w-]+)\s*:")
ASKED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
SHIPPED = "zh_Hans"
"""The catalogue that has every message of ours: a test holds it to that."""


def idle_parts(own: Path, reports: Path, tags: Sequence[str]) -> list[str]:
    """A line for each thing in an office's folder that does nothing, and one for each language that lacks messages."""
    if not own.is_dir():
        return [printable(_dangling(own))] if own.is_symlink() and not own.exists() else []
    shipped = _messages(reports / _catalogue(SHIPPED.replace("_", "-")))
    known = shipped | _of_templates(own / "templates")
    lines = [*_files(own, reports, tags), *_variables(own, reports), *_strangers(own, tags, known)]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"{own}: {len(lines) - MOST_LINES:,} more lines of this kind"]
    return [printable(line) for line in [*lines, *_missing(own, reports, tags, known)]]


def _files(own: Path, reports: Path, tags: Sequence[str]) -> Iterator[str]:
    """Files that nothing reads, and links that lead to none."""
    templates = [f"templates/{path.name}" for path in sorted((reports / "templates").glob("*.html"))]
    right = {*FILES, *(f"assets/{name}" for name in LOGOS), *templates, *(_catalogue(tag) for tag in tags)}
    asked = {f"templates/{name}" for name in _asked_templates(own / "templates")}
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        is_beside = path.suffix in BESIDE or name.endswith("~") or any(part[0] == "." for part in Path(name).parts)
        if not is_beside and path.is_symlink() and not path.exists():
            yield _dangling(path)
        if is_beside or not path.is_file() or name in right | asked or ASSET.fullmatch(name):
            continue
        rest = path.stem.partition("-")[2]
        ends = [f"assets/{page}-{rest}{path.suffix}" for page in PAGES] if path.suffix in {".css", ".js"} else []
        meant = nearest(name, sorted(right.union(ends)))
        fix = f"did you mean `{meant}`?" if meant else "docs/how-to/make-it-yours.md lists the files"
        yield f"{path}: nothing reads this file; {fix}"
    logos = [own / "assets" / name for name in LOGOS if (own / "assets" / name).exists()]
    yield from (f"{path}: nothing reads this file; {logos[0].name} stands before it" for path in logos[1:])


def _dangling(path: Path) -> str:
    return f"{path}: the link leads to no file: {path.readlink()}; put the file itself there, or take the link out"


def _variables(own: Path, reports: Path) -> Iterator[str]:
    """Colours and other values that a stylesheet asks for and none gives."""
    sheets = {path: _text(path) for path in sorted((own / "assets").glob("*.css")) if path.is_file()}
    ours = [_text(path) for path in (reports / "assets").glob("*.css")]
    given = {name for text in (stylesheet_variables(), *ours, *sheets.values()) for name in GIVEN.findall(text)}
    for path, text in sheets.items():
        for found in ASKED.finditer(text):
            if found[1] not in given:
                meant = nearest(found[1], sorted(given))
                fix = f"did you mean `{meant}`?" if meant else "the colours are in docs/how-to/make-it-yours.md"
                yield f"{path}:{text[: found.start()].count(chr(10)) + 1}: nobody gives `{found[1]}`; {fix}"


def _strangers(own: Path, tags: Sequence[str], known: set[str]) -> Iterator[str]:
    """Messages of the office's catalogues that no sentence has, and translations that are not taken."""
    for path in _catalogues(own, tags):
        for message in read_messages(path):
            name = _name(message)
            where = f"{path}:{message.lineno}"
            if name and message.context:
                yield f"{where}: messages of a `msgctxt` are not looked up; take that line out"
            elif name and name not in known:
                meant = nearest(name, sorted(known))
                fix = f"did you mean “{meant}”?" if meant else "take it out"
                yield f"{where}: no sentence has the message “{name}”; {fix}"
            elif name and message.fuzzy:
                yield f"{where}: the translation of “{name}” is marked `fuzzy` and not taken; take the mark off"


def _missing(own: Path, reports: Path, tags: Sequence[str], known: set[str]) -> Iterator[str]:
    for tag in tags:
        paths = [folder / _catalogue(tag) for folder in (own, reports)]
        have = {_name(one) for path in paths if path.exists() for one in read_messages(path) if _is_translated(one)}
        if tag != SOURCE_LANGUAGE and (missing := known - have):
            yield f"{tag}: {len(missing):,} of {len(known):,} messages are English"


def _catalogue(tag: str) -> str:
    return f"locale/{tag.replace('-', '_')}/LC_MESSAGES/messages.po"


def _catalogues(own: Path, tags: Sequence[str]) -> list[Path]:
    return [own / _catalogue(tag) for tag in tags if (own / _catalogue(tag)).exists()]


def _messages(path: Path) -> set[str]:
    catalogue: Catalog = read_messages(path)
    return {_name(message) for message in catalogue if message.id}


def _name(message: Message) -> str:
    """A message as people look for it; of one about a number, its first form."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms) and not message.fuzzy and not message.context


def _text(path: Path) -> str:
    """What a file holds; one that is not UTF-8 is refused where it is used."""
    return path.read_text(encoding="utf-8", errors="replace")


def _pages(folder: Path) -> list[Path]:
    """All templates; the links that editors lock a file by lead to none."""
    return [path for path in folder.rglob("*.html") if path.is_file()]


def _of_templates(folder: Path) -> set[str]:
    """The messages of the office's own templates."""
    found: set[str] = set()
    for text in map(_text, _pages(folder)):
        content, options = io.BytesIO(text.encode()), {"extensions": "jinja2.ext.i18n"}
        for _, message, _, _ in extract("jinja2.ext:babel_extract", content, KEYWORDS, (), options):
            found.add(message if isinstance(message, str) else message[0])
    return found


def _asked_templates(folder: Path) -> set[str]:
    """The templates that the office's own ones put into them."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    found: set[str] = set()
    for path in _pages(folder):
        # One that is no template, and is used, has been refused before.
        with suppress(TemplateSyntaxError):
            found.update(filter(None, meta.find_referenced_templates(environment.parse(_text(path)))))
    return found
