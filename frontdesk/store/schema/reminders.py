"""What was tried to remind patients of a visit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from frontdesk.store.schema.base import metadata, number, only_where
from frontdesk.store.types import Instant

ONE_MAIL = "channel = 'email' AND result <> 'failed'"
"""Of these there is one at most for a visit at its time."""

reminder_sent = Table(
    "reminder_sent",
    metadata,
    number(),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="CASCADE"), nullable=False),
    Column("starts", Instant, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("result", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("address", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    CheckConstraint("channel IN ('phone', 'email')", name="channel"),
    CheckConstraint(
        "result IN ('message', 'no_answer') AND channel = 'phone'"
        " OR result IN ('sending', 'sent', 'failed', 'unsure') AND channel = 'email'",
        name="result",
    ),
    Index("ix_reminder_sent_appointment_id", "appointment_id"),
    Index(
        "uq_reminder_sent_once",
        "appointment_id",
        "starts",
        unique=True,
        **only_where(ONE_MAIL),
    ),
)
"""One attempt each: who was called, what mail went out, for the start the visit had then. A mail is written down before
it is sent, and two programs that send at once can't both write it down."""
