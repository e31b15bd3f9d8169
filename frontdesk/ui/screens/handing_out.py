"""What a patient takes along of the visit that is chosen: the file for their own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.ui.screens.visit_steps import VisitSteps

if TYPE_CHECKING:
    from pathlib import Path


class HandingOut(VisitSteps):
    """A screen on which a visit can be chosen."""

    def action_visit_calendar(self) -> None:
        """Asks where to, and writes the appointment there as an iCalendar file."""
        from frontdesk.ui.dialogs.save_as import save_as

        visit = self.chosen
        if visit is None:
            return
        key, who = visit.id, visit.patient

        def write(path: Path) -> str:
            return f"{who.listed}: the calendar file is {self.desk.reminders.calendar(key, path)}"

        save_as(self, lambda: f"{who.listed}: a file for their own calendar", write, name=f"appointment-{key}.ics")
