"""The waiting list: places that became free with who really fits them, and everybody who waits; Enter books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from pendulum import DateTime
from textual import on
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import Slot
from frontdesk.domain.plurals import number_of
from frontdesk.domain.waiting import Fitting, Freed, Waiting
from frontdesk.ui import keys
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.frame import strip_rows
from frontdesk.ui.layout.waiting_lines import detail_lines, fitting_line, listed_line
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.framed import HELD
from frontdesk.ui.screens.wishing import Wishing
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.pick_list import Item, PickList
from frontdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.waiting import Kept, Listed, WaitingSheet

Place = tuple[int, DateTime, int]
"""A freed place and somebody who fits it: the visit that was there, when it began, the entry of the list."""
_AROUND = 5
"""Rows of the frame without the strip of rooms, and of the lists' titles."""
_MINUTES = 5
"""How often the list is read anew while nobody writes: places pass, and so do days that somebody waits for."""


class Detail(LineWidget):
    """The whole of what is marked."""

    shown: tuple[Waiting | None, Freed | None, Slot | None] = (None, None, None)
    sheet: WaitingSheet | None = None

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """As many of its rows as there is room for."""
        if self.sheet is None:
            return ()
        today = local_day(self.sheet.at, self.sheet.clinic.timezone)
        return detail_lines(*self.shown, self.sheet.clinic, today, width)[:height]


class WaitingScreen(Wishing):
    """Two lists; what is marked stays marked, by whose wish it is, whatever is written meanwhile."""

    PLACE: ClassVar[str] = keys.WAITING
    CSS_PATH = "waiting.tcss"
    BINDINGS: ClassVar = [
        *keys.bindings_for(keys.WAITING),
        Binding("tab,shift+tab", "pane", "other list", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sheet: WaitingSheet | None = None
        self._freed_title, self._listed_title = SectionTitle("", "Became free"), SectionTitle("", "Waiting list")
        self._freed: PickList[Place] = PickList(empty="reading…", quiet=True, id="freed")
        self._listed: PickList[int] = PickList(empty="reading…", quiet=True, id="listed")
        self._detail = Detail(id="detail")
        self._placed = False
        self._again: int | None = None
        """Whose row is to be marked once the lists have been read again, by their number: an undo brought it back."""

    def content(self) -> Iterator[Widget]:
        """The lists under their titles, and the detail."""
        yield self._freed_title
        yield self._freed
        yield self._listed_title
        yield self._listed
        yield self._detail

    def heading(self) -> str:
        """How many wait."""
        sheet = self._sheet
        return "Waiting list" if sheet is None else f"{len(sheet.listed)} waiting"

    def on_mount(self) -> None:
        """Keys go to the list, until something is free for somebody."""
        self._listed.focus()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What Enter does first."""
        entry = self._entry
        does = "book" if entry is None or entry.visit is None else "move"
        enter = (("Enter", does),) if self._place is not None else ()
        return (*enter, ("Tab", "other list"), *super().key_line())

    def reload(self) -> None:
        """Reads the list, and asks the planner who fits what."""
        again = self._again  # a read that began before the undo was written must not use it up
        self.ask(lambda: self.desk.waiting.look(), lambda sheet: self._got(sheet, again), group="waiting")

    def tick(self, now: DateTime) -> None:
        """Reads anew now and then: what is free passes without anybody's doing."""
        if self._sheet is not None and (now - self._sheet.at).total_seconds() >= _MINUTES * 60:
            self.reload()
        self.refresh_frame(HeaderLine)

    def on_resize(self) -> None:
        """Another width has room for other words."""
        if self._sheet is not None:
            self._got(self._sheet)

    @property
    def chosen(self) -> Appointment | None:
        """The visit they would have earlier."""
        entry = self._entry
        return entry.visit if entry is not None else None

    def why_not(self, action_id: str) -> str | None:
        """What needs somebody on the list says so."""
        if action_id in ("waiting.change", "waiting.end", "waiting.places", "waiting.file") and self._entry is None:
            return f"Nobody is marked: {key_of('waiting.add')} puts somebody on the waiting list."
        if action_id == "waiting.add":
            return self.why_nothing_is_booked()
        return super().why_not(action_id)

    @property
    def _fitting(self) -> tuple[Freed, Fitting] | None:
        key = self._freed.key
        if self._sheet is None or key is None or not self._freed.has_focus:
            return None
        for place in self._sheet.freed:
            for one in place.fitting:
                if (*place.freed.key, one.entry.id) == key:
                    return place.freed, one
        return None

    @property
    def _of_list(self) -> Listed | None:
        if self._sheet is None or self._freed.has_focus:
            return None
        return next((one for one in self._sheet.listed if one.entry.id == self._listed.key), None)

    @property
    def _entry(self) -> Waiting | None:
        if self._fitting is not None:
            return self._fitting[1].entry
        return self._of_list.entry if self._of_list is not None else None

    @property
    def _place(self) -> Slot | None:
        """Where Enter books."""
        if self._fitting is not None:
            return self._fitting[1].place
        return self._of_list.place if self._of_list is not None else None

    def action_pane(self) -> None:
        """To the other list."""
        (self._listed if self._freed.has_focus else self._freed).focus()

    def action_waiting_add(self) -> None:
        """Whose wish it is is asked first."""
        self.put_on_the_list(None, None)

    def action_waiting_change(self) -> None:
        """The line again, as it would say what they wait for."""
        entry = self._entry
        if entry is not None:
            self.change_wish(entry)

    def action_waiting_end(self) -> None:
        """Off the list, with the reason."""
        from frontdesk.ui.dialogs.off_the_list import OffTheList

        entry = self._entry
        if entry is None:
            return
        key, version = entry.id, entry.version

        def ended(reason: str | None) -> None:
            if reason is not None:
                self.save(lambda: self.desk.waiting.withdraw(key, reason, version), self.wish_kept)

        self.app.push_screen(OffTheList(entry), ended)

    def action_waiting_places(self) -> None:
        """Every place they would take, to choose from."""
        from frontdesk.ui.dialogs.places_for import PlacesFor

        entry, sheet = self._entry, self._sheet
        if entry is not None and sheet is not None:
            self.app.push_screen(PlacesFor(entry, sheet.clinic, self.desk_app.local_day()), self.stepped_unless_left)

    async def action_waiting_file(self) -> None:
        """Whose it is."""
        entry = self._entry
        if entry is not None:
            await self.open_file(entry.patient.id)

    @on(PickList.Picked)
    def on_picked(self) -> None:
        """Enter: books the place that is shown for who is marked; held down it goes on to nobody else."""
        entry, place = self._entry, self._place
        if entry is None:
            return
        if self.desk_app.router.is_held:
            self.desk_app.hint(HELD)
            return
        if place is None:
            change = key_of("waiting.change")
            self.desk_app.hint(f"{entry.patient.name}: nothing fits yet; {change} changes what they wait for.")
            return
        key, version = entry.id, entry.version
        self.save(lambda: self.desk.waiting.book(key, place, version), self.stepped_unless_left)

    @on(PickList.Moved)
    def on_moved(self) -> None:
        """Other words for another one."""
        self._show_marked()

    def on_descendant_focus(self) -> None:
        """The other list has the keys."""
        self._show_marked()

    def stepped(self, outcome: Outcome) -> None:
        """As everywhere; an undo brings the mark back too."""
        super().stepped(outcome)
        self._mark_again_on_undo()

    def wish_kept(self, kept: Kept) -> None:
        """As everywhere; an undo brings the mark back too."""
        super().wish_kept(kept)
        self._mark_again_on_undo()

    def _mark_again_on_undo(self) -> None:
        message, entry = self.desk_app.message, self._entry
        take_back = message.undo
        if take_back is None or entry is None:
            return

        def undo() -> str:
            words = take_back()
            self._again = entry.patient.id
            return words

        self.desk_app.message = replace(message, undo=undo)

    def _got(self, sheet: WaitingSheet, again: int | None = None) -> None:
        self._sheet = sheet
        clinic, cells = sheet.clinic, self.app.size.width
        rows: list[Item[Place]] = []
        for place in sheet.freed:
            for number, one in enumerate(place.fitting):
                key = (*place.freed.key, one.entry.id)
                rows.append(Item(key, *fitting_line(one, clinic, cells, first=number == 0)))
        self._freed.set_items(rows, empty="Nothing became free that somebody on the list waits for.")
        add, put = key_of("waiting.add"), key_of("waiting.put")
        empty = f"Nobody waits. {add} puts somebody on the list; on Day and Patients {put} does."
        self._listed.set_items(
            [Item(one.entry.id, *listed_line(one, clinic, sheet.at, cells)) for one in sheet.listed],
            empty=empty,
        )
        if again is not None:
            self._mark_again(sheet, again)
        places, people = len(sheet.freed), len(sheet.listed)
        self._freed_title.show(number_of(places, "place") if places else "")
        urgent = sum(one.entry.wish.urgent for one in sheet.listed)
        self._listed_title.show(f"{people} waiting{f', {urgent} urgent' if urgent else ''}" if people else "")
        self._share()
        self._detail.sheet = sheet
        if not self._placed:
            # What became free is what is worked through: the keys begin there, once.
            self._placed = True
            (self._freed if rows else self._listed).focus()
        self._show_marked()

    def _share(self) -> None:
        """Gives what became free as many rows as it has, where that leaves those who wait theirs, or half of all."""
        app = self.desk_app
        strip = strip_rows(len(app.rooms), app.size.width, app.size.height)
        rows = app.size.height - strip - _AROUND - self._detail.outer_size.height
        wanted, others = max(1, len(self._freed.items)), max(1, len(self._listed.items))
        self._freed.styles.height = max(1, min(wanted, max(rows // 2, rows - others)))

    def _mark_again(self, sheet: WaitingSheet, patient_id: int) -> None:
        """The first row of theirs, in either list; whoever was taken off may stand there as another entry."""
        self._again = None
        theirs = [one.entry.id for one in sheet.listed if one.entry.patient.id == patient_id]
        for row in [one.key for one in self._freed.items if one.key[2] in theirs][:1]:
            self._freed.select(row)
        for entry_id in theirs[:1]:
            self._listed.select(entry_id)

    def _show_marked(self) -> None:
        fitting = self._fitting
        self._freed_title.mark(self._freed.has_focus)
        self._listed_title.mark(not self._freed.has_focus)
        self._detail.shown = (self._entry, fitting[0] if fitting else None, self._place)
        self._detail.redraw()
        self.refresh_frame(HeaderLine, KeyLine)
