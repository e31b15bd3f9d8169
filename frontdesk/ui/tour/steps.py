"""The tour as a list: what each step says, and by what it knows that it was done. Nothing here knows a terminal.

A step is done by what happened, in the log or on the screen, whichever key did it. In what a step says, `…` stands
around a key: the id of an action, whose key is named as it is now, or a key's own name; `@` is the tour's patient, `%`
a time a little after the one they have.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from frontdesk.ui import keys


class Did(Struct, frozen=True):
    """One thing that was done at the desk: an entry of the log."""

    seq: int
    what: str
    visit: int | None = None
    """The appointment it is about."""


UNDO = "undo"
"""What the taking back of anything is called here."""


def did(seq: int, what: str, subject: str, *, undoes: bool) -> Did:
    """An entry of the log as the tour takes it; `subject` is the log's, like `appointment 7`."""
    kind, _, number = subject.partition(" ")
    return Did(seq, UNDO if undoes else what, int(number) if kind == "appointment" and number.isdecimal() else None)


class Seen(Struct, frozen=True):
    """What the tour looks at."""

    place: str = keys.DAY
    """The main screen that is shown."""
    dialog: str = ""
    """The dialog over it, by its class."""
    is_typing: bool = False
    """Whether keys go into a field."""
    looked_up: str = ""
    """What was typed to find a patient."""
    patient: int | None = None
    """Whom the patients' screen has marked."""
    marked: int | None = None
    """The appointment that keys act on."""
    today: frozenset[int] = frozenset()
    """Today's appointments."""
    shows_today: bool = True
    """Whether the day shown is today."""
    carries: bool = False
    """Whether a visit is being moved over the day."""
    rings: bool = False
    """Whether needles anywhere are due."""
    dids: tuple[Did, ...] = ()
    """The log since the tour began, oldest first."""


class Look(Struct, frozen=True):
    """What a step is judged by: all that is seen, what was done since the step began, and the tour's patient."""

    seen: Seen
    dids: tuple[Did, ...]
    guest: int | None

    def did(self, *whats: str) -> Did | None:
        """The first entry of one of these kinds since the step began."""
        return next((one for one in self.dids if one.what in whats), None)

    def did_for_the_guest(self, *whats: str) -> Did | None:
        """The same, of what was done for the tour's patient."""
        return next((one for one in self.dids if one.what in whats and one.visit == self.guest), None)

    @property
    def at_the_guest(self) -> bool:
        """Whether keys act on the tour's patient, on the day; on anybody, where theirs is another day."""
        if self.seen.place != keys.DAY or self.seen.marked is None:
            return False
        return self.seen.marked == self.guest or self.guest not in self.seen.today


class Step(Struct, frozen=True):
    """One thing to do."""

    title: str
    says: Callable[[Look], str]
    done: Callable[[Look], Did | bool | None]
    """False or None until it is done; the entry that says so, where one does."""
    pace: int = 1
    """How many times faster than time the demo's clock runs meanwhile."""


class Progress(Struct, frozen=True):
    """How far the tour has come."""

    number: int = 0
    """The step it is at; the length of the list when it is over."""
    since: int = 0
    """The entry of the log after which the step began."""
    guest: int | None = None
    """The appointment that was booked on the tour."""
    steps: tuple[Step, ...] = field(default_factory=lambda: STEPS)

    @property
    def step(self) -> Step | None:
        """What is to be done now; None when the tour is over."""
        return self.steps[self.number] if self.number < len(self.steps) else None

    def says(self, seen: Seen) -> str:
        """What stands in the tour's line."""
        return self.step.says(self._look(seen)) if self.step else OVER

    def after(self, seen: Seen) -> Progress:
        """How far it has come by what is seen now: what was done ahead counts, each thing once."""
        progress = self
        while (step := progress.step) is not None:
            look = progress._look(seen)
            done = step.done(look)
            if not done:
                break
            guest = progress.guest
            if isinstance(done, Did) and done.what == BOOKED and guest is None:
                guest = done.visit
            elif step is GO and seen.marked is not None:
                guest = seen.marked
            since = done.seq if isinstance(done, Did) else progress.since
            progress = replace(progress, number=progress.number + 1, since=since, guest=guest)
        return progress

    def _look(self, seen: Seen) -> Look:
        return Look(seen, tuple(one for one in seen.dids if one.seq > self.since), self.guest)


BOOKED = "visit.book"
_CARE = ("visit.arrive", "visit.room", "visit.begin", "needles.in", "needles.out", "visit.checkout")
"""The steps of a visit in their order; who takes a later one has taken those before it."""
OVER = "That was the tour. The demo is yours now: nobody in it is real. `quit` ends it."
PACE = 90
"""How fast 25 to 40 minutes pass on the tour: in half a minute at most."""


def _reached(what: str) -> Callable[[Look], Did | bool]:
    later = _CARE[_CARE.index(what) + 1 :]
    # A later step was not this one's: it is left for the step that asks for it.
    return lambda look: look.did_for_the_guest(what) or look.did_for_the_guest(*later) is not None


def _on_the_guest(words: str) -> Callable[[Look], str]:
    """The words, once keys act on the tour's patient; else the way there."""
    return lambda look: words if look.at_the_guest and not look.seen.dialog else _way(look)


def _way(look: Look) -> str:
    if look.seen.dialog:
        return "`Enter` takes what is marked here; `Esc` goes back."
    if look.seen.place != keys.DAY:
        return "`screen.day` is the day, with everybody on it. Press it."
    if not look.seen.shows_today:
        return "`day.today` goes back to today."
    return "Go to @ with the arrows: keys act on who is marked."


def _in_dialog(name: str, words: str, otherwise: Callable[[Look], str]) -> Callable[[Look], str]:
    return lambda look: words if look.seen.dialog == name else otherwise(look)


def _move(look: Look) -> str:
    if look.seen.carries:
        return "`book.move` again takes a time that you type; a digit takes a place."
    return _on_the_guest("Ten minutes later suits better. `book.move` moves the visit.")(look)


def _says(words: str) -> Callable[[Look], str]:
    return lambda look: words


def _find(look: Look) -> str:
    if look.seen.place == keys.PATIENTS and look.seen.is_typing:
        if len(look.seen.looked_up) > 1:
            return "Results as you type, accents or not. `Enter` takes who is marked."
        return "Type a part of a name, like `weiss`."
    return "`find` finds a patient, whatever you are at. Press it."


def _found(look: Look) -> bool:
    seen = look.seen
    there = seen.place == keys.PATIENTS and not seen.is_typing and not seen.dialog
    return there and bool(seen.looked_up) and seen.patient is not None


def _book(look: Look) -> str:
    if look.seen.dialog == "Book":
        return "Each digit is a place where it fits. `1` takes the first, `Enter` books it."
    if look.seen.place == keys.PATIENTS:
        return "`patient.book` books for whom you found. Press it."
    return "`screen.patients` goes back to whom you found; `patient.book` there books for them."


GO = Step("The day", _way, lambda look: look.at_the_guest and not look.seen.dialog)

STEPS: tuple[Step, ...] = (
    Step(
        "Help",
        _says("Welcome. `help` shows every key that works where you are. Press it."),
        lambda look: look.seen.dialog == "Help",
    ),
    Step(
        "Back",
        _says("Press any of them another time; `back` goes back, here and everywhere."),
        lambda look: not look.seen.dialog,
    ),
    Step("Find a patient", _find, _found),
    Step("Book", _book, lambda look: look.did(BOOKED)),
    GO,
    Step(
        "Move",
        _in_dialog(
            "Move",
            "Type `%`, or a digit for a place that is offered; then `Enter`.",
            _move,
        ),
        lambda look: look.did("visit.move"),
    ),
    Step(
        "Undo",
        _says("On second thought: `undo` takes the last thing back, and says what."),
        lambda look: look.did(UNDO),
    ),
    Step("Arrived", _on_the_guest("@ comes in. `visit.next` is the next step: arrived."), _reached("visit.arrive")),
    Step("Into the room", _on_the_guest("`visit.next` again takes @ to the room."), _reached("visit.room")),
    Step("Practitioner", _on_the_guest("`visit.next`: the practitioner goes in."), _reached("visit.begin")),
    Step(
        "Needles in",
        _in_dialog(
            "NeedlesIn",
            "Every needle is counted: `12`, `Enter`. What is to be asked takes one more.",
            _on_the_guest("`visit.next`: the needles go in."),
        ),
        _reached("needles.in"),
    ),
    Step(
        "The timer",
        _says("@ rests. Time hurries now: watch the rooms, till one is due."),
        lambda look: look.seen.rings or look.did("needles.out"),
        pace=PACE,
    ),
    Step(
        "Needles out",
        _in_dialog(
            "NeedlesOut",
            "In and out must agree: `12`, then `Enter`.",
            _on_the_guest("It is due, on every screen, and heard: `visit.next` takes the needles out."),
        ),
        _reached("needles.out"),
    ),
    Step("Check-out", _on_the_guest("All are out. `visit.next` checks @ out."), _reached("visit.checkout")),
    Step(
        "The next visit",
        _in_dialog(
            "NextVisitDialog",
            "The plan says come again: `Enter` books the first place; a digit marks another.",
            _in_dialog(
                "Repeat",
                "The rest of the course, date by date: `Enter` books all of it.",
                _says("No next visit is offered any more. `screen.waiting` goes on."),
            ),
        ),
        lambda look: look.did(BOOKED, "recall.not-now") or look.seen.place == keys.WAITING,
    ),
    Step(
        "Waiting",
        _says("`screen.waiting` is who waits for an earlier place, and what became free."),
        lambda look: look.seen.place == keys.WAITING,
    ),
    Step(
        "Recalls",
        _says("`screen.recalls` is whom to call: they ought to come, and nothing is booked."),
        lambda look: look.seen.place == keys.RECALLS,
    ),
    Step(
        "Close of the day",
        _says("`screen.close` is the close of the day: who is left, each needle, who comes next."),
        lambda look: look.seen.place == keys.CLOSE,
    ),
    Step(
        "Home",
        _says("In the evening `close.day` closes it. `screen.day` goes back to the day."),
        lambda look: look.seen.place == keys.DAY and not look.seen.dialog,
    ),
)
