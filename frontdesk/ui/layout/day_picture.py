"""What was drawn of a day in sight, kept for as long as it looks the same."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from frontdesk.domain.packing import Slot
from frontdesk.ui.layout.cells import Line, fit
from frontdesk.ui.layout.day_draw import Carried, Drawn, Window, header_line, row_lines
from frontdesk.ui.layout.day_grid import Cursor, DayGrid
from frontdesk.ui.layout.day_marks import marks_of
from frontdesk.ui.layout.day_notes import day_notes

Offered = tuple[tuple[Slot, ...], tuple[Slot, ...], Slot | None]
"""Places offered by digit, every start that would do, and the one that is chosen."""
NO_OFFERS: Offered = ((), (), None)


class DayPicture:
    """Draws the notes and the grid of one day; whoever holds it says what looks different now."""

    def __init__(self) -> None:
        self._plain, self._marked = Drawn(), Drawn()
        self._notes: list[Line] | None = None

    def forget(self) -> None:
        """The day looks different."""
        self._plain.forget()
        self._marked.forget()
        self._notes = None

    def forget_marks(self) -> None:
        """What is offered or carried is something else."""
        self._marked.forget()

    def forget_notes(self) -> None:
        """The window has another width."""
        self._notes = None

    def notes(self, grid: DayGrid, width: int, *, is_list: bool) -> Sequence[Line]:
        """The lines above the day: its height goes by them at every key."""
        if self._notes is None:
            self._notes = [fit(line, width) for line in day_notes(grid, width, is_list=is_list)]
        return self._notes

    def grid_lines(
        self, grid: DayGrid, window: Window, now: DateTime, cursor: Cursor, carried: Carried | None, offers: Offered
    ) -> Sequence[Line]:
        """The columns' names and the rows in sight."""
        # As it is without offers and nothing carried it is wanted again, as soon as the form over it is left.
        drawn = self._marked if any(offers) or carried is not None else self._plain
        marks = marks_of(grid, *offers)
        return (header_line(grid, window, drawn), *row_lines(grid, window, now, cursor, carried, drawn, marks))
