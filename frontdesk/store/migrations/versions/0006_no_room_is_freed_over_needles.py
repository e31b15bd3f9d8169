"""No room is called ready over needles: a guard more, and the guards are made anew with every migration."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables stay as they are."""
