"""Asking how a patient is: on every screen where a visit can be chosen, and in the patient's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from frontdesk.domain.scores import Scores, Taken


class Scoring(DeskScreen):
    """A screen that can ask for scores."""

    def take_scores(self, patient: Patient, visit: Appointment | None, then: Callable[[], object]) -> None:
        """Asks for the scores, with those of the last time beside; what was taken at this visit is corrected."""
        from frontdesk.domain.scores import Scores
        from frontdesk.ui.dialogs.scores import ScoreDialog

        visit_id = visit.id if visit is not None else None

        def got(taken: Sequence[Taken]) -> None:
            here = next((one for one in taken if visit_id is not None and one.appointment_id == visit_id), None)
            last = next((one.scores for one in taken if one is not here), Scores())

            def answered(scores: Scores | None) -> None:
                if scores is not None:
                    self.save(
                        lambda: self.desk.files.score(patient.id, scores, appointment_id=visit_id),
                        lambda new: done(new, scores),
                    )

            def done(new: Taken, scores: Scores) -> None:
                words = "scores saved" if is_private() else scores.words()
                self.desk_app.say(f"{patient.name}: {words}", undo=lambda: undone(new))
                then()

            def undone(new: Taken) -> str:
                self.desk.files.put_back_scores(new, here)
                return f"{patient.name}: scores taken back"

            self.app.push_screen(ScoreDialog(patient, here.scores if here else Scores(), last), answered)

        self.ask(lambda: self.desk.files.taken(patient.id), got, group="scores")
