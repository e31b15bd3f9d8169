"""The next visit at check-out: a digit chooses, Enter books; the patient is out already whatever is answered here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.privacy import Words
from frontdesk.domain.time_text import moment_text
from frontdesk.text import clean
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.dialogs.lettered import OTHER, OTHER_WORDS, lettered
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.offer_list import OfferList
from frontdesk.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from frontdesk.desk.next_visits import NextVisit
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.series import SeriesRequest
    from frontdesk.domain.packing import Slot

WHY: dict[str, str] = {
    "c": "will call",
    "d": "does not know the dates yet",
    "a": "away",
    "t": "no time now",
    "b": "feels better",
    "m": "the cost",
    OTHER: OTHER_WORDS,
}
"""Why nothing is booked now, by letter, in the words that are kept; `OTHER` opens a line."""
REST, OTHERWISE, NOT_NOW = "r", "w", "n"
_ROWS = 9


class Places(OfferList, can_focus=True):
    """The places; keys go to them, so that none goes to what is not asked yet."""


class NextAnswer(Struct, frozen=True):
    """What came of it: a booking; or what is to be done instead, with why nothing is booked now."""

    booked: Outcome | None = None
    rest: SeriesRequest | None = None
    """The rest of the course in one go."""
    otherwise: bool = False
    """By the booking form."""
    not_now: str = ""


class NextVisitDialog(Dialog[NextAnswer]):
    """Offers the next places for a patient who was just checked out: the plan's, or without one as they came."""

    ACCEPT_WORDS: ClassVar[str] = "book"
    WIDTH: ClassVar[int] = 72
    BINDINGS: ClassVar = [
        *(Binding(digit, f"take({digit})", "choose", show=False) for digit in "123456789"),
        Binding("down,j", "move(1)", "next place", show=False),
        Binding("up,k", "move(-1)", "place before", show=False),
        *(
            Binding(letter, f"letter({letter!r})", "answer", show=False)
            for letter in dict.fromkeys((REST, OTHERWISE, NOT_NOW, *WHY))
        ),
        Binding("backspace", "again", "the places", show=False),
        Binding("u", "undo", "undo the check-out", show=False),
    ]

    def __init__(self, found: NextVisit, zone: str, today: date) -> None:
        """`found` is what the plan has next; `today` the day that is called so."""
        super().__init__(self._words)
        self._found, self._zone = found, zone
        self._why = Words(found.why[0] if found.why else "")
        """What is in the way of the wish, which may name somebody else."""
        self._asks_why = False
        self._in_words = False
        """Whether the reason is written, which what others do meanwhile leaves alone."""
        self._what = Note(self._wish, "dim")
        self._places = Places(zone, today)
        self._reasons: PickList[str] = PickList()
        self._said = CleanInput(placeholder="why, in their words")

    def body(self) -> Iterator[Widget]:
        """What the plan says, the places; the reasons in their stead."""
        yield self._what
        self._places.styles.height = _ROWS
        yield self._places
        self._reasons.styles.height = len(WHY)
        yield self._reasons
        yield self._said

    def on_mount(self) -> None:
        """The best place is chosen to begin with."""
        self._reasons.set_items(lettered(WHY))
        self._show()

    def recheck(self) -> None:
        """Somebody booked meanwhile: what fits is asked anew."""
        key, no_plan = self._found.visit.id, self._found.progress is None
        self.ask(lambda: self.desk.next_visits.after(key, without_plan=no_plan), self._anew, group="next")

    def is_changed(self) -> bool:
        """Nothing typed here is worth a second Esc but words."""
        return self._said.display and bool(self._said.value)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The digits first; the letters of the reasons stand in their list."""
        if self._asks_why:
            enter = "keep on the recall list" if self._said.display else "choose"
            return (("Enter", enter), ("Backspace", "the places"), ("Esc", "back"))
        rest, no_plan = self._found.rest, self._found.progress is None
        more = ((REST, f"all {rest.count}"),) if rest is not None else ()
        count = len(self._found.places)
        digits = ((f"1-{count}", "choose"),) if count > 1 else ()
        book = (*digits, ("Enter", "book")) if count else ()
        return (
            *book,
            *more,
            (OTHERWISE, "another time"),
            (NOT_NOW, "not now"),
            ("Esc", "none now" if no_plan else "back"),
        )

    def action_take(self, digit: int) -> None:
        """The place of that digit."""
        if not self._asks_why and digit <= len(self._places.offers):
            self._places.choose(self._places.offers[digit - 1].starts)
            self.tell("")

    def action_move(self, by: int) -> None:
        """The next place, or the one before."""
        if self._asks_why:
            self._reasons.action_move(by)
        elif self._places.offers:
            at = (self._places.index or 0) + by
            self.action_take(1 + max(0, min(at, len(self._places.offers) - 1)))

    def action_letter(self, letter: str) -> None:
        """What else may be done; or, asked why, a reason."""
        if self._asks_why:
            self._reason(letter)
        elif letter == NOT_NOW:
            self._asks_why = True
            self._show()
        elif letter == OTHERWISE:
            self.done(NextAnswer(otherwise=True))
        elif letter == REST and self._found.rest is not None:
            self.done(NextAnswer(rest=self._found.rest_from(self._chosen)))

    def action_undo(self) -> None:
        """Nobody was to be checked out: the question goes, and so does what it came from."""
        if not self._asks_why:
            self.done(None)
            self.desk_app.undo()

    def action_again(self) -> None:
        """Back to the places."""
        if self._asks_why and not self._said.display:
            self._asks_why = False
            self._show()

    def on_pick_list_picked(self) -> None:
        """Enter on a reason."""
        if self._asks_why:
            self._reason(self._reasons.key or "")

    def accept(self) -> None:
        """Books the chosen place; or keeps the words typed as the reason."""
        if self._asks_why:
            if self._said.display:
                self._not_now(clean(self._said.value))
            else:
                self.on_pick_list_picked()
            return
        index = self._places.index
        if index is None:
            self.tell("No place is free: w looks for another time, n for now.", "warn")
            return
        request = self._found.request(self._places.offers[index])
        self.save(lambda: self.desk.booking.book(request), self._booked, refused=self.not_to_be_had)

    @property
    def _chosen(self) -> Slot | None:
        """The place that a person chose; None while the first one stands."""
        index = self._places.index
        return self._places.offers[index] if index else None

    def _booked(self, outcome: Outcome) -> None:
        self.done(NextAnswer(booked=outcome))

    def _reason(self, letter: str) -> None:
        if letter == OTHER:
            self._in_words = True
            self._show()
        elif letter in WHY:
            self._not_now(WHY[letter])

    def _not_now(self, reason: str) -> None:
        if not reason:
            self.fail("Say why in a word or two.")
            return
        self.done(NextAnswer(not_now=reason))

    def _anew(self, found: NextVisit) -> None:
        self._found = found
        self._why = Words(found.why[0] if found.why else "")
        self._show()

    def _words(self) -> str:
        far = self._found.progress
        name = self._found.visit.patient.name
        said = f", {far.words} done" if far is not None and far.words else ""
        return f"{name}: {'why not now?' if self._asks_why else f'next visit{said}'}"

    def _wish(self) -> str:
        """`weekly: Mon 30 Nov 10:20`, and what is in the way."""
        found = self._found
        if found.wished is None or found.terms is None:
            return ""
        when = moment_text(found.wished, self._zone)
        due = " · re-assess then" if found.progress is not None and found.progress.reassess_next else ""
        first = found.places[0] if found.places else None
        own = found.terms.practitioner or found.visit.in_charge
        free = first is not None and first.starts == found.wished and first.practitioner.id == own.id
        why = f": {self._why.shown}" if self._why.text and not free else ""
        what = f"no plan; {found.terms.service.name}, " if found.progress is None else ""
        return f"{what}{found.terms.cadence.words}, {when}{due}{why}"

    def _show(self) -> None:
        found = self._found
        self.set_title(self._words)
        self._what.set_text(self._wish)
        self._what.display = not self._asks_why
        self._places.display = not self._asks_why
        self._reasons.display = self._asks_why
        self._said.display = self._in_words
        before = self._places.chosen
        self._places.show(found.places, "No place is free around then.")
        if before not in {one.starts for one in found.places}:
            self._places.choose(found.places[0].starts if found.places else None)
        self.set_focus(self._said if self._in_words else self._reasons if self._asks_why else self._places)
        self.refresh_frame()
