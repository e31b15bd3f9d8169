"""The Recalls screen: whom to call about coming again, worked through by telephone a key at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime

from frontdesk.domain.patient import Patient
from frontdesk.domain.plurals import number_of
from frontdesk.domain.recall import RecallReason
from frontdesk.ui import keys
from frontdesk.ui.dialogs.ask import Confirm
from frontdesk.ui.layout.cells import MORE_CELLS, Line
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.offering_next import offer_next
from frontdesk.ui.screens.planning import Planning
from frontdesk.ui.screens.worked_through import WorkedThrough
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.pick_list import Item, Later

if TYPE_CHECKING:
    from frontdesk.desk.next_visits import NextVisit
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.recall_list import Recalled, RecallSheet
    from frontdesk.desk.recalls import ContactDone
    from frontdesk.domain.recall_wish import RecallWish
    from frontdesk.ui.dialogs.wish import Wish

NOBODY = "Nobody is to be called."


class RecallsScreen(WorkedThrough, Planning):
    """Each key says what came of the call and goes on to the next who is to be called."""

    PLACE: ClassVar[str] = keys.RECALLS
    BINDINGS: ClassVar = [*keys.bindings_for(keys.RECALLS)]

    def __init__(self) -> None:
        super().__init__()
        self._found: RecallSheet | None = None
        self._next: int | None = None
        """Whom to go to once the list has been read again: it may be in another order then."""

    def heading(self) -> str:
        """How many are to be called now, and how many later."""
        found = self._found
        if found is None:
            return "Recalls"
        later = f", {found.later} later" if found.later else ""
        more = f", {len(found.rows)} shown" if len(found.rows) < found.due + found.later else ""
        return f"{found.due} to call{later}{more}"

    @property
    def row(self) -> Recalled | None:
        """The row under the cursor."""
        found, key = self._found, self.rows.key
        if found is None or key is None:
            return None
        return next((one for one in found.rows if one.patient.id == key), None)

    @property
    def planned_for(self) -> Patient | None:
        """The patient whose plan keys are about."""
        return self.row.patient if self.row is not None else None

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What Enter does, first."""
        enter = (("Enter", "book"),) if self.row is not None else ()
        return (*enter, *(one for one in super().key_line() if one[1] != "book"))

    def why_not(self, action_id: str) -> str | None:
        """What needs a patient, and what needs needles in them."""
        on_a_patient = action_id.startswith(("recall.", "patient."))
        if on_a_patient and self._found is None:
            return "The list is still being read: press again when it is there."
        row = self.row
        if on_a_patient and row is None:
            return NOBODY
        if action_id == "recall.needles" and row is not None and not row.standing.facts.kept_visits:
            return f"{row.patient.listed}: no needles were kept by plan."
        if action_id == "recall.stop" and row is not None and row.standing.about is RecallReason.NEEDLES:
            out = key_of("recall.needles")
            return f"{row.patient.listed} has needles in that are to come out: {out} says that they are."
        if action_id == "patient.book":
            return self.why_nothing_is_booked()
        return super().why_not(action_id)

    def reload(self) -> None:
        """Reads the list anew."""
        next_ = self._next  # a read that began before what it is about was written must not use it up
        self.ask(lambda: self.desk.recall_list.look(), lambda found: self._got(found, next_), group="recalls")

    def tick(self, now: DateTime) -> None:
        """With another day others are to be called."""
        if self._found is not None and self.desk_app.local_day(now) != self._found.today:
            self.reload()
        self.refresh_frame(HeaderLine)

    def action_recall_no_answer(self) -> None:
        """Nobody answered."""
        self._note(lambda key: self.desk.recalls.no_answer(key))

    def action_recall_wait(self) -> None:
        """Asks until when."""
        from frontdesk.ui.dialogs.goto import AskOn

        found = self._found
        if found is None:
            return

        def until(day: date | None) -> None:
            if day is not None:
                self._note(lambda key: self.desk.recalls.wait(key, day))

        self.app.push_screen(AskOn(found.today), until)

    def action_recall_stop(self) -> None:
        """Asks why."""
        from frontdesk.ui.dialogs.stop_calling import StopCalling

        row = self.row
        if row is None:
            return

        def stopped(reason: str | None) -> None:
            if reason is not None:
                self._note(lambda key: self.desk.recalls.stop(key, reason))

        self.app.push_screen(StopCalling(row.patient), stopped)

    def action_recall_needles(self) -> None:
        """Asks once more: that kept needles are out is not taken back."""
        row = self.row
        if row is None:
            return
        facts, name = row.standing.facts, row.patient.name

        def out() -> Outcome:
            return [self.desk.needles.kept_out(visit) for visit in facts.kept_visits][-1]

        def noted(outcome: Outcome) -> None:
            self.desk_app.say(outcome.line)
            self.desk_app.data_changed()

        which = f"The {number_of(facts.kept, 'needle')} kept by plan came out."
        question = Confirm(f"{name}: needles out?", which, yes="they are out")
        self.app.push_screen(question, lambda yes: self.save(out, noted) if yes else None)

    def action_patient_book(self) -> None:
        """What the plan has next, or the form with what they had last."""
        if self.row is not None:
            self._ask_wish(self.row.patient.id)

    def _ask_wish(self, key: int) -> None:
        def read() -> tuple[RecallWish, NextVisit | None]:
            wish = self.desk.recall_list.wish(key)
            return wish, self.desk.next_visits.after(wish.after) if wish.after is not None else None

        self.ask(read, lambda found: self._offer(*found), group="wish")

    async def action_patient_file(self) -> None:
        """To the file of the marked patient."""
        if self.row is not None:
            await self.open_file(self.row.patient.id)

    def on_pick_list_picked(self) -> None:
        """Enter books."""
        self.call_next(self.action_do, "patient.book")

    def _offer(self, wish: RecallWish, next_: NextVisit | None) -> None:
        from frontdesk.ui.dialogs.book import Book

        key, begun = wish.patient.id, self._begun(wish)
        if next_ is not None and next_.wanted:
            offer_next(
                self,
                next_,
                booked=lambda outcome: self._booked(key, outcome),
                wish=lambda: begun,
                again=lambda: self._ask_wish(key),
                not_now=lambda reason: self._note(lambda key: self.desk.recalls.not_now(key, reason)),
            )
        elif begun is not None:
            self.app.push_screen(
                Book(begun), lambda outcome: self._booked(key, outcome) if outcome is not None else None
            )

    def _begun(self, wish: RecallWish) -> Wish | None:
        """What the form begins with."""
        from frontdesk.ui.dialogs.wish import Wish

        found = self._found
        if found is None:
            return None
        day = self.desk_app.local_day(wish.starts)
        return Wish(found.clinic, day, found.today, wish.starts, wish.service, wish.practitioner, None, wish.patient)

    def _booked(self, patient_id: int, outcome: Outcome) -> None:
        """Writes down that the call ended so; an undo takes back both."""
        visit = outcome.appointment

        def noted(done: ContactDone) -> None:
            def undo() -> str:
                words = self.desk.undo.last(visit.id, version=visit.version, contact_id=done.contact.id).line
                self._next = patient_id
                return words

            self._go_on_from(patient_id)
            self.desk_app.say(outcome.line, undo=undo)
            self.desk_app.data_changed()

        self.desk_app.took(visit)
        self.save(lambda: self.desk.recalls.booked(patient_id), noted)

    def _go_on_from(self, patient_id: int) -> None:
        self._next = self._found.next_after(patient_id) if self._found is not None else None

    def _note(self, write: Callable[[int], ContactDone]) -> None:
        row = self.row
        if row is None:
            return
        key = row.patient.id

        def noted(done: ContactDone) -> None:
            def undo() -> str:
                words = self.desk.recalls.take_back(done.contact.id)
                self._next = key
                return words

            self._go_on_from(key)
            self.desk_app.say(done.words, undo=undo)
            self.desk_app.data_changed()

        self.save(lambda: write(key), noted)

    def _got(self, found: RecallSheet, next_: int | None) -> None:
        self._found = found
        self.show_rows()
        if next_ is not None:
            self.rows.select(next_)
            self._next = None
        self.refresh_frame(HeaderLine, KeyLine)

    def show_rows(self) -> None:
        """The rows for the width of the list."""
        found = self._found
        if found is None:
            return
        cells = max(58, self.rows.size.width) - 2 - MORE_CELLS
        self.rows.set_items(
            [Later(one.patient.id, partial(_row, one, found, cells)) for one in found.rows],
            empty="Nobody is to be called: who should come is booked, or ended with a reason.",
        )
        self.beside.redraw()

    def lines_beside(self, width: int, height: int) -> Sequence[Line]:
        """What is known of the marked patient."""
        from frontdesk.ui.layout.recall_lines import recall_side

        return recall_side(self._found, self.row, width, height) if self._found is not None else ()


def _row(one: Recalled, found: RecallSheet, cells: int) -> Item[int]:
    from frontdesk.ui.layout.recall_lines import recall_row

    return Item(one.patient.id, recall_row(one, found, cells))
