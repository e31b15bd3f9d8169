"""Column types that keep what SQLAlchemy's own would lose."""

from __future__ import annotations

from pendulum import DateTime
from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

from frontdesk.domain.instants import from_ms, to_ms


class Instant(TypeDecorator[DateTime]):
    """An instant, stored as milliseconds since 1970 in UTC.

    SQLAlchemy's DateTime drops the zone on SQLite, so the same instant from two zones is stored as two. A naive value
    is refused rather than guessed at.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: DateTime | None, dialect: Dialect) -> int | None:
        """Refuses a value without an offset."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError("an instant needs an offset from UTC")
        return to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> DateTime | None:
        """Gives an aware pendulum DateTime in UTC."""
        return None if value is None else from_ms(value)
