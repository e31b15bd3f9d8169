"""Files that look like one person's and were said to be two people's, by pairs, the lower number first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.store import core as sa
from frontdesk.store import schema, tables
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from frontdesk.store.question import Askable


def tell(conn: Connection, pair: tuple[int, int], *, at: DateTime, who: str) -> None:
    """Remembers that two files are two people's."""
    one_id, other_id = sorted(pair)
    tables.put_rows(conn, schema.patient_apart, [{"one_id": one_id, "other_id": other_id, "at": at, "who": who}])


def take_back(conn: Connection, pair: tuple[int, int]) -> bool:
    """Forgets that two files are two people's; whether it was said."""
    one_id, other_id = sorted(pair)
    table = schema.patient_apart
    gone = conn.execute(sa.delete(table).where(table.c.one_id == one_id, table.c.other_id == other_id))
    return gone.rowcount > 0


def pairs(conn: Askable, ids: Iterable[int] | None = None) -> frozenset[tuple[int, int]]:
    """The pairs that were said to be two people, lower number first: all, or those with one of `ids`."""
    ask, of_them = Question(conn), ""
    if ids is not None:
        wanted = list(ids)
        of_them = f" WHERE {ask.is_among('one_id', wanted)} OR {ask.is_among('other_id', wanted)}"
    return frozenset((one, other) for one, other in ask.rows(f"SELECT one_id, other_id FROM patient_apart{of_them}"))


def rows_of(conn: Connection, patient_id: int) -> list[dict[str, Any]]:
    """What was said of a file, as its rows say it: to be kept while the file is gone."""
    return tables.json_rows(conn, schema.patient_apart, _with(patient_id))


def put_back(conn: Connection, said: Iterable[Mapping[str, Any]]) -> None:
    """Such rows again, where both files are there."""
    table = schema.patient.c
    for row in said:
        both = (row["one_id"], row["other_id"])
        if len(conn.execute(sa.select(table.id).where(table.id.in_(both))).all()) == len(both):
            conn.execute(sa.insert(schema.patient_apart).values(tables.stored(schema.patient_apart, row)))


def forget(conn: Connection, patient_id: int) -> None:
    """Nothing is said of a file any more."""
    conn.execute(sa.delete(schema.patient_apart).where(_with(patient_id)))


def _with(patient_id: int) -> ColumnElement[bool]:
    table = schema.patient_apart.c
    return sa.or_(table.one_id == patient_id, table.other_id == patient_id)
