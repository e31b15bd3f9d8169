"""Prepaid packages and what was used of them, in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection

from frontdesk.domain.package import Left, Package
from frontdesk.store import lost, rows, schema


def of_patient(conn: Connection, patient_id: int) -> tuple[Left, ...]:
    """A patient's packages with what was used of each, the one bought last first."""
    return tuple(reversed(_read(conn, schema.package.c.patient_id == patient_id)))


def of_patients(conn: Connection, patient_ids: Collection[int]) -> dict[int, tuple[Left, ...]]:
    """The packages of some patients, of each the one bought last first; of those who have any."""
    found: dict[int, list[Left]] = {}
    for one in reversed(_read(conn, schema.package.c.patient_id.in_(sorted(patient_ids)))):
        found.setdefault(one.package.patient_id, []).append(one)
    return {key: tuple(several) for key, several in found.items()}


def get(conn: Connection, package_id: int) -> Left | None:
    """One package, None where there is none of that number."""
    return next(iter(_read(conn, schema.package.c.id == package_id)), None)


def used_at(conn: Connection, appointment_id: int) -> int | None:
    """The package that a visit was taken from; None where it was from none."""
    table = schema.package_use.c
    found: int | None = conn.scalar(sa.select(table.package_id).where(table.appointment_id == appointment_id))
    return found


def insert(conn: Connection, package: Package) -> int:
    """Writes a new package, whatever number it bears; gives the one it got."""
    return rows.new_id(conn.execute(sa.insert(schema.package).values(**_columns(package), version=1)))


def update(conn: Connection, package: Package) -> bool:
    """Saves a package over the version it was made from; False when someone else has saved since."""
    table = schema.package
    saved = conn.execute(
        sa.update(table)
        .where(table.c.id == package.id, table.c.version == package.version)
        .values(**_columns(package), version=package.version + 1)
    )
    return saved.rowcount > 0


def delete(conn: Connection, package_id: int) -> None:
    """Takes a package back of which nothing was used."""
    conn.execute(sa.delete(schema.package).where(schema.package.c.id == package_id))


def use(conn: Connection, package_id: int, appointment_id: int, at: DateTime) -> None:
    """Takes a visit from a package; raises `Refused` where nothing is left of it (`store.guards`)."""
    values = {"appointment_id": appointment_id, "package_id": package_id, "at": at}
    conn.execute(sa.insert(schema.package_use).values(values))


def use_many(conn: Connection, used: Sequence[tuple[int, int, DateTime]]) -> None:
    """The same for many, each the package, the appointment, and when."""
    if used:
        named = [{"package_id": one, "appointment_id": visit, "at": at} for one, visit, at in used]
        conn.execute(sa.insert(schema.package_use), named)


def astray(conn: Connection, patient_ids: Collection[int]) -> tuple[tuple[int, int], ...]:
    """The visits of some patients that were taken from a package of somebody else's, each with its package."""
    used, visit, of = schema.package_use.c, schema.appointment.c, schema.package.c
    chosen = (
        sa.select(used.appointment_id, used.package_id)
        .join(schema.appointment, visit.id == used.appointment_id)
        .join(schema.package, of.id == used.package_id)
        .where(visit.patient_id.in_(sorted(patient_ids)), visit.patient_id != of.patient_id)
    )
    return tuple((row.appointment_id, row.package_id) for row in conn.execute(chosen.order_by(used.appointment_id)))


def give_back(conn: Connection, appointment_id: int) -> None:
    """Gives a visit back to the package it was taken from."""
    table = schema.package_use
    conn.execute(sa.delete(table).where(table.c.appointment_id == appointment_id))


def _read(conn: Connection, condition: ColumnElement[bool]) -> list[Left]:
    table, use_ = schema.package, schema.package_use
    used = sa.select(sa.func.count()).where(use_.c.package_id == table.c.id).scalar_subquery()
    found = conn.execute(
        sa.select(table, used.label("used")).where(condition).order_by(table.c.bought_on, table.c.id)
    ).all()
    services = rows.services(conn) if found else {}
    return [
        Left(
            Package(
                row.id,
                row.version,
                row.patient_id,
                row.visits,
                row.bought_on,
                row.sold_by,
                None if row.service_id is None else services.get(row.service_id) or lost.service(row.service_id),
                row.expires_on,
            ),
            row.used,
        )
        for row in found
    ]


def _columns(package: Package) -> dict[str, Any]:
    return {
        "patient_id": package.patient_id,
        "visits": package.visits,
        "service_id": package.service.id if package.service else None,
        "bought_on": package.bought_on,
        "expires_on": package.expires_on,
        "sold_by": package.sold_by,
    }
