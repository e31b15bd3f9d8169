"""Patients in rooms change hands: a practitioner goes off, a colleague takes their visits over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.names import pick
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.steps import save
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.errors import Refused
from frontdesk.domain.hand_over import is_off, owner_of
from frontdesk.domain.instants import to_ms
from frontdesk.store import appointments, clinic_writes
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


class GoneOff(Struct, frozen=True):
    """What came of somebody going off, in words, and the visits that nobody has now."""

    practitioner: Practitioner
    words: str
    left: tuple[Appointment, ...] = ()


class HandOver:
    """Who has which patient; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def visit(self, appointment_id: int, to: str) -> Outcome:
        """A colleague takes one visit over; raises `Refused` for one in no room, or a colleague who is off."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            taker = _taker(writing, clinic, to)
            done = _hand_over(writing, clinic, visit, taker)
            return Outcome(done, f"{visit.patient.name} is with {taker.name} now")

    def go_off(self, practitioner: str, to: str | Mapping[int, str] | None = None) -> GoneOff:
        """A practitioner goes off; who is in a room with them goes to the colleague named, one for all or one a visit.

        A patient whom nobody takes stays nobody's, which every screen shows as an alarm.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            off = pick("practitioner", practitioner, clinic.active_practitioners)
            visits = visits_of(connection, off)
            takers = {one.id: to for one in visits} if isinstance(to, str) else dict(to or {})
            if isinstance(to, str) and _taker(writing, clinic, to).id == off.id:
                raise Refused(f"{off.name} goes off: name a colleague")
            _set_off(writing, off, "practitioner.off", writing.at)
            told: list[str] = []
            left: list[Appointment] = []
            for one in visits:
                name = takers.get(one.id)
                if name is None:
                    left.append(one)
                    continue
                taker = _taker(writing, clinic, name, besides=off)
                _hand_over(writing, clinic, one, taker)
                told.append(f"{one.patient.name} is with {taker.name}")
            words = "; ".join((f"{off.name} is off", *told, *(f"nobody has {_where(one)}" for one in left)))
            return GoneOff(off, words, tuple(left))

    def back(self, practitioner: str) -> GoneOff:
        """A practitioner who went off is here again; refused where they are not off."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            one = pick("practitioner", practitioner, clinic.active_practitioners)
            if one.off_at is None:
                raise Refused(f"{one.name} is not off")
            _set_off(writing, one, "practitioner.back", None)
            return GoneOff(one, f"{one.name} is back")


def visits_of(connection: Askable, practitioner: Practitioner) -> tuple[Appointment, ...]:
    """The visits in rooms that a practitioner has now."""
    return tuple(
        one
        for one in appointments.in_house(connection)
        if (one.holds_room or one.count_owed) and one.in_charge.id == practitioner.id
    )


def _hand_over(writing: Writing, clinic: Clinic, visit: Appointment, taker: Practitioner) -> Appointment:
    if not (visit.holds_room or visit.count_owed):
        raise Refused(f"{visit.patient.name} is in no room ({visit.status.words}): there is nobody to hand over")
    if visit.in_charge.id == taker.id and owner_of(visit, clinic, writing.at) is not None:
        raise Refused(f"{taker.name} has {visit.patient.name} already")
    holder = None if taker.id == visit.practitioner.id else taker.id
    return save(writing, visit, "visit.hand-over", {"holder_id": holder})


def _taker(writing: Writing, clinic: Clinic, name: str, *, besides: Practitioner | None = None) -> Practitioner:
    taker = pick("practitioner", name, clinic.active_practitioners)
    if is_off(taker, clinic, writing.at) or (besides is not None and taker.id == besides.id):
        raise Refused(
            f"{taker.name} is off: name somebody who is here, or say first that they are back",
            option=f'frontdesk off "{taker.name}" --back',
        )
    return taker


def _set_off(writing: Writing, one: Practitioner, what: str, at: DateTime | None) -> None:
    clinic_writes.set_off(writing.connection, one.id, at)
    writing.log(
        what,
        f"practitioner {one.id}",
        before={"name": one.name, "off_at": _ms(one.off_at)},
        after={"name": one.name, "off_at": _ms(at)},
    )


def _ms(at: DateTime | None) -> int | None:
    return None if at is None else to_ms(at)


def _where(visit: Appointment) -> str:
    return f"{visit.patient.name} in {visit.room.name}" if visit.room else visit.patient.name
