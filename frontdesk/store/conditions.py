"""What the guards of both engines ask of a row that changes, in words that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from frontdesk.store.shared import EAST_LEAST, EAST_MOST, IN_HOUSE

ENDED = "('checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')"
"""The statuses of a visit that is over."""
_USING = "status IN ('roomed', 'with_practitioner', 'needles_in', 'needles_out') AND {0}ready_at IS NULL"
IN_THE_ROOM = (
    "SELECT 1 FROM appointment AS a WHERE a.room_id = NEW.room_id AND a.id <> NEW.id"
    f" AND a.{_USING.format('a.')} AND NEW.{_USING.format('NEW.')}"
)
HERE = (
    "SELECT 1 FROM appointment AS a WHERE a.patient_id = NEW.patient_id AND a.id <> NEW.id"
    f" AND a.{IN_HOUSE} AND NEW.{IN_HOUSE}"
)
CROWDED = f"EXISTS ({IN_THE_ROOM}) OR EXISTS ({HERE})"
"""What the unique indexes forbid too; these triggers keep REPLACE from deleting the other visit instead."""
CROWD = (
    f"SELECT CASE WHEN EXISTS ({IN_THE_ROOM}) THEN RAISE(ABORT, 'frontdesk: that room is taken by another visit')"
    " ELSE RAISE(ABORT, 'frontdesk: that patient is already in the house') END"
)
OPEN = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND r.out_at IS NULL"
NEEDLED = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id"
MERGED = (
    "SELECT 1 FROM patient_merge AS m WHERE m.undone_at IS NULL AND ((m.kept_id = NEW.patient_id AND m.gone_id ="
    " OLD.patient_id) OR (m.gone_id = NEW.patient_id AND m.kept_id = OLD.patient_id))"
)
"""What says that two files are one person's: between them a visit changes hands, needles on record and all."""
_OF_ERASED = (
    "SELECT 1 FROM patient_erasure AS e WHERE OLD.subject = 'patient ' || e.patient_id OR EXISTS (SELECT 1 FROM"
    " appointment AS a WHERE a.patient_id = e.patient_id AND OLD.subject = 'appointment ' || a.id)"
)
LOG_CHANGED = (
    "NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.who <> OLD.who"
    " OR NEW.what <> OLD.what OR NEW.subject <> OLD.subject OR NEW.undoes IS DISTINCT FROM OLD.undoes"
    f" OR NOT EXISTS ({_OF_ERASED})"
)
"""Whether an entry becomes another one: of an erased file what was and what became of it may go, nothing else."""
PATIENT_CHANGED = f"NEW.patient_id <> OLD.patient_id AND EXISTS ({NEEDLED}) AND NOT EXISTS ({MERGED})"
UNSETTLED = "SELECT 1 FROM retention AS r WHERE r.appointment_id = NEW.id AND (r.out_at IS NULL OR r.count_out IS NULL)"
STILL_HERE = f"SELECT 1 FROM appointment AS a WHERE a.{IN_HOUSE} AND (a.starts < NEW.until OR a.arrived_at < NEW.until)"
STILL_IN_OR_OWED = (
    "SELECT 1 FROM retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
    " WHERE a.starts < NEW.until AND (r.out_at IS NULL OR r.count_out IS NULL)"
)
OF_ENDED_VISIT = f"(SELECT a.status FROM appointment AS a WHERE a.id = NEW.appointment_id) IN {ENDED}"
FREED = "NEW.ready_at IS NOT NULL AND OLD.ready_at IS NULL"
"""Whether a room is called ready that was not."""
MOVED = "OLD.room_id IS NOT NULL AND (NEW.room_id IS NULL OR NEW.room_id <> OLD.room_id)"
"""Whether a visit that has a room leaves it."""
_NEXT_MIDNIGHT = "{0} + 86400000 - 60000 * coalesce((SELECT c.{1} FROM clinic AS c), {2})"
NO_END_OF_DAY = (
    f"{{0}} IS NULL OR NEW.until < {_NEXT_MIDNIGHT.format('{0}', 'east_most', EAST_MOST)}"
    f" OR NEW.until > {_NEXT_MIDNIGHT.format('{0}', 'east_least', EAST_LEAST)}"
)
"""Whether no clock of the clinic has the end of a day then; `{0}` is the day's midnight in UTC."""
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
NO_SILENCE = "NEW.silenced_level NOT IN ('none', 'low', 'medium', 'high') OR NEW.silenced_until > NEW.{0} + 172800000"
"""Whether a silence is of no level, or ends two days after what it hushes began (in column `{0}`).

However far ahead it ends, it hushes nothing until three minutes before (`domain.retention.is_hushed`).
"""
SILENCE_WORDS = "a silence is of one level, and never of days"
OF_NO_KIND = "NEW.kind NOT IN ('check', 'e-stim', 'lamp', 'cups')"
END_UNSAID = (
    "NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM audit AS e"
    " WHERE e.subject = 'appointment ' || NEW.appointment_id AND e.who = NEW.ended_by"
    " AND e.what <> 'needles.in' AND e.what NOT LIKE 'alarm.%'"
    " AND (e.at = NEW.ended_at OR (e.at < NEW.ended_at AND NEW.ended_at = NEW.started_at))"
    " AND e.seq = (SELECT max(l.seq) FROM audit AS l WHERE l.subject = e.subject))"
)
"""Whether something timed ends without the newest entry of its visit saying so: of the same person and instant.

Where the clock went backwards meanwhile, it ends when it began.
"""
END_WORDS = "the end of what is timed is in the log first, by whoever ended it"
TIMER_CHANGED = (
    "NEW.id <> OLD.id OR NEW.appointment_id <> OLD.appointment_id OR NEW.kind <> OLD.kind"
    " OR NEW.started_at <> OLD.started_at OR NEW.minutes <> OLD.minutes OR NEW.started_by <> OLD.started_by"
)

WAITING_ENDED = (
    "OLD.ended_at IS NOT NULL AND (NEW.id <> OLD.id OR NEW.ended_at IS DISTINCT FROM OLD.ended_at"
    " OR NEW.ending <> OLD.ending OR NEW.reason <> OLD.reason OR NEW.booked_id IS DISTINCT FROM OLD.booked_id"
    " OR NEW.appointment_id IS DISTINCT FROM OLD.appointment_id OR NEW.service_id <> OLD.service_id"
    " OR NEW.since <> OLD.since)"
)
"""Whether a wish that was ended becomes another one; whose it is may change, where two files are one person's."""
WAITING_ENDED_WORDS = "that wish has ended: who waits again is put on the waiting list again"
_NOT_THEIRS = (
    "NEW.{0} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment AS a WHERE a.id = NEW.{0}"
    " AND a.patient_id = NEW.patient_id)"
)
WAITING_FOR_OTHERS = " OR ".join(f"({_NOT_THEIRS.format(name)})" for name in ("appointment_id", "booked_id"))
"""Whether somebody waits for an appointment of somebody else's, or was given one."""
WAITING_FOR_OTHERS_WORDS = "nobody waits for the appointment of somebody else"
WAITING_TWICE = (
    "SELECT 1 FROM waiting AS w WHERE w.id <> NEW.id AND w.ended_at IS NULL AND NEW.ended_at IS NULL"
    " AND ((NEW.appointment_id IS NOT NULL AND w.appointment_id = NEW.appointment_id) OR (NEW.appointment_id IS NULL"
    " AND w.appointment_id IS NULL AND w.patient_id = NEW.patient_id AND w.service_id = NEW.service_id))"
)
"""What the unique indexes forbid too; the trigger keeps REPLACE from deleting the other wish instead."""
WAITING_TWICE_WORDS = "they are on the waiting list for that already: change that entry"


USED_UP = (
    "(SELECT count(*) FROM package_use AS u WHERE u.package_id = NEW.package_id)"
    " >= (SELECT p.visits FROM package AS p WHERE p.id = NEW.package_id)"
)
"""Whether a visit would be taken from a package that has none left."""
USED_UP_WORDS = "nothing is left of that package"
USED_TWICE = "EXISTS (SELECT 1 FROM package_use AS u WHERE u.appointment_id = NEW.appointment_id)"
"""Whether a visit was taken from a package already; SQLite's REPLACE would do it again."""
USED_TWICE_WORDS = "that visit was taken from a package already"
TOO_FEW = "NEW.visits < (SELECT count(*) FROM package_use AS u WHERE u.package_id = NEW.id)"
"""Whether a package would have fewer visits than were used of it."""
TOO_FEW_WORDS = "more visits of that package were used"


PLANNED_TWICE = (
    "NEW.ended_on IS NULL AND EXISTS (SELECT 1 FROM treatment_plan AS p WHERE p.patient_id = NEW.patient_id"
    " AND p.id <> {0}.id AND p.ended_on IS NULL)"
)
"""Whether a patient would have two plans that have not ended; the trigger keeps REPLACE from deleting the first."""
PLANNED_TWICE_WORDS = "that patient has a plan that has not ended: change it, or end it first"
PLAN_NUMBER = "NEW.id <> OLD.id"
PLAN_NUMBER_WORDS = "a plan keeps its number"


def refuse(words: str) -> str:
    """What a trigger of SQLite does to refuse a change."""
    return f"SELECT RAISE(ABORT, 'frontdesk: {words}')"
