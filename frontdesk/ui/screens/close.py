"""The close of the day: everyone who is left, each one key away, and the close itself when nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.closing import Need
from frontdesk.domain.time_text import clock_of, short_day
from frontdesk.domain.visit import NEXT_STEP
from frontdesk.ui import keys
from frontdesk.ui.dialogs.ask import Confirm
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.framed import STILL_READING
from frontdesk.ui.screens.visit_steps import VisitSteps
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.page import Page
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from pathlib import Path

    from frontdesk.desk.closing import CloseSheet
    from frontdesk.domain.day import DaySheet


FEW = 3
"""Visits that are open, up to which the page gets most of a narrow window."""


class CloseScreen(VisitSteps):
    """The visits that are open, the most urgent first; the steps go to the chosen one."""

    GOES_BACK: ClassVar[bool] = True
    PLACE: ClassVar[str] = keys.CLOSE
    CSS_PATH = "close.tcss"
    BINDINGS: ClassVar = [*keys.bindings_for(keys.CLOSE)]

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        """The day shown; None is today, whatever day that is."""
        self._list: PickList[int] = PickList(empty="reading…", id="open")
        self._page = Page(id="summary")
        self._found: CloseSheet | None = None

    def content(self) -> Iterator[Widget]:
        """The list and the page."""
        yield self._list
        yield self._page

    def heading(self) -> str:
        """What it is."""
        day = self._found.sheet.day if self._found else None
        return f"Close of {short_day(day)}" if day else "Close of the day"

    def on_mount(self) -> None:
        """The keys go to the list."""
        self._list.focus()

    def on_resize(self) -> None:
        """Another width has room for other words."""
        self.call_after_refresh(self._show_open)

    @property
    def chosen(self) -> Appointment | None:
        """The visit under the cursor."""
        found, key = self._found, self._list.key
        if found is None or key is None:
            return None
        return next((one.visit for one in found.close.open if one.visit.id == key), None)

    def why_not(self, action_id: str) -> str | None:
        """Says that nobody is left where a step is asked for."""
        if self._found is not None and not self._found.close.open and action_id.startswith(("visit.", "needles.")):
            return f"Nobody is left: {key_of('close.day')} closes the day."
        if action_id == "close.day":
            return self._why_not_closed()
        if action_id == "close.print" and self._found is None:
            return STILL_READING
        return super().why_not(action_id)

    def reload(self) -> None:
        """Reads the day shown anew."""
        day = self.day
        self.ask(lambda: self.desk.closing.look(day), self._got, group="close")

    def tick(self, now: DateTime) -> None:
        """A visit becomes a no-show, or a day turns, without anybody's doing."""
        found = self._found
        if found is not None and any(one.visit.starts <= now for one in found.close.open if one.need is Need.EXPECTED):
            self.reload()
        self.refresh_frame(HeaderLine)

    def action_close_day(self) -> None:
        """Closes it; who never came is settled on the way, if the answer is yes."""
        found = self._found
        if found is None:
            return
        never = found.close.of(Need.NO_SHOW)
        if not never:
            self._close_now_or_ask(found.sheet)
            return
        names = ", ".join(one.patient.listed for one in never)
        question = Confirm(
            "They never came", f"{names}.\nMark them as no-shows and close the day?", yes="mark and close"
        )
        day = found.sheet.day
        self.app.push_screen(question, lambda yes: self._close(day, no_shows=True) if yes else None)

    def action_close_print(self) -> None:
        """Asks where to, and writes the page of the day there: PDF, or text where the name says so."""
        from frontdesk.ui.dialogs.save_as import save_as

        found = self._found
        if found is None:
            return
        day, font = found.sheet.day, self.desk_app.habits.paper_font

        def write(path: Path) -> str:
            made = self.desk.papers.write_close(day, path, font=font)
            said = f"{made.file}: names and health data, readable by you alone"
            return f"{said}; not in the log: {made.unlogged}" if made.unlogged else said

        title = f"The close of {day:%A} {day.day} {day:%B} as a page (.pdf, or .txt)"
        save_as(self, title, write, name=f"close-{day.isoformat()}.pdf")

    def action_day_go(self) -> None:
        """To a day that is typed: one that was never closed."""
        from frontdesk.domain.day_asked import day_to_look_back_to
        from frontdesk.ui.dialogs.goto import ask_day

        def go(day: date) -> None:
            self.day = None if day == self.desk_app.local_day() else day
            self.reload()

        ask_day(self, go, day_to_look_back_to)

    def action_day_today(self) -> None:
        """Back to today."""
        self.day = None
        self.reload()

    def on_pick_list_moved(self) -> None:
        """Other keys work for another visit."""
        self.refresh_frame(KeyLine)

    def on_pick_list_picked(self) -> None:
        """Enter takes the next step, where there is one."""
        visit = self.chosen
        if visit is not None and visit.status in NEXT_STEP:
            self.call_next(self.action_do, "visit.next")

    def _close_now_or_ask(self, sheet: DaySheet) -> None:
        """Asks first while the clinic is open: whoever still comes today would belong to a day that is closed."""
        from frontdesk.domain.projection import before_closing_time

        if not before_closing_time(sheet, self.desk_app.now()):
            self._close(sheet.day, no_shows=False)
            return
        ends = sheet.clinic.hours.spans_on(sheet.day, sheet.clinic.timezone)[-1].ends
        question = Confirm(
            "Close the day already?",
            f"The clinic is open until {clock_of(ends, sheet.clinic.timezone)}.",
            yes="close the day",
            no="not yet",
        )
        self.app.push_screen(question, lambda yes: self._close(sheet.day, no_shows=False) if yes else None)

    def _close(self, day: date, *, no_shows: bool) -> None:
        self.save(lambda: self.desk.closing.close(day, no_shows=no_shows), self._was_closed)

    def _was_closed(self, found: CloseSheet) -> None:
        from frontdesk.desk.words import closed_words

        self.desk_app.say(f"{found.sheet.day:%A} is {closed_words(found.sheet)}.")
        self._got(found)
        self.desk_app.data_changed()

    def _why_not_closed(self) -> str | None:
        found = self._found
        if found is None:
            return STILL_READING
        if found.is_closed:
            return "The day is closed, and nothing has changed since."
        if any(one.need is not Need.NO_SHOW for one in found.close.open):
            from frontdesk.desk.closing import refusal

            # The list beside it names them all.
            return refusal(found, f" ({key_of('book.no_show')})", most=1)
        return None

    def _got(self, found: CloseSheet) -> None:
        from frontdesk.ui.layout.close_lines import page_lines

        self._found = found
        self._show_open()
        self._page.show(partial(page_lines, found))
        self.set_class(len(found.close.open) <= FEW, "-few")
        self.refresh_frame(HeaderLine, KeyLine)

    def _show_open(self) -> None:
        """Who is open, in rows for the width of the list."""
        from frontdesk.ui.layout.close_lines import open_line

        found = self._found
        if found is None:
            return
        zone = found.sheet.clinic.timezone
        empty = "Nobody is left." if found.is_closed else f"Nobody is left. {key_of('close.day')} closes the day."
        cells = self._list.size.width or self.app.size.width
        self._list.set_items([Item(one.visit.id, open_line(one, zone, cells)) for one in found.close.open], empty=empty)
