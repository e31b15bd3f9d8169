"""What the database forbids, whoever writes to it: tried with the bare driver, foreign keys off."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pendulum
import psycopg
import pytest

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.store.engine import Store
from frontdesk.store.guards import GUARDS
from tests.foreign import FORBIDDEN, Foreign

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.db"
    Store.open(str(path), now=NOW).close()
    return path


@pytest.fixture
def raw(where: str) -> Iterator[Foreign]:
    Store.open(where, now=NOW).close()
    connection = Foreign(where)
    connection.script(
        """
        INSERT INTO patient (id, given, created_at) VALUES (1, 'Maria', 0), (2, 'Jun', 0), (3, 'Eva', 0);
        INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2);
        INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1), (2, 'Room 2', 2);
        INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest,
            planned_retention, removal, turnover, position) VALUES (1, 'Follow-up', 5, 5, 20, 30, 25, 5, 5, 1);
        """
    )
    appointment(connection, 1, patient=1)
    appointment(connection, 2, patient=2)
    yield connection
    connection.close()


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


TIMER = "INTO timer (id, appointment_id, kind, started_at, minutes, started_by) VALUES"


def test_what_was_timed_stays_on_record(raw: Foreign) -> None:
    raw.execute(f"INSERT {TIMER} (1, 1, 'lamp', 0, 15, 'Ana')")
    refused(raw, "DELETE FROM timer", "can not be deleted")
    refused(raw, f"INSERT OR REPLACE {TIMER} (1, 2, 'lamp', 0, 15, 'Ana')", "timed already")
    refused(raw, f"INSERT OR REPLACE {TIMER} (2, 1, 'lamp', 0, 15, 'Ana')", "timed already")
    for change in ("minutes = 60", "started_at = 1", "kind = 'cups'", "appointment_id = 2", "started_by = 'Ben'"):
        refused(raw, f"UPDATE timer SET {change}", "stays on record")
    entry(raw, "timer.stop", at=60000, who="Ben")
    raw.execute("UPDATE timer SET ended_at = 60000, ended_by = 'Ben'")
    raw.execute(f"INSERT {TIMER} (2, 1, 'lamp', 60000, 15, 'Ana')")


def entry(raw: Foreign, what: str, *, at: int, who: str, subject: str = "appointment 1") -> None:
    raw.execute("INSERT INTO audit (at, who, what, subject) VALUES (?, ?, ?, ?)", (at, who, what, subject))


def test_nothing_that_is_timed_ends_but_the_log_says_so_first(raw: Foreign) -> None:
    needles_in(raw)
    raw.execute(f"INSERT {TIMER} (1, 1, 'lamp', 0, 15, 'Ana')")
    for end in ("ended_at = 60000", "ended_at = 60000, ended_by = 'Ana'", "ended_at = 0, ended_by = 'Ana'"):
        refused(raw, f"UPDATE timer SET {end}", "in the log first")
    entry(raw, "timer.stop", at=60000, who="Ana", subject="appointment 2")
    entry(raw, "needles.in", at=60000, who="Ana")
    entry(raw, "alarm.low", at=60000, who="Ana")
    refused(raw, "UPDATE timer SET ended_at = 60000, ended_by = 'Ana'", "in the log first")
    entry(raw, "timer.stop", at=60000, who="Ana")
    refused(raw, "UPDATE timer SET ended_at = 60001, ended_by = 'Ana'", "in the log first")
    refused(raw, "UPDATE timer SET ended_at = 60000, ended_by = 'Ben'", "in the log first")
    raw.execute("UPDATE timer SET ended_at = 60000, ended_by = 'Ana'")


def test_what_ends_while_the_clock_is_back_ends_when_it_began(raw: Foreign) -> None:
    raw.execute(f"INSERT {TIMER} (1, 1, 'lamp', 60000, 15, 'Ana')")
    entry(raw, "timer.stop", at=30000, who="Ana")
    refused(raw, "UPDATE timer SET ended_at = 30000, ended_by = 'Ana'", "(?i)check constraint")
    raw.execute("UPDATE timer SET ended_at = 60000, ended_by = 'Ana'")


def test_nothing_of_another_kind_is_timed(raw: Foreign) -> None:
    refused(raw, f"INSERT {TIMER} (1, 1, 'moxa', 0, 15, 'Ana')", "nothing of that kind")


@pytest.mark.parametrize("hushed", ["silenced_level = 'all'", "silenced_level = 'low', silenced_until = 172800001"])
def test_nothing_is_silenced_for_days_or_at_no_level(raw: Foreign, hushed: str) -> None:
    needles_in(raw)
    raw.execute(f"INSERT {TIMER} (1, 1, 'lamp', 0, 15, 'Ana')")
    for table in ("retention", "timer"):
        refused(raw, f"UPDATE {table} SET {hushed}", "a silence is of one level")
        raw.execute(f"UPDATE {table} SET silenced_level = 'high', silenced_until = 172800000")


def test_nothing_is_timed_for_a_visit_that_has_ended(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET status = 'checked_out' WHERE id = 1")
    with pytest.raises(FORBIDDEN, match="that visit has ended"):
        raw.execute(f"INSERT {TIMER} (1, 1, 'lamp', 0, 15, 'Ana')")


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


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET who = 'nobody'",
        "UPDATE audit SET seq = 99 WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "REPLACE INTO audit (seq, at, who, what, subject) VALUES (3, 0, 'x', 'x', 'x')",
        "INSERT OR IGNORE INTO audit (seq, at, who, what, subject) VALUES (2, 0, 'x', 'x', 'x')",
        "INSERT OR REPLACE INTO audit (at, who, what, subject, undoes) VALUES (0, 'x', 'x', 'x', 1)",
    ],
)
def test_the_log_only_grows(raw: Foreign, sql: str) -> None:
    insert = "INSERT INTO audit (at, who, what, subject, undoes) VALUES (0, 'Ana', 'booked', 'appointment:1', ?)"
    raw.many(insert, [(None,), (None,), (1,)])
    refused(raw, sql)
    with pytest.raises(FORBIDDEN, match=r"(?i)check"):
        raw.execute("INSERT INTO audit (seq, at, who, what, subject) VALUES (-1, 0, 'x', 'x', 'x')")


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


CLOSE = "INSERT INTO day_close (id, day, until, at, who) VALUES (1, '1970-01-01', 86400000, 0, 'Ana')"


def test_no_day_is_closed_over_anybody_who_is_in_the_house_or_owes_a_count(raw: Foreign) -> None:
    refused(raw, CLOSE, "still in the house")
    needles_in(raw)
    raw.execute("UPDATE appointment SET status = 'checked_out' WHERE id = 2")
    refused(raw, CLOSE, "still in the house")
    needles_out(raw, count=None)
    refused(raw, CLOSE, "still in the house")
    raw.execute("UPDATE retention SET count_out = 12")
    refused(raw, CLOSE, "still in the house")
    raw.execute("UPDATE appointment SET status = 'checked_out' WHERE id = 1")
    appointment(raw, 3, patient=1, status="booked")
    raw.execute("UPDATE appointment SET starts = 86400000 WHERE id = 3")
    raw.execute("UPDATE appointment SET status = 'arrived', arrived_at = 86399999 WHERE id = 3")
    refused(raw, CLOSE, "still in the house")
    raw.execute("UPDATE appointment SET arrived_at = 86400000 WHERE id = 3")
    raw.execute(CLOSE)
    refused(raw, "UPDATE day_close SET who = 'Bo'", "stays on record")
    refused(raw, "DELETE FROM day_close", "stays on record")
    refused(raw, CLOSE.replace("INSERT", "INSERT OR REPLACE"), "stays on record")


@pytest.mark.parametrize("until", [1, 35_999_999, 129_600_001])
def test_a_day_ends_where_it_ends_somewhere_on_earth(raw: Foreign, until: int) -> None:
    raw.execute("UPDATE appointment SET status = 'checked_out'")
    refused(raw, CLOSE.replace("86400000", f"{until}"), "ends at its own midnight")


@pytest.mark.parametrize(("least", "most"), [(-300, -240), (630, 660), (0, 0)])
def test_a_day_ends_where_it_ends_for_the_clinic(raw: Foreign, least: int, most: int) -> None:
    raw.execute("UPDATE appointment SET status = 'checked_out'")
    raw.execute(
        "INSERT INTO clinic (id, name, timezone, phone_region, slot_minutes, hours, east_least, east_most)"
        " VALUES (1, 'Shenmen', 'Somewhere', 'CA', 5, '{}', ?, ?)",
        (least, most),
    )
    first, last = (86_400_000 - 60_000 * east for east in (most, least))
    for wrong in (first - 1, last + 1):
        refused(raw, CLOSE.replace("86400000", f"{wrong}"), "ends at its own midnight")
    raw.execute(CLOSE.replace("86400000", f"{first}"))


def test_a_day_that_is_none_is_not_closed(raw: Foreign) -> None:
    raw.execute("UPDATE appointment SET status = 'checked_out'")
    with pytest.raises((*FORBIDDEN, psycopg.DataError)):
        raw.execute(CLOSE.replace("1970-01-01", "some day"))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO score (patient_id, at, taken_by, pain) VALUES (1, 0, 'x', 11)",
        "INSERT INTO score (patient_id, at, taken_by, pain, mood) VALUES (1, 0, 'x', 3, -1)",
        "INSERT INTO score (patient_id, at, taken_by) VALUES (1, 0, 'x')",
        "INSERT INTO flag (patient_id, kind, since, until) VALUES (1, 'faints', '2026-11-23', '2026-11-22')",
        "INSERT INTO intake (patient_id, taken_on, taken_by, severity) VALUES (1, '2026-11-23', 'x', 'awful')",
        "INSERT INTO patient_file (patient_id, preferred_contact) VALUES (1, 'pigeon')",
    ],
)
def test_a_file_says_nothing_that_can_not_be(raw: Foreign, sql: str) -> None:
    with pytest.raises(FORBIDDEN):
        raw.execute(sql)


WAITS = "INTO waiting (id, patient_id, appointment_id, service_id, since, added_by) VALUES"


def test_nobody_waits_twice_for_the_same_nor_for_somebody_elses_appointment(raw: Foreign) -> None:
    for row in ("(1, 1, NULL, 1, 0, 'Ana')", "(2, 1, 1, 1, 0, 'Ana')", "(3, 2, NULL, 1, 0, 'Ana')"):
        raw.execute(f"INSERT {WAITS} {row}")
    for how in ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"):
        refused(raw, f"{how} {WAITS} (8, 1, NULL, 1, 0, 'Bo')", "on the waiting list for that already")
        refused(raw, f"{how} {WAITS} (8, 1, 1, 1, 0, 'Bo')", "on the waiting list for that already")
        refused(raw, f"{how} {WAITS} (8, 1, 2, 1, 0, 'Bo')", "somebody else")
    refused(raw, "UPDATE waiting SET patient_id = 1 WHERE id = 3", "on the waiting list for that already")
    refused(raw, "UPDATE waiting SET appointment_id = 2 WHERE id = 2", "somebody else")


def test_who_was_taken_off_the_list_stays_off_and_has_a_reason(raw: Foreign) -> None:
    raw.execute(f"INSERT {WAITS} (1, 1, NULL, 1, 0, 'Ana')")
    refused(raw, "UPDATE waiting SET ended_at = 1, ending = 'withdrawn'", "why")
    refused(raw, "UPDATE waiting SET ended_at = 1, ending = 'booked', booked_id = 2", "somebody else")
    raw.execute("UPDATE waiting SET ended_at = 1, ending = 'withdrawn', reason = 'ill'")
    for change in ("ended_at = NULL, ending = '', reason = ''", "reason = 'other'", "since = 5"):
        refused(raw, f"UPDATE waiting SET {change}", "has ended")
    raw.execute(f"INSERT {WAITS} (2, 1, NULL, 1, 0, 'Ana')")
