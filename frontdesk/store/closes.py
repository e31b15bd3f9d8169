"""Which days were closed, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from pendulum import DateTime
from sqlalchemy import Connection, func, insert, select, update

from frontdesk.domain.day import Closed
from frontdesk.store import schema


def add(conn: Connection, day: date, *, until: DateTime, at: DateTime, who: str) -> None:
    """Writes a close of a local day that ends at `until`; raises `Refused` while somebody of it is in the house."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    east = round(midnight.timestamp() - until.timestamp()) // 60
    clinic = schema.clinic
    # A country may have changed its time since the clinic was set up.
    conn.execute(update(clinic).where(clinic.c.east_least > east).values(east_least=east))
    conn.execute(update(clinic).where(clinic.c.east_most < east).values(east_most=east))
    conn.execute(insert(schema.day_close).values(day=day, until=until, at=at, who=who))


def latest(conn: Connection, day: date, subject: str, changing: Sequence[str]) -> Closed | None:
    """The last close of a local day, None while it is open.

    `subject` is what the log calls the day, `changing` whatever, changed afterwards, makes the close an old one.
    """
    table, log = schema.day_close.c, schema.audit.c
    row = conn.execute(
        select(table.at, table.who).where(table.day == day).order_by(table.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    written = conn.scalar(select(func.max(log.seq)).where(log.subject == subject)) or 0
    changed = conn.scalar(select(func.max(log.seq)).where(log.subject.in_(changing))) or 0
    return Closed(row.at, row.who, changed > written)
