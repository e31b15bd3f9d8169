"""Mails through the server that the clinic names: one letter to one address, and whether the server took it.

Python's own smtplib: it is kept with the language, and a clinic needs no more of it than login, TLS and one recipient.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.errors import Refused
from frontdesk.domain.reminder_text import MailServer
from frontdesk.exchange.reminders_toml import is_address
from frontdesk.text import LINE_LIMIT, clean, visible

PASSWORD, PASSWORD_FILE = "FRONTDESK_MAIL_PASSWORD", "FRONTDESK_MAIL_PASSWORD_FILE"
PATIENCE_S = 20.0
"""Seconds to wait for the server's next word."""
_PASSWORD_LIMIT = 1_000


class NotTaken(Exception):
    """The server said no, or was not asked: nothing went out; the words say why."""


class NotKnown(Exception):
    """The connection ended before the server said yes or no: it may have gone out."""


class Letter(Struct, frozen=True):
    """One mail to one patient."""

    to: str
    subject: str
    text: str
    calendar: bytes = b""
    """The appointment as an iCalendar file, attached where there is one."""
    key: str = ""
    """What makes its Message-ID, the same for the same reminder."""


class Post:
    """A connection to a mail server, over which letters go one after another."""

    def __init__(self, server: MailServer, session: smtplib.SMTP) -> None:
        self._server = server
        self._session = session

    def send(self, letter: Letter, at: DateTime) -> None:
        """Hands a letter over; raises `NotTaken` or `NotKnown`, and returns when the server took it."""
        if not is_address(letter.to):
            raise NotTaken(f"{visible(letter.to)[:60]} is no address that a mail can go to")
        sender = parseaddr(self._server.sender)[1]
        try:
            self._session.send_message(message_of(self._server, letter, at), sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()), (0, b""))
            raise NotTaken(f"the mail server refused the address: {_said(code, said)}") from error
        except smtplib.SMTPServerDisconnected as error:
            raise NotKnown("the mail server hung up before it said whether it took it") from error
        except smtplib.SMTPResponseException as error:
            raise NotTaken(f"the mail server refused it: {_said(error.smtp_code, error.smtp_error)}") from error
        except (smtplib.SMTPException, ValueError) as error:
            raise NotTaken(f"it can't be sent so: {_said(0, str(error))}") from error
        except OSError as error:
            raise NotKnown(f"the mail server fell silent: {_why(error)}") from error


@contextmanager
def open_post(server: MailServer, environment: Mapping[str, str] | None = None) -> Iterator[Post]:
    """Connects and logs in; raises `Refused` in one line where that fails, and nothing was sent then."""
    secret = password(environment) if server.user else ""
    session = _connected(server)
    try:
        try:
            if server.user:
                session.login(server.user, secret)
        except smtplib.SMTPAuthenticationError as error:
            said = _said(error.smtp_code, error.smtp_error)
            raise Refused(f"{_name(server)} does not let {visible(server.user)} in: {said}") from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise Refused(f"{_name(server)} can't be logged in to: {_said(0, str(error))}") from error
        yield Post(server, session)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            session.quit()


def password(environment: Mapping[str, str] | None = None) -> str:
    """The mail account's password, from the environment or a file it names; raises `Refused` where there is none."""
    environ = os.environ if environment is None else environment
    if environ.get(PASSWORD):
        return environ[PASSWORD]
    named = environ.get(PASSWORD_FILE)
    if not named:
        raise Refused(
            f"the mail account's password is not there: put it into {PASSWORD}, or the name of a file with it into"
            f" {PASSWORD_FILE}"
        )
    try:
        lines = Path(named).expanduser().read_text(encoding="utf-8")[:_PASSWORD_LIMIT].splitlines()
    except (OSError, UnicodeDecodeError, ValueError):
        raise Refused(f"{visible(named)}, which {PASSWORD_FILE} names, can't be read") from None
    if not lines or not lines[0].strip():
        raise Refused(f"{visible(named)}, which {PASSWORD_FILE} names, holds no password in its first line")
    return lines[0].strip()


def message_of(server: MailServer, letter: Letter, at: DateTime) -> EmailMessage:
    """The letter as RFC 5322 has it; what stands in it can add no header and no recipient."""
    name, sender = parseaddr(server.sender)
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = clean(letter.subject)
    message["Date"] = format_datetime(at.in_timezone("UTC"))
    if letter.key:
        message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text + "\n")
    if letter.calendar:
        message.add_attachment(letter.calendar, maintype="text", subtype="calendar", filename="appointment.ics")
    return message


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.server, server.port, timeout=PATIENCE_S, context=context)
        session = smtplib.SMTP(server.server, server.port, timeout=PATIENCE_S)
        if server.security == "starttls":
            with ExitStack() as unless_secured:
                unless_secured.callback(session.close)
                session.starttls(context=context)
                unless_secured.pop_all()
        return session
    except ssl.SSLCertVerificationError as error:
        why = _said(0, error.verify_message).rstrip(".")
        raise Refused(
            f"{_name(server)} shows a certificate that can't be trusted: {why}; nothing was sent. Is that the server's"
            " whole name, as its certificate has it?"
        ) from error
    except ssl.SSLError as error:
        other = {"tls": "starttls (mostly port 587)", "starttls": "tls (mostly port 465)"}[server.security]
        raise Refused(
            f'{_name(server)} does not speak TLS as security = "{server.security}" has it; nothing was sent.'
            f" Is {other} meant?"
        ) from error
    except smtplib.SMTPException as error:
        said = _said(0, str(error)).rstrip(".")
        raise Refused(f"{_name(server)} does not do what {server.security} asks: {said}; nothing was sent") from error
    except (OSError, UnicodeError) as error:
        raise Refused(f"{_name(server)} does not answer: {_why(error)}; nothing was sent") from error


def _name(server: MailServer) -> str:
    return f"the mail server {server.server}:{server.port}"


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return clean(f"{code} {text}" if code else text)[: LINE_LIMIT // 2]


def _why(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no server of that name, or no network"
    if isinstance(error, TimeoutError):
        return f"no word for {PATIENCE_S:g} s"
    return _said(0, getattr(error, "strerror", None) or str(error)).lower()
