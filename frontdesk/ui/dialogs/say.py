"""A booking in one line: what was understood and whether it fits is shown while it is typed; Enter books.

Every key acts on what is shown for the very text in the field: a late answer never changes who is booked, and a place
that is gone is not replaced by its neighbour under the mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.domain.line import naming
from frontdesk.domain.packing import Slot
from frontdesk.domain.patient import Found, Patient
from frontdesk.domain.time_text import moment_text
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.day_fits import folded, in_rows
from frontdesk.ui.layout.patient_words import COMES_NO_MORE, found_line, phone_cells
from frontdesk.ui.layout.say_words import PARTS, part_lines, place_line, verdict_words
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.saying import Choice, Understood

ROWS = 6
"""Rows of what can be chosen."""
VERDICT = 2
"""Rows of the verdict."""


class Said(Struct, frozen=True):
    """The answer that asks for the form, with what the line said for certain in it."""

    patient: Patient | None = None
    typed: str = ""
    """The words for a patient who is not certain yet."""
    service: str | None = None
    practitioner: str | None = None
    room: str | None = None
    starts: DateTime | None = None


Key = tuple[str, object]
"""What a row stands for: a patient, a place, the squeeze, or a course as it is proposed."""


class PartLines(LineWidget):
    """What was understood."""

    zone = "UTC"
    today = date.min
    _understood: Understood | None = None

    def show(self, understood: Understood | None) -> None:
        """Replaces it."""
        self._understood = understood
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """A row a part."""
        del height
        return part_lines(self._understood, self.zone, width, self.today)


class Choices(PickList[Key]):
    """Rows of which none is marked until an arrow marks one."""

    marked = False

    @property
    def has_keys(self) -> bool:
        """Whether its mark is what Enter acts on."""
        return self.marked


class Say(Dialog["Said | Outcome"]):
    """Books by a line; the answer is the desk's Outcome, or the Patient for whom the form is wanted instead."""

    TITLE_WORDS = "New booking in one line"
    ACCEPT_WORDS: ClassVar[str] = "book"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        Binding("down", "mark(1)", "next", show=False, priority=True),
        Binding("up", "mark(-1)", "before", show=False, priority=True),
        Binding("tab", "form", "form", show=False, priority=True),
    ]
    CSS: ClassVar[str] = f"""
    Say #parts {{ height: {PARTS}; width: 100%; margin: 1 0 0 0; }}
    Say #choices {{ height: {ROWS}; width: 100%; margin: 0 0 0 11; }}
    """

    def __init__(self, text: str = "") -> None:
        """`text` is what was typed elsewhere already."""
        super().__init__()
        self._field = CleanInput(text, placeholder="garcia follow-up lin thu 10:20", id="line")
        self._parts = PartLines(id="parts")
        self._choices = Choices(id="choices", quiet=True)
        self._choices.can_focus = False
        self._verdict = Note(in_rows("", VERDICT), "dim")
        self._answered: str | None = None
        self._understood: Understood | None = None
        self._choice: Choice | None = None
        self._places: dict[Key, Slot] = {}

    def body(self) -> Iterator[Widget]:
        """The line, what it says, what can be chosen, and whether it fits."""
        yield self._field
        yield self._parts
        yield self._choices
        yield self._verdict

    def on_mount(self) -> None:
        """Typing is all it takes."""
        self._field.resume()
        self._parts.zone = self.zone
        self._parts.today = self.desk_app.local_day()
        self.recheck()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What Enter would do, and the ways out."""
        return (*self._enter_does(), ("↑ ↓", "choose"), ("Tab", "form"), ("Esc", "back"))

    def _enter_does(self) -> tuple[tuple[str, str], ...]:
        marked, understood = self._marked, self._understood
        if marked is not None:
            return (("Enter", "book" if marked[0] == "place" and self._is_else_certain else "choose"),)
        return (("Enter", "book"),) if understood is not None and understood.fits else ()

    def is_changed(self) -> bool:
        """A line is quickly typed again: Esc leaves it at once."""
        return False

    def on_input_changed(self) -> None:
        """Another line: what was chosen for the one before is forgotten."""
        self.tell("")
        self._choice = None
        self._choices.marked = False
        self.recheck()

    def recheck(self) -> None:
        """Asks what the line means now: it was changed, something was chosen, or somebody else booked."""
        text, choice = self._field.value, self._choice
        if not text.strip():
            self._answered, self._understood = text, None
            self._show(None)
            return
        self.ask(
            lambda: self.desk.saying.understand(text, choice),
            lambda understood: self._got(text, choice, understood),
            group="say",
            refused=lambda refused: self._refused(text, refused),
        )

    def action_mark(self, by: int) -> None:
        """Into the choices and through them; up from the first leaves them."""
        rows = self._choices
        if not rows.items or not self._is_answered:
            return
        if not rows.marked:
            if by > 0:
                rows.marked = True
                rows.select_first()
        elif by < 0 and rows.key == rows.items[0].key:
            rows.marked = False
        else:
            rows.action_move(by)
        rows.redraw()
        self.tell(self._enter_words(), "dim")
        self.refresh_frame()

    def action_form(self) -> None:
        """The form instead, with everything in it that is certain so far."""
        understood = self._understood if self._is_answered else None
        if understood is None:
            self.done(Said())
            return
        line = understood.line
        self.done(
            Said(
                understood.patient,
                "" if understood.patient else line.patient,
                line.service.name if line.service else None,
                line.practitioner.name if line.practitioner else None,
                line.rooms[0].name if len(line.rooms) == 1 else None,
                line.starts,
            )
        )

    def accept(self) -> None:
        """Takes what is marked; books once everything is certain."""
        if not self._is_answered:
            self.tell("Still reading the line; Enter again when it is there.", "dim")
            return
        marked, understood = self._marked, self._understood
        if understood is not None and understood.comes_no_more and (marked is None or marked[0] != "patient"):
            from frontdesk.desk.saying import Choice

            self._choice = replace(self._choice or Choice(), comes_again=True)
            self.tell(COMES_NO_MORE, "warn")
            self.recheck()
        elif marked is None:
            self._book(self._choice)
        elif marked[0] == "place" and self._is_else_certain:
            self._book(self._with(marked))
        elif marked[0] == "patient":
            self._write_number(marked[1])
        else:
            self._choice = self._with(marked)
            self._choices.marked = False
            self.recheck()

    def _write_number(self, number: object) -> None:
        """Writes the patient's number into the line, which then says who by itself."""
        assert self._understood is not None
        assert isinstance(number, int)
        self._field.value = f"{naming(self._field.value, self._understood.line, number)} "
        self._field.cursor_position = len(self._field.value)

    @property
    def _is_answered(self) -> bool:
        """Whether what is shown is what the text in the field means."""
        return self._answered == self._field.value

    @property
    def _marked(self) -> Key | None:
        return self._choices.key if self._choices.marked else None

    @property
    def _is_else_certain(self) -> bool:
        """Whether a place is all that is wanting."""
        understood = self._understood
        return understood is not None and all(about in ("when", "practitioner") for about, _ in understood.questions)

    def _with(self, marked: Key) -> Choice:
        from frontdesk.desk.saying import Choice

        choice = self._choice or Choice()
        if marked[0] == "squeeze":
            return replace(choice, squeeze=True)
        if marked[0] == "proposed":
            return replace(choice, as_proposed=True)
        return replace(choice, place=self._places[marked])

    def _book(self, choice: Choice | None) -> None:
        text, understood = self._field.value, self._understood
        is_placed = choice is not None and choice.place is not None
        if understood is None or (understood.questions and not is_placed):
            self.fail(self._wanting())
            return
        if not understood.fits and choice == self._choice:
            self.fail("It does not fit; ↓ chooses what does.")
            return
        self.save(lambda: self.desk.saying.book(text, choice), self._booked, refused=self.not_to_be_had)

    def _wanting(self) -> str:
        """What to do next, for Enter came too early."""
        understood = self._understood
        if understood is None:
            return "Say who, what, with whom and when."
        if self._choices.items:
            kind = "patient" if understood.patient is None else "place"
            return f"Not certain yet: ↓ marks a {kind}, Enter takes it."
        return understood.missing[0]

    def _booked(self, outcome: Outcome) -> None:
        self.done(outcome)

    def not_to_be_had(self, refused: Refused) -> None:
        """As in every dialog; nothing is marked any more."""
        self._choices.marked = False
        super().not_to_be_had(refused)

    def _got(self, text: str, choice: Choice | None, understood: Understood) -> None:
        if choice != self._choice:
            return
        self._answered, self._understood = text, understood
        self._show(understood)

    def _refused(self, text: str, refused: Refused) -> None:
        self._answered, self._understood = text, None
        self._show(None)
        self._verdict.set_text(in_rows(refused.reason, VERDICT), "error")

    def _show(self, understood: Understood | None) -> None:
        marked = self._marked
        self._parts.show(understood)
        self._choices.set_items(self._items(understood) if understood else [])
        if marked is not None and self._choices.key != marked:
            # Somebody took it: the mark must not come to lie on another one by itself.
            self._choices.marked = False
            self.tell("What was marked is not free any more.", "warn")
        self._choices.redraw()
        text, role = verdict_words(understood, self.zone) if understood else ("", "dim")
        self._verdict.set_text(in_rows(folded(text, self.WIDTH - 4), VERDICT), role)
        self.refresh_frame()

    def _items(self, understood: Understood) -> list[Item[Key]]:
        if understood.patient is None and not understood.line.doubtful:
            shown = understood.candidates[:ROWS]
            return [self._person(one, phone_cells(shown)) for one in shown]
        if understood.patient is None:
            return []
        if understood.course is not None:
            return self._proposed(understood)
        fits = understood.fits
        places = () if fits else understood.alternatives[: ROWS - 1]
        self._places = {("place", (one.starts, one.practitioner.id, one.room.id)): one for one in places}
        items: list[Item[Key]] = [Item(key, *place_line(one, self.zone)) for key, one in self._places.items()]
        starts = understood.line.starts
        if not fits and understood.answer is not None and understood.answer.squeezable and starts is not None:
            words = f"» squeeze it in at {moment_text(starts, self.zone)} all the same"
            items.append(Item(("squeeze", None), (Span(words, "squeeze"),)))
        return items

    def _proposed(self, understood: Understood) -> list[Item[Key]]:
        """For a course: to begin where it fits, and to go without the dates that have no place."""
        course = understood.course
        if course is None or understood.fits or not course.places:
            return []
        left = f", {len(course.asked)} left out" if course.asked else ""
        words = f"{len(course.places)} visits from {moment_text(course.places[0].starts, self.zone)} on{left}"
        return [Item(("proposed", None), (Span(words, "strong"),))]

    def _person(self, found: Found, cells: int) -> Item[Key]:
        left, right = found_line(found.patient, self.desk_app.local_day(), found, cells)
        return Item(("patient", found.patient.id), left, right)

    def _enter_words(self) -> str:
        marked = self._marked
        if marked is None:
            return ""
        if marked[0] == "patient":
            return "Enter takes this patient."
        if marked[0] == "proposed":
            return "Enter agrees to these dates; Enter again then books them."
        if marked[0] == "squeeze":
            return "Enter chooses to squeeze it in; Enter again then books it."
        return "Enter books this place." if self._is_else_certain else "Enter takes this place."
