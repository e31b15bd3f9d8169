"""The first run: a greeting with the ways to begin, and the five questions with which a clinic is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from frontdesk.domain.errors import Invalid, Problem, Refused
from frontdesk.domain.first_setup import QUESTIONS, first_answers, practitioners_of, rooms_of, zone_of
from frontdesk.domain.opening_words import USUAL_WEEK, week_of, week_words
from frontdesk.domain.plurals import number_of
from frontdesk.domain.setup_draft import problem_words
from frontdesk.domain.zones import country_of
from frontdesk.text import NAME_LIMIT
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Span, pad
from frontdesk.ui.widgets.field import Field, needed
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.domain.setup_plan import SetupResult

FIVE, DEMO, ROWS, LEAVE = "setup.first", "setup.demo", "", "quit"
"""The actions of the set-up that the ways to begin are; row by row is none, since its rows lie beneath."""
GREETING = (
    "Nothing is set up in this database yet. Five questions make it a\n"
    "clinic; everything can be changed later, and nothing leaves this PC."
)
_USUAL_ROOMS = "3"


class Greeting(Dialog[str]):
    """Welcomes whoever opens an empty database; the answer is the action of how they want to begin."""

    TITLE_WORDS = "Welcome to frontdesk"
    ACCEPT_WORDS: ClassVar[str] = "begin"
    WIDTH: ClassVar[int] = 72
    BINDINGS: ClassVar = [
        Binding("s", f"begin('{FIVE}')", "set up", show=False),
        Binding("d", f"begin('{DEMO}')", "demo", show=False),
        Binding("r", f"begin('{ROWS}')", "row by row", show=False),
        Binding("q", f"begin('{LEAVE}')", "leave", show=False),
    ]

    def __init__(self, *, can_demo: bool) -> None:
        """`can_demo` is whether the demo clinic can be opened from here."""
        super().__init__()
        demo = "look around in the demo clinic first" if can_demo else "leave, and look around: frontdesk demo"
        ways = (
            (FIVE, "s", "set up this clinic: five questions"),
            (DEMO, "d", demo),
            (ROWS, "r", "answer everything, row by row"),
            (LEAVE, "q", "leave; from a file: frontdesk setup FILE"),
        )
        self._ways: PickList[str] = PickList(
            [Item(way, (Span(pad(key, 3), "key"), Span(words))) for way, key, words in ways]
        )
        self._ways.styles.height = len(ways)

    def body(self) -> Iterator[Widget]:
        """What this is, and the ways on."""
        yield Note(GREETING)
        yield Note(" ")
        yield self._ways

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Esc goes to the rows, so that nobody is held here."""
        return (("Enter", self.ACCEPT_WORDS), ("↑ ↓", "choose"), ("Esc", "row by row"))

    def on_pick_list_picked(self) -> None:
        """Enter in the list."""
        self.accept()

    def accept(self) -> None:
        """The marked way."""
        self.done(self._ways.key)

    def action_begin(self, way: str) -> None:
        """A way by its letter."""
        self.done(way)


class FirstSetup(Dialog["SetupResult"]):
    """Name, zone, rooms, practitioners, hours: what cannot be read is said beneath its field, what can is shown.

    `save` writes the answers; `typed` is what stands in the fields when it ends.
    """

    TITLE_WORDS = "Your clinic in five answers"
    ACCEPT_WORDS: ClassVar[str] = "set it up"
    WIDTH: ClassVar[int] = 76

    def __init__(self, save: Callable[[dict[str, Any]], SetupResult], zone: str) -> None:
        """`zone` is this machine's, to begin with; one that is no city's is not suggested."""
        super().__init__()
        self._save = save
        zone = zone if country_of(zone) else ""
        self._fields: tuple[Field[Any], ...] = (
            Field("Clinic's name", name="name", check=needed, limit=NAME_LIMIT, placeholder="Elm Street Acupuncture"),
            Field("Time zone", zone, name="timezone", check=zone_of, placeholder="the nearest city: Toronto"),
            Field("Rooms", _USUAL_ROOMS, name="rooms", check=rooms_of, placeholder="how many, or: Blue, Green"),
            Field("Practitioners", name="practitioners", check=practitioners_of, placeholder="Dr Lin, Dr Okafor"),
            Field("Open", USUAL_WEEK, name="hours", check=week_of, placeholder=USUAL_WEEK),
        )
        self.left_with: dict[str, str] = {}
        """What stood in the fields when it was left."""

    def body(self) -> Iterator[Widget]:
        """The five fields."""
        yield from self._fields

    def on_mount(self) -> None:
        """Says what is suggested, too."""
        for field in self._fields:
            self._understood(field)

    def is_changed(self) -> bool:
        """Nothing is lost: what is typed goes on row by row."""
        return False

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Enter goes through all five, and saves from the last; Esc keeps what is typed."""
        enter = self.ACCEPT_WORDS if self._fields[-1].has_focus else "next question"
        return (("Enter", enter), ("↑ ↓", "before, next"), ("Esc", "row by row"))

    def on_descendant_focus(self) -> None:
        """The key line names what Enter does."""
        self.refresh_frame()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Says how it is understood while it is typed."""
        field = event.input
        if isinstance(field, Field):
            self._understood(field)
        self.tell("")

    def accept(self) -> None:
        """Enter: on to the next question, whether it has the usual answer in it or none; from the last, saves."""
        here = next((at for at, one in enumerate(self._fields) if one.has_focus), len(self._fields) - 1)
        if here < len(self._fields) - 1:
            if self._reads(self._fields[here]):
                self._fields[here + 1].focus()
            return
        values: dict[str, Any] = {}
        wrong: list[Field[Any]] = []
        for field in self._fields:
            try:
                values[field.name or ""] = field.checked()
                self._understood(field)
            except Refused:
                wrong.append(field)
        if wrong:
            wrong[0].focus()
            self.fail(f"{wrong[0].called}: see beneath it.")
            return
        answers = first_answers(*(values[part] for part in QUESTIONS))
        self.save(lambda: self._save(answers), self.done)

    def fail(self, reason: str | Refused) -> None:
        """What the set-up's own rules refuse is said at the question it comes from."""
        if isinstance(reason, Invalid):
            for problem in reason.problems:
                field = self._asked_by(problem)
                field.fail(problem_words(problem))
            self._asked_by(reason.problems[0]).focus()
            reason = "; ".join(problem_words(one) for one in reason.problems)
        super().fail(reason)

    def action_dialog_cancel(self) -> None:
        """Esc: on to all rows, with what is typed."""
        self.left_with = self.typed
        super().action_dialog_cancel()

    def _asked_by(self, problem: Problem) -> Field[Any]:
        part = problem.where.partition(".")[0].partition("[")[0]
        part = problem.where.partition(".")[2] if part == "clinic" else part
        asked = {**{name: name for name in QUESTIONS}, "phone_region": "timezone"}.get(part, "name")
        return next(field for field in self._fields if field.name == asked)

    def _reads(self, field: Field[Any]) -> bool:
        try:
            field.checked()
        except Refused:
            return False
        self._understood(field)
        return True

    def _understood(self, field: Field[Any]) -> None:
        """Beneath a field how it is understood, while it can be; what is wrong is said on Enter, not while typing."""
        if field.text and field.check is not None:
            try:
                field.note(_UNDERSTOOD[field.name or ""](field.check(field.text)))
            except Refused:
                field.note("")


def _zone_words(zone: str) -> str:
    return f"{zone}; phone numbers are read as in {country_of(zone)}"


def _room_words(rooms: Sequence[dict[str, Any]]) -> str:
    chairs = sum(room.get("chairs", 1) for room in rooms)
    names = ", ".join(room["name"] + (f" ({room['chairs']} chairs)" if "chairs" in room else "") for room in rooms)
    return f"{number_of(chairs, 'timer')}: {names}"


_UNDERSTOOD: dict[str, Callable[[Any], str]] = {
    "name": lambda _: "",
    "timezone": _zone_words,
    "rooms": _room_words,
    "practitioners": lambda people: f"{len(people)}: {', '.join(one['name'] for one in people)}",
    "hours": week_words,
}
