"""Which days were closed, when and by whom; `close_writes` closes one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from frontdesk.domain.day import Closed
from frontdesk.domain.instants import from_ms
from frontdesk.store import audit
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def latest(conn: Askable, day: date, subject: str, changing: Collection[str]) -> Closed | None:
    """The last close of a local day, None while it is open.

    `subject` is what the log calls the day, `changing` whatever, changed afterwards, makes the close an old one.
    """
    ask = Question(conn)
    found = ask.first(f"SELECT at, who FROM day_close WHERE day = {ask.on(day)} ORDER BY id DESC LIMIT 1")
    if found is None:
        return None
    at, who = found
    return Closed(from_ms(at), who, audit.last_of(conn, changing) > audit.last_of(conn, [subject]))
