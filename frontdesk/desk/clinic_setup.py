"""Making the clinic what a set-up says, unless that would move what is planned or take what is booked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, local_day
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing import misfits
from frontdesk.domain.packing.claims import equipment_key
from frontdesk.domain.packing.occupancy import crowded
from frontdesk.domain.setup import ClinicSpec, document, spec_of
from frontdesk.domain.setup_plan import SetupChanges, SetupResult, plan_setup, same_local_times
from frontdesk.domain.visit import WAITING
from frontdesk.store import appointments, blocks, claims, clinic_writes
from frontdesk.store import clinic as clinic_rows

if TYPE_CHECKING:
    from frontdesk.store.engine import Connection

_NAMED = 3
"""How many visits in the way are named."""
_AHEAD_YEARS = 5
"""How far ahead booked visits are looked at after a change; nobody books beyond."""


def set_up(context: Context, spec: ClinicSpec) -> SetupResult:
    """Makes the clinic what `spec` says; see `ClinicDesk.setup`."""
    with context.store.read() as connection:
        result = _plan(context, connection, spec)[1].result
    if not result.changed:
        return result
    try:
        with context.writing() as writing:
            before, changes = _plan(context, writing.connection, spec)
            if not changes.result.changed:
                raise _SetUpMeanwhile(changes.result)
            clinic_writes.apply(writing.connection, spec, changes)
            writing.log(
                "clinic.setup",
                "clinic",
                before=None if before is None else document(spec_of(before)),
                after=document(spec),
            )
            return replace(changes.result, misfits=_misfits(context, writing.connection, before))
    except _SetUpMeanwhile as meanwhile:
        return meanwhile.result


def _misfits(context: Context, connection: Connection, before: Clinic | None) -> tuple[str, ...]:
    """Whose booked place the change has taken hours, a day or its kind of room from: people decide what then."""
    if before is None:
        return ()
    now, clinic = context.clock.now(), clinic_of(connection)
    ahead = Span(now, now.add(years=_AHEAD_YEARS))
    visits = appointments.between(connection, ahead, WAITING)
    off = blocks.between(connection, ahead)
    found = misfits(clinic, visits, off)
    known = misfits(before, _as_before([one for one in visits if one.id in found], before), off)
    today = local_day(now, clinic.timezone)
    return tuple(
        f"{visit.patient.name}, {on_day(clinic, visit.starts, today)}: {'; '.join(one.words for one in why)}"
        for visit in visits
        if (why := found.get(visit.id, ())) != known.get(visit.id, ())
    )


def _plan(context: Context, connection: Connection, spec: ClinicSpec) -> tuple[Clinic | None, SetupChanges]:
    now = context.clock.now()
    clinic = clinic_rows.load(connection)
    if clinic is not None and not same_local_times(
        clinic.timezone, spec.timezone, clinic_writes.planned_span(connection)
    ):
        raise Refused(
            f"the clinic has appointments at times of {clinic.timezone}: with {spec.timezone} they would show at "
            "other times of day; keep the zone, or set the other clinic up in a database of its own"
        )
    used = clinic_writes.in_use(connection, now)
    changes = plan_setup(clinic, spec, used, local_day(now, spec.timezone))
    if clinic is not None:
        _enough_left(connection, clinic, changes, now)
    return clinic, changes


def _enough_left(connection: Connection, clinic: Clinic, changes: SetupChanges, now: DateTime) -> None:
    """Raises `Refused` where less is left of an equipment than is booked at once, naming who has it."""
    before = {one.id: one for one in clinic.equipment}
    for one in changes.equipment.values:
        old = before.get(one.id)
        if old is None or one.count >= old.count:
            continue
        taken = claims.taking(connection, equipment_key(one.id), now)
        stretches = [(to_ms(span.starts), to_ms(span.ends)) for _, span in taken]
        over = crowded(stretches, one.count + 1)
        short = [key for (key, _), stretch in zip(taken, stretches, strict=True) if over.shared(*stretch)]
        if short:
            named = [appointments.get(connection, key) for key in short[:_NAMED]]
            words = ", ".join(
                f"{visit.patient.name} {on_day(clinic, visit.starts, local_day(now, clinic.timezone))}"
                for visit in named
            )
            more = f" and {len(short) - _NAMED} more" if len(short) > _NAMED else ""
            raise Refused(
                f"{one.name} can't go from {old.count} to {one.count}: it is booked for more at once"
                f" ({words}{more}); move those first"
            )


def _as_before(visits: Iterable[Appointment], clinic: Clinic) -> list[Appointment]:
    """The visits with what they speak of as it was set up before."""
    people = {one.id: one for one in clinic.practitioners}
    services = {one.id: one for one in clinic.services}
    rooms = {one.id: one for one in clinic.rooms}
    return [
        replace(
            visit,
            practitioner=people.get(visit.practitioner.id, visit.practitioner),
            service=services.get(visit.service.id, visit.service),
            room=visit.room and rooms.get(visit.room.id, visit.room),
        )
        for visit in visits
    ]


class _SetUpMeanwhile(Exception):
    """Another process did the same between looking and writing: rolls the empty transaction back."""

    def __init__(self, result: SetupResult) -> None:
        self.result = result
        super().__init__()
