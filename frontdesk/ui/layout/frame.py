"""The frame around every screen, as lines: header, room strip, message line, key line.

Pure functions of values and a width, so that they are tested without a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.due import NEEDLES, Due, next_due
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import TimerKind
from frontdesk.ui.layout.cells import Line, Span, aligned, cut, fit, line_width, width

TABS = (
    ("1", "Day", "Day"),
    ("2", "Patients", "Pat"),
    ("3", "Rooms", "Rooms"),
    ("4", "Recalls", "Call"),
    ("5", "Waiting", "Wait"),
    ("6", "Reminders", "Rem"),
    ("7", "Reports", "Rep"),
)
"""The screens as the header names them: key, word, and the word where there is less room."""
NOT_LIVE = "TIMERS NOT LIVE"
_FOLDERS = re.compile(r"(?<!\S)/\S*/(?=\S)")
"""The folders before a file's name."""
"""What every screen says while the database is out of reach."""
SMALLEST = (60, 15)
"""Columns and rows below which a screen shows alarms and nothing else."""
BAR_CELLS = 9
CHIP_CELLS = 21
"""What a chip with a name takes in the strip, more or less."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; `marks` are permanent notices such as DEMO CLOCK, `counts` what waits on a screen."""

    clinic: str
    title: str
    tab: str
    clock: str
    who: str
    marks: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def header_line(head: Header, cells: int) -> Line:
    """The header: whose clinic and which day, the screens, the time and who acts. The time is never cut."""
    right = [Span(" " if head.marks else "", "head"), *(Span(f" {mark} ", "demo") for mark in head.marks)]
    right.append(Span(f" {head.clock}" if head.clock else "", "head-strong"))
    who = Span(f" · {cut(head.who, 16)} ", "head-dim") if head.who else Span(" ", "head")
    left = [Span(f" {cut(head.clinic, 32)}", "head-strong")] if head.clinic else [Span(" ", "head")]
    if head.title:
        left.append(Span(f" · {cut(head.title, 40)} " if head.clinic else f"{cut(head.title, 40)} ", "head"))
    space = cells - line_width(right) - width(who.text)
    # The clinic's name gives way first: whoever sits here knows it; the day does not, and the screens are gone to.
    day = [Span(f" {cut(head.title or head.clinic, 40)} ", "head")]
    forms = [_tabs(head, form) for form in _FORMS]
    tries = [(left, one) for one in forms[:_NAMED]] + [(day, one) for one in forms]
    fitting = next((one for one in tries if line_width(one[0]) + 1 + line_width(one[1]) <= space), None)
    if fitting is None:
        tabs = forms[-1]
        room = max(0, space - line_width(tabs) - 3)
        left = [Span(f" {cut(head.title or head.clinic, room)} ", "head")]
    else:
        left, tabs = fitting
    middle = (*left, Span(" " * _centred(cells, left, tabs, right, who), "head"), *tabs)
    return aligned(middle, (*right, who), cells, "head")


@dataclass(frozen=True, slots=True)
class _Form:
    """How the screens are named: by their whole words, short ones, or by the key alone, with what waits or without."""

    long: bool = False
    short: bool = False
    waiting: bool = False
    """Whether those on which something waits are named though the others are not."""
    counts: bool = True
    gap: str = " "


_FORMS = (
    _Form(long=True, gap="  "),
    _Form(long=True),
    _Form(short=True, gap="  "),
    _Form(short=True),
    _Form(waiting=True),
    _Form(),
    _Form(counts=False),
)
"""From the most words to the fewest; the screen that is shown has its whole word in all."""
_NAMED = 4
"""How many of them name every screen."""


def _tabs(head: Header, form: _Form) -> list[Span]:
    """The screens by key and word; behind the word how many wait there."""
    if head.tab and head.tab not in (word for _, word, _ in TABS):
        return []  # the wall board and the set-up are none of the screens, and can do with the room
    spans: list[Span] = []
    beside = False
    for key, long, short in TABS:
        count, shown = head.counts.get(long, 0), long == head.tab
        word = long if shown or form.long else short if form.short or (form.waiting and count) else ""
        text = f"{key} {word}" if word else key
        if spans:
            # The screen that is shown has a space of its own on both sides.
            spans.append(Span(form.gap[1:] if shown or beside else form.gap, "head-dim"))
        spans.append(Span(f" {text} ", "tab") if shown else Span(text, "head-dim"))
        if count and not shown and form.counts:
            spans.append(Span(f"({count})", "head-strong"))
        beside = shown
    return spans


def _centred(cells: int, left: Sequence[Span], tabs: Sequence[Span], right: Sequence[Span], who: Span) -> int:
    space = cells - line_width(left) - line_width(tabs) - line_width(right) - width(who.text)
    middle = (cells - line_width(tabs)) // 2 - line_width(left)
    return max(0, min(space, middle))


def minutes_and_seconds(seconds: int) -> str:
    """`07:12` left, `+01:10` past due."""
    sign = "+" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes:02}:{rest:02}"


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


@dataclass(frozen=True, slots=True)
class Beat:
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
    room = _visible_room(now)
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
    words = "needles out" if now.state is RoomState.NEEDLES_OUT else "in room"
    mark = "○" if now.state is RoomState.NEEDLES_OUT else "◐"
    return (Span(f"{mark} {room}{name}" + (f" {words}{beside}" if size == 2 else ""), "occupied"),)


def _visible_room(now: RoomNow) -> str:
    return cut(now.room.short_name, 12)


def strip_rows(rooms: int, columns: int, rows: int) -> int:
    """How many rows the strip takes so that every room has its chip, while the window is high enough.

    It does not change as timers run, so that nothing below it jumps.
    """
    most = 1 if rows < 20 else 2 if rows < 50 else 3
    return max(1, min(most, -(-rooms * CHIP_CELLS // max(1, columns))))


def strip_lines(
    rooms: Iterable[RoomNow],
    columns: int,
    rows: int = 1,
    *,
    beat: Beat = STEADY,
    notice: str = "",
    names: bool = True,
) -> tuple[Line, ...]:
    """The room strip: every room that fits, most urgent first, and how many do not; a `notice` before them all.

    Chips shrink before any is left out, the least urgent first out, so an alarm is the last thing to go.
    """
    ordered = sorted(rooms, key=lambda one: one.urgency)
    first: list[Line] = [(Span(f" {notice} ", "banner"),)] if notice else []
    if not ordered:
        return tuple(fit(first[0] if first and row == 0 else (), columns) for row in range(rows))
    for size in (2, 1, 0):
        lines, left = _pack([*first, *(chip(one, size=size, beat=beat, names=names) for one in ordered)], columns, rows)
        if not left:
            return lines
    return lines


def _pack(chips: Sequence[Line], columns: int, rows: int) -> tuple[tuple[Line, ...], int]:
    """Chips laid in `rows` lines, and how many did not fit; the last line then says so."""
    lines: list[list[Span]] = [[] for _ in range(rows)]
    placed = 0
    for row, line in enumerate(lines):
        used = 1
        while placed < len(chips):
            rest = len(chips) - placed - 1
            need = line_width(chips[placed]) + (3 if line else 0)
            tail = width(f" +{rest} more") if row == rows - 1 and rest else 0
            if used + need + tail > columns and not (not line and row == rows - 1 and placed == 0):
                break
            line.extend((Span(" │ ", "rule"),) if line else (Span(" "),))
            line.extend(chips[placed])
            used += need
            placed += 1
    left = len(chips) - placed
    if left:
        lines[-1].append(Span(f" +{left} more", "dim"))
    return tuple(fit(line, columns) for line in lines), left


def due_lines(rooms: Iterable[RoomNow], columns: int, rows: int, *, beat: Beat = STEADY) -> tuple[Line, ...]:
    """What is due next over all rooms, the most urgent first, as many as fit; needles are not named, the rest is."""
    chips: list[Line] = []
    for room, due in next_due(rooms):
        left = minutes_and_seconds(due.remaining_seconds)
        what = _visible_room(room) if due.kind == NEEDLES else f"{_visible_room(room)} {due.kind}"
        if due.alarm is Alarm.NONE:
            chips.append((Span(f"{what} ", "text"), Span(left, "retention-ink")))
            continue
        text = f"{due.alarm.mark} {what} {left}"
        chips.append((Span(text if due.alarm is Alarm.LOW else f" {text} ", beat.role(due.alarm)),))
    if not chips:
        return tuple(fit((Span(" Nothing is due.", "dim"),) if not row else (), columns) for row in range(rows))
    lines, _ = _pack([(Span("Due next", "dim"),), *chips], columns, rows)
    return lines


def message_line(text: str, tone: str, undo: str, columns: int, news: Sequence[Line] = ()) -> Line:
    """The last thing done or refused, and `u undo` at the right where it can be undone by the key `undo`.

    `tone` is a role: `done`, `error`, `warn`, `dim`. An error also begins with a mark, for eyes without colour. `news`
    stands at the right in the longest of its forms that leaves the message whole; for what was done that gives way to
    the shortest, for what was refused it waits.
    """
    mark = {"error": "✗ ", "warn": "! "}.get(tone, "") if text else ""
    right: Line = (Span(" "), Span(undo, "key"), Span(" undo ", "dim")) if undo and text else ()
    left = Span(f" {mark}{cut(text, columns)}", tone)
    if news:
        after: Line = (Span(" "), *right) if right else ()
        room = columns - line_width(after)
        told = next((one for one in news if width(left.text) + 2 + line_width(one) <= room), None)
        if told is None and not mark:
            told = news[-1]
            left = Span(f" {cut(text, max(0, room - line_width(told) - 3))}", tone)
        right = (*told, *after) if told is not None else right
    return aligned((left,), right, columns)


def banner_line(notice: str, reason: str, columns: int) -> Line:
    """Why the timers are not live; the `notice`, which the strip has too, and a file's folder only where they fit."""
    short = _FOLDERS.sub("", reason)
    words = next((one for one in (f"{notice}: {reason}", f"{notice}: {short}", reason) if width(one) < columns), short)
    return message_line(words, "banner", "", columns)


def key_line(keys: Sequence[tuple[str, str]], columns: int, *, last: tuple[str, str] | None = None) -> Line:
    """The keys that work here, as many as fit; `last` is always there, at the right."""
    right = (Span(f"{last[0]}", "foot-key"), Span(f" {last[1]} ", "foot")) if last else ()
    room = columns - line_width(right)
    line: list[Span] = [Span(" ", "foot")]
    for key, words in keys:
        if last is not None and (key, words) == last:
            continue
        more = (Span(key, "foot-key"), Span(f" {words}  ", "foot"))
        if line_width(line) + line_width(more) > room:
            break
        line.extend(more)
    return aligned(line, right, columns, "foot")


def not_live_lines(seconds: int, columns: int, rows: int) -> tuple[Line, ...]:
    """The band over the wall board: that the timers are not live, for how long, and that they count on."""
    words = f"{NOT_LIVE} for {minutes_and_seconds(seconds)}"
    long = f"{words}: counting on from what was known"
    said = cut(long if width(long) <= columns else words, columns)
    middle = (Span(" " * max(0, (columns - width(said)) // 2), "banner"), Span(said, "banner"))
    blank = fit((), columns, "banner")
    above = (rows - 1) // 2
    return (*(blank for _ in range(above)), fit(middle, columns, "banner"), *(blank for _ in range(rows - above - 1)))


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
