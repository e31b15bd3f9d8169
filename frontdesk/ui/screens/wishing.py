"""The waiting list from where a patient is in sight: putting them on it, and who comes without an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.ui.screens.handing_out import HandingOut

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.waiting import Kept
    from frontdesk.domain.waiting import Waiting


_OF_PATIENTS = ("waiting.put", "walk_in.new")


class Wishing(HandingOut):
    """A screen on which a patient can be chosen, mostly with a visit of theirs."""

    def why_not(self, action_id: str) -> str | None:
        """Nobody waits for what can't be booked."""
        return self.why_nothing_is_booked() if action_id in _OF_PATIENTS else super().why_not(action_id)

    def action_waiting_put(self) -> None:
        """Onto the list, for the chosen visit earlier where that is to come."""
        visit = self.chosen
        self.put_on_the_list(self.planned_for, visit if visit is not None and visit.status in NOT_BEGUN else None)

    def put_on_the_list(self, patient: Patient | None, visit: Appointment | None) -> None:
        """Asks what they wait for; without a patient, who first."""
        from frontdesk.ui.dialogs.wait import Wait

        today = self.desk_app.today
        if today is not None and today.clinic.active_services:
            self.app.push_screen(Wait(today.clinic, patient, visit), self._kept_or_booked)

    def action_walk_in_new(self) -> None:
        """Who is here without an appointment; on a patient that is marked, they are."""
        from frontdesk.ui.dialogs.walk_in import WalkIn

        today = self.desk_app.today
        if today is not None:
            self.app.push_screen(WalkIn(today.clinic, self.walks_in), self._walked_in)

    @property
    def walks_in(self) -> Patient | None:
        """Whom the queue is asked about first: nobody, since who is chosen has an appointment mostly."""
        return None

    def _walked_in(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self.line_booked(outcome)

    def change_wish(self, entry: Waiting) -> None:
        """Asks what they wait for now."""
        from frontdesk.ui.dialogs.wait import Wait

        today = self.desk_app.today
        if today is not None:
            self.app.push_screen(Wait(today.clinic, entry.patient, entry.visit, entry), self._kept_or_booked)

    def wish_kept(self, kept: Kept) -> None:
        """Says what was written down, and how it is taken back."""
        seq = kept.seq
        self.desk_app.say(kept.words, undo=lambda: self.desk.waiting.undo(seq))
        self.desk_app.data_changed()

    def _kept_or_booked(self, kept: Kept | None) -> None:
        if kept is not None:
            self.wish_kept(kept)
