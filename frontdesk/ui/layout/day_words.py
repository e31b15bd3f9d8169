"""What a visit says about itself in a cell, a row or the pane beside: a sign, words and a role."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.instants import seconds_between
from frontdesk.domain.retention import Alarm, Retention
from frontdesk.domain.threshold import Grade, Held, held_up
from frontdesk.domain.time_text import clock_of
from frontdesk.domain.visit import ENDED, NOT_BEGUN, Action, Status
from frontdesk.ui.layout.cells import Span, width

SIGNS: dict[Status, str] = {
    Status.BOOKED: "·",
    Status.CONFIRMED: "✓",
    Status.ARRIVED: "◆",
    Status.ROOMED: "◐",
    Status.WITH_PRACTITIONER: "◑",
    Status.NEEDLES_IN: "●",
    Status.NEEDLES_OUT: "○",
    Status.CHECKED_OUT: "■",
    Status.CANCELLED: "×",
    Status.NO_SHOW: "∅",
    Status.LEFT: "←",
    Status.ENTERED_IN_ERROR: "≠",
}
"""One sign a status; the words beside it tell the same."""
SHORT_WORDS: dict[Status, str] = {Status.WITH_PRACTITIONER: "in care"}
"""What a status is called where its own words do not fit a lane; the others fit every lane that has words."""
MAY_COME_OUT = "◉"
"""Needles that may come out, where there is no room for the words: not told by the colour alone."""
STEP_WORDS: dict[Action, str] = {
    Action.ARRIVE: "has arrived",
    Action.ROOM: "take to the room",
    Action.BEGIN: "practitioner goes in",
    Action.NEEDLES_IN: "needles in",
    Action.NEEDLES_OUT: "needles out",
    Action.CHECKOUT: "check out",
}
"""What the key for the next step does, as staff say it."""
GRADE_ROLES: dict[Grade, str] = {Grade.NONE: "text", Grade.NOTICE: "warn", Grade.URGENT: "urgent"}
"""How waiting and being late look, by the clinic's thresholds; their marks tell it without colour."""


def stretch_words(minutes: int) -> str:
    """`25′`, `2 h`, `2 h 15′`."""
    hours, rest = divmod(max(0, minutes), 60)
    if not hours:
        return f"{rest}′"
    return f"{hours} h {rest}′" if rest else f"{hours} h"


def status_span(visit: Appointment, clinic: Clinic, now: DateTime, slip: str = "") -> Span:
    """Where a visit stands now, with what is late, waiting, due or owed, in the role that fits.

    `slip` says when a visit not begun is expected, where that is later than planned.
    """
    if visit.count_owed:
        return Span("! count owed", "owed")
    if visit.needles_are_in and visit.retention is not None:
        return _resting(visit.retention, now)
    status, held = visit.status, held_up(visit, clinic, now)
    if held is not None and (status is not Status.ROOMED or held.grade is not Grade.NONE):
        return _kept_waiting(visit, held, slip)
    sign = SIGNS[status]
    if slip and status in NOT_BEGUN:
        return Span(f"{sign} {status.words} {slip}", "warn")
    if status in ENDED:
        return Span(f"{sign} {ended_words(visit)}", "dim")
    if status in NOT_BEGUN:
        return Span(f"{sign} {status.words}", "dim" if status is Status.BOOKED else "done")
    return Span(f"{sign} {status.words}", "occupied")


def _resting(retention: Retention, now: DateTime) -> Span:
    """Of one with needles in: how they alarm, and by how long they are over."""
    alarm = retention.alarm(now)
    if alarm is Alarm.NONE:
        if retention.may_come_out(now):
            return Span(f"{MAY_COME_OUT} may come out", "done")
        return Span(f"{SIGNS[Status.NEEDLES_IN]} needles in", "retention-ink")
    over = max(0, int(seconds_between(retention.due_at, now) // 60))
    words = {Alarm.LOW: "due", Alarm.MEDIUM: f"DUE +{over}′", Alarm.HIGH: f"OVERDUE +{over}′"}[alarm]
    return Span(f"{alarm.mark} {words}", f"alarm-{alarm.value}")


def _kept_waiting(visit: Appointment, held: Held, slip: str) -> Span:
    """Of one who is late, or waits: for how long, by the clinic's thresholds; and until when, where that is known."""
    stretch = stretch_words(held.minutes)
    if visit.status is Status.ROOMED:
        return Span(f"{held.grade.mark} {visit.status.words} {stretch}", GRADE_ROLES[held.grade])
    until = f" {slip.replace(' ', '')}" if slip and visit.status is Status.ARRIVED else ""
    role = "warn" if until and held.grade is Grade.NONE else GRADE_ROLES[held.grade]
    return Span(f"{held.grade.mark or SIGNS[visit.status]} {held.what} {stretch}{until}", role)


def ended_words(visit: Appointment) -> str:
    """The status of a visit that is over; a patient's late cancelling is told apart."""
    return f"{visit.status.words} late" if visit.cancelled_late else visit.status.words


def tight_status(visit: Appointment, clinic: Clinic, now: DateTime, cells: int, where: str, slip: str = "") -> Span:
    """The same in a lane of a few cells: the sign, with the minutes, the time out or `where` as far as they fit."""
    whole = status_span(visit, clinic, now, slip)
    held = held_up(visit, clinic, now)
    sign = whole.text.split(" ")[0]
    retention = visit.retention
    more = where
    if slip and "→" in whole.text:
        more = slip if width(f"{sign} {slip}") <= cells else slip.replace(" ", "")
    elif whole.role.startswith("alarm") and retention is not None:
        more = f"{int(seconds_between(retention.due_at, now) // 60):+}′"
    elif visit.needles_are_in and retention is not None:
        more = clock_of(retention.due_at, clinic.timezone)
    elif held is not None and whole.text.endswith(stretch_words(held.minutes)):
        more = stretch_words(held.minutes)
    elif whole.role == "owed":
        more = "count"
    fitting = (text for text in (f"{sign} {more}", f"{sign}{more}") if width(text) <= cells)
    return Span(next(fitting, sign), whole.role)


def resting_words(visit: Appointment, timezone: str) -> str:
    """`resting, out 10:40` while needles are in; empty otherwise."""
    retention = visit.retention
    if not visit.needles_are_in or retention is None:
        return ""
    return f"resting, out {clock_of(retention.due_at, timezone)}"


def place_words(visit: Appointment) -> str:
    """The room's short name, or that there is none."""
    return visit.room.short_name if visit.room is not None else "no room"


def block_words(block: Block, timezone: str, *, times: bool = True) -> str:
    """`Dr Lin: Conference 14:00-16:00`; whole days without times."""
    whose = block.practitioner.name if block.practitioner else block.room.name if block.room else ""
    title = block.called or "time off"
    words = f"{whose}: {title}" if whose else title
    if block.all_day or not times:
        return words
    return f"{words} {clock_of(block.starts, timezone)}-{clock_of(block.ends, timezone)}"


def count_words(visits: tuple[Appointment, ...]) -> tuple[str, ...]:
    """How a column's day goes, from the whole to the shortest: `9 booked · 2 resting`, `2 resting`, `9`."""
    if not visits:
        return ()
    resting = sum(visit.needles_are_in for visit in visits)
    waiting = sum(visit.status is Status.ARRIVED for visit in visits)
    words = [f"{len(visits)} booked"]
    words += [f"{resting} resting"] if resting else []
    words += [f"{waiting} waiting"] if waiting else []
    return (*(" · ".join(words[:count]) for count in range(len(words), 0, -1)), f"{len(visits)}")
