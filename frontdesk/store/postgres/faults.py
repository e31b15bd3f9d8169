"""What a PostgreSQL server's errors mean, in words for a person: the same as SQLite's where the same is meant."""

from __future__ import annotations

import psycopg

from frontdesk.domain.errors import Guarded, Refused, Unavailable
from frontdesk.store.faults import CHECK, LOCKED, MARK, UNIQUE, Damaged, taken

_UNIQUE = {
    "uq_appointment_one_visit_a_room": UNIQUE["appointment.room_id"],
    "uq_appointment_one_visit_a_patient": UNIQUE["appointment.patient_id"],
    "uq_retention_one_open": UNIQUE["retention.appointment_id"],
    "uq_audit_undoes": UNIQUE["audit.undoes"],
    "uq_reminder_sent_once": UNIQUE["reminder_sent.appointment_id"],
    "uq_room_name": UNIQUE["room.name"],
    "uq_practitioner_name": UNIQUE["practitioner.name"],
    "uq_service_name": UNIQUE["service.name"],
    "uq_equipment_name": UNIQUE["equipment.name"],
}
_STATES: dict[str, str] = {
    "57014": "the server took too long over it; nothing was saved, try again",
    "25P03": "the program stood still for too long in the middle of it; nothing was saved, try again",
    "40P01": "another program was changing the same at that moment; nothing was saved, try again",
    "40001": "another program was changing the same at that moment; nothing was saved, try again",
    "53100": "the server's disk is full; nothing was saved, free some space there and try again",
    "53200": "the server has no memory left; nothing was saved, try again later",
    "53300": "the server has no connection left for this program; close others, or raise its max_connections",
    "58030": "the server's disk reports an error; nothing was saved, look at the disk first",
    "25006": "the database may only be read (the server is a standby, or says so of this user); not saved",
    "42501": "this user may not do that in the database: let its owner run frontdesk, or grant the rights",
    "42P01": "the database has lost its tables, or was replaced while in use; nothing was saved, open frontdesk again",
    "3D000": "the database is gone from the server; nothing was saved",
    "3F000": "the schema is gone from the database; nothing was saved",
}
LOST = "the connection to the database server was lost; nothing was saved, try again when it is back"


def explain(error: psycopg.Error, busy_seconds: float) -> Refused | None:
    """The refusal that stands for an error of the server, or None when it is a defect of the program."""
    state = error.sqlstate or ""
    if state.startswith("23"):
        return _rule(error)
    if state == "22003":
        return Refused("that number is too large")
    if isinstance(error, psycopg.DataError) and "NUL" in str(error):
        return Refused("a text holds a NUL character, which this database can't keep")
    if state == "22001":
        return Refused("that text is too long")
    if state == "55P03":
        return Unavailable(LOCKED.format(busy_seconds))
    if state in _STATES:
        return Unavailable(_STATES[state])
    if state.startswith("XX00") and state != "XX000":
        return Damaged("the database is damaged; put a backup in its place with `frontdesk restore FILE`")
    if state.startswith(("08", "57P")) or (not state and isinstance(error, psycopg.OperationalError)):
        return Unavailable(LOST)
    return None


def _rule(error: psycopg.Error) -> Refused | None:
    message, constraint = error.diag.message_primary or "", error.diag.constraint_name or ""
    if message.startswith(MARK):
        return Guarded(message.removeprefix(MARK))
    if constraint == "ex_claim_overlap":
        detail = error.diag.message_detail or ""
        return Guarded(taken(detail.partition("=(")[2]))
    words = _UNIQUE.get(constraint) or CHECK.get(constraint)
    kind = Guarded if constraint.startswith("uq_appointment") else Refused
    return kind(words) if words else None
