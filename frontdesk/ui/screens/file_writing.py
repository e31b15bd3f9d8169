"""What is written into a patient's file: forms and dialogs for what is marked, and how each is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from frontdesk.desk.file_words import day_words
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.intake import Intake
from frontdesk.domain.patient import Flag, Patient, PatientDetails
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import Scores, Taken
from frontdesk.ui.layout.file_lines import Key
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.screens.patient_records import PatientRecords
from frontdesk.ui.widgets.file_head import SECTIONS, section_key
from frontdesk.ui.widgets.section import Section

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.ui.dialogs.flag import FlagAnswer


class FileWriting(PatientRecords):
    """A screen on which a file is open, with sections of which keys go to one."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: PatientSheet | None = None
        self.sections = {name: Section(name, section_key(name)) for name in SECTIONS}
        self._at = "visits"
        self._written: Key | None = None
        """The first row of an intake just written down, to be marked once it is there."""

    def action_file_edit(self) -> None:
        """The form of what is marked; in an empty section, the form of a first one."""
        sheet = self.sheet
        if sheet is None:
            return
        key = self.sections[self._at].rows.key
        if key is None and is_private() and self._at not in ("person", "visits"):
            self.desk_app.hint(f"Nothing is marked: {FILE_HIDDEN}.")
            return
        if self._at in ("person", "visits"):
            self._edit_person(str(key[1]) if key is not None and self._at == "person" else "")
        elif self._at == "intake":
            intake = self._marked_intake()
            self._intake_form(intake)
        elif self._at == "scores":
            taken = self._marked_scores()
            if taken is None:
                self.action_file_new()
            else:
                self._correct(taken)
        else:
            self._flag_dialog(self._marked_flag())

    def action_file_new(self) -> None:
        """One more of the section keys go to."""
        sheet = self.sheet
        if sheet is None:
            return
        if self._at == "intake":
            self._intake_form(None)
        elif self._at == "scores":
            self.take_scores(sheet.patient, self._visit_of_today(), self._refreshed)
        elif self._at == "flags":
            self._flag_dialog(None)
        elif self._at == "visits":
            self.action_patient_book()
        else:
            self._edit_person("")

    def action_file_remove(self) -> None:
        """Takes out what is marked; u brings it back."""
        found = self._removable()
        sheet = self.sheet
        if sheet is None or found is None:
            return
        if isinstance(found, Flag):
            self._end_flag(sheet.patient, found)
        elif isinstance(found, Intake):
            taken = "Intake" if is_private() else f"Intake of {day_words(found.taken_on)}"
            self.save(
                lambda: self.desk.files.remove_intake(found),
                lambda _: self._done(
                    f"{taken}: taken out",
                    lambda: self._intake_back(found),
                ),
            )
        else:
            self.save(
                lambda: self.desk.files.put_back_scores(found, None),
                lambda _: self._done("Scores: taken out", lambda: self._scores_there(found)),
            )

    def action_patient_book(self) -> None:
        """The booking form with this patient in it."""
        from frontdesk.ui.screens.booking_for import wish_for

        sheet, today = self.sheet, self.desk_app.today
        if sheet is None or today is None:
            return
        from frontdesk.ui.dialogs.book import Book

        visits = (*sheet.history.coming, *sheet.history.past)
        wish = wish_for(sheet.patient, visits[0] if visits else None, today, self.desk_app.now())
        self.app.push_screen(Book(wish), self.stepped_unless_left)

    def _edit_person(self, field: str) -> None:
        from frontdesk.ui.dialogs.file_saved import change_file

        assert self.sheet is not None
        change_file(self, self.sheet, at=field)

    def _intake_form(self, intake: Intake | None) -> None:
        from frontdesk.ui.dialogs.intake_form import IntakeForm

        sheet = self.sheet
        assert sheet is not None

        def saved(one: Intake | None) -> None:
            if one is None or one == intake:
                return
            if intake is None:
                self._written = ("intake", one.id, 0)
                self._done("Intake: written down", lambda: self._intake_gone(one))
            else:
                self._done("Intake: saved", lambda: self._intake_was(one, intake))

        self.app.push_screen(IntakeForm(sheet.patient, intake), saved)

    def _correct(self, taken: Taken) -> None:
        from frontdesk.ui.dialogs.scores import ScoreDialog

        sheet = self.sheet
        assert sheet is not None
        earlier = [one for one in sheet.taken if one.at < taken.at]
        last = earlier[0].scores if earlier else Scores()

        def answered(scores: Scores | None) -> None:
            if scores is not None:
                self.save(
                    lambda: self.desk.files.correct_scores(taken.id, scores),
                    lambda new: self._done("Scores: corrected", lambda: self._scores_back(new, taken)),
                )

        self.app.push_screen(ScoreDialog(sheet.patient, taken.scores, last), answered)

    def _flag_dialog(self, flag: Flag | None) -> None:
        from frontdesk.ui.dialogs.flag import FlagDialog

        sheet = self.sheet
        assert sheet is not None
        patient = sheet.patient

        def answered(answer: FlagAnswer | None) -> None:
            if answer is None:
                return
            flags = tuple(answer.flag if one == answer.before else one for one in patient.details.flags)
            if answer.before is None:
                flags = (*patient.details.flags, answer.flag)
            self._save_flags(patient, flags, f"{patient.name}: {_said(answer.flag)}")

        self.app.push_screen(FlagDialog(patient, self.desk_app.local_day(), flag), answered)

    def _end_flag(self, patient: Patient, flag: Flag) -> None:
        today = self.desk_app.local_day()
        mistake = flag.since == today
        ended = replace(flag, until=today)
        flags = tuple(ended if one == flag else one for one in patient.details.flags if one != flag or not mistake)
        words = "taken back" if mistake else "holds no longer"
        self._save_flags(patient, flags, f"{patient.name}: {_said(flag)}: {words}")

    def _save_flags(self, patient: Patient, flags: tuple[Flag, ...], words: str) -> None:
        details = replace(patient.details, flags=flags)
        self.save(
            lambda: self.desk.patients.save(patient.id, patient.version, details),
            lambda new: self._done(words, lambda: self._details_back(new, patient.details)),
        )

    def _done(self, words: str, undo: Callable[[], str] | None = None) -> None:
        self.desk_app.say(words, undo=undo)
        self.desk_app.data_changed()

    def _refreshed(self) -> None:
        self.desk_app.data_changed()

    # How it is taken back; in the thread of the write

    def _details_back(self, now: Patient, before: PatientDetails) -> str:
        self.desk.patients.save(now.id, now.version, before)
        return f"{now.name}: as it was before"

    def _intake_gone(self, one: Intake) -> str:
        self.desk.files.remove_intake(one)
        return "Intake: taken back"

    def _intake_was(self, now: Intake, before: Intake) -> str:
        self.desk.files.save_intake(now, before.details, before.taken_on)
        return "Intake: as it was before"

    def _intake_back(self, one: Intake) -> str:
        self.desk.files.bring_back_intake(one)
        return "Intake: there again"

    def _scores_there(self, one: Taken) -> str:
        self.desk.files.bring_back_scores(one)
        return "Scores: there again"

    def _scores_back(self, now: Taken, before: Taken | None) -> str:
        self.desk.files.put_back_scores(now, before)
        return "Scores: as they were before"

    def _key_of(self, name: str, kind: str) -> Key | None:
        key = self.sections[name].rows.key
        return key if key is not None and key[0] == kind else None

    def _marked_visit(self) -> Appointment | None:
        key = self._key_of("visits", "visit")
        if key is None or self.sheet is None:
            return None
        history = self.sheet.history
        return next((one for one in (*history.coming, *history.past) if one.id == key[1]), None)

    def _marked_intake(self) -> Intake | None:
        key = self._key_of("intake", "intake")
        intakes = self.sheet.intakes if self.sheet else ()
        return next((one for one in intakes if key is not None and one.id == key[1]), None)

    def _marked_scores(self) -> Taken | None:
        key = self._key_of("scores", "scores")
        taken = self.sheet.taken if self.sheet else ()
        return next((one for one in taken if key is not None and one.id == key[1]), None)

    def _marked_flag(self) -> Flag | None:
        key = self._key_of("flags", "flag")
        flags = self.sheet.patient.details.flags if self.sheet else ()
        at = key[1] if key is not None else None
        return flags[at] if isinstance(at, int) and at < len(flags) else None

    def _removable(self) -> Flag | Intake | Taken | None:
        if self._at == "flags":
            flag = self._marked_flag()
            return None if flag is None or flag.is_over(self.desk_app.local_day()) else flag
        return self._marked_intake() if self._at == "intake" else self._marked_scores()

    def _visit_of_today(self) -> Appointment | None:
        """The visit that scores are taken at: today's, begun or over, the latest."""
        sheet = self.sheet
        if sheet is None:
            return None
        today = self.desk_app.local_day()
        from frontdesk.domain.visit import ENDED_UNSEEN, NOT_BEGUN

        visits = (*sheet.history.past, *sheet.history.coming)
        here = [one for one in visits if self.desk_app.local_day(one.starts) == today]
        begun = [one for one in here if one.status not in ENDED_UNSEEN and one.status not in NOT_BEGUN]
        return max(begun, key=lambda one: one.starts, default=None)


def _said(flag: Flag) -> str:
    """A flag's words, where they may be said."""
    return "the flag" if is_private() else flag.words
