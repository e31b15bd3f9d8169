"""Which patients still have needles in that were kept by plan."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.kept import KeptNeedles
from frontdesk.store import lost, patients, schema
from frontdesk.store.shared import KEPT_IN

MOST = 1_000
"""Rows at most; a clinic has a handful."""


def still_in(conn: Connection) -> tuple[KeptNeedles, ...]:
    """Needles kept and not yet known to be out, the soonest removal day first, those without a day before all."""
    retention, appointment, practitioner = schema.retention.c, schema.appointment.c, schema.practitioner.c
    found = conn.execute(
        sa.select(
            retention.appointment_id,
            retention.kept,
            retention.out_at,
            retention.remove_on,
            appointment.patient_id,
            appointment.practitioner_id,
            practitioner.name,
        )
        .join(schema.appointment, appointment.id == retention.appointment_id)
        .outerjoin(schema.practitioner, practitioner.id == appointment.practitioner_id)
        .where(sa.text(KEPT_IN))
        .limit(MOST)
    ).all()
    people = patients.by_ids(conn, (row.patient_id for row in found))
    kept = [
        KeptNeedles(
            row.appointment_id,
            people.get(row.patient_id) or lost.patient(row.patient_id),
            row.name or lost.practitioner(row.practitioner_id).name,
            row.kept,
            row.out_at,
            row.remove_on,
        )
        for row in found
    ]
    return tuple(
        sorted(kept, key=lambda one: (one.remove_on or date.min, one.patient.details.name, one.appointment_id))
    )
