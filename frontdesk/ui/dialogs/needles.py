"""The three questions about needles: how many went in, how many came out, how much longer they stay.

A count out is never prefilled: it must be counted, not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import must_leave_at
from frontdesk.domain.when import parse_time
from frontdesk.ui.dialogs.base import Dialog, Note, T
from frontdesk.ui.layout.needle_words import accounted, extension_words, in_words, owed_words, went_in_words
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.number_field import NumberField

MOST_NEEDLES = 200
"""A count above this is a slip of the finger; the desk refuses it too."""
LONGEST_MINUTES = 180
"""A longer retention is a slip of the finger; the desk refuses it too."""


@dataclass(frozen=True, slots=True)
class NeedlesInAnswer:
    """What was counted in; `minutes` None keeps the planned retention, `leave_by` None means no hurry."""

    count: int
    minutes: int | None = None
    leave_by: DateTime | None = None


@dataclass(frozen=True, slots=True)
class NeedlesOutAnswer:
    """What came out, and what became of the rest; `count` None is the faint: out now, count later."""

    count: int | None
    kept: int = 0
    told: bool = False
    missing_reason: str = ""
    missing_by: str = ""


class _Counting(Dialog[T]):
    """A dialog of fields over one visit."""

    def __init__(self, visit: Appointment, title: str) -> None:
        super().__init__(title)
        self.visit = visit

    def on_input_changed(self) -> None:
        """What was wrong is forgiven once it is being changed."""
        self.tell("")

    def clock(self, instant: DateTime) -> str:
        """An instant as the clinic's clock shows it."""
        return self.desk_app.local(instant).format("HH:mm")


class NeedlesIn(_Counting[NeedlesInAnswer]):
    """How many needles went in; planned minutes and must-leave-by only where they differ from the usual."""

    ACCEPT_WORDS: ClassVar[str] = "needles are in"

    def __init__(self, visit: Appointment) -> None:
        """While needles are in, the answer corrects their count."""
        again = visit.needles_are_in
        super().__init__(visit, f"{'Correct the count in' if again else 'Needles in'}: {visit.patient.name}")
        planned = visit.retention.planned_minutes if again and visit.retention else visit.retention_minutes
        self._count: NumberField = NumberField("How many", name="count", low=1, high=MOST_NEEDLES)
        self._minutes: NumberField = NumberField(
            "Minutes", name="minutes", low=1, high=LONGEST_MINUTES, placeholder=f"{planned} as planned"
        )
        self._leave: Field[DateTime] = Field(
            "Must leave by", name="leave_by", check=self._leave_by, placeholder="12:30, where there is a hurry"
        )

    def body(self) -> Iterator[Widget]:
        """What is known, then the count first."""
        flags = "".join(f"\n⚠ {flag.words}" for flag in self.visit.patient.details.flags)
        yield Note(in_words(self.visit) + flags, "dim")
        yield self._count
        yield self._minutes
        yield self._leave

    def accept(self) -> None:
        """The count is needed, the rest is not."""
        try:
            count = self._count.value()
            minutes = self._minutes.value() if self._minutes.text else None
            leave = self._leave.value() if self._leave.text else None
        except Refused as refused:
            self.fail(refused)
            return
        self.done(NeedlesInAnswer(count, minutes, leave))

    def _leave_by(self, typed: str) -> DateTime:
        now = self.desk_app.local(self.desk_app.now())
        return must_leave_at(parse_time(typed), now, now.timezone_name or "UTC")


class NeedlesOut(_Counting[NeedlesOutAnswer]):
    """How many needles came out; where that is not all of them, what became of the rest, in the same dialog."""

    ACCEPT_WORDS: ClassVar[str] = "all counted"
    WIDTH: ClassVar[int] = 70
    BINDINGS: ClassVar = [Binding("f,exclamation_mark", "count_later", "faint", show=False)]

    def __init__(self, visit: Appointment) -> None:
        """A visit whose count is owed is asked the same way."""
        self._owed = visit.count_owed and not visit.needles_are_in
        super().__init__(visit, f"{'Needle count owed' if self._owed else 'Needles out'}: {visit.patient.name}")
        most = visit.retention.count_in if visit.retention else 0
        self._in = most
        self._count: NumberField = NumberField("How many came out", name="count", high=999, check=self._not_more)
        self._kept: NumberField = NumberField(
            "Kept by plan", name="kept", high=most, placeholder="how many stay in on purpose"
        )
        self._told: Field[bool] = Field(
            "Patient told", name="told", check=_yes, limit=3, placeholder="y once they know which stay in"
        )
        self._reason: Field[str] = Field("Missing because", name="missing_reason", placeholder="what was searched")
        self._second: Field[str] = Field("Second person", name="missing_by", placeholder="who counted with you")
        self._rest = Note("", "warn")

    def body(self) -> Iterator[Widget]:
        """What went in and when, the count, and what is asked when it does not add up."""
        yield Note(self._went_in(), "text", id="went-in")
        yield self._count
        yield self._rest
        for field in self._rest_fields:
            field.display = False
            yield field

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The faint key is named while it can still be used."""
        return super().key_line() if self._owed else (*super().key_line(), ("f", "faint: out now, count later"))

    def tick(self, now: DateTime) -> None:
        """How long they have been in."""
        del now
        self.query_one("#went-in", Note).set_text(self._went_in())

    def on_input_changed(self) -> None:
        """Says while it is typed what is not accounted for yet."""
        super().on_input_changed()
        if self._asks_for_rest:
            self._rest.set_text(self._rest_words())

    def accept(self) -> None:
        """Done once every needle in is out, kept by plan, or written down as missing."""
        try:
            count = self._count.value()
            if count == self._in:
                self.done(NeedlesOutAnswer(count))
                return
            if not self._asks_for_rest:
                self._ask_for_rest()
                return
            kept = self._kept.value() if self._kept.text else 0
            left = accounted(self._in, count, kept)
            if kept:
                self._needed(self._told, "kept needles: the patient must know; y once told")
            if left:
                self._needed(self._reason, f"{owed_words(left)}: why")
                self._needed(self._second, "a second name is needed for a missing needle")
        except Refused as refused:
            self.fail(refused)
            return
        reason, second = (self._reason.text, self._second.text) if left else ("", "")
        self.done(NeedlesOutAnswer(count, kept, bool(kept), reason, second))

    def action_count_later(self) -> None:
        """The faint: the needles are out now, nobody has time to count."""
        if self._owed:
            self.tell("They are out already: give the count.", "warn")
        else:
            self.done(NeedlesOutAnswer(None))

    @property
    def _rest_fields(self) -> tuple[Field[int] | Field[bool] | Field[str], ...]:
        return (self._kept, self._told, self._reason, self._second)

    @property
    def _asks_for_rest(self) -> bool:
        return bool(self._kept.display)

    def _went_in(self) -> str:
        return went_in_words(self.visit, self.desk_app.now(), self.clock)

    def _rest_words(self) -> str:
        count = self._count.number()
        if count is None:
            return ""
        left = self._in - count - (self._kept.number() or 0)
        if left <= 0:
            return "Every needle is accounted for: Enter." if left == 0 else "That is more than went in."
        return f"{self._in} in, {count} out: {owed_words(left)}.\nLook again. Then: kept by plan, or missing."

    def _ask_for_rest(self) -> None:
        for field in self._rest_fields:
            field.display = True
        self._rest.set_text(self._rest_words())
        self._kept.input.focus()

    def _needed(self, field: Field[bool] | Field[str], reason: str) -> None:
        if not field.text:
            field.fail(reason)
            field.input.focus()
            raise Refused(reason)
        field.value()

    def _not_more(self, count: int) -> int:
        if count > self._in:
            raise Refused(f"{self._in} went in; if more did, correct the count in first (Esc, i)")
        return count


class Extend(_Counting[int]):
    """How many minutes longer; up and down go by five, past the latest minute it asks again."""

    ACCEPT_WORDS: ClassVar[str] = "leave in longer"
    BINDINGS: ClassVar = [
        Binding("up", "step(5)", "five more", show=False, priority=True),
        Binding("down", "step(-5)", "five fewer", show=False, priority=True),
    ]

    def __init__(self, visit: Appointment) -> None:
        """`visit` has needles in."""
        super().__init__(visit, f"Longer: {visit.patient.name}")
        self._minutes: NumberField = NumberField("Minutes more", "5", name="minutes", low=1, high=60)
        self._preview = Note("", "text")
        self._asked_at = 0

    def body(self) -> Iterator[Widget]:
        """The minutes, and when the needles would come out."""
        yield self._minutes
        yield self._preview

    def on_mount(self) -> None:
        """The five minutes are selected, so that a typed number replaces them."""
        super().on_mount()
        self._minutes.input.action_select_all()
        self._show()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The steps of five."""
        return (*super().key_line(), ("↑ ↓", "5, 10, 15 …"))

    def is_changed(self) -> bool:
        """A number is quickly typed again."""
        return False

    def on_input_changed(self) -> None:
        """Shows when they would come out."""
        super().on_input_changed()
        self._show()

    def accept(self) -> None:
        """Past the latest minute only on a second Enter."""
        try:
            minutes = self._minutes.value()
        except Refused as refused:
            self.fail(refused)
            return
        words, past = extension_words(self.visit, minutes, self.clock)
        if past and self._asked_at != minutes:
            self._asked_at = minutes
            self.tell(f"{words}. Enter again to leave them in all the same.", "warn")
            return
        self.done(minutes)

    def action_step(self, by: int) -> None:
        """Five more or fewer."""
        self._minutes.step(by, low=5, high=60)

    def _show(self) -> None:
        minutes = self._minutes.number()
        if not minutes:
            self._preview.set_text("")
            return
        words, past = extension_words(self.visit, minutes, self.clock)
        self._preview.set_text(words, "warn" if past else "done")


def _yes(typed: str) -> bool:
    if typed.casefold() not in ("y", "yes"):
        raise Refused("y once the patient has been told")
    return True
