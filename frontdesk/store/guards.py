"""The rules the database itself holds, whoever writes to it: a view and triggers, in SQLite's words.

What an appointment takes is in `held`, what a change is asked in `conditions`, which PostgreSQL's rules share. SQLite's
REPLACE deletes rows without asking delete triggers, so each table that must keep its rows refuses it on insert as well.
A change here needs a migration, which creates them anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from frontdesk.store import held, references
from frontdesk.store.conditions import (
    COUNT_IN_STANDS,
    CROWD,
    CROWDED,
    END_UNSAID,
    END_WORDS,
    ENDED,
    ENDLESS,
    FREED,
    KEPT_UNTOLD,
    LOG_CHANGED,
    MOVED,
    NO_END_OF_DAY,
    NO_SILENCE,
    OF_ENDED_VISIT,
    OF_NO_KIND,
    OPEN,
    PATIENT_CHANGED,
    PLAN_NUMBER,
    PLAN_NUMBER_WORDS,
    PLANNED_TWICE,
    PLANNED_TWICE_WORDS,
    SAME_RUNS,
    SHRUNK,
    SILENCE_WORDS,
    STILL_HERE,
    STILL_IN_OR_OWED,
    TIMER_CHANGED,
    TOO_FEW,
    TOO_FEW_WORDS,
    UNSETTLED,
    USED_TWICE,
    USED_TWICE_WORDS,
    USED_UP,
    USED_UP_WORDS,
    WAITING_ENDED,
    WAITING_ENDED_WORDS,
    WAITING_FOR_OTHERS,
    WAITING_FOR_OTHERS_WORDS,
    WAITING_TWICE,
    WAITING_TWICE_WORDS,
    refuse,
)
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from frontdesk.store.question import Askable


def _trigger(name: str, when: str, condition: str | None, action: str) -> str:
    told = "" if condition is None else f" WHEN {condition}"
    return f"CREATE TRIGGER {name} {when}{told} BEGIN {action}; END"


def _all() -> dict[str, str]:
    rules: list[tuple[str, str, str | None, str]] = [
        *held.rules(),
        (
            "appointment_replaced",
            "BEFORE INSERT ON appointment",
            "EXISTS (SELECT 1 FROM appointment AS a WHERE a.id = NEW.id)",
            refuse("there is an appointment of that number already: change it instead"),
        ),
        ("appointment_crowds_in", "BEFORE INSERT ON appointment", CROWDED, CROWD),
        (
            "appointment_crowds",
            "BEFORE UPDATE OF id, room_id, patient_id, status, ready_at ON appointment",
            CROWDED,
            CROWD,
        ),
        (
            "appointment_placed",
            "BEFORE INSERT ON appointment",
            f"typeof(NEW.starts) <> 'integer' OR {SHRUNK}",
            refuse("an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        ),
        (
            "appointment_placed_anew",
            "BEFORE UPDATE OF starts, retention_minutes ON appointment",
            f"typeof(NEW.starts) <> 'integer' OR {SHRUNK}",
            refuse("an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        ),
        (
            "retention_timed",
            "BEFORE INSERT ON retention",
            ENDLESS,
            refuse("needles stay in for 720 minutes at most"),
        ),
        (
            "retention_timed_anew",
            "BEFORE UPDATE OF planned_minutes, latest_minutes ON retention",
            ENDLESS,
            refuse("needles stay in for 720 minutes at most"),
        ),
        (
            "appointment_insert",
            "BEFORE INSERT ON appointment",
            "NEW.status = 'needles_in'",
            refuse("needles in needs its count in first"),
        ),
        (
            "appointment_needles_stay",
            "BEFORE UPDATE OF status ON appointment",
            "OLD.status = 'needles_in' AND NEW.status NOT IN ('needles_in', 'needles_out')",
            refuse("needles are in: only needles out may follow"),
        ),
        (
            "appointment_needles_open",
            "BEFORE UPDATE OF status ON appointment",
            f"NEW.status NOT IN ('needles_in', {ENDED[1:]} AND OLD.status <> NEW.status AND EXISTS ({OPEN})",
            refuse("needles are in: only needles out may follow"),
        ),
        (
            "appointment_needles_counted",
            "BEFORE UPDATE OF status ON appointment",
            f"NEW.status = 'needles_in' AND NOT EXISTS ({OPEN})",
            refuse("needles in needs its count in first"),
        ),
        (
            "appointment_settled",
            "BEFORE UPDATE OF status ON appointment",
            f"OLD.status <> 'needles_in' AND NEW.status IN {ENDED} AND EXISTS ({UNSETTLED})",
            refuse("a needle count is owed: give the count out first"),
        ),
        (
            "appointment_freed",
            "BEFORE UPDATE OF ready_at ON appointment",
            f"{FREED} AND EXISTS ({UNSETTLED})",
            refuse("needles are in or their count is owed: the room can not be freed"),
        ),
        (
            "appointment_stays",
            "BEFORE UPDATE OF room_id ON appointment",
            f"({MOVED}) AND EXISTS ({UNSETTLED})",
            refuse("needles are in or their count is owed: the patient stays in the room"),
        ),
        (
            "appointment_patient",
            "BEFORE UPDATE OF patient_id ON appointment",
            PATIENT_CHANGED,
            refuse("an appointment with needles on record keeps its patient"),
        ),
        *((name, when, told, refuse(words)) for name, when, told, words in references.rules()),
        (
            "appointment_delete",
            "BEFORE DELETE ON appointment",
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.appointment_id = OLD.id)",
            refuse("an appointment with needles on record can not be deleted"),
        ),
        (
            "retention_insert",
            "BEFORE INSERT ON retention",
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.id = NEW.id"
            " OR (NEW.out_at IS NULL AND r.appointment_id = NEW.appointment_id AND r.out_at IS NULL))",
            refuse("needles are already in for this visit"),
        ),
        (
            "retention_of_ended",
            "BEFORE INSERT ON retention",
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            refuse("that visit has ended: no needles can go in"),
        ),
        (
            "retention_reopen",
            "BEFORE UPDATE ON retention",
            "NEW.out_at IS NULL AND OLD.out_at IS NOT NULL",
            refuse("needles that are out stay out: what goes in again is a second side"),
        ),
        (
            "retention_unsettle",
            "BEFORE UPDATE ON retention",
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            refuse("that visit has ended: its needle count stands"),
        ),
        (
            "retention_count_in",
            "BEFORE UPDATE ON retention",
            "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id"
            f" OR (NEW.count_in <> OLD.count_in AND {COUNT_IN_STANDS})",
            refuse("the count in stands once the needles are out"),
        ),
        (
            "retention_kept",
            "BEFORE UPDATE ON retention",
            KEPT_UNTOLD,
            refuse("needles kept by plan need the patient told and the day they come out"),
        ),
        (
            "retention_kept_out",
            "BEFORE UPDATE ON retention",
            "NEW.kept_out_at IS NOT NULL AND NEW.kept = 0",
            refuse("no needles were kept there"),
        ),
        (
            "timer_replaced",
            "BEFORE INSERT ON timer",
            f"EXISTS ({SAME_RUNS} OR t.id = NEW.id)",
            refuse("that is timed already"),
        ),
        (
            "timer_of_ended",
            "BEFORE INSERT ON timer",
            f"NEW.ended_at IS NULL AND {OF_ENDED_VISIT}",
            refuse("that visit has ended: nothing can be timed"),
        ),
        *(
            (f"{table}_{name}", f"BEFORE {event} ON {table}", NO_SILENCE.format(since), refuse(SILENCE_WORDS))
            for table, since in (("retention", "in_at"), ("timer", "started_at"))
            for name, event in (("hushed", "INSERT"), ("hushed_anew", "UPDATE OF silenced_level, silenced_until"))
        ),
        ("timer_kind", "BEFORE INSERT ON timer", OF_NO_KIND, refuse("nothing of that kind is timed")),
        ("timer_ends", "BEFORE UPDATE OF ended_at ON timer", END_UNSAID, refuse(END_WORDS)),
        (
            "timer_stands",
            "BEFORE UPDATE ON timer",
            TIMER_CHANGED,
            refuse("what was timed stays on record: only its end is written"),
        ),
        ("timer_delete", "BEFORE DELETE ON timer", None, refuse("what was timed can not be deleted")),
        (
            "retention_delete",
            "BEFORE DELETE ON retention",
            None,
            refuse("needles on record can not be deleted"),
        ),
        (
            "day_close_insert",
            "BEFORE INSERT ON day_close",
            f"EXISTS ({STILL_HERE}) OR EXISTS ({STILL_IN_OR_OWED})",
            refuse("somebody of that day is still in the house: it can not be closed"),
        ),
        (
            "day_close_ends",
            "BEFORE INSERT ON day_close",
            NO_END_OF_DAY.format("1000 * CAST(strftime('%s', NEW.day) AS INTEGER)"),
            refuse("a day ends at its own midnight"),
        ),
        (
            "day_close_replaced",
            "BEFORE INSERT ON day_close",
            "EXISTS (SELECT 1 FROM day_close AS d WHERE d.id = NEW.id)",
            refuse("a day that was closed stays on record"),
        ),
        ("day_close_update", "BEFORE UPDATE ON day_close", None, refuse("a day that was closed stays on record")),
        ("day_close_delete", "BEFORE DELETE ON day_close", None, refuse("a day that was closed stays on record")),
        ("package_used_up", "BEFORE INSERT ON package_use", USED_UP, refuse(USED_UP_WORDS)),
        ("package_used_twice", "BEFORE INSERT ON package_use", USED_TWICE, refuse(USED_TWICE_WORDS)),
        (
            "package_use_stands",
            "BEFORE UPDATE ON package_use",
            None,
            refuse("what was used of a package stays"),
        ),
        ("package_shrunk", "BEFORE UPDATE OF visits ON package", TOO_FEW, refuse(TOO_FEW_WORDS)),
        (
            "package_replaced",
            "BEFORE INSERT ON package",
            "EXISTS (SELECT 1 FROM package AS p WHERE p.id = NEW.id)",
            refuse("there is a package of that number already: change it instead"),
        ),
        (
            "plan_replaced",
            "BEFORE INSERT ON treatment_plan",
            "EXISTS (SELECT 1 FROM treatment_plan AS p WHERE p.id = NEW.id)",
            refuse("there is a plan of that number already: change it instead"),
        ),
        (
            "plan_twice",
            "BEFORE INSERT ON treatment_plan",
            PLANNED_TWICE.format("NEW"),
            refuse(PLANNED_TWICE_WORDS),
        ),
        (
            "plan_twice_anew",
            "BEFORE UPDATE OF patient_id, ended_on ON treatment_plan",
            PLANNED_TWICE.format("OLD"),
            refuse(PLANNED_TWICE_WORDS),
        ),
        ("plan_number", "BEFORE UPDATE OF id ON treatment_plan", PLAN_NUMBER, refuse(PLAN_NUMBER_WORDS)),
        (
            "waiting_replaced",
            "BEFORE INSERT ON waiting",
            f"EXISTS (SELECT 1 FROM waiting AS w WHERE w.id = NEW.id) OR EXISTS ({WAITING_TWICE})",
            refuse(WAITING_TWICE_WORDS),
        ),
        ("waiting_twice", "BEFORE UPDATE ON waiting", f"EXISTS ({WAITING_TWICE})", refuse(WAITING_TWICE_WORDS)),
        ("waiting_ended", "BEFORE UPDATE ON waiting", WAITING_ENDED, refuse(WAITING_ENDED_WORDS)),
        *(
            (name, f"BEFORE {event} ON waiting", WAITING_FOR_OTHERS, refuse(WAITING_FOR_OTHERS_WORDS))
            for name, event in (
                ("waiting_theirs", "INSERT"),
                ("waiting_theirs_still", "UPDATE OF patient_id, appointment_id, booked_id"),
            )
        ),
        ("audit_update", "BEFORE UPDATE ON audit", LOG_CHANGED, refuse("the log can not be changed")),
        ("audit_delete", "BEFORE DELETE ON audit", None, refuse("the log can not be changed")),
        (
            "audit_insert",  # a seq of -1 is SQLite's for one not given
            "BEFORE INSERT ON audit",
            "NEW.seq <> -1 AND NEW.seq <= (SELECT max(seq) FROM audit)",
            refuse("the log can not be changed"),
        ),
        (
            "audit_undone_once",
            "BEFORE INSERT ON audit",
            "NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM audit AS a WHERE a.undoes = NEW.undoes)",
            refuse("that has been undone already"),
        ),
    ]
    return {f"guard_{name}": _trigger(f"guard_{name}", when, told, action) for name, when, told, action in rules}


PREFIX: Final = "guard_"
"""How the name of every view and trigger of ours begins, in every release."""
GUARDS: Final = _all()
"""Each trigger's SQL by its name, exactly as SQLite stores it."""
UNIQUE: Final = (
    "uq_appointment_one_visit_a_patient",
    "uq_appointment_one_visit_a_room",
    "uq_reminder_sent_once",
    "uq_retention_one_open",
    "uq_score_one_a_visit",
    "uq_timer_one_running",
    "uq_treatment_plan_one_open_a_patient",
    "uq_waiting_one_earlier",
    "uq_waiting_one_more",
)
"""The partial unique indexes that guard too: one live visit a room and a patient, one open retention a visit."""


def create(connection: Connection) -> None:
    """Creates every guard anew, and the claims from the appointments, in the caller's transaction; for migrations."""
    drop(connection)
    connection.exec_driver_sql(held.VIEW)
    connection.exec_driver_sql("DELETE FROM claim")
    connection.exec_driver_sql(
        "INSERT INTO claim (appointment_id, resource, starts, ends)"
        " SELECT appointment_id, resource, starts, ends FROM guard_held"
    )
    for sql in GUARDS.values():
        connection.exec_driver_sql(sql)


def drop(connection: Connection) -> None:
    """Drops every guard, of whatever release, so that a migration can rebuild tables; `create` must follow."""
    found = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') AND name LIKE 'guard!_%' ESCAPE '!'"
        " ORDER BY type"
    )
    for kind, name in found.all():
        quoted = str(name).replace('"', '""')
        connection.exec_driver_sql(f'DROP {kind} "{quoted}"')


def missing(connection: Askable) -> tuple[str, ...]:
    """Names of guards that are absent or say something else than they should; empty when all hold."""
    words = "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index', 'view')"
    stored: dict[str, str] = {name: sql or "" for name, sql in Question(connection).rows(words)}
    lost = [name for name, sql in {"guard_held": held.VIEW, **GUARDS}.items() if stored.get(name) != sql]
    lost += [name for name in UNIQUE if not stored.get(name, "").upper().startswith("CREATE UNIQUE INDEX")]
    return tuple(lost)
