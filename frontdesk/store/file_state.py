"""What SQLite, and the file's permissions, say of the state of a file."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

from frontdesk.text import visible

MANY = 10
"""Cases named of one problem; a damaged file has thousands."""


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the pages, the indexes and the constraints of a file."""
    found = connection.execute(f"PRAGMA integrity_check({MANY})").fetchall()
    return [f"the file is damaged: {visible(str(said))}" for (said,) in found if said != "ok"]


def dangling(connection: sqlite3.Connection) -> list[str]:
    """Rows that refer to rows which are not there."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(MANY)
    return [f"row {row} of {visible(table)} refers to a missing {visible(to)}" for table, row, to, _ in broken]


def unlogged(connection: sqlite3.Connection) -> list[str]:
    """Whether entries of the log are gone: SQLite remembers the highest number it gave."""
    found = connection.execute(
        "SELECT s.seq - (SELECT count(*) FROM audit), s.seq FROM sqlite_sequence AS s"
        " WHERE s.name = 'audit' AND s.seq <> (SELECT count(*) FROM audit)"
    ).fetchone()
    return [f"the log lacks entries: {found[0]} of {found[1]}"] if found else []


def permissions(path: Path) -> list[str]:
    """Whether others than the owner may open the file."""
    mode = stat.S_IMODE(path.stat().st_mode)
    return [f"others than its owner may open the database file (mode {mode:o}, not 600)"] if mode & 0o077 else []
