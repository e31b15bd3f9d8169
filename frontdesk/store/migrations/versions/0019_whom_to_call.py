"""Whom the clinic calls about coming again, and finding the latest calls of everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("recalls", sa.JSON(), nullable=True))
    op.create_index("ix_recall_contact_at", "recall_contact", ["at"], unique=False)
