"""Mails over TLS: only to a server whose certificate is its own and vouched for, else one line and nothing sent."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pendulum
import pytest

from frontdesk.domain.errors import Refused
from frontdesk.domain.reminder_text import MailServer as Server
from frontdesk.exchange.mail import Letter, open_post
from tests.smtp import MailServer

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="certificates are made by openssl, which is not here")
AT = pendulum.datetime(2026, 11, 23, 15)
MADE = (
    *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"),
    *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of localhost that nobody vouches for, and what a server shows it with."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    assert OPENSSL is not None
    subprocess.run(
        [OPENSSL, *MADE, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True, timeout=60
    )
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(made, key)
    return made, shown


def send(security: str, port: int, name: str = "localhost") -> None:
    server = Server(name, "desk@example.org", port=port, security=security, user="desk")
    with open_post(server, {"FRONTDESK_MAIL_PASSWORD": "quince"}) as post:
        post.send(Letter("maria@example.org", "Tomorrow", "We expect you."), AT)


def refusal(ask: Callable[[], None]) -> str:
    with pytest.raises(Refused) as refused:
        ask()
    said = refused.value.reason
    assert "\n" not in said
    assert "nothing was sent" in said
    assert "quince" not in said
    return said


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_and_the_password_go_over_tls_to_a_server_that_is_vouched_for_and_to_no_other(
    certificate: tuple[Path, ssl.SSLContext], security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, shown = certificate
    with MailServer(tls=shown, from_the_start=security == "tls") as server:
        said = refusal(lambda: send(security, server.port))
        assert said.startswith(
            f"the mail server localhost:{server.port} shows a certificate that can't be trusted: self"
        )
        # Where OpenSSL looks for those who may vouch.
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        assert "can't be trusted: IP address mismatch" in refusal(lambda: send(security, server.port, "127.0.0.1"))
        assert (server.letters, server.logins) == ([], [])
        send(security, server.port)
        assert (server.recipients, server.secured, len(server.logins)) == (["maria@example.org"], 1, 1)


def test_a_server_without_tls_gets_neither_letter_nor_password(certificate: tuple[Path, ssl.SSLContext]) -> None:
    with MailServer() as server:
        assert "does not do what starttls asks: STARTTLS extension not supported" in refusal(
            lambda: send("starttls", server.port)
        )
        assert 'does not speak TLS as security = "tls" has it' in refusal(lambda: send("tls", server.port))
        assert (server.letters, server.logins) == ([], [])
