"""Reminders: how the clinic reminds, who wants none, and what was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONE_MAIL = "channel = 'email' AND result <> 'failed'"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("reminders", sa.JSON(), nullable=True))
    op.add_column("patient_file", sa.Column("no_reminders_since", sa.Date(), nullable=True))
    op.create_table(
        "reminder_sent",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("channel IN ('phone', 'email')", name=op.f("ck_reminder_sent_channel")),
        sa.CheckConstraint(
            "result IN ('message', 'no_answer') AND channel = 'phone'"
            " OR result IN ('sending', 'sent', 'failed', 'unsure') AND channel = 'email'",
            name=op.f("ck_reminder_sent_result"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_reminder_sent_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_sent")),
    )
    op.create_index("ix_reminder_sent_appointment_id", "reminder_sent", ["appointment_id"], unique=False)
    op.create_index(
        "uq_reminder_sent_once",
        "reminder_sent",
        ["appointment_id", "starts"],
        unique=True,
        sqlite_where=sa.text(ONE_MAIL),
        postgresql_where=sa.text(ONE_MAIL),
    )
