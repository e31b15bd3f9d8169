"""The tables, as SQLAlchemy Core knows them; the migrations create them, `guards` adds what only triggers can hold.

Instants are epoch milliseconds in UTC (`Instant`), days are local dates, lengths are whole minutes. Every constraint
has a name, so that a later migration can find it.
"""

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
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from frontdesk.store.types import Instant

LONGEST_HOURS = 36
"""No visit lasts longer from its planned start: the bound by which a day is read from an index on starts alone."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""Ids have 64 bits on every database; SQLite counts rows by an INTEGER key alone."""
PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is searched by its beginning or sorted by: by code points, as SQLite does, whatever the server's locale."""


def _id() -> Column[int]:
    return Column("id", NUMBER, primary_key=True)


meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts about the database itself: `database_id`, `created_at`, `clock_offset_ms` of a demo clinic."""

clinic = Table(
    "clinic",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("phone_region", String(2), nullable=False),
    Column("slot_minutes", Integer, nullable=False),
    Column("hours", JSON, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
    Column("waiting_minutes", Integer, nullable=False, server_default=text("10")),
    Column("late_minutes", Integer, nullable=False, server_default=text("5")),
    CheckConstraint("slot_minutes BETWEEN 1 AND 60", name="slot_minutes"),
)

room = Table(
    "room",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("room_group", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("kind", Text, nullable=False, server_default=""),
)

equipment = Table(
    "equipment",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("count", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    CheckConstraint("count > 0", name="count"),
)
"""What visits take besides a room, and how many of it there are."""

practitioner = Table(
    "practitioner",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("hours", JSON(none_as_null=True)),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("last_start", Integer),
    Column("off_at", Instant),
)

service = Table(
    "service",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("consultation", Integer, nullable=False),
    Column("insertion", Integer, nullable=False),
    Column("retention_earliest", Integer, nullable=False),
    Column("retention_latest", Integer, nullable=False),
    Column("planned_retention", Integer, nullable=False),
    Column("removal", Integer, nullable=False),
    Column("turnover", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("room_kinds", JSON, nullable=False, server_default="[]"),
    Column("equipment", JSON, nullable=False, server_default="[]"),
    Column("last_start", Integer),
    CheckConstraint("consultation >= 0 AND insertion >= 0 AND removal >= 0 AND turnover >= 0", name="lengths"),
    CheckConstraint(
        "0 <= retention_earliest AND retention_earliest <= planned_retention AND planned_retention <= retention_latest",
        name="retention_window",
    ),
)

closure = Table(
    "closure",
    metadata,
    _id(),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    CheckConstraint("first_day <= last_day", name="order"),
)

patient = Table(
    "patient",
    metadata,
    _id(),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("given", PLAIN, nullable=False, server_default=""),
    Column("family", PLAIN, nullable=False, server_default=""),
    Column("known_as", Text, nullable=False, server_default=""),
    Column("birth_date", Date),
    Column("sex", String(10)),
    Column("email", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("notes", Text, nullable=False, server_default=""),
    Column("deceased_on", Date),
    Column("last_seen_at", Instant),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("given <> '' OR family <> ''", name="named"),
    Index("ix_patient_birth_date", "birth_date"),
    Index("ix_patient_last_seen_at", "last_seen_at"),
)

phone = Table(
    "phone",
    metadata,
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("digits_reversed", PLAIN, nullable=False),
    Index("ix_phone_digits_reversed", "digits_reversed"),
)

flag = Table(
    "flag",
    metadata,
    _id(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)

patient_token = Table(
    "patient_token",
    metadata,
    Column("token", PLAIN, primary_key=True),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_patient_token_patient_id_token", "patient_id", "token"),
    sqlite_with_rowid=False,
)
"""Folded words of each patient's names and e-mail: the lookup searches them by prefix."""

patient_source = Table(
    "patient_source",
    metadata,
    Column("namespace", String(64), primary_key=True),
    Column("key", PLAIN, primary_key=True),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fields", JSON, nullable=False),
)
"""Which patient a row of an imported file became, and what the row said, so that a second import changes nothing."""

appointment = Table(
    "appointment",
    metadata,
    _id(),
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
        sqlite_where=text("holder_id IS NOT NULL"),
        postgresql_where=text("holder_id IS NOT NULL"),
    ),
    Index(
        "uq_appointment_one_visit_a_room",
        "room_id",
        unique=True,
        sqlite_where=text(
            "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND ready_at IS NULL"
        ),
        postgresql_where=text(
            "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND ready_at IS NULL"
        ),
    ),
    Index(
        "uq_appointment_one_visit_a_patient",
        "patient_id",
        unique=True,
        sqlite_where=text("status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"),
        postgresql_where=text("status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"),
    ),
)

retention = Table(
    "retention",
    metadata,
    _id(),
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
        sqlite_where=text("kept > 0 AND kept_out_at IS NULL"),
        postgresql_where=text("kept > 0 AND kept_out_at IS NULL"),
    ),
    Index(
        "uq_retention_one_open",
        "appointment_id",
        unique=True,
        sqlite_where=text("out_at IS NULL"),
        postgresql_where=text("out_at IS NULL"),
    ),
)

timer = Table(
    "timer",
    metadata,
    _id(),
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
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
"""What is timed beside the needles: the first check, e-stim, heat lamp, cups. Facts; what is left is computed."""

claim = Table(
    "claim",
    metadata,
    _id(),
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
    _id(),
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
    _id(),
    Column("day", Date, nullable=False),
    Column("until", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Index("ix_day_close_day", "day"),
)
"""Each time a local day was closed; `until` is the instant it ends. None can be while anyone of it is in the house."""

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
