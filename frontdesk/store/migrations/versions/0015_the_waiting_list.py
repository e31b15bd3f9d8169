"""The waiting list: who wants to come earlier, or at all, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=True),
        sa.Column("service_id", NUMBER, nullable=False),
        sa.Column("practitioners", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("weekdays", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("earliest", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("latest", sa.Integer(), server_default=sa.text("1440"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ending", sa.String(length=10), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("booked_id", NUMBER, nullable=True),
        sa.CheckConstraint("earliest >= 0 AND earliest <= latest AND latest <= 1440", name=op.f("ck_waiting_times")),
        sa.CheckConstraint("ending IN ('', 'booked', 'withdrawn')", name=op.f("ck_waiting_ending")),
        sa.CheckConstraint("(ended_at IS NULL) = (ending = '')", name=op.f("ck_waiting_ended")),
        sa.CheckConstraint("ending <> 'withdrawn' OR reason <> ''", name=op.f("ck_waiting_why")),
        sa.CheckConstraint("(ending = 'booked') = (booked_id IS NOT NULL)", name=op.f("ck_waiting_booked")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_waiting_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_waiting_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_waiting_service_id_service"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["booked_id"], ["appointment.id"], name=op.f("fk_waiting_booked_id_appointment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index("ix_waiting_patient_id", "waiting", ["patient_id"], unique=False)
    open_ = "ended_at IS NULL"
    for name, columns, unique, where in (
        ("ix_waiting_open", ["since"], False, open_),
        ("uq_waiting_one_earlier", ["appointment_id"], True, f"{open_} AND appointment_id IS NOT NULL"),
        ("uq_waiting_one_more", ["patient_id", "service_id"], True, f"{open_} AND appointment_id IS NULL"),
    ):
        op.create_index(
            name, "waiting", columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
