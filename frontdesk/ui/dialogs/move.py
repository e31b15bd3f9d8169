"""A new time for an appointment as one line; whether it fits is shown while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.layout.day_fits import in_rows, moment_of, moment_words, verdict

if TYPE_CHECKING:
    from frontdesk.desk.booking import Answer


class Move(Ask[DateTime]):
    """`thu 10:20`, `tomorrow 3pm`, or a time alone for the day shown."""

    ACCEPT_WORDS: ClassVar[str] = "move it there"
    WIDTH: ClassVar[int] = 76

    def __init__(self, visit: Appointment, day: date, today: date, timezone: str) -> None:
        """`day` is what a time alone means."""
        super().__init__(
            f"Move {visit.patient.name} to", lambda text: moment_of(text, day, today, timezone),
            placeholder="thu 10:20, tomorrow 3pm, or 11:15",
        )  # fmt: skip
        self._visit, self._timezone = visit, timezone
        self._fits = Note(in_rows(""), "dim")

    def body(self) -> Iterator[Widget]:
        """The field, and whether that fits."""
        visit = self._visit
        where = f", {visit.room.name}" if visit.room else ""
        now = moment_words(visit.starts, self._timezone)
        yield Note(f"now {now}, {visit.service.name} with {visit.practitioner.name}{where}", "dim")
        yield from super().body()
        yield self._fits

    def on_input_changed(self) -> None:
        """Asks whether what is typed so far fits."""
        super().on_input_changed()
        self.recheck()

    def recheck(self) -> None:
        """Asks again: something typed, or somebody else booked meanwhile."""
        from frontdesk.desk.booking import Request

        try:
            starts = self._check(self.field.value)
        except Refused:
            self._show("…", "dim")
            return
        visit = self._visit
        request = Request(visit.patient.id, visit.service.name, visit.practitioner.name, starts)
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
        self._fits.set_text(in_rows(text), role)
