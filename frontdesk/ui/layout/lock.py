"""The lock as lines: the clock, the rooms with their timers and alarms, how to open it; nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.retention import Alarm
from frontdesk.ui.layout.cells import Line, Span, cut, fit, line_width, pad, width
from frontdesk.ui.layout.frame import SMALLEST, Header, header_line, key_line, minutes_and_seconds, strip_rows
from frontdesk.ui.layout.strip import (
    STEADY,
    Beat,
    alarm_seconds,
    alarm_words,
    held_words,
    nearest_timer,
    strip_lines,
    too_small_lines,
)

BOX_CELLS = 44
"""The column in the middle that the words and the rooms stand in."""
MOST_DOTS = 24
_STATE_WORDS = {
    RoomState.COUNT_OWED: "COUNT OWED",
    RoomState.TURNOVER: "turning over",
    RoomState.RETENTION: "needles in",
}


class Locked(Struct, frozen=True, gc=False):
    """What the lock says beside the rooms."""

    clinic: str
    clock: str
    since: str
    who: str
    marks: tuple[str, ...] = ()
    notice: str = ""
    """That the timers are not live."""
    asks: bool = False
    """Whether a passphrase opens it; else Enter does."""
    dots: int = 0
    told: str = ""
    wait_s: int = 0
    checking: bool = False


def lock_lines(
    locked: Locked, rooms: Sequence[RoomNow], columns: int, rows: int, *, beat: Beat = STEADY
) -> tuple[Line, ...]:
    """The whole window: header and strip where they always are, the lock and the rooms large in the middle."""
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        small = too_small_lines(rooms, columns, max(1, rows - 1), locked.notice, names=False)
        said = cut(f" LOCKED {locked.clock}  {_how(locked)[0]}", columns)
        return (fit((Span(said, "head-strong"),), columns), *small)[:rows]
    head = header_line(
        Header(locked.clinic, "LOCKED", "LOCKED", locked.clock, locked.who, locked.marks),
        columns,
    )
    strip = strip_lines(
        rooms, columns, strip_rows(len(rooms), columns, rows), beat=beat, notice=locked.notice, names=False
    )
    foot = key_line(_keys(locked, rooms), columns, last=None)
    space = rows - len(strip) - 2
    middle = _middle(locked, rooms, columns, space, beat)
    above = max(0, (space - len(middle)) // 3)
    blank = fit((), columns)
    body = [*(blank for _ in range(above)), *middle]
    return (head, *strip, *body, *(blank for _ in range(space - len(body))), foot)


def _middle(locked: Locked, rooms: Iterable[RoomNow], columns: int, space: int, beat: Beat) -> list[Line]:
    how, role = _how(locked)
    since = f"Locked since {locked.since}" if locked.since else "Locked"
    words = [
        _centred((Span(since, "strong"),), columns),
        fit((), columns),
        _centred((Span(how, role),), columns),
        _centred((Span(locked.told, "warn"),), columns),
        fit((), columns),
    ]
    busy = [one for one in sorted(rooms, key=lambda one: one.urgency) if one.state is not RoomState.FREE]
    room = max(0, space - len(words))
    # An empty row between two rooms, where there is room for that.
    apart = 2 if len(busy) * 2 <= room else 1
    shown = busy[: room // apart]
    if len(shown) < len(busy) and shown:
        shown = shown[:-1]
    lines = list(words)
    for one in shown:
        lines.append(_centred(_room(one, beat), columns))
        if apart == 2:
            lines.append(fit((), columns))
    if len(shown) < len(busy):
        lines.append(_centred((Span(f"+{len(busy) - len(shown)} more", "dim"),), columns))
    return lines[:space]


def _room(one: RoomNow, beat: Beat) -> Line:
    """`*** Room 2   OVERDUE   +01:10`, the whole row in the alarm's look."""
    timed = nearest_timer(one)
    if one.level is not Alarm.NONE:
        seconds = alarm_seconds(one)
        mark, said, role = one.level.mark, alarm_words(one), beat.role(one.level)
    elif one.state is RoomState.RETENTION:
        seconds = timed.remaining_seconds if timed is not None else one.remaining_seconds
        said = timed.kind if timed is not None else "may come out" if one.may_come_out else "needles in"
        mark, role = "●", "retention-ink"
    else:
        seconds = one.remaining_seconds if one.state is RoomState.TURNOVER else None
        mark = "!" if one.state is RoomState.COUNT_OWED else ""
        said = _STATE_WORDS.get(one.state) or held_words(one)[1]
        role = "owed" if one.state is RoomState.COUNT_OWED else "dim"
    timer = minutes_and_seconds(seconds) if seconds is not None else ""
    name = pad(one.room.name, 18)
    left = f" {pad(mark, 3)} {name} {said}"
    gap = max(1, BOX_CELLS - width(left) - width(timer) - 1)
    return fit((Span(f"{left}{' ' * gap}{timer} ", role),), BOX_CELLS)


def _how(locked: Locked) -> tuple[str, str]:
    """How to open it, and the role of the words."""
    if not locked.asks:
        return "Enter opens it", "text"
    if locked.checking:
        return "…", "dim"
    if locked.wait_s:
        return f"Try again in {locked.wait_s} s", "warn"
    if not locked.dots:
        return "Type the passphrase, then Enter", "text"
    return f"Passphrase: {'•' * min(MOST_DOTS, locked.dots)}", "strong"


def _keys(locked: Locked, rooms: Iterable[RoomNow]) -> tuple[tuple[str, str], ...]:
    sounds = any(alarm.sounds for one in rooms for alarm in one.alarms)
    hush = ((".", "silence"),) if sounds else ()
    return (("Enter", "open"), *hush, *((("Esc", "begin anew"),) if locked.dots else ()))


def _centred(line: Line, columns: int) -> Line:
    return fit((Span(" " * max(0, (columns - line_width(line)) // 2)), *line), columns)
