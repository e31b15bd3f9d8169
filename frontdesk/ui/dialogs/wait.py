"""Onto the waiting list by a line: what was understood is shown while it is typed; Enter writes it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.packing import Slot
from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import moment_text
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.domain.waiting import Waiting, Wish
from frontdesk.domain.waiting_line import Said, said_again, understand_wish
from frontdesk.ui.dialogs.for_patient import ForPatient
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.waiting_lines import understood_lines
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.named_input import NamedInput
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.patients import PatientCard
    from frontdesk.desk.waiting import Kept

MOST_VISITS = 4
"""Coming visits that may be chosen to be had earlier."""
_PLACEHOLDER = "mon thu before 12 lin urgent; a note"


class Understood(LineWidget):
    """The wish as it was understood, and what is free for it already."""

    said: Said | None = None
    free: tuple[Slot, ...] | None = None
    zone = "UTC"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """A row a part."""
        del height
        if self.said is None:
            return ()
        wish, question = self.said.wish, self.said.question
        if question:
            return understood_lines([("Means", question, "error")], width)
        what = [("Means", wish.words, "text")]
        if wish.urgent:
            what.append(("", "‼ urgent: called first", "warn"))
        if wish.note and not is_private():
            what.append(("Note", wish.note, "dim"))
        if self.free is not None:
            places = ", ".join(moment_text(one.starts, self.zone) for one in self.free)
            what.append(("Free now", places or "nothing in the coming days", "done" if places else "dim"))
        return understood_lines(what, width)


class Wait(ForPatient["Kept"]):
    """Puts somebody on the list, or changes what they wait for; the answer is the desk's Kept."""

    TITLE_WORDS = "Waiting list"
    ACCEPT_WORDS: ClassVar[str] = "put on the list"
    WIDTH: ClassVar[int] = 78
    CSS: ClassVar[str] = f"""{ForPatient.CSS}
    Wait #for {{ width: 100%; margin: 0 0 0 12; }}
    Wait #understood {{ height: 5; width: 100%; margin: 1 0 0 0; }}
    """

    def __init__(
        self, clinic: Clinic, patient: Patient | None, visit: Appointment | None = None, entry: Waiting | None = None
    ) -> None:
        """`visit` is one they may want earlier; `entry` is what is changed, where they are on the list."""
        super().__init__(patient)
        self._clinic, self._visit, self._entry = clinic, visit, entry
        self._begun = said_again(entry.wish) if entry is not None else ""
        self._line = NamedInput("When", self._begun, placeholder=_PLACEHOLDER, of_patient=entry is not None, id="line")
        self._for: PickList[int] = PickList(id="for")
        self._for.can_focus = False
        self._visits: dict[int, Appointment] = {} if visit is None else {visit.id: visit}
        self._last: Appointment | None = visit
        self._understood = Understood(id="understood")
        self._understood.zone = clinic.timezone
        self._asked: tuple[Wish, int | None] | None = None
        self._stepped = False
        """Whether what it is for was chosen by hand."""

    def form(self) -> Iterator[Widget]:
        """When they could come; what for; what was understood."""
        yield from (self._line, self._for, self._understood)

    def on_mount(self) -> None:
        """Begins with the patient, or with when they could come where the patient is known."""
        self._show_for()
        self.show_phase()
        if self.patient is not None:
            self.taken()

    def taken(self) -> None:
        """Typing is when they could come; their coming visits are what they may want earlier."""
        self._line.resume()
        self.recheck()

    def recheck(self) -> None:
        """Reads their visits anew, and asks what is free for the wish."""
        patient = self.patient
        if patient is not None and self._entry is None:
            self.ask(lambda: self.desk.patients.card(patient.id), self._got_card, group="card")
        self._understand(anew=True)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What works now."""
        if self.patient is None:
            return (("Enter", "take the patient"), ("↑ ↓", "choose"), ("Esc", "back"))
        choose = (("↑ ↓", "what for"),) if len(self._for.items) > 1 else ()
        return (("Enter", "save" if self._entry else self.ACCEPT_WORDS), *choose, ("Esc", "back"))

    def is_changed(self) -> bool:
        """Whether Esc would lose a line that was typed."""
        return super().is_changed() or self._line.value != self._begun

    def wish_changed(self) -> None:
        """Reads the line."""
        self._understand()

    def action_step(self, by: int) -> None:
        """Through the results, or through what it is for."""
        if self.patient is None:
            self.move_in_results(by)
        else:
            self._stepped = True
            self._for.action_move(by)
            self._understand()

    def accept(self) -> None:
        """Takes the patient that is marked, then writes the wish down."""
        patient, said = self.patient, self._understood.said
        if patient is None:
            self.take_patient()
            return
        if said is None or said.question:
            self.fail(said.question if said else "Say when they could come.")
            return
        entry, wish, visit_id = self._entry, said.wish, self._visit_id
        if entry is not None:
            self.save(lambda: self.desk.waiting.change(entry.id, entry.version, wish), self.done)
        else:
            self.save(lambda: self.desk.waiting.add(patient.id, wish, appointment_id=visit_id), self.done)

    @property
    def _visit_id(self) -> int | None:
        return self._for.key or None

    def _base(self) -> Wish:
        """What the line is read over: the service, and with whom the visit is."""
        if self._entry is not None:
            return Wish(self._entry.wish.service)
        visit = self._visits.get(self._visit_id or 0)
        if visit is not None:
            return Wish(visit.service, (visit.practitioner,))
        last = self._last.service if self._last is not None else None
        active = self._clinic.active_services
        return Wish(last if last in active and last is not None else active[0])

    def _understand(self, *, anew: bool = False) -> None:
        patient = self.patient
        said = understand_wish(self._line.value, self._clinic, self.desk_app.local_day(), self._base())
        self._understood.said = said
        wish, visit_id = said.wish, self._visit_id
        if patient is not None and not said.question and (anew or (wish, visit_id) != self._asked):
            self._asked = wish, visit_id
            self._understood.free = None
            self.ask(
                lambda: self.desk.waiting.fits(patient.id, wish, visit_id),
                self._got_free,
                group="free",
                holds=False,
                refused=lambda _: None,
            )
        self._understood.redraw()
        self.refresh_frame()

    def _got_free(self, places: tuple[Slot, ...]) -> None:
        self._understood.free = places
        self._understood.redraw()

    def _got_card(self, card: PatientCard) -> None:
        coming = [one for one in card.coming if one.status in NOT_BEGUN][:MOST_VISITS]
        self._visits = {one.id: one for one in coming}
        if self._visit is not None:
            self._visits.setdefault(self._visit.id, self._visit)
        self._last = next(iter((*card.past, *coming)), None)
        self._show_for()
        self._understand()

    def _show_for(self) -> None:
        zone = self._clinic.timezone
        if self._entry is not None:
            items = [Item(0 if self._entry.visit is None else self._entry.visit.id, (Span(self._of_entry(zone)),))]
        else:
            items = [
                Item(one.id, (Span(f"earlier than {moment_text(one.starts, zone)}"), Span(_of(one), "dim")))
                for one in sorted(self._visits.values(), key=lambda one: one.starts)
            ]
            items.append(Item(0, (Span("one visit more"), Span(", any place that is free", "dim"))))
        self._for.set_items(items)
        self._for.styles.height = len(items)
        if not self._stepped and self._entry is None:
            # Who has an appointment mostly wants it earlier.
            self._for.select(self._visit.id if self._visit is not None else items[0].key)

    def _of_entry(self, zone: str) -> str:
        entry = self._entry
        assert entry is not None
        return f"earlier than {moment_text(entry.visit.starts, zone)}" if entry.visit else "one visit more"


def _of(visit: Appointment) -> str:
    return f", {visit.service.name} with {visit.practitioner.name}"
