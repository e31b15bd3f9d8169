"""A patient's file, whole: opened, its intakes and scores, its history; each method is one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.differing import differing
from frontdesk.desk.file_fields import intake_fields
from frontdesk.domain.errors import Invalid, NotFound, Refused, Stale
from frontdesk.domain.history import History, Missed, history_of
from frontdesk.domain.hours import local_day
from frontdesk.domain.intake import Intake, IntakeDetails, tidied_intake, wrong_with_intake
from frontdesk.domain.package import Left
from frontdesk.domain.patient import Patient
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails
from frontdesk.domain.plan import Progress
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import Scores, Taken, checked
from frontdesk.store import appointments, audit, clinic, file_writes, files, missed, packages, patients, plans
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


class PatientSheet(Struct, frozen=True):
    """Everything that is known of a patient, as of one moment."""

    patient: Patient
    file: FileDetails
    intakes: tuple[Intake, ...]
    """The latest, which holds, first."""
    taken: tuple[Taken, ...]
    """Scores, the latest first."""
    history: History
    plans: tuple[Progress, ...] = ()
    """Treatment plans: the one that has not ended first, then the latest."""
    packages: tuple[Left, ...] = ()
    """Prepaid packages, the one bought last first."""

    @property
    def shown(self) -> PatientSheet:
        """What of it may be seen now: in privacy mode nothing but what `Patient.shown` leaves of the patient.

        What is drawn or said goes by this; what changes the file, or finds the row that is marked, by the sheet itself.
        """
        if not is_private():
            return self
        return PatientSheet(self.patient, NOTHING_MORE, (), (), self.history.shown)


class Files:
    """What is done with a file besides changing its details."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, patient_id: int) -> PatientSheet:
        """A patient's whole file. Whoever opens it for a person also says so (`Patients.opened`)."""
        with self._context.store.glance() as connection:
            return self._sheet(connection, patient_id)

    def taken(self, patient_id: int) -> tuple[Taken, ...]:
        """The scores of a patient, the latest first."""
        with self._context.store.glance() as connection:
            return files.scores_of(connection, patient_id)

    def missed(self, patient_id: int) -> Missed:
        """What a patient let lapse, for whoever is about to book for them."""
        with self._context.store.glance() as connection:
            return missed.of_patient(connection, patient_id)

    def add_intake(self, patient_id: int, details: IntakeDetails, taken_on: date | None = None) -> Intake:
        """Writes an intake down; raises `Invalid` with every field that is wrong."""
        with self._context.writing() as writing:
            patient = patients.get(writing.connection, patient_id)
            kept, day = self._checked(writing, details, taken_on)
            new = Intake(0, 1, patient.id, day, writing.who, kept)
            new = replace(new, id=file_writes.insert_intake(writing.connection, new))
            writing.log("intake.add", subject_of_patient(patient.id), after={"intake": new.id, **intake_fields(new)})
            return new

    def save_intake(self, before: Intake, details: IntakeDetails, taken_on: date | None = None) -> Intake:
        """Changes an intake as it was read; raises `Stale` when someone else has changed it since."""
        with self._context.writing() as writing:
            old = files.intake(writing.connection, before.id)
            if old is None:
                raise Stale("that intake was taken back meanwhile; your text is still here")
            if old.version != before.version:
                raise Stale(
                    f"the intake was changed by {_who(writing, old.patient_id)} meanwhile; your text stays here"
                )
            kept, day = self._checked(writing, details, taken_on or old.taken_on)
            new = replace(old, details=kept, taken_on=day)
            if new == old:
                return old
            file_writes.update_intake(writing.connection, new)
            was, now = differing(intake_fields(old), intake_fields(new))
            writing.log(
                "intake.save",
                subject_of_patient(old.patient_id),
                before={"intake": old.id, **was},
                after={"intake": old.id, **now},
            )
            return replace(new, version=old.version + 1)

    def remove_intake(self, before: Intake) -> None:
        """Takes an intake back that should not have been written; the log keeps what it said."""
        with self._context.writing() as writing:
            old = files.intake(writing.connection, before.id)
            if old is None:
                raise NotFound("that intake is not there any more")
            if old.version != before.version:
                raise Stale(f"the intake was changed by {_who(writing, old.patient_id)} meanwhile; look at it again")
            file_writes.delete_intake(writing.connection, old.id)
            said = {"intake": old.id, **intake_fields(old)}
            writing.log("intake.remove", subject_of_patient(old.patient_id), before=said)

    def bring_back_intake(self, gone: Intake) -> Intake:
        """Puts an intake back that was taken out, under whoever took it."""
        with self._context.writing() as writing:
            patients.get(writing.connection, gone.patient_id)
            new = replace(gone, id=file_writes.insert_intake(writing.connection, gone), version=1)
            writing.log(
                "intake.add", subject_of_patient(gone.patient_id), after={"intake": new.id, **intake_fields(new)}
            )
            return new

    def score(self, patient_id: int, scores: Scores, *, appointment_id: int | None = None) -> Taken:
        """Writes scores down, in place of those that were taken at the same visit."""
        checked(scores)
        with self._context.writing() as writing:
            connection = writing.connection
            patient = patients.get(connection, patient_id)
            if appointment_id is not None and appointments.get(connection, appointment_id).patient.id != patient_id:
                raise Refused(f"appointment {appointment_id} is not {patient.name}'s")
            old = files.scores_at(connection, appointment_id) if appointment_id is not None else None
            new = Taken(0, patient_id, appointment_id, writing.at, writing.who, scores)
            if old is None:
                new = replace(new, id=file_writes.insert_scores(connection, new))
            else:
                new = replace(new, id=old.id, at=old.at)
                file_writes.update_scores(connection, new)
            self._log_scores(writing, "scores.take", old, new)
            return new

    def correct_scores(self, score_id: int, scores: Scores) -> Taken:
        """Other points in place of those taken; when they were taken stays."""
        checked(scores)
        with self._context.writing() as writing:
            old = self._scores(writing.connection, score_id)
            new = replace(old, scores=scores, taken_by=writing.who)
            file_writes.update_scores(writing.connection, new)
            self._log_scores(writing, "scores.correct", old, new)
            return new

    def put_back_scores(self, taken: Taken, before: Taken | None) -> None:
        """Takes scores back: what was taken before them is there again, or nothing."""
        with self._context.writing() as writing:
            now = self._scores(writing.connection, taken.id)
            if now != taken:
                raise Stale("the scores were changed meanwhile; nothing was taken back")
            if before is None:
                file_writes.delete_scores(writing.connection, taken.id)
            else:
                file_writes.update_scores(writing.connection, before)
            self._log_scores(writing, "scores.undo", taken, before)

    def bring_back_scores(self, gone: Taken) -> Taken:
        """Puts scores back that were taken out, as of when and by whom they were taken."""
        with self._context.writing() as writing:
            connection = writing.connection
            visit = gone.appointment_id
            if visit is not None and files.scores_at(connection, visit) is not None:
                raise Stale("other scores were taken at that visit meanwhile; nothing was brought back")
            new = replace(gone, id=file_writes.insert_scores(connection, gone))
            self._log_scores(writing, "scores.undo", None, new)
            return new

    def _sheet(self, connection: Askable, patient_id: int) -> PatientSheet:
        patient, now = patients.get(connection, patient_id), self._context.clock.now()
        return PatientSheet(
            patient,
            files.file_of(connection, patient_id),
            files.intakes_of(connection, patient_id),
            files.scores_of(connection, patient_id),
            history_of(appointments.of_patient(connection, patient_id), now),
            plans.progress_of_patient(connection, clinic.timezone(connection) or "UTC", now, patient_id),
            packages.of_patient(connection, patient_id),
        )

    def _checked(self, writing: Writing, details: IntakeDetails, taken_on: date | None) -> tuple[IntakeDetails, date]:
        today = local_day(writing.at, clinic_of(writing.connection).timezone)
        day = taken_on or today
        kept = tidied_intake(details)
        problems = wrong_with_intake(kept, day, today)
        if problems:
            raise Invalid(problems)
        return kept, day

    def _scores(self, connection: Askable, score_id: int) -> Taken:
        found = files.scores(connection, score_id)
        if found is None:
            raise NotFound("those scores are not there any more")
        return found

    def _log_scores(self, writing: Writing, what: str, old: Taken | None, new: Taken | None) -> None:
        one = new or old
        assert one is not None
        writing.log(
            what,
            subject_of_patient(one.patient_id),
            before=None if old is None else {"scores": old.scores.words(), "appointment": old.appointment_id},
            after=None if new is None else {"scores": new.scores.words(), "appointment": new.appointment_id},
        )


def _who(writing: Writing, patient_id: int) -> str:
    entries = audit.of_subject(writing.connection, subject_of_patient(patient_id), limit=20)
    return next((entry.who for entry in entries if entry.what.startswith("intake.")), "somebody else")
