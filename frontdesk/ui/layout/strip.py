"""The rooms as the frame shows them: the strip of chips, what is due next, and what a tiny window still tells.

Pure functions of values and a width, so that they are tested without a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.due import NEEDLES, Due, next_due
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.cells import Line, Span, cut, fit, line_width, width
from frontdesk.ui.layout.frame import minutes_and_seconds

BAR_CELLS = 9
_RULE = Span(" │ ", "rule")


def alarm_words(now: RoomNow) -> str:
    """`due`, `OVERDUE`, `NOBODY'S`, `check due`: what an alarm says beside its stars; it is never colour alone."""
    if now.timed_alarm is not None:
        return timed_words(now.timed_alarm)
    if now.ownerless and now.needles_alarm.rank < now.alarm.rank:
        return "NOBODY'S"
    return {Alarm.LOW: "due", Alarm.MEDIUM: "DUE", Alarm.HIGH: "OVERDUE"}.get(now.alarm, "")


def timed_words(due: Due) -> str:
    """`check due`, `LAMP LEFT ON`: what a timer that has run out says."""
    if due.alarm is Alarm.MEDIUM:
        return f"{due.kind} left on".upper()
    return f"{due.kind} due"


def ever_shorter(now: RoomNow) -> tuple[str, ...]:
    """What an alarm says beside its stars, for less and less room; the shortest still tells what it is about."""
    timed = now.timed_alarm
    if timed is None:
        return (alarm_words(now),)
    kind = timed.kind.upper() if timed.alarm is Alarm.MEDIUM else timed.kind
    return (timed_words(timed), *((f"{kind} ON",) if timed.alarm is Alarm.MEDIUM else ()), kind)


def alarm_seconds(now: RoomNow) -> int | None:
    """Seconds to what the alarm is about, negative past it; None where it is about no time."""
    return now.timed_alarm.remaining_seconds if now.timed_alarm is not None else now.remaining_seconds


def nearest_timer(now: RoomNow) -> Due | None:
    """What is timed beside the needles, where it comes before them."""
    return now.nearest if now.nearest is not None and now.nearest.kind != NEEDLES else None


def bar(progress: float, cells: int = BAR_CELLS) -> str:
    """How much of a retention has passed: `▕█████░░░░▏`."""
    full = min(cells, max(0, int(progress * cells + 0.5)))
    return f"▕{'█' * full}{'░' * (cells - full)}▏"


class Beat(Struct, frozen=True, gc=False):
    """Which face of a blinking alarm is shown: `slow` turns every second, `fast` every quarter of one.

    Medium alarms go by the slow one (0.5 Hz), high ones by the fast one (2 Hz; above 3 Hz would be a danger, WCAG
    2.3.1). The words and stars are the same on both faces.
    """

    slow: bool = False
    fast: bool = False

    def role(self, alarm: Alarm) -> str:
        """The look of an alarm on this beat."""
        turned = (alarm is Alarm.MEDIUM and self.slow) or (alarm is Alarm.HIGH and self.fast)
        return f"alarm-{alarm.value}-flash" if turned else f"alarm-{alarm.value}"


STEADY = Beat()


def chip(now: RoomNow, *, size: int = 2, beat: Beat = STEADY, names: bool = True) -> Line:
    """One room as the strip shows it. `size` 2 is whole, 1 leaves out the bar and long words, 0 the name too."""
    room = _name_of(now)
    visit = now.appointment
    name = f" {cut(visit.patient.short_name, 14)}" if visit is not None and size > 0 and names else ""
    seconds = now.remaining_seconds if now.remaining_seconds is not None else 0
    timed = nearest_timer(now)
    beside = f" {timed.kind} {minutes_and_seconds(timed.remaining_seconds)}" if timed is not None else ""
    if now.level is not Alarm.NONE:
        role = beat.role(now.level)
        passed = alarm_seconds(now)
        timer = f" {minutes_and_seconds(passed)}" if passed is not None else ""
        if (
            now.timed_alarm is not None
            and now.timed_alarm.kind == TimerKind.CHECK
            and now.remaining_seconds is not None
        ):
            # A check that nobody makes must not hide for a quarter of an hour when the needles are due.
            timer = f" · {minutes_and_seconds(seconds)}"
        text = f"{now.level.mark} {room}{name} {alarm_words(now)}{timer}"
        return (Span(f" {text} " if now.level is not Alarm.LOW else text, role),)
    if now.state is RoomState.RETENTION:
        if beside and size < 2:
            return (Span(f"● {room}{name}", "text"), Span(beside, "retention-ink"))
        spans = [Span(f"● {room}{name} ", "text"), Span(minutes_and_seconds(seconds), "retention-ink")]
        if now.may_come_out:
            spans.append(Span(" may come out" if size == 2 else " may", "done"))
        elif beside:
            spans.append(Span(beside, "dim"))
        elif size == 2:
            spans.append(Span(f" {bar(now.progress)}", "retention-ink"))
        return tuple(spans)
    if now.state is RoomState.COUNT_OWED:
        return (Span(f" ! {room}{name} COUNT OWED ", "owed"),)
    if now.state is RoomState.TURNOVER:
        return (Span(f"{room} {'turning over' if size == 2 else 'turn'} {-(-seconds // 60)}′", "turnover"),)
    if now.state is RoomState.FREE:
        return (Span(f"{room} free", "free"),)
    mark, words = held_words(now)
    return (Span(f"{mark} {room}{name}" + (f" {words}{beside}" if size == 2 else ""), "occupied"),)


def held_words(now: RoomNow) -> tuple[str, str]:
    """The mark and the words of a room whose patient has no needles in."""
    if now.state is RoomState.NEEDLES_OUT:
        return "○", "needles out"
    visit = now.appointment
    if visit is not None and visit.status is Status.WITH_PRACTITIONER:
        return "◑", "in care"
    return "◐", "in room"


def _name_of(now: RoomNow) -> str:
    return cut(now.room.short_name, 12)


def strip_lines(
    rooms: Iterable[RoomNow],
    columns: int,
    rows: int = 1,
    *,
    beat: Beat = STEADY,
    notice: str = "",
    names: bool = True,
    largest: int = 2,
) -> tuple[Line, ...]:
    """The room strip: every room that fits, most urgent first, and how many do not; a `notice` before them all.

    Chips shrink before any is left out, the least urgent first out, so an alarm is the last thing to go. `largest` is
    the size they have at most, from `strip_size` where that is known.
    """
    return _strip(rooms, columns, rows, beat=beat, notice=notice, names=names, largest=largest)[0]


def strip_size(rooms: Iterable[RoomNow], columns: int, rows: int, *, notice: str = "") -> int:
    """The size of the chips in such a strip."""
    return _strip(rooms, columns, rows, beat=STEADY, notice=notice, names=True, largest=2)[1]


def shape(now: RoomNow) -> tuple[object, ...]:
    """What of a room decides how wide its chips are: as long as it is the same, the size that fits is."""
    nearest = now.nearest
    due = (nearest.kind, nearest.remaining_seconds // 60) if nearest is not None else None
    return now.appointment, now.state, now.level, now.may_come_out, (now.remaining_seconds or 0) // 60, due


def _strip(
    rooms: Iterable[RoomNow], columns: int, rows: int, *, beat: Beat, notice: str, names: bool, largest: int
) -> tuple[tuple[Line, ...], int]:
    """The lines, and the size of the chips in them."""
    ordered = sorted(rooms, key=lambda one: one.urgency)
    first: list[Line] = [(Span(f" {notice} ", "banner"),)] if notice else []
    if not ordered:
        return tuple(fit(first[0] if first and row == 0 else (), columns) for row in range(rows)), largest
    for size in range(largest, -1, -1):
        # One by one: of the longer ones no more are made than there is room for.
        chips = (chip(one, size=size, beat=beat, names=names) for one in ordered)
        lines, left = _pack(chain(first, chips), len(first) + len(ordered), columns, rows)
        if not left:
            break
    return lines, size


def _pack(chips: Iterator[Line], count: int, columns: int, rows: int) -> tuple[tuple[Line, ...], int]:
    """`count` chips laid in `rows` lines, and how many did not fit; the last line then says so."""
    lines: list[list[Span]] = [[] for _ in range(rows)]
    placed = 0
    one = next(chips, ())
    for row, line in enumerate(lines):
        used = 1
        while placed < count:
            rest = count - placed - 1
            need = line_width(one) + (3 if line else 0)
            tail = width(f" +{rest} more") if row == rows - 1 and rest else 0
            if used + need + tail > columns and not (not line and row == rows - 1 and placed == 0):
                break
            line.extend((_RULE,) if line else (Span(" "),))
            line.extend(one)
            used += need
            placed += 1
            one = next(chips, ())
    left = count - placed
    if left:
        lines[-1].append(Span(f" +{left} more", "dim"))
    return tuple(fit(line, columns) for line in lines), left


def due_lines(rooms: Iterable[RoomNow], columns: int, rows: int, *, beat: Beat = STEADY) -> tuple[Line, ...]:
    """What is due next over all rooms, the most urgent first, as many as fit; needles are not named, the rest is."""
    chips: list[Line] = []
    for room, due in next_due(rooms):
        left = minutes_and_seconds(due.remaining_seconds)
        what = _name_of(room) if due.kind == NEEDLES else f"{_name_of(room)} {due.kind}"
        if due.alarm is Alarm.NONE:
            chips.append((Span(f"{what} ", "text"), Span(left, "retention-ink")))
            continue
        text = f"{due.alarm.mark} {what} {left}"
        chips.append((Span(text if due.alarm is Alarm.LOW else f" {text} ", beat.role(due.alarm)),))
    if not chips:
        return tuple(fit((Span(" Nothing is due.", "dim"),) if not row else (), columns) for row in range(rows))
    lines, _ = _pack(iter([(Span("Due next", "dim"),), *chips]), len(chips) + 1, columns, rows)
    return lines


def too_small_lines(
    rooms: Iterable[RoomNow], columns: int, rows: int, notice: str = "", *, names: bool = True
) -> tuple[Line, ...]:
    """What a window below 60 by 15 shows: that it is too small, and every alarm, one a row; a `notice` before them."""
    urgent = [one for one in sorted(rooms, key=lambda one: one.urgency) if one.level is not Alarm.NONE or one.retention]
    small = fit((Span("Too small: at least 60 × 15", "warn"),), columns)
    lines = [fit(chip(one, size=1 if columns >= 30 else 0, names=names), columns) for one in urgent]
    if notice:
        lines.insert(0, fit((Span(notice, "banner"),), columns))
    shown = lines[: max(0, rows - 1)]
    blank = fit((), columns)
    return (*shown, small, *(blank for _ in range(max(0, rows - len(shown) - 1))))[:rows]
