"""Blocking time: what for, whose, from when until when; whom it runs into is named before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from pendulum import DateTime
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.block import BlockKind, weeks_until
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.time_text import moment_text, short_day
from frontdesk.patterns import late
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.day_fits import folded, in_rows, moment_of, over_visits
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.named_input import NamedInput

if TYPE_CHECKING:
    from frontdesk.desk.blocks import BlockRequest

KINDS = (
    (BlockKind.LUNCH, "lunch"),
    (BlockKind.MEETING, "meeting"),
    (BlockKind.TIME_OFF, "time-off: whole days"),
    (BlockKind.OTHER, "other words"),
)
"""Each begins with a letter of its own: one key chooses it."""
EVERYONE = ("", "everyone")
_WEEKS = late(r"(\d{1,3})(?: ?w(?:ee)?ks?)?", re.ASCII | re.IGNORECASE)
"""How many weeks in a row: `3`, `3 weeks`."""


class BlockWish(Struct, frozen=True):
    """Where the cursor stood: what the form begins with."""

    clinic: Clinic
    today: date
    starts: DateTime
    practitioner: str | None = None
    room: str | None = None


class BlockTime(Dialog["BlockRequest"]):
    """Asks for a block; the answer is the request. Where somebody is booked there, a second Enter says so be it."""

    TITLE_WORDS = "Block time"
    ACCEPT_WORDS: ClassVar[str] = "block"
    WIDTH: ClassVar[int] = 70

    def __init__(self, wish: BlockWish) -> None:
        """`wish` fills the form."""
        super().__init__()
        clinic = wish.clinic
        self._wish = wish
        self._kind = ChoiceField("What", list(KINDS), chosen=BlockKind.LUNCH, id="kind")
        people = [(("person", one.name), one.name) for one in clinic.active_practitioners]
        places = [(("room", one.name), one.name) for one in clinic.open_rooms]
        whose = ("room", wish.room) if wish.room else ("person", wish.practitioner or "")
        self._whose = ChoiceField("Whose", [*people, (EVERYONE, "everyone"), *places], chosen=whose)
        self._from = NamedInput("From", id="from", placeholder="12:00, thu 12:00; of days off the first")
        self._until = NamedInput("Until", id="until", placeholder="12:45; of days off the last")
        self._words = NamedInput("Words", id="words", placeholder="words of your own, or none")
        self._also = NamedInput("And also", id="also", placeholder="others too: lin, okafor")
        self._weeks = NamedInput("Weeks", "1", id="weeks", placeholder="1, or the last day: 18 dec")
        self._over = Note(in_rows("", 3), "dim")
        self._found: tuple[Appointment, ...] = ()
        self._looked_at: BlockRequest | None = None
        self._agreed: BlockRequest | None = None
        self._begun = ("", "")

    def body(self) -> Iterator[Widget]:
        """The form, and whom it runs into."""
        yield self._kind
        yield self._whose
        yield from (self._also, self._from, self._until, self._words, self._weeks)
        yield self._over

    def on_mount(self) -> None:
        """Begins with what for: one key."""
        self._fill()
        self._kind.focus()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """A letter is a kind."""
        if self.focused is self._kind:
            return (("Enter", "block"), ("l m t o", "what for"), ("Tab", "next field"), ("Esc", "back"))
        return (("Enter", "block"), ("Tab", "next field"), ("Esc", "back"))

    def is_changed(self) -> bool:
        """Whether Esc would lose something typed."""
        return bool(self._words.value or self._also.value) or (self._from.value, self._until.value) != self._begun

    def on_descendant_focus(self) -> None:
        """The key line names what works in the field."""
        self.refresh_frame()

    def on_choice_field_changed(self, event: ChoiceField.Changed) -> None:
        """Another kind has another usual length."""
        self.tell("")
        if event.field is self._kind and (self._from.value, self._until.value) == self._begun:
            self._fill()
        self.recheck()

    def on_input_changed(self) -> None:
        """Looks whom it runs into."""
        self.tell("")
        self.recheck()

    def recheck(self) -> None:
        """Asks whom it runs into: something typed, or somebody else booked meanwhile."""
        try:
            request = self._request()
        except Refused as refused:
            self._looked_at = None
            self._over.set_text(in_rows(refused.reason, 3), "dim")
            return
        self.ask(
            lambda: self.desk.blocks.look(request),
            lambda found: self._looked(request, found),
            group="over",
            refused=lambda refused: self._over.set_text(in_rows(refused.reason, 3), "error"),
        )

    def accept(self) -> None:
        """Blocks; where somebody is booked there, only when said twice."""
        try:
            request = self._request()
        except Refused as refused:
            self.fail(refused)
            return
        if self._found and self._looked_at == request and self._agreed != request:
            self._agreed = request
            self.tell("Somebody is booked there. Enter again blocks over it.", "warn")
            return
        self.done(request)

    def _fill(self) -> None:
        zone, kind = self._wish.clinic.timezone, self._kind.value
        starts = self._wish.starts
        if kind is BlockKind.TIME_OFF:
            day = local_day(starts, zone)
            self._begun = (short_day(day),) * 2
        else:
            ends = starts.add(minutes=kind.minutes).in_timezone(zone)
            self._begun = (moment_text(starts, zone), f"{ends.hour:02}:{ends.minute:02}")
        for field, value in zip((self._from, self._until), self._begun, strict=True):
            field.value = value
            field.cursor_position = len(value)

    def _request(self) -> BlockRequest:
        from frontdesk.desk.blocks import BlockRequest

        kind, (sort, name) = self._kind.value, self._whose.value
        starts, ends, whole = self._days() if kind is BlockKind.TIME_OFF else self._times()
        others = tuple(part.strip() for part in self._also.value.split(",") if part.strip())
        return BlockRequest(
            starts,
            ends,
            (*((name,) if sort == "person" else ()), *others),
            name if sort == "room" else None,
            everyone=not sort,
            kind=kind,
            title=self._words.value,
            all_day=whole,
            weeks=self._repeats(starts),
        )

    def _repeats(self, starts: DateTime) -> int:
        """Weeks in a row, as a number or by the last day."""
        said = self._weeks.value.strip() or "1"
        number = _WEEKS.fullmatch(said)
        if number is not None:
            return int(number[1])
        # A length of time by itself may be how many, and is no day here: `a fortnight`.
        day, read = (said[6:], day_asked) if said.startswith("until ") else (said, parse_day)
        try:
            last = read(day, self._wish.today)
        except Refused as no_day:
            raise Refused(f"on how many weeks in a row, or until which day? {no_day.reason}") from None
        return weeks_until(local_day(starts, self._wish.clinic.timezone), last)

    def _times(self) -> tuple[DateTime, DateTime, bool]:
        wish = self._wish
        zone = wish.clinic.timezone
        shown = local_day(wish.starts, zone)
        if self._from.value == moment_text(wish.starts, zone):
            starts = wish.starts
        else:
            starts = moment_of(self._from.value, shown, wish.today, zone)
        return starts, moment_of(self._until.value, local_day(starts, zone), wish.today, zone), False

    def _days(self) -> tuple[DateTime, DateTime, bool]:
        """Whole days, the last included; days off may be given times as well."""
        zone, today = self._wish.clinic.timezone, self._wish.today
        try:
            first = day_asked(self._from.value, today)
            last = day_asked(self._until.value, today)
        except Refused as no_days:
            try:
                return self._times()
            except Refused:
                raise no_days from None
        if last < first:
            raise Refused("the last day lies before the first")
        return local_instant(first, 0, zone), local_instant(last + timedelta(days=1), 0, zone), True

    def _looked(self, request: BlockRequest, found: tuple[Appointment, ...]) -> None:
        self._found, self._looked_at = found, request
        when = moment_text(request.starts, self._wish.clinic.timezone)
        text, role = over_visits(when[:-6] if request.all_day else when, found)
        self._over.set_text(in_rows(folded(text, self.WIDTH - 4), 3), role)
