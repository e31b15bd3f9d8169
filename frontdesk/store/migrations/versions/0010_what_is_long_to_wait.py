"""From when on waiting and lateness are urgent; how far the clinic's clocks are from UTC; the guards are made anew."""

import sqlalchemy as sa
from alembic import op

from frontdesk.domain.hours import minutes_east

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("waiting_urgent", sa.Integer(), server_default=sa.text("20"), nullable=False))
    op.add_column("clinic", sa.Column("late_urgent", sa.Integer(), server_default=sa.text("15"), nullable=False))
    op.add_column("clinic", sa.Column("east_least", sa.Integer(), server_default=sa.text("-720"), nullable=False))
    op.add_column("clinic", sa.Column("east_most", sa.Integer(), server_default=sa.text("840"), nullable=False))
    connection = op.get_bind()
    for zone in connection.execute(sa.text("SELECT timezone FROM clinic")).scalars().all():
        least, most = minutes_east(zone)
        connection.execute(
            sa.text("UPDATE clinic SET east_least = :least, east_most = :most"), {"least": least, "most": most}
        )
