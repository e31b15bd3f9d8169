"""Treatment plans: how often a patient is to come, how many times, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "treatment_plan",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("complaint", sa.Text(), server_default="", nullable=False),
        sa.Column("cadence", sa.String(length=10), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("reassess_at", sa.Integer(), nullable=True),
        sa.Column("practitioner_id", NUMBER, nullable=True),
        sa.Column("service_id", NUMBER, nullable=False),
        sa.Column("weekdays", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=True),
        sa.Column("until_minute", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), server_default="", nullable=False),
        sa.Column("outcome_note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("cadence IN ('twice', 'week', '2weeks', 'month')", name=op.f("ck_treatment_plan_cadence")),
        sa.CheckConstraint("planned BETWEEN 1 AND 60", name=op.f("ck_treatment_plan_planned")),
        sa.CheckConstraint("reassess_at BETWEEN 1 AND planned", name=op.f("ck_treatment_plan_reassess_at")),
        sa.CheckConstraint("(from_minute IS NULL) = (until_minute IS NULL)", name=op.f("ck_treatment_plan_times")),
        sa.CheckConstraint(
            "from_minute >= 0 AND from_minute < until_minute AND until_minute <= 1440",
            name=op.f("ck_treatment_plan_span"),
        ),
        sa.CheckConstraint("paused_until IS NULL OR paused_on IS NOT NULL", name=op.f("ck_treatment_plan_pause")),
        sa.CheckConstraint(
            "outcome IN ('', 'resolved', 'better', 'same', 'worse', 'referred', 'stopped')",
            name=op.f("ck_treatment_plan_outcome"),
        ),
        sa.CheckConstraint("(ended_on IS NULL) = (outcome = '')", name=op.f("ck_treatment_plan_ended")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_treatment_plan_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_treatment_plan_practitioner_id_practitioner")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_treatment_plan_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plan")),
    )
    op.create_index(op.f("ix_treatment_plan_patient_id"), "treatment_plan", ["patient_id"], unique=False)
    op.create_index(
        "uq_treatment_plan_one_open_a_patient",
        "treatment_plan",
        ["patient_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
