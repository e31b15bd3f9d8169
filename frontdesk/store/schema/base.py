"""What every table is made with: one collection, names for constraints, and kinds of columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""Ids have 64 bits on every database; SQLite counts rows by an INTEGER key alone."""
PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is searched by its beginning or sorted by: by code points, as SQLite does, whatever the server's locale."""


def number() -> Column[int]:
    """The key of a table whose rows are counted."""
    return Column("id", NUMBER, primary_key=True)


def only_where(condition: str) -> dict[str, Any]:
    """What an index holds that is of some rows alone.

    Migrations make the indexes, and say it to servers too. Said here, it would have the first write to a
    file load SQLAlchemy's part for PostgreSQL too, a fifth more.
    """
    return {"sqlite_where": text(condition)}
