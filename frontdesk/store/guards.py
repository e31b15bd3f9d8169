"""The rules the database itself holds, whoever writes to it: triggers, in SQLite's words.

Stored claims of a resource never overlap, so a new one can only collide with the nearest that starts before its end:
one seek in the index, however long the history. SQLite's REPLACE deletes rows without asking delete triggers, so each
table that must keep its rows refuses it on insert as well. A change here needs a migration, which creates them anew.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from frontdesk.store.schema import metadata

_ENDED = "('checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')"

_NEIGHBOUR = (
    "(SELECT c.ends FROM claim AS c WHERE c.resource = NEW.resource AND c.starts < NEW.ends AND c.id <> {not_id}"
    " ORDER BY c.starts DESC LIMIT 1) > NEW.starts"
)
_TAKEN = (
    "SELECT CASE"
    " WHEN NEW.resource LIKE 'room:%' THEN RAISE(ABORT, 'frontdesk: that room is taken at that time')"
    " WHEN NEW.resource LIKE 'practitioner:%' THEN RAISE(ABORT, 'frontdesk: the practitioner is taken at that time')"
    " WHEN NEW.resource LIKE 'patient:%' THEN RAISE(ABORT, 'frontdesk: the patient has another appointment then')"
    " ELSE RAISE(ABORT, 'frontdesk: that is taken at that time') END"
)
_OPEN = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND r.out_at IS NULL"
_UNSETTLED = (
    "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND (r.out_at IS NULL OR r.count_out IS NULL)"
)
_OF_ENDED_VISIT = f"(SELECT a.status FROM appointment AS a WHERE a.id = NEW.appointment_id) IN {_ENDED}"  # noqa: S608 (constants)


def _refuse(words: str) -> str:
    return f"SELECT RAISE(ABORT, 'frontdesk: {words}')"


def _trigger(name: str, when: str, condition: str | None, action: str) -> str:
    told = "" if condition is None else f" WHEN {condition}"
    return f"CREATE TRIGGER {name} {when}{told} BEGIN {action}; END"


def _all() -> dict[str, str]:
    rules: list[tuple[str, str, str | None, str]] = [
        ("claim_insert", "BEFORE INSERT ON claim", _NEIGHBOUR.format(not_id="NEW.id"), _TAKEN),
        ("claim_update", "BEFORE UPDATE ON claim", _NEIGHBOUR.format(not_id="OLD.id"), _TAKEN),
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
            f"NEW.status NOT IN ('needles_in', {_ENDED[1:]} AND OLD.status <> NEW.status AND EXISTS ({_OPEN})",
            _refuse("needles are in: only needles out may follow"),
        ),
        (
            "appointment_needles_counted",
            "BEFORE UPDATE OF status ON appointment",
            f"NEW.status = 'needles_in' AND NOT EXISTS ({_OPEN})",
            _refuse("needles in needs its count in first"),
        ),
        (
            "appointment_settled",
            "BEFORE UPDATE OF status ON appointment",
            f"OLD.status <> 'needles_in' AND NEW.status IN {_ENDED} AND EXISTS ({_UNSETTLED})",
            _refuse("a needle count is owed: give the count out first"),
        ),
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
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {_OF_ENDED_VISIT}",
            _refuse("that visit has ended: no needles can go in"),
        ),
        (
            "retention_reopen",
            "BEFORE UPDATE ON retention",
            "NEW.out_at IS NULL AND OLD.out_at IS NOT NULL AND EXISTS (SELECT 1 FROM retention AS r"
            " WHERE r.id <> OLD.id AND r.appointment_id = NEW.appointment_id AND r.out_at IS NULL)",
            _refuse("needles are already in for this visit"),
        ),
        (
            "retention_unsettle",
            "BEFORE UPDATE ON retention",
            f"(NEW.out_at IS NULL OR NEW.count_out IS NULL) AND {_OF_ENDED_VISIT}",
            _refuse("that visit has ended: its needle count stands"),
        ),
        (
            "retention_count_in",
            "BEFORE UPDATE ON retention",
            "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id"
            " OR (OLD.out_at IS NOT NULL AND NEW.count_in <> OLD.count_in)",
            _refuse("the count in stands once the needles are out"),
        ),
        (
            "retention_delete",
            "BEFORE DELETE ON retention",
            None,
            _refuse("needles on record can not be deleted"),
        ),
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


GUARDS: Final = _all()
"""Each trigger's SQL by its name, exactly as SQLite stores it."""
UNIQUE: Final = tuple(
    sorted(str(index.name) for table in metadata.tables.values() for index in table.indexes if index.unique)
)
"""The partial unique indexes that guard too: one live visit a room and a patient, one open retention a visit."""


def create(connection: Connection) -> None:
    """Creates every guard anew, inside the caller's transaction; only migrations call it."""
    drop(connection)
    for sql in GUARDS.values():
        connection.exec_driver_sql(sql)


def drop(connection: Connection) -> None:
    """Drops every guard, of whatever release, so that a migration can rebuild tables; `create` must follow."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'guard!_%' ESCAPE '!'"
    ).scalars()
    for name in names.all():
        quoted = str(name).replace('"', '""')
        connection.exec_driver_sql(f'DROP TRIGGER "{quoted}"')


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of guards that are absent or say something else than they should; empty when all hold."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index')")
    stored: dict[str, str] = {name: sql or "" for name, sql in rows}
    lost = [name for name, sql in GUARDS.items() if stored.get(name) != sql]
    lost += [name for name in UNIQUE if not stored.get(name, "").upper().startswith("CREATE UNIQUE INDEX")]
    return tuple(lost)
