"""The Day screen: the calendar a receptionist keeps open all day, the card of what is selected beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.day import DaySheet
from frontdesk.domain.instants import seconds_between
from frontdesk.domain.privacy import is_private
from frontdesk.ui import keys
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_cards import AsLaid, Cards, runs
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.layout.day_notes import heading
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.offer_rows import SIDE_FROM, side_cells
from frontdesk.ui.live_keys import named
from frontdesk.ui.screens.day_plan import DayPlan
from frontdesk.ui.widgets.day_grid import CardPane, DayPane
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine

LEFT_ALONE_S = 120
"""Seconds without a key after which the day puts now back in sight."""
WIDE = 160
"""Columns from which the card gets more room."""


class DayScreen(DayPlan):
    """One day in columns or as a list. What it shows is in `sight`; what is booked and moved is in `DayPlan`."""

    PLACE: ClassVar[str] = keys.DAY
    CSS_PATH = "day.tcss"
    BINDINGS: ClassVar = [
        *keys.bindings_for(keys.DAY),
        Binding("up,k", "move(0,-1)", "up", show=False),
        Binding("down,j", "move(0,1)", "down", show=False),
        Binding("left,h", "move(-1,0)", "left", show=False),
        Binding("right,l", "move(1,0)", "right", show=False),
        Binding("tab", "visit(1)", "next appointment", show=False),
        Binding("shift+tab", "visit(-1)", "appointment before", show=False),
        *(Binding(str(digit), f"take_place({digit})", "place", show=False) for digit in (8, 9)),
        Binding("home", "end(-1)", "first", show=False),
        Binding("end", "end(1)", "last", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.sight = DaySight()
        self.day: date | None = None
        """The day shown; None is today, whatever day that is."""
        self._pane = DayPane(self.sight, self._covered, id="day")
        self._card = CardPane(self._card_lines, id="card")
        self._cards = Cards()
        self._key_lines: AsLaid[tuple[tuple[str, str], ...]] = AsLaid()
        self._touched_at: DateTime | None = None
        self._view_chosen = False
        self._turned_for = 0

    def content(self) -> Iterator[Widget]:
        """The day and the card."""
        yield self._pane
        yield self._card

    def heading(self) -> str:
        """The day, by its name."""
        sheet = self.sight.sheet
        if sheet is None:
            return ""
        today = self.desk_app.today
        return heading(sheet.day, today.day if today else None) + (", closed" if sheet.is_closed else "")

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """While something is carried, what puts it down."""
        if self.sight.carried is None:
            # Of all actions hushing alone may become possible as time passes; the others go by the day and its visits.
            goes_by = (self.desk_app.today, is_private(), self.why_not("needles.silence") is None)
            return self._key_lines.here(self.sight, goes_by, super().key_line)
        if not isinstance(self.sight.carried, Appointment):
            time, day = named(("book.move", "type a time")), named(("day.go", "go to day"))
            return (("Enter", "put it here"), *time, ("Esc", "leave it"), *day)
        put_down = (("Enter", "put it here"), ("1-9", "place"), ("Esc", "leave it"))
        more = (("book.squeeze", "squeeze it in"), ("book.move", "type a time"), ("day.go", "go to day"))
        return (*put_down, *named(*more, ("help", "help")))

    @property
    def chosen(self) -> Appointment | None:
        """The visit under the cursor, or the one being moved."""
        return self.sight.visit

    def reload(self) -> None:
        """Reads the day shown anew; today is read for the rooms as well, once for both."""
        day = self.day
        if day is not None:
            self.ask(
                lambda: self.desk.days.load(day),
                # Another day may have been gone to meanwhile.
                lambda sheet: self._got(sheet) if self.day == day else None,
                group="day",
            )
        elif not self.desk_app.is_reading_today and self.sight.sheet is not self.desk_app.today:
            self.today_read()

    def today_read(self) -> None:
        """Shows today as it has been read, where that is the day shown."""
        today = self.desk_app.today
        if self.day is None and today is not None:
            if self.sight.sheet is None:
                # What of it is in sight must be known, and nothing be drawn before it is there.
                self.lay_out()
                self.query_one(DayPane).fit()
            self._got(today)

    def _got(self, sheet: DaySheet) -> None:
        self.sight.show(sheet, self.desk_app.now())
        self.leave_what_moves_no_more()
        self.show_all()
        self.recheck(anew=True)
        self.open_wanted_form()

    def took(self, visit: Appointment) -> None:
        """As everywhere, and in the day shown."""
        super().took(visit)
        if self.sight.sheet is not None:
            self._got(self.sight.sheet.with_visit(visit))

    def tick(self, now: DateTime) -> None:
        """Moves the now-line and what counts minutes; puts now back in sight when nobody is here."""
        told_anew = self.sight.tick(now)
        if self._touched_at is None:
            self._touched_at = now
        left_alone = seconds_between(self._touched_at, now) >= LEFT_ALONE_S
        if left_alone and self.shows_today and self.sight.carried is None:
            self._touched_at = now
            self.sight.recentre(now)
            told_anew = True
        if told_anew:
            self.show_all()
        elif runs(self.sight):
            # A second has passed and nothing else: the card counts it.
            self._card.redraw()

    def fit_window(self) -> None:
        """Also chooses the list for a narrow window, until a view has been chosen by hand."""
        super().fit_window()
        width = self.app.size.width
        self.set_class(width >= WIDE, "-wide")
        if not self._view_chosen and width != self._turned_for:
            self._turned_for = width
            self.sight.turn(View.LIST if width < 100 else View.PRACTITIONERS)

    @property
    def shows_today(self) -> bool:
        """Whether the day shown is today."""
        today, sheet = self.desk_app.today, self.sight.sheet
        return today is not None and sheet is not None and sheet.day == today.day

    def show_all(self) -> None:
        """Draws what has changed."""
        self.show_cursor()
        self.refresh_frame(HeaderLine)

    def show_cursor(self) -> None:
        """Draws what changes when the cursor moves."""
        self._pane.redraw()
        self._card.redraw()
        self.refresh_frame(KeyLine)

    def touched(self) -> None:
        """A key was used: the day stays where the person put it for a while."""
        if self.desk_app.has_desk:
            self._touched_at = self.desk_app.now()

    async def action_do(self, action_id: str) -> None:
        """As everywhere, and somebody is here."""
        self.touched()
        await super().action_do(action_id)

    def action_move(self, across: int, down: int) -> None:
        """By slots, lanes and columns."""
        self._moved(lambda: self.sight.move(across, down))

    def action_visit(self, by: int) -> None:
        """To the next or previous appointment."""
        self._moved(lambda: self.sight.next_visit(by))

    def action_end(self, to: int) -> None:
        """To the first or last."""
        self._moved(lambda: self.sight.to_end(to))

    def action_day_back(self) -> None:
        """The day before."""
        self._other_day(-1)

    def action_day_on(self) -> None:
        """The day after."""
        self._other_day(1)

    def action_day_week_back(self) -> None:
        """The same weekday a week before."""
        self._other_day(-7)

    def action_day_week_on(self) -> None:
        """The same weekday a week later."""
        self._other_day(7)

    def action_day_today(self) -> None:
        """Today, now in sight, the cursor at now."""
        self.day = None
        if self.shows_today:
            cursor = self.sight.cursor
            self.sight.cursor = type(cursor)(cursor.column, cursor.minute)
            self.sight.recentre(self.desk_app.now())
            self.show_all()
        else:
            self.reload()

    def action_day_go(self) -> None:
        """To a day that is typed."""
        from frontdesk.ui.dialogs.goto import ask_day

        ask_day(self, self.go_to)

    def action_day_view(self) -> None:
        """Practitioners, rooms, list, and round again."""
        views = list(View)
        self._view_chosen = True
        self.sight.turn(views[(views.index(self.sight.view) + 1) % len(views)])
        words = {View.PRACTITIONERS: "By practitioner.", View.ROOMS: "By room.", View.LIST: "As a list."}
        self.desk_app.hint(words[self.sight.view], tone="dim")
        self.show_all()

    def go_to(self, day: date) -> None:
        """Shows another day."""
        today = self.desk_app.today
        self.day = None if today is not None and day == today.day else day
        if self.sight.carried is None:
            self.desk_app.gone_by()
        self.reload()

    def on_day_pane_landed(self) -> None:
        """A letter put the cursor on a visit."""
        self._moved(None)

    def _moved(self, move: Callable[[], object] | None) -> None:
        self.touched()
        if move is not None:
            move()
        self.show_cursor()
        self.recheck()

    def _other_day(self, by: int) -> None:
        # From the day that was asked for, not the one on the screen, which may still be the one before.
        today = self.desk_app.today
        day = self.day or (today.day if today else None)
        if day is not None:
            self.go_to(date.fromordinal(day.toordinal() + by))

    def _covered(self) -> int:
        """How much of the day a booking at the side hides."""
        aside = self.books_aside and self.app.size.width >= SIDE_FROM
        return max(0, side_cells(self.app.size.width) - self._card.outer_size.width) if aside else 0

    def _card_lines(self, width: int, height: int) -> Sequence[Line]:
        sight = self.sight
        if sight.sheet is None or not self.desk_app.has_desk:
            return ()
        carried = self.carry_lines(width, height)
        if carried is not None:
            return carried
        return self._cards.lines(sight, self.desk_app.now(), width, height, narrow=self.has_class("-narrow"))
