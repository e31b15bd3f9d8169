"""Whether somebody still comes: nothing is booked for the dead; for whose file is put away only when asked again."""

from __future__ import annotations

from dataclasses import replace

from frontdesk.desk.file_words import day_words
from frontdesk.domain.errors import Refused, Retired
from frontdesk.domain.patient import Patient
from frontdesk.store import patients
from frontdesk.store.engine import Writing

AGAIN = "their file is in use again"
"""What else a booking for somebody retired did."""


def retired_words(patient: Patient) -> str:
    """Why nothing is booked for a patient at once, and what to do."""
    gone = f"the file of {patient.name} is retired, they come no more"
    return f"{gone}: say --comes-again if they do, and it is in use again"


def refuse_the_dead(patient: Patient) -> None:
    """Raises `Refused` for a patient who has died."""
    died = patient.details.deceased_on
    if died is not None:
        said = f"{patient.name} is deceased ({day_words(died)}), nothing is booked"
        raise Refused(f"{said}; if that is wrong, change it in the file")


def take_back_into_use(writing: Writing, patient: Patient, *, comes_again: bool) -> tuple[str, ...]:
    """Before a booking: raises `Refused` for the dead, and `Retired` for a retired file unless they come again.

    Then the file is in use again, in the same transaction; gives the words for that.
    """
    refuse_the_dead(patient)
    if not patient.details.retired:
        return ()
    if not comes_again:
        raise Retired(retired_words(patient))
    patients.update(writing.connection, patient.id, patient.version, replace(patient.details, retired=False))
    writing.log("patient.save", f"patient {patient.id}", before={"retired": True}, after={"retired": None})
    return (AGAIN,)
