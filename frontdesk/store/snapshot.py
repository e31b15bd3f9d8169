"""A whole copy of a database in one file, taken while others write."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

from pendulum import DateTime

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.patterns import late
from frontdesk.store.sqlite import BUSY_SECONDS, connect, reason
from frontdesk.text import visible


def stamp(now: DateTime) -> str:
    """An instant for a file's name: `20261123T104200Z`, in UTC so that names sort in order."""
    return now.in_timezone("UTC").strftime("%Y%m%dT%H%M%SZ")


def write_copy(source: sqlite3.Connection, target: Path, *, checked: bool = True) -> None:
    """Copies the database under `source` to the new file `target` (0600), whole or not at all.

    The copy is checked and on the disk before it gets its name. Taken in one step: a copy in several steps starts
    again at every commit of another process and may never end. Refuses a `target` that exists, and a damaged source
    unless it is not `checked`: keeping what there is.
    """
    publish(target, lambda scratch: copy_into(source, scratch, checked=checked))


def publish(target: Path, make: Callable[[Path], None]) -> None:
    """Has `make` write a file and gives it the name `target` when it is on the disk; refuses one that exists."""
    if os.path.lexists(target):
        raise Refused(f"{visible(str(target))} exists already; name a file that doesn't")
    try:
        with scratch_file(target.parent, target.name) as scratch:
            make(scratch)
            sync(scratch)
            _publish(scratch, target)
            sync(target.parent)
    except OSError as error:
        raise Refused(f"{visible(str(target))} can't be written: {reason(error)}") from error


def publish_data(target: Path, data: bytes) -> None:
    """Writes a new file (0600), whole or not at all; refuses one that exists."""
    publish(target, lambda scratch: _fill(scratch, data))


def _fill(scratch: Path, data: bytes) -> None:
    scratch.write_bytes(data)


def fill(scratch: Path, parts: Iterable[bytes]) -> None:
    """Writes the parts of a file one after another, as they are made, and waits until they are on the disk."""
    with scratch.open("wb") as file:
        file.writelines(parts)
    sync(scratch)


def copy_into(source: sqlite3.Connection, target: Path, *, checked: bool = True) -> None:
    """Copies `source` over the file `target` and checks what was written."""
    with closing(connect(target)) as written:
        copy_pages(source, written)
        written.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        (verdict,) = written.execute("PRAGMA quick_check(1)").fetchone() if checked else ("ok",)
    if verdict != "ok":
        raise Unavailable("the copy is damaged, as the database is; `frontdesk check` says how")


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copies `source` over the database under `target`, in one step; those who have it open see it at once.

    The driver would wait for a lock for ever: raises `Unavailable` after the time that every other wait has.
    """
    until = monotonic() + BUSY_SECONDS

    def lose_patience(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() >= until:
            raise Unavailable(f"another program has held the database for {BUSY_SECONDS:g} s; nothing was done")

    source.backup(target, progress=lose_patience)


_SCRATCH = late(r"\..+\.[0-9a-f]{8}\.part(-journal)?")
_ABANDONED_S = 24 * 3600
"""How long nobody has written to a scratch file that nobody will finish any more."""


@contextlib.contextmanager
def scratch_file(folder: Path, name: str) -> Iterator[Path]:
    """An empty file (0600) under a hidden name in `folder`, gone afterwards unless it was given its own name."""
    scratch = folder / f".{name}.{secrets.token_hex(4)}.part"
    handle = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.fchmod(handle, 0o600)
        made = os.fstat(handle)
    finally:
        os.close(handle)
    _sweep(folder, made)
    try:
        yield scratch
    finally:
        for leftover in (scratch, scratch.with_name(scratch.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _sweep(folder: Path, made: os.stat_result) -> None:
    """Takes away what programs left that were killed in here: each is a copy of a clinic that nobody knows of.

    Nothing but files of a scratch file's name, mode and owner; their age goes by the one just `made`.
    """
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if not _SCRATCH.fullmatch(entry.name):
                continue
            found = entry.stat(follow_symlinks=False)
            is_ours = (found.st_mode, found.st_uid) == (made.st_mode, made.st_uid)
            if is_ours and made.st_mtime - found.st_mtime > _ABANDONED_S:
                Path(entry.path).unlink()


def _publish(scratch: Path, target: Path) -> None:
    try:
        os.link(scratch, target)  # unlike a rename, this fails when someone made the file meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        scratch.rename(target)


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
