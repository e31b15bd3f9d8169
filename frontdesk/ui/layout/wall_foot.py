"""The foot of the wall board: what is due in the next minutes, who comes next, who runs late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.board import RoomNow
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.due import NEEDLES, Due
from frontdesk.domain.projection import Expected
from frontdesk.domain.retention import Alarm
from frontdesk.domain.threshold import Grade, held_up
from frontdesk.domain.visit import Status
from frontdesk.domain.wall import SOON
from frontdesk.text import visible
from frontdesk.ui.layout.big_digits import big_digits, digits_height, digits_width, has_signs
from frontdesk.ui.layout.cells import Line, Span, aligned, cut, fit, line_width, width
from frontdesk.ui.layout.frame import minutes_and_seconds
from frontdesk.ui.layout.strip import STEADY, Beat
from frontdesk.ui.layout.tile_words import View

BIG_FROM = 36
"""Rows of the window from which what is due is drawn in letters that are read from across the room."""
BIGGER_FROM = 60
"""Rows from which those letters are twice as high."""
FREE_FROM = 100
"""Columns from which it says when a practitioner is free again."""
_ROLES = {Grade.NONE: "foot-key", Grade.NOTICE: "foot-warn", Grade.URGENT: "foot-urgent"}


class Foot(Struct, frozen=True):
    """What the foot says."""

    soon: Sequence[tuple[RoomNow, Due]]
    arrivals: Sequence[Expected]
    late: Sequence[tuple[Practitioner, int]]
    free: Mapping[int, DateTime]
    """When each practitioner is expected to be free."""
    now: DateTime
    clinic: Clinic


def foot_rows(rows: int) -> int:
    """How many rows the foot takes of a window of so many."""
    return _due_rows(_scale(rows)) + 1


def _scale(rows: int) -> int:
    return 0 if rows < BIG_FROM else 1 if rows < BIGGER_FROM else 2


def _due_rows(scale: int) -> int:
    return digits_height(scale) + 1 if scale else 1


def foot_lines(foot: Foot, view: View, columns: int, rows: int, beat: Beat = STEADY) -> tuple[Line, ...]:
    """The lines, exactly `foot_rows(rows)` of them, for a window of `rows` rows."""
    scale = _scale(rows)
    due = _due_big(foot, columns, scale, beat) if scale else [_due_line(foot, columns, beat)]
    return tuple(fit(line, columns, "foot") for line in (*due, _coming_line(foot, view, columns)))


def _due_line(foot: Foot, columns: int, beat: Beat) -> Line:
    if not foot.soon:
        return (Span(f" Nothing is due in the next {SOON} minutes", "foot"),)
    line: list[Span] = [Span(" Due ", "foot-key")]
    for place, (one, due) in enumerate(foot.soon):
        item = Span(f" {one.room.short_name} {_kind(due)}{_timer(due)} ", _role(due, beat))
        rest = len(foot.soon) - place
        tail = width(f" +{rest} more") if rest > 1 else 0
        if line_width(line) + width(item.text) + 1 + tail > columns:
            line.append(Span(f" +{rest} more", "foot"))
            break
        line += [Span(" ", "foot"), item]
    return tuple(line)


def _due_big(foot: Foot, columns: int, scale: int, beat: Beat) -> list[Line]:
    """The same in big letters, under a line of words."""
    high = digits_height(scale)
    words = f" Due in the next {SOON} minutes" if foot.soon else f" Nothing is due in the next {SOON} minutes"
    lines: list[list[Span]] = [[Span(" ", "foot")] for _ in range(high)]
    used, left = 1, 0
    for one, due in foot.soon:
        name = one.room.short_name.upper()
        whole = f"{name if has_signs(name) else '?'} {_kind(due).upper()}{_minutes(due)}"
        cells = digits_width(whole, scale) + 2
        if used + cells + 2 > columns:
            left += 1
            continue
        for line, text in zip(lines, big_digits(whole, scale), strict=True):
            line += [Span(" ", "foot"), Span(f" {text} ", _role(due, beat)), Span(" ", "foot")]
        used += cells + 2
    more = f", and {left} more" if left else ""
    return [(Span(f"{words}{more}", "foot-key"),), *(tuple(line) for line in lines)]


def _coming_line(foot: Foot, view: View, columns: int) -> Line:
    late = [_late(one, minutes, foot, view, columns) for one, minutes in foot.late]
    while late and line_width(late) > columns * 2 // 5:
        late.pop()
    room = columns - line_width(late)
    if not foot.arrivals:
        return aligned((Span(" Nobody is waiting or to come", "foot"),), late, columns, "foot")
    line: list[Span] = [Span(" Next ", "foot-key")]
    for one in foot.arrivals:
        item = _arrival(one, view, foot)
        if line_width(line) + line_width(item) + 1 > room:
            break
        line += [Span(" ", "foot"), *item]
    return aligned(line, late, columns, "foot")


def _late(one: Practitioner, minutes: int, foot: Foot, view: View, columns: int) -> Span:
    """A practitioner who keeps the next one waiting, marked by the clinic's threshold."""
    grade = foot.clinic.late.grade(minutes)
    mark = f"{grade.mark} " if grade.mark else ""
    return Span(f" {mark}{visible(one.name)} {minutes}′ late{_free(one, foot, view, columns)} ", _ROLES[grade])


def _free(one: Practitioner, foot: Foot, view: View, columns: int) -> str:
    """When they are free again, where there is room for that."""
    free = foot.free.get(one.id)
    return f", free {view.clock(free)}" if free is not None and free > foot.now and columns >= FREE_FROM else ""


def _arrival(one: Expected, view: View, foot: Foot) -> tuple[Span, ...]:
    visit = one.visit
    who = visit.patient
    name = cut(who.initials if view.initials else who.short_name, 18)
    said = [Span(f" {view.clock(visit.starts)} {name}", "foot")]
    if visit.status is Status.ARRIVED:
        said.append(Span(" here", "foot-key"))
    held = held_up(visit, foot.clinic, foot.now)
    if held is not None and (held.what == "late" or held.grade is not Grade.NONE):
        mark = f"{held.grade.mark} " if held.grade.mark else ""
        said.append(Span(f" {mark}{held.what} {held.minutes}′", _ROLES[held.grade]))
    elif one.slips:
        said.append(Span(f" → {view.clock(one.starts)}", "foot-key"))
    return (*said, Span(" ", "foot"))


def _role(due: Due, beat: Beat) -> str:
    return "foot" if due.alarm is Alarm.NONE else beat.role(due.alarm)


def _kind(due: Due) -> str:
    """What it is, where it is not the needles, which is what everybody takes it for."""
    return "" if due.kind == NEEDLES else f"{due.kind} "


def _timer(due: Due) -> str:
    return f"{_mark(due)}{minutes_and_seconds(due.remaining_seconds)}"


def _minutes(due: Due) -> str:
    """Minutes left, rounded up, or past due, rounded down: `8'`, `+2'`."""
    left = due.remaining_seconds
    return f"{_mark(due)}+{-left // 60}'" if left < 0 else f"{_mark(due)}{-(-left // 60)}'"


def _mark(due: Due) -> str:
    return f"{due.alarm.mark} " if due.alarm is not Alarm.NONE else ""
