"""The places that somebody on the waiting list would take: a digit chooses, Enter books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.packing import Slot
from frontdesk.domain.packing.offers import numbered
from frontdesk.domain.waiting import Waiting
from frontdesk.ui import keys
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.waiting_lines import wish_words
from frontdesk.ui.widgets.offer_list import OfferList

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome


class PlacesFor(Dialog["Outcome"]):
    """Books from the list; the answer is the desk's Outcome."""

    ACCEPT_WORDS: ClassVar[str] = "book"
    WIDTH: ClassVar[int] = 72
    BINDINGS: ClassVar = [
        Binding("down,j", "step(1)", "next", show=False, priority=True),
        Binding("up,k", "step(-1)", "before", show=False, priority=True),
        *(Binding(key, f"offer({key})", "place", show=False) for key in keys.action("offer.take").keys),
    ]
    CSS: ClassVar[str] = "PlacesFor #offers { height: 9; width: 100%; }"

    def __init__(self, entry: Waiting, clinic: Clinic, today: date) -> None:
        super().__init__(lambda: f"Where {entry.patient.name} fits")
        self._entry = entry
        self._wants = Note(lambda: wish_words(entry, clinic), "dim")
        self._list = OfferList(clinic.timezone, today)
        self._place: Slot | None = None

    def body(self) -> Iterator[Widget]:
        """What they want, and the places."""
        yield self._wants
        yield self._list

    def on_mount(self) -> None:
        """Asks the planner."""
        self.recheck()

    def is_changed(self) -> bool:
        """Nothing is typed here."""
        return False

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Digits choose."""
        return (("Enter", "book"), ("1-9", "place"), ("Esc", "back"))

    def recheck(self) -> None:
        """Asks anew: first, and when somebody wrote."""
        key = self._entry.id
        self.ask(lambda: self.desk.waiting.places(key), self._got, group="places")

    def action_offer(self, digit: int) -> None:
        """The place of that number."""
        place = numbered(self._list.offers, digit)
        if place is None:
            self.tell(f"There is no place {digit}.", "warn")
        else:
            self._choose(place)

    def action_step(self, by: int) -> None:
        """Through the places."""
        offers, at = self._list.offers, self._list.index
        if offers:
            self._choose(offers[0 if at is None else (at + by) % len(offers)])

    def accept(self) -> None:
        """Books the place that is marked."""
        place = self._place
        if place is None:
            self.tell("A digit chooses a place.", "warn")
            return
        key, version = self._entry.id, self._entry.version
        self.save(lambda: self.desk.waiting.book(key, place, version), self.done, refused=self.not_to_be_had)

    def _choose(self, place: Slot) -> None:
        self._place = place
        self._list.choose(place.starts)
        self.tell("")

    def _got(self, places: tuple[Slot, ...]) -> None:
        self._list.show(places, "nothing they would take is free in the coming days")
        if self._place not in places:
            self._place = None
            if places:
                self._choose(places[0])
