"""What stays on record, and what may not be written beside it: timers, the log, closes, files, the waiting list."""

from __future__ import annotations

import psycopg
import pytest

from tests.foreign import FORBIDDEN, Foreign
from tests.store.bare import appointment, needles_in, needles_out, refused

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


PLAN = "INTO treatment_plan (id, patient_id, cadence, planned, service_id, started_on, decided_by) VALUES"


def test_a_patient_has_one_plan_at_a_time_and_none_is_written_over(raw: Foreign) -> None:
    for number, patient in ((1, 1), (2, 2)):
        raw.execute(f"INSERT {PLAN} ({number}, {patient}, 'week', 8, 1, '1970-01-01', 'Ana')")
    for how in ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"):
        refused(raw, f"{how} {PLAN} (8, 1, 'month', 2, 1, '1970-01-02', 'Bo')", "has not ended")
    refused(
        raw, f"INSERT OR REPLACE {PLAN} (2, 1, 'month', 2, 1, '1970-01-02', 'Bo')", "of that number already|not ended"
    )
    refused(raw, "UPDATE treatment_plan SET patient_id = 1 WHERE id = 2", "has not ended")
    refused(raw, "UPDATE OR REPLACE treatment_plan SET patient_id = 1 WHERE id = 2", "has not ended")
    refused(raw, "UPDATE treatment_plan SET id = 1 WHERE id = 2", "keeps its number")
    refused(raw, "UPDATE OR REPLACE treatment_plan SET id = 1 WHERE id = 2", "keeps its number")
    raw.execute("UPDATE treatment_plan SET ended_on = '1970-02-01', outcome = 'better' WHERE id = 1")
    raw.execute(f"INSERT {PLAN} (8, 1, 'month', 2, 1, '1970-01-02', 'Bo')")
    refused(raw, "UPDATE treatment_plan SET ended_on = NULL, outcome = '' WHERE id = 1", "has not ended")
    refused(raw, "UPDATE OR REPLACE treatment_plan SET ended_on = NULL, outcome = '' WHERE id = 1", "has not ended")


def test_a_package_is_not_written_over(raw: Foreign) -> None:
    package = "INTO package (id, patient_id, visits, bought_on, sold_by) VALUES (1, 1, 2, '1970-01-01', 'Ana')"
    raw.execute(f"INSERT {package}")
    raw.execute("INSERT INTO package_use (appointment_id, package_id, at) VALUES (1, 1, 0), (2, 1, 0)")
    refused(raw, f"INSERT OR REPLACE {package}", "of that number already")


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
