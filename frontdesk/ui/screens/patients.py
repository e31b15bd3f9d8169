"""The Patients screen: results as you type, and beside them the card of the one that is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.patient import Found, Patient
from frontdesk.domain.visit import ENDED
from frontdesk.ui import keys
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.patient_card import card_lines, result_line, visit_row
from frontdesk.ui.live_keys import key_of, named
from frontdesk.ui.screens.booking_for import wish_for
from frontdesk.ui.screens.patient_records import PatientRecords
from frontdesk.ui.screens.pending import Pending
from frontdesk.ui.widgets.field import CleanInput, Label
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.pick_list import Item, Later, PickList

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.patients import PatientCard

LIMIT = 50
"""Results shown; whoever is not among them is found by one more letter."""
WANTED = "name parts in any order, phone, birth date, #number"
"""What may be typed, in the field's own words."""
_OF_A_PATIENT = ("patient.edit", "patient.book", "patient.file", "patient.plan", "patient.package", "waiting.put")
"""What is done with whoever is marked, whether a visit is or not."""


class PatientFile(LineWidget):
    """The file above the visits, as high as it needs to be."""

    DEFAULT_CSS = "PatientFile { width: 1fr; height: auto; }"
    patient: Patient | None = None
    today = date.min
    zone = "UTC"
    more: PatientCard | None = None

    def show(self, patient: Patient | None, today: date, zone: str, more: PatientCard | None = None) -> None:
        """Another patient, or the same one changed; `more` once it has been read."""
        self.patient, self.today, self.zone, self.more = patient, today, zone, more
        self.styles.height = len(self._rows(self.size.width or 40))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The file's rows."""
        del height
        return self._rows(width)

    def _rows(self, cells: int) -> Sequence[Line]:
        return card_lines(self.patient, self.today, cells, self.more, self.zone) if self.patient else ()


class PatientsScreen(PatientRecords):
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
        self.typed = CleanInput(placeholder=f"{key_of('find')} {WANTED}", id="typed")
        self.count = Label("", "dim", id="count")
        self.results: PickList[int] = PickList(id="results")
        self.file = PatientFile(id="file")
        self.visits: PickList[int] = PickList(id="visits", quiet=True)
        self._by_number: dict[int, Found] = {}
        self._by_id: dict[int, Appointment] = {}
        self._sure = False
        """Whether anybody shown is surely meant, and not only guessed at."""
        self._moved = False
        """Whether the mark was moved since the last letter: until then it is on the best match."""
        self._looking = Pending(self)
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

    def reload(self) -> None:
        """Looks up anew what is typed."""
        text = self.typed.value
        self._looking.begin()
        self.ask(
            lambda: self.desk.patients.find(text, LIMIT + 1), self._found, group="find", refused=self._looking.refused
        )

    @property
    def marked_patient(self) -> Patient | None:
        """The patient that is marked in the results."""
        found = self._by_number.get(self.results.key or 0)
        return None if found is None else found.patient

    @property
    def planned_for(self) -> Patient | None:
        """The patient that is marked."""
        return self.marked_patient

    @property
    def walks_in(self) -> Patient | None:
        """The patient that is marked."""
        return self.marked_patient

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
            today = self.desk_app.today
            if today is None or not today.clinic.active_services or not today.clinic.active_practitioners:
                return f"Nothing can be booked before the clinic is set up: {key_of('screen.setup')}."
            patient = self.marked_patient
            if patient is not None and patient.shown.deceased_on is not None:
                change = key_of("patient.edit")
                return f"{patient.name} is deceased: nothing is booked. If that is wrong, {change} changes the file."
        if action_id in ("book.cancel", "book.reinstate", "book.repeat") and self.chosen is None:
            return "Choose a visit on the card first: Enter on the patient, or Tab."
        if action_id == "visit.next" and self.chosen is None:
            return f"No visit today: {key_of('patient.book')} books one; Tab goes to the visits on the card."
        return super().why_not(action_id)

    # Lookup

    @on(CleanInput.Changed, "#typed")
    def on_typed(self) -> None:
        """Every letter is a new question; the latest answer wins."""
        self._moved = False
        # Who types before the database is open is answered when it is.
        if self.desk_app.has_desk:
            self.reload()

    @on(CleanInput.Submitted, "#typed")
    def on_entered(self) -> None:
        """Enter: on to the patient that is marked; what is more than a name is a booking in one line."""
        self._looking.then(self._entered)

    def _entered(self) -> None:
        text = self.typed.value
        if self._sure or len(text.split()) < 2 or self.why_not("book.line") is not None:
            self.results.focus()
            return
        release = self.desk_app.router.hold_keys()

        def read(is_booking: bool) -> None:
            release()
            if is_booking:
                self.say_a_line(text)
            else:
                self.results.focus()

        def refused(reason: Refused) -> None:
            release()
            self.desk_app.refuse(reason)

        self.ask(lambda: self.desk.saying.is_booking(text), read, group="line", refused=refused)

    def _found(self, found: tuple[Found, ...]) -> None:
        shown = found[:LIMIT]
        self._by_number = {one.id: one for one in shown}
        self._sure = any(one.is_sure for one in shown)
        today = self._today()
        items = [Later(one.id, partial(_row, one, today)) for one in shown]
        typed = self.typed.value.strip()
        new = key_of("patient.new")
        empty = f"Nobody is on file yet: {new} writes down the first patient."
        if typed:
            empty = f"Nobody is called that. {new} writes them down; Enter in the field reads it as a booking."
        before = self.results.key
        self.results.set_items(items, empty=empty)
        if not self._moved and typed:
            self.results.select_first()
        # The mark is somebody's from now on: what is written about them may put others before them.
        self._moved = True
        if len(found) > LIMIT:
            words = f"the first {LIMIT}; type more to see the others"
        elif typed:
            words = _how_many(found)
        else:
            words = "seen last" if found else ""
        self.count.set_text(words)
        if self.results.key is None or self.results.key == before:
            self._show_card()
        self._looking.end()

    @on(PickList.Moved, "#results")
    def on_marked(self) -> None:
        """Another patient: their card."""
        self._show_card()

    @on(PickList.Picked, "#results")
    def on_picked(self) -> None:
        """Enter on a patient: opens their file."""
        self._looking.then(self._open_marked)

    async def action_patient_file(self) -> None:
        """The file of the patient that is marked."""
        self._open_marked()

    def _open_marked(self) -> None:
        key = self.results.key
        if key is not None:
            self.call_next(self.open_file, key)

    # Card

    def _show_card(self) -> None:
        self.refresh_frame(KeyLine)
        key = self.results.key
        if key is None:
            self.file.show(None, self._today(), self.zone)
            self.visits.set_items([], empty="")
            self._reading.end()
            return
        if self.file.patient is None or self.file.patient.id != key:
            self.file.show(self.marked_patient, self._today(), self.zone)
            self.visits.set_items([], empty="")
        self._reading.begin()
        self.ask(lambda: self.desk.patients.card(key), self._got_card, group="card", refused=self._reading.refused)

    def _got_card(self, card: PatientCard) -> None:
        self.file.show(card.patient, self._today(), self.zone, card)
        self._by_id = {one.id: one for one in (*card.coming, *card.past)}
        now, today = self.desk_app.now(), self.desk_app.today
        clinic = today.clinic if today else Clinic("", "UTC", "", 5, WeekHours())
        coming = [Item(one.id, *visit_row(one, clinic, now, coming=True)) for one in card.coming]
        past = [Item(one.id, *visit_row(one, clinic, now, coming=one.status not in ENDED)) for one in card.past]
        self.visits.set_items([*coming, *past], empty=f"No visits yet: {key_of('patient.book')} books one.")
        self.refresh_frame(KeyLine)
        self._reading.end()

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

    # Actions

    async def action_find(self) -> None:
        """To the field; what was looked for last is replaced by typing."""
        self.typed.focus()
        self.typed.action_select_all()

    def action_back(self) -> None:
        """From the visits to the results, from the field to the results; then the message goes."""
        if self.visits.has_focus or self.typed.has_focus:
            self._looking.then(self.results.focus)
        else:
            super().action_back()

    def action_browse(self, by: int) -> None:
        """Up or down, in the results also while typing."""
        if self.visits.has_focus:
            self.visits.action_move(by)
        else:
            self._looking.then(lambda: self._browse(self.results.action_move, by))

    def action_leaf(self, by: int) -> None:
        """Up or down by a page."""
        if self.visits.has_focus:
            self.visits.action_page(by)
        else:
            self._looking.then(lambda: self._browse(self.results.action_page, by))

    def _browse(self, move: Callable[[int], None], by: int) -> None:
        self._moved = True
        move(by)

    def action_pane(self, by: int) -> None:
        """To the next of field, results and visits."""
        panes: list[Widget] = [self.typed, self.results, self.visits]
        at = next((index for index, pane in enumerate(panes) if pane.has_focus), 1)
        self._looking.then(panes[(at + by) % len(panes)].focus)

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
        self.app.push_screen(Book(wish), self._booked)

    def _booked(self, answer: Outcome | None) -> None:
        if answer is not None:
            self.stepped(answer)

    def tick(self, now: DateTime) -> None:
        """Nothing here runs with the clock but the frame."""
        del now

    def _today(self) -> date:
        return self.desk_app.local_day()


def _row(found: Found, today: date) -> Item[int]:
    return Item(found.id, *result_line(found, today))


def _how_many(found: tuple[Found, ...]) -> str:
    """How many are called that, and how many are only like it."""
    sure = sum(one.is_sure for one in found)
    alike = f"{len(found) - sure} like it ≈" if len(found) > sure else ""
    if not sure:
        return f"nobody is called that; {alike}" if alike else ""
    return f"{sure} found, {alike}" if alike else f"{sure} found"
