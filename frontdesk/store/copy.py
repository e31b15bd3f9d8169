"""`frontdesk copy`: a whole clinic from one database into a new one, of the same kind or the other."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.errors import Unavailable
from frontdesk.store import audit_writes
from frontdesk.store.copying import write_file
from frontdesk.store.engine import Store
from frontdesk.store.faults import in_words
from frontdesk.store.place import is_server
from frontdesk.store.sqlite import BUSY_SECONDS, is_there, location, prepare_folder
from frontdesk.text import clean, visible

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Copied(Struct, frozen=True):
    """What was copied, and from where to where."""

    rows: int
    source: str
    target: str


def copy(source: str, target: str, *, who: str, clock: Callable[[int], DateTime], now: DateTime) -> Copied:
    """Copies the clinic at `source` into `target`, which must be new or empty and is left as it was if anything fails.

    The source is read in one moment and not changed. The target gets an identity of its own and the whole log, with one
    more entry that says where it comes from. `clock` gives the time of a clinic whose own is some milliseconds off.
    """
    store = Store.open(source, now=now, create=False)
    try:
        identity = uuid4().hex

        def sign(connection: Connection) -> None:
            audit_writes.append(
                connection,
                at=clock(store.clock_offset_ms),
                who=clean(who, limit=80) or "unknown",
                what="database.copy",
                subject="clinic",
                after={"from": store.shown, "database_id": store.database_id},
            )

        with in_words(BUSY_SECONDS), store.backend.reading_all() as connection:
            if is_server(target):
                from frontdesk.store.postgres import taking

                shown, rows = taking.fill_new(connection, target, now=now, database_id=identity, then=sign)
            else:
                path = location(target)
                if os.path.lexists(path) and not is_there(path):
                    raise Unavailable(f"{visible(str(path))} exists already; name a file that doesn't")
                prepare_folder(path)
                rows = write_file(connection, path, database_id=identity, then=sign)
                shown = visible(str(path))
        return Copied(rows, store.shown, shown)
    finally:
        store.close()
