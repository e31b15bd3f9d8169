"""Prepaid packages and what was used of them, in the database; `package_writes` changes them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from frontdesk.domain.package import Left, Package
from frontdesk.store import lost, rows
from frontdesk.store.question import Question, as_day, as_day_or_none

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def of_patient(conn: Askable, patient_id: int) -> tuple[Left, ...]:
    """A patient's packages with what was used of each, the one bought last first."""
    ask = Question(conn)
    return tuple(reversed(_read(conn, ask, f"patient_id = {ask.bind(patient_id)}")))


def of_patients(conn: Askable, patient_ids: Collection[int]) -> dict[int, tuple[Left, ...]]:
    """The packages of some patients, of each the one bought last first; of those who have any."""
    ask = Question(conn)
    found: dict[int, list[Left]] = {}
    for one in reversed(_read(conn, ask, ask.is_among("patient_id", patient_ids))):
        found.setdefault(one.package.patient_id, []).append(one)
    return {key: tuple(several) for key, several in found.items()}


def get(conn: Askable, package_id: int) -> Left | None:
    """One package, None where there is none of that number."""
    ask = Question(conn)
    return next(iter(_read(conn, ask, f"id = {ask.bind(package_id)}")), None)


def used_at(conn: Askable, appointment_id: int) -> int | None:
    """The package that a visit was taken from; None where it was from none."""
    ask = Question(conn)
    found = ask.first(f"SELECT package_id FROM package_use WHERE appointment_id = {ask.bind(appointment_id)}")
    return None if found is None else int(found[0])


def astray(conn: Askable, patient_ids: Collection[int]) -> tuple[tuple[int, int], ...]:
    """The visits of some patients that were taken from a package of somebody else's, each with its package."""
    ask = Question(conn)
    found = ask.rows(
        "SELECT u.appointment_id, u.package_id FROM package_use AS u JOIN package AS p ON p.id = u.package_id"
        " JOIN appointment AS a ON a.id = u.appointment_id"
        f" WHERE {ask.is_among('a.patient_id', patient_ids)} AND a.patient_id <> p.patient_id"
        " ORDER BY u.appointment_id"
    )
    return tuple((visit, package) for visit, package in found)


def _read(conn: Askable, ask: Question, condition: str) -> list[Left]:
    found = ask.rows(
        "SELECT id, version, patient_id, visits, bought_on, sold_by, service_id, expires_on,"
        " (SELECT count(*) FROM package_use WHERE package_id = package.id) AS used"
        f" FROM package WHERE {condition} ORDER BY bought_on, id"
    )
    services = rows.services(conn) if found else {}
    return [
        Left(
            Package(
                key,
                version,
                patient,
                visits,
                as_day(bought_on),
                sold_by,
                None if service is None else services.get(service) or lost.service(service),
                as_day_or_none(expires_on),
            ),
            used,
        )
        for key, version, patient, visits, bought_on, sold_by, service, expires_on, used in found
    ]
