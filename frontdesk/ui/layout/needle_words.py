"""What the needle dialogs say, from the visit and the clock alone."""

from __future__ import annotations

from collections.abc import Callable

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import area_words
from frontdesk.domain.errors import Refused
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.ui.live_keys import key_of

Clock = Callable[[DateTime], str]
"""How an instant reads on the clinic's clock."""


def in_words(visit: Appointment) -> str:
    """The retention as it is planned, before the count in is asked."""
    retention = visit.retention
    if visit.needles_are_in and retention is not None:
        where = f" ({area_words(retention.areas_in)})" if retention.areas_in else ""
        return f"{retention.count_in} were counted in{where}. Type the right number."
    window = f"{visit.service.retention_earliest} to {visit.service.retention_latest}"
    place = f" · {visit.room.name}" if visit.room else ""
    return f"{visit.service.name}{place} · {visit.retention_minutes} min planned, {window} allowed"


def went_in_words(visit: Appointment, now: DateTime, clock: Clock) -> str:
    """How many went in and when: what the count out is held against."""
    retention = visit.retention
    if retention is None:
        return "Nobody wrote down that needles went in."
    until = retention.out_at or now
    minutes = max(0, int((until - retention.in_at).total_seconds() // 60))
    out = f", out at {clock(retention.out_at)}" if retention.out_at else ""
    place = f" · {visit.room.name}" if visit.room else ""
    went_in = f"{retention.count_in} went in at {clock(retention.in_at)}{out} ({minutes} min){place}"
    return f"{went_in}\n{area_words(retention.areas_in)}" if retention.areas_in else went_in


def owed_words(left: int) -> str:
    """`1 needle is not accounted for`."""
    return f"{left} {'needle is' if left == 1 else 'needles are'} not accounted for"


def accounted(count_in: int, count: int, kept: int) -> int:
    """How many are missing once those out and those kept are taken off; raises `Refused` below nothing."""
    left = count_in - count - kept
    if left < 0:
        raise Refused(f"{count_in} went in: {count} out and {kept} kept are more than that")
    return left


def extension_words(visit: Appointment, minutes: int, clock: Clock) -> tuple[str, bool]:
    """When the needles would come out, and whether that is to be asked: past the latest minute, before the earliest."""
    retention = visit.retention
    if retention is None or not minutes:
        return "", False
    due = retention.due_at.add(minutes=minutes)
    planned = retention.planned_minutes + minutes
    past, early = planned - retention.latest_minutes, retention.earliest_minutes - planned
    if planned < 1:
        how = f"Esc, {key_of('needles.out')}"
        return f"Out at {clock(due)}: that is before they went in; take them out instead ({how})", True
    if past > 0:
        return f"Out at {clock(due)}: {past} min past the latest, {clock(retention.latest_at)}", True
    if early > 0:
        return f"Out at {clock(due)}: {early} min before the earliest, {clock(retention.earliest_at)}", True
    by = retention.leave_by
    hurry = f"; must leave by {clock(by)}" if by is not None and by < due else ""
    return f"Out at {clock(due)}; the latest is {clock(retention.latest_at)}{hurry}", bool(hurry)


def timer_row(letter: str, kind: TimerKind, running: Timer | None, now: DateTime) -> str:
    """`l  heat lamp   15 min`, and where it runs how long still."""
    if running is None:
        return f"{letter}  {kind.words:10} {kind.usual_minutes:3} min"
    left = running.remaining_seconds(now)
    over = "over" if left < 0 else "left"
    return f"{letter}  {kind.words:10} {abs(left) // 60:02}:{abs(left) % 60:02} {over}   {letter} ends it"
