"""A field of one line with its name before it: one widget, so that a form of many such rows opens at once."""

from __future__ import annotations

from rich.segment import Segment

from frontdesk.ui.layout.cells import pad
from frontdesk.ui.theme import style_of
from frontdesk.ui.widgets.field import CleanInput

NAME_CELLS = 13
"""What app.tcss leaves free for the name, beside the blank before what is typed."""


class NamedInput(CleanInput):
    """Its name stands where other fields have blanks, on the dialog's own paper."""

    def __init__(
        self, called: str, value: str = "", *, placeholder: str = "", of_patient: bool = False, id: str | None = None
    ) -> None:
        """`called` is its name, words of the program's own; the rest is as for every field."""
        super().__init__(value, placeholder=placeholder, of_patient=of_patient, id=id)
        self._called = called

    def before(self, cells: int, theme: str) -> list[Segment]:
        """Its name, and what every field has before its text."""
        name = Segment(pad(f" {self._called}", NAME_CELLS), style_of("dim", theme))
        return [name, *super().before(cells - NAME_CELLS, theme)]
