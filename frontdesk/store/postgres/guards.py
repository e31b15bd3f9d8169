"""The rules of `store.guards` in PostgreSQL's words, and what makes its writers one after another as SQLite's are.

Every rule is a trigger function. Their texts are kept by the server as they were given, so `missing` can compare them;
each looks for tables in its own schema alone, whatever the session of another program says.

`guard_turn` stands before every statement that changes anything, frontdesk's or another program's: it takes the lock
that each unit of work holds until its end. So the rules that look at two tables can't be passed by two at once, entries
of the log are numbered in the order of the commits and without gaps, and nobody waits for somebody who waits for them.
`guard_tells` lets every session know of a commit, whoever made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from frontdesk.store.guards import (
    ALL_OUT,
    COUNT_IN_STANDS,
    COUNTED,
    ENDED,
    HELD,
    HERE,
    IN_THE_ROOM,
    KEPT_UNTOLD,
    LET_GO,
    OF_ENDED_VISIT,
    OF_SERVICE,
    OPEN,
    SAME,
    SAME_RUNS,
    STAY,
    STILL_HERE,
    STILL_IN_OR_OWED,
    TAKE,
    TIMER_CHANGED,
    UNIQUE,
    UNSETTLED,
    held,
)
from frontdesk.store.schema import LONGEST_HOURS, metadata

CHANNEL: Final = "frontdesk"
"""Where commits are told: a notification's text is the schema, a blank and the transaction's number."""
OVERLAP: Final = (
    "EXCLUDE USING gist (resource WITH =, int8range(starts, ends) WITH &&)"
    " WHERE (((resource)::text !~~ 'equipment:%'::text))"
)
"""The constraint of the first migration that no two claims of a resource pass, in the server's words."""
LOCK: Final = "pg_advisory_xact_lock(hashtextextended('frontdesk ' || {schema}, 0))"
"""The turn to write, held until the transaction ends."""

_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32
"""The bits of `pg_trigger.tgtype` (PostgreSQL's catalog/pg_trigger.h)."""

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
_HOLDS: Final = " UNION ALL ".join(
    (
        *(held(what, first, last, "true" if when == _NO_CONDITION else when) for what, first, last, when in HELD),
        _EQUIPPED,
    )
)
"""What `guards.VIEW` says: everything that appointments which are planned or under way take."""
_COLUMNS: Final = "appointment_id bigint, resource text, starts bigint, ends bigint"

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

_FUNCTIONS: Final[dict[str, str]] = {
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
        *_CROWD,
    ),
    "guard_appointment_update": _body(
        *_CROWD,
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
    ),
    "guard_appointment_delete": _body(
        _unless(
            "EXISTS (SELECT 1 FROM retention AS r WHERE r.appointment_id = OLD.id)",
            "an appointment with needles on record can not be deleted",
        ),
        gives="OLD",
    ),
    "guard_retention_insert": _body(
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
        _unless(
            "NEW.out_at IS NULL AND OLD.out_at IS NOT NULL AND EXISTS (SELECT 1 FROM retention AS r"
            " WHERE r.id <> OLD.id AND r.appointment_id = NEW.appointment_id AND r.out_at IS NULL)",
            "needles are already in for this visit",
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
        _unless(f"EXISTS ({SAME_RUNS})", "that is timed already"),
        _unless(
            f"NEW.ended_at IS NULL AND {OF_ENDED_VISIT}",
            "that visit has ended: nothing can be timed",
        ),
    ),
    "guard_timer_update": _body(
        _unless(TIMER_CHANGED, "what was timed stays on record: only its end is written"),
    ),
    "guard_timer_delete": _body(_unless("true", "what was timed can not be deleted"), gives="OLD"),
    "guard_retention_delete": _body(_unless("true", "needles on record can not be deleted"), gives="OLD"),
    "guard_day_close_insert": _body(
        _unless(
            f"EXISTS ({STILL_HERE}) OR EXISTS ({STILL_IN_OR_OWED})",
            "somebody of that day is still in the house: it can not be closed",
        ),
    ),
    "guard_day_close_stands": _body(_unless("true", "a day that was closed stays on record"), gives="NULL"),
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
    "guard_log_stands": _body(_unless("true", "the log can not be changed"), gives="NULL"),
}
"""Each function's text by its name, as the server keeps it."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    table: str
    function: str
    kind: int
    arguments: str = ""

    @property
    def name(self) -> str:
        return f"{self.function}_{self.table}" if self.function in _SHARED else self.function

    @property
    def sql(self) -> str:
        events = [
            word
            for bit, word in ((_INSERT, "INSERT"), (_UPDATE, "UPDATE"), (_DELETE, "DELETE"), (_TRUNCATE, "TRUNCATE"))
            if self.kind & bit
        ]
        return (
            f"CREATE TRIGGER {self.name} {'BEFORE' if self.kind & _BEFORE else 'AFTER'} {' OR '.join(events)}"
            f" ON {self.table} FOR EACH {'ROW' if self.kind & _ROW else 'STATEMENT'}"
            f" EXECUTE FUNCTION {self.function}({self.arguments})"
        )


_SHARED = frozenset({"guard_turn", "guard_tells", "guard_numbers", "guard_keeps"})
_KEPT = ("appointment", "audit", "claim", "day_close", "retention", "timer")
"""Tables that are never emptied at one stroke."""


def _triggers() -> dict[str, _Trigger]:
    any_change = _INSERT | _UPDATE | _DELETE
    made = [_Trigger(name, "guard_turn", _BEFORE | any_change) for name in metadata.tables]
    made += [_Trigger(name, "guard_tells", any_change) for name in metadata.tables]
    made += [
        _Trigger(name, "guard_numbers", _ROW | _BEFORE | _INSERT, f"'{name}_id_seq'")
        for name, table in metadata.tables.items()
        if "id" in table.columns
    ]
    made += [_Trigger(name, "guard_keeps", _BEFORE | _TRUNCATE) for name in _KEPT]
    before = _ROW | _BEFORE
    made += [
        _Trigger("claim", "guard_claim_insert", before | _INSERT),
        _Trigger("claim", "guard_claim_update", before | _UPDATE),
        _Trigger("claim", "guard_claim_delete", before | _DELETE),
        _Trigger("appointment", "guard_appointment_takes", _ROW | _INSERT),
        _Trigger("appointment", "guard_appointment_moves", _ROW | _UPDATE),
        _Trigger("service", "guard_service_changes", _ROW | _UPDATE),
        _Trigger("appointment", "guard_appointment_insert", before | _INSERT),
        _Trigger("appointment", "guard_appointment_update", before | _UPDATE),
        _Trigger("appointment", "guard_appointment_delete", before | _DELETE),
        _Trigger("retention", "guard_retention_insert", before | _INSERT),
        _Trigger("retention", "guard_retention_update", before | _UPDATE),
        _Trigger("retention", "guard_retention_delete", before | _DELETE),
        _Trigger("timer", "guard_timer_insert", before | _INSERT),
        _Trigger("timer", "guard_timer_update", before | _UPDATE),
        _Trigger("timer", "guard_timer_delete", before | _DELETE),
        _Trigger("day_close", "guard_day_close_insert", before | _INSERT),
        _Trigger("day_close", "guard_day_close_stands", before | _UPDATE | _DELETE),
        _Trigger("audit", "guard_log_insert", before | _INSERT),
        _Trigger("audit", "guard_log_stands", before | _UPDATE | _DELETE),
    ]
    return {one.name: one for one in made}


_TRIGGERS: Final = _triggers()


def create(connection: Connection) -> None:
    """Creates every guard anew, and the claims from the appointments, in the caller's transaction; for migrations."""
    drop(connection)
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    connection.exec_driver_sql(
        f"CREATE FUNCTION guard_holds() RETURNS TABLE ({_COLUMNS}) LANGUAGE sql STABLE AS $guard${_HOLDS}$guard$"
    )
    connection.exec_driver_sql("CREATE VIEW guard_held AS SELECT * FROM guard_holds()")
    # Only what differs: the index by which no two overlap takes minutes over a million rows.
    connection.exec_driver_sql(
        f"DELETE FROM claim WHERE NOT EXISTS (SELECT 1 FROM guard_holds() AS h WHERE {SAME.format('h', 'claim')})"
    )
    connection.exec_driver_sql(
        "INSERT INTO claim (appointment_id, resource, starts, ends) SELECT * FROM guard_holds() AS h"
        f" WHERE NOT EXISTS (SELECT 1 FROM claim AS c WHERE {SAME.format('c', 'h')})"
    )
    for name, body in _FUNCTIONS.items():
        doubled = body.replace("%", "%%")  # which the driver takes for the place of a value
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            f" SET search_path = {schema}, pg_catalog, pg_temp AS $guard${doubled}$guard$"
        )
    for trigger in _TRIGGERS.values():
        connection.exec_driver_sql(trigger.sql)


def tell(connection: Connection) -> None:
    """Has every session look at the log when the transaction is committed; for what is written without guards."""
    connection.exec_driver_sql(f"SELECT pg_notify('{CHANNEL}', current_schema() || ' ' || pg_current_xact_id()::text)")


def drop(connection: Connection) -> None:
    """Drops every guard, of whatever release, so that a migration can rebuild tables; `create` must follow."""
    names = connection.exec_driver_sql(
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p"
        " WHERE p.pronamespace = current_schema()::regnamespace AND starts_with(p.proname, 'guard_')"
    ).scalars()
    for name in names.all():
        connection.exec_driver_sql(f"DROP FUNCTION {name} CASCADE")  # with its triggers, and the view over it


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of guards that are absent, shut off, or say something else than they should; empty when all hold."""
    lost: list[str] = []
    rows = connection.exec_driver_sql(
        "SELECT p.proname, p.prosrc, l.lanname, coalesce(array_to_string(p.proconfig, ';'), ''),"
        " 'search_path=' || quote_ident(current_schema()) || ', pg_catalog, pg_temp'"
        " FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang"
        " WHERE p.pronamespace = current_schema()::regnamespace AND starts_with(p.proname, 'guard_')"
    )
    functions = {name: (body, language, path == wanted) for name, body, language, path, wanted in rows}
    lost += [name for name, body in _FUNCTIONS.items() if functions.get(name) != (body, "plpgsql", True)]
    if functions.get("guard_holds") != (_HOLDS, "sql", False):
        lost.append("guard_holds")
    if (
        connection.exec_driver_sql("SELECT to_regclass(quote_ident(current_schema()) || '.guard_held')").scalar()
        is None
    ):
        lost.append("guard_held")
    rows = connection.exec_driver_sql(
        "SELECT t.tgname, c.relname, p.proname, t.tgtype::int, t.tgenabled::text,"
        " encode(t.tgargs, 'escape'), t.tgqual IS NULL AND t.tgconstraint = 0 AND t.tgattr::text = ''"
        " FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND p.pronamespace = c.relnamespace"
        " AND NOT t.tgisinternal"
    )
    triggers = {name: tuple(rest) for name, *rest in rows}
    for name, one in _TRIGGERS.items():
        arguments = f"{one.arguments[1:-1]}\\000" if one.arguments else ""
        if triggers.get(name) != (one.table, one.function, one.kind, "O", arguments, True):
            lost.append(name)
    rows = connection.exec_driver_sql(
        "SELECT c.relname, i.indisunique AND i.indisvalid AND i.indpred IS NOT NULL"
        " FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
        " WHERE c.relnamespace = current_schema()::regnamespace"
    )
    indexes = {name: bool(holds) for name, holds in rows}
    lost += [name for name in UNIQUE if not indexes.get(name)]
    overlap = connection.exec_driver_sql(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ex_claim_overlap' AND contype = 'x'"
        " AND convalidated AND connamespace = current_schema()::regnamespace"
    ).scalar()
    if re.sub(r"\s+", " ", str(overlap)) != OVERLAP:
        lost.append("ex_claim_overlap")
    return tuple(lost)
