"""Appointments and what happens in them, what they take, blocks, and the days that were closed."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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

from frontdesk.store.schema.base import NUMBER, PLAIN, metadata, number, only_where
from frontdesk.store.shared import IN_HOUSE, KEPT_IN
from frontdesk.store.types import Instant

appointment = Table(
    "appointment",
    metadata,
    number(),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("patient_id", ForeignKey("patient.id", ondelete="RESTRICT"), nullable=False),
    Column("practitioner_id", ForeignKey("practitioner.id", ondelete="RESTRICT"), nullable=False),
    Column("service_id", ForeignKey("service.id", ondelete="RESTRICT"), nullable=False),
    Column("room_id", ForeignKey("room.id", ondelete="RESTRICT")),
    Column("status", String(20), nullable=False),
    Column("starts", Instant, nullable=False),
    Column("retention_minutes", Integer, nullable=False),
    Column("squeezed", Boolean, nullable=False, server_default=false()),
    Column("confirmed_at", Instant),
    Column("arrived_at", Instant),
    Column("roomed_at", Instant),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("ready_at", Instant),
    Column("reason", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("leave_by", Instant),
    Column("cancelled_by", String(20), nullable=False, server_default=""),
    Column("series_id", NUMBER),
    Column("holder_id", ForeignKey("practitioner.id", ondelete="RESTRICT")),
    Column("asked", JSON, nullable=False, server_default="[]"),
    CheckConstraint(
        "status IN ('booked', 'confirmed', 'arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out',"
        " 'checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')",
        name="status",
    ),
    Index("ix_appointment_starts", "starts"),
    Index("ix_appointment_patient_id_starts", "patient_id", "starts"),
    Index("ix_appointment_practitioner_id_starts", "practitioner_id", "starts"),
    Index("ix_appointment_room_id", "room_id"),
    Index("ix_appointment_series_id", "series_id"),
    Index(
        "ix_appointment_holder_id",
        "holder_id",
        **only_where("holder_id IS NOT NULL"),
    ),
    Index(
        "uq_appointment_one_visit_a_room",
        "room_id",
        unique=True,
        **only_where("status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND ready_at IS NULL"),
    ),
    Index(
        "uq_appointment_one_visit_a_patient",
        "patient_id",
        unique=True,
        **only_where(IN_HOUSE),
    ),
)

retention = Table(
    "retention",
    metadata,
    number(),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("in_at", Instant, nullable=False),
    Column("count_in", Integer, nullable=False),
    Column("planned_minutes", Integer, nullable=False),
    Column("earliest_minutes", Integer, nullable=False),
    Column("latest_minutes", Integer, nullable=False),
    Column("leave_by", Instant),
    Column("checked_at", Instant),
    Column("silenced_level", String(10), nullable=False, server_default="none"),
    Column("silenced_until", Instant),
    Column("out_at", Instant),
    Column("count_out", Integer),
    Column("kept", Integer, nullable=False, server_default=text("0")),
    Column("missing", Integer, nullable=False, server_default=text("0")),
    Column("missing_reason", Text, nullable=False, server_default=""),
    Column("missing_by", Text, nullable=False, server_default=""),
    Column("boot", String(60), nullable=False, server_default=""),
    Column("boot_ms", BigInteger),
    Column("areas_in", JSON(none_as_null=True)),
    Column("areas_out", JSON(none_as_null=True)),
    Column("open_end", Boolean, nullable=False, server_default=false()),
    Column("told", Boolean, nullable=False, server_default=false()),
    Column("remove_on", Date),
    Column("kept_out_at", Instant),
    CheckConstraint("count_in > 0", name="count_in"),
    CheckConstraint("kept >= 0 AND missing >= 0 AND (count_out IS NULL OR count_out >= 0)", name="counts"),
    CheckConstraint("count_out IS NULL OR count_out + kept + missing = count_in", name="every_needle"),
    CheckConstraint("count_out IS NULL OR out_at IS NOT NULL", name="count_after_out"),
    CheckConstraint("missing = 0 OR (missing_reason <> '' AND missing_by <> '')", name="missing_named"),
    Index(
        "ix_retention_kept",
        "appointment_id",
        **only_where(KEPT_IN),
    ),
    Index(
        "uq_retention_one_open",
        "appointment_id",
        unique=True,
        **only_where("out_at IS NULL"),
    ),
)

timer = Table(
    "timer",
    metadata,
    number(),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text, nullable=False, server_default=""),
    Column("silenced_level", String(10), nullable=False, server_default="none"),
    Column("silenced_until", Instant),
    Column("boot", String(60), nullable=False, server_default=""),
    Column("boot_ms", BigInteger),
    CheckConstraint("minutes > 0", name="minutes"),
    CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
    Index(
        "uq_timer_one_running",
        "appointment_id",
        "kind",
        unique=True,
        **only_where("ended_at IS NULL"),
    ),
)
"""What is timed beside the needles: the first check, e-stim, heat lamp, cups. Facts; what is left is computed."""

claim = Table(
    "claim",
    metadata,
    number(),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("resource", String(40), nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    CheckConstraint("starts < ends", name="order"),
    Index("ix_claim_resource_starts_ends", "resource", "starts", "ends"),
)
"""Exclusive use of `room:3`, `practitioner:1` (hands-on phases) or `patient:42`; a trigger lets no two overlap."""

block = Table(
    "block",
    metadata,
    number(),
    Column("title", Text, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("practitioner_id", ForeignKey("practitioner.id", ondelete="RESTRICT")),
    Column("room_id", ForeignKey("room.id", ondelete="RESTRICT")),
    Column("all_day", Boolean, nullable=False, server_default=false()),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
    Column("transparent", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("kind", String(20), nullable=False, server_default=""),
    CheckConstraint("starts <= ends", name="order"),
    Index("ix_block_starts", "starts"),
)

event_source = Table(
    "event_source",
    metadata,
    Column("key", PLAIN, primary_key=True),
    Column("appointment_id", ForeignKey("appointment.id", ondelete="CASCADE"), index=True),
    Column("block_id", ForeignKey("block.id", ondelete="CASCADE"), index=True),
    Column("fields", JSON, nullable=False),
    CheckConstraint("(appointment_id IS NULL) <> (block_id IS NULL)", name="one_target"),
)
"""Which appointment or block an imported occurrence became, and what it said."""

day_close = Table(
    "day_close",
    metadata,
    number(),
    Column("day", Date, nullable=False),
    Column("until", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Index("ix_day_close_day", "day"),
)
"""Each time a local day was closed; `until` is the instant it ends. None can be while anyone of it is in the house."""
