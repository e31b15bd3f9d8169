"""The Patients screen: results as you type, and beside them the card of the one that is marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import ENDED
from frontdesk.ui import keys
from frontdesk.ui.layout.patient_card import visit_row
from frontdesk.ui.live_keys import key_of, named
from frontdesk.ui.screens.booking_for import wish_for
from frontdesk.ui.screens.looking_up import WANTED, LookingUp
from frontdesk.ui.screens.pending import Pending
from frontdesk.ui.widgets.file_card import FileCard
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.desk.patients import PatientCard

_OF_A_PATIENT = ("patient.edit", "patient.book", "patient.file", "patient.plan", "patient.package", "waiting.put")
"""What is done with whoever is marked, whether a visit is or not."""


class PatientsScreen(LookingUp):
    """Lookup, card, visits. The marked patient stays marked, by their number, whatever happens around them."""

    PLACE: ClassVar[str] = keys.PATIENTS
    CSS_PATH = "patients.tcss"
    BINDINGS: ClassVar = [
        *keys.bindings_for(keys.PATIENTS),
        Binding("up", "browse(-1)", "up", show=False, priority=True),
        Binding("down", "browse(1)", "down", show=False, priority=True),
        Binding("pageup", "leaf(-1)", "page up", show=False, priority=True),
        Binding("pagedown", "leaf(1)", "page down", show=False, priority=True),
        Binding("tab", "pane(1)", "next pane", show=False, priority=True),
        Binding("shift+tab", "pane(-1)", "pane before", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.file = FileCard(id="file")
        self.visits: PickList[int] = PickList(id="visits", quiet=True)
        self._by_id: dict[int, Appointment] = {}
        self._of: PatientCard | None = None
        """The card as it was read last."""
        self._reading = Pending(self)

    def content(self) -> Iterator[Widget]:
        """Lookup at the left, card at the right."""
        with Vertical(id="lookup"):
            yield self.typed
            yield self.count
            yield self.results
        with Vertical(id="card"):
            yield self.file
            yield self.visits

    def heading(self) -> str:
        """What this screen is."""
        return "Patients"

    def on_mount(self) -> None:
        """Keys are commands until the field is asked for."""
        self.results.focus()

    def on_descendant_focus(self) -> None:
        """The keys that work depend on where the focus is; the field is called up by one."""
        self.typed.placeholder = WANTED if self.typed.has_focus else f"{key_of('find')} {WANTED}"
        self.refresh_frame(KeyLine)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """While typing, the keys of the field; else the screen's."""
        if self.typed.has_focus:
            return (("↑ ↓", "choose"), ("Enter", "to the patient"), ("Esc", "back"), *named(("palette", "all actions")))
        enter = "to that day" if self.visits.has_focus else "file"
        find = named(("find", "find"))
        return (*find, ("Enter", enter), *(one for one in super().key_line() if one not in find))

    @property
    def chosen(self) -> Appointment | None:
        """The marked visit while keys act on visits; else the marked patient's visit of today."""
        if self.visits.has_focus:
            return self._by_id.get(self.visits.key or 0)
        today, key = self.desk_app.today, self.results.key
        visits = () if today is None else (*today.in_house, *today.appointments)
        return next((one for one in visits if one.patient.id == key and one.status not in ENDED), None)

    def why_not(self, action_id: str) -> str | None:
        """What needs a patient or a visit says so."""
        if action_id in _OF_A_PATIENT:
            if self.results.key is None:
                return f"Choose a patient first: {key_of('find')} finds one."
            if action_id not in ("patient.book", "waiting.put"):
                return None
        if action_id == "patient.book":
            patient = self.marked_patient
            if patient is not None and patient.shown.deceased_on is not None:
                change = key_of("patient.edit")
                return f"{patient.name} is deceased: nothing is booked. If that is wrong, {change} changes the file."
            return self.why_nothing_is_booked()
        if action_id in ("book.cancel", "book.reinstate", "book.repeat") and self.chosen is None:
            return "Choose a visit on the card first: Enter on the patient, or Tab."
        if action_id == "visit.next" and self.chosen is None:
            return f"No visit today: {key_of('patient.book')} books one; Tab goes to the visits on the card."
        return super().why_not(action_id)

    def show_card(self) -> None:
        """Who is marked, and what can be read of them."""
        self.refresh_frame(KeyLine)
        key = self.results.key
        if key is None:
            self.file.show(None, self.desk_app.local_day(), self.zone)
            self.visits.set_items([], empty="")
            self._reading.end()
            return
        if self.file.patient is None or self.file.patient.id != key:
            self.file.show(self.marked_patient, self.desk_app.local_day(), self.zone)
            self.visits.set_items([], empty="")
        self._reading.begin()
        self.ask(lambda: self.desk.patients.card(key), self._got_card, group="card", refused=self._no_card)

    def _got_card(self, card: PatientCard) -> None:
        self.file.show(card.patient, self.desk_app.local_day(), self.zone, card)
        self._of = card
        self._by_id = {one.id: one for one in (*card.coming, *card.past)}
        self._show_visits(card)
        self.refresh_frame(KeyLine)
        self._reading.end()

    def _show_visits(self, card: PatientCard) -> None:
        now, today, cells = self.desk_app.now(), self.desk_app.today, self.visits.size.width
        clinic = today.clinic if today else Clinic("", "UTC", "", 5, WeekHours())
        coming = {one.id for one in card.coming}
        rows = [
            Item(one.id, *visit_row(one, clinic, now, coming=one.id in coming or one.status not in ENDED, cells=cells))
            for one in (*card.coming, *card.past)
        ]
        self.visits.set_items(rows, empty=f"No visits yet: {key_of('patient.book')} books one.")

    def fit_window(self) -> None:
        """Visits say as much as there is room for."""
        super().fit_window()
        self.call_after_refresh(self._fit_visits)

    def _fit_visits(self) -> None:
        if self._of is not None and self.file.patient is not None and self._of.patient.id == self.file.patient.id:
            self._show_visits(self._of)

    def _no_card(self, refused: Refused) -> None:
        """A file that went meanwhile is no news: the list, which is read anew as well, no longer has it."""
        if isinstance(refused, NotFound):
            self._reading.drop()
        else:
            self._reading.refused(refused)

    @on(PickList.Moved, "#visits")
    def on_visit_marked(self) -> None:
        """Other steps follow another visit."""
        self.refresh_frame(KeyLine)

    @on(PickList.Picked, "#visits")
    async def on_visit(self, event: PickList.Picked) -> None:
        """Enter on a visit: to its day."""
        visit = self._by_id.get(event.key)
        if visit is not None:
            await self.go_to_visit(visit)

    def action_back(self) -> None:
        """From the visits to the results, from the field to the results; then the message goes."""
        if self.visits.has_focus or self.typed.has_focus:
            self.looking.then(self.results.focus)
        else:
            super().action_back()

    def action_browse(self, by: int) -> None:
        """Up or down, in the results also while typing."""
        if self.visits.has_focus:
            self.visits.action_move(by)
        else:
            self.looking.then(lambda: self.browse(self.results.action_move, by))

    def action_leaf(self, by: int) -> None:
        """Up or down by a page."""
        if self.visits.has_focus:
            self.visits.action_page(by)
        else:
            self.looking.then(lambda: self.browse(self.results.action_page, by))

    def action_pane(self, by: int) -> None:
        """To the next of field, results and visits."""
        panes: list[Widget] = [self.typed, self.results, self.visits]
        at = next((index for index, pane in enumerate(panes) if pane.has_focus), 1)
        self.looking.then(panes[(at + by) % len(panes)].focus)

    def action_patient_new(self) -> None:
        """The form; what was looked for in vain begins the name."""
        from frontdesk.ui.dialogs.file_saved import put_on_file
        from frontdesk.ui.dialogs.patient_form import PatientForm

        typed = "" if self._sure else self.typed.value
        form = PatientForm(typed=typed)

        def answered(patient: Patient | None) -> None:
            if patient is not None:
                self.typed.value = f"#{patient.id}"  # so that it is the one that is marked
                put_on_file(form, patient)

        self.app.push_screen(form, answered)

    def action_patient_edit(self) -> None:
        """The form of the marked patient, as they are stored now."""
        key = self.results.key
        if key is not None:
            self.ask(lambda: self.desk.files.read(key), self._edit, group="edit")

    def _edit(self, sheet: PatientSheet) -> None:
        from frontdesk.ui.dialogs.file_saved import change_file

        self.desk_app.opened_file(sheet.patient.id)
        change_file(self, sheet)

    def action_patient_book(self) -> None:
        """The booking form with this patient in it, from the next full slot on."""
        from frontdesk.ui.dialogs.book import Book

        patient, today = self.marked_patient, self.desk_app.today
        if patient is None or today is None:
            return
        last = next((self._by_id[item.key] for item in self.visits.items if item.key in self._by_id), None)
        wish = wish_for(patient, last, today, self.desk_app.now())
        self.app.push_screen(Book(wish), self.stepped_unless_left)

    def tick(self, now: DateTime) -> None:
        """Nothing here runs with the clock but the frame."""
        del now
