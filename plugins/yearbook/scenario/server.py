"""The simulated API: serves records of a demonstration folder in pages, as an office's service does.

`/health` says that it is up, `/v1/<name>` gives a page of the records in `api/…_<name>.jsonl`, with an ETag. It listens
on this machine only and serves nothing else of the folder. Not its business: making the records (`files/`).
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from yearbook.errors import SourceError
from yearbook.scenario.labels import MARK

HOST = "127.0.0.1"
FOLDER = "api"
ROOT = "/v1/"
USUAL_PAGE, LARGEST_PAGE = 100, 500
POLL_SECONDS = 0.01


def file_of(name: str) -> str:
    """The path, within a demonstration folder, of the records served under a name."""
    return f"{FOLDER}/{MARK}_{name}.jsonl"


def serve(folder: Path, port: int) -> None:
    """Serve until interrupted. Raises `SourceError` where the folder holds no such records, or the port is taken."""
    names = sorted(_named(folder))
    if not names:
        raise SourceError("no records to serve", where=str(folder), fix="a folder that `yearbook simulate` wrote")
    with _server(folder, port) as server:
        address = _address(server)
        print(f"Simulated API: {', '.join(f'{address}{ROOT}{name}' for name in names)}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.", flush=True)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve on a free port while the block runs; give the address."""
    with _server(folder, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield _address(server)
        finally:
            server.shutdown()
            thread.join()


def _server(folder: Path, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"folder": folder})
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise SourceError(
            f"no port {port}: {error.strerror}", where=HOST, fix="another port; 0 takes a free one"
        ) from None


def _address(server: ThreadingHTTPServer) -> str:
    return f"http://{HOST}:{server.server_address[1]}"


def _named(folder: Path) -> dict[str, Path]:
    return {path.stem.removeprefix(f"{MARK}_"): path for path in (folder / FOLDER).glob(f"{MARK}_*.jsonl")}


class _Handler(BaseHTTPRequestHandler):
    folder: Path

    def do_GET(self) -> None:
        """Answer one request."""
        status, body = _answer(self.folder, self.path)
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == etag:
            status, content = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of a request that was answered."""


def _answer(folder: Path, address: str) -> tuple[HTTPStatus, dict[str, Any]]:
    parts = urlsplit(address)
    if parts.path == "/health":
        return HTTPStatus.OK, {"status": "up", "simulated": True}
    # Only names that are listed are opened: no path of the caller's.
    path = _named(folder).get(parts.path.removeprefix(ROOT)) if parts.path.startswith(ROOT) else None
    if path is None:
        return HTTPStatus.NOT_FOUND, {
            "error": f"no {parts.path}",
            "there": [f"{ROOT}{name}" for name in _named(folder)],
        }
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    page, size = asked.get("page", "1"), asked.get("per_page", str(USUAL_PAGE))
    if not (_is_count(page) and _is_count(size) and int(size) <= LARGEST_PAGE):
        return HTTPStatus.BAD_REQUEST, {"error": f"`page` from 1, `per_page` from 1 to {LARGEST_PAGE}"}
    return HTTPStatus.OK, _page(path, parts.path, int(page), int(size))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text) < 10**6


def _page(path: Path, name: str, page: int, size: int) -> dict[str, Any]:
    lines = path.read_text(encoding="utf-8").splitlines()
    following = f"{name}?page={page + 1}&per_page={size}" if page * size < len(lines) else None
    return {
        "simulated": True,
        "total": len(lines),
        "page": page,
        "items": [json.loads(line) for line in lines[(page - 1) * size : page * size]],
        "links": {"next": following},
    }
