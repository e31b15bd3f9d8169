"""Files of one person made one, and files of two told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "patient_merge",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kept_id", NUMBER, nullable=False),
        sa.Column("gone_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_patient_merge_two")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_merge")),
    )
    op.create_index("ix_patient_merge_gone_id", "patient_merge", ["gone_id"], unique=False)
    op.create_index("ix_patient_merge_kept_id", "patient_merge", ["kept_id"], unique=False)
    op.create_table(
        "patient_apart",
        sa.Column("one_id", NUMBER, nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_patient_apart_order")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["patient.id"], name=op.f("fk_patient_apart_one_id_patient"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["patient.id"], name=op.f("fk_patient_apart_other_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_patient_apart")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_patient_apart_other_id", "patient_apart", ["other_id"], unique=False)
