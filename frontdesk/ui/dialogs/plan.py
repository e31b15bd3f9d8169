"""A treatment plan as it stands, each thing that is done with it one letter away; and how one ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.desk.plans import PlanSheet
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.plan import OUTCOME_WORDS, PlanOutcome, PlanState
from frontdesk.domain.scores import Taken
from frontdesk.ui.dialogs.base import Dialog
from frontdesk.ui.dialogs.lettered import lettered
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.plan_card import card_lines
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.growing import GrowingLines
from frontdesk.ui.widgets.pick_list import PickList

CHANGE, PAUSE, RESUME, END = "c", "p", "r", "e"
LETTERS: dict[str, PlanOutcome] = {
    "f": PlanOutcome.RESOLVED,
    "b": PlanOutcome.BETTER,
    "n": PlanOutcome.SAME,
    "w": PlanOutcome.WORSE,
    "r": PlanOutcome.REFERRED,
    "s": PlanOutcome.STOPPED,
}
"""The outcomes by their letters."""


class PlanRows(GrowingLines, can_focus=True):
    """The plan, the course of the scores over it, and the plans before."""

    DEFAULT_CSS = "PlanRows { width: 100%; height: auto; }"
    UNSIZED: ClassVar[int] = 74

    def __init__(self, sheet: PlanSheet, taken: Sequence[Taken], zone: str) -> None:
        """`taken` are the patient's scores, of which those of the plan's days are drawn."""
        super().__init__()
        self._sheet, self._taken, self._zone = sheet, taken, zone

    def rows(self, cells: int) -> Sequence[Line]:
        """The plan's rows."""
        return card_lines(self._sheet, self._taken, self._zone, cells)


class PlanCard(Dialog[str]):
    """Shows the plan that has not ended; the answer is the letter of what is to be done with it."""

    ACCEPT_WORDS: ClassVar[str] = "change"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        *(Binding(letter, f"letter({letter!r})", "plan", show=False) for letter in (CHANGE, PAUSE, RESUME, END)),
    ]

    def __init__(self, sheet: PlanSheet, taken: Sequence[Taken], zone: str) -> None:
        """`sheet` must have a plan that has not ended."""
        super().__init__(lambda: f"{sheet.patient.name}: treatment plan")
        current = sheet.current
        assert current is not None
        self._paused = current.plan.state_on(sheet.today) is PlanState.PAUSED
        self._rows = PlanRows(sheet, taken, zone)

    def body(self) -> Iterator[Widget]:
        """The plan."""
        yield self._rows

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done with it now."""
        rest = ((RESUME, "resume"),) if self._paused else ((PAUSE, "pause"),)
        return (("Enter", "change"), *rest, (END, "end"), ("Esc", "back"))

    def accept(self) -> None:
        """Enter changes it."""
        self.done(CHANGE)

    def action_letter(self, letter: str) -> None:
        """What is to be done."""
        if letter == PAUSE and self._paused:
            self.tell("It is paused: r lets it run again.", "warn")
        elif letter == RESUME and not self._paused:
            self.tell("It runs already; p lets it rest.", "warn")
        else:
            self.done(letter)


class EndPlan(Dialog[tuple[PlanOutcome, str]]):
    """What came of a plan, by a letter; a note where somebody wants one."""

    ACCEPT_WORDS: ClassVar[str] = "end the plan"
    BINDINGS: ClassVar = [Binding(letter, f"letter({letter!r})", "outcome", show=False) for letter in LETTERS]

    def __init__(self, patient: Patient, words: str) -> None:
        """`words` are how far it has gone."""
        super().__init__(lambda: f"{patient.name}: end the plan{f', {words}' if words else ''}")
        self._list: PickList[str] = PickList()
        self._note: Field[str] = Field("Note", name="note", placeholder="Tab; if there is more to say")

    def body(self) -> Iterator[Widget]:
        """The outcomes, the note."""
        self._list.styles.height = len(LETTERS)
        yield self._list
        yield self._note

    def on_mount(self) -> None:
        """A letter each."""
        self._list.set_items(lettered({letter: OUTCOME_WORDS[one] for letter, one in LETTERS.items()}))

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The letters stand in the list."""
        return (*super().key_line(), ("Tab", "note"))

    def on_pick_list_picked(self) -> None:
        """Enter on an outcome."""
        self.accept()

    def action_letter(self, letter: str) -> None:
        """The outcome of that letter."""
        self._list.select(letter)
        self.accept()

    def accept(self) -> None:
        """The marked outcome, with the note."""
        key = self._list.key
        try:
            note = self._note.checked()
        except Refused as refused:
            self.fail(refused)
            return
        if key is not None:
            self.done((LETTERS[key], note))
