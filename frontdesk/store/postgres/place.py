"""Where a PostgreSQL database is: its URL read, its password kept out of sight, TLS asked for beyond this machine."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping

from msgspec import Struct
from psycopg import pq
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from frontdesk.domain.errors import Unavailable
from frontdesk.text import visible

_EXAMPLE = "postgresql+psycopg://USER@HOST/DATABASE"
_OURS = frozenset({"dbname", "user", "client_encoding", "replication", "fallback_application_name"})
"""Options of libpq that the URL says in another place, or that frontdesk sets itself."""
_PATIENCE: Mapping[str, str] = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""A server that is gone without a word (a cable, a power cut) is noticed in seconds, not in the system's two hours."""


class Place(Struct, frozen=True):
    """A database on a server; never shown as it is, since the password may be in it."""

    parameters: Mapping[str, str]
    """What libpq connects by."""
    shown: str
    """The place without any secret, on one line, safe for a terminal."""
    database: str
    """The database's name, for messages and for the names of copies."""
    host: str
    """The host's name or socket folder; empty for the default."""

    def __repr__(self) -> str:
        return f"Place({self.shown!r})"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("shown", self.shown)]


def place_of(where: str, environment: Mapping[str, str] | None = None) -> Place:
    """Reads a `postgresql+psycopg://` URL; raises `Unavailable` for what is none or can't be meant."""
    environ = os.environ if environment is None else environment
    try:
        url = make_url(where.replace("postgres:", "postgresql:", 1))  # as psql takes it too
    except (ArgumentError, ValueError):
        raise Unavailable(f"that is no URL of a PostgreSQL database: write {_EXAMPLE}") from None
    given = _options(url)
    for name, value in (
        ("host", url.host),
        ("port", None if url.port is None else str(url.port)),
        ("user", url.username),
        ("password", url.password),
        ("dbname", url.database),
    ):
        if value:
            given[name] = value
    if any(not value.isprintable() for value in given.values()):
        raise Unavailable(f"the URL of the database holds characters that can't be meant: write {_EXAMPLE}")
    is_service = "service" in given or bool(environ.get("PGSERVICE"))
    if "dbname" not in given and not is_service:
        raise Unavailable(f"the URL names no database: write {_EXAMPLE}")
    host = given.get("host") or given.get("hostaddr") or ("" if is_service else environ.get("PGHOST", ""))
    if "sslmode" not in given and not environ.get("PGSSLMODE") and not is_local(host):
        given["sslmode"] = "require"
    database = given.get("dbname") or given.get("service") or environ.get("PGSERVICE", "")
    return Place({**_PATIENCE, "application_name": "frontdesk", **given}, _shown(given, host), visible(database), host)


def is_local(host: str) -> bool:
    """Whether every host named is this machine: a socket, `localhost` or a loopback address."""
    return all(_is_local(one.strip()) for one in host.split(","))


def _is_local(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _options(url: URL) -> dict[str, str]:
    """What follows the `?`, checked against the options that this libpq has."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - _OURS
    found: dict[str, str] = {}
    for name, value in url.query.items():
        if name not in known:
            raise Unavailable(f"{visible(name)[:40]} is no option of a PostgreSQL URL; look at what follows its ?")
        found[name] = value if isinstance(value, str) else ",".join(value)
    return found


def _shown(given: Mapping[str, str], host: str) -> str:
    user = f"{given['user']}@" if "user" in given else ""
    at = f"[{host}]" if ":" in host else "" if host.startswith(("/", "@")) else host
    port = f":{given['port']}" if "port" in given and at else ""
    return visible(f"postgresql://{user}{at}{port}/{given.get('dbname') or '?service=' + given.get('service', '')}")
