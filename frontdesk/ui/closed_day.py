"""What is asked before something is squeezed into a day on which the clinic is closed: no overlap to hurry over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.time_text import short_day

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.booking import Answer


class ClosedDay:
    """Asks once of each start, however often the desk answers that nobody works then."""

    def __init__(self) -> None:
        self._closed: DateTime | None = None
        self._asked: DateTime | None = None

    def judged(self, starts: DateTime, answer: Answer) -> None:
        """What the desk answered of the start that is wished now."""
        self._closed = starts if answer.closed and answer.squeezable else None

    def question(self, starts: DateTime | None, timezone: str, key: str) -> str:
        """What to ask before it is squeezed in there, by the `key` that says yes; empty where nothing is asked."""
        if starts is None or starts != self._closed or starts == self._asked:
            return ""
        self._asked = starts
        return f"The clinic is closed on {short_day(starts.in_timezone(timezone))}: {key} again books it all the same."

    def forget(self) -> None:
        """Nothing is wished any more: the next wish is asked about anew."""
        self._closed = self._asked = None
