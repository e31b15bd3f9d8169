"""Looking after the database as a whole: copies, restoring, checking."""

from __future__ import annotations

from pathlib import Path

from pendulum import DateTime

from frontdesk.clock import SystemClock
from frontdesk.desk.context import Context
from frontdesk.store import as_found as found
from frontdesk.store import backup as copies
from frontdesk.store import check as soundness
from frontdesk.store import copy as copier
from frontdesk.store import words
from frontdesk.store.copy import Copied
from frontdesk.store.engine import Store, location
from frontdesk.store.place import is_server


class Upkeep:
    """Copies and checks of an open database."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def backup(self, target: Path | None = None) -> Path:
        """A consistent copy, beside the database unless said otherwise; returns where it is."""
        store = self._context.store
        chosen = target or store.backend.folder / _copy_name(store.backend.name, self._context.clock.now())
        return copies.backup(store, chosen)

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the database or the clinic in it; empty when all is sound.

        A patient who can't be found by all of their names is said, and mended: nothing but the names is needed for it.
        """
        problems = soundness.check(self._context.store)
        if problems:
            return problems
        lost: list[int] = []
        after: int | None = 0
        while after is not None:
            with self._context.store.read() as connection:
                after, found = words.wrong(connection, after)
            lost += found
        if not lost:
            return ()
        with self._context.writing() as writing:
            words.mend(writing.connection, lost)
            writing.log("lookup.renew", f"{len(lost)} patients")
        named = ", ".join(f"#{one}" for one in lost[:10]) + (" ..." if len(lost) > 10 else "")
        return (f"{len(lost)} patients were not found by all of their names ({named}); that is mended",)


def backup_as_found(where: str, target: Path | None = None) -> Path:
    """A copy of a database that can't be opened, beside it or in the working folder; returns where it is."""
    beside = Path("clinic.db") if is_server(where) else location(where)
    chosen = target or beside.with_name(_copy_name(beside.stem, SystemClock().now()))
    return found.backup(where, chosen)


def check_as_found(where: str) -> tuple[str, ...]:
    """What is wrong with a database that can't be opened."""
    return found.problems(where)


def _copy_name(name: str, at: DateTime) -> str:
    return f"{name}-{at.strftime('%Y%m%d-%H%M%S')}.db"


def restore(source: Path, where: str, actor: str) -> Path | None:
    """Puts a backup in the place of the database at `where`; returns where the replaced one is kept, if any.

    Terminals that have the database open notice that theirs is gone, and say so.
    """
    now = SystemClock().now()
    if is_server(where):
        kept = copies.restore_server(source, where, now=now)
    else:
        kept = copies.restore(source, location(where), now=now)
    store = Store.open(where, now=now)
    try:
        with store.write(who=actor, at=SystemClock(store.clock_offset_ms).now()) as writing:
            writing.log("database.restore", f"file {source.name}"[:80])
    finally:
        store.close()
    return kept


def copy(source: str, target: str, actor: str) -> Copied:
    """Copies a whole clinic into a new or empty database, of the same kind or the other; `source` stays as it is."""
    return copier.copy(
        source,
        target,
        who=actor,
        clock=lambda offset_ms: SystemClock(offset_ms).now(),
        now=SystemClock().now(),
    )
