"""Where the platform keeps what belongs to one user (platformdirs): data, settings, and what was left half done."""

from __future__ import annotations

from pathlib import Path

from frontdesk.modules import in_place_of, when_called

# It would make a file for a try where a folder of the system's is missing, which none of these is.
with in_place_of({"tempfile": when_called("tempfile", "TemporaryFile", "gettempdir")}):
    import platformdirs

_NAME = "frontdesk"


def data_folder() -> Path:
    """For the database, where none is named."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def settings_folder() -> Path:
    """For what this workstation is set to."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))


def state_folder() -> Path:
    """For drafts and the log of crashes."""
    return Path(platformdirs.user_state_dir(_NAME, appauthor=False))
