"""A patient's file over the whole screen: who they are, the intake, scores and their course, flags, every visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pendulum import DateTime
from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from frontdesk.desk.file_words import day_words
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.intake import Intake
from frontdesk.domain.patient import Flag, Patient, PatientDetails
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import Scores, Taken
from frontdesk.ui import keys
from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.layout.file_lines import (
    Key,
    flag_items,
    head_lines,
    intake_items,
    person_items,
    score_items,
    visit_items,
)
from frontdesk.ui.layout.patient_card import FILE_HIDDEN
from frontdesk.ui.screens.giving_back import GivingBack
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.pick_list import PickList
from frontdesk.ui.widgets.section import Section

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.desk.outcome import Outcome
    from frontdesk.ui.dialogs.flag import FlagAnswer

SECTIONS = {"person": "p", "flags": "f", "intake": "i", "scores": "s", "visits": "v"}
"""The sections with their keys, in the order Tab goes through them."""
NOBODY = "Nobody's file is open: / finds a patient, Enter opens the file."
_NEW = {"intake": "new intake", "scores": "take scores", "flags": "new flag", "visits": "book", "person": "change"}
_SHARES = {"person": 0.6, "intake": 0.4, "scores": 0.3}
"""Sections that take the rows they have, at most this part of their column; the last one of each has the rest."""


class FileHead(LineWidget):
    """Who it is: in sight whatever section keys go to."""

    sheet: PatientSheet | None = None
    today = date.min

    def show(self, sheet: PatientSheet | None, today: date) -> None:
        """Another file, or the same one changed."""
        self.sheet, self.today = sheet, today
        self.styles.height = len(self._rows(self.size.width or 80))
        self.redraw()

    def on_resize(self) -> None:
        """Flags take more rows in a narrow window."""
        self.styles.height = len(self._rows(self.size.width or 80))
        super().on_resize()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Its rows."""
        del height
        return self._rows(width)

    def _rows(self, cells: int) -> Sequence[Line]:
        if self.sheet is None:
            return ((Span(f" {NOBODY}", "dim"),),)
        return head_lines(self.sheet, self.today, cells)


class FileTabs(LineWidget):
    """The sections as tabs, in a window that holds one at a time."""

    shown = "visits"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        spans = []
        for name, letter in SECTIONS.items():
            here = name == self.shown
            spans.append(Span(f" {letter} ", "key"))
            spans.append(Span(f"{name.capitalize()} ", "tab" if here else "text"))
        return (fit(spans, width),)


class FileScreen(GivingBack):
    """One patient's file; `show_file` says whose. Keys go to one section at a time."""

    PLACE: ClassVar[str] = keys.FILE
    CSS_PATH = "file.tcss"
    BINDINGS: ClassVar = [
        *keys.bindings_for(keys.FILE),
        Binding("tab", "section(1)", "next section", show=False, priority=True),
        Binding("shift+tab", "section(-1)", "section before", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.patient_id: int | None = None
        self.sheet: PatientSheet | None = None
        self._back_to = keys.PATIENTS
        self._head = FileHead(id="head")
        self._tabs = FileTabs(id="tabs")
        self.sections = {name: Section(name, letter) for name, letter in SECTIONS.items()}
        self._at = "visits"

    def content(self) -> Iterator[Widget]:
        """The head, and the sections in two columns."""
        yield self._head
        yield self._tabs
        with Horizontal(id="panes"):
            with Vertical(id="column-person", classes="column"):
                yield self.sections["person"]
                yield self.sections["flags"]
            with Vertical(id="column-rest", classes="column -beside"):
                yield self.sections["intake"]
                yield self.sections["scores"]
                yield self.sections["visits"]

    def heading(self) -> str:
        """What it is; whose it is stands beneath."""
        return "Patient's file"

    def on_mount(self) -> None:
        """Keys go to the visits."""
        self._go("visits")

    def show_file(self, patient_id: int) -> None:
        """Opens a file: read, and that it was opened is in the log."""
        came_from = self.desk_app.came_from
        if came_from not in (None, keys.FILE):
            self._back_to = str(came_from)
        if patient_id != self.patient_id:
            self.patient_id, self.sheet = patient_id, None
            self._go("visits")
        self.desk_app.opened_file(patient_id)
        self.ask(lambda: self.desk.files.read(patient_id), self._got, group="file")

    def reload(self) -> None:
        """What others changed in the file that is open."""
        patient_id = self.patient_id
        if patient_id is None:
            self._show()
        else:
            self.ask(lambda: self.desk.files.read(patient_id), self._got, group="file")

    @property
    def chosen(self) -> Appointment | None:
        """The marked visit while keys act on visits; else the patient's visit of today."""
        sheet = self.sheet
        if sheet is None:
            return None
        if self._at == "visits":
            return self._marked_visit()
        from frontdesk.domain.visit import ENDED

        today = self.desk_app.today
        visits = () if today is None else (*today.in_house, *today.appointments)
        return next((one for one in visits if one.patient.id == sheet.patient.id and one.status not in ENDED), None)

    def why_not(self, action_id: str) -> str | None:
        """What needs a file, a visit or a row says so."""
        if self.sheet is None and action_id.startswith(("file.", "patient.")):
            return NOBODY
        if action_id == "patient.book" or (action_id == "file.new" and self._at == "visits"):
            today = self.desk_app.today
            if today is None or not today.clinic.active_services or not today.clinic.active_practitioners:
                return "Nothing can be booked before the clinic is set up: Ctrl+P, set-up."
            return self._why_not_booked()
        if action_id == "file.remove" and self._at in ("person", "visits"):
            return "Nothing to take out here; x cancels a visit, e changes the rest."
        if action_id == "file.remove" and self._removable() is None:
            return "Mark what is to be taken out first."
        if action_id in ("book.cancel", "book.reinstate", "book.repeat") and self.chosen is None:
            return "Choose a visit first: v goes to them."
        if action_id == "visit.next" and self.chosen is None:
            return "No visit is marked, and none is today: b books one."
        return super().why_not(action_id)

    def words_of(self, action: keys.Action) -> str:
        """What n makes in the section keys go to."""
        return _NEW[self._at] if action.id == "file.new" else super().words_of(action)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Enter first; the sections' own keys stand in their titles."""
        enter = {
            "visits": "to that day",
            "intake": "change",
            "scores": "correct",
            "flags": "change",
            "person": "change",
        }
        if self._at == "scores" and self._marked_scores() is None:
            enter["scores"] = "take scores"
        if self.sheet is not None and not self.sections[self._at].rows.items:
            enter[self._at] = _NEW[self._at]
        rest = [one for one in super().key_line() if one[1] not in SECTIONS]
        return (("Enter", enter[self._at]), ("Tab", "section"), *rest)

    def tick(self, now: DateTime) -> None:
        """Nothing here runs with the clock but the frame."""
        del now

    # Sections

    def action_section(self, by: int) -> None:
        """The next section."""
        names = list(SECTIONS)
        self._go(names[(names.index(self._at) + by) % len(names)])

    def action_file_person(self) -> None:
        """Who they are."""
        self._go("person")

    def action_file_flags(self) -> None:
        """The flags."""
        self._go("flags")

    def action_file_intake(self) -> None:
        """The intake."""
        self._go("intake")

    def action_file_scores(self) -> None:
        """The scores."""
        self._go("scores")

    def action_file_visits(self) -> None:
        """The visits."""
        self._go("visits")

    def action_back(self) -> None:
        """To where the file was opened; first the message goes."""
        if self.desk_app.message.text:
            super().action_back()
        else:
            self.call_next(self.desk_app.show, self._back_to)

    def _go(self, name: str) -> None:
        self._at = self._tabs.shown = name
        for each, section in self.sections.items():
            section.set_class(each == name, "-shown")
            section.title.mark(each == name)
            column = section.parent
            if isinstance(column, Widget) and each == name:
                for one in self.query(".column"):
                    one.set_class(one is column, "-shown")
        self._tabs.redraw()
        self.sections[name].rows.focus()
        self.refresh_frame(KeyLine)

    # What is shown

    def _got(self, sheet: PatientSheet) -> None:
        if sheet.patient.id == self.patient_id:
            self.sheet = sheet
            self._show()

    def _show(self) -> None:
        sheet, today = self.sheet, self.desk_app.local_day()
        self._head.show(sheet, today)
        day = self.desk_app.today
        if sheet is None or day is None or is_private():
            for section in self.sections.values():
                section.show(lambda _: [], "", FILE_HIDDEN if sheet is not None else "")
            return
        zone, now = self.zone, self.desk_app.now()
        flags = sheet.patient.details.flags
        holding = len(sheet.patient.details.flags_on(today))
        over = f", {len(flags) - holding} past" if len(flags) > holding else ""
        intake = sheet.intakes[0] if sheet.intakes else None
        taken = sheet.taken[0] if sheet.taken else None
        last = f"last {taken.at.in_timezone(zone):%d.%m.%Y}" if taken else ""
        history = sheet.history
        coming = f"{len(history.coming)} coming · " if history.coming else ""
        self.sections["person"].show(lambda cells: person_items(sheet, today, cells), f"#{sheet.patient.id}", "")
        self.sections["flags"].show(
            lambda cells: flag_items(flags, today, cells), f"{holding}{over}" if flags else "", "None: n sets one."
        )
        self.sections["intake"].show(
            lambda cells: intake_items(sheet, cells),
            f"{day_words(intake.taken_on)} by {intake.taken_by}" if intake else "",
            "No intake yet: n writes it down.",
        )
        self.sections["scores"].show(
            lambda cells: score_items(sheet, zone, cells),
            last,
            "Never scored yet: n takes pain, numbness, sleep, mood.",
        )
        self.sections["visits"].show(
            lambda cells: visit_items(sheet, day.clinic, now, cells),
            f"{coming}{history.words}",
            "No visits yet: n books one.",
        )
        self._fit()
        self.refresh_frame(KeyLine)

    def on_resize(self) -> None:
        """One section at a time in a narrow window; the sections take the rows they need."""
        super().on_resize()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        height = self.query_one("#panes").size.height
        for name, share in _SHARES.items():
            section = self.sections[name]
            if self.has_class("-narrow"):
                section.styles.clear_rule("height")
            else:
                section.fit(max(3, int(height * share)))

    # What is written

    @on(PickList.Moved)
    def on_marked(self) -> None:
        """Other steps follow another visit."""
        self.refresh_frame(KeyLine)

    @on(PickList.Picked)
    async def on_picked(self) -> None:
        """Enter: opens what is marked."""
        visit = self._marked_visit() if self._at == "visits" else None
        if visit is not None:
            await self.go_to_visit(visit)
        elif self._at == "scores" and self._marked_scores() is None:
            self.action_file_new()
        else:
            self.action_file_edit()

    def action_file_edit(self) -> None:
        """The form of what is marked; in an empty section, the form of a first one."""
        sheet = self.sheet
        if sheet is None:
            return
        key = self.sections[self._at].rows.key
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
            self.save(
                lambda: self.desk.files.remove_intake(found),
                lambda _: self._done(
                    f"Intake of {day_words(found.taken_on)}: taken out",
                    lambda: self._intake_back(found),
                ),
            )
        else:
            self.save(lambda: self.desk.files.put_back_scores(found, None), lambda _: self._done("Scores: taken out"))

    def action_patient_book(self) -> None:
        """The booking form with this patient in it."""
        from frontdesk.ui.screens.booking_for import wish_for

        sheet, today = self.sheet, self.desk_app.today
        if sheet is None or today is None:
            return
        from frontdesk.ui.dialogs.book import Book

        visits = (*sheet.history.coming, *sheet.history.past)
        wish = wish_for(sheet.patient, visits[0] if visits else None, today, self.desk_app.now())
        self.app.push_screen(Book(wish), self._booked)

    def _booked(self, answer: object) -> None:
        if answer is not None:
            self.stepped(cast("Outcome", answer))

    def _edit_person(self, field: str) -> None:
        from frontdesk.ui.dialogs.patient_form import PatientForm

        sheet = self.sheet
        assert sheet is not None
        before, file = sheet.patient, sheet.file

        def saved(patient: Patient | None) -> None:
            if patient is not None and patient.version != before.version:
                self._done(
                    f"{patient.name}: saved",
                    lambda: self._details_back(patient, before.details, file),
                )

        self.app.push_screen(PatientForm(before, file, at=field), saved)

    def _intake_form(self, intake: Intake | None) -> None:
        from frontdesk.ui.dialogs.intake_form import IntakeForm

        sheet = self.sheet
        assert sheet is not None

        def saved(one: Intake | None) -> None:
            if one is None or one == intake:
                return
            if intake is None:
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
            lambda new: self._done(words, lambda: self._details_back(new, patient.details, None)),
        )

    def _done(self, words: str, undo: Callable[[], str] | None = None) -> None:
        self.desk_app.say(words, undo=undo)
        self.desk_app.data_changed()

    def _refreshed(self) -> None:
        self.desk_app.data_changed()

    # How it is taken back; in the thread of the write

    def _details_back(self, now: Patient, before: PatientDetails, file: Any) -> str:
        self.desk.patients.save(now.id, now.version, before, file)
        return f"{now.name}: as it was before"

    def _intake_gone(self, one: Intake) -> str:
        self.desk.files.remove_intake(one)
        return "Intake: taken back"

    def _intake_was(self, now: Intake, before: Intake) -> str:
        self.desk.files.save_intake(now, before.details, before.taken_on)
        return "Intake: as it was before"

    def _intake_back(self, one: Intake) -> str:
        self.desk.files.add_intake(one.patient_id, one.details, one.taken_on)
        return f"Intake of {day_words(one.taken_on)}: there again"

    def _scores_back(self, now: Taken, before: Taken | None) -> str:
        self.desk.files.put_back_scores(now, before)
        return "Scores: as they were before"

    # What is marked

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
        return flags[cast("int", key[1])] if key is not None and cast("int", key[1]) < len(flags) else None

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
        here = [one for one in visits if one.starts.in_timezone(self.zone).date() == today]
        begun = [one for one in here if one.status not in ENDED_UNSEEN and one.status not in NOT_BEGUN]
        return max(begun, key=lambda one: one.starts, default=None)

    def _why_not_booked(self) -> str | None:
        details = self.sheet.patient.details if self.sheet else None
        if details is not None and details.deceased_on is not None:
            return "The patient is deceased."
        return None


def _said(flag: Flag) -> str:
    """A flag's words, where they may be said."""
    return "the flag" if is_private() else flag.words
