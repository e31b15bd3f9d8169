"""A whole copy of a database in one file, taken while others write."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pendulum import DateTime

from frontdesk.domain.errors import Unavailable
from frontdesk.store.sqlite import connect
from frontdesk.text import visible


def stamp(now: DateTime) -> str:
    """An instant for a file's name: `20261123T104200Z`, in UTC so that names sort in order."""
    return now.in_timezone("UTC").strftime("%Y%m%dT%H%M%SZ")


def write_copy(source: sqlite3.Connection, target: Path) -> None:
    """Copies the database under `source` to the new file `target` (0600), whole or not at all.

    The copy is checked and on the disk before it gets its name. Taken in one step: a copy in several steps starts
    again at every commit of another process and may never end. Refuses a `target` that exists.
    """
    if os.path.lexists(target):
        raise Unavailable(f"{visible(str(target))} exists already; name a file that doesn't")
    try:
        with _scratch(target.parent, target.name) as scratch:
            copy_into(source, scratch)
            _sync(scratch)
            _publish(scratch, target)
            _sync(target.parent)
    except OSError as error:
        why = visible(error.strerror or str(error)).lower()
        raise Unavailable(f"{visible(str(target))} can't be written: {why}") from error


def copy_into(source: sqlite3.Connection, target: Path) -> None:
    """Copies `source` over the file `target`, in one step, and checks what was written."""
    with closing(connect(target)) as written:
        source.backup(written)
        written.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        (verdict,) = written.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise Unavailable("the copy is damaged, as the database is; run `frontdesk check`")


@contextlib.contextmanager
def _scratch(folder: Path, name: str) -> Iterator[Path]:
    scratch = folder / f".{name}.{secrets.token_hex(4)}.part"
    handle = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
    try:
        yield scratch
    finally:
        for leftover in (scratch, scratch.with_name(scratch.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _publish(scratch: Path, target: Path) -> None:
    try:
        os.link(scratch, target)  # unlike a rename, this fails when someone made the file meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        scratch.rename(target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
