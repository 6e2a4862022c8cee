"""The published reports, for those who are signed in to Airflow: files of the site by a route, and no other file.

Airflow's pages stand at the same address: of a report nothing runs there but the scripts of our own templates.
Not its business: who may see them (`caller`), and what stands in them (`publish`).
"""

import mimetypes
import os
from collections.abc import Callable

import fsspec
from fastapi import FastAPI, HTTPException, Request, Response

from yearbook.lake.atomic import is_local
from yearbook.model.people import may
from yearbook.orchestrate.caller import person
from yearbook.publish.report.assets import read_script
from yearbook.publish.report.pages import template_folders
from yearbook.settings import Settings

INDEX = "index.html"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}
PAGE = "text/html"
SCRIPTED = ("report", "site")
"""The kinds of page that carry a script."""


def make_app(settings: Callable[[], Settings]) -> FastAPI:
    """An application that serves the files of the site, to whom they concern."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/{path:path}")
    def show(path: str, request: Request) -> Response:
        parts = (path.rstrip("/") or INDEX).split("/")
        if not all(map(_is_name, parts)):
            raise HTTPException(404)
        if len(parts) > 1 and not may(person(request), "read", parts[0]):
            raise HTTPException(403)
        now = settings()
        kind = mimetypes.guess_type(parts[-1])[0] or "application/octet-stream"
        content = _read(now.site, parts)
        scripts = _scripts(now, parts[0] if len(parts) > 1 else None) if kind == PAGE else ""
        return Response(content, media_type=kind, headers={"Content-Security-Policy": POLICY + scripts} | HEADERS)

    return app


def _scripts(settings: Settings, programme: str | None) -> str:
    """Lets the scripts run that our templates write into a page now, by their digests; asks no page what it holds."""
    root = settings.include / "programmes" / programme if programme else None
    folders = template_folders(settings.reports, root)
    digests = [f"'{script.digest}'" for kind in SCRIPTED if (script := read_script(folders, kind))]
    return f"; script-src {' '.join(digests)}" if digests else ""


def _is_name(part: str) -> bool:
    """A plain name: no way out of the folder, and nothing hidden."""
    return bool(part) and not part.startswith(".") and not {"\\", "\0", ":"} & set(part)


def _read(site: str, parts: list[str]) -> bytes:
    filesystem, root = fsspec.core.url_to_fs(site)
    path = "/".join([root, *parts])
    if is_local(filesystem) and not os.path.realpath(path).startswith(os.path.realpath(root) + os.sep):
        raise HTTPException(404)
    try:
        content = filesystem.cat_file(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
        raise HTTPException(404) from None
    return bytes(content)
