"""The first tables.

Written out rather than made from `store.schema`, which moves on: this stays what 0001 was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Ids have 64 bits on both; SQLite counts rows by an INTEGER key alone."""
PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that is searched by its beginning or sorted by: by code points, as SQLite does, whatever the server's locale."""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undoes", NUMBER, nullable=True),
        sa.CheckConstraint("seq > 0", name=op.f("ck_audit_seq")),
        sa.ForeignKeyConstraint(["undoes"], ["audit.seq"], name=op.f("fk_audit_undoes_audit")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sa.UniqueConstraint("undoes", name=op.f("uq_audit_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject_seq", "audit", ["subject", "seq"], unique=False)
    op.create_table(
        "clinic",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("phone_region", sa.String(length=2), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_only_one")),
        sa.CheckConstraint("slot_minutes BETWEEN 1 AND 60", name=op.f("ck_clinic_slot_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "closure",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closure_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "patient",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("given", PLAIN, server_default="", nullable=False),
        sa.Column("family", PLAIN, server_default="", nullable=False),
        sa.Column("known_as", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=10), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("given <> '' OR family <> ''", name=op.f("ck_patient_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    op.create_index("ix_patient_birth_date", "patient", ["birth_date"], unique=False)
    op.create_index("ix_patient_last_seen_at", "patient", ["last_seen_at"], unique=False)
    op.create_table(
        "practitioner",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
        sa.UniqueConstraint("name", name=op.f("uq_practitioner_name")),
    )
    op.create_table(
        "room",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("room_group", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("name", name=op.f("uq_room_name")),
    )
    op.create_table(
        "service",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Integer(), nullable=False),
        sa.Column("insertion", sa.Integer(), nullable=False),
        sa.Column("retention_earliest", sa.Integer(), nullable=False),
        sa.Column("retention_latest", sa.Integer(), nullable=False),
        sa.Column("planned_retention", sa.Integer(), nullable=False),
        sa.Column("removal", sa.Integer(), nullable=False),
        sa.Column("turnover", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "0 <= retention_earliest AND retention_earliest <= planned_retention AND planned_retention <= retention_latest",
            name=op.f("ck_service_retention_window"),
        ),
        sa.CheckConstraint(
            "consultation >= 0 AND insertion >= 0 AND removal >= 0 AND turnover >= 0", name=op.f("ck_service_lengths")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("name", name=op.f("uq_service_name")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("practitioner_id", NUMBER, nullable=False),
        sa.Column("service_id", NUMBER, nullable=False),
        sa.Column("room_id", NUMBER, nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("retention_minutes", sa.Integer(), nullable=False),
        sa.Column("squeezed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("roomed_at", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out', 'checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')",
            name=op.f("ck_appointment_status"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_appointment_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_appointment_practitioner_id_practitioner"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_appointment_room_id_room"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_appointment_service_id_service"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_patient_id_starts", "appointment", ["patient_id", "starts"], unique=False)
    op.create_index("ix_appointment_practitioner_id_starts", "appointment", ["practitioner_id", "starts"], unique=False)
    op.create_index("ix_appointment_room_id", "appointment", ["room_id"], unique=False)
    op.create_index("ix_appointment_starts", "appointment", ["starts"], unique=False)
    op.create_index(
        "uq_appointment_one_visit_a_patient",
        "appointment",
        ["patient_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"),
        postgresql_where=sa.text("status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"),
    )
    op.create_index(
        "uq_appointment_one_visit_a_room",
        "appointment",
        ["room_id"],
        unique=True,
        sqlite_where=sa.text(
            "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND ready_at IS NULL"
        ),
        postgresql_where=sa.text(
            "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND ready_at IS NULL"
        ),
    )
    op.create_table(
        "block",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("practitioner_id", NUMBER, nullable=True),
        sa.Column("room_id", NUMBER, nullable=True),
        sa.Column("all_day", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("transparent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_block_order")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_block_practitioner_id_practitioner"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_block_room_id_room"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    op.create_index("ix_block_starts", "block", ["starts"], unique=False)
    op.create_table(
        "flag",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_flag_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_patient_id"), "flag", ["patient_id"], unique=False)
    op.create_table(
        "patient_source",
        sa.Column("namespace", sa.String(length=64), nullable=False),
        sa.Column("key", PLAIN, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_source_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("namespace", "key", name=op.f("pk_patient_source")),
    )
    op.create_index(op.f("ix_patient_source_patient_id"), "patient_source", ["patient_id"], unique=False)
    op.create_table(
        "patient_token",
        sa.Column("token", PLAIN, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_token_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", "patient_id", name=op.f("pk_patient_token")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_patient_token_patient_id_token", "patient_token", ["patient_id", "token"], unique=False)
    op.create_table(
        "phone",
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digits_reversed", PLAIN, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_phone_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("patient_id", "position", name=op.f("pk_phone")),
    )
    op.create_index("ix_phone_digits_reversed", "phone", ["digits_reversed"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=False),
        sa.Column("resource", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_claim_order")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_claim_appointment_id_appointment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_appointment_id"), "claim", ["appointment_id"], unique=False)
    op.create_index("ix_claim_resource_starts_ends", "claim", ["resource", "starts", "ends"], unique=False)
    op.create_table(
        "event_source",
        sa.Column("key", PLAIN, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=True),
        sa.Column("block_id", NUMBER, nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.CheckConstraint("(appointment_id IS NULL) <> (block_id IS NULL)", name=op.f("ck_event_source_one_target")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_event_source_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["block.id"], name=op.f("fk_event_source_block_id_block"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_event_source")),
    )
    op.create_index(op.f("ix_event_source_appointment_id"), "event_source", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_event_source_block_id"), "event_source", ["block_id"], unique=False)
    op.create_table(
        "retention",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=False),
        sa.Column("in_at", sa.BigInteger(), nullable=False),
        sa.Column("count_in", sa.Integer(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("earliest_minutes", sa.Integer(), nullable=False),
        sa.Column("latest_minutes", sa.Integer(), nullable=False),
        sa.Column("leave_by", sa.BigInteger(), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("silenced_level", sa.String(length=10), server_default="none", nullable=False),
        sa.Column("silenced_until", sa.BigInteger(), nullable=True),
        sa.Column("out_at", sa.BigInteger(), nullable=True),
        sa.Column("count_out", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("missing", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("missing_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("missing_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "missing = 0 OR (missing_reason <> '' AND missing_by <> '')", name=op.f("ck_retention_missing_named")
        ),
        sa.CheckConstraint("count_in > 0", name=op.f("ck_retention_count_in")),
        sa.CheckConstraint(
            "count_out IS NULL OR count_out + kept + missing = count_in", name=op.f("ck_retention_every_needle")
        ),
        sa.CheckConstraint("count_out IS NULL OR out_at IS NOT NULL", name=op.f("ck_retention_count_after_out")),
        sa.CheckConstraint(
            "kept >= 0 AND missing >= 0 AND (count_out IS NULL OR count_out >= 0)", name=op.f("ck_retention_counts")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_retention_appointment_id_appointment"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention")),
    )
    op.create_index(op.f("ix_retention_appointment_id"), "retention", ["appointment_id"], unique=False)
    op.create_index(
        "uq_retention_one_open",
        "retention",
        ["appointment_id"],
        unique=True,
        sqlite_where=sa.text("out_at IS NULL"),
        postgresql_where=sa.text("out_at IS NULL"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Entries of the log are numbered without gaps, which a sequence does not do: a guard gives each its number.
        op.execute("ALTER TABLE audit ALTER COLUMN seq DROP DEFAULT")
        op.execute("DROP SEQUENCE audit_seq_seq")
        # With the table and not later: over a million rows it takes minutes.
        op.execute(
            "ALTER TABLE claim ADD CONSTRAINT ex_claim_overlap"
            " EXCLUDE USING gist (resource WITH =, int8range(starts, ends) WITH &&)"
            " WHERE (resource NOT LIKE 'equipment:%')"
        )
