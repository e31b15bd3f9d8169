"""Looking a patient up: results as one types, the best match marked until the mark is moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from textual import on

from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Found, Patient
from frontdesk.ui.layout.patient_card import result_line
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.patient_records import PatientRecords
from frontdesk.ui.screens.pending import Pending
from frontdesk.ui.widgets.field import CleanInput, Label
from frontdesk.ui.widgets.pick_list import Item, Later, PickList

LIMIT = 50
"""Results shown; whoever is not among them is found by one more letter."""
WANTED = "name parts in any order, phone, birth date, #number"
"""What may be typed, in the field's own words."""


class LookingUp(PatientRecords):
    """A screen with a field and its results: give `show_card` for whoever is marked, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = CleanInput(placeholder=f"{key_of('find')} {WANTED}", id="typed")
        self.typed.hides_idle = True
        self.count = Label("", "dim", id="count")
        self.results: PickList[int] = PickList(id="results")
        self.looking = Pending(self)
        self._by_number: dict[int, Found] = {}
        self._sure = False
        """Whether anybody shown is surely meant, and not only guessed at."""
        self._moved = False
        """Whether the mark was moved since the last letter: until then it is on the best match."""

    def show_card(self) -> None:
        """Another patient is marked, or nobody, or what is known of them may be another."""
        raise NotImplementedError

    def reload(self) -> None:
        """Looks up anew what is typed."""
        text = self.typed.value
        self.looking.begin()
        self.ask(
            lambda: self.desk.lookup.find(text, LIMIT + 1), self._found, group="find", refused=self.looking.refused
        )

    @property
    def marked_patient(self) -> Patient | None:
        """The patient that is marked in the results."""
        found = self._by_number.get(self.results.key or 0)
        return None if found is None else found.patient

    @property
    def planned_for(self) -> Patient | None:
        """The patient that is marked."""
        return self.marked_patient

    @property
    def walks_in(self) -> Patient | None:
        """The patient that is marked."""
        return self.marked_patient

    @on(CleanInput.Changed, "#typed")
    def on_typed(self) -> None:
        """Every letter is a new question; the latest answer wins."""
        self._moved = False
        # Who types before the database is open is answered when it is.
        if self.desk_app.has_desk:
            self.reload()

    @on(CleanInput.Submitted, "#typed")
    def on_entered(self) -> None:
        """Enter: on to the patient that is marked; what is more than a name is a booking in one line."""
        self.looking.then(self._entered)

    def _entered(self) -> None:
        text = self.typed.value
        if self._sure or len(text.split()) < 2 or self.why_not("book.line") is not None:
            self.results.focus()
            return
        release = self.desk_app.router.hold_keys()

        def read(is_booking: bool) -> None:
            release()
            if is_booking:
                self.say_a_line(text)
            else:
                self.results.focus()

        def refused(reason: Refused) -> None:
            release()
            self.desk_app.refuse(reason)

        self.ask(lambda: self.desk.saying.is_booking(text), read, group="line", refused=refused)

    def _found(self, found: tuple[Found, ...]) -> None:
        shown = found[:LIMIT]
        self._by_number = {one.id: one for one in shown}
        self._sure = any(one.is_sure for one in shown)
        today = self.desk_app.local_day()
        items = [Later(one.id, partial(_row, one, today)) for one in shown]
        typed = self.typed.value.strip()
        new = key_of("patient.new")
        empty = f"Nobody is on file yet: {new} writes down the first patient."
        if typed:
            empty = (
                f"Nobody is called that. Esc, then {new}, writes them down; Enter in the field reads it as a booking."
            )
        before = self.results.key
        self.results.set_items(items, empty=empty)
        if not self._moved and typed:
            self.results.select_first()
        # The mark is somebody's from now on: what is written about them may put others before them.
        self._moved = True
        if len(found) > LIMIT:
            words = f"the first {LIMIT}; type more to see the others"
        elif typed:
            words = _how_many(found)
        else:
            words = "seen last" if found else ""
        self.count.set_text(words)
        if self.results.key is None or self.results.key == before:
            self.show_card()
        self.looking.end()

    @on(PickList.Moved, "#results")
    def on_marked(self) -> None:
        """Another patient: their card."""
        self.show_card()

    @on(PickList.Picked, "#results")
    def on_picked(self) -> None:
        """Enter on a patient: opens their file."""
        self.looking.then(self._open_marked)

    async def action_patient_file(self) -> None:
        """The file of the patient that is marked."""
        self._open_marked()

    def _open_marked(self) -> None:
        key = self.results.key
        if key is not None:
            self.call_next(self.open_file, key)

    async def action_find(self) -> None:
        """To the field; what was looked for last is replaced by typing."""
        self.typed.focus()
        self.typed.action_select_all()

    def browse(self, move: Callable[[int], None], by: int) -> None:
        """Moves the mark: it is no longer the best match's."""
        self._moved = True
        move(by)


def _row(found: Found, today: date) -> Item[int]:
    return Item(found.id, *result_line(found, today))


def _how_many(found: tuple[Found, ...]) -> str:
    """How many are called that, and how many are only like it."""
    sure = sum(one.is_sure for one in found)
    alike = f"{len(found) - sure} like it ≈" if len(found) > sure else ""
    if not sure:
        return f"nobody is called that; {alike}" if alike else ""
    return f"{sure} found, {alike}" if alike else f"{sure} found"
