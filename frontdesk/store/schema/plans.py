"""What is planned for a patient beyond single visits."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from frontdesk.store.schema.base import metadata, number, only_where
from frontdesk.store.types import Instant

treatment_plan = Table(
    "treatment_plan",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("complaint", Text, nullable=False, server_default=""),
    Column("cadence", String(10), nullable=False),
    Column("planned", Integer, nullable=False),
    Column("reassess_at", Integer),
    Column("practitioner_id", ForeignKey("practitioner.id")),
    Column("service_id", ForeignKey("service.id"), nullable=False),
    Column("weekdays", JSON, nullable=False, server_default="[]"),
    Column("from_minute", Integer),
    Column("until_minute", Integer),
    Column("started_on", Date, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("paused_on", Date),
    Column("paused_until", Date),
    Column("ended_on", Date),
    Column("outcome", String(10), nullable=False, server_default=""),
    Column("outcome_note", Text, nullable=False, server_default=""),
    CheckConstraint("cadence IN ('twice', 'week', '2weeks', 'month')", name="cadence"),
    CheckConstraint("planned BETWEEN 1 AND 60", name="planned"),
    CheckConstraint("reassess_at BETWEEN 1 AND planned", name="reassess_at"),
    CheckConstraint("(from_minute IS NULL) = (until_minute IS NULL)", name="times"),
    CheckConstraint("from_minute >= 0 AND from_minute < until_minute AND until_minute <= 1440", name="span"),
    CheckConstraint("paused_until IS NULL OR paused_on IS NOT NULL", name="pause"),
    CheckConstraint(
        "outcome IN ('', 'resolved', 'better', 'same', 'worse', 'referred', 'stopped')",
        name="outcome",
    ),
    CheckConstraint("(ended_on IS NULL) = (outcome = '')", name="ended"),
    Index(
        "uq_treatment_plan_one_open_a_patient",
        "patient_id",
        unique=True,
        **only_where("ended_on IS NULL"),
    ),
)
"""How often a patient is to come and how many times; which visits count is computed (`domain.plan`)."""

recall_contact = Table(
    "recall_contact",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("about", String(10), nullable=False),
    Column("result", String(10), nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("next_on", Date),
    CheckConstraint("about IN ('plan', 'lapsed', 'reassess', 'needles')", name="about"),
    CheckConstraint("result IN ('not_now', 'no_answer', 'wait', 'booked', 'stop')", name="result"),
    Index("ix_recall_contact_patient_id_at", "patient_id", "at"),
    Index("ix_recall_contact_at", "at"),
)
"""What came of asking a patient to come again; who ought to be asked is computed (`domain.recall`)."""
