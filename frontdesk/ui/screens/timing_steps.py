"""What is timed beside the needles, and needles added and taken while the others stay in, from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.visit_steps import VisitSteps

if TYPE_CHECKING:
    from frontdesk.domain.areas import Area
    from frontdesk.ui.dialogs.timers import TimerAnswer

_WHILE_IN = ("needles.more", "needles.fewer", "needles.decides")


class TimingSteps(VisitSteps):
    """As `VisitSteps`, with timers and single needles."""

    def why_not(self, action_id: str) -> str | None:
        """Nobody is timed who is in no room; needles are added to needles that are in."""
        reason = super().why_not(action_id)
        visit = self.chosen
        if reason is not None or visit is None:
            return reason
        name = visit.patient.short_name
        if action_id == "visit.timer" and not visit.holds_room:
            return f"{name}: {visit.status.words}, in no room; nothing is timed for them."
        if action_id in _WHILE_IN and not visit.needles_are_in:
            return f"{name}: no needles are in."
        if action_id == "needles.decides" and visit.retention is not None and visit.retention.open_end:
            return f"{name} decides already; {key_of('needles.extend')} gives a target again."
        return None

    def action_visit_timer(self) -> None:
        """Asks which, and starts it or ends it."""
        from frontdesk.ui.dialogs.timers import TimerMenu

        visit = self.chosen
        if visit is None:
            return
        key = visit.id

        def chosen(answer: TimerAnswer | None) -> None:
            if answer is None:
                return
            kind, minutes, confirmed = answer.kind, answer.minutes, answer.confirmed
            if answer.stop:
                self.save(lambda: self.desk.timers.stop(key, kind), self.changed)
            else:
                self.save(lambda: self.desk.timers.start(key, kind, minutes, confirmed=confirmed), self.changed)

        self.app.push_screen(TimerMenu(visit), chosen)

    def action_needles_decides(self) -> None:
        """No target: they come out when the patient says so."""
        visit = self.chosen
        if visit is not None:
            key = visit.id
            self.save(lambda: self.desk.timers.patient_decides(key), self.changed)

    def action_needles_more(self) -> None:
        """The practitioner added one."""
        self._adjust(1)

    def action_needles_fewer(self) -> None:
        """The practitioner took one."""
        self._adjust(-1)

    def _adjust(self, by: int) -> None:
        """At once; asks only where, where they were counted by area."""
        visit = self.chosen
        if visit is None or visit.retention is None:
            return
        if not visit.retention.areas_in:
            self._save_adjusted(visit, by, None)
            return
        from frontdesk.domain.areas import Area
        from frontdesk.ui.dialogs.ask import Choice

        areas = tuple(Area) if by > 0 else tuple(area for area, _ in visit.retention.areas_in)
        what = "One more" if by > 0 else "One fewer"

        def chosen(area: Area | None) -> None:
            if area is not None:
                self._save_adjusted(visit, by, area)

        self.app.push_screen(
            Choice(lambda: f"{what}: where? {visit.patient.short_name}", [(area, area.value) for area in areas]), chosen
        )

    def _save_adjusted(self, visit: Appointment, by: int, area: Area | None) -> None:
        key = visit.id
        self.save(lambda: self.desk.needles.adjust(key, by, area), self.stepped)
