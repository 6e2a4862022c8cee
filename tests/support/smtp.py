"""A mail server that keeps what it is sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """Where the server listens, and what it got."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs that asks for no encryption."""

    def handle(self) -> None:
        box, to = self.server.box, []  # type: ignore[attr-defined]
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"RCPT TO:"):
                to.append(line.strip()[8:].strip(b"<>").decode())
            if verb == b"DATA":
                self._say("354 go on")
                box.messages.append(self._read())
                box.recipients.append(to)
            self._say("221 bye" if verb == b"QUIT" else "250 ok")
            if verb == b"QUIT":
                return

    def _read(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """A mail server on this computer while the block runs."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.box = Mailbox(server.server_address[1])  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.box  # type: ignore[attr-defined]
        server.shutdown()
