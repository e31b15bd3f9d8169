"""Forms that an earlier run of the program left half typed: offered at the start, one key away from going on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import HIDDEN, is_private
from frontdesk.drafts import Draft
from frontdesk.text import visible
from frontdesk.ui import work
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.desk.plans import PlanSheet
    from frontdesk.ui.app import FrontdeskApp

MOST_ROWS = 8


class Unfinished(Dialog[Draft]):
    """Which of them to go on with; what is left alone stays kept."""

    TITLE_WORDS: ClassVar[str] = "Not saved when the program ended"
    ACCEPT_WORDS: ClassVar[str] = "go on with it"
    WIDTH: ClassVar[int] = 72
    BINDINGS: ClassVar = [Binding("d", "forget", "forget it", show=False)]

    def __init__(self, left: tuple[Draft, ...]) -> None:
        """`left` are what was found."""
        super().__init__()
        self._left = {draft.key: draft for draft in left}
        self._list: PickList[str] = PickList()

    def body(self) -> Iterator[Widget]:
        """A row a form."""
        yield Note("What was typed is still here, on this PC alone.", "dim")
        self._list.styles.height = min(MOST_ROWS, len(self._left))
        yield self._list

    def on_mount(self) -> None:
        """The rows."""
        self._show()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """And the way to be rid of one."""
        return (("Enter", self.ACCEPT_WORDS), ("d", "forget it"), ("Esc", "later"))

    def on_pick_list_picked(self) -> None:
        """Enter on a row."""
        self.accept()

    def accept(self) -> None:
        """The marked one."""
        draft = self._left.get(self._list.key or "")
        if draft is not None:
            self.done(draft)

    def action_forget(self) -> None:
        """Throws the marked one away."""
        key = self._list.key
        if key is not None:
            del self._left[key]
            self.desk_app.drafts.drop(key)
            self._show()
            if not self._left:
                self.done(None)

    def recheck(self) -> None:
        """Names are hidden now, or shown."""
        self._show()

    def _show(self) -> None:
        self._list.set_items(
            [
                Item(
                    key,
                    (Span(HIDDEN if is_private() else visible(one.title)),),
                    (Span(f" {number_of(len(one.typed), 'field')} ", "dim"),),
                )
                for key, one in self._left.items()
            ]
        )


def offer(app: FrontdeskApp, left: tuple[Draft, ...]) -> None:
    """Asks which of them to go on with, and opens its form."""

    def chosen(draft: Draft | None) -> None:
        if draft is not None:
            _resume(app, draft)

    app.push_screen(Unfinished(left), chosen)


def _resume(app: FrontdeskApp, draft: Draft) -> None:
    """The form, on what is stored now; the draft stands in it as soon as it is there."""
    from frontdesk.ui.dialogs.file_saved import put_on_file
    from frontdesk.ui.dialogs.intake_form import IntakeForm
    from frontdesk.ui.dialogs.patient_form import PatientForm
    from frontdesk.ui.dialogs.plan_form import PlanForm

    kind, _, rest = draft.key.partition("-")
    number, _, which = rest.partition("-")

    def saved(answer: object) -> None:
        if answer is not None:
            app.say("Saved: what was half typed before.")
            app.data_changed()

    def got(sheet: PatientSheet) -> None:
        if kind == "patient":
            app.push_screen(PatientForm(sheet.patient, sheet.file), saved)
            return
        intake = next((one for one in sheet.intakes if f"{one.id}" == which), None)
        app.push_screen(IntakeForm(sheet.patient, intake), saved)

    def got_plan(sheet: PlanSheet) -> None:
        if app.today is not None:
            app.push_screen(PlanForm(sheet, app.today.clinic), saved)

    def refused(reason: Refused) -> None:
        app.refuse(reason)

    if kind == "plan" and number.isdecimal():
        work.ask(app, app, lambda: app.desk.plans.of(int(number)), got_plan, group="unfinished", refused=refused)
        return
    if number == "new" or not number.isdecimal():
        form = PatientForm()
        app.push_screen(form, lambda patient: put_on_file(form, patient) if patient is not None else None)
    else:
        work.ask(app, app, lambda: app.desk.files.read(int(number)), got, group="unfinished", refused=refused)
