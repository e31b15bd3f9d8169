"""What a database says of itself, and the log of who changed what."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
)

from frontdesk.store.schema.base import NUMBER, metadata
from frontdesk.store.types import Instant

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts about the database itself: `database_id`, `created_at`, `clock_offset_ms` of a demo clinic."""

audit = Table(
    "audit",
    metadata,
    Column("seq", NUMBER, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("undoes", ForeignKey("audit.seq"), unique=True),
    CheckConstraint("seq > 0", name="seq"),
    Index("ix_audit_subject_seq", "subject", "seq"),
    sqlite_autoincrement=True,
)
"""Who changed what and when, append-only; also the feed by which other terminals learn of changes."""
