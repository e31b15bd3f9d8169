"""A mail server of the test's own: it listens here, keeps what it was given, and misbehaves when told to."""

from __future__ import annotations

import email
import email.policy
import socketserver
import ssl
import threading
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Any


class MailServer:
    """`with MailServer() as server`: `server.letters` are those it took, each with the recipient it was for."""

    def __init__(
        self,
        *,
        refuses: str = "",
        hangs_up_on: str = "",
        tls: ssl.SSLContext | None = None,
        from_the_start: bool = False,
    ) -> None:
        """`refuses` and `hangs_up_on` are parts of addresses: it says no to these, and drops those after DATA.

        With `tls` it offers STARTTLS, or speaks nothing else `from_the_start`.
        """
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refuses = refuses
        self.hangs_up_on = hangs_up_on
        self.logins: list[str] = []
        self.secured = 0
        """Letters that came over TLS."""
        self._tls, self._from_the_start = tls, from_the_start
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                # Who does not trust the certificate hangs up in the middle of the handshake.
                with suppress(OSError):
                    if outer._from_the_start:
                        outer._secure(self)
                    outer._talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def recipients(self) -> list[str]:
        """Who was written to, in order."""
        return [to for to, _ in self.letters]

    def __enter__(self) -> MailServer:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _secure(self, session: Any) -> None:
        assert self._tls is not None
        session.request = self._tls.wrap_socket(session.request, server_side=True)
        session.setup()

    def _talk(self, session: Any) -> None:
        def say(line: str) -> None:
            session.wfile.write(line.encode() + b"\r\n")

        say("220 test")
        to: list[str] = []
        while line := session.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith(("EHLO", "HELO")):
                say("250-test")
                if self._tls is not None and not self._from_the_start:
                    say("250-STARTTLS")
                say("250 AUTH PLAIN")
            elif word == "STARTTLS":
                say("220 go on")
                self._secure(session)
            elif word.startswith("AUTH"):
                self.logins.append(line)
                say("235 in")
            elif word.startswith("MAIL"):
                to = []
                say("250 ok")
            elif word.startswith("RCPT"):
                address = line[line.index("<") + 1 : line.index(">")]
                if self.refuses and self.refuses in address:
                    say("550 no such mailbox")
                else:
                    to.append(address)
                    say("250 ok")
            elif word == "DATA":
                say("354 go on")
                if not self._data(session, to):
                    return
                say("250 taken")
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _data(self, session: Any, to: list[str]) -> bool:
        lines: list[bytes] = []
        while (line := session.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.hangs_up_on and any(self.hangs_up_on in one for one in to):
            return False
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        with self._lock:
            self.secured += isinstance(session.request, ssl.SSLSocket)
            self.letters += [(one, message) for one in to]
        return True
