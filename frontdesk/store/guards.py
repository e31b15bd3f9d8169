"""The rules the database itself holds, whoever writes to it: a view and triggers, in SQLite's words.

What an appointment takes is computed here too (`guard_held`), and the claim table follows every change of an
appointment or of its service's minutes: no writer can book without claiming, nor claim without booking. A property
test holds the view against `domain.packing.claims_held`, which is the same rule for the planner.

Stored claims of a resource never overlap, so a new one can only collide with the nearest that starts before its end:
one seek in the index, however long the history. SQLite's REPLACE deletes rows without asking delete triggers, so each
table that must keep its rows refuses it on insert as well. A change here needs a migration, which creates them anew.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from frontdesk.store import references
from frontdesk.store.schema import LONGEST_HOURS, metadata

ENDED = "('checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')"

STAY = "(s.consultation + s.insertion + a.retention_minutes + s.removal)"
_HEAD = "(s.consultation + s.insertion)"
_TAIL = f"({_HEAD} + a.retention_minutes)"
HELD: Final = (
    ("'patient:' || a.patient_id", "0", STAY, "1"),
    ("'room:' || a.room_id", "0", f"({STAY} + s.turnover)", "a.room_id IS NOT NULL AND a.ready_at IS NULL"),
    ("'practitioner:' || a.practitioner_id", "0", _HEAD, "NOT a.squeezed AND a.retention_minutes > 0"),
    ("'practitioner:' || a.practitioner_id", _TAIL, STAY, "NOT a.squeezed AND a.retention_minutes > 0"),
    ("'practitioner:' || a.practitioner_id", "0", STAY, "NOT a.squeezed AND a.retention_minutes = 0"),
)
"""Of what an appointment takes: the resource, from and until which minute after its start, and on which condition."""


def held(resource: str, first: str, last: str, condition: str) -> str:
    """The query of one row of `HELD`."""
    return (
        f"SELECT a.id AS appointment_id, {resource} AS resource,"
        f" a.starts + {first} * 60000 AS starts, a.starts + {last} * 60000 AS ends"
        " FROM appointment AS a JOIN service AS s ON s.id = a.service_id"
        f" WHERE a.status NOT IN {ENDED} AND {condition} AND {first} < {last}"
    )


_EQUIPPED = (
    "SELECT a.id AS appointment_id, 'equipment:' || e.value AS resource,"
    f" a.starts + s.consultation * 60000 AS starts, a.starts + {STAY} * 60000 AS ends"
    " FROM appointment AS a JOIN service AS s ON s.id = a.service_id JOIN json_each(s.equipment) AS e"
    f" WHERE a.status NOT IN {ENDED} AND s.consultation < {STAY}"
)
VIEW: Final = "CREATE VIEW guard_held AS " + " UNION ALL ".join((*(held(*one) for one in HELD), _EQUIPPED))
"""Everything that appointments which are planned or under way take; one that is over takes nothing any more."""
SAME = (
    "{0}.appointment_id = {1}.appointment_id AND {0}.resource = {1}.resource"
    " AND {0}.starts = {1}.starts AND {0}.ends = {1}.ends"
)
LET_GO = (
    "DELETE FROM claim WHERE appointment_id {whose}"
    f" AND NOT EXISTS (SELECT 1 FROM guard_held AS h WHERE {SAME.format('h', 'claim')})"
)
TAKE = (
    "INSERT INTO claim (appointment_id, resource, starts, ends)"
    " SELECT h.appointment_id, h.resource, h.starts, h.ends FROM guard_held AS h WHERE h.appointment_id {whose}"
    f" AND NOT EXISTS (SELECT 1 FROM claim AS c WHERE {SAME.format('c', 'h')})"
)
OF_SERVICE = f"IN (SELECT id FROM appointment WHERE service_id = NEW.id AND status NOT IN {ENDED})"
COUNTED = "NEW.resource LIKE 'equipment:%'"
_NEIGHBOUR = (
    f"NOT ({COUNTED}) AND (SELECT c.ends FROM claim AS c WHERE c.resource = NEW.resource AND c.starts < NEW.ends"
    " ORDER BY c.starts DESC LIMIT 1) > NEW.starts"
)
ALL_OUT = (
    f"{COUNTED} AND EXISTS (SELECT 1 FROM (SELECT NEW.starts AS at UNION ALL SELECT p.starts FROM claim AS p"
    " WHERE p.resource = NEW.resource AND p.starts > NEW.starts AND p.starts < NEW.ends) AS moment"
    " WHERE (SELECT count(*) FROM claim AS c WHERE c.resource = NEW.resource"
    f" AND c.starts BETWEEN moment.at - {LONGEST_HOURS * 3_600_000} AND moment.at AND c.ends > moment.at)"
    " >= coalesce((SELECT e.count FROM equipment AS e WHERE 'equipment:' || e.id = NEW.resource), 0))"
)
"""Whether at some moment of a new claim as many of that equipment are in use already as there are."""
_TAKEN = (
    "SELECT CASE"
    " WHEN NEW.resource LIKE 'room:%' THEN RAISE(ABORT, 'frontdesk: that room is taken at that time')"
    " WHEN NEW.resource LIKE 'practitioner:%' THEN RAISE(ABORT, 'frontdesk: the practitioner is taken at that time')"
    " WHEN NEW.resource LIKE 'patient:%' THEN RAISE(ABORT, 'frontdesk: the patient has another appointment then')"
    " ELSE RAISE(ABORT, 'frontdesk: that is taken at that time') END"
)
_USING = "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND {0}ready_at IS NULL"
_IN_HOUSE = "status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"
IN_THE_ROOM = (
    "SELECT 1 FROM appointment AS a WHERE a.room_id = NEW.room_id AND a.id <> NEW.id"
    f" AND a.{_USING.format('a.')} AND NEW.{_USING.format('NEW.')}"
)
HERE = (
    "SELECT 1 FROM appointment AS a WHERE a.patient_id = NEW.patient_id AND a.id <> NEW.id"
    f" AND a.{_IN_HOUSE} AND NEW.{_IN_HOUSE}"
)
_CROWDED = f"EXISTS ({IN_THE_ROOM}) OR EXISTS ({HERE})"
"""What the unique indexes forbid too; these triggers keep REPLACE from deleting the other visit instead."""
_CROWD = (
    f"SELECT CASE WHEN EXISTS ({IN_THE_ROOM}) THEN RAISE(ABORT, 'frontdesk: that room is taken by another visit')"
    " ELSE RAISE(ABORT, 'frontdesk: that patient is already in the house') END"
)
OPEN = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND r.out_at IS NULL"
NEEDLED = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id"
UNSETTLED = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND (r.out_at IS NULL OR r.count_out IS NULL)"
STILL_HERE = (
    f"SELECT 1 FROM appointment AS a WHERE a.{_IN_HOUSE} AND (a.starts < NEW.until OR a.arrived_at < NEW.until)"
)
STILL_IN_OR_OWED = (
    "SELECT 1 FROM retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
    " WHERE a.starts < NEW.until AND (r.out_at IS NULL OR r.count_out IS NULL)"
)
OF_ENDED_VISIT = f"(SELECT a.status FROM appointment AS a WHERE a.id = NEW.appointment_id) IN {ENDED}"
FREED = "NEW.ready_at IS NOT NULL AND OLD.ready_at IS NULL"
"""Whether a room is called ready that was not."""
MOVED = "OLD.room_id IS NOT NULL AND (NEW.room_id IS NULL OR NEW.room_id <> OLD.room_id)"
"""Whether a visit that has a room leaves it."""
NO_END_OF_DAY = "NEW.until NOT BETWEEN {0} + 36000000 AND {0} + 129600000"
"""Whether no clock on earth has the end of that day then: it is 10 to 36 hours after the day's midnight in UTC."""
COUNT_IN_STANDS = "OLD.out_at IS NOT NULL AND (OLD.count_out IS NOT NULL OR NEW.count_in < OLD.count_in)"
"""Whether a count in may not change: the needles are out. While the count is owed, one too low may be raised."""
SHRUNK = "NEW.retention_minutes NOT BETWEEN 0 AND 1440"
"""Whether a planned retention would make a stay shorter than nothing, or longer than a day."""
ENDLESS = "NEW.planned_minutes NOT BETWEEN 0 AND 720 OR NEW.latest_minutes NOT BETWEEN 0 AND 720"
"""Whether an alarm would not come for half a day; the desk takes no retention over three hours."""
KEPT_UNTOLD = (
    "NEW.kept > 0 AND (NEW.remove_on IS NULL OR NOT NEW.told)"
    " AND (NEW.kept <> OLD.kept OR OLD.remove_on IS NOT NULL OR OLD.told)"
)
"""Whether needles come to be kept without the patient told and a day; what an older release wrote may stay as it is."""
SAME_RUNS = (
    "SELECT 1 FROM timer AS t WHERE (NEW.ended_at IS NULL AND t.ended_at IS NULL"
    " AND t.appointment_id = NEW.appointment_id AND t.kind = NEW.kind)"
)
TIMER_CHANGED = (
    "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id OR NEW.kind <> OLD.kind"
    " OR NEW.started_at <> OLD.started_at OR NEW.minutes <> OLD.minutes OR NEW.started_by <> OLD.started_by"
)


def _refuse(words: str) -> str:
    return f"SELECT RAISE(ABORT, 'frontdesk: {words}')"


def _trigger(name: str, when: str, condition: str | None, action: str) -> str:
    told = "" if condition is None else f" WHEN {condition}"
    return f"CREATE TRIGGER {name} {when}{told} BEGIN {action}; END"


def _all() -> dict[str, str]:
    rules: list[tuple[str, str, str | None, str]] = [
        ("claim_insert", "BEFORE INSERT ON claim", _NEIGHBOUR, _TAKEN),
        ("claim_counted", "BEFORE INSERT ON claim", ALL_OUT, _refuse("all of that equipment is in use at that time")),
        (
            "claim_made_up",
            "BEFORE INSERT ON claim",
            f"NOT EXISTS (SELECT 1 FROM guard_held AS h WHERE {SAME.format('h', 'NEW')})"
            " OR EXISTS (SELECT 1 FROM claim AS c WHERE c.id = NEW.id)",
            _refuse("only an appointment takes time: change the appointment"),
        ),
        (
            "claim_update",
            "BEFORE UPDATE ON claim",
            None,
            _refuse("an appointment keeps what it takes: change the appointment"),
        ),
        (
            "claim_delete",
            "BEFORE DELETE ON claim",
            f"EXISTS (SELECT 1 FROM guard_held AS h WHERE {SAME.format('h', 'OLD')})",
            _refuse("an appointment keeps what it takes: change the appointment"),
        ),
        (
            "appointment_takes",
            "AFTER INSERT ON appointment",
            f"NEW.status NOT IN {ENDED}",
            TAKE.format(whose="= NEW.id"),
        ),
        (
            "appointment_moves",
            "AFTER UPDATE OF id, patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,"
            " squeezed, ready_at ON appointment",
            None,
            f"{LET_GO.format(whose='IN (OLD.id, NEW.id)')}; {TAKE.format(whose='= NEW.id')}",
        ),
        ("appointment_gone", "AFTER DELETE ON appointment", None, "DELETE FROM claim WHERE appointment_id = OLD.id"),
        (
            "appointment_replaced",
            "BEFORE INSERT ON appointment",
            "EXISTS (SELECT 1 FROM appointment AS a WHERE a.id = NEW.id)",
            _refuse("there is an appointment of that number already: change it instead"),
        ),
        ("appointment_crowds_in", "BEFORE INSERT ON appointment", _CROWDED, _CROWD),
        (
            "appointment_crowds",
            "BEFORE UPDATE OF id, room_id, patient_id, status, ready_at ON appointment",
            _CROWDED,
            _CROWD,
        ),
        (
            "service_changes",
            "AFTER UPDATE OF consultation, insertion, removal, turnover, equipment ON service",
            None,
            f"{LET_GO.format(whose=OF_SERVICE)}; {TAKE.format(whose=OF_SERVICE)}",
        ),
        (
            "appointment_placed",
            "BEFORE INSERT ON appointment",
            f"typeof(NEW.starts) <> 'integer' OR {SHRUNK}",
            _refuse("an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        ),
        (
            "appointment_placed_anew",
            "BEFORE UPDATE OF starts, retention_minutes ON appointment",
            f"typeof(NEW.starts) <> 'integer' OR {SHRUNK}",
            _refuse("an appointment has a beginning, and a retention of 0 to 1440 minutes"),
        ),
        (
            "retention_timed",
            "BEFORE INSERT ON retention",
            ENDLESS,
            _refuse("needles stay in for 720 minutes at most"),
        ),
        (
            "retention_timed_anew",
            "BEFORE UPDATE OF planned_minutes, latest_minutes ON retention",
            ENDLESS,
            _refuse("needles stay in for 720 minutes at most"),
        ),
        (
            "appointment_insert",
            "BEFORE INSERT ON appointment",
            "NEW.status = 'needles_in'",
            _refuse("needles in needs its count in first"),
        ),
        (
            "appointment_needles_stay",
            "BEFORE UPDATE OF status ON appointment",
            "OLD.status = 'needles_in' AND NEW.status NOT IN ('needles_in', 'needles_out')",
            _refuse("needles are in: only needles out may follow"),
        ),
        (
            "appointment_needles_open",
            "BEFORE UPDATE OF status ON appointment",
            f"NEW.status NOT IN ('needles_in', {ENDED[1:]} AND OLD.status <> NEW.status AND EXISTS ({OPEN})",
            _refuse("needles are in: only needles out may follow"),
        ),
        (
            "appointment_needles_counted",
            "BEFORE UPDATE OF status ON appointment",
            f"NEW.status = 'needles_in' AND NOT EXISTS ({OPEN})",
            _refuse("needles in needs its count in first"),
        ),
        (
            "appointment_settled",
            "BEFORE UPDATE OF status ON appointment",
            f"OLD.status <> 'needles_in' AND NEW.status IN {ENDED} AND EXISTS ({UNSETTLED})",
            _refuse("a needle count is owed: give the count out first"),
        ),
        (
            "appointment_freed",
            "BEFORE UPDATE OF ready_at ON appointment",
            f"{FREED} AND EXISTS ({UNSETTLED})",
            _refuse("needles are in or their count is owed: the room can not be freed"),
        ),
        (
            "appointment_stays",
            "BEFORE UPDATE OF room_id ON appointment",
            f"({MOVED}) AND EXISTS ({UNSETTLED})",
            _refuse("needles are in or their count is owed: the patient stays in the room"),
        ),
        (
            "appointment_patient",
            "BEFORE UPDATE OF patient_id ON appointment",
            f"NEW.patient_id <> OLD.patient_id AND EXISTS ({NEEDLED})",
            _refuse("an appointment with needles on record keeps its patient"),
        ),
        *((name, when, told, _refuse(words)) for name, when, told, words in references.rules()),
        (
            "appointment_delete",
            "BEFORE DELETE ON appointment",
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.appointment_id = OLD.id)",
            _refuse("an appointment with needles on record can not be deleted"),
        ),
        (
            "retention_insert",
            "BEFORE INSERT ON retention",
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.id = NEW.id"
            " OR (NEW.out_at IS NULL AND r.appointment_id = NEW.appointment_id AND r.out_at IS NULL))",
            _refuse("needles are already in for this visit"),
        ),
        (
            "retention_of_ended",
            "BEFORE INSERT ON retention",
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            _refuse("that visit has ended: no needles can go in"),
        ),
        (
            "retention_reopen",
            "BEFORE UPDATE ON retention",
            "NEW.out_at IS NULL AND OLD.out_at IS NOT NULL",
            _refuse("needles that are out stay out: what goes in again is a second side"),
        ),
        (
            "retention_unsettle",
            "BEFORE UPDATE ON retention",
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {OF_ENDED_VISIT}",
            _refuse("that visit has ended: its needle count stands"),
        ),
        (
            "retention_count_in",
            "BEFORE UPDATE ON retention",
            "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id"
            f" OR (NEW.count_in <> OLD.count_in AND {COUNT_IN_STANDS})",
            _refuse("the count in stands once the needles are out"),
        ),
        (
            "retention_kept",
            "BEFORE UPDATE ON retention",
            KEPT_UNTOLD,
            _refuse("needles kept by plan need the patient told and the day they come out"),
        ),
        (
            "retention_kept_out",
            "BEFORE UPDATE ON retention",
            "NEW.kept_out_at IS NOT NULL AND NEW.kept = 0",
            _refuse("no needles were kept there"),
        ),
        (
            "timer_replaced",
            "BEFORE INSERT ON timer",
            f"EXISTS ({SAME_RUNS} OR t.id = NEW.id)",
            _refuse("that is timed already"),
        ),
        (
            "timer_of_ended",
            "BEFORE INSERT ON timer",
            f"NEW.ended_at IS NULL AND {OF_ENDED_VISIT}",
            _refuse("that visit has ended: nothing can be timed"),
        ),
        (
            "timer_stands",
            "BEFORE UPDATE ON timer",
            TIMER_CHANGED,
            _refuse("what was timed stays on record: only its end is written"),
        ),
        ("timer_delete", "BEFORE DELETE ON timer", None, _refuse("what was timed can not be deleted")),
        (
            "retention_delete",
            "BEFORE DELETE ON retention",
            None,
            _refuse("needles on record can not be deleted"),
        ),
        (
            "day_close_insert",
            "BEFORE INSERT ON day_close",
            f"EXISTS ({STILL_HERE}) OR EXISTS ({STILL_IN_OR_OWED})",
            _refuse("somebody of that day is still in the house: it can not be closed"),
        ),
        (
            "day_close_ends",
            "BEFORE INSERT ON day_close",
            NO_END_OF_DAY.format("1000 * CAST(strftime('%s', NEW.day) AS INTEGER)"),
            _refuse("a day ends at its own midnight"),
        ),
        (
            "day_close_replaced",
            "BEFORE INSERT ON day_close",
            "EXISTS (SELECT 1 FROM day_close AS d WHERE d.id = NEW.id)",
            _refuse("a day that was closed stays on record"),
        ),
        ("day_close_update", "BEFORE UPDATE ON day_close", None, _refuse("a day that was closed stays on record")),
        ("day_close_delete", "BEFORE DELETE ON day_close", None, _refuse("a day that was closed stays on record")),
        ("audit_update", "BEFORE UPDATE ON audit", None, _refuse("the log can not be changed")),
        ("audit_delete", "BEFORE DELETE ON audit", None, _refuse("the log can not be changed")),
        (
            "audit_insert",  # a seq of -1 is SQLite's for one not given
            "BEFORE INSERT ON audit",
            "NEW.seq <> -1 AND NEW.seq <= (SELECT max(seq) FROM audit)",
            _refuse("the log can not be changed"),
        ),
        (
            "audit_undone_once",
            "BEFORE INSERT ON audit",
            "NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM audit AS a WHERE a.undoes = NEW.undoes)",
            _refuse("that has been undone already"),
        ),
    ]
    return {f"guard_{name}": _trigger(f"guard_{name}", when, told, action) for name, when, told, action in rules}


PREFIX: Final = "guard_"
"""How the name of every view and trigger of ours begins, in every release."""
GUARDS: Final = _all()
"""Each trigger's SQL by its name, exactly as SQLite stores it."""
UNIQUE: Final = tuple(
    sorted(str(index.name) for table in metadata.tables.values() for index in table.indexes if index.unique)
)
"""The partial unique indexes that guard too: one live visit a room and a patient, one open retention a visit."""


def create(connection: Connection) -> None:
    """Creates every guard anew, and the claims from the appointments, in the caller's transaction; for migrations."""
    drop(connection)
    connection.exec_driver_sql(VIEW)
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


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of guards that are absent or say something else than they should; empty when all hold."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index', 'view')")
    stored: dict[str, str] = {name: sql or "" for name, sql in rows}
    lost = [name for name, sql in {"guard_held": VIEW, **GUARDS}.items() if stored.get(name) != sql]
    lost += [name for name in UNIQUE if not stored.get(name, "").upper().startswith("CREATE UNIQUE INDEX")]
    return tuple(lost)
