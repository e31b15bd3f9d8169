"""Which patients still have needles in that were kept by plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from frontdesk.domain.instants import from_ms
from frontdesk.domain.kept import KeptNeedles
from frontdesk.store import lost, patients
from frontdesk.store.question import Question, as_day_or_none
from frontdesk.store.shared import KEPT_AND_WHERE

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

MOST = 1_000
"""Rows at most; a clinic has a handful."""


def still_in(conn: Askable) -> tuple[KeptNeedles, ...]:
    """Needles kept and not yet known to be out, the soonest removal day first, those without a day before all."""
    found = Question(conn).rows(
        "SELECT a.id, r.kept, coalesce(r.out_at, r.in_at), r.remove_on, a.patient_id, a.practitioner_id,"
        " (SELECT name FROM practitioner WHERE id = a.practitioner_id)"
        f" FROM {KEPT_AND_WHERE} LIMIT {MOST}"
    )
    people = patients.by_ids(conn, (patient for *_, patient, _, _ in found))
    kept = [
        KeptNeedles(
            visit,
            people.get(patient) or lost.patient(patient),
            name or lost.practitioner(practitioner).name,
            count,
            from_ms(out_at),
            as_day_or_none(remove_on),
        )
        for visit, count, out_at, remove_on, patient, practitioner, name in found
    ]
    return tuple(
        sorted(kept, key=lambda one: (one.remove_on or date.min, one.patient.details.name, one.appointment_id))
    )
