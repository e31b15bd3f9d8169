"""Rows written and refused by the bare driver, as another program would."""

from __future__ import annotations

import re

import pytest

from tests.foreign import FORBIDDEN, Foreign


def appointment(raw: Foreign, id_: int, *, patient: int, status: str = "with_practitioner") -> None:
    raw.execute(
        "INSERT INTO appointment (id, patient_id, practitioner_id, service_id, status, starts, retention_minutes,"
        " created_at) VALUES (?, ?, ?, 1, ?, 0, 25, 0)",
        (id_, patient, patient, status),
    )


def needles_in(raw: Foreign, id_: int = 1, count: int = 12) -> None:
    raw.execute(
        "INSERT INTO retention (id, appointment_id, in_at, count_in, planned_minutes, earliest_minutes, latest_minutes)"
        " VALUES (?, ?, 0, ?, 25, 20, 30)",
        (id_, id_, count),
    )
    raw.execute("UPDATE appointment SET status = 'needles_in' WHERE id = ?", (id_,))


def needles_out(raw: Foreign, id_: int = 1, count: int | None = 12) -> None:
    raw.execute("UPDATE retention SET out_at = 60000, count_out = ? WHERE appointment_id = ?", (count, id_))
    raw.execute("UPDATE appointment SET status = 'needles_out' WHERE id = ?", (id_,))


def refused(raw: Foreign, sql: str, words: str = "frontdesk: ") -> None:
    if raw.is_server and re.search(r"\bOR (IGNORE|REPLACE)\b|\bREPLACE INTO\b", sql):
        return  # SQLite's own ways to write over a row
    before = raw.dump()
    with pytest.raises(FORBIDDEN, match=words):
        raw.execute(sql)
    assert raw.dump() == before
