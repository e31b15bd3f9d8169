"""What begins with a patient: looked up as one types, taken by Enter, then shown with what must be known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.patient import Found, Patient
from frontdesk.ui.dialogs.base import Dialog, ErrorLine
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.patient_words import found_line, phone_cells
from frontdesk.ui.widgets.box import Box
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.named_input import NamedInput
from frontdesk.ui.widgets.person import PersonLines
from frontdesk.ui.widgets.pick_list import Item, PickList

NEW = 0
"""The row that opens a file for somebody who was never here."""


T = TypeVar("T")


class ForPatient(Dialog[T], Generic[T]):
    """A form for one patient: results while nobody is taken, then what follows. Give `taken`, `form`, `action_step`.

    What is not shown at first is made part of the dialog when it is: the first thing to see is the patient's field.
    """

    BINDINGS: ClassVar = [
        Binding("down", "step(1)", "next", show=False, priority=True),
        Binding("up", "step(-1)", "before", show=False, priority=True),
    ]
    CSS: ClassVar[str] = """
    #box #found { height: 11; width: 100%; }
    #box #person { height: 2; }
    """

    def __init__(self, patient: Patient | None, typed: str = "") -> None:
        """`patient` None is asked for first, beginning with what was `typed` of them."""
        super().__init__()
        self.patient = patient
        self._given = patient
        self._answered = ""
        name = patient.name if patient else typed
        self.who = NamedInput("Patient", name, placeholder="name parts, phone, birth date", id="who")
        self._found: PickList[int] = PickList(id="found")
        self._people: dict[int, Patient] = {}
        self._results: tuple[Found, ...] = ()
        self._person = PersonLines(id="person")

    def begin_looking_up(self) -> None:
        """Finds whom the first words may mean."""
        if self.patient is None and self.who.value:
            self.who.resume()
            self._look_up()

    def taken(self) -> None:
        """Somebody was taken: the form can be asked about."""

    def action_step(self, by: int) -> None:
        """Up or down: through the results while nobody is taken, then through what the form has to choose."""
        raise NotImplementedError

    def form(self) -> Iterator[Widget]:
        """The widgets that are shown once somebody is taken: the last ones of the body."""
        yield from ()

    def always(self) -> Iterator[Widget]:
        """The widgets between the results, or who was taken, and the form."""
        yield from ()

    def body(self) -> Iterator[Widget]:
        """The patient's field, the results or who was taken, the form."""
        known = self.patient is not None
        yield self.who
        yield self._person if known else self._found
        yield from self.always()
        if known:
            yield from self.form()

    def is_changed(self) -> bool:
        """Whether Esc would lose a patient that was looked up."""
        typed = self.who.value if self.patient is None else ""
        return bool(typed) or self.patient != self._given

    def show_phase(self) -> None:
        """The results while somebody is looked up; then who it is, and the form."""
        known = self.patient is not None
        here, other = (self._person, self._found) if known else (self._found, self._person)
        form = tuple(self.form())
        if not here.is_attached:
            self.query_one(Box).mount(here, after=self.who)
        if known and form and not form[0].is_attached:
            self.query_one(Box).mount(*form, before=self.query_one(ErrorLine))
        here.display = True
        for widget, shown in ((other, False), *((one, known) for one in form)):
            widget.display = shown
        if self.patient is not None:
            self._person.show(self.patient, self.desk_app.local_day())
            key = self.patient.id
            self.ask(lambda: self.desk.files.missed(key), self._person.let_lapse, group="missed", holds=False)
        self.refresh_frame()

    def on_input_changed(self, event: CleanInput.Changed) -> None:
        """Looks up the patient, or goes by what else is typed."""
        who = event.input is self.who
        if who and self.patient is not None and self.who.value == self.patient.name:
            # The name of who was taken was put there, and what is told by now may be of them.
            return
        self.tell("")
        if who:
            self.who_changed()
        else:
            self.wish_changed()

    def wish_changed(self) -> None:
        """Something else than the patient's name is typed."""

    def who_changed(self) -> None:
        """Another name is typed: nobody is taken any more."""
        self.patient = None
        self.show_phase()
        self._look_up()

    def privacy_turned(self) -> None:
        """Whoever is taken is called otherwise now, and so are the results."""
        if self.patient is not None:
            with self.who.prevent(CleanInput.Changed):
                self.who.value = self.patient.name
        self._show_found(self._results)
        super().privacy_turned()

    def move_in_results(self, by: int) -> None:
        """By rows."""
        self._found.action_move(by)

    def take_patient(self) -> None:
        """The marked result, if what is shown answers what is typed: a late answer must not change who is booked.

        In the row for it, a new file for what was typed.
        """
        key = self._found.key
        if self._answered != self.who.value:
            self.tell("Still looking; Enter again when they are there.", "dim")
            return
        if key is None:
            self.fail("Nobody is chosen: type a part of the name, the phone or the birth date.")
            self.who.focus()
            return
        if key == NEW:
            from frontdesk.ui.dialogs.patient_form import PatientForm

            self.app.push_screen(PatientForm(typed=self.who.value), self._answered_by_form)
            return
        self.take(self._people[key])

    def _answered_by_form(self, patient: Patient | None) -> None:
        if patient is not None:
            self.written_down(patient)

    def written_down(self, patient: Patient) -> None:
        """Goes on with a patient whose file was begun just now."""
        self.take(patient)

    def take(self, patient: Patient) -> None:
        """Goes on with a patient."""
        self.patient = patient
        self.who.value = patient.name
        self.who.cursor_position = len(self.who.value)
        self.show_phase()
        self.taken()

    @property
    def _only_guesses(self) -> bool:
        """Whether nobody that was found is surely meant."""
        return not any(one.is_sure for one in self._results)

    @property
    def offers_a_new_file(self) -> bool:
        """Whether who is typed may be somebody without a file."""
        return self._only_guesses

    def _look_up(self) -> None:
        typed = self.who.value
        if not typed.strip():
            self._answered = typed
            self._show_found(())
            return
        self.ask(lambda: self.desk.lookup.find(typed, 30), lambda found: self._got(typed, found), group="patients")

    def _got(self, typed: str, found: tuple[Found, ...]) -> None:
        self._answered = typed
        self._show_found(found)
        self._found.select_first()

    def _show_found(self, found: tuple[Found, ...]) -> None:
        self._results = found
        self._people = {one.patient.id: one.patient for one in found}
        today = self.desk_app.local_day()
        from frontdesk.ui.dialogs.patient_fields import begun_words

        cells = phone_cells(found)
        items = [Item(one.patient.id, *found_line(one.patient, today, one, cells)) for one in found]
        typed = self.who.value.strip()
        if typed and self.offers_a_new_file:
            # Enter takes the first row, which must not be a stranger whose name is merely like what was typed.
            at = 0 if self._only_guesses else len(items)
            items.insert(at, Item(NEW, (Span("+ ", "key"), Span(f"new patient: {begun_words(typed)}"))))
        self._found.set_items(items, empty="nobody like that" if typed else "")
