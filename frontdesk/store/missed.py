"""How often a patient let a visit lapse, counted by the database: asked for while somebody is being booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.history import Missed
from frontdesk.domain.visit import Canceller, Status
from frontdesk.store.question import Question
from frontdesk.store.rows import LATE_CANCEL_MS

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def of_patient(conn: Askable, patient_id: int) -> Missed:
    """The counts of one patient: the same as of `domain.history.History.missed`, without reading the visits."""
    ask = Question(conn)
    no_shows, cancelled = ask.first(
        f"SELECT sum(CASE WHEN status = {ask.bind(Status.NO_SHOW.value)} THEN 1 ELSE 0 END),"
        f" sum(CASE WHEN status = {ask.bind(Status.CANCELLED.value)}"
        f" AND cancelled_by = {ask.bind(Canceller.PATIENT.value)}"
        f" AND ended_at > starts - {LATE_CANCEL_MS} THEN 1 ELSE 0 END)"
        f" FROM appointment WHERE patient_id = {ask.bind(patient_id)}"
    )
    return Missed(int(no_shows or 0), int(cancelled or 0))
