"""Whether somebody still comes: nothing is booked for the dead; for whose file is put away only when asked again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.file_words import day_words
from frontdesk.desk.words import at_clock
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused, Retired
from frontdesk.domain.hours import day_span, local_day
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import IN_ROOM, NOT_BEGUN, ON_PREMISES, Status
from frontdesk.store import appointments, patient_writes, patients
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

AGAIN = "their file is in use again"
"""What else a booking for somebody retired did."""
COMES_AGAIN = "--comes-again"
"""How a verb is told that they come again."""
_MARK = "in_use_again"
_STAYS = "their file stays in use"


def retired_words(patient: Patient) -> str:
    """Why nothing is booked for a patient at once, and what to do."""
    gone = f"the file of {patient.name} is retired, they come no more"
    return f"{gone}: say so if they do, and it is in use again"


def refuse_the_dead(patient: Patient) -> None:
    """Raises `Refused` for a patient who has died."""
    died = patient.details.deceased_on
    if died is not None:
        said = f"{patient.name} is deceased ({day_words(died)}), nothing is booked"
        raise Refused(f"{said}; if that is wrong, change it in the file")


def comes_already(
    connection: Askable, clinic: Clinic, patient: Patient, starts: DateTime, now: DateTime
) -> tuple[str, ...]:
    """`Weiss T has 14:00 with Dr Lin today`: what else the day of a wish holds of the same patient."""
    zone = clinic.timezone
    day, today = local_day(starts, zone), local_day(now, zone)
    when = "today" if day == today else "that day"
    words = []
    for visit in appointments.of_patient_in(connection, patient.id, day_span(day, zone)):
        at, who = f"{at_clock(clinic, visit.starts)} with {visit.practitioner.name}", visit.patient.short_name
        if visit.status in ON_PREMISES:
            where = f"in {visit.room.name}" if visit.room is not None and visit.status in IN_ROOM else "waiting"
            words.append(f"{who} is here now, {where}")
        elif visit.status in NOT_BEGUN:
            words.append(f"{who} has {at} {when}")
        elif visit.status is Status.CHECKED_OUT:
            words.append(f"{who} was here {when}, {at}")
    return tuple(words)


def mark_of(patient: Patient, again: Sequence[str]) -> dict[str, int]:
    """What the entry of a booking keeps for its undo: the version at which it took the file back into use."""
    return {_MARK: patient.version + 1} if again else {}


def put_away_again(writing: Writing, patient_id: int, entry: Entry) -> tuple[str, ...]:
    """After a booking is undone that took a retired file back into use: retires it again, or says why not."""
    version = (entry.after or {}).get(_MARK)
    patient = patients.get(writing.connection, patient_id) if version else None
    if patient is None or patient.details.retired:
        return ()
    if patient.version != version:
        return (f"{_STAYS}: it was changed since",)
    if appointments.coming_of(writing.connection, patient_id, writing.at):
        return (f"{_STAYS}: another visit is booked",)
    patient_writes.update(writing.connection, patient.id, patient.version, replace(patient.details, retired=True))
    writing.log("patient.save", subject_of_patient(patient.id), before={"retired": None}, after={"retired": True})
    return ("their file is retired again",)


def take_back_into_use(writing: Writing, patient: Patient, *, comes_again: bool) -> tuple[str, ...]:
    """Before a booking: raises `Refused` for the dead, and `Retired` for a retired file unless they come again.

    Then the file is in use again, in the same transaction; gives the words for that.
    """
    refuse_the_dead(patient)
    if not patient.details.retired:
        return ()
    if not comes_again:
        raise Retired(retired_words(patient), option=COMES_AGAIN)
    patient_writes.update(writing.connection, patient.id, patient.version, replace(patient.details, retired=False))
    writing.log("patient.save", subject_of_patient(patient.id), before={"retired": True}, after={"retired": None})
    return (AGAIN,)
