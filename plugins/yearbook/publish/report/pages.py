"""Fill the templates. Everything is escaped; an undefined name is an error; a programme may bring its own templates.

A programme's `reports/templates/` stands before the common ones, so that another office changes a page, or one block
of it, without touching ours. Where it does, templates run in a sandbox: they see what they are given, and nothing
behind it. Ours alone need none, which would cost time.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from urllib.parse import quote

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from yearbook.errors import DefinitionError, YearbookError
from yearbook.publish.anchors import Anchors
from yearbook.publish.report.assets import not_utf8, read_logo, read_script, read_stylesheet
from yearbook.publish.report.blocks import require_shown
from yearbook.publish.report.citation import WORK
from yearbook.publish.report.compact import compact
from yearbook.publish.view import Document
from yearbook.publish.words.language import Language
from yearbook.publish.words.vocabulary import DERIVATIONS, NOT_TOLD, NOT_TOLD_FLAG, STATUSES


def render_report(
    document: Document, language: Language, pictures: dict[str, str], folders: list[Path], anchors: Anchors
) -> str:
    """Return the report's HTML; `pictures` are SVG texts by exhibit, `folders` are looked through in order.

    `anchors` learn the names of the figures that have their place in it.
    """
    with _teaching(folders):
        page = _template("report.html", language, folders).render(
            report=document,
            language=language,
            anchors=anchors,
            pictures={key: Markup(text) for key, text in pictures.items()},
            stylesheet=read_stylesheet(folders, "report"),
            script=read_script(folders, "report"),
            logo=read_logo(folders),
            running_title=css_string(language.say(WORK, title=document.title, year=document.year)),
            running_head=css_string(" · ".join(mark.title for mark in document.marks)),
        )
    return compact(page)


def page_filler(
    name: str, language: Language, folders: list[Path], elsewhere: Collection[str] = ()
) -> Callable[..., str]:
    """What fills one template many times: called with the running `title` and `head` of print, and its values.

    `elsewhere` are the names of figures that have their place in the report.
    """
    with _teaching(folders):
        template = _template(name, language, folders)
    common = {
        "language": language,
        "stylesheet": read_stylesheet(folders, "report"),
        "script": read_script(folders, "report"),
        "logo": read_logo(folders),
    }

    def fill(title: str, head: str, **values: object) -> str:
        running = {"running_title": css_string(title), "running_head": css_string(head) if head else ""}
        with _teaching(folders):
            return template.render(**common, **running, **values, anchors=Anchors(elsewhere))

    return fill


def render_site_page(name: str, language: Language, folders: list[Path], **values: object) -> str:
    """Return the HTML of a page that stands over the editions: `index.html`, `programme.html`."""
    stylesheet = Markup("\n").join([read_stylesheet(folders, "report"), read_stylesheet(folders, "site")])
    with _teaching(folders):
        return _template(name, language, folders).render(
            language=language,
            stylesheet=stylesheet,
            script=read_script(folders, "site"),
            logo=read_logo(folders),
            **values,
        )


def template_folders(reports: Path, programme_root: Path | None = None) -> list[Path]:
    """The folders of a programme's own report parts and of the common ones, in the order in which they are searched."""
    own = [programme_root / "reports"] if programme_root is not None else []
    return [folder for folder in [*own, reports] if folder.is_dir()]


def css_string(text: str) -> Markup:
    """A text as a CSS string, whatever it holds: every character but plain letters and digits is escaped."""
    safe = "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{safe}"')


def coded(text: str) -> Markup:
    """A text with what stands between backticks as code."""
    pieces = [escape(piece) for piece in text.split("`")]
    if len(pieces) % 2 == 0:
        return escape(text)
    return Markup().join(Markup("<code>{}</code>").format(one) if odd % 2 else one for odd, one in enumerate(pieces))


def mail_link(address: str) -> str:
    """What a link to a mail address leads to: whatever the address holds, it stays one address."""
    return f"mailto:{quote(address, safe='@')}"


@contextmanager
def _teaching(folders: list[Path]) -> Iterator[None]:
    """Say of what goes wrong in a programme's own template in which line; what goes wrong in ours is our defect."""
    try:
        yield
    except YearbookError:
        raise
    except Exception as error:
        places = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
        if isinstance(error, TemplateSyntaxError):
            places.append((error.filename or "", error.lineno))
        own = [str(folder / "templates") for folder in folders[:-1]]
        its = [f"{name}:{line}" for name, line in places if any(Path(name).is_relative_to(one) for one in own)]
        if not its:
            raise
        raise DefinitionError(
            f"the template cannot be filled: {type(error).__name__}: {error}",
            where=its[-1],
            fix="correct the line; docs/how-to/make-it-yours.md shows a template, and ours stand in reports/templates/",
        ) from error


class _Templates(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise not_utf8(Path(self.searchpath[0]) / template, error) from None


class _Compiled(BytecodeCache):
    """Templates compiled once a process: by their content, so that an edited one is compiled again."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._code.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = {kind: _Compiled() for kind in (Environment, ImmutableSandboxedEnvironment)}
"""What is compiled for a sandbox asks before every call."""


def _template(name: str, language: Language, folders: list[Path]) -> Template:
    own = [folder / "templates" for folder in folders[:-1] if (folder / "templates").is_dir()]
    environment = _environment(language, folders, has_own=bool(own))
    if own:
        require_shown(environment, name, lambda path: any(path.is_relative_to(one) for one in own))
    return environment.get_template(name)


def _environment(language: Language, folders: list[Path], *, has_own: bool) -> Environment:
    loaders = [_Templates(folder / "templates") for folder in folders]
    kind = ImmutableSandboxedEnvironment if has_own else Environment
    environment = kind(
        # Under `common/` stand the common pages themselves, for a programme's own page to extend.
        loader=ChoiceLoader([*loaders, PrefixLoader({"common": loaders[-1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED[kind],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["coded"] = coded
    environment.filters["mail_link"] = mail_link
    environment.globals["derivations"] = {of: language.say(text) for of, text in DERIVATIONS.items()}
    environment.globals["not_told"] = (NOT_TOLD_FLAG, language.say(NOT_TOLD))
    environment.globals["statuses"] = {code: language.say(text) for code, text in STATUSES.items()}
    environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    return environment
