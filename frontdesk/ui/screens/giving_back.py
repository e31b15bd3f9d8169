"""Cancelling, putting back, and repeating a visit as a course: on every screen where a visit can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.time_text import moment_text
from frontdesk.domain.visit import ENDED_UNSEEN
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.wishing import Wishing

if TYPE_CHECKING:
    from frontdesk.domain.appointment import Appointment
    from frontdesk.ui.dialogs.cancel import CancelAnswer


class GivingBack(Wishing):
    """What becomes of the place of the chosen visit. Each writes over the version that was seen."""

    def why_not(self, action_id: str) -> str | None:
        """A course begins with a visit that stands."""
        visit = self.chosen
        if action_id == "book.repeat" and visit is not None and visit.status in ENDED_UNSEEN:
            name = visit.patient.short_name
            return f"{name}: {visit.status.words}; put it back ({key_of('book.reinstate')}) before it is repeated."
        if action_id == "book.repeat" and visit is not None and visit.patient.shown.deceased_on is not None:
            return f"{visit.patient.short_name} is deceased: nothing is booked."
        return super().why_not(action_id)

    @property
    def to_put_back(self) -> Appointment | None:
        """The visit that is put back: the chosen one, unless a screen knows of one that it does not show."""
        return self.chosen

    def action_book_cancel(self) -> None:
        """Asks who and why, and gives the place back; of a course with all later ones, if that is said."""
        from frontdesk.ui.dialogs.cancel import Cancel

        visit = self.chosen
        if visit is None:
            return
        key, version = visit.id, visit.version

        def cancelled(answer: CancelAnswer | None) -> None:
            if answer is None:
                return
            if answer.rest:
                self.save(
                    lambda: self.desk.series.cancel_rest(key, answer.reason, by=answer.by, version=version),
                    self.stepped,
                )
            else:
                self.save(
                    lambda: self.desk.visits.cancel(key, answer.reason, by=answer.by, version=version), self.stepped
                )

        self.app.push_screen(Cancel(visit, moment_text(visit.starts, self.zone), self.desk_app.now()), cancelled)

    def action_book_reinstate(self) -> None:
        """Puts back what was called off, if its place is still free."""
        visit = self.to_put_back
        if visit is not None:
            key, version = visit.id, visit.version
            self.save(lambda: self.desk.booking.reinstate(key, version=version), self.stepped)

    def action_book_repeat(self) -> None:
        """A course from this visit on, as a list of dates."""
        from frontdesk.ui.dialogs.series import Repeat

        visit = self.chosen
        if visit is not None:
            self.app.push_screen(Repeat(visit, self.zone), self.stepped_unless_left)
