"""The waiting list."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from frontdesk.store.schema.base import metadata, number, only_where
from frontdesk.store.types import Instant

waiting = Table(
    "waiting",
    metadata,
    number(),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="CASCADE")),
    Column("service_id", ForeignKey("service.id", ondelete="RESTRICT"), nullable=False),
    Column("practitioners", JSON, nullable=False, server_default="[]"),
    Column("weekdays", JSON, nullable=False, server_default="[]"),
    Column("earliest", Integer, nullable=False, server_default=text("0")),
    Column("latest", Integer, nullable=False, server_default=text("1440")),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("urgent", Boolean, nullable=False, server_default=false()),
    Column("note", Text, nullable=False, server_default=""),
    Column("since", Instant, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("ended_at", Instant),
    Column("ending", String(10), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("booked_id", ForeignKey("appointment.id", ondelete="CASCADE")),
    CheckConstraint("earliest >= 0 AND earliest <= latest AND latest <= 1440", name="times"),
    CheckConstraint("ending IN ('', 'booked', 'withdrawn')", name="ending"),
    CheckConstraint("(ended_at IS NULL) = (ending = '')", name="ended"),
    CheckConstraint("ending <> 'withdrawn' OR reason <> ''", name="why"),
    CheckConstraint("(ending = 'booked') = (booked_id IS NOT NULL)", name="booked"),
    Index(
        "uq_waiting_one_earlier",
        "appointment_id",
        unique=True,
        **only_where("ended_at IS NULL AND appointment_id IS NOT NULL"),
    ),
    Index(
        "uq_waiting_one_more",
        "patient_id",
        "service_id",
        unique=True,
        **only_where("ended_at IS NULL AND appointment_id IS NULL"),
    ),
    Index(
        "ix_waiting_open",
        "since",
        **only_where("ended_at IS NULL"),
    ),
)
"""Who wants `appointment_id` earlier, or (where that is none) one visit more of a service, and when they could come.

Nobody is on it twice for the same. What has ended stays as it ended: who waits again is a row of its own.
"""
