"""Cancelling in two keys: who calls it off, then why; for one visit, or for it and all later ones of its course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.visit import Canceller
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.dialogs.lettered import OTHER, OTHER_WORDS, Lettered, lettered

WHO: dict[str, tuple[Canceller, str]] = {
    "p": (Canceller.PATIENT, "the patient"),
    "c": (Canceller.CLINIC, "the clinic"),
}
WHY: dict[Canceller, dict[str, str]] = {
    Canceller.PATIENT: {
        "i": "ill",
        "t": "no time",
        "f": "forgot",
        "w": "weather",
        "b": "feels better",
        OTHER: OTHER_WORDS,
    },
    Canceller.CLINIC: {
        "a": "practitioner away",
        "r": "no room",
        "m": "booked by mistake",
        "w": "weather",
        OTHER: OTHER_WORDS,
    },
}
"""The answers by their letters, in the words that are kept; `OTHER` opens a line."""
REST = "l"
_LETTERS = sorted({*WHO, *WHY[Canceller.PATIENT], *WHY[Canceller.CLINIC]})


class CancelAnswer(Struct, frozen=True):
    """Who called it off and why; `rest` where all later visits of the course go with it."""

    by: Canceller
    reason: str
    rest: bool = False


class Cancel(Lettered[CancelAnswer]):
    """Who and why, a letter each. Nothing here is lost for good: cancelling is undone, and put back."""

    ACCEPT_WORDS: ClassVar[str] = "choose"
    BINDINGS: ClassVar = [
        *(Binding(letter, f"letter({letter!r})", "answer", show=False) for letter in _LETTERS),
        Binding(REST, "rest", "and all later ones", show=False),
        Binding("backspace", "again", "who", show=False),
    ]

    def __init__(self, visit: Appointment, when: str, now: DateTime) -> None:
        """`when` is its day and time as a person says it; `now` tells whether it is late."""
        super().__init__(lambda: f"Cancel {visit.patient.name}, {when}", "why, in their words; empty is fine")
        self._visit = visit
        self._late = visit.is_late_to_cancel(now)
        self._by: Canceller | None = None
        self._later: tuple[Appointment, ...] = ()
        self._with_rest = False
        self._asks = Note("", "strong")
        self._scope = Note("", "text")

    def body(self) -> Iterator[Widget]:
        """The question, its answers, the line for other words, what goes with it."""
        yield self._asks
        self._list.styles.height = max(len(answers) for answers in WHY.values())
        yield self._list
        yield self._words
        yield self._scope

    def on_mount(self) -> None:
        """Asks who; reads whether a course goes on after this visit."""
        self._show()
        self.recheck()

    def recheck(self) -> None:
        """Reads the rest of the course anew: shown first, and when something was written elsewhere."""
        key = self._visit.id
        if self._visit.series_id is not None:
            self.ask(lambda: self.desk.series.rest(key), self._got_rest, group="rest")

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The letters stand in the list; here the others."""
        more = ((REST, "only this one" if self._with_rest else "and all later ones"),) if self._later else ()
        enter = "cancel it" if self.is_in_words else "choose"
        again = (("Backspace", "who"),) if self._by is not None and not self.is_in_words else ()
        return (("Enter", enter), *more, *again, ("Esc", "back"))

    def answer(self, letter: str) -> None:
        """An answer to what is asked now; another letter says nothing."""
        if self._by is not None:
            if letter in WHY[self._by]:
                self.answer_in_words(WHY[self._by][letter])
        elif letter in WHO:
            self._by = WHO[letter][0]
            self._show()

    def action_rest(self) -> None:
        """This one alone, or with all later ones of the course."""
        if self._later:
            self._with_rest = not self._with_rest
            self._show()

    def action_again(self) -> None:
        """Back to who."""
        if not self.is_in_words:
            self._by = None
            self._show()

    def answer_in_words(self, words: str) -> None:
        """The words are the reason, and end it."""
        assert self._by is not None
        self.done(CancelAnswer(self._by, words, self._with_rest))

    def _got_rest(self, later: tuple[Appointment, ...]) -> None:
        self._later = later
        self._with_rest = self._with_rest and bool(later)
        self._show()

    def _show(self) -> None:
        if self._by is None:
            self._asks.set_text("Who calls it off?")
            answers = {letter: words for letter, (_, words) in WHO.items()}
        else:
            self._asks.set_text(f"{'The patient' if self._by is Canceller.PATIENT else 'The clinic'}: why?")
            answers = WHY[self._by]
        self._list.set_items(lettered(answers))
        self._list.select_first()
        rows = []
        if self._late and self._by is not Canceller.CLINIC:
            late = "a late cancelling" if self._by else "late, if it is the patient"
            rows.append(f"less than {self._visit.late_cancel_hours} h before: {late}")
        if self._later:
            count = len(self._later)
            rest = f"the {count} later visit{'s' if count > 1 else ''} of the course"
            rows.append(
                f"{REST}  cancels {rest} too" if not self._with_rest else f"This one AND {rest}; {REST} only this"
            )
        self._scope.set_text("\n".join(rows), "warn" if self._with_rest or self._late else "dim")
        self.refresh_frame()
