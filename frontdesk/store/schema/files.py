"""What a patient's file says beyond what finds them: contacts and consents, intakes, scores."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from frontdesk.store.schema.base import metadata, number, only_where
from frontdesk.store.types import Instant

patient_file = Table(
    "patient_file",
    metadata,
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Column("pronunciation", Text, nullable=False, server_default=""),
    Column("pronouns", Text, nullable=False, server_default=""),
    Column("emergency_name", Text, nullable=False, server_default=""),
    Column("emergency_relation", Text, nullable=False, server_default=""),
    Column("emergency_phone", Text, nullable=False, server_default=""),
    Column("guardian_name", Text, nullable=False, server_default=""),
    Column("guardian_phone", Text, nullable=False, server_default=""),
    Column("referred_by", Text, nullable=False, server_default=""),
    Column("referral", Text, nullable=False, server_default=""),
    Column("consent_treatment", Date),
    Column("consent_data", Date),
    Column("preferred_contact", String(10), nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("no_reminders_since", Date),
    CheckConstraint("preferred_contact IN ('', 'phone', 'message', 'email', 'post')", name="preferred_contact"),
)
"""What is read only when a patient's file is opened: the lookup and the day never touch it. No row, nothing known."""

intake = Table(
    "intake",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("taken_on", Date, nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("complaint", Text, nullable=False, server_default=""),
    Column("severity", String(10), nullable=False, server_default=""),
    Column("symptoms", JSON, nullable=False, server_default="[]"),
    Column("places", Text, nullable=False, server_default=""),
    Column("causes", JSON, nullable=False, server_default="[]"),
    Column("history", Text, nullable=False, server_default=""),
    Column("lifestyle", Text, nullable=False, server_default=""),
    CheckConstraint("severity IN ('', 'mild', 'moderate', 'severe')", name="severity"),
)
"""What a patient told at an intake, once for each that was taken; the latest is what holds."""

SCORES = ("pain", "numbness", "sleep", "mood")
"""What is scored at visits, from 0 (no trouble) to 10 (the worst there is)."""
_SCALE = ", ".join(str(points) for points in range(11))

score = Table(
    "score",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    Column("taken_by", Text, nullable=False),
    *(Column(name, Integer) for name in SCORES),
    *(CheckConstraint(f"{name} IN ({_SCALE})", name=name) for name in SCORES),
    CheckConstraint(" OR ".join(f"{name} IS NOT NULL" for name in SCORES), name="some"),
    Index("ix_score_patient_id_at", "patient_id", "at"),
    Index(
        "uq_score_one_a_visit",
        "appointment_id",
        unique=True,
        **only_where("appointment_id IS NOT NULL"),
    ),
)
"""How a patient was at a visit, or on a day without one."""
