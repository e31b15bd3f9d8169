"""What an appointment takes, computed by the database itself (`guard_held`), and the claims that follow from it.

The claim table follows every change of an appointment or of its service's minutes: no writer can book without claiming,
nor claim without booking. A property test holds the view against `domain.packing.claims_held`, which is the same rule
for the planner.

Stored claims of a resource never overlap, so a new one can only collide with the nearest that starts before its end:
one seek in the index, however long the history.
"""

from __future__ import annotations

from typing import Final

from frontdesk.store.conditions import ENDED, refuse
from frontdesk.store.shared import LONGEST_HOURS

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


def held_as(resource: str, first: str, last: str, condition: str) -> str:
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
VIEW: Final = "CREATE VIEW guard_held AS " + " UNION ALL ".join((*(held_as(*one) for one in HELD), _EQUIPPED))
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


def rules() -> list[tuple[str, str, str | None, str]]:
    """Each trigger's name, when it is asked, the condition under which it acts, and what it does."""
    return [
        ("claim_insert", "BEFORE INSERT ON claim", _NEIGHBOUR, _TAKEN),
        ("claim_counted", "BEFORE INSERT ON claim", ALL_OUT, refuse("all of that equipment is in use at that time")),
        (
            "claim_made_up",
            "BEFORE INSERT ON claim",
            f"NOT EXISTS (SELECT 1 FROM guard_held AS h WHERE {SAME.format('h', 'NEW')})"
            " OR EXISTS (SELECT 1 FROM claim AS c WHERE c.id = NEW.id)",
            refuse("only an appointment takes time: change the appointment"),
        ),
        (
            "claim_update",
            "BEFORE UPDATE ON claim",
            None,
            refuse("an appointment keeps what it takes: change the appointment"),
        ),
        (
            "claim_delete",
            "BEFORE DELETE ON claim",
            f"EXISTS (SELECT 1 FROM guard_held AS h WHERE {SAME.format('h', 'OLD')})",
            refuse("an appointment keeps what it takes: change the appointment"),
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
            "service_changes",
            "AFTER UPDATE OF consultation, insertion, removal, turnover, equipment ON service",
            None,
            f"{LET_GO.format(whose=OF_SERVICE)}; {TAKE.format(whose=OF_SERVICE)}",
        ),
    ]
