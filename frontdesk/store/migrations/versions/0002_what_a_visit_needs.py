"""What a visit needs besides time: a kind of room, equipment, an hour to be gone by; who cancelled; courses of visits.

Columns and a table are added and nothing is rebuilt, so that a large database is upgraded at once and every database
does it alike.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "equipment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_equipment_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment")),
        sa.UniqueConstraint("name", name=op.f("uq_equipment_name")),
    )
    op.add_column("room", sa.Column("kind", sa.Text(), server_default="", nullable=False))
    op.add_column("practitioner", sa.Column("last_start", sa.Integer(), nullable=True))
    op.add_column("service", sa.Column("room_kinds", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("service", sa.Column("equipment", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("service", sa.Column("last_start", sa.Integer(), nullable=True))
    op.add_column("appointment", sa.Column("leave_by", sa.BigInteger(), nullable=True))
    op.add_column("appointment", sa.Column("cancelled_by", sa.String(length=20), server_default="", nullable=False))
    op.add_column("appointment", sa.Column("series_id", NUMBER, nullable=True))
    op.create_index("ix_appointment_series_id", "appointment", ["series_id"], unique=False)
    op.add_column("block", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("block", sa.Column("kind", sa.String(length=20), server_default="", nullable=False))
