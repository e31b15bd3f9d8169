"""How much longer needles stay in, or how much shorter, or that the patient decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.lengthening import check_ahead, least_ahead
from frontdesk.domain.retention import LONGEST_RETENTION
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.dialogs.needles import Counting
from frontdesk.ui.layout.needle_words import extension_words
from frontdesk.ui.widgets.number_field import DIGITS, SignedField

STEP = 5
"""Minutes that an arrow adds or takes."""


class ExtendAnswer(Struct, frozen=True):
    """By how many minutes the planned end moves, or that the patient decides."""

    minutes: int = 0
    patient_decides: bool = False


class Extend(Counting[ExtendAnswer]):
    """How many minutes longer, or with a minus shorter; up and down go by five, outside the window it asks again."""

    ACCEPT_WORDS: ClassVar[str] = "move the end"
    BINDINGS: ClassVar = [
        Binding("up", f"step({STEP})", "five more", show=False, priority=True),
        Binding("down", f"step(-{STEP})", "five fewer", show=False, priority=True),
        Binding("p", "patient_decides", "the patient decides", show=False),
    ]

    def __init__(self, visit: Appointment) -> None:
        """`visit` has needles in."""
        super().__init__(visit, lambda: f"Longer or shorter: {visit.patient.name}")
        self._minutes = SignedField("Minutes more", str(STEP), name="minutes", check=_by_minutes, limit=1 + DIGITS)
        self._preview = Note("", "text")
        self._asked_at = 0

    def body(self) -> Iterator[Widget]:
        """The minutes, and when the needles would come out."""
        yield self._minutes
        yield self._preview

    def on_mount(self) -> None:
        """What it begins with is selected, so that a typed number replaces it."""
        self._minutes.value = str(self._to_begin_with())
        self._minutes.action_select_all()
        self._show()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The steps of five."""
        return (*super().key_line(), ("↑ ↓", "5, 10 … or -5"), ("p", "patient decides"))

    def is_changed(self) -> bool:
        """A number is quickly typed again."""
        return False

    def on_input_changed(self) -> None:
        """Shows when they would come out."""
        self._show()

    def accept(self) -> None:
        """Outside the service's window, or past must-leave-by, only on a second Enter."""
        try:
            minutes = self._minutes.checked()
        except Refused as refused:
            self.fail(refused)
            return
        try:
            self._check_ahead(minutes)
        except Refused as refused:
            self.fail(refused)
            return
        words, asks = extension_words(self.visit, minutes, self.clock)
        if asks and self._asked_at != minutes:
            self._asked_at = minutes
            self._preview.set_text(f"{words}.", "warn")
            self.tell("Enter again if that is meant", "warn")
            return
        self.done(ExtendAnswer(minutes))

    def action_step(self, by: int) -> None:
        """Five more or fewer, over nothing to the other side."""
        minutes = (self._number() or 0) + by
        minutes = minutes + by if minutes == 0 else minutes
        self._minutes.value = str(min(LONGEST_RETENTION, max(-LONGEST_RETENTION, minutes)))
        self._minutes.cursor_position = len(self._minutes.value)

    def action_patient_decides(self) -> None:
        """No target; the latest minute holds."""
        self.done(ExtendAnswer(patient_decides=True))

    def _number(self) -> int | None:
        try:
            return _by_minutes(self._minutes.text)
        except Refused:
            return None

    def _show(self) -> None:
        minutes = self._number()
        if not minutes:
            self._preview.set_text("")
            return
        words, past = extension_words(self.visit, minutes, self.clock)
        try:
            self._check_ahead(minutes)
        except Refused as refused:
            words, past = refused.reason, True
        self._preview.set_text(words, "warn" if past else "done")

    def _to_begin_with(self) -> int:
        """Five minutes; of an end that has passed, the first step that is ahead of now."""
        retention = self.visit.retention
        least = 0 if retention is None else least_ahead(retention, self.desk_app.now())
        return min(LONGEST_RETENTION, max(STEP, -(-least // STEP) * STEP))

    def _check_ahead(self, minutes: int) -> None:
        retention, today = self.visit.retention, self.desk_app.today
        if retention is not None and today is not None:
            check_ahead(retention, minutes, self.desk_app.now(), today.clinic.timezone)


def _by_minutes(typed: str) -> int:
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or not 1 <= int(digits) <= LONGEST_RETENTION:
        raise Refused(f"1 to {LONGEST_RETENTION} minutes, or with a minus as many fewer")
    return int(typed)
