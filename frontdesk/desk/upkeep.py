"""Looking after the database as a whole: copies, restoring, checking."""

from __future__ import annotations

from pathlib import Path

from frontdesk.clock import SystemClock
from frontdesk.desk.context import Context
from frontdesk.store import backup as copies
from frontdesk.store import check as soundness
from frontdesk.store.engine import location


class Upkeep:
    """Copies and checks of an open database."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def backup(self, target: Path | None = None) -> Path:
        """A consistent copy, beside the database unless said otherwise; returns where it is."""
        store = self._context.store
        stamp = self._context.clock.now().strftime("%Y%m%d-%H%M%S")
        chosen = target or store.path.with_name(f"{store.path.stem}-{stamp}.db")
        copies.backup(store, chosen)
        return chosen

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the database or the clinic in it; empty when all is sound."""
        return soundness.check(self._context.store)


def restore(source: Path, where: str) -> Path | None:
    """Puts a backup in the place of the database at `where`; returns where the replaced one is kept, if any."""
    return copies.restore(source, location(where), now=SystemClock().now())
