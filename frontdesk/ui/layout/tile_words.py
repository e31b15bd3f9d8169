"""What a tile says beside its digits: most wanted first, in as many rows as there are."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.due import NEEDLES
from frontdesk.domain.retention import Alarm
from frontdesk.domain.threshold import Grade
from frontdesk.domain.visit import Status
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, aligned, cut, width
from frontdesk.ui.layout.frame import minutes_and_seconds

_GRADE_ROLES = {Grade.NOTICE: "tile-low", Grade.URGENT: "tile-urgent"}
NARROW = 30
"""Cells of a tile below which whoever is next is led in by an arrow."""


class View(Struct, frozen=True):
    """How tiles are shown: the clock that reads instants, and what strangers may see."""

    clock: Callable[[DateTime], str]
    initials: bool = False
    """Initials instead of names, for a board that faces the waiting room."""
    board: bool = False
    """Only what is read from afar, the digits in the middle."""


class _Said(Struct, frozen=True):
    """One thing to say, in ever shorter words, and the role it is said in."""

    variants: tuple[str, ...]
    role: str

    def within(self, cells: int) -> str:
        """The longest words that fit, else the shortest cut."""
        return next((one for one in self.variants if width(one) <= cells), cut(self.variants[-1], cells))


def plain(fill: str, role: str) -> str:
    """`role` on a quiet tile; on one that an alarm has taken, the alarm's own."""
    return role if fill == "tile" else fill


def words_lines(now: RoomNow, cells: int, rows: int, view: View, ink: str, fill: str) -> list[Line]:
    """At most `rows` lines; what does not get one of its own shares that of the one before it, where it fits."""
    said = _said(now, cells, view, ink, fill)
    while len(said) > max(rows, 0) and said:
        last = said.pop()
        if not said or len(said) > rows:
            continue
        shortest = width(said[-1].variants[-1]) + width(last.variants[-1]) + 2
        if shortest <= cells - 2:
            right = last.within(cells - 4 - width(said[-1].variants[-1]))
            left = said[-1].within(cells - 4 - width(right))
            line = aligned((Span(f" {left}", said[-1].role),), (Span(f"{right} ", last.role),), cells, fill)
            return [*(_line(one, cells) for one in said[:-1]), line]
    return [_line(one, cells) for one in said]


def _line(said: _Said, cells: int) -> Line:
    return (Span(f" {said.within(cells - 2)}", said.role),)


def _said(now: RoomNow, cells: int, view: View, ink: str, fill: str) -> list[_Said]:
    visit, retention = now.appointment, now.retention
    dim = plain(fill, "tile-dim")
    lines = [_state(now, view, ink, fill)]
    timed = _timed(now, fill)
    if now.timed_alarm is not None:
        lines += timed
    if retention is not None and now.state is RoomState.RETENTION:
        if retention.leave_by is not None:
            by = view.clock(retention.leave_by)
            lines.append(_Said((f"must leave by {by}", f"leave by {by}"), plain(fill, "tile-low")))
        count, out, latest = retention.count_in, view.clock(retention.due_at), view.clock(retention.latest_at)
        came_in = view.clock(retention.in_at)
        # Past due the line above already says since when.
        shortest = f"out {out}" if now.needles_alarm is Alarm.NONE else f"{count} in"
        lines.append(
            _Said(
                (
                    f"{count} needles in at {came_in}, out {out}, latest {latest}",
                    f"{count} in at {came_in}, out {out}, latest {latest}",
                    f"{count} in, out {out}, latest {latest}",
                    f"{count} in, out {out}",
                    shortest,
                ),
                dim,
            )
        )
    if now.timed_alarm is None:
        lines += timed
    following = now.next_appointment
    if following is not None and following is not visit:
        who = following.patient
        here = following.status is Status.ARRIVED
        at, tail = view.clock(following.starts), " is here" if here else ""
        held = now.next_waits
        role = plain(fill, "tile-may") if here else dim
        if held is not None and held.grade is not Grade.NONE:
            tail += f" {held.grade.mark} {'' if here else 'late '}{held.minutes}′"
            role = plain(fill, _GRADE_ROLES[held.grade])
        lead = "next" if cells >= NARROW else "→"
        most = max(6, cells - 2 - width(f"{lead} {at} {tail}"))
        name = visible(who.initials if view.initials else who.short_name)
        alone = cut(name, max(6, cells - 2 - width(f"→ {at} ")))
        lines.append(_Said((f"{lead} {at} {cut(name, most)}{tail}", f"→ {at} {alone}", f"→ {at}"), role))
    if visit is not None and now.state is not RoomState.TURNOVER:
        # Whom nobody has is to be read before anything else; on the wall, whose patient it is before the rest.
        lines.insert(0 if now.ownerless else 1 if view.board else len(lines), _in_charge(now, visit, view, fill))
    return lines


def _in_charge(now: RoomNow, visit: Appointment, view: View, fill: str) -> _Said:
    name = visible(visit.in_charge.name)
    if now.ownerless:
        return _Said((f"nobody has this patient: {name} is off", f"nobody: {name} is off", "nobody has it"), fill)
    taken_over = f"{name} for {visible(visit.practitioner.name)}" if visit.holder is not None else name
    # How far a treatment has gone is nothing for the wall.
    far = now.plan.words if now.plan is not None and not view.board and not view.initials else ""
    with_plan = (f"{taken_over} · plan {far}", f"{name} · {far}") if far else ()
    return _Said((*with_plan, taken_over, name), plain(fill, "tile-text"))


def _timed(now: RoomNow, fill: str) -> list[_Said]:
    """What is timed beside the needles, the most urgent first; of many the first where there is little room."""
    timed = [due for due in now.dues if due.kind != NEEDLES]
    if not timed:
        return []
    said = [f"{due.kind} {minutes_and_seconds(due.remaining_seconds)}" for due in timed]
    role = "tile-low" if timed[0].alarm is not Alarm.NONE else "tile-text"
    return [_Said(tuple(", ".join(said[:count]) for count in range(len(said), 0, -1)), plain(fill, role))]


def _state(now: RoomNow, view: View, ink: str, fill: str) -> _Said:
    visit, retention = now.appointment, now.retention
    text = plain(fill, "tile-text")
    if now.state is RoomState.FREE or visit is None:
        return _Said(("free",), plain(fill, "tile-dim"))
    if now.state is RoomState.TURNOVER:
        return _Said((f"turning over {-(-(now.remaining_seconds or 0) // 60)}′",), ink)
    if now.state is RoomState.COUNT_OWED:
        return _Said(("needles out, not counted", "not counted"), text)
    if now.state is RoomState.RETENTION and retention is not None:
        if now.needles_alarm is not Alarm.NONE:
            since = f"due since {view.clock(retention.next_due_at)}"
            if now.remaining_seconds is not None and now.remaining_seconds > 0:
                since = f"out {minutes_and_seconds(now.remaining_seconds)} before plan"
            return _Said((f"{since}, silenced", since) if not now.sounds else (since,), text)
        if retention.open_end:
            return _Said(("the patient decides", "patient decides"), plain(fill, "tile-may"))
        return _Said(("may come out",), plain(fill, "tile-may")) if now.may_come_out else _Said(("needles in",), text)
    if now.waits is not None and now.waits.grade is not Grade.NONE:
        words = f"{now.waits.grade.mark} {visit.status.words}"
        role = plain(fill, _GRADE_ROLES[now.waits.grade])
        return _Said((f"{words}, waiting {now.waits.minutes}′", f"{words} {now.waits.minutes}′", words), role)
    mark = "○" if now.state is RoomState.NEEDLES_OUT else "◐"
    whose = (f"{mark} with {visible(visit.in_charge.name)}",) if visit.status is Status.WITH_PRACTITIONER else ()
    return _Said((f"{mark} {visit.status.words}", *whose), ink)
