"""A patient's card over the day: the file, the visits to come and those that were; Enter goes to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text
from frontdesk.domain.visit import Action, may_follow
from frontdesk.text import visible
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Span, pad
from frontdesk.ui.layout.day_words import SIGNS, ended_words
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.patients import PatientCard

NOTE_LINES = 3


class Card(Dialog[Appointment]):
    """Who somebody is and when they come; the answer is the visit to go to."""

    ACCEPT_WORDS: ClassVar[str] = "go to that day"
    WIDTH: ClassVar[int] = 76
    BINDINGS: ClassVar = [Binding("R", "put_back", "put back", show=False)]
    CSS: ClassVar[str] = "Card #box PickList { height: 9; width: 100%; }"

    def __init__(self, patient: Patient, timezone: str) -> None:
        """The file is read anew; `patient` names it meanwhile."""
        super().__init__(lambda: patient.name)
        self._patient, self._timezone = patient, timezone
        self._flags = Note("", "warn")
        self._file = Note(" ", "text")
        self._visits: PickList[int] = PickList(empty="reading…")
        self._by_id: dict[int, Appointment] = {}

    def body(self) -> Iterator[Widget]:
        """Flags first, then the file, then the visits."""
        yield self._flags
        yield self._file
        yield self._visits

    def on_mount(self) -> None:
        """Shows what is known and reads the rest."""
        self.desk_app.opened_file(self._patient.id)
        self._show_file(self._patient)
        self.recheck()

    def recheck(self) -> None:
        """Reads the card anew: shown first, and when something was written elsewhere."""
        key = self._patient.id
        self.ask(lambda: self.desk.patients.card(key), self._got, group="card")

    def on_pick_list_picked(self) -> None:
        """Enter on a visit."""
        self.accept()

    def accept(self) -> None:
        """Goes to the visit that is marked."""
        key = self._visits.key
        self.done(self._by_id.get(key) if key is not None else None)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done with the visit that is marked."""
        visit = self._by_id.get(self._visits.key or 0)
        back = visit is not None and Action.REINSTATE in may_follow(visit.status)
        return (("Enter", self.ACCEPT_WORDS), *((("R", "put it back"),) if back else ()), ("Esc", "back"))

    def on_pick_list_moved(self) -> None:
        """Another visit, other keys."""
        self.refresh_frame()

    def action_put_back(self) -> None:
        """Puts back the marked visit that was called off, if its place is free; the card stays open."""
        visit = self._by_id.get(self._visits.key or 0)
        if visit is None:
            return
        key, version = visit.id, visit.version
        self.save(lambda: self.desk.booking.reinstate(key, version=version), self._put_back)

    def _put_back(self, outcome: Outcome) -> None:
        # The desk itself: the undo outlives the card.
        visit, desk = outcome.appointment, self.desk
        self.tell(outcome.line, "done")
        self.desk_app.say(outcome.line, undo=lambda: desk.undo.last(visit.id, version=visit.version).line)
        self.desk_app.data_changed()
        self.recheck()

    def _got(self, card: PatientCard) -> None:
        self._show_file(card.patient)
        self._by_id = {one.id: one for one in (*card.coming, *card.past)}
        coming = [self._item(one, "to come") for one in card.coming]
        past = [self._item(one, "") for one in card.past]
        self._visits.set_items([*coming, *past], empty="no visits yet")
        self.refresh_frame()

    def _item(self, visit: Appointment, word: str) -> Item[int]:
        local = visit.starts.in_timezone(self._timezone)
        when = f"{local:%a} {local.day:2} {local:%b %Y} {local.hour:02}:{local.minute:02}"
        role = "strong" if word else "text"
        line = (
            Span(f"{when}  ", role),
            Span(pad(visit.service.name, 12), "text"),
            Span(f" {pad(visit.practitioner.name, 12)} ", "dim"),
        )
        return Item(visit.id, line, (Span(f" {SIGNS[visit.status]} {ended_words(visit)} ", "dim"),))

    def _show_file(self, patient: Patient) -> None:
        today = self.desk_app.local_day()
        self._flags.set_text(lambda: "\n".join(f"⚠ {visible(one.words)}" for one in patient.shown.flags_on(today)))
        self._file.set_text(lambda: self._file_words(patient))

    def _file_words(self, patient: Patient) -> str:
        details = patient.shown
        today = self.desk_app.local_day()
        age = patient.age_on(today)
        rows = []
        born = f"{date_text(details.birth_date)} ({age})" if details.birth_date else "birth date unknown"
        known = f"known as {visible(details.known_as)}, " if details.known_as else ""
        rows.append(FILE_HIDDEN if is_private() else f"{known}{born}, #{patient.id}")
        reach = [*(visible(phone) for phone in details.phones), visible(details.email)]
        if not is_private():
            rows.append(" · ".join(one for one in reach if one) or "no phone, no e-mail")
        if details.address:
            rows.append(visible(details.address))
        rows += [visible(row) for row in details.notes.splitlines()[:NOTE_LINES]]
        return "\n".join(rows)
