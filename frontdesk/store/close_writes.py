"""Days that are closed, written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.store import core as sa
from frontdesk.store import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add(conn: Connection, day: date, *, until: DateTime, at: DateTime, who: str) -> None:
    """Writes a close of a local day that ends at `until`; raises `Refused` while somebody of it is in the house."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    east = round(midnight.timestamp() - until.timestamp()) // 60
    clinic = schema.clinic
    # A country may have changed its time since the clinic was set up.
    conn.execute(sa.update(clinic).where(clinic.c.east_least > east).values(east_least=east))
    conn.execute(sa.update(clinic).where(clinic.c.east_most < east).values(east_most=east))
    conn.execute(sa.insert(schema.day_close).values(day=day, until=until, at=at, who=who))
