"""What the boot-time clock said when needles went in, so that a wall clock that is set shortens no retention."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("retention", sa.Column("boot", sa.String(length=60), server_default="", nullable=False))
    op.add_column("retention", sa.Column("boot_ms", sa.BigInteger(), nullable=True))
