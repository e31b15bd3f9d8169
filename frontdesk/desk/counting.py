"""What a needle count may be, and whether every needle of it is accounted for; the facts of a retention changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from frontdesk.desk.differing import differing
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import Areas, area_words, total
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import LONGEST_KEPT, LONGEST_RETENTION, MOST_NEEDLES, Retention
from frontdesk.store import appointment_writes, appointments
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of


class Rest(Struct, frozen=True):
    """What became of the needles that did not come out."""

    kept: int = 0
    told: bool = False
    remove_on: date | None = None
    reason: str = ""
    second: str = ""


def counted(count: int | None, areas: Areas) -> int:
    """A count in, given whole, by area or both; raises `Refused` where they differ or none may be meant."""
    if count is None:
        count = total(areas)
    elif areas and total(areas) != count:
        raise Refused(f"{area_words(areas)} are {total(areas)} needles, not {count}")
    if not 1 <= count <= MOST_NEEDLES:
        raise Refused(f"a needle count is 1 to {MOST_NEEDLES}, not {count}")
    return count


def check_minutes(planned: int) -> None:
    """Raises `Refused` for a retention nobody means."""
    if not 1 <= planned <= LONGEST_RETENTION:
        raise Refused(f"a retention lasts 1 to {LONGEST_RETENTION} minutes, not {planned}")


def check_removal(remove_on: date, today: date) -> None:
    """Raises `Refused` for a day on which kept needles can't be meant to come out."""
    if remove_on < today:
        raise Refused(f"kept needles come out from today on, not on {remove_on}")
    if (remove_on - today).days > LONGEST_KEPT:
        raise Refused(f"needles are kept for {LONGEST_KEPT} days at most, not until {remove_on}")


def missing_of(retention: Retention, count_in: int, count: int, rest: Rest, who: str) -> int:
    """How many needles are missing, once everything given adds up; raises `Refused` where it does not.

    `who` gives the count: the name beside the reason is somebody else's, since two people look for a lost needle.
    """
    kept = rest.kept
    if count < 0 or kept < 0:
        raise Refused("a count can't be below nothing")
    if kept and not rest.told:
        raise Refused(f"{kept} kept by plan: the patient must be told first", option="--told")
    left = count_in - count - kept
    if left < 0:
        raise Refused(
            f"{count_in} went in, {count + kept} out and kept are more than that; if more went in, correct that first",
            option=f"recount {'' if retention.is_in else 'raises it '}--count N",
        )
    if left == 0:
        if rest.reason or rest.second:
            raise Refused(f"nothing is missing: {count_in} in, {count + kept} accounted for")
        return 0
    if rest.reason and rest.second:
        if rest.second.strip().casefold() == who.strip().casefold():
            raise Refused(f"{left} missing: a second person than {who} must have looked too", option="--by NAME")
        return left
    if rest.reason or rest.second:
        raise Refused(f"{left} missing: give the reason and a second name", option="--missing TEXT --by NAME")
    noun = "needle is" if left == 1 else "needles are"
    raise Refused(
        f"{count_in} in, {count} out: {left} {noun} not accounted for; find it, "
        "or say that it is kept by plan, or missing and who looked too",
        option="--kept N --told, or --missing TEXT --by NAME",
    )


def as_json(areas: Areas) -> dict[str, int] | None:
    """Counts by area as the database and the log keep them; None where nobody counted by area."""
    return {area.value: count for area, count in areas} or None


def change_retention(
    writing: Writing,
    visit: Appointment,
    retention: Retention,
    what: str,
    changes: Mapping[str, Any],
    *,
    planned: int | None = None,
    also: Mapping[str, Any] | None = None,
) -> Appointment:
    """Changes the facts of a retention and logs those that differ; `also` goes into the entry beside them.

    The visit's version moves on too, so that others notice; with `planned` so many minutes of retention are planned.
    """
    old = appointment_writes.retention_row(writing.connection, retention.id)
    appointment_writes.update_retention(writing.connection, retention.id, changes)
    row = {} if planned is None else {"retention_minutes": planned}
    appointment_writes.update(writing.connection, visit.id, visit.version, row)
    new = appointment_writes.retention_row(writing.connection, retention.id) | row
    old |= {"retention_minutes": visit.retention_minutes} if row else {}
    before, after = differing(old, new)
    writing.log(
        what,
        subject_of(visit.id),
        before={"retention_id": retention.id, **before},
        after={"retention_id": retention.id, **after, **(also or {}), "version": visit.version + 1},
    )
    return appointments.get(writing.connection, visit.id)
