"""Where the data is and who acts: options first, then the environment, then what the platform says."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PASSWORD = re.compile(r"^[^:/?#]+://[^:/]*:[^@]+@|[?&](?:\w*password|passwd|passphrase)=[^&]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run goes by."""

    database: str
    """A file path (SQLite) or a SQLAlchemy URL."""
    actor: str
    """In whose name changes are logged."""


def settings(
    database: str | None = None, actor: str | None = None, *, environment: Mapping[str, str] | None = None
) -> Settings:
    """Reads `--db`/`FRONTDESK_DB` and `--as`/`FRONTDESK_USER`; without them the platform's data folder and user.

    An empty `--db` stays empty, to be refused: a script whose variable is unset must not write to the real clinic.
    """
    environ = os.environ if environment is None else environment
    where = database if database is not None else environ.get("FRONTDESK_DB") or str(default_database())
    named = (" ".join(who.split()) for who in (actor or "", environ.get("FRONTDESK_USER", ""), _user()))
    return Settings(where, next((who for who in named if who), "unknown"))


def default_database() -> Path:
    """`clinic.db` in the platform's user data directory."""
    return Path(platformdirs.user_data_dir("frontdesk", appauthor=False)) / "clinic.db"


def holds_password(where: str) -> bool:
    """Whether the URL of a database has a password in it, before the `@` or among its options."""
    return bool(_PASSWORD.search(where))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
