"""A patient's treatment plan from the keyboard: on every screen where a patient can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.domain.patient import Patient
from frontdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from frontdesk.desk.packages import PackageDone, PackageSheet
    from frontdesk.desk.plans import PlanDone, PlanSheet
    from frontdesk.domain.plan import Plan, PlanOutcome
    from frontdesk.domain.scores import Taken


class Planning(DeskScreen):
    """A screen on which a patient can be chosen: give `planned_for`."""

    @property
    def planned_for(self) -> Patient | None:
        """The patient whose plan keys are about."""
        raise NotImplementedError

    def action_patient_plan(self) -> None:
        """The plan that has not ended, or the form of a new one."""
        patient = self.planned_for
        if patient is None:
            return
        number = patient.id

        def read() -> tuple[PlanSheet, tuple[Taken, ...]]:
            return self.desk.plans.of(number), self.desk.files.taken(number)

        def got(found: tuple[PlanSheet, tuple[Taken, ...]]) -> None:
            sheet, taken = found
            if sheet.current is None:
                self._plan_form(sheet)
            else:
                self._plan_card(sheet, taken)

        self.ask(read, got, group="plan")

    def action_patient_package(self) -> None:
        """Prepaid visits: what is left, and a new package."""
        patient = self.planned_for
        if patient is not None:
            number = patient.id
            self.ask(lambda: self.desk.packages.of(number), self._packages, group="packages")

    def _packages(self, sheet: PackageSheet) -> None:
        from frontdesk.ui.dialogs.package import PackageDialog

        today = self.desk_app.today
        if today is not None:
            self.app.push_screen(PackageDialog(sheet, today.clinic), self._sold)

    def _sold(self, done: PackageDone | None) -> None:
        if done is not None:
            self.desk_app.say(done.words, undo=lambda: self.desk.packages.take_back(done.package))
            self.desk_app.data_changed()

    def _plan_card(self, sheet: PlanSheet, taken: tuple[Taken, ...]) -> None:
        from frontdesk.ui.dialogs.plan import CHANGE, END, PAUSE, PlanCard

        current = sheet.current
        assert current is not None
        plan = current.plan

        def chosen(letter: str | None) -> None:
            if letter == CHANGE:
                self._plan_form(sheet)
            elif letter == PAUSE:
                self._pause(sheet, plan)
            elif letter == END:
                self._end(sheet, plan, current.words)
            elif letter is not None:
                self._do(lambda: self.desk.plans.resume(plan))

        self.app.push_screen(PlanCard(sheet, taken, self.zone), chosen)

    def _plan_form(self, sheet: PlanSheet) -> None:
        from frontdesk.ui.dialogs.plan_form import PlanForm

        today = self.desk_app.today
        if today is not None:
            self.app.push_screen(PlanForm(sheet, today.clinic), self._planned)

    def _pause(self, sheet: PlanSheet, plan: Plan) -> None:
        from frontdesk.domain.day_asked import day_to_see
        from frontdesk.ui.dialogs.ask import Ask

        def paused(typed: str | None) -> None:
            if typed is not None:
                until = day_to_see(typed, sheet.today) if typed else None
                self._do(lambda: self.desk.plans.pause(plan, until))

        def check(typed: str) -> str:
            said = typed.strip()
            if said:
                day_to_see(said, sheet.today)
            return said

        question = Ask(
            lambda: f"{sheet.patient.name}: pause the plan until",
            check,
            placeholder="3 weeks, 11 jan; empty: until somebody resumes it",
            does="pause",
        )
        self.app.push_screen(question, paused)

    def _end(self, sheet: PlanSheet, plan: Plan, words: str) -> None:
        from frontdesk.ui.dialogs.plan import EndPlan

        def ended(answer: tuple[PlanOutcome, str] | None) -> None:
            if answer is not None:
                self._do(lambda: self.desk.plans.end(plan, *answer))

        self.app.push_screen(EndPlan(sheet.patient, words), ended)

    def _do(self, work: Callable[[], PlanDone]) -> None:
        self.save(work, self._planned)

    def _planned(self, done: PlanDone | None) -> None:
        if done is None:
            return
        plan = done.plan
        assert plan is not None
        self.desk_app.say(done.words, undo=lambda: self.desk.plans.undo(plan.patient_id, plan).words)
        self.desk_app.data_changed()
