"""When a visit is wished, as one types it; a place that was taken, or the cursor's own time, is not read back."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import moment_text
from frontdesk.ui.dialogs.wish import Wish
from frontdesk.ui.layout.day_fits import moment_of
from frontdesk.ui.widgets.named_input import NamedInput


class WhenField(NamedInput):
    """Its words mean the place they were put in for, the time the form began with, or what is typed."""

    def __init__(self, wish: Wish) -> None:
        """Begins with the time that is wished."""
        self._wish = wish
        self._begun = moment_text(wish.starts, wish.clinic.timezone)
        self._place: Slot | None = None
        super().__init__("When", self._begun, placeholder="thu 10:20, tomorrow 3pm, 11:15", id="when")

    @property
    def is_changed(self) -> bool:
        """Whether another time stands in it than at first."""
        return self.value != self._begun

    @property
    def place(self) -> Slot | None:
        """The place that was taken, while its time stands there."""
        if self._place is not None and self.value != self._words(self._place.starts):
            self._place = None
        return self._place

    def take(self, place: Slot) -> None:
        """A place that is offered: its time, and where and with whom that is."""
        self.put_time(place.starts)
        self._place = place

    def let_go(self) -> None:
        """The time stays, the place may be no longer what is wanted."""
        self._place = None

    def put_time(self, starts: DateTime) -> None:
        """A time, which the next letter replaces."""
        self.value = self._words(starts)
        self.action_select_all()

    def starts(self) -> DateTime:
        """The instant that is meant. Raises `Refused` with what to write instead, `DayAlone` for a day and no time."""
        wish, place = self._wish, self.place
        if place is not None:
            return place.starts
        if not self.is_changed:
            return wish.starts
        return moment_of(self.value, wish.day, wish.today, wish.clinic.timezone)

    def _words(self, starts: DateTime) -> str:
        return moment_text(starts, self._wish.clinic.timezone)
