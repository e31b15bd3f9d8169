"""The day as every screen sees it: one snapshot, read in one transaction."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.board import RoomNow, rooms_now
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import day_span
from frontdesk.store import appointments, audit, blocks, closes, packages, plans
from frontdesk.store.subjects import subject_of, subject_of_day

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


class Days:
    """Reads days; changes nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def load(self, day: date | None = None) -> DaySheet:
        """One local day, today unless said otherwise."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            shown = day or self._context.today(clinic.timezone)
            sheet = sheet_of(connection, clinic, shown)
            people = {one.patient.id for one in (*sheet.appointments, *sheet.in_house)}
            far = plans.progress_by_patient(connection, clinic.timezone, self._context.clock.now(), people)
            sheet = replace(sheet, plans=far, packages=packages.of_patients(connection, people))
            return self._context.time.sheet(sheet, partial(audit.latest_at, connection))

    def rooms(self) -> tuple[RoomNow, ...]:
        """Every room as it stands now, in the clinic's order."""
        return rooms_now(self.load(), self._context.clock.now())


def sheet_of(connection: Askable, clinic: Clinic, day: date) -> DaySheet:
    """One local day, inside a transaction that stands."""
    span = day_span(day, clinic.timezone)
    booked = appointments.between(connection, span)
    return DaySheet(
        day,
        clinic,
        booked,
        blocks.between(connection, span),
        appointments.in_house(connection),
        audit.last_seq(connection),
        closes.latest(connection, day, subject_of_day(day), [subject_of(one.id) for one in booked]),
    )
