"""Patients written with all that finds them again; `patients` reads them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import Stale
from frontdesk.domain.instants import to_ms
from frontdesk.domain.lookup.fold import phone_digits
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.store import core as sa
from frontdesk.store import patients, schema, tables, words
from frontdesk.store.many import in_batches, new_ids
from frontdesk.store.many import insert_many as insert_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection


def insert(conn: Connection, details: PatientDetails, at: DateTime) -> Patient:
    """Puts a new patient on file."""
    return Patient(insert_many(conn, (details,), at)[0], 1, details)


def insert_many(conn: Connection, details: Sequence[PatientDetails], at: DateTime) -> list[int]:
    """Puts new patients on file with all that finds them; gives their ids in the order given."""
    ids: list[int] = []
    created = to_ms(at)
    # Files that are not there any more, or not a person's: nobody gets their numbers anew.
    once_theirs = schema.patient_merge.c.gone_id, schema.patient_erasure.c.patient_id
    for batch in in_batches(details):
        new = new_ids(conn, schema.patient, len(batch), besides=once_theirs)
        rows = [
            (key, 1, created, *(_plain(value) for value in _columns(one).values()))
            for key, one in zip(new, batch, strict=True)
        ]
        insert_rows(conn, schema.patient, rows, ("id", "version", "created_at", *_columns(PatientDetails())))
        _insert_parts(conn, list(zip(new, batch, strict=True)))
        ids.extend(new)
    return ids


def update(conn: Connection, patient_id: int, version: int, details: PatientDetails) -> Patient:
    """Saves details over the version they were made from; raises `Stale` when someone else has saved since."""
    if not tables.saved_over(conn, schema.patient, patient_id, version, _columns(details)):
        patients.get(conn, patient_id)
        raise Stale(f"patient #{patient_id} was changed since you read it; nothing was saved")
    words.drop(conn, [patient_id])
    for part in (schema.phone, schema.flag):
        conn.execute(sa.delete(part).where(part.c.patient_id == patient_id))
    _insert_parts(conn, [(patient_id, details)])
    return Patient(patient_id, version + 1, details)


def mark_seen(conn: Connection, patient_id: int, at: DateTime | None) -> None:
    """Notes when a patient was last in the house, by which the lookup sorts; no edit, so the version stays."""
    conn.execute(sa.update(schema.patient).where(schema.patient.c.id == patient_id).values(last_seen_at=at))


def save_sources(
    conn: Connection,
    namespace: str,
    rows: Mapping[str, tuple[int, Mapping[str, Any]]],
    *,
    again: Collection[str] = (),
) -> None:
    """Remembers rows of a file by key; those of keys that came `again` in place of what was remembered before."""
    table = schema.patient_source
    for keys in in_batches(list(again)):
        conn.execute(sa.delete(table).where(table.c.namespace == namespace, table.c.key.in_(keys)))
    insert_rows(
        conn,
        table,
        [(namespace, key, patient_id, json.dumps(fields)) for key, (patient_id, fields) in rows.items()],
        ("namespace", "key", "patient_id", "fields"),
    )


def _plain(value: Any) -> Any:
    """A value as both drivers take it by themselves."""
    return value.isoformat() if isinstance(value, date) else value


def _columns(details: PatientDetails) -> dict[str, Any]:
    return {
        "given": details.given,
        "family": details.family,
        "known_as": details.known_as,
        "former_name": details.former_name,
        "original_name": details.original_name,
        "birth_date": details.birth_date,
        "sex": details.sex.value if details.sex else None,
        "email": details.email,
        "address": details.address,
        "notes": details.notes,
        "deceased_on": details.deceased_on,
        "retired": details.retired,
        "found_as": words.found_as(details),
    }


def _insert_parts(conn: Connection, people: Sequence[tuple[int, PatientDetails]]) -> None:
    """Writes phones, flags and all that patients are found by; they must have none yet."""
    phones = [
        (patient_id, place, text, phone_digits(text)[::-1], text)
        for patient_id, details in people
        for place, text in enumerate(details.phones)
    ]
    flags = [
        (patient_id, one.kind.value, one.note, _plain(one.since), _plain(one.until), one.set_by)
        for patient_id, details in people
        for one in details.flags
    ]
    insert_rows(conn, schema.phone, phones, ("patient_id", "position", "text", "digits_reversed", "found_as"))
    insert_rows(conn, schema.flag, flags, ("patient_id", "kind", "note", "since", "until", "set_by"))
    words.put(conn, people)
