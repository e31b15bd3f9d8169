"""Who goes off and who has a visit now; days that were closed.

Columns and a table are added and nothing is rebuilt, so that a large database is upgraded at once and every database
does it alike.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("practitioner", sa.Column("off_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "appointment",
        sa.Column(
            "holder_id",
            NUMBER,
            sa.ForeignKey("practitioner.id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    handed_over = sa.text("holder_id IS NOT NULL")
    op.create_index(
        "ix_appointment_holder_id",
        "appointment",
        ["holder_id"],
        unique=False,
        sqlite_where=handed_over,
        postgresql_where=handed_over,
    )
    op.create_table(
        "day_close",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_close")),
    )
    op.create_index("ix_day_close_day", "day_close", ["day"], unique=False)
