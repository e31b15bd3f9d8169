"""The frame around every screen, as lines: header, message line, key line; the rooms between them are in `strip`.

Pure functions of values and a width, so that they are tested without a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from frontdesk.patterns import late
from frontdesk.text import visible
from frontdesk.ui.keys import Keymap
from frontdesk.ui.layout.cells import Line, Span, aligned, cut, cut_list, fit, line_width, width, wrapped
from frontdesk.ui.live_keys import live

TABS = (
    ("screen.day", "Day", "Day"),
    ("screen.patients", "Patients", "Pat"),
    ("screen.rooms", "Rooms", "Rooms"),
    ("screen.recalls", "Recalls", "Call"),
    ("screen.waiting", "Waiting", "Wait"),
    ("screen.reminders", "Reminders", "Rem"),
    ("screen.reports", "Reports", "Rep"),
)
"""The screens as the header names them: action, word, and the word where there is less room."""
NOT_LIVE = "TIMERS NOT LIVE"
"""What every screen says while the database is out of reach."""
_FOLDERS = late(r"(?<!\S)/\S*/(?=\S)")
"""The folders before a file's name."""
SMALLEST = (60, 15)
"""Columns and rows below which a screen shows alarms and nothing else."""
MESSAGE_ROWS = 3
"""What a long message takes at most."""
UNDOES_CELLS = (40, 24, 12)
"""The cells that what an undo takes back may be named in, the most first."""
CHIP_CELLS = 21
"""What a chip with a name takes in the strip, more or less."""


class Header(Struct, frozen=True):
    """What the header says; `marks` are permanent notices such as DEMO CLOCK, `counts` what waits on a screen."""

    clinic: str
    title: str
    tab: str
    clock: str
    who: str
    marks: tuple[str, ...] = ()
    counts: Mapping[str, int] = {}


def header_line(head: Header, cells: int) -> Line:
    """The header: whose clinic and which day, the screens, the time and who acts. The time is never cut."""
    clock = "0" * len(head.clock)
    counts = tuple(head.counts.items())
    line = _header_around(head.clinic, head.title, head.tab, clock, head.who, head.marks, counts, cells, live())
    if not clock or line[-2:-1] != (Span(f" {clock}", "head-strong"),):
        return line
    return (*line[:-2], Span(f" {head.clock}", "head-strong"), line[-1])


@lru_cache(maxsize=32)
def _header_around(
    clinic: str,
    title: str,
    tab: str,
    clock: str,
    actor: str,
    marks: tuple[str, ...],
    counts: tuple[tuple[str, int], ...],
    cells: int,
    keymap: Keymap,
) -> Line:
    """The header around any clock: remembered, since the time alone is another each second."""
    head = Header(clinic, title, tab, clock, actor, marks, dict(counts))
    right = [Span(" " if head.marks else "", "head"), *(Span(f" {mark} ", "demo") for mark in head.marks)]
    right.append(Span(f" {head.clock}" if head.clock else "", "head-strong"))
    who = Span(f" · {cut(head.who, 16)} ", "head-dim") if head.who else Span(" ", "head")
    left = [Span(f" {cut(head.clinic, 32)}", "head-strong")] if head.clinic else [Span(" ", "head")]
    if head.title:
        left.append(Span(f" · {cut(head.title, 40)} " if head.clinic else f"{cut(head.title, 40)} ", "head"))
    space = cells - line_width(right) - width(who.text)
    # The clinic's name gives way first: whoever sits here knows it; the day does not, and the screens are gone to.
    day = [Span(f" {cut(head.title or head.clinic, 40)} ", "head")]
    forms = [_tabs(head, form, keymap) for form in _FORMS]
    tries = [(left, one) for one in forms[:_NAMED]] + [(day, one) for one in forms]
    fitting = next((one for one in tries if line_width(one[0]) + 1 + line_width(one[1]) <= space), None)
    if fitting is None:
        tabs = forms[-1]
        room = max(0, space - line_width(tabs) - 3)
        left = [Span(f" {cut_list(head.title or head.clinic, room)} ", "head")]
    else:
        left, tabs = fitting
    middle = (*left, Span(" " * _centred(cells, left, tabs, right, who), "head"), *tabs)
    return aligned(middle, (*right, who), cells, "head")


class _Form(Struct, frozen=True, gc=False):
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


def _tabs(head: Header, form: _Form, keymap: Keymap) -> list[Span]:
    """The screens by key and word; behind the word how many wait there."""
    if head.tab and head.tab not in (word for _, word, _ in TABS):
        return []  # the wall board and the set-up are none of the screens, and can do with the room
    spans: list[Span] = []
    beside = False
    for action_id, long, short in TABS:
        key = keymap.action(action_id).key_words
        count, shown = head.counts.get(long, 0), long == head.tab
        word = long if shown or form.long else short if form.short or not key or (form.waiting and count) else ""
        text = f"{key} {word}".strip()
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


def strip_rows(rooms: int, columns: int, rows: int) -> int:
    """How many rows the strip takes so that every room has its chip, while the window is high enough.

    It does not change as timers run, so that nothing below it jumps.
    """
    most = 1 if rows < 20 else 2 if rows < 50 else 3
    return max(1, min(most, -(-rooms * CHIP_CELLS // max(1, columns))))


def message_lines(
    text: str,
    tone: str,
    undo: str,
    columns: int,
    news: Sequence[Line] = (),
    *,
    undoes: str = "",
    rows: int = MESSAGE_ROWS,
) -> tuple[Line, ...]:
    """The last thing done or refused, and `u undo` at the right where it can be undone by the key `undo`.

    Where that takes back something else than the message tells of, `undoes` says what: as much of it as there is room
    for beside the message.

    One row, or where it is longer as many of `rows` as it takes. `tone` is a role: `done`, `error`, `warn`, `dim`. An
    error also begins with a mark, for eyes without colour. `news` stands at the right in the longest of its forms that
    there is room for beside the message; for what was done it gets a row of its own, for what was refused it waits.
    """
    mark = {"error": "✗ ", "warn": "! "}.get(tone, "") if text else ""
    rights = [_undo(undo, undoes, cells) for cells in (UNDOES_CELLS if undoes else (0,))] if undo and text else [()]
    right = rights[-1]
    indent = " " * width(mark)
    said = wrapped(f"{mark}{visible(text)}", columns - 2, indent=indent) or [""]
    if len(said) > rows:
        rest = " ".join(row.strip() for row in said[rows - 1 :])
        said[rows - 1 :] = [cut(f"{indent if rows > 1 else ''}{rest}", columns - 2 - line_width(right))]
    forms: list[Line] = [(Span("  "), *one, *((Span(" "),) if right else ()), *right) for one in news]
    # What was done is worth a row of its own beside them, a refusal is not.
    wanted = forms if forms and not mark else [*forms, *rights]
    ends = next((one for one in wanted if 1 + width(said[-1]) + line_width(one) <= columns), None)
    if ends is None and len(said) < rows:
        said.append("")
        ends = next((one for one in wanted if line_width(one) < columns), right)
    elif ends is None:
        ends = right
        said[-1] = cut(said[-1], columns - 2 - line_width(right))
    lines = [fit((Span(f" {row}", tone),), columns) for row in said[:-1]]
    return (*lines, aligned((Span(f" {said[-1]}", tone),), ends, columns))


def _undo(key: str, undoes: str, cells: int) -> Line:
    """`u undo`, or what it undoes in that many cells: `u undoes “Garcia M: arr…”`."""
    words = f" undoes “{cut(visible(undoes), cells)}” " if undoes else " undo "
    return (Span(" "), Span(key, "key"), Span(words, "dim"))


def banner_line(notice: str, reason: str, columns: int) -> Line:
    """Why the timers are not live; the `notice`, which the strip has too, and a file's folder only where they fit."""
    short = _FOLDERS.sub("", reason)
    words = next((one for one in (f"{notice}: {reason}", f"{notice}: {short}", reason) if width(one) < columns), short)
    return aligned((Span(f" {cut(words, columns)}", "banner"),), (), columns)


@lru_cache(maxsize=64)
def key_line(keys: tuple[tuple[str, str], ...], columns: int, *, last: tuple[str, str] | None = None) -> Line:
    """The keys that work here, as many as fit; `last` is always there, at the right.

    Remembered: it is asked for after every key, and a day has a handful of different ones.
    """
    right = (Span(f"{last[0]}", "foot-key"), Span(f" {last[1]} ", "foot")) if last else ()
    room = columns - line_width(right)
    line: list[Span] = [Span(" ", "foot")]
    used = 1
    for key, words in keys:
        if last is not None and (key, words) == last:
            continue
        more = (Span(key, "foot-key"), Span(f" {words}  ", "foot"))
        used += line_width(more)
        if used > room:
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
