"""Whether a database is whole, and what it says is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.store import core as sa
from frontdesk.store.as_found import lost_safeguards
from frontdesk.store.clashes import clashes
from frontdesk.store.engine import Store
from frontdesk.store.faults import Damaged, in_words
from frontdesk.store.file_state import MANY
from frontdesk.store.sqlite import BUSY_SECONDS
from frontdesk.text import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection

_INVARIANTS: tuple[tuple[str, str], ...] = (
    (
        "appointment {} and what it takes of {} don't agree",
        "WITH held AS (SELECT appointment_id, resource, starts, ends FROM claim)"
        " SELECT DISTINCT appointment_id, resource FROM"
        " (SELECT * FROM (SELECT * FROM guard_held EXCEPT SELECT * FROM held) AS lacking"
        " UNION ALL SELECT * FROM (SELECT * FROM held EXCEPT SELECT * FROM guard_held) AS made_up) AS differing",
    ),
    (
        "appointment {} starts at {} with {} minutes of retention, which can not be",
        # SQLite keeps text in a column of numbers if that is what a writer gives it; the cast makes a number of it.
        "SELECT id, starts, retention_minutes FROM appointment WHERE retention_minutes < 0"
        " OR starts <> CAST(starts AS BIGINT) OR retention_minutes <> CAST(retention_minutes AS BIGINT)",
    ),
    (
        "appointment {} has needles in, but no count in",
        "SELECT a.id FROM appointment AS a WHERE a.status = 'needles_in' AND NOT EXISTS"
        " (SELECT 1 FROM retention AS r WHERE r.appointment_id = a.id AND r.out_at IS NULL)",
    ),
    (
        "appointment {} has needles in, but its status is {}",
        "SELECT a.id, a.status FROM retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
        " WHERE r.out_at IS NULL AND a.status <> 'needles_in'",
    ),
    (
        "appointment {} is {} although a needle count is owed",
        "SELECT a.id, a.status FROM retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
        " WHERE r.out_at IS NOT NULL AND r.count_out IS NULL"
        " AND a.status IN ('checked_out', 'left', 'cancelled', 'no_show', 'entered_in_error')",
    ),
    (
        "appointment {}: {} needles went in, {} are accounted for",
        "SELECT appointment_id, count_in, count_out + kept + missing FROM retention"
        " WHERE count_out + kept + missing <> count_in",
    ),
    (
        "appointment {} is {}, but was taken from a package",
        "SELECT a.id, a.status FROM package_use AS u JOIN appointment AS a ON a.id = u.appointment_id"
        " WHERE a.status <> 'checked_out'",
    ),
    (
        "package {} of patient {} was used more often than it has visits",
        "SELECT p.id, p.patient_id FROM package AS p"
        " WHERE (SELECT count(*) FROM package_use AS u WHERE u.package_id = p.id) > p.visits",
    ),
    (
        "appointment {} is {}, but {} runs for it",
        "SELECT a.id, a.status, t.kind FROM timer AS t JOIN appointment AS a ON a.id = t.appointment_id"
        " WHERE t.ended_at IS NULL AND a.status IN ('checked_out', 'left', 'cancelled', 'no_show', 'entered_in_error')",
    ),
)


def check(store: Store) -> tuple[str, ...]:
    """Everything found wrong with the database and with what it says, one line each; empty when all is well.

    Reads all of it, a file at some 40 MB a second.
    """
    backend = store.backend
    try:
        with in_words(BUSY_SECONDS):
            problems = backend.damage()
            if problems:
                return tuple(problems)  # what a damaged file says proves nothing
            below = backend.problems()
        with store.read() as connection:
            lost = backend.missing_guards(connection)
            problems += lost_safeguards(lost)
            problems += contradictions(connection, lost)
    except Damaged as error:
        return (error.reason,)
    return (*problems, *below)


def contradictions(connection: Connection, lost: tuple[str, ...] = ()) -> list[str]:
    """What the rows say that can't be; what is asked of a safeguard that is `lost` is not asked."""
    found = clashes(connection)
    for words, query in _INVARIANTS:
        if any(name in query for name in lost):
            continue
        rows = connection.execute(sa.text(query)).fetchmany(MANY + 1)
        found += [words.format(*(visible(str(value)) for value in row)) for row in rows[:MANY]]
        if len(rows) > MANY:
            found.append("... and more of these")
    return found
