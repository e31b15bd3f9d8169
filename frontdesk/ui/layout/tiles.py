"""A tile a room: its timer in big digits, who is there, and what is due. Pure, so that it is tested without a terminal.

Read from three metres: digits first, alarm as stars, word and colour; the rest is for whoever stands in front of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.retention import Alarm
from frontdesk.text import visible
from frontdesk.ui.layout.big_digits import (
    big_digits,
    digits_height,
    digits_width,
    fitting_scale,
    has_signs,
    timer_digits,
)
from frontdesk.ui.layout.cells import Line, Span, aligned, cut, fit, line_width, width
from frontdesk.ui.layout.frame import minutes_and_seconds
from frontdesk.ui.layout.strip import STEADY, Beat, bar, ever_shorter
from frontdesk.ui.layout.tile_words import View, plain, words_lines

USUAL_TIMER = "00:00"
"""What a tile leaves room for; past due the sign is drawn smaller where it does not fit."""
LOWEST_TILE, NARROWEST_TILE = 3, 19
WORDS = 2
"""Rows of a tile that digits leave to words."""


class Grid(Struct, frozen=True):
    """How many tiles stand side by side and beneath each other, their size in cells, and the scale of their digits."""

    columns: int
    rows: int
    tile_width: int
    tile_height: int
    scale: int

    def place(self, index: int) -> tuple[int, int]:
        """The row and column of a tile."""
        return divmod(index, self.columns)


def grid_for(rooms: int, columns: int, rows: int, *, board: bool = False) -> Grid:
    """The grid that gives `rooms` tiles the largest digits, then the most room beside them.

    On a `board` digits leave room for the room's name in letters half as high. When not all tiles fit, they are as low
    as they may be and scroll.
    """
    best: tuple[tuple[int, int], Grid] | None = None
    for across in range(1, max(1, rooms) + 1):
        down = -(-rooms // across) or 1
        wide = (columns - across + 1) // across
        high = rows // down
        if (wide < NARROWEST_TILE and across > 1) or high < LOWEST_TILE:
            continue
        scale = fitting_scale(USUAL_TIMER, wide - 2, high - 1 - WORDS) or min(
            1, fitting_scale(USUAL_TIMER, wide - 2, high - 1)
        )
        while board and scale > 1 and digits_height(scale) + digits_height(name_scale(scale)) > high - 1 - WORDS:
            scale -= 1
        grid = Grid(across, down, wide, high, scale)
        # Same digits: the tiles nearest to the shape of their text, about four cells to a row.
        score = (grid.scale, -abs(wide - 4 * high))
        if best is None or score > best[0]:
            best = (score, grid)
    if best is not None:
        return best[1]
    across = max(1, (columns + 1) // (NARROWEST_TILE + 1))
    wide = (columns - across + 1) // across
    return Grid(across, -(-rooms // across), wide, min(LOWEST_TILE, max(1, rows)), 0)


def name_scale(scale: int) -> int:
    """The scale of the letters in a board's tile whose digits have that scale."""
    return max(1, scale // 2)


def tiles_lines(
    rooms: Sequence[RoomNow],
    grid: Grid,
    columns: int,
    rows: int,
    view: View,
    *,
    selected: int | None = None,
    top: int = 0,
    beat: Beat = STEADY,
) -> tuple[Line, ...]:
    """All tiles as rows of the screen; `top` is the first row of tiles shown, `selected` the id of a room."""
    lines: list[Line] = []
    for row in range(top, grid.rows):
        here = rooms[row * grid.columns : (row + 1) * grid.columns]
        draw = board_tile if view.board else tile_lines
        tiles = [
            draw(one, grid.tile_width, grid.tile_height, grid.scale, view, selected=one.room.id == selected, beat=beat)
            for one in here
        ]
        for line in range(grid.tile_height):
            spans: list[Span] = []
            for tile in tiles:
                spans.extend((Span(" "),) if spans else ())
                spans.extend(tile[line])
            lines.append(fit(spans, columns))
        if len(lines) >= rows:
            break
    return tuple(lines[:rows])


def first_row(selected_row: int, top: int, shown: int, rows: int) -> int:
    """The first row of tiles to show, moved as little as keeps the selected one in sight."""
    top = min(max(top, selected_row - shown + 1), selected_row)
    return max(0, min(top, rows - shown))


def tile_lines(
    now: RoomNow, cells: int, rows: int, scale: int, view: View, *, selected: bool = False, beat: Beat = STEADY
) -> tuple[Line, ...]:
    """One tile, exactly `rows` lines of `cells` cells."""
    ink, fill = _roles(now, beat)
    edge = Span("▌" if selected else " ", "tile-edge" if selected else fill)
    inner = cells - 1
    title = _title(now, inner, view, fill, selected)
    room = rows - 1
    timer, size = _timer(now, inner - 1, room, scale)
    body: list[Line] = []
    if timer:
        high = digits_height(size)
        roomy = room - high > 5
        body.extend(() for _ in range(roomy))
        digits = timer_digits(timer, size, inner - 2)
        indent = Span(" " * (max(1, (inner - len(digits[0])) // 2) if view.board else 1), fill)
        body.extend((indent, Span(text, ink)) for text in digits)
        if now.state is RoomState.RETENTION and room - len(body) > 3:
            body.append((Span(bar(now.progress, inner - 3), ink),))
    else:
        body.extend(() for _ in range(room > 5))
    body.extend(words_lines(now, inner, room - len(body), view, ink, fill))
    body.extend(() for _ in range(room - len(body)))
    return tuple((edge, *fit(line, inner, fill)) for line in (title, *body[:room]))


def board_tile(
    now: RoomNow, cells: int, rows: int, scale: int, view: View, *, selected: bool = False, beat: Beat = STEADY
) -> tuple[Line, ...]:
    """A tile of the wall board: the room's name and the alarm's word in letters that are read from as far as digits.

    Where the tile is too low for that, it is the usual one.
    """
    ink, fill = _roles(now, beat)
    band = _band(now, cells - 3, rows - 2 - digits_height(scale), scale, view, ink, fill)
    if not band:
        return tile_lines(now, cells, rows, scale, view, selected=selected, beat=beat)
    body: list[Line] = [
        fit((Span(" ", plain(fill, "tile-head")), *line), cells, plain(fill, "tile-head")) for line in band
    ]
    if rows - len(body) - digits_height(scale) > 4:
        body.append(())
    timer, size = _timer(now, cells - 3, rows - len(body), scale)
    if timer:
        digits = timer_digits(timer, size, cells - 3)
        indent = Span(" " * max(1, (cells - len(digits[0])) // 2), fill)
        body.extend((indent, Span(text, ink)) for text in digits)
        if now.state is RoomState.RETENTION and rows - len(body) > 2:
            body.append((Span(f" {bar(now.progress, cells - 4)}", ink),))
    body.extend(words_lines(now, cells, rows - len(body), view, ink, fill))
    body.extend(() for _ in range(rows - len(body)))
    return tuple(fit(line, cells, fill) for line in body[:rows])


def _band(now: RoomNow, cells: int, rows: int, scale: int, view: View, ink: str, fill: str) -> list[Line]:
    """The head of a board's tile: name, who, and what is the matter; empty where it does not fit."""
    name = now.room.short_name.upper()
    size = name_scale(scale)
    while size > 1 and (digits_width(name, size) > cells // 2 or digits_height(size) > rows):
        size -= 1
    if scale < 2 or not has_signs(name) or digits_width(name, size) > cells // 2 or digits_height(size) > rows:
        return []
    left = big_digits(name, size)
    room = cells - len(left[0]) - (2 if size == 1 else 3 * size)
    said = next((text for text in _matters(now) if digits_width(text, size) <= room), "")
    right = big_digits(said, size) if said else tuple("" for _ in left)
    who = _who(now, view)
    between = cells - len(left[0]) - len(right[0]) - 3
    if view.initials and width(who) > between:
        # Half of them would be somebody else's.
        who = ""
    loud = ink if fill != "tile" else "tile-low-head" if now.level is Alarm.LOW else "tile-head"
    lines: list[Line] = []
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        text = cut(who, between) if row == len(left) // 2 and between > 1 else ""
        middle = f"  {text}" + " " * max(0, between - width(text) + 1)
        lines.append(
            (
                Span(one, plain(fill, "tile-room")),
                Span(cut(middle, max(0, between + 3)), plain(fill, "tile-name")),
                Span(other, loud),
            )
        )
    return lines


def _matters(now: RoomNow) -> tuple[str, ...]:
    """What a board says in big letters beside the room, in ever shorter words."""
    if now.level is not Alarm.NONE:
        words = [one.upper() for one in ever_shorter(now)]
        short = {"OVERDUE": "OVER", "NOBODY'S": "WHO?"}.get(words[-1], words[-1])
        return tuple(f"{now.level.mark}{text}" for text in (*(f" {one}" for one in words), f" {short}", short, ""))
    if now.state is RoomState.COUNT_OWED:
        return ("! COUNT OWED", "! COUNT", "!")
    if now.state is RoomState.RETENTION:
        return ("MAY COME OUT", "MAY") if now.may_come_out else ()
    if now.state is RoomState.TURNOVER:
        return ("TURNING", "TURN")
    if now.state is RoomState.FREE:
        return ("FREE",)
    return ("OUT",) if now.state is RoomState.NEEDLES_OUT else ("IN ROOM", "IN")


def _who(now: RoomNow, view: View) -> str:
    """Who is in it; nobody any more while it is turned over."""
    visit = now.appointment
    if visit is None or now.state is RoomState.TURNOVER:
        return ""
    return visible(visit.patient.initials if view.initials else visit.patient.short_name)


def _roles(now: RoomNow, beat: Beat) -> tuple[str, str]:
    """The role of the digits and the role of what lies behind; an alarm takes the whole tile."""
    if now.level in (Alarm.MEDIUM, Alarm.HIGH):
        role = beat.role(now.level)
        return role, role
    if now.level is Alarm.LOW:
        return "tile-low", "tile"
    if now.state is RoomState.COUNT_OWED:
        return "owed", "owed"
    inks = {
        RoomState.RETENTION: "tile-timer",
        RoomState.TURNOVER: "tile-dim",
        RoomState.FREE: "tile-dim",
        RoomState.OCCUPIED: "tile-busy",
        RoomState.NEEDLES_OUT: "tile-busy",
    }
    return inks[now.state], "tile"


def _title(now: RoomNow, cells: int, view: View, fill: str, selected: bool) -> Line:
    who = _who(now, view)
    right: Line = ()
    short = cut(now.room.short_name, max(4, cells // 2))
    if now.level is not Alarm.NONE:
        role = "tile-low-head" if now.level is Alarm.LOW else fill
        # Which room it is must never give way to what is the matter there.
        words = ever_shorter(now)
        most = cells - width(short) - 2
        said = next((one for one in words if width(f" {now.level.mark} {one} ") <= most), words[-1])
        right = (Span(f" {now.level.mark} {said} ", role),)
    elif now.state is RoomState.COUNT_OWED:
        right = (Span(" ! COUNT OWED ", fill),)
    mark = "▸" if selected else " "
    room_role, name_role, head = ("cursor",) * 3 if selected else ("tile-room", "tile-name", "tile-head")
    room = cells - line_width(right) - 4
    whole = width(now.room.name) + width(who) <= room
    name = cut(now.room.name, room) if whole else short
    if view.initials and width(name) + width(who) + 2 > cells - line_width(right):
        # Half of them would be somebody else's.
        who = ""
    left = (Span(f"{mark}{name} ", plain(fill, room_role)), Span(who, plain(fill, name_role)))
    return aligned(left, right, cells, plain(fill, head))


def _timer(now: RoomNow, cells: int, rows: int, scale: int) -> tuple[str, int]:
    """What the digits say and their scale; smaller where they would not fit, the sign not counted."""
    text = ""
    if now.state is RoomState.RETENTION and now.remaining_seconds is not None:
        text = minutes_and_seconds(now.remaining_seconds)
    elif now.state is RoomState.COUNT_OWED and now.retention is not None:
        text = f"{now.retention.count_in}?"
    size = min(scale, fitting_scale(text.removeprefix("+"), cells, rows))
    return (text, size) if size else ("", 0)
