"""What of a day is in sight and where the cursor stands: the state behind the Day screen, without a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.packing import Slot
from frontdesk.domain.projection import Projection, project
from frontdesk.ui.layout import day_list_moves as list_moves
from frontdesk.ui.layout import day_moves as moves
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.conflicts import misfit_words
from frontdesk.ui.layout.day_draw import Carried, Window, centred_top, window_for
from frontdesk.ui.layout.day_entries import Key, View
from frontdesk.ui.layout.day_grid import Cursor, DayGrid, grid_of
from frontdesk.ui.layout.day_jumps import places_in_grid, places_in_list
from frontdesk.ui.layout.day_list import ListRow, list_height, list_lines, list_place, list_rows
from frontdesk.ui.layout.day_notes import name_of
from frontdesk.ui.layout.day_picture import NO_OFFERS, DayPicture
from frontdesk.ui.layout.day_words import status_span
from frontdesk.ui.layout.slips import slip_marks


class DaySight:
    """One day seen through a window; every change is a method, `lines` draws what came of it."""

    def __init__(self) -> None:
        self.sheet: DaySheet | None = None
        self.view = View.PRACTITIONERS
        self.cursor = Cursor()
        self.grid: DayGrid | None = None
        self.carried: Appointment | Block | None = None
        """What is being moved: the cursor says its name until it is put down."""
        self._offers = NO_OFFERS
        self.projection = Projection()
        """What is to be expected, of today; nothing on any other day."""
        self._rows: tuple[ListRow, ...] = ()
        self._now: DateTime | None = None
        self._size = (0, 0)
        self._told: tuple[object, ...] = ()
        self._awaited: Key | None = None
        self._wanted: DateTime | None = None
        self._standing: tuple[int, DateTime] | None = None
        self._picture = DayPicture()
        self._was_turned = False
        self._visits: dict[int, Appointment] = {}
        self._resting: list[Appointment] = []
        self._slips: Mapping[int, str] = {}
        self._misfits: Mapping[int, str] = {}
        self._top = 0
        self._left = 0

    @property
    def is_list(self) -> bool:
        """Whether the day is shown as a plain list."""
        return self.view is View.LIST

    @property
    def visit(self) -> Appointment | None:
        """The visit the cursor is on."""
        key = self.cursor.key
        if self.sheet is None or key is None or key[0] != "visit":
            return None
        return self._visits.get(key[1])

    @property
    def block(self) -> Block | None:
        """The block the cursor is on."""
        key = self.cursor.key
        if self.sheet is None or key is None or key[0] != "block":
            return None
        return next((one for one in self.sheet.blocks if one.id == key[1]), None)

    @property
    def practitioner(self) -> Practitioner | None:
        """Whose column the cursor is in; the visit's own in the other views."""
        if self.sheet is None:
            return None
        if self.view is View.PRACTITIONERS:
            people = self.sheet.clinic.active_practitioners
            return next((one for one in people if one.id == self.cursor.column), None)
        visit = self.visit
        return visit.practitioner if visit else None

    @property
    def room(self) -> Room | None:
        """Which room's column the cursor is in, in the view by rooms."""
        if self.sheet is None or self.view is not View.ROOMS:
            return None
        return next((one for one in self.sheet.clinic.open_rooms if one.id == self.cursor.column), None)

    @property
    def start(self) -> DateTime | None:
        """When something booked at the cursor would start."""
        if self.grid is None:
            return None
        if self._standing is not None:
            return self._standing[1]
        if self.carried is not None:
            return self.grid.axis.instant(self.grid.putting_minute(self.cursor, self.carried.starts))
        return self.grid.axis.instant(self.grid.booking_minute(self.cursor))

    @property
    def free_until(self) -> DateTime | None:
        """When the free time at the cursor ends; None where it is on no free time."""
        one = self.grid.at(self.cursor) if self.grid and not self.is_list else None
        return self.grid.axis.instant(one.entry.end) if self.grid and one is not None and one.entry.is_free else None

    def show(self, sheet: DaySheet, now: DateTime) -> None:
        """A day read anew, or another day: the cursor stays on its visit, or on its time."""
        other_day = self.sheet is None or self.sheet.day != sheet.day
        if sheet is not self.sheet:
            self._misfits = misfit_words(sheet)
            self._visits = {one.id: one for one in sheet.appointments}
            self._resting = [one for one in sheet.appointments if one.needles_are_in]
        self.sheet, self._now = sheet, now
        self._lay()
        if self.grid is None:
            return
        if self._take_awaited():
            return
        if other_day:
            self._begin(now)
        before = self.cursor
        self._settle()
        if other_day or self.cursor != before:
            self._follow()
        if self._wanted is not None:
            self.reveal(self._wanted)
        if other_day and self._standing is not None:
            self.stand_at(*self._standing)

    def turn(self, view: View) -> None:
        """Another view of the same day, the cursor on the same thing."""
        visit = self.visit
        self.view, self._was_turned = view, True
        self._lay()
        if self.grid is not None and self.sheet is not None and visit is None and self.cursor.key is None:
            first = self.grid.columns[0].id if self.grid.columns else 0
            self.cursor = Cursor(first, self.cursor.minute)
        self._settle()
        self._centre()
        self._follow()

    def resize(self, width: int, height: int) -> None:
        """Another window size."""
        if (width, height) != self._size:
            before, self._size = self._size, (width, height)
            self._picture.forget_notes()
            if height != before[1]:
                self._lay()
            self._settle()
            if self._was_turned:
                # For a window of another size it was turned before that size was known.
                self._centre()
            self._was_turned = False
            self._follow()

    def tick(self, now: DateTime) -> bool:
        """Time has passed: lays the day anew where anything in it reads differently now, and says whether it does."""
        self._now = now
        if self._told == self._tells(now):
            return False
        self._lay()
        self._settle()
        return True

    def move(self, across: int, down: int) -> None:
        """The cursor by lanes or columns, or by slots."""
        self._standing = None
        if self.is_list and self.grid is not None:
            self.cursor = list_moves.by_rows(self._rows, self.grid, self.cursor, down or across)
        elif self.grid is not None:
            step = moves.by_columns(self.grid, self.cursor, across) if across else None
            self.cursor = step or moves.by_rows(self.grid, self.cursor, down)
        self._follow()

    def next_visit(self, by: int) -> None:
        """The cursor to the next or previous appointment."""
        self._standing = None
        if self.is_list and self.grid is not None:
            self.cursor = list_moves.by_rows(self._rows, self.grid, self.cursor, by)
        elif self.grid is not None:
            self.cursor = moves.by_visits(self.grid, self.cursor, by)
        self._follow()

    def to_end(self, to: int) -> None:
        """The cursor to the first or last slot, or row."""
        self._standing = None
        if self.is_list and self.grid is not None:
            self.cursor = list_moves.by_rows(self._rows, self.grid, self.cursor, to * len(self._rows))
        elif self.grid is not None:
            self.cursor = moves.to_end(self.grid, self.cursor, to)
        self._follow()

    def select(self, key: Key, *, when_read: bool = False) -> None:
        """The cursor onto a visit or block; with `when_read`, once the day it is going to be on has been read."""
        self._awaited = key
        if not when_read:
            self._take_awaited()

    def put(self, visit: Appointment) -> None:
        """Shows a visit as it was just saved, before the day is read anew: the next key must act on what it is now."""
        if self.sheet is not None and self._now is not None:
            self.show(self.sheet.with_visit(visit), self._now)

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Shows blocks as they were just saved, before the day is read anew."""
        if self.sheet is not None and self._now is not None:
            self.show(self.sheet.with_blocks(blocks), self._now)

    def offer(self, offers: Sequence[Slot], fits: Sequence[Slot], chosen: Slot | None) -> None:
        """Marks where something fits: every start that would do, the places offered by digit, the one chosen."""
        self._offers = (tuple(offers), tuple(fits), chosen)
        self._picture.forget_marks()

    def carry(self, one: Appointment | Block | None) -> None:
        """Picks something up, or with None puts it down."""
        self.carried, self._standing = one, None
        self._picture.forget_marks()

    def stand(self, place: Slot) -> None:
        """The cursor exactly onto a place, of another day once that is shown."""
        self.stand_at(place.room.id if self.view is View.ROOMS else place.practitioner.id, place.starts)

    def stand_at(self, column: int, starts: DateTime) -> None:
        """The cursor onto a time of a column, of another day once that is shown."""
        self._standing = column, starts
        if self.grid is None or self.sheet is None or not self.sheet.span.starts <= starts < self.sheet.span.ends:
            return
        minute = self.grid.axis.minute(starts)
        self.cursor = moves.to_minute(self.grid, Cursor(column, minute), minute)
        self._follow()

    def reveal(self, starts: DateTime) -> None:
        """Scrolls a time into sight, of another day once that is shown; the cursor stays."""
        self._wanted = starts
        if self.grid is None or self.sheet is None or self.is_list or not self._size[1]:
            return
        if not self.sheet.span.starts <= starts < self.sheet.span.ends:
            return
        self._wanted = None
        row = self.grid.row_of(self.grid.axis.minute(starts))
        if not self._top <= row < self._top + self._grid_rows() - 1:
            self._top = centred_top(self.grid, self.grid.axis.minute(starts), self._grid_rows())

    def recentre(self, now: DateTime) -> None:
        """Puts now a third down the window; a cursor that is on nobody goes along, to opening at the soonest."""
        self._now = now
        if self.sheet is None or self.grid is None:
            return
        if self.is_list:
            if self.cursor.key is None:
                self.cursor = list_moves.opening(self._rows, self.grid, self.cursor, now)
            self._centre_list(None)
            return
        minute = self.grid.axis.minute(now)
        if self.cursor.key is None and self.carried is None:
            begins = moves.not_before_opening(self.grid, self.cursor.column, minute)
            self.cursor = moves.to_minute(self.grid, self.cursor, begins)
        self._top = centred_top(self.grid, minute, self._grid_rows())

    def draw_anew(self) -> None:
        """What was drawn before looks different now."""
        self._picture.forget()

    def lines(self) -> list[Line]:
        """The whole widget's lines, each as wide as the window."""
        width, height = self._size
        if self.sheet is None or self.grid is None or self._now is None or not width or not height:
            return []
        shown = self._list_lines(self.sheet, self._now) if self.is_list else self._grid_lines(self.grid, self._now)
        return [*self._notes(), *shown][:height]

    def _list_lines(self, sheet: DaySheet, now: DateTime) -> Sequence[Line]:
        width, rows = self._size[0], self._list_rows()
        self._top = max(0, min(self._top, list_height(sheet, self._rows, now) - rows))
        return list_lines(sheet, self._rows, now, self.cursor.key, width, self._top, rows, self._slips, self._misfits)

    def _grid_lines(self, grid: DayGrid, now: DateTime) -> Sequence[Line]:
        if not grid.columns:
            return ()
        carried = None
        if self.carried is not None and self.start is not None:
            clock = grid.axis.clock(grid.axis.minute(self.start))
            key = ("visit" if isinstance(self.carried, Appointment) else "block", self.carried.id)
            carried = Carried(f"{clock} {name_of(self.carried)} here", key)
        return self._picture.grid_lines(grid, self._window(None), now, self.cursor, carried, self._offers)

    def places(self) -> list[tuple[int, int, Key]]:
        """The cell, row and key of each visit and block in sight."""
        if self.sheet is None or self.grid is None or self._now is None or not self.grid.columns:
            return []
        if self.is_list:
            found = places_in_list(self.sheet, self._rows, self._now, self._top, self._list_rows())
        else:
            found = places_in_grid(self.grid, self._window(None))
        return [(x, y + len(self._notes()), key) for x, y, key in found]

    def _notes(self) -> Sequence[Line]:
        return () if self.grid is None else self._picture.notes(self.grid, self._size[0], is_list=self.is_list)

    def _lay(self) -> None:
        if self.sheet is None or self._now is None:
            return
        view = View.PRACTITIONERS if self.is_list else self.view
        span = self.sheet.span
        self.projection = project(self.sheet, self._now) if span.starts <= self._now < span.ends else Projection()
        self._slips = slip_marks(self.projection, self.sheet.clinic.timezone)
        grid = grid_of(self.sheet, view, self._now, max(4, self._size[1] - 1))
        self.grid = replace(grid, slips=self._slips, misfits=self._misfits)
        self._told = self._tells(self._now)
        self.draw_anew()
        self._rows = list_rows(self.sheet)

    def _tells(self, now: DateTime) -> tuple[object, ...]:
        """What of the day's look depends on the clock: the minute, and the alarms, which change inside one."""
        if self.sheet is None:
            return ()
        resting = [status_span(one, self.sheet.clinic, now).text for one in self._resting]
        return (int(now.timestamp() // 60), *resting)

    def _take_awaited(self) -> bool:
        """Puts the cursor on what was selected before it was there."""
        key, grid = self._awaited, self.grid
        if key is None or grid is None:
            return False
        if grid.find(key) is None and key not in [row.key for row in self._rows]:
            return False
        self._awaited = None
        self.cursor = Cursor(self.cursor.column, self.cursor.minute, key)
        self._settle()
        self._follow()
        return True

    def _begin(self, now: DateTime) -> None:
        """Puts the cursor where it is when a day is opened."""
        if self.grid is None:
            self.cursor = Cursor()
            return
        self.cursor = list_moves.opening(self._rows if self.is_list else None, self.grid, self.cursor, now)
        if self.grid.columns:
            self._centre()

    def _centre(self) -> None:
        """Puts the cursor a third down the window: what comes is wanted more than what was, and that a little."""
        if self.is_list:
            self._centre_list(self.cursor.key)
        elif self.grid is not None:
            self._top = centred_top(self.grid, self.cursor.minute, self._grid_rows())

    def _centre_list(self, key: Key | None) -> None:
        """The same in the list; without a key it is now that is put there."""
        if self.sheet is not None and self._now is not None:
            place = list_place(self.sheet, self._rows, self._now, key)
            self._top = max(0, place - self._list_rows() // 3)

    def _settle(self) -> None:
        if self.grid is None or self.sheet is None:
            return
        if self.is_list:
            self.cursor = list_moves.settled(self._rows, self.grid, self.cursor)
        else:
            self.cursor = self.grid.settled(self.cursor)

    def _grid_rows(self) -> int:
        return max(1, self._size[1] - 1 - len(self._notes()))

    def _list_rows(self) -> int:
        return max(1, self._size[1] - len(self._notes()))

    def _window(self, cursor: Cursor | None) -> Window:
        assert self.grid is not None
        return window_for(self.grid, self._size[0], self._grid_rows(), self._top, self._left, cursor)

    def _follow(self) -> None:
        """Scrolls so that the cursor is in sight."""
        if self.sheet is None or self.grid is None or self._now is None or not self._size[1]:
            return
        if self.is_list:
            rows = self._list_rows()
            place = list_place(self.sheet, self._rows, self._now, self.cursor.key)
            self._top = min(max(self._top, place - rows + 2), max(0, place - 1))
        elif self.grid.columns:
            window = self._window(self.cursor)
            self._top, self._left = window.top, window.left
