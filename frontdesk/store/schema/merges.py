"""Files of one person that were made one, files of two that look alike, files that were erased."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Table, Text

from frontdesk.store.schema.base import NUMBER, metadata, number
from frontdesk.store.types import Instant

patient_merge = Table(
    "patient_merge",
    metadata,
    number(),
    Column("kept_id", NUMBER, nullable=False),
    Column("gone_id", NUMBER, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("gone", JSON, nullable=False),
    Column("moved", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", Text, nullable=False, server_default=""),
    CheckConstraint("kept_id <> gone_id", name="two"),
    Index("ix_patient_merge_gone_id", "gone_id"),
    Index("ix_patient_merge_kept_id", "kept_id"),
)
"""A file that went into another: its rows as they were (`gone`), the keys of the rows that changed hands (`moved`), and
what the file that stayed said in the fields that changed, so that all of it can be taken back."""

patient_erasure = Table(
    "patient_erasure",
    metadata,
    Column("patient_id", NUMBER, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
)
"""Whose file was erased, and the numbers of files that had gone into it: visits and counts stay, who they were of is
gone from the tables and from the log. The numbers are never given again."""

patient_apart = Table(
    "patient_apart",
    metadata,
    Column("one_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    CheckConstraint("one_id < other_id", name="order"),
    sqlite_with_rowid=False,
)
"""Two files that somebody said are two people, however alike they look."""
