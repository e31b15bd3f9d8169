"""What is timed beside the needles; counts by area, needles kept with their day; when waiting and late are shown.

Columns and a table are added and nothing is rebuilt, so that a large database is upgraded at once and every database
does it alike.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "timer",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.Column("silenced_level", sa.String(length=10), server_default="none", nullable=False),
        sa.Column("silenced_until", sa.BigInteger(), nullable=True),
        sa.Column("boot", sa.String(length=60), server_default="", nullable=False),
        sa.Column("boot_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_timer_minutes")),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_timer_order")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_timer_appointment_id_appointment"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_appointment_id", "timer", ["appointment_id"], unique=False)
    op.create_index(
        "uq_timer_one_running",
        "timer",
        ["appointment_id", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("clinic", sa.Column("waiting_minutes", sa.Integer(), server_default=sa.text("10"), nullable=False))
    op.add_column("clinic", sa.Column("late_minutes", sa.Integer(), server_default=sa.text("5"), nullable=False))
    op.add_column("appointment", sa.Column("asked", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("retention", sa.Column("areas_in", sa.JSON(), nullable=True))
    op.add_column("retention", sa.Column("areas_out", sa.JSON(), nullable=True))
    op.add_column("retention", sa.Column("open_end", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("retention", sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("retention", sa.Column("remove_on", sa.Date(), nullable=True))
    op.add_column("retention", sa.Column("kept_out_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_retention_kept",
        "retention",
        ["appointment_id"],
        unique=False,
        sqlite_where=sa.text("kept > 0 AND kept_out_at IS NULL"),
        postgresql_where=sa.text("kept > 0 AND kept_out_at IS NULL"),
    )
    # Nobody was let go with kept needles unless they had been told.
    op.execute(sa.text("UPDATE retention SET told = (kept > 0) WHERE kept > 0"))
