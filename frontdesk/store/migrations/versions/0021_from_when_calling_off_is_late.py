"""How many hours before a visit calling it off is late."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("late_cancel_hours", sa.Integer(), server_default=sa.text("24"), nullable=False))
