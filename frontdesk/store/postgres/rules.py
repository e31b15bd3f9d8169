"""The rules of `store.guards` as PostgreSQL's functions: their texts, which the server keeps as they are given."""

from __future__ import annotations

from typing import Final

from frontdesk.store.conditions import (
    COUNT_IN_STANDS,
    END_UNSAID,
    END_WORDS,
    ENDED,
    ENDLESS,
    FREED,
    HERE,
    IN_THE_ROOM,
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
)
from frontdesk.store.held import ALL_OUT, COUNTED, HELD, LET_GO, OF_SERVICE, SAME, STAY, TAKE, held_as
from frontdesk.store.shared import LONGEST_HOURS

CHANNEL: Final = "frontdesk"
"""Where commits are told: a notification's text is the schema, a blank and the transaction's number."""
LOCK: Final = "pg_advisory_xact_lock(hashtextextended('frontdesk ' || {schema}, 0))"
"""The turn to write, held until the transaction ends."""


_LONGEST_MS = LONGEST_HOURS * 3_600_000
_NO_CONDITION = "1"
"""SQLite's word for what always holds."""
_EQUIPPED = (
    "SELECT a.id, 'equipment:' || e.value,"
    f" a.starts + s.consultation * 60000, a.starts + {STAY} * 60000"
    " FROM appointment AS a JOIN service AS s ON s.id = a.service_id"
    " CROSS JOIN json_array_elements_text(s.equipment) AS e(value)"
    f" WHERE a.status NOT IN {ENDED} AND s.consultation < {STAY}"
)
HOLDS: Final = " UNION ALL ".join(
    (
        *(held_as(what, first, last, "true" if when == _NO_CONDITION else when) for what, first, last, when in HELD),
        _EQUIPPED,
    )
)
"""What `held.VIEW` says: everything that appointments which are planned or under way take."""
COLUMNS: Final = "appointment_id bigint, resource text, starts bigint, ends bigint"

_CHANGED = ", ".join(
    f"{{0}}.{name}"
    for name in (
        "id", "patient_id", "practitioner_id", "service_id", "room_id", "status", "starts", "retention_minutes",
        "squeezed", "ready_at",
    )
)  # fmt: skip


def _held_now(sql: str) -> str:
    return sql.replace("guard_held AS h", "guard_holds() AS h")


def _unless(condition: str, words: str) -> str:
    """Refuses with `words` where the condition holds."""
    said = words.replace("'", "''")
    return f"IF {condition} THEN RAISE EXCEPTION 'frontdesk: {said}' USING ERRCODE = '23000'; END IF;"


def _body(*lines: str, gives: str = "NEW") -> str:
    return "\n".join(("", "BEGIN", *(f"  {line}" for line in lines), f"  RETURN {gives};", "END", ""))


_CROWD = (
    _unless(f"EXISTS ({IN_THE_ROOM})", "that room is taken by another visit"),
    _unless(f"EXISTS ({HERE})", "that patient is already in the house"),
)

FUNCTIONS: Final[dict[str, str]] = {
    "guard_turn": _body(
        _unless(
            "current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted')",
            "the data is changed in READ COMMITTED transactions only",
        ),
        f"PERFORM {LOCK.format(schema='TG_TABLE_SCHEMA')};",
        gives="NULL",
    ),
    # A statement that changed no row has, at first, no number to tell.
    "guard_tells": _body(
        "IF pg_current_xact_id_if_assigned() IS NOT NULL THEN",
        f"  PERFORM pg_notify('{CHANNEL}', TG_TABLE_SCHEMA || ' ' || pg_current_xact_id()::text);",
        "END IF;",
        gives="NULL",
    ),
    "guard_numbers": _body(
        "IF NEW.id > coalesce(pg_sequence_last_value(TG_ARGV[0]::regclass), 0) THEN",
        "  PERFORM setval(TG_ARGV[0]::regclass, NEW.id);",
        "END IF;",
    ),
    "guard_keeps": _body(
        "RAISE EXCEPTION 'frontdesk: % can not be emptied', TG_TABLE_NAME USING ERRCODE = '23000';", gives="NULL"
    ),
    "guard_claim_insert": _body(
        _unless(
            f"NOT EXISTS (SELECT 1 FROM guard_holds() AS h WHERE {SAME.format('h', 'NEW')})",
            "only an appointment takes time: change the appointment",
        ),
        f"IF NOT ({COUNTED}) AND EXISTS (SELECT 1 FROM claim AS c WHERE c.resource = NEW.resource"
        f" AND c.starts BETWEEN NEW.starts - {_LONGEST_MS} AND NEW.ends - 1 AND c.ends > NEW.starts) THEN",
        "  RAISE EXCEPTION '%', CASE split_part(NEW.resource, ':', 1)",
        "    WHEN 'room' THEN 'frontdesk: that room is taken at that time'",
        "    WHEN 'practitioner' THEN 'frontdesk: the practitioner is taken at that time'",
        "    WHEN 'patient' THEN 'frontdesk: the patient has another appointment then'",
        "    ELSE 'frontdesk: that is taken at that time' END USING ERRCODE = '23000';",
        "END IF;",
        _unless(ALL_OUT, "all of that equipment is in use at that time"),
    ),
    "guard_claim_update": _body(_unless("true", "an appointment keeps what it takes: change the appointment")),
    "guard_claim_delete": _body(
        _unless(
            f"EXISTS (SELECT 1 FROM guard_holds() AS h WHERE {SAME.format('h', 'OLD')})",
            "an appointment keeps what it takes: change the appointment",
        ),
        gives="OLD",
    ),
    "guard_appointment_takes": _body(
        f"IF NEW.status NOT IN {ENDED} THEN",
        f"  {_held_now(TAKE.format(whose='= NEW.id'))};",
        "END IF;",
        gives="NULL",
    ),
    "guard_appointment_moves": _body(
        f"IF ({_CHANGED.format('OLD')}) IS DISTINCT FROM ({_CHANGED.format('NEW')}) THEN",
        f"  {_held_now(LET_GO.format(whose='IN (OLD.id, NEW.id)'))};",
        f"  {_held_now(TAKE.format(whose='= NEW.id'))};",
        "END IF;",
        gives="NULL",
    ),
    "guard_service_changes": _body(
        f"{_held_now(LET_GO.format(whose=OF_SERVICE))};",
        f"{_held_now(TAKE.format(whose=OF_SERVICE))};",
        gives="NULL",
    ),
    "guard_appointment_insert": _body(
        _unless("NEW.status = 'needles_in'", "needles in needs its count in first"),
        _unless(SHRUNK, "an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        *_CROWD,
    ),
    "guard_appointment_update": _body(
        *_CROWD,
        _unless(SHRUNK, "an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        _unless(
            "OLD.status = 'needles_in' AND NEW.status NOT IN ('needles_in', 'needles_out')",
            "needles are in: only needles out may follow",
        ),
        _unless(
            f"NEW.status NOT IN ('needles_in', {ENDED[1:]} AND OLD.status <> NEW.status AND EXISTS ({OPEN})",
            "needles are in: only needles out may follow",
        ),
        _unless(
            f"NEW.status = 'needles_in' AND OLD.status <> 'needles_in' AND NOT EXISTS ({OPEN})",
            "needles in needs its count in first",
        ),
        _unless(
            f"OLD.status <> 'needles_in' AND NEW.status IN {ENDED} AND EXISTS ({UNSETTLED})",
            "a needle count is owed: give the count out first",
        ),
        _unless(
            f"{FREED} AND EXISTS ({UNSETTLED})", "needles are in or their count is owed: the room can not be freed"
        ),
        _unless(
            f"({MOVED}) AND EXISTS ({UNSETTLED})",
            "needles are in or their count is owed: the patient stays in the room",
        ),
        _unless(
            PATIENT_CHANGED,
            "an appointment with needles on record keeps its patient",
        ),
    ),
    "guard_appointment_delete": _body(
        _unless(
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.appointment_id = OLD.id)",
            "an appointment with needles on record can not be deleted",
        ),
        gives="OLD",
    ),
    "guard_retention_insert": _body(
        _unless(NO_SILENCE.format("in_at"), SILENCE_WORDS),
        _unless(ENDLESS, "needles stay in for 720 minutes at most"),
        _unless(
            "NEW.out_at IS NULL AND EXISTS (SELECT 1 FROM retention AS r"
            " WHERE r.appointment_id = NEW.appointment_id AND r.out_at IS NULL)",
            "needles are already in for this visit",
        ),
        _unless(
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            "that visit has ended: no needles can go in",
        ),
    ),
    "guard_retention_update": _body(
        _unless(NO_SILENCE.format("in_at"), SILENCE_WORDS),
        _unless(ENDLESS, "needles stay in for 720 minutes at most"),
        _unless(
            "NEW.out_at IS NULL AND OLD.out_at IS NOT NULL",
            "needles that are out stay out: what goes in again is a second side",
        ),
        _unless(
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            "that visit has ended: its needle count stands",
        ),
        _unless(
            "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id"
            f" OR (NEW.count_in <> OLD.count_in AND {COUNT_IN_STANDS})",
            "the count in stands once the needles are out",
        ),
        _unless(KEPT_UNTOLD, "needles kept by plan need the patient told and the day they come out"),
        _unless("NEW.kept_out_at IS NOT NULL AND NEW.kept = 0", "no needles were kept there"),
    ),
    "guard_timer_insert": _body(
        _unless(OF_NO_KIND, "nothing of that kind is timed"),
        _unless(NO_SILENCE.format("started_at"), SILENCE_WORDS),
        _unless(f"EXISTS ({SAME_RUNS})", "that is timed already"),
        _unless(
            f"NEW.ended_at IS NULL AND {OF_ENDED_VISIT}",
            "that visit has ended: nothing can be timed",
        ),
    ),
    "guard_timer_update": _body(
        _unless(TIMER_CHANGED, "what was timed stays on record: only its end is written"),
        _unless(NO_SILENCE.format("started_at"), SILENCE_WORDS),
        _unless(END_UNSAID, END_WORDS),
    ),
    "guard_timer_delete": _body(_unless("true", "what was timed can not be deleted"), gives="OLD"),
    "guard_retention_delete": _body(_unless("true", "needles on record can not be deleted"), gives="OLD"),
    "guard_day_close_insert": _body(
        _unless(
            f"EXISTS ({STILL_HERE}) OR EXISTS ({STILL_IN_OR_OWED})",
            "somebody of that day is still in the house: it can not be closed",
        ),
        _unless(NO_END_OF_DAY.format("1000 * extract(epoch FROM NEW.day)::bigint"), "a day ends at its own midnight"),
    ),
    "guard_day_close_stands": _body(_unless("true", "a day that was closed stays on record"), gives="NULL"),
    "guard_package_use_insert": _body(_unless(USED_UP, USED_UP_WORDS), _unless(USED_TWICE, USED_TWICE_WORDS)),
    "guard_package_use_update": _body(_unless("true", "what was used of a package stays")),
    "guard_package_update": _body(_unless(TOO_FEW, TOO_FEW_WORDS)),
    "guard_plan_insert": _body(_unless(PLANNED_TWICE.format("NEW"), PLANNED_TWICE_WORDS)),
    "guard_plan_update": _body(
        _unless(PLAN_NUMBER, PLAN_NUMBER_WORDS), _unless(PLANNED_TWICE.format("OLD"), PLANNED_TWICE_WORDS)
    ),
    "guard_waiting_insert": _body(
        _unless(f"EXISTS ({WAITING_TWICE})", WAITING_TWICE_WORDS),
        _unless(WAITING_FOR_OTHERS, WAITING_FOR_OTHERS_WORDS),
    ),
    "guard_waiting_update": _body(
        _unless(f"EXISTS ({WAITING_TWICE})", WAITING_TWICE_WORDS),
        _unless(WAITING_ENDED, WAITING_ENDED_WORDS),
        _unless(WAITING_FOR_OTHERS, WAITING_FOR_OTHERS_WORDS),
    ),
    "guard_log_insert": _body(
        "IF NEW.seq IS NULL THEN",
        "  NEW.seq := coalesce((SELECT max(seq) FROM audit), 0) + 1;",
        "END IF;",
        _unless(
            "NEW.seq > 0 AND NEW.seq <> coalesce((SELECT max(seq) FROM audit), 0) + 1", "the log can not be changed"
        ),
        _unless(
            "NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM audit AS a WHERE a.undoes = NEW.undoes)",
            "that has been undone already",
        ),
    ),
    "guard_log_update": _body(_unless(LOG_CHANGED, "the log can not be changed")),
    "guard_log_stands": _body(_unless("true", "the log can not be changed"), gives="NULL"),
}
"""Each function's text by its name, as the server keeps it."""
