"""What stands above the sections of a patient's file: who it is, and in a narrow window the sections as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.layout.file_lines import head_lines
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.widgets.growing import GrowingLines
from frontdesk.ui.widgets.lines import LineWidget

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet

SECTIONS = ("person", "flags", "intake", "scores", "visits")
"""In the order in which Tab goes through them."""


def nobody() -> str:
    """What stands there while no file is open."""
    return f"Nobody's file is open: {key_of('find')} finds a patient, Enter opens the file."


class FileHead(GrowingLines):
    """Who it is: in sight whatever section keys go to."""

    UNSIZED: ClassVar[int] = 80
    sheet: PatientSheet | None = None
    today = date.min
    zone = "UTC"

    def show(self, sheet: PatientSheet | None, today: date, zone: str) -> None:
        """Another file, or the same one changed."""
        self.sheet, self.today, self.zone = sheet, today, zone
        self.show_rows()

    def rows(self, cells: int) -> Sequence[Line]:
        """The file's head, or that no file is open."""
        if self.sheet is None:
            return ((Span(f" {nobody()}", "dim"),),)
        return head_lines(self.sheet, self.today, self.zone, cells)


def section_key(name: str) -> str:
    """The key that goes to a section."""
    return key_of(f"file.{name}")


class FileTabs(LineWidget):
    """The sections as tabs, in a window that holds one at a time."""

    shown = "visits"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        spans = []
        for name in SECTIONS:
            here = name == self.shown
            spans.append(Span(f" {section_key(name)} ", "key"))
            spans.append(Span(f"{name.capitalize()} ", "tab" if here else "text"))
        return (fit(spans, width),)
