"""Two files made one and two again: every row of both is still there afterwards, under one number or the other.

The file that goes is deleted with its own parts (telephones, flags) after all of them were written down; what happened
to the patient (visits, intakes, scores, where imports put them) changes hands. What the lookup finds by is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.errors import NotFound
from frontdesk.store import core as sa
from frontdesk.store import patient_writes, patients, schema, tables, told_apart, waiting_writes, words

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

_LEFT = frozenset({"id", "version", "created_at", "last_seen_at", "found_as"})
"""Columns of a file that a merge does not choose."""


@cache
def parts() -> tuple[Table, ...]:
    """Tables whose rows are parts of one file, written and read with it."""
    return schema.phone, schema.flag, schema.patient_file


@cache
def moving() -> tuple[Table, ...]:
    """Tables whose rows tell what happened to a patient, or where they came from; they change hands."""
    return (
        schema.appointment,
        schema.patient_source,
        schema.intake,
        schema.score,
        schema.treatment_plan,
        schema.recall_contact,
        schema.package,
        schema.waiting,
    )


class Merge(Struct, frozen=True):
    """One file that went into another."""

    id: int
    kept_id: int
    gone_id: int
    at: DateTime
    who: str


def of_kept(conn: Connection, patient_id: int) -> tuple[Merge, ...]:
    """What went into a patient's file and is in it still, latest first."""
    table = schema.patient_merge.c
    return _merges(conn, table.kept_id == patient_id, table.undone_at.is_(None))


def merge(conn: Connection, kept_id: int, gone_id: int, *, at: DateTime, who: str) -> int:
    """Writes both files down, gives what is the patient's to the one that stays, deletes the other; the merge's id.

    What the file that stays then says is the caller's to save, and `settle` to remember.
    """
    moved = {table.name: _keys(conn, table, gone_id) for table in moving()}
    written = conn.execute(
        sa.insert(schema.patient_merge).values(
            kept_id=kept_id,
            gone_id=gone_id,
            at=at,
            who=who,
            gone={**_file(conn, gone_id), "patient_apart": told_apart.rows_of(conn, gone_id)},
            moved=moved,
            before=_file(conn, kept_id),
            after={},
        )
    )
    waiting_writes.end_twins(conn, kept_id, gone_id, at=at)
    for table in moving():
        conn.execute(sa.update(table).where(table.c.patient_id == gone_id).values(patient_id=kept_id))
    words.drop(conn, [gone_id])
    conn.execute(sa.delete(schema.patient).where(schema.patient.c.id == gone_id))
    return tables.new_id(written)


def settle(conn: Connection, merge_id: int) -> None:
    """Remembers what the file that stayed says now, so that what is changed later is known from what the merge did."""
    table = schema.patient_merge
    kept_id = conn.scalar(sa.select(table.c.kept_id).where(table.c.id == merge_id))
    conn.execute(sa.update(table).where(table.c.id == merge_id).values(after=_file(conn, int(kept_id or 0))))


def part_again(conn: Connection, merge_id: int, *, at: DateTime, who: str) -> None:
    """Puts the file that went back with all its parts, and gives it back what changed hands and is there still.

    The file that stayed says again what it said before, but where somebody has changed it since.
    """
    table = schema.patient_merge
    found = conn.execute(sa.select(table).where(table.c.id == merge_id)).one()
    (person,) = found.gone["patient"]
    stored = tables.stored(schema.patient, person)
    conn.execute(sa.insert(schema.patient).values(id=found.gone_id, version=person["version"], **stored))
    for part in parts():
        _put(conn, part, found.gone.get(part.name, ()))
    told_apart.put_back(conn, found.gone["patient_apart"])
    for moved in moving():
        keys = moved.primary_key.columns
        for key in found.moved.get(moved.name, ()):
            is_it = sa.and_(*(column == value for column, value in zip(keys, key, strict=True)))
            if moved is schema.waiting:
                is_it = sa.and_(is_it, waiting_writes.may_go_to(found.gone_id))
            conn.execute(
                sa.update(moved).where(is_it, moved.c.patient_id == found.kept_id).values(patient_id=found.gone_id)
            )
    _as_before(conn, found.kept_id, found.before, found.after)
    for patient_id in (found.kept_id, found.gone_id):
        again = patients.get(conn, patient_id)
        patient_writes.update(conn, patient_id, again.version, again.details)
    conn.execute(sa.update(table).where(table.c.id == merge_id).values(undone_at=at, undone_by=who))


def _merges(conn: Connection, *conditions: ColumnElement[bool]) -> tuple[Merge, ...]:
    table = schema.patient_merge.c
    chosen = sa.select(table.id, table.kept_id, table.gone_id, table.at, table.who)
    return tuple(Merge(*row) for row in conn.execute(chosen.where(*conditions).order_by(table.id.desc())))


def _file(conn: Connection, patient_id: int) -> dict[str, list[dict[str, Any]]]:
    """A file as its rows say it, by table."""
    person = tables.json_rows(conn, schema.patient, schema.patient.c.id == patient_id)
    if not person:
        raise NotFound(f"there is no patient #{patient_id}")
    return {
        "patient": person,
        **{table.name: tables.json_rows(conn, table, table.c.patient_id == patient_id) for table in parts()},
    }


def _as_before(conn: Connection, patient_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    now = _file(conn, patient_id)
    (was,), (then,), (person,) = before["patient"], after["patient"], now["patient"]
    back = {name: was[name] for name in was if name not in _LEFT and name in person and person[name] == then.get(name)}
    if person["last_seen_at"] == then.get("last_seen_at"):
        back["last_seen_at"] = was["last_seen_at"]
    table = schema.patient
    conn.execute(sa.update(table).where(table.c.id == patient_id).values(**tables.stored(table, back)))
    for part in parts():
        if _said(now[part.name]) == _said(after.get(part.name, ())):
            conn.execute(sa.delete(part).where(part.c.patient_id == patient_id))
            _put(conn, part, before.get(part.name, ()))


def _said(said: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the numbers they are counted by, which change whenever they are saved."""
    return [{name: value for name, value in row.items() if name != "id"} for row in said]


def _put(conn: Connection, table: Table, said: Iterable[Mapping[str, Any]]) -> None:
    """Rows as they were, but for the numbers they are counted by: those may be somebody else's now."""
    for row in said:
        conn.execute(sa.insert(table).values(tables.stored(table, row)))


def _keys(conn: Connection, table: Table, patient_id: int) -> list[list[Any]]:
    found = conn.execute(sa.select(*table.primary_key.columns).where(table.c.patient_id == patient_id))
    return [list(row) for row in found]
