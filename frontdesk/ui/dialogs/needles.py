"""The two questions about needles: how many went in, how many came out.

A count out is never prefilled: it must be counted, not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import LOOK, Area, Areas, area_words, as_areas, differing, parse_areas, total
from frontdesk.domain.cautions import needle_cautions
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import LONGEST_RETENTION, MOST_NEEDLES, must_leave_at
from frontdesk.domain.when import parse_time
from frontdesk.ui.dialogs.base import Dialog, Note, Said, T
from frontdesk.ui.layout.needle_words import accounted, in_words, owed_words, went_in_words
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.number_field import NumberField


class NeedlesInAnswer(Struct, frozen=True):
    """What was counted in; `minutes` None keeps the planned retention, `leave_by` None what was told at booking."""

    count: int
    minutes: int | None = None
    leave_by: DateTime | None = None
    areas: Areas = ()
    patient_decides: bool = False


class NeedlesOutAnswer(Struct, frozen=True):
    """What came out, and what became of the rest; `count` None is the faint: out now, count later."""

    count: int | None
    kept: int = 0
    told: bool = False
    missing_reason: str = ""
    missing_by: str = ""
    remove_on: date | None = None
    areas: Areas = ()
    went_in: int | None = None
    """Given where more came out than were counted in."""


class Counting(Dialog[T]):
    """A dialog of fields over one visit."""

    def __init__(self, visit: Appointment, title: Said) -> None:
        super().__init__(title)
        self.visit = visit

    def on_input_changed(self) -> None:
        """What was wrong is forgiven once it is being changed."""
        self.tell("")


class NeedlesIn(Counting[NeedlesInAnswer]):
    """How many needles went in; by area, minutes and must-leave-by only where they differ from the usual.

    Who may faint is named, and wants a second Enter, once a visit.
    """

    ACCEPT_WORDS: ClassVar[str] = "needles are in"
    BINDINGS: ClassVar = [
        Binding("plus,equals_sign", "step(1)", "one more", show=False),
        Binding("minus", "step(-1)", "one fewer", show=False),
    ]

    def __init__(self, visit: Appointment) -> None:
        """While needles are in, the answer corrects their count."""
        again = visit.needles_are_in
        what = "Correct the count in" if again else "Needles in"
        super().__init__(visit, lambda: f"{what}: {visit.patient.name}")
        self._retention = visit.retention if again else None
        planned = self._retention.planned_minutes if self._retention else visit.retention_minutes
        before = area_words(self._retention.areas_in) if self._retention else ""
        self._count: NumberField = NumberField("How many", name="count", low=1, high=MOST_NEEDLES)
        self._areas: Field[Areas] = Field(
            "By area", name="areas", check=parse_areas, placeholder=before or "if wanted: head 2, ears 4, feet 6"
        )
        lowest, decides = (1, "") if again else (0, ", 0: the patient decides")
        self._minutes: NumberField = NumberField(
            "Minutes", name="minutes", low=lowest, high=LONGEST_RETENTION, placeholder=f"{planned} as planned{decides}"
        )
        self._leave: Field[DateTime] = Field(
            "Must leave by", name="leave_by", check=self._leave_by, placeholder="12:30, where there is a hurry"
        )
        self._asked = again
        self._asked_minutes: int | None = planned
        """The minutes that need no asking, or were asked about."""

    def body(self) -> Iterator[Widget]:
        """What is known, then the count first."""
        yield Note(self._known, "dim")
        yield Note(lambda: "\n".join(f"⚠ {words}" for words in self._cautions()), "warn")
        yield self._count
        yield self._minutes
        yield self._leave
        yield self._areas

    def _known(self) -> str:
        flags = "".join(f"\n⚠ {flag.words}" for flag in self.visit.patient.shown.flags_on(self.desk_app.local_day()))
        return in_words(self.visit) + flags

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """One more or fewer, where a count is corrected."""
        return (*super().key_line(), ("+ -", "one more, one fewer")) if self._retention else super().key_line()

    def accept(self) -> None:
        """The count is needed, by area or whole; the rest is not."""
        try:
            areas = self._areas.checked() if self._areas.text else ()
            if self._retention and self._retention.areas_in and not areas:
                self._areas.fail("it was counted by area: give all of them")
                raise Refused("where was it added or taken?")
            count = total(areas) if areas and not self._count.text else self._count.checked()
            if areas and total(areas) != count:
                self._areas.fail(f"{total(areas)} together, not {count}")
                raise Refused("the areas and the count differ")
            minutes = self._minutes.checked() if self._minutes.text else None
            leave = self._leave.checked() if self._leave.text else None
        except Refused as refused:
            self.fail(refused)
            return
        questions = list(self._questions(minutes))
        if questions:
            self.tell(f"{' '.join(questions)} Enter again: needles are in.", "warn")
            return
        self.done(NeedlesInAnswer(count, minutes or None, leave, areas, minutes == 0))

    def _questions(self, minutes: int | None) -> Iterator[str]:
        """What a second Enter answers: each is asked once."""
        doubt = self.visit.service.outside_window(minutes) if minutes else ""
        if doubt and minutes != self._asked_minutes:
            self._asked_minutes = minutes
            yield f"{doubt}?"
        if self._cautions() and not self._asked:
            self._asked = True
            yield "Asked, and lying down?"

    def action_step(self, by: int) -> None:
        """One more or fewer than typed, or than were counted in."""
        if not self._count.text and self._retention is not None:
            self._count.step(self._retention.count_in)
        self._count.step(by, low=1, high=MOST_NEEDLES)

    def _cautions(self) -> list[str]:
        if self._retention is not None or not self.desk_app.has_desk:
            return []
        found = needle_cautions(self.visit.patient, self.desk_app.now(), self.desk_app.local_day())
        return [one.shown for one in found if one.key not in self.visit.asked]

    def _leave_by(self, typed: str) -> DateTime:
        now = self.desk_app.local(self.desk_app.now())
        return must_leave_at(parse_time(typed), now, now.timezone_name or "UTC")


class NeedlesOut(Counting[NeedlesOutAnswer]):
    """How many needles came out; where that is not all of them, what became of the rest, in the same dialog.

    What was counted in by area is asked area by area, head to feet, so that each is looked at.
    """

    ACCEPT_WORDS: ClassVar[str] = "this is the count"
    WIDTH: ClassVar[int] = 70
    BINDINGS: ClassVar = [Binding("f,exclamation_mark", "count_later", "faint", show=False)]

    def __init__(self, visit: Appointment) -> None:
        """A visit whose count is owed is asked the same way."""
        self._owed = visit.count_owed and not visit.needles_are_in
        what = "Needle count owed" if self._owed else "Needles out"
        super().__init__(visit, lambda: f"{what}: {visit.patient.name}")
        most = visit.retention.count_in if visit.retention else 0
        self._in = most
        self._walk = [area for area, _ in visit.retention.areas_in] if visit.retention else []
        self._went = dict(visit.retention.areas_in) if visit.retention else {}
        self._out: dict[Area, int] = {}
        self._looked = Note("", "dim")
        self._count: NumberField = NumberField("How many came out", name="count", high=MOST_NEEDLES)
        self._raised_to = 0
        self._differ_asked = False
        self._kept: NumberField = NumberField(
            "Kept by plan", name="kept", high=most, placeholder="how many stay in on purpose"
        )
        self._told: Field[bool] = Field(
            "Patient told", name="told", check=_yes, limit=3, placeholder="y once they know which stay in"
        )
        self._remove: Field[date] = Field(
            "Out on", name="remove_on", check=self._day, placeholder="fri, +5d; left empty: in 3 days"
        )
        self._reason: Field[str] = Field("Missing because", name="missing_reason", placeholder="what was searched")
        self._second: Field[str] = Field("Second person", name="missing_by", placeholder="who counted with you")
        self._rest = Note("", "warn")

    def body(self) -> Iterator[Widget]:
        """What went in and when, the count, and what is asked when it does not add up."""
        yield Note(self._went_in(), "text", id="went-in")
        yield self._looked
        yield self._count
        yield self._rest
        for field in self._rest_fields:
            field.display = False
            yield field

    def on_mount(self) -> None:
        """The first area, where they were counted by area."""
        self._name_area()

    def begin_again(self, typed: Mapping[str, str], words: str) -> None:
        """A sum is no count of the first area: the areas are asked anew."""
        super().begin_again({name: text for name, text in typed.items() if name != "count" or not self._walk}, words)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The faint key is named while it can still be used."""
        return super().key_line() if self._owed else (*super().key_line(), ("f", "faint: out now, count later"))

    def tick(self, now: DateTime) -> None:
        """How long they have been in."""
        del now
        self.query_one("#went-in", Note).set_text(self._went_in())

    def on_input_changed(self) -> None:
        """Says while it is typed what is not accounted for yet."""
        if self._asks_for_rest:
            self._rest.set_text(self._rest_words())

    def accept(self) -> None:
        """Done once every needle in is out, kept by plan, or written down as missing."""
        try:
            if self._area is not None:
                self._counted_area(self._area, self._count.checked())
                return
            count = self._count.checked()
            if count > self._in:
                self._ask_to_raise(count)
                return
            if count == self._in:
                self._settled(NeedlesOutAnswer(count, areas=self._areas_out(count)))
                return
            if not self._asks_for_rest:
                self._ask_for_rest()
                return
            if self._count.has_focus and not any(field.text for field in self._rest_fields):
                self._kept.focus()
                return
            kept = self._kept.checked() if self._kept.text else 0
            left = accounted(self._in, count, kept)
            if kept:
                self._needed(self._told, "kept needles: the patient must know; y once told")
            remove_on = self._remove.checked() if kept and self._remove.text else None
            if left:
                self._needed(self._reason, f"{owed_words(left)}: why")
                self._needed(self._second, "a second name is needed for a missing needle")
        except Refused as refused:
            self.fail(refused)
            return
        reason, second = (self._reason.text, self._second.text) if left else ("", "")
        areas = self._areas_out(count)
        self.done(NeedlesOutAnswer(count, kept, bool(kept), reason, second, remove_on, areas))

    def action_count_later(self) -> None:
        """The faint: the needles are out now, nobody has time to count."""
        if self._owed:
            self.tell("They are out already: give the count.", "warn")
        else:
            self.done(NeedlesOutAnswer(None))

    @property
    def _rest_fields(self) -> tuple[Field[int] | Field[bool] | Field[date] | Field[str], ...]:
        return (self._kept, self._told, self._remove, self._reason, self._second)

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
        return f"{self._in} in, {count} out: {owed_words(left)}.\nLook, and count again. Still {count}: Enter."

    def _ask_for_rest(self) -> None:
        self._looked.set_text("")
        for field in self._rest_fields:
            field.display = True
        self._rest.set_text(self._rest_words())
        # What is told of as missing is mostly found or was miscounted: the count is what is typed next.
        self._count.focus()
        self._count.action_select_all()

    def _needed(self, field: Field[bool] | Field[str], reason: str) -> None:
        if not field.text:
            field.fail(reason)
            field.focus()
            raise Refused(reason)
        field.checked()

    @property
    def _area(self) -> Area | None:
        """The area that is asked for now; None once all are, or none was counted."""
        return next((area for area in self._walk if area not in self._out), None)

    def _name_area(self) -> None:
        area = self._area
        if not self._walk:
            return
        self._count.label(f"{area.value.capitalize()} ({self._went[area]} in)" if area else "Together")
        done = " · ".join(f"{one.value} {count}" for one, count in self._out.items())
        ahead = f"Look: {LOOK[area]}" if area else ""
        self._looked.set_text("\n".join(part for part in (done and f"Out so far: {done}", ahead) if part))

    def _counted_area(self, area: Area, count: int) -> None:
        self._out[area] = count
        last = self._area is None
        with self._count.prevent(Input.Changed):
            self._count.value = str(sum(self._out.values())) if last else ""
        self._name_area()
        if last:
            self.accept()

    def _areas_out(self, count: int) -> Areas:
        """The counts by area, as long as they are what was counted together."""
        return as_areas(self._out) if sum(self._out.values()) == count else ()

    def _settled(self, answer: NeedlesOutAnswer) -> None:
        """All are out; where they were not where they went in, that is asked once."""
        retention = self.visit.retention
        wrong = differing(retention.areas_in, answer.areas) if retention and answer.areas else ()
        if wrong and not self._differ_asked:
            self._differ_asked = True
            self._rest.set_text("\n".join(f"{area.value}: {went} in, {out} out" for area, went, out in wrong))
            self.tell("The sum is right, the places are not. Look again; then Enter.", "warn")
            return
        self.done(answer)

    def _ask_to_raise(self, count: int) -> None:
        """More came out than were counted in: on a second Enter the count in was too low."""
        if self._raised_to == count:
            self.done(NeedlesOutAnswer(count, went_in=count, areas=self._areas_out(count)))
            return
        self._raised_to = count
        self.tell(f"{self._in} went in, {count} came out? Enter again: {count} went in.", "warn")

    def _day(self, typed: str) -> date:
        return day_asked(typed, self.desk_app.local_day())


def _yes(typed: str) -> bool:
    if typed.casefold() not in ("y", "yes"):
        raise Refused("y once the patient has been told")
    return True
