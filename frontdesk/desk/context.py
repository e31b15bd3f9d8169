"""What every use case works with: the store, the clock and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from frontdesk.clock import Clock
from frontdesk.desk.timekeeper import Timekeeper
from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.hours import local_day
from frontdesk.store.engine import Store, Writing

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.domain.clinic import Clinic
    from frontdesk.store.engine import Askable


class Context:
    """One actor at one database; use cases take it instead of reaching for globals."""

    def __init__(self, store: Store, clock: Clock, actor: str) -> None:
        self.store, self.clock, self.actor = store, clock, actor
        self.time = Timekeeper(clock, self._latest)
        """Puts a running retention's instants right where the clock was set."""

    def today(self, timezone: str) -> date:
        """The day by the clock, in a clinic's zone."""
        return local_day(self.clock.now(), timezone)

    def _latest(self) -> DateTime | None:
        """The latest instant in the log; None where the database can't be asked just now."""
        from frontdesk.store import audit  # which a clock that is right never asks

        try:
            with self.store.glance() as glance:
                return audit.latest_at(glance)
        except Unavailable:
            return None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction, in this actor's name, at the clock's instant."""
        with self.store.write(who=self.actor, at=self.clock.now()) as writing:
            yield writing


def clinic_of(connection: Askable) -> Clinic:
    """The clinic, which almost every use case needs; refused in words while none is set up."""
    from frontdesk.store import clinic as clinic_rows  # which a lookup does without

    clinic = clinic_rows.load(connection)
    if clinic is None:
        raise Refused("no clinic is set up yet: run `frontdesk setup clinic.toml`, or `frontdesk demo` to look around")
    return clinic
