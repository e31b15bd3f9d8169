"""The check-out from the keyboard: the patient is out at once, then the plan's next visit is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.time_text import moment_text
from frontdesk.text import visible
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.screens.offering_next import offer_next

if TYPE_CHECKING:
    from frontdesk.desk.next_visits import NextVisit
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.recalls import ContactDone
    from frontdesk.domain.errors import Refused
    from frontdesk.ui.dialogs.wish import Wish


class CheckingOut(DeskScreen):
    """A screen on which a visit can be checked out: give `stepped`."""

    def stepped(self, outcome: Outcome) -> None:
        """Says what was done and how to take it back."""
        raise NotImplementedError

    def checked_out(self, outcome: Outcome) -> None:
        """Says it, and asks what comes next; whatever becomes of the question, the patient is out."""
        self.stepped(outcome)
        key, line, undo = outcome.appointment.id, outcome.line, self.desk_app.message.undo

        def silent(_: Refused) -> None:
            """Nothing is known of the plan just now; the check-out stands, and the message says it."""

        def found(next_: NextVisit) -> None:
            words = " · ".join(one for one in (self._what_comes(next_), self._of_the_plan(next_)) if one)
            if words:
                self.desk_app.say(f"{line} · {words}", undo=undo)
            self._offer_if_wanted(next_)

        after = self.desk.next_visits.after
        self.ask(lambda: after(key, without_plan=True), found, group="next visit", refused=silent)

    def _offer_if_wanted(self, found: NextVisit) -> None:
        if found.wanted and self.is_current:
            self._offer(found)

    def _what_comes(self, found: NextVisit) -> str:
        """`comes Mon 30 Nov 10:20, Dr Lin`: the visit that is booked, to be said aloud."""
        coming = found.coming
        if coming is None:
            return ""
        return f"comes {moment_text(coming.starts, self.zone)}, {visible(coming.practitioner.name)}"

    def _of_the_plan(self, found: NextVisit) -> str:
        """`plan 5 of 8`; empty where there is no plan, and in privacy mode."""
        far = found.progress
        if far is None or not far.words:
            return ""
        if found.coming is not None and far.reassessment_due:
            return "re-assess"  # what is owed stands beside the next visit in a line of 80 columns
        words = f"plan {far.words}"
        if far.reassessment_due:
            words += ", re-assessment due"
        if not far.left and not far.coming:
            words += f": {key_of('patient.plan')} ends it or plans on"
        return words

    def _offer(self, found: NextVisit) -> None:
        offer_next(
            self,
            found,
            booked=self.stepped,
            wish=lambda: self._another_time(found),
            again=lambda: self._offer_again(found),
            not_now=lambda reason: self._not_now(found, reason),
        )

    def _offer_again(self, found: NextVisit) -> None:
        """One step back from the rest or the form: the places, as they are by now."""
        key = found.visit.id
        after = self.desk.next_visits.after
        self.ask(lambda: after(key, without_plan=True), self._offer_if_wanted, group="next visit")

    def _another_time(self, found: NextVisit) -> Wish | None:
        from frontdesk.ui.screens.booking_for import wish_for

        today = self.desk_app.today
        return None if today is None else wish_for(found.visit.patient, found.visit, today, self.desk_app.now())

    def _not_now(self, found: NextVisit, reason: str) -> None:
        patient_id = found.visit.patient.id

        def kept(done: ContactDone) -> None:
            key = done.contact.id
            self.desk_app.say(done.words, undo=lambda: self.desk.recalls.take_back(key))
            self.desk_app.data_changed()

        self.save(lambda: self.desk.recalls.not_now(patient_id, reason), kept)
