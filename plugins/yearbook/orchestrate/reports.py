"""The published reports, for those who are signed in to Airflow: files of the site by a route, and no other file.

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

INDEX = "index.html"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}


def make_app(site: Callable[[], str]) -> FastAPI:
    """An application that serves the files under `site()`, to whom they concern."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/{path:path}")
    def show(path: str, request: Request) -> Response:
        parts = (path.rstrip("/") or INDEX).split("/")
        if not all(map(_is_name, parts)):
            raise HTTPException(404)
        if len(parts) > 1 and not may(person(request), "read", parts[0]):
            raise HTTPException(403)
        kind = mimetypes.guess_type(parts[-1])[0] or "application/octet-stream"
        return Response(_read(site(), parts), media_type=kind, headers=HEADERS)

    return app


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
