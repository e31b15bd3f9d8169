"""Who has needles in stays in the room, and what an appointment speaks of stays: the guards are made anew."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables stay as they are."""
