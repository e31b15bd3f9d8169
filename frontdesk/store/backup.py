"""Copies of the database, and the way back from one.

A copy is one file, made while others write, of one moment. Restoring writes it into the database in place, by
SQLite's own means: swapping files would leave the old log beside the new file, which is then replayed on it. What was
there is kept beside. The restored database has the identity of the copy; sessions that are open notice by the log,
which is not the one they know, and refuse to go on.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pendulum
from pendulum import DateTime
from sqlalchemy import NullPool

from frontdesk.domain.errors import Unavailable
from frontdesk.store import guards, migrate
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from frontdesk.store.faults import Damaged, in_words
from frontdesk.store.file_state import damage
from frontdesk.store.snapshot import copy_into, copy_pages, scratch_file, stamp, sync, write_copy
from frontdesk.store.sqlite import BUSY_SECONDS, connect, is_there, prepare, prepare_folder, reason
from frontdesk.store.sqlite_engine import engine_for
from frontdesk.text import visible

__all__ = ["backup", "check", "restore", "restore_server"]

_STATISTICS = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})
"""Tables that SQLite makes for itself."""
_EPOCH = pendulum.datetime(1970, 1, 1)
"""A date for a database that only serves as a model."""


def backup(store: Store, target: Path) -> Path:
    """Copies the database to the new file `target` and gives its absolute path; refuses one that exists.

    The name appears when the copy is whole, checked and on the disk, never before.
    """
    target = target.expanduser().absolute()
    if target.parent == store.backend.folder:
        prepare_folder(target)  # of a server's copies: there may have been none yet
    with in_words(BUSY_SECONDS):
        store.backend.backup(target)
    return target


def restore(source: Path, store_path: Path, *, now: DateTime) -> Path | None:
    """Makes the database at `store_path` what the copy `source` says; gives where the former one is kept, if any.

    The copy is examined first and upgraded if it is older; what is damaged, another program's or a newer frontdesk's
    is refused, and nothing is touched. A log entry is the caller's to write, into the database then restored.
    """
    source, path = source.expanduser().absolute(), store_path.expanduser().absolute()
    _refuse_unlikely(source)
    if is_there(path) and source.samefile(path):
        raise Unavailable(f"{visible(str(source))} is the database itself; name a backup file")
    prepare_folder(path)
    try:
        with in_words(BUSY_SECONDS), scratch_file(path.parent, path.name) as scratch:
            _take_in(source, scratch, now)
            kept = _keep(path, now)
            prepare(path)
            _overwrite(path, scratch)
    except OSError as error:
        raise Unavailable(f"{visible(str(path.parent))} can't be written: {reason(error)}") from error
    return kept


def restore_server(source: Path, where: str, *, now: DateTime) -> Path | None:
    """The same for a PostgreSQL database, in one transaction; what it held is kept as a file in the data folder."""
    from frontdesk.store.postgres import taking

    source = source.expanduser().absolute()
    _refuse_unlikely(source)
    with TemporaryDirectory() as folder:
        scratch = Path(folder) / "restored.db"
        prepare(scratch)
        with in_words(BUSY_SECONDS):
            _take_in(source, scratch, now)
            engine = engine_for(scratch, poolclass=NullPool)
            try:
                with engine.connect() as connection:
                    return taking.replace(connection, where, now=now)
            finally:
                engine.dispose()


def _refuse_unlikely(source: Path) -> None:
    """Refuses what is not there, or is a copy of a file that was in use."""
    if not is_there(source):
        is_empty = source.is_file()
        raise Unavailable(f"{visible(str(source))} is {'empty' if is_empty else 'not there'}; name a backup file")
    for suffix in ("-wal", "-journal"):
        beside = source.with_name(source.name + suffix)
        if is_there(beside):
            raise Unavailable(
                f"{visible(str(source))} was copied while in use ({visible(beside.name)} lies beside it):"
                " name a file made by `frontdesk backup`"
            )


def _take_in(source: Path, scratch: Path, now: DateTime) -> None:
    """Copies `source` to `scratch`, refuses it unless it is a sound database of ours, and upgrades it."""
    try:
        with in_words(BUSY_SECONDS):
            _copy_sound(source, scratch)
    except Damaged:
        # Its own words would be about the clinic's database, which is as it was.
        raise Unavailable(f"{visible(str(source))} is damaged, or no database; name another backup") from None
    migrate.upgrade(scratch, now=now, keep=False)
    migrate.guard(scratch)


def _copy_sound(source: Path, scratch: Path) -> None:
    # Immutable: the source may lie on a medium that can't be written, and needs no locks.
    with closing(connect(source, mode="ro&immutable=1")) as copy:
        revision = migrate.revision(copy, source)
        if revision is None:
            raise Unavailable(f"{visible(str(source))} is empty; name a backup file")
        migrate.refuse_newer(revision, source)
        _refuse_strangers(copy, source, revision)
        copy_into(copy, scratch, checked=False)
    with closing(connect(scratch)) as taken:
        if damage(taken):
            raise Damaged("what was copied is damaged")


def _refuse_strangers(copy: sqlite3.Connection, source: Path, revision: str) -> None:
    """Refuses a file whose tables, indexes or triggers are not exactly ours: a view may run for ever, a trigger lie.

    Only the catalogue is read before that, no table. What is named as our guards are is not looked at: it is dropped
    before anything is read or written through it, and made anew.
    """
    with TemporaryDirectory() as folder:
        model = Path(folder) / "model.db"
        prepare(model)
        migrate.upgrade(model, now=_EPOCH, head=revision)
        with closing(connect(model)) as connection:
            expected = _catalogue(connection)
    found = _catalogue(copy)
    found, expected = _unguarded(found), _unguarded(expected)
    if found != expected:
        names = ", ".join(sorted({visible(str(name)) for _, name, _ in found ^ expected})[:3])
        raise Unavailable(f"{visible(str(source))} is not a database as frontdesk makes it ({names}); not restored")


def _unguarded(catalogue: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    return {one for one in catalogue if not (one[0] in ("trigger", "view") and one[1].startswith(guards.PREFIX))}


def _catalogue(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name, sql) for kind, name, sql in rows if name not in _STATISTICS}


def _keep(path: Path, now: DateTime) -> Path | None:
    if not is_there(path):
        return None
    kept = path.with_name(f"{path.name}.before-restore-{stamp(now)}.db")
    try:
        with in_words(BUSY_SECONDS), closing(connect(path)) as current:
            write_copy(current, kept, checked=False)
    except Damaged:
        _keep_wreck(path, kept)
    return kept


def _keep_wreck(path: Path, kept: Path) -> None:
    """Keeps a file that SQLite can't read byte for byte, with what lies beside it: someone may rescue rows from it."""
    for suffix in ("", "-wal", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            to = kept.with_name(kept.name + suffix)
            with (
                part.open("rb") as read,
                os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as write,
            ):
                shutil.copyfileobj(read, write)
            sync(to)


def _overwrite(path: Path, scratch: Path) -> None:
    with closing(connect(scratch)) as restored:
        try:
            with in_words(BUSY_SECONDS), closing(connect(path)) as live:
                copy_pages(restored, live)
            return
        except Damaged:
            pass
    # What is there is no database, so nobody works with it: here the file itself may be swapped.
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    sync(scratch)
    scratch.replace(path)
    sync(path.parent)
