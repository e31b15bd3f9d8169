"""Prepaid packages and what is used of them, written; `packages` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import Stale
from frontdesk.domain.package import Package
from frontdesk.store import core as sa
from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def insert(conn: Connection, package: Package) -> int:
    """Writes a new package, whatever number it bears; gives the one it got."""
    return tables.new_id(conn.execute(sa.insert(schema.package).values(**_columns(package), version=1)))


def update(conn: Connection, package: Package) -> None:
    """Saves a package over the version it was made from; raises `Stale` when someone else has saved since."""
    if not tables.saved_over(conn, schema.package, package.id, package.version, _columns(package)):
        raise Stale("this package was changed since you read it; nothing was saved")


def delete(conn: Connection, package_id: int) -> None:
    """Takes a package back of which nothing was used."""
    conn.execute(sa.delete(schema.package).where(schema.package.c.id == package_id))


def use(conn: Connection, package_id: int, appointment_id: int, at: DateTime) -> None:
    """Takes a visit from a package; raises `Refused` where nothing is left of it (`store.guards`)."""
    values = {"appointment_id": appointment_id, "package_id": package_id, "at": at}
    conn.execute(sa.insert(schema.package_use).values(values))


def use_many(conn: Connection, used: Sequence[tuple[int, int, DateTime]]) -> None:
    """The same for many, each the package, the appointment, and when."""
    named = [{"package_id": one, "appointment_id": visit, "at": at} for one, visit, at in used]
    tables.insert_rows(conn, schema.package_use, named)


def give_back(conn: Connection, appointment_id: int) -> None:
    """Gives a visit back to the package it was taken from."""
    table = schema.package_use
    conn.execute(sa.delete(table).where(table.c.appointment_id == appointment_id))


def _columns(package: Package) -> dict[str, Any]:
    return {
        "patient_id": package.patient_id,
        "visits": package.visits,
        "service_id": package.service.id if package.service else None,
        "bought_on": package.bought_on,
        "expires_on": package.expires_on,
        "sold_by": package.sold_by,
    }
