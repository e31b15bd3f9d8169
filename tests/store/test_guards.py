"""What the database forbids, whoever writes to it: tried with the bare driver, foreign keys off."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pendulum
import pytest

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.store import schema
from frontdesk.store.engine import Store
from frontdesk.store.guards import GUARDS, UNIQUE
from tests.foreign import FORBIDDEN, Foreign
from tests.store.bare import appointment, needles_in, needles_out, refused

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path / "clinic.db"))


@pytest.mark.parametrize(
    "status",
    [
        "booked",
        "arrived",
        "roomed",
        "with_practitioner",
        "checked_out",
        "cancelled",
        "no_show",
        "left",
        "entered_in_error",
    ],
)
@pytest.mark.parametrize("how", ["", "OR IGNORE", "OR REPLACE"])
def test_after_needles_in_only_needles_out_may_follow(raw: Foreign, status: str, how: str) -> None:
    needles_in(raw)
    refused(raw, f"UPDATE {how} appointment SET status = '{status}' WHERE id = 1", "only needles out may follow")


def test_needles_out_waits_for_the_retention_to_end(raw: Foreign) -> None:
    needles_in(raw)
    refused(raw, "UPDATE appointment SET status = 'needles_out' WHERE id = 1", "only needles out may follow")
    needles_out(raw)


def test_needles_in_needs_a_retention_with_its_count(raw: Foreign) -> None:
    refused(raw, "UPDATE appointment SET status = 'needles_in' WHERE id = 1", "count in first")
    with pytest.raises(FORBIDDEN, match="count in first"):
        appointment(raw, 3, patient=2, status="needles_in")


@pytest.mark.parametrize("status", ["checked_out", "cancelled", "no_show", "left", "entered_in_error"])
def test_no_visit_ends_while_a_count_is_owed(raw: Foreign, status: str) -> None:
    needles_in(raw)
    needles_out(raw, count=None)
    refused(raw, f"UPDATE appointment SET status = '{status}' WHERE id = 1", "count is owed")
    raw.execute("UPDATE retention SET count_out = 12 WHERE id = 1")
    raw.execute(f"UPDATE appointment SET status = '{status}' WHERE id = 1")
    refused(raw, "UPDATE retention SET count_out = NULL WHERE id = 1", "its needle count stands")


@pytest.mark.parametrize(
    "counts",
    [
        "count_out = 11",
        "count_out = 13",
        "count_out = -1, kept = 13, told = TRUE, remove_on = '2026-11-27'",
        "count_out = 11, missing = 1",
        "count_out = 11, missing = 1, missing_reason = 'lost'",
    ],
)
def test_every_needle_in_is_accounted_for(raw: Foreign, counts: str) -> None:
    needles_in(raw)
    refused(raw, f"UPDATE retention SET out_at = 60000, {counts} WHERE id = 1", "(?i)check constraint")


def test_needles_kept_and_missing_are_accounted_for_in_words(raw: Foreign) -> None:
    needles_in(raw)
    raw.execute(
        "UPDATE retention SET out_at = 60000, count_out = 9, kept = 2, told = TRUE, remove_on = '2026-11-27',"
        " missing = 1, missing_reason = 'under the table', missing_by = 'Ana' WHERE id = 1"
    )


@pytest.mark.parametrize("change", ["planned_minutes = 100000", "latest_minutes = 100000", "planned_minutes = -1"])
def test_no_alarm_is_put_off_beyond_the_day(raw: Foreign, change: str) -> None:
    needles_in(raw)
    refused(raw, f"UPDATE retention SET {change} WHERE id = 1", "needles stay in for 720 minutes at most")


@pytest.mark.parametrize("also", ["", ", told = TRUE", ", remove_on = '2026-11-27'"])
def test_needles_are_kept_with_the_patient_told_and_a_day(raw: Foreign, also: str) -> None:
    needles_in(raw)
    refused(raw, f"UPDATE retention SET out_at = 60000, count_out = 10, kept = 2{also}", "the patient told and the day")


def test_what_was_kept_stays_told_and_only_that_comes_out_later(raw: Foreign) -> None:
    needles_in(raw)
    raw.execute("UPDATE retention SET out_at = 1, count_out = 10, kept = 2, told = TRUE, remove_on = '2026-11-27'")
    refused(raw, "UPDATE retention SET told = FALSE", "the patient told and the day")
    refused(raw, "UPDATE retention SET remove_on = NULL", "the patient told and the day")
    raw.execute("UPDATE retention SET kept_out_at = 2")
    refused(raw, "UPDATE retention SET kept = 0, count_out = 12", "no needles were kept")


def test_a_count_in_too_low_can_be_raised_while_the_count_is_owed(raw: Foreign) -> None:
    needles_in(raw)
    needles_out(raw, count=None)
    refused(raw, "UPDATE retention SET count_in = 11 WHERE id = 1", "count in stands")
    raw.execute("UPDATE retention SET count_in = 14 WHERE id = 1")
    raw.execute("UPDATE retention SET count_in = 15, count_out = 15 WHERE id = 1")
    refused(raw, "UPDATE retention SET count_in = 16, count_out = 16 WHERE id = 1", "count in stands")


def test_no_room_is_freed_over_needles_or_a_count_that_is_owed(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET room_id = 1 WHERE id = 1")
    needles_in(raw)
    refused(raw, "UPDATE appointment SET ready_at = 60000 WHERE id = 1", "the room can not be freed")
    needles_out(raw, count=None)
    refused(raw, "UPDATE appointment SET ready_at = 60000 WHERE id = 1", "the room can not be freed")
    raw.execute("UPDATE retention SET count_out = 12")
    raw.execute("UPDATE appointment SET ready_at = 60000 WHERE id = 1")


def test_nobody_with_needles_on_record_is_lost_from_their_room_or_becomes_somebody_else(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET room_id = 1 WHERE id = 1")
    needles_in(raw)
    for count in (None, 12):
        for room in ("NULL", "2"):
            refused(raw, f"UPDATE appointment SET room_id = {room} WHERE id = 1", "stays in the room")
        refused(raw, "UPDATE appointment SET patient_id = 3 WHERE id = 1", "keeps its patient")
        refused(raw, "UPDATE appointment SET id = 9 WHERE id = 1", "frontdesk: ")
        raw.execute("UPDATE retention SET out_at = 60000, count_out = ?", (count,))
    raw.execute("UPDATE appointment SET status = 'needles_out' WHERE id = 1")
    raw.execute("UPDATE appointment SET room_id = 2 WHERE id = 1")
    refused(raw, "UPDATE appointment SET patient_id = 3 WHERE id = 1", "keeps its patient")


@pytest.mark.parametrize("table", ["patient", "practitioner", "room", "service"])
def test_what_an_appointment_speaks_of_stays_with_foreign_keys_off(raw: Foreign, table: str) -> None:
    raw.execute("UPDATE appointment SET room_id = 1 WHERE id = 1")
    refused(raw, f"DELETE FROM {table} WHERE id = 1", "(?i)appointments|foreign key")
    refused(raw, f"UPDATE {table} SET id = 50 WHERE id = 1", "(?i)appointments|foreign key")
    refused(raw, f"UPDATE appointment SET {table}_id = 77 WHERE id = 1", "(?i)nobody knows|foreign key")
    with pytest.raises(FORBIDDEN, match=r"(?i)nobody knows|foreign key"):
        appointment(raw, 3, patient=50)


def test_a_practitioner_who_took_over_stays_with_foreign_keys_off(raw: Foreign) -> None:
    raw.execute("INSERT INTO practitioner (id, name, position) VALUES (3, 'Dr Rey', 3), (4, 'Dr Sol', 4)")
    raw.execute("UPDATE appointment SET holder_id = 3 WHERE id = 1")
    refused(raw, "DELETE FROM practitioner WHERE id = 3", "(?i)appointments|foreign key")
    refused(raw, "UPDATE appointment SET holder_id = 77 WHERE id = 1", "(?i)nobody knows|foreign key")
    raw.execute("DELETE FROM practitioner WHERE id = 4")


def test_needles_that_are_out_are_not_in_again_but_as_a_second_side(raw: Foreign) -> None:
    needles_in(raw)
    needles_out(raw, count=None)
    refused(raw, "UPDATE retention SET out_at = NULL WHERE id = 1", "out stay out")


def test_needles_on_record_stay_on_record(raw: Foreign) -> None:
    needles_in(raw)
    refused(raw, "DELETE FROM retention WHERE id = 1", "can not be deleted")
    refused(raw, "DELETE FROM appointment WHERE id = 1", "can not be deleted")
    values = "0, 5, 25, 20, 30)"
    columns = "(id, appointment_id, in_at, count_in, planned_minutes, earliest_minutes, latest_minutes)"
    refused(raw, f"INSERT OR REPLACE INTO retention {columns} VALUES (1, 2, {values}", "already in")
    refused(raw, f"INSERT OR REPLACE INTO retention {columns} VALUES (9, 1, {values}", "already in")
    refused(raw, "UPDATE retention SET appointment_id = 2 WHERE id = 1", "count in stands")
    raw.execute("UPDATE retention SET count_in = 14 WHERE id = 1")  # a slip of the finger, while they are in
    needles_out(raw, count=14)
    refused(raw, "UPDATE retention SET count_in = 12, count_out = 12 WHERE id = 1", "count in stands")


def test_a_second_side_cannot_be_open_beside_the_first(raw: Foreign) -> None:
    needles_in(raw)
    needles_out(raw)
    raw.execute(
        "INSERT INTO retention (id, appointment_id, in_at, count_in, planned_minutes, earliest_minutes, latest_minutes)"
        " VALUES (7, 1, 0, 8, 25, 20, 30)"
    )
    refused(raw, "UPDATE OR REPLACE retention SET out_at = NULL, count_out = NULL WHERE id = 1", "out stay out")


def test_no_needles_go_in_after_the_end_of_a_visit(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET status = 'checked_out' WHERE id = 1")
    with pytest.raises(FORBIDDEN, match="that visit has ended"):
        needles_in(raw)


def test_one_live_visit_a_room_and_a_patient(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET status = 'roomed', room_id = 1 WHERE id = 1")
    for how in ("", "OR REPLACE", "OR IGNORE"):
        refused(raw, f"UPDATE {how} appointment SET status = 'roomed', room_id = 1 WHERE id = 2", "room is taken")
        refused(
            raw,
            f"INSERT {how} INTO appointment (id, patient_id, practitioner_id, service_id, status, starts,"
            " retention_minutes, created_at) VALUES (3, 1, 1, 1, 'arrived', 0, 25, 0)",
            "already in the house",
        )
    raw.execute("UPDATE appointment SET ready_at = 1 WHERE id = 1")
    raw.execute("UPDATE appointment SET status = 'roomed', room_id = 1 WHERE id = 2")


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_database_without_one_of_its_guards_is_not_opened(path: Path, name: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"DROP TRIGGER {name}")
    with pytest.raises(Unavailable, match=name):
        Store.open(str(path), now=NOW)
    raw.execute(GUARDS[name])
    Store.open(str(path), now=NOW).close()
    raw.execute(f"DROP TRIGGER {name}")
    raw.execute(GUARDS[name].replace("BEGIN ", "BEGIN SELECT 1 FROM audit WHERE 0; "))
    with pytest.raises(Unavailable, match=name):
        Store.open(str(path), now=NOW)
    raw.close()


def test_a_database_without_the_index_of_one_visit_a_room_is_not_opened(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("DROP INDEX uq_appointment_one_visit_a_room")
    raw.execute("CREATE INDEX uq_appointment_one_visit_a_room ON appointment (room_id)")
    raw.close()
    with pytest.raises(Unavailable, match="uq_appointment_one_visit_a_room"):
        Store.open(str(path), now=NOW)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE appointment SET status = 'roomed', room_id = 1", "that room is taken by another visit"),
        ("UPDATE appointment SET practitioner_id = 1", "the practitioner is taken at that time"),
        ("UPDATE appointment SET patient_id = 1", "that patient is already in the house"),
        ("UPDATE appointment SET status = 'needles_in'", "needles in needs its count in first"),
        ("UPDATE retention SET out_at = 0, count_out = 3", "the counts don't add up"),
        ("UPDATE room SET name = 'Room 1'", "there is already a room of that name"),
    ],
)
def test_what_is_forbidden_is_said_in_plain_words(where: str, raw: Foreign, sql: str, words: str) -> None:
    if "retention" in sql:
        needles_in(raw)
    store = Store.open(where, now=NOW)
    with pytest.raises(Refused, match=words), store.write(who="Ana", at=NOW) as work:
        work.log("tried", "")
        work.connection.exec_driver_sql(sql)
    store.close()


def test_the_indexes_that_guard_are_those_of_the_tables() -> None:
    found = [index.name for table in schema.metadata.tables.values() for index in table.indexes if index.unique]
    assert sorted(map(str, found)) == sorted(UNIQUE)
