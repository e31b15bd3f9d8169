"""A field of one line with its name before it: one widget, so that a form of many such rows opens at once."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip

from frontdesk.ui.layout.cells import Span, pad
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.lines import strip_of

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

    def render_lines(self, crop: Region) -> list[Strip]:
        """The row, the name before it."""
        width = self.outer_size.width
        (row,) = super().render_lines(Region(0, 0, width, 1))
        named = (Span(pad(f" {self._called}", NAME_CELLS), "dim"),)
        name = strip_of(named, NAME_CELLS, self.app.theme, self.app.get_line_filters(), self.background_colors[0])
        whole = Strip.join((name, row.crop(NAME_CELLS, width)))
        return [whole.crop(*crop.column_span) for _ in crop.line_range]
