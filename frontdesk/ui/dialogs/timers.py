"""What is timed beside the needles: a letter starts it, or ends what runs; a number typed before it is its minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cautions import timer_cautions
from frontdesk.domain.errors import Refused
from frontdesk.domain.timer import LONGEST_TIMER, TimerKind
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.needle_words import timer_row
from frontdesk.ui.widgets.number_field import NumberField

LETTERS: dict[str, TimerKind] = {
    "l": TimerKind.LAMP,
    "e": TimerKind.ESTIM,
    "c": TimerKind.CUPS,
    "k": TimerKind.CHECK,
}
"""Each kind's letter: the first that is its own."""


class TimerAnswer(Struct, frozen=True):
    """What is to be timed, or ended; `confirmed` where a flag of the patient's was asked about."""

    kind: TimerKind
    stop: bool = False
    minutes: int | None = None
    confirmed: bool = False


class TimerMenu(Dialog[TimerAnswer]):
    """Every kind in a row with its letter; what a flag does not go with is named, and wants its letter again."""

    ACCEPT_WORDS: ClassVar[str] = "choose by its letter"
    WIDTH: ClassVar[int] = 72
    BINDINGS: ClassVar = [Binding(letter, f"choose({letter!r})", show=False) for letter in LETTERS]

    def __init__(self, visit: Appointment) -> None:
        """`visit` is in a room."""
        super().__init__(lambda: f"Timers: {visit.patient.name}")
        self.visit = visit
        self._minutes: NumberField = NumberField(
            "Minutes", name="minutes", low=1, high=LONGEST_TIMER, placeholder="as usual; type first, then the letter"
        )
        self._caution = Note("", "error")
        self._asked: TimerKind | None = None

    def body(self) -> Iterator[Widget]:
        """What may be started, what runs and how long, the flags, the minutes."""
        yield Note(self._rows(), "text", id="kinds")
        yield Note(self._flags, "warn")
        yield self._minutes
        yield self._caution

    def _flags(self) -> str:
        flags = self.visit.patient.shown.flags_on(self.desk_app.local_day())
        return "\n".join(f"⚠ {flag.words}" for flag in flags)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The letters."""
        names = {TimerKind.LAMP: "lamp"}
        return (*((key, names.get(kind, kind.value)) for key, kind in LETTERS.items()), ("Esc", "back"))

    def is_changed(self) -> bool:
        """A number is quickly typed again."""
        return False

    def tick(self, now: DateTime) -> None:
        """What is left of each."""
        del now
        self.query_one("#kinds", Note).set_text(self._rows())

    def accept(self) -> None:
        """Enter chooses nothing: what is started must be named."""
        self.tell("Which one? Its letter starts it, or ends it where it runs.", "warn")

    def action_choose(self, letter: str) -> None:
        """Starts it, or ends it where it runs; with minutes typed it begins anew."""
        kind = LETTERS[letter]
        try:
            minutes = self._minutes.checked() if self._minutes.text else None
        except Refused as refused:
            self.fail(refused)
            return
        if minutes is None and any(timer.kind is kind for timer in self.visit.timers):
            self.done(TimerAnswer(kind, stop=True))
            return
        found = timer_cautions(kind, self.visit.patient, self.desk_app.local_day())
        cautions = [one for one in found if one.key not in self.visit.asked]
        if cautions and self._asked is not kind:
            self._asked = kind
            self._caution.set_text(lambda: "\n".join(f"⚠ {one.shown}" for one in cautions))
            self.tell(f"{letter} again if that is meant", "warn")
            return
        self.done(TimerAnswer(kind, minutes=minutes, confirmed=bool(cautions)))

    def _rows(self) -> str:
        now = self.desk_app.now()
        running = {timer.kind: timer for timer in self.visit.timers}
        return "\n".join(timer_row(letter, kind, running.get(kind), now) for letter, kind in LETTERS.items())
