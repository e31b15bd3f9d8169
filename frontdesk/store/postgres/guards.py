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
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection

from frontdesk.store.guards import UNIQUE
from frontdesk.store.held import SAME
from frontdesk.store.postgres.rules import CHANNEL, COLUMNS, FUNCTIONS, HOLDS
from frontdesk.store.schema import metadata

OVERLAP: Final = (
    "EXCLUDE USING gist (resource WITH =, int8range(starts, ends) WITH &&)"
    " WHERE (((resource)::text !~~ 'equipment:%'::text))"
)
"""The constraint of the first migration that no two claims of a resource pass, in the server's words."""
_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32
"""The bits of `pg_trigger.tgtype` (PostgreSQL's catalog/pg_trigger.h)."""


class _Trigger(Struct, frozen=True):
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
        _Trigger("package_use", "guard_package_use_insert", before | _INSERT),
        _Trigger("package_use", "guard_package_use_update", before | _UPDATE),
        _Trigger("package", "guard_package_update", before | _UPDATE),
        _Trigger("treatment_plan", "guard_plan_insert", before | _INSERT),
        _Trigger("treatment_plan", "guard_plan_update", before | _UPDATE),
        _Trigger("waiting", "guard_waiting_insert", before | _INSERT),
        _Trigger("waiting", "guard_waiting_update", before | _UPDATE),
        _Trigger("audit", "guard_log_insert", before | _INSERT),
        _Trigger("audit", "guard_log_update", before | _UPDATE),
        _Trigger("audit", "guard_log_stands", before | _DELETE),
    ]
    return {one.name: one for one in made}


_TRIGGERS: Final = _triggers()


def create(connection: Connection) -> None:
    """Creates every guard anew, and the claims from the appointments, in the caller's transaction; for migrations."""
    drop(connection)
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    connection.exec_driver_sql(
        f"CREATE FUNCTION guard_holds() RETURNS TABLE ({COLUMNS}) LANGUAGE sql STABLE AS $guard${HOLDS}$guard$"
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
    for name, body in FUNCTIONS.items():
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
    lost += [name for name, body in FUNCTIONS.items() if functions.get(name) != (body, "plpgsql", True)]
    if functions.get("guard_holds") != (HOLDS, "sql", False):
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
