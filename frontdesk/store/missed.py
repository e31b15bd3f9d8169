"""How often a patient let a visit lapse, counted by the database: asked for while somebody is being booked."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import BigInteger, Connection

from frontdesk.domain.history import Missed
from frontdesk.domain.visit import Canceller, Status
from frontdesk.store import schema
from frontdesk.store.tables import late_cancel_ms


def of_patient(conn: Connection, patient_id: int) -> Missed:
    """The counts of one patient: the same as of `domain.history.History.missed`, without reading the visits."""
    table = schema.appointment.c
    starts, ended = sa.type_coerce(table.starts, BigInteger), sa.type_coerce(table.ended_at, BigInteger)
    late = sa.and_(
        table.status == Status.CANCELLED.value,
        table.cancelled_by == Canceller.PATIENT.value,
        ended > starts - late_cancel_ms(),
    )
    lapsed = sa.select(
        sa.func.sum(sa.case((table.status == Status.NO_SHOW.value, 1), else_=0)),
        sa.func.sum(sa.case((late, 1), else_=0)),
    ).where(table.patient_id == patient_id)
    no_shows, cancelled = conn.execute(lapsed).one()
    return Missed(int(no_shows or 0), int(cancelled or 0))
