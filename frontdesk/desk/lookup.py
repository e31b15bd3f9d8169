"""Patients found as one types."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from frontdesk.desk.context import Context
from frontdesk.domain.errors import Refused
from frontdesk.domain.lookup.marks import Marker
from frontdesk.domain.lookup.ranking import Days
from frontdesk.domain.patient import Found
from frontdesk.store import search
from frontdesk.store.patient_rows import patient_of

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_CAUGHT_UP = 5_000
"""Patients that another program wrote who are made findable at one key; a second of work at most."""


class Lookup:
    """Who may be meant by what is typed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def find(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """The patients that `text` may mean, best match first; never an error, whatever is typed.

        Whom another program has put on file, or called otherwise, since the last time is made findable first.
        """
        with self._context.store.glance() as connection:
            asker, is_behind = search.before(connection)
            if not is_behind:
                return self._found(connection, text, limit, asker)
        self._catch_up()
        with self._context.store.glance() as connection:
            return self._found(connection, text, limit, asker)

    def _found(self, connection: Askable, text: str, limit: int, asker: search.Asker) -> tuple[Found, ...]:
        days = Days.around(self._context.today(asker.timezone), asker.timezone)
        hits, rows = search.found(connection, text, days=days, day_first=asker.day_first, limit=limit)
        marks = Marker(text).of
        return tuple(
            [
                Found(hit.patient_id, hit.score, hit.is_sure, partial(patient_of, rows[hit.patient_id]), marks)
                for hit in hits
            ]
        )

    def _catch_up(self) -> None:
        """Makes findable whom another program wrote; a database that can't be written just now is searched as it is."""
        # Imported when there is somebody: to write takes more modules than to find.
        from frontdesk.store import words

        with suppress(Refused), self._context.writing() as writing:
            renewed = words.renew(writing.connection, _CAUGHT_UP)
            if renewed:
                writing.log("lookup.renew", f"{renewed} patients")
