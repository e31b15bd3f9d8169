"""A file that one process alone holds, until it ends in whatever way: who holds it is running."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO


def hold(path: Path) -> IO[str]:
    """Locks a file for as long as this process lives; raises OSError where another holds it."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
