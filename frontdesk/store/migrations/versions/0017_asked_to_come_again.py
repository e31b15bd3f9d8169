"""What came of asking patients to come again."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recall_contact",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.CheckConstraint("about IN ('plan', 'lapsed', 'reassess', 'needles')", name=op.f("ck_recall_contact_about")),
        sa.CheckConstraint(
            "result IN ('not_now', 'no_answer', 'wait', 'booked', 'stop')", name=op.f("ck_recall_contact_result")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_recall_contact_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_contact")),
    )
    op.create_index("ix_recall_contact_patient_id_at", "recall_contact", ["patient_id", "at"], unique=False)
