"""Somebody is here without an appointment: who, and how long they would really wait; Enter puts them into the queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.time_text import clock_of
from frontdesk.domain.walk_in import Estimate
from frontdesk.ui import keys
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.dialogs.for_patient import ForPatient
from frontdesk.ui.layout.cells import Line, Span, pad
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.patients import PatientCard

ANYBODY = "whoever is free first"
_ROWS = 5
_LEFT = "0123456789"


class WalkIn(ForPatient["Outcome"]):
    """The answer is the desk's Outcome. What is shown is asked anew each minute, and whenever somebody writes."""

    TITLE_WORDS = "Without an appointment"
    ACCEPT_WORDS: ClassVar[str] = "into the queue"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        *(Binding(key, f"offer({key})", "place", show=False) for key in keys.action("offer.take").keys),
    ]
    CSS: ClassVar[str] = f"""{ForPatient.CSS}
    WalkIn #wait {{ height: {_ROWS}; width: 100%; margin: 1 0 0 0; }}
    """

    def __init__(self, clinic: Clinic, patient: Patient | None = None) -> None:
        super().__init__(patient)
        self._zone = clinic.timezone
        services = [(one.name, one.name) for one in clinic.active_services]
        self._service = ChoiceField("Service", services, chosen=services[0][0], leaves=_LEFT)
        people: list[tuple[str | None, str]] = [(one.name, one.name) for one in clinic.active_practitioners]
        if len(people) > 1:
            people.insert(0, (None, ANYBODY))
        self._with = ChoiceField("With", people, chosen=people[0][0], leaves=_LEFT)
        self._list: PickList[int] = PickList(id="wait")
        self._list.can_focus = False
        self._hint = Note("", "dim")
        self._found_now: tuple[Estimate, ...] = ()
        self._asked_at: DateTime | None = None
        self._why_none = ""
        """Why there is no place to choose."""

    def form(self) -> Iterator[Widget]:
        """What for and with whom; the waits."""
        yield from (self._service, self._with, self._list, self._hint)

    def on_mount(self) -> None:
        """Begins with the patient, or with the waits where the patient is known."""
        self.show_phase()
        if self.patient is not None:
            self.taken()

    def taken(self) -> None:
        """What for, and the wait."""
        self.set_focus(self._service)
        patient = self.patient
        if patient is not None:
            self.ask(lambda: self.desk.patients.card(patient.id), self._got_card, group="card")
        self.recheck()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What works now."""
        if self.patient is None:
            return (("Enter", "take the patient"), ("↑ ↓", "choose"), ("Esc", "back"))
        return (("Enter", self.ACCEPT_WORDS), ("1-9", "place"), ("← →", "turn"), ("Tab", "next field"), ("Esc", "back"))

    def tick(self, now: DateTime) -> None:
        """The wait changes as the day goes on."""
        if self.patient is not None and self._asked_at is not None and (now - self._asked_at).total_seconds() >= 60:
            self.recheck()

    def recheck(self) -> None:
        """Asks anew what is free and how late everybody runs."""
        patient = self.patient
        if patient is None:
            return
        self._asked_at = self.desk_app.now()
        key, service, practitioner = patient.id, self._service.value, self._with.value
        self.ask(
            lambda: self.desk.walk_ins.estimates(key, service, practitioner),
            self._got_waits,
            group="wait",
            refused=self._not_at_all,
        )

    def on_choice_field_changed(self) -> None:
        """Another service or practitioner."""
        self.tell("")
        self.recheck()

    def on_descendant_focus(self) -> None:
        """The key line names what works in the field."""
        self.refresh_frame()

    def action_step(self, by: int) -> None:
        """Through the results, or the places."""
        if self.patient is None:
            self.move_in_results(by)
        else:
            self._list.action_move(by)

    def action_offer(self, digit: int) -> None:
        """The place of that number."""
        if digit > len(self._found_now):
            self.tell(f"There is no place {digit}.", "warn")
        else:
            self._list.select(digit)

    def accept(self) -> None:
        """Takes the patient that is marked, then the place."""
        if self.patient is None:
            self.take_patient()
            return
        number = self._list.key
        if number is None:
            self.tell(self._why_none or "The wait is still being worked out.", "warn")
            return
        key, service, place = self.patient.id, self._service.value, self._found_now[number - 1].place
        self.save(lambda: self.desk.walk_ins.take(key, service, place), self.done, refused=self.not_to_be_had)

    @property
    def offers_a_new_file(self) -> bool:
        """Whoever walks in may have been here or not."""
        return True

    def _got_card(self, card: PatientCard) -> None:
        """What they came for last is what they come for now, unless somebody says otherwise."""
        last = next((one.service.name for one in card.past), None)
        if last is not None:
            self._service.choose(last)

    def _got_waits(self, found: tuple[Estimate, ...]) -> None:
        self._found_now = found
        if not found:
            self._none(
                f"Nothing fits any more today: {key_of('waiting.put')} puts them on the waiting list, "
                f"{key_of('book.new')} squeezes them in."
            )
            return
        items = [Item(number, *self._row(number, one)) for number, one in enumerate(found[:_ROWS], 1)]
        self._list.set_items(items, empty="")
        late = max(one.late_minutes for one in found)
        self._hint.set_text("The wait is what to say: it counts how late everybody runs." if late else "", "dim")

    def _none(self, words: str) -> None:
        self._found_now = ()
        self._why_none = words
        self._list.set_items([], empty=words)
        self._hint.set_text("")

    def _not_at_all(self, refused: Refused) -> None:
        self._none("")
        self._why_none = refused.reason
        self.fail(refused)

    def _row(self, number: int, one: Estimate) -> tuple[Line, Line]:
        place = one.place
        late = f", runs {one.late_minutes}′ late" if one.late_minutes else ""
        left = (
            Span(f"{number} ", "key"),
            Span(pad(one.words, 14), "strong"),
            Span(f"{clock_of(one.expected, self._zone)}  ", "done"),
            Span(f"{pad(place.practitioner.name, 12)} {place.room.name}"),
        )
        return left, (Span(f"plan {clock_of(place.starts, self._zone)}{late} ", "warn" if late else "dim"),)
