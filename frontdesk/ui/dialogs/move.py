"""A new time as one line, or an offered place by its number; whether it fits is shown while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Slot
from frontdesk.domain.packing.offers import numbered
from frontdesk.domain.time_text import moment_text
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.layout.day_fits import DayAlone, folded, in_rows, moment_of, verdict
from frontdesk.ui.widgets.offer_list import OfferList

if TYPE_CHECKING:
    from frontdesk.desk.booking import Answer
    from frontdesk.desk.offering import Offers


Target = tuple[DateTime, str | None]
"""When, and in which room where a place was chosen; None keeps the room that it has, where that is free."""


class Move(Ask[Target]):
    """`thu 10:20`, `tomorrow 3pm`, a time alone for the day shown, or the number of a place that is offered."""

    ACCEPT_WORDS: ClassVar[str] = "move it there"
    WIDTH: ClassVar[int] = 76
    BINDINGS: ClassVar = [
        Binding("down", "step(1)", "next place", show=False, priority=True),
        Binding("up", "step(-1)", "place before", show=False, priority=True),
    ]
    CSS: ClassVar[str] = "Move #offers { height: 6; width: 100%; }"

    def __init__(self, visit: Appointment, day: date, today: date, timezone: str, typed: str = "") -> None:
        """`day` is what a time alone means, and where the offers begin; `typed` the beginning of a time."""
        super().__init__(
            lambda: f"Move {visit.patient.name} to",
            self._moment,
            placeholder="thu 10:20, tomorrow 3pm, 11:15, or 1 to 9",
            typed=typed,
        )
        self._place: Slot | None = None
        self._visit, self._day, self._today, self._timezone = visit, day, today, timezone
        self._from = day
        """The day from which on places are offered: another one once it is typed without a time."""
        self._fits = Note(in_rows(""), "dim")
        self._list = OfferList(timezone, today)

    def body(self) -> Iterator[Widget]:
        """The field, whether that fits, and what is offered."""
        visit = self._visit
        where = f", {visit.room.name}" if visit.room else ""
        now = moment_text(visit.starts, self._timezone)
        yield Note(f"now {now}, {visit.service.name} with {visit.practitioner.name}{where}", "dim")
        yield from super().body()
        yield self._fits
        yield self._list

    def on_mount(self) -> None:
        """Asks what can be offered."""
        self.recheck()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """A digit alone is a place."""
        return (("Enter", "move it there"), ("1-9", "place"), ("↑ ↓", "next place"), ("Esc", "back"))

    def on_input_changed(self) -> None:
        """Asks whether what is typed so far fits."""
        self._judge()

    def action_step(self, by: int) -> None:
        """The next place that is offered, as its time."""
        self.once_answered("offers", lambda: self._step_place(by))

    def accept(self) -> None:
        """The answer is a place or a time; what is asked for by number may still be on its way."""
        self.once_answered("offers", super().accept)

    def _step_place(self, by: int) -> None:
        offers = self._list.offers
        if not offers:
            return
        at = self._list.index
        begin = 0 if by > 0 else len(offers) - 1
        self._place = place = offers[begin if at is None else (at + by) % len(offers)]
        self.field.value = moment_text(place.starts, self._timezone)
        self.field.action_select_all()

    def recheck(self) -> None:
        """Asks again: somebody else booked meanwhile."""
        from frontdesk.desk.offering import Wanted

        visit = self._visit
        wanted = Wanted(visit.service.name, visit.practitioner.name, self._from, visit.patient.id, moving=visit.id)
        self.ask(
            lambda: self.desk.offering.places(wanted),
            self._offered,
            group="offers",
            refused=self._no_offers,
            holds=False,
        )
        self._judge()

    def _offer_from(self, day: date) -> None:
        if day != self._from:
            self._from = day
            self.recheck()

    def _moment(self, text: str) -> Target:
        typed, place = text.strip(), self._place
        if len(typed) == 1 and typed in "123456789":
            place = numbered(self._list.offers, int(typed))
        elif place is not None and typed != moment_text(place.starts, self._timezone):
            place = None
        if place is not None:
            return place.starts, place.room.name
        return moment_of(text, self._day, self._today, self._timezone), None

    def _offered(self, offers: Offers) -> None:
        self._list.show(offers.places, "no free place in the next weeks")
        self._judge()

    def _no_offers(self, refused: Refused) -> None:
        self._list.show((), refused.reason)

    def _judge(self) -> None:
        from frontdesk.desk.booking import Request

        try:
            starts, room = self._moment(self.field.value)
        except DayAlone as alone:
            self._list.choose(None)
            self._show(f"{alone.reason} Or one of these, by its digit.", "dim")
            self._offer_from(alone.day)
            return
        except Refused:
            self._list.choose(None)
            self._show("…" if self.field.value.strip() else "", "dim")
            return
        self._list.choose(starts)
        visit = self._visit
        request = Request(visit.patient.id, visit.service.name, visit.practitioner.name, starts, room)
        self.ask(
            lambda: self.desk.booking.check(request, moving=visit.id),
            lambda answer: self._answered(starts, answer),
            group="fits",
            refused=lambda refused: self._show(refused.reason, "error"),
        )

    def _answered(self, starts: DateTime, answer: Answer) -> None:
        text, role = verdict(starts, answer, self._timezone)
        self._show(text, role)

    def _show(self, text: str, role: str) -> None:
        self._fits.set_text(in_rows(folded(text, self.WIDTH - 4)), role)


class MoveBlock(Ask[DateTime]):
    """A new start for a block, as one line."""

    ACCEPT_WORDS: ClassVar[str] = "move it there"

    def __init__(self, block: Block, day: date, today: date, timezone: str, typed: str = "") -> None:
        """`day` is what a time alone means; `typed` the beginning of a time."""
        super().__init__(
            lambda: f"Move {block.called}, {moment_text(block.starts, timezone)}, to",
            lambda text: moment_of(text, day, today, timezone),
            placeholder="thu 10:20, tomorrow 3pm, or 11:15",
            typed=typed,
        )
