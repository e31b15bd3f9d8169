"""How many years a clinic keeps files, and whose were erased; the guards let the log forget those."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("clinic", sa.Column("keep_years", sa.Integer(), server_default=sa.text("10"), nullable=False))
    op.create_table(
        "patient_erasure",
        sa.Column("patient_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patient_erasure")),
    )
