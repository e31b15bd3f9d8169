"""Patients as the database has them: a lookup reads many, and a value is made of those alone that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails, Sex
from frontdesk.store.question import Question, as_day_or_none, as_instant, from_json

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

COUNT = 17
"""How many columns there are."""
_OWN = (
    "p.family, p.given, p.last_seen_at, p.deceased_on, p.retired, p.id, p.version, p.sex, p.birth_date, p.known_as,"
    " p.former_name, p.original_name, p.email, p.address, p.notes"
)
_FLAG = "kind, note, since, until, set_by"
_PARTS = (
    "(SELECT json_group_array(text) FROM (SELECT text FROM phone WHERE patient_id = p.id ORDER BY position)),"
    f" (SELECT json_group_array(json_array({_FLAG}))"
    f" FROM (SELECT {_FLAG} FROM flag WHERE patient_id = p.id ORDER BY id))"
)
_PARTS_ON_SERVER = (
    "(SELECT CAST(json_agg(text ORDER BY position) AS text) FROM phone WHERE patient_id = p.id),"
    f" (SELECT CAST(json_agg(json_build_array({_FLAG}) ORDER BY id) AS text) FROM flag WHERE patient_id = p.id)"
)


def columns(is_server: bool) -> str:
    """All there is of a patient `p`, for `patient_of`: family, given name, last seen, died, retired, and the rest."""
    return f"{_OWN}, {_PARTS_ON_SERVER if is_server else _PARTS}"


def patient_of(row: Sequence[Any]) -> Patient:
    """The patient of a row that ends with those columns."""
    family, given, seen, died, retired, key, version, sex, born, *texts, phones, flags = row[-COUNT:]
    known_as, former_name, original_name, email, address, notes = texts
    details = PatientDetails(
        given,
        family,
        known_as,
        former_name,
        original_name,
        as_day_or_none(born),
        Sex(sex) if sex else None,
        tuple(from_json(phones)) if phones else (),
        email,
        address,
        notes,
        as_day_or_none(died),
        bool(retired),
        tuple([_flag(*one) for one in from_json(flags)]) if flags and flags != "[]" else (),
    )
    return Patient(key, version, details, as_instant(seen))


def read(conn: Askable, ids: Iterable[int]) -> list[Patient]:
    """The patients with those ids, unknown ones left out."""
    ask = Question(conn)
    words = f"SELECT {columns(ask.is_server)} FROM patient AS p WHERE {ask.is_among('p.id', ids)} ORDER BY p.id"
    return [patient_of(row) for row in ask.rows(words)]


def _flag(kind: str, note: str, since: str | None, until: str | None, set_by: str) -> Flag:
    return Flag(FlagKind(kind), note, as_day_or_none(since), as_day_or_none(until), set_by)
