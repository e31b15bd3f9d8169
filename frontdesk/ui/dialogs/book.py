"""A new booking: who, what, with whom, when, where; whether it fits is shown while it is typed, Enter books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Found, Patient
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.day_fits import in_rows, moment_of, moment_words, verdict
from frontdesk.ui.layout.patient_words import found_line
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import CleanInput, Label
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.booking import Answer, Request
    from frontdesk.desk.outcome import Outcome

ANY_ROOM = "any room that is free"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form begins with: where the cursor stood. `patient` None is asked for first."""

    clinic: Clinic
    day: date
    today: date
    starts: DateTime
    service: str
    practitioner: str
    room: str | None = None
    patient: Patient | None = None


class Book(Dialog[object]):
    """Books an appointment; the answer is the desk's Outcome.

    Nothing that happens on other terminals touches what is typed; only the verdict below is asked for again.
    """

    TITLE_WORDS = "New booking"
    ACCEPT_WORDS: ClassVar[str] = "book"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        Binding("down", "step(1)", "next", show=False, priority=True),
        Binding("up", "step(-1)", "before", show=False, priority=True),
    ]
    CSS: ClassVar[str] = """
    Book #box > Horizontal { height: 1; width: 100%; }
    Book #box > Horizontal Label { width: 13; }
    Book #box > Horizontal CleanInput { margin: 0 1 0 0; width: 1fr; }
    Book #found { height: 5; width: 100%; margin: 0 0 0 12; }
    """

    def __init__(self, wish: Wish) -> None:
        """`wish` fills the form."""
        super().__init__()
        clinic = wish.clinic
        self._wish = wish
        self._patient = wish.patient
        self._answered = ""
        self._answer: Answer | None = None
        self._moment = moment_words(wish.starts, clinic.timezone)
        known = wish.patient.name if wish.patient else ""
        self._who = CleanInput(known, placeholder="parts of the name, phone, birth date, #number", id="who")
        self._found: PickList[int] = PickList(id="found")
        self._people: dict[int, Patient] = {}
        self._service = ChoiceField(
            "Service", [(one.name, one.name) for one in clinic.active_services], chosen=wish.service
        )
        self._with = ChoiceField(
            "With", [(one.name, one.name) for one in clinic.active_practitioners], chosen=wish.practitioner
        )
        self._when = CleanInput(self._moment, placeholder="thu 10:20, tomorrow 3pm, 11:15", id="when")
        rooms: list[tuple[str | None, str]] = [(None, ANY_ROOM), *((one.name, one.name) for one in clinic.open_rooms)]
        self._room = ChoiceField("Room", rooms, chosen=wish.room)
        self._clash = ChoiceField("Clash", [(False, "find another time"), (True, "squeeze it in")], chosen=False)
        self._fits = Note(in_rows(""), "dim")

    def body(self) -> Iterator[Widget]:
        """The form, and the verdict."""
        with Horizontal():
            yield Label("Patient")
            yield self._who
        yield self._found
        yield self._service
        yield self._with
        with Horizontal():
            yield Label("When")
            yield self._when
        yield self._room
        yield self._clash
        yield self._fits

    def on_mount(self) -> None:
        """Begins with the patient, or with the time where the patient is known."""
        super().on_mount()
        self._clash.display = False
        self._show_patient()
        if self._patient is not None:
            self._when.focus()
        else:
            self._who.focus()
        self.recheck()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What works in the field that has the focus."""
        first = {"who": ("↑ ↓", "choose"), "when": ("↓", "nearest place")}.get(
            self.focused.id or "" if self.focused else "", ("← →", "turn")
        )
        enter = "choose" if self._patient is None else "book"
        return (("Enter", enter), first, ("Tab", "next field"), ("Esc", "back"))

    def is_changed(self) -> bool:
        """Whether Esc would lose a patient that was looked up or a time that was typed."""
        typed = self._who.value if self._patient is None else ""
        return bool(typed) or self._when.value != self._moment or self._patient != self._wish.patient

    def on_input_changed(self, event: CleanInput.Changed) -> None:
        """Looks up the patient, or asks whether the time fits."""
        self.tell("")
        if event.input is self._who:
            if self._patient is None or self._who.value != self._patient.name:
                self._patient = None
                self._look_up()
        else:
            self.recheck()

    def on_choice_field_changed(self) -> None:
        """Another service, person or room."""
        self.tell("")
        self.recheck()

    def on_descendant_focus(self) -> None:
        """The key line names what works in the field."""
        self.refresh_frame()

    def action_step(self, by: int) -> None:
        """In the results by rows; in the time to the nearest place or by a slot; in a choice to the next."""
        if self.focused is self._who:
            self._found.action_move(by)
        elif self.focused is self._when:
            self._step_time(by)
        elif isinstance(self.focused, ChoiceField):
            self.focused.action_turn(by)

    def accept(self) -> None:
        """Takes the patient that is marked, then books."""
        if self._patient is None:
            self._take_patient()
            return
        try:
            request = self._request(self._patient)
        except Refused as refused:
            self.fail(refused)
            self._when.focus()
            return
        self.save(lambda: self.desk.booking.book(request), self._booked, refused=self._not_booked)

    def recheck(self) -> None:
        """Asks whether the form fits as it is now."""
        patient = self._patient
        if patient is None:
            self._show("Who is it for? Then Enter.", "dim")
            return
        try:
            request = self._request(patient)
        except Refused as refused:
            self._answer = None
            self._show(refused.reason, "dim")
            return
        self.ask(
            lambda: self.desk.booking.check(request),
            lambda answer: self._judged(request, answer),
            group="fits",
            refused=lambda refused: self._show(refused.reason, "error"),
        )

    # The patient

    def _look_up(self) -> None:
        typed = self._who.value
        if not typed.strip():
            self._answered = typed
            self._show_found(())
            self.recheck()
            return
        self.ask(lambda: self.desk.patients.find(typed, 30), lambda found: self._got(typed, found), group="patients")

    def _got(self, typed: str, found: tuple[Found, ...]) -> None:
        self._answered = typed
        self._show_found(found)
        self._found.select_first()

    def _show_found(self, found: tuple[Found, ...]) -> None:
        self._people = {one.patient.id: one.patient for one in found}
        items = []
        for one in found:
            left, right = found_line(one.patient)
            items.append(Item(one.patient.id, left, right))
        self._found.set_items(items, empty="nobody like that" if self._who.value.strip() else "")

    def _take_patient(self) -> None:
        """The marked result, if what is shown answers what is typed: a late answer must not change who is booked."""
        key = self._found.key
        if self._answered != self._who.value:
            self.tell("Still looking; Enter again when they are there.", "dim")
            return
        if key is None:
            self.fail("Nobody is chosen: type a part of the name, the phone or the birth date.")
            self._who.focus()
            return
        self._patient = self._people[key]
        self._who.value = self._patient.name
        self._who.cursor_position = len(self._who.value)
        self._show_patient()
        self._when.focus()
        self.recheck()

    def _show_patient(self) -> None:
        """Who it is for, with what must be seen before anything is booked."""
        if self._patient is None:
            return
        details = self._patient.details
        left, right = found_line(self._patient)
        flags = [Item(-index, (Span(f"⚠ {flag.words}", "warn"),)) for index, flag in enumerate(details.flags, 1)]
        self._found.set_items([Item(self._patient.id, left, right), *flags])
        self._found.select_first()

    # Time and verdict

    def _request(self, patient: Patient) -> Request:
        from frontdesk.desk.booking import Request

        return Request(
            patient.id, self._service.value, self._with.value, self._starts(), self._room.value, self._clash.value
        )

    def _starts(self) -> DateTime:
        wish = self._wish
        if self._when.value == self._moment:
            return wish.starts
        return moment_of(self._when.value, wish.day, wish.today, wish.clinic.timezone)

    def _step_time(self, by: int) -> None:
        """Down goes to the nearest free place where the time does not fit; else by the clinic's slot."""
        zone = self._wish.clinic.timezone
        answer = self._answer
        try:
            starts = self._starts()
        except Refused as refused:
            self.fail(refused)
            return
        if answer is not None and answer.fit is None and answer.alternatives and by > 0:
            starts = answer.alternatives[0].starts
        else:
            starts = starts.add(minutes=by * self._wish.clinic.slot_minutes)
        self._when.value = moment_words(starts, zone)
        self._when.cursor_position = len(self._when.value)

    def _judged(self, request: Request, answer: Answer) -> None:
        self._answer = answer
        squeezable = answer.squeezable or self._clash.value
        if squeezable != self._clash.display:
            self._clash.display = squeezable
        how = "or squeeze it in: Tab to “Clash”, then →" if squeezable else ""
        text, role = verdict(request.starts, answer, self._wish.clinic.timezone, squeeze=how)
        self._show(text, role)

    def _show(self, text: str, role: str) -> None:
        self._fits.set_text(in_rows(text), role)

    def _booked(self, outcome: Outcome) -> None:
        self.done(outcome)

    def _not_booked(self, refused: Refused) -> None:
        self.fail(refused.reason.split(" — free:")[0].split(" (or squeeze")[0])
        self.recheck()
