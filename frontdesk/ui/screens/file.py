"""A patient's file over the whole screen: who they are, the intake, scores and their course, flags, every visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from frontdesk.desk.file_words import day_words
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text
from frontdesk.ui import keys
from frontdesk.ui.layout.file_lines import (
    flag_items,
    intake_items,
    person_items,
    score_items,
    visit_items,
)
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.file_writing import FileWriting
from frontdesk.ui.widgets.file_head import SECTIONS, FileHead, FileTabs, nobody
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.domain.patient import Patient

_NEW = {"intake": "new intake", "scores": "take scores", "flags": "new flag", "visits": "book", "person": "change"}
_SHARES = {"person": 0.6, "intake": 0.4, "scores": 0.3}
"""Sections that take the rows they have, at most this part of their column; the last one of each has the rest."""


class FileScreen(FileWriting):
    """One patient's file; `show_file` says whose. Keys go to one section at a time."""

    PLACE: ClassVar[str] = keys.FILE
    CSS_PATH = "file.tcss"
    BINDINGS: ClassVar = [
        *keys.bindings_for(keys.FILE),
        Binding("tab", "section(1)", "next section", show=False, priority=True),
        Binding("shift+tab", "section(-1)", "section before", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.patient_id: int | None = None
        self._back_to = keys.PATIENTS
        self._head = FileHead(id="head")
        self._tabs = FileTabs(id="tabs")

    def content(self) -> Iterator[Widget]:
        """The head, and the sections in two columns."""
        yield self._head
        yield self._tabs
        with Horizontal(id="panes"):
            with Vertical(id="column-person", classes="column"):
                yield self.sections["person"]
                yield self.sections["flags"]
            with Vertical(id="column-rest", classes="column -beside"):
                yield self.sections["intake"]
                yield self.sections["scores"]
                yield self.sections["visits"]

    def heading(self) -> str:
        """What it is; whose it is stands beneath."""
        return "Patient's file"

    def on_mount(self) -> None:
        """Keys go to the visits."""
        self._go("visits")

    def show_file(self, patient_id: int) -> None:
        """Opens a file: read, and that it was opened is in the log."""
        came_from = self.desk_app.came_from
        if came_from not in (None, keys.FILE):
            self._back_to = str(came_from)
        if patient_id != self.patient_id:
            self.patient_id, self.sheet = patient_id, None
            self._go("visits")
        self.desk_app.opened_file(patient_id)
        self._read(patient_id)

    def reload(self) -> None:
        """What others changed in the file that is open."""
        patient_id = self.patient_id
        if patient_id is None:
            self._show()
        else:
            self._read(patient_id)

    def _read(self, patient_id: int) -> None:
        self.ask(lambda: self.desk.files.read(patient_id), self._got, group="file", refused=self._not_there)

    @property
    def marked_patient(self) -> Patient | None:
        """Whose file it is."""
        return self.planned_for

    @property
    def planned_for(self) -> Patient | None:
        """Whose file it is."""
        return self.sheet.patient if self.sheet else None

    @property
    def chosen(self) -> Appointment | None:
        """The marked visit while keys act on visits; else the patient's visit of today."""
        sheet = self.sheet
        if sheet is None:
            return None
        if self._at == "visits":
            return self._marked_visit()
        from frontdesk.domain.visit import ENDED

        today = self.desk_app.today
        visits = () if today is None else (*today.in_house, *today.appointments)
        return next((one for one in visits if one.patient.id == sheet.patient.id and one.status not in ENDED), None)

    def why_not(self, action_id: str) -> str | None:
        """What needs a file, a visit or a row says so."""
        if self.sheet is None and action_id.startswith(("file.", "patient.", "waiting.")):
            return nobody()
        if action_id in ("patient.plan", "patient.package"):
            return None
        if action_id == "patient.book" or (action_id == "file.new" and self._at == "visits"):
            return self.why_nothing_is_booked() or self._why_not_booked()
        if action_id == "file.remove" and self._at in ("person", "visits"):
            cancel, change = key_of("book.cancel"), key_of("file.edit")
            return f"Nothing to take out here; {cancel} cancels a visit, {change} changes the rest."
        if action_id == "file.remove" and self._removable() is None:
            return "Mark what is to be taken out first."
        if action_id in ("book.cancel", "book.reinstate", "book.repeat") and self.chosen is None:
            return f"Choose a visit first: {key_of('file.visits')} goes to them."
        if action_id == "visit.next" and self.chosen is None:
            return f"No visit is marked, and none is today: {key_of('patient.book')} books one."
        return super().why_not(action_id)

    def words_of(self, action: keys.Action) -> str:
        """What n makes in the section keys go to."""
        return _NEW[self._at] if action.id == "file.new" else super().words_of(action)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Enter first; the sections' own keys stand in their titles."""
        enter = {
            "visits": "to that day",
            "intake": "change",
            "scores": "correct",
            "flags": "change",
            "person": "change",
        }
        if self._at == "scores" and self._marked_scores() is None:
            enter["scores"] = "take scores"
        if self.sheet is not None and not self.sections[self._at].rows.items and not is_private():
            enter[self._at] = _NEW[self._at]
        # Of two keys that do the same here the first is enough.
        said = {words: (key, words) for key, words in reversed(super().key_line()) if words not in SECTIONS}
        said.pop(enter[self._at], None)
        rest = reversed(said.values())
        return (("Enter", enter[self._at]), ("Tab", "section"), *rest)

    def tick(self, now: DateTime) -> None:
        """Nothing here runs with the clock but the frame."""
        del now

    def action_section(self, by: int) -> None:
        """The next section."""
        names = list(SECTIONS)
        self._go(names[(names.index(self._at) + by) % len(names)])

    def action_file_person(self) -> None:
        """Who they are."""
        self._go("person")

    def action_file_flags(self) -> None:
        """The flags."""
        self._go("flags")

    def action_file_intake(self) -> None:
        """The intake."""
        self._go("intake")

    def action_file_scores(self) -> None:
        """The scores."""
        self._go("scores")

    def action_file_visits(self) -> None:
        """The visits."""
        self._go("visits")

    def action_back(self) -> None:
        """To where the file was opened; first the message goes."""
        if self.desk_app.message.text:
            super().action_back()
        else:
            self.call_next(self.desk_app.show, self._back_to)

    def on_descendant_focus(self) -> None:
        """A letter may put the cursor into another section."""
        name = next((name for name, section in self.sections.items() if section.rows.has_focus), self._at)
        if name != self._at:
            self._go(name)

    def _go(self, name: str) -> None:
        self._at = self._tabs.shown = name
        for each, section in self.sections.items():
            section.set_class(each == name, "-shown")
            section.title.mark(each == name)
            column = section.parent
            if isinstance(column, Widget) and each == name:
                for one in self.query(".column"):
                    one.set_class(one is column, "-shown")
        self._tabs.redraw()
        self.sections[name].rows.focus()
        self.refresh_frame(KeyLine)

    def _got(self, sheet: PatientSheet) -> None:
        if sheet.patient.id == self.patient_id:
            self.sheet = sheet
            self._show()

    def _not_there(self, refused: Refused) -> None:
        """Goes back from a file that there is no more: taken back, or merged into another.

        Under a dialog it stays until that is left: what is typed there is not lost.
        """
        if not isinstance(refused, NotFound) or not self.is_current:
            self.desk_app.refuse(refused)
            return
        is_told = self.sheet is not None and self.desk_app.message.text
        self.patient_id = self.sheet = None
        self._show()
        if not is_told:
            self.desk_app.refuse(refused)
        self.call_next(self.desk_app.show, self._back_to)

    def _show(self) -> None:
        sheet, today = self.sheet, self.desk_app.local_day()
        self._head.show(sheet, today, self.zone)
        day = self.desk_app.today
        if sheet is None or day is None:
            for section in self.sections.values():
                section.show(lambda _: [], "", "")
            return
        if is_private():
            for section in self.sections.values():
                section.hide(FILE_HIDDEN)
            return
        zone, now, new = self.zone, self.desk_app.now(), key_of("file.new")
        flags = sheet.patient.details.flags
        holding = len(sheet.patient.details.flags_on(today))
        over = f", {len(flags) - holding} past" if len(flags) > holding else ""
        intake = sheet.intakes[0] if sheet.intakes else None
        taken = sheet.taken[0] if sheet.taken else None
        last = f"last {date_text(taken.at.in_timezone(zone))}" if taken else ""
        history = sheet.history
        coming = f"{len(history.coming)} coming · " if history.coming else ""
        self.sections["person"].show(lambda cells: person_items(sheet, today, cells), f"#{sheet.patient.id}", "")
        self.sections["flags"].show(
            lambda cells: flag_items(sheet, today, cells), f"{holding}{over}" if flags else "", f"None: {new} sets one."
        )
        self.sections["intake"].show(
            lambda cells: intake_items(sheet, cells),
            f"{day_words(intake.taken_on)} by {intake.taken_by}" if intake else "",
            f"No intake yet: {new} writes it down.",
        )
        self.sections["scores"].show(
            lambda cells: score_items(sheet, zone, cells),
            last,
            f"Never scored yet: {new} takes pain, numbness, sleep, mood.",
        )
        self.sections["visits"].show(
            lambda cells: visit_items(sheet, day.clinic, now, cells),
            f"{coming}{history.words}",
            f"No visits yet: {new} books one.",
        )
        if self._written is not None and self.sections["intake"].rows.select(self._written):
            self._written = None
        self._fit()
        self.refresh_frame(KeyLine)

    def on_resize(self) -> None:
        """One section at a time in a narrow window; the sections take the rows they need."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        height = self.query_one("#panes").size.height
        for name, share in _SHARES.items():
            section = self.sections[name]
            if self.has_class("-narrow"):
                section.styles.clear_rule("height")
            else:
                section.fit(max(3, int(height * share)))

    @on(PickList.Moved)
    def on_marked(self) -> None:
        """Other steps follow another visit."""
        self.refresh_frame(KeyLine)

    @on(PickList.Picked)
    async def on_picked(self) -> None:
        """Enter: opens what is marked."""
        visit = self._marked_visit() if self._at == "visits" else None
        if visit is not None:
            await self.go_to_visit(visit)
        elif self._at == "scores" and self._marked_scores() is None:
            self.action_file_new()
        elif self._at == "visits" and not is_private():
            await self.action_do("file.new")
        else:
            self.action_file_edit()

    def _why_not_booked(self) -> str | None:
        details = self.sheet.patient.details if self.sheet else None
        if details is not None and details.deceased_on is not None:
            where = f"{key_of('file.person')}, {key_of('file.edit')}"
            return f"The patient is deceased: nothing is booked. If that is wrong, change it under Person ({where})."
        return None
