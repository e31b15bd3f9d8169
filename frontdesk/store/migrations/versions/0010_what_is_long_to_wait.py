"""From when on waiting and lateness are urgent; how far the clinic's clocks are from UTC; the guards are made anew."""

from datetime import UTC, datetime, timedelta

import pendulum
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def minutes_east(timezone: str) -> tuple[int, int]:
    """The least and the most from 2020 to 2100, looked at every week."""
    zone = pendulum.timezone(timezone)
    weeks = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=7 * week) for week in range(80 * 52))
    found = {(week.astimezone(zone).utcoffset() or timedelta()) // timedelta(minutes=1) for week in weeks}
    return min(found), max(found)


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
