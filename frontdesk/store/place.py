"""Which kind of database a text names, without loading what speaks to it."""

from __future__ import annotations

SERVER_SCHEMES = ("postgresql+psycopg://", "postgresql://", "postgres://")
"""How the URL of a PostgreSQL database begins."""


def is_server(where: str) -> bool:
    """Whether `where` is the URL of a PostgreSQL database; anything else is a file, or refused as one."""
    return where.startswith(SERVER_SCHEMES)
