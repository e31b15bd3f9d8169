"""A stay has a beginning and a length, and a retention an end that its alarm reaches: the guards are made anew."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables stay as they are."""
