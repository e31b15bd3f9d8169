"""The set-up of the clinic from the keyboard: every answer of `clinic.toml` as a row, saved as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.widget import Widget

from frontdesk.clock import machine_zone
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Invalid, Problem, Refused
from frontdesk.domain.first_setup import answers_so_far
from frontdesk.domain.plurals import number_of
from frontdesk.domain.setup import document, spec_of
from frontdesk.domain.setup_draft import (
    LISTS,
    RowKey,
    new_clinic,
    place_words,
    problem_words,
    row_of,
    rows_of,
    with_row,
    without,
)
from frontdesk.ui import keys
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.setup_rows import row_line
from frontdesk.ui.live_keys import key_of, named
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.domain.setup_plan import SetupResult

MOST_PROBLEMS = 8
"""Problems listed above the rows; each is also at its row."""
_MARGIN = 2
"""Cells of a row for the mark before it."""


def _welcome() -> str:
    return (
        f"No clinic is set up here yet. Enter changes a row; {key_of('setup.save')} saves the whole.\n"
        f"{key_of('setup.first')} asks five questions instead; {key_of('setup.demo')} is the demo clinic, "
        "to look around first."
    )


class SetupScreen(DeskScreen):
    """The answers as they are being written; nothing reaches the clinic before `s`."""

    PLACE: ClassVar[str] = keys.SETUP
    BINDINGS: ClassVar = [*keys.bindings_for(keys.SETUP)]

    def __init__(self) -> None:
        super().__init__()
        self.hint = Note("", "warn", id="hint")
        self.rows: PickList[RowKey] = PickList(id="rows")
        self.answers: dict[str, Any] = new_clinic()
        self._stored: dict[str, Any] | None = None
        self._problems: tuple[Problem, ...] = ()
        self._loaded = False
        self._warned = False
        self._greeted = False

    def content(self) -> Iterator[Widget]:
        """What to do, and the rows."""
        with Vertical():
            yield self.hint
            yield self.rows

    def heading(self) -> str:
        """What this is, and whether it is saved."""
        return "Set-up, not saved" if self.is_changed else "Set-up"

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something."""
        return self.answers != (self._stored if self._stored is not None else new_clinic())

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Enter belongs to the list, so that it is named here."""
        return (("Enter", "change"), *super().key_line(), ("Esc", "back"), *named(("quit", "leave")))

    def on_mount(self) -> None:
        """The keys go to the rows."""
        self.rows.focus()
        self._show()

    def reload(self) -> None:
        """Reads the clinic; what is being written here stays."""
        self.ask(self.desk.clinic.load, self._got, group="clinic")

    def _got(self, clinic: Clinic | None) -> None:
        untouched = not self._loaded or not self.is_changed
        before, self._stored = self._stored, None if clinic is None else document(spec_of(clinic))
        if untouched:
            self.answers = new_clinic() if self._stored is None else self._stored
        elif self._stored != before:
            self.desk_app.hint(f"The set-up was changed elsewhere too; {key_of('setup.save')} saves yours over it.")
        self._loaded = True
        if self._stored is None and not self.is_changed:
            # What the calendar said about having no clinic is answered by this screen.
            self.desk_app.say("")
        self._show()
        if self._stored is None and not self._greeted and self.is_current:
            self._greeted = True
            self._greet()

    def _greet(self) -> None:
        """Welcomes whoever opens an empty database, with the ways to begin."""
        from frontdesk.ui.dialogs.first_run import Greeting

        def chosen(action_id: str | None) -> None:
            if action_id:
                self.call_next(self.action_do, action_id)

        self.app.push_screen(Greeting(can_demo=self.desk_app.can_demo), chosen)

    def on_resize(self) -> None:
        """Another width has room for other words."""
        if self._loaded:
            self._show()

    def why_not(self, action_id: str) -> str | None:
        """What can be added, taken out and saved."""
        key = self.rows.key
        if action_id == "setup.remove" and (key is None or key.adds or key.part in ("clinic", "thresholds")):
            return "Only a room, equipment, practitioner, service, closure or opening day can be taken out."
        if action_id == "setup.add" and (key is None or key.part not in LISTS):
            return "Go to rooms, equipment, practitioners, services or closures first."
        if action_id == "setup.save" and not self.is_changed:
            return "Nothing has been changed."
        if action_id in ("setup.first", "setup.demo") and (self._stored is not None or not self._loaded):
            return "A clinic is set up here; another one, or the demo, is opened by a program of its own."
        if action_id == "setup.demo" and not self.desk_app.can_demo:
            return f"Leave with {key_of('quit')}, and run: frontdesk demo"
        return None

    def on_pick_list_moved(self) -> None:
        """Other keys work on another row."""
        self.refresh_frame(KeyLine)

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Enter changes a row, or adds one."""
        self._edit(event.key)

    def action_setup_add(self) -> None:
        """One more of the part the cursor is in."""
        key = self.rows.key
        if key is not None:
            self._edit(RowKey(key.part, "+"))

    def action_setup_remove(self) -> None:
        """Takes the row out; `u` is not needed, since nothing is saved yet and Esc leaves everything as it was."""
        key = self.rows.key
        if key is None:
            return
        before = self.answers
        self.answers = without(before, key)
        self._problems = ()
        self._show()
        self.desk_app.hint(f"Taken out here; {key_of('setup.save')} saves, Esc Esc leaves all as it was.", tone="dim")

    def action_setup_save(self) -> None:
        """Saves the whole; every problem is shown at its row."""
        answers, clinic = self.answers, self.desk.clinic
        self.save(lambda: clinic.setup(clinic.read_answers(answers)), self._saved, refused=self._refused)

    def action_setup_first(self) -> None:
        """The five questions; what is typed there goes on row by row where Esc leaves them."""
        from frontdesk.ui.dialogs.first_run import FirstSetup

        clinic = self.desk.clinic
        questions = FirstSetup(lambda answers: clinic.setup(clinic.read_answers(answers)), machine_zone())

        def ended(result: SetupResult | None) -> None:
            if result is None:
                self.answers = answers_so_far(questions.left_with)
                self._show()
                return
            self._stored = self.answers
            self._problems = ()
            then = (
                f"{key_of('book.new')} books, {key_of('find')} finds a patient, {key_of('help')} shows every key here"
            )
            self.desk_app.say(f"The clinic is set up. {then}.")
            self.desk_app.data_changed()
            self.call_next(self.desk_app.show, keys.DAY)

        self.app.push_screen(questions, ended)

    def action_setup_demo(self) -> None:
        """Leaves this for the demo clinic."""
        self.desk_app.leave_for_demo()

    def action_back(self) -> None:
        """Back to where it was opened from; a second Esc leaves what is not saved."""
        if self.is_changed and not self._warned and self._loaded:
            self._warned = True
            self.desk_app.hint(f"Not saved: {key_of('setup.save')} saves, Esc again leaves everything as it was.")
            return
        if self._stored is None:
            save, leave = key_of("setup.save"), key_of("quit")
            self.desk_app.hint(f"No clinic is set up: {save} saves this one, {leave} leaves.")
            return
        self._forget()
        self.call_next(self.desk_app.show, self.desk_app.came_from or keys.DAY)

    def _edit(self, key: RowKey) -> None:
        from frontdesk.ui.dialogs.setup_row import row_form

        def taken(value: Any) -> None:
            if value is not None:
                self.answers = with_row(self.answers, key, value)
                self._problems = tuple(one for one in self._problems if row_of(one) != key)
                self._warned = False
                self._show()
                if key.adds:
                    self.rows.select(RowKey(key.part, len(self.answers[key.part]) - 1))

        self.app.push_screen(row_form(self.answers, key, self.desk_app.local_day), taken)

    def _saved(self, result: SetupResult) -> None:
        self._problems = ()
        self._stored = self.answers
        was_first = self.desk_app.today is None
        parts = [
            f"{len(names)} {word}"
            for word, names in (
                ("new", result.created),
                ("changed", result.updated),
                ("back in use", result.restored),
                ("retired", result.retired),
                ("removed", result.removed),
            )
            if names
        ]
        notes = "".join(f" {note}." for note in result.notes)
        saved = f"Set-up saved: {', '.join(parts) or 'nothing was different'}.{notes}"
        if result.misfits:
            many = f" and {len(result.misfits) - 1} more" if len(result.misfits) > 1 else ""
            self.desk_app.say(f"{saved} No longer fits{many}, marked ‼ in the day: {result.misfits[0]}", tone="warn")
        else:
            self.desk_app.say(saved)
        self._show()
        self.desk_app.data_changed()
        if was_first:
            self.call_next(self.desk_app.show, keys.DAY)

    def _refused(self, refused: Refused) -> None:
        if not isinstance(refused, Invalid):
            self.desk_app.refuse(refused)
            return
        self._problems = refused.problems
        self._show()
        self.rows.select(row_of(refused.problems[0]))
        self.desk_app.hint(f"Not saved: {number_of(len(refused.problems), 'thing')} to mend, marked ✗.", tone="error")

    def _forget(self) -> None:
        self._warned, self._problems, self._loaded, self._stale = False, (), False, True

    def _show(self) -> None:
        if self._problems:
            wrong = [
                "✗ " + ": ".join(part for part in (place_words(one), problem_words(one)) if part)
                for one in self._problems
            ]
            self.hint.set_text("\n".join([*wrong[:MOST_PROBLEMS], *(["…"] if wrong[MOST_PROBLEMS:] else [])]), "error")
        else:
            self.hint.set_text(_welcome() if self._loaded and self._stored is None else "", "warn")
        items: list[Item[RowKey]] = []
        before = ""
        for key in rows_of(self.answers):
            line = row_line(self.answers, key, self.app.size.width - _MARGIN, first=key.part != before)
            wrong = [problem_words(one) for one in self._problems if row_of(one) == key]
            items.append(Item(key, line, (Span(f" ✗ {'; '.join(wrong)} ", "error"),) if wrong else ()))
            before = key.part
        self.rows.set_items(items)
        self.refresh_frame()
