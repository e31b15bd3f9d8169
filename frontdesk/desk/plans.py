"""Treatment plans: started, changed, paused, ended, and how far they have gone; each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.differing import differing
from frontdesk.desk.words import taken_down
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.errors import Invalid, NotFound, Refused, Stale
from frontdesk.domain.hours import local_day
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from frontdesk.domain.plan import (
    OUTCOME_WORDS,
    Plan,
    PlanDetails,
    PlanOutcome,
    PlanState,
    Progress,
    tidied_plan,
    wrong_with_plan,
)
from frontdesk.domain.plan_suggestion import Suggestion, suggestion
from frontdesk.domain.visit import ENDED_UNSEEN
from frontdesk.store import appointments, audit, files, patients, plan_writes, plans
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_TAKEN_BACK = {
    "plan.start": "the start of the plan",
    "plan.change": "the change of the plan",
    "plan.pause": "the pause",
    "plan.resume": "the resuming of the plan",
    "plan.end": "the end of the plan",
}
"""What undo takes back, as it names it."""


class PlanSheet(Struct, frozen=True):
    """Everything about a patient's plans, as of one moment."""

    patient: Patient
    today: date
    plans: tuple[Progress, ...]
    """The one that has not ended first, then the latest."""
    suggested: Suggestion | None
    """By the severity of the latest intake; None where that says none."""
    usual: PlanDetails
    """What a new plan begins with: the suggestion, the intake's complaint, whom and what they came for last."""

    @property
    def current(self) -> Progress | None:
        """The plan that runs or is paused."""
        return next((one for one in self.plans if one.plan.is_open), None)


class PlanDone(Struct, frozen=True):
    """The plan as it is now (None: taken back altogether), and what was done in one line."""

    plan: Plan | None
    words: str


class Plans:
    """What is done with treatment plans."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, patient_id: int) -> PlanSheet:
        """A patient's plans with their progress, and what a new one would begin with."""
        with self._context.store.glance() as connection:
            return self._sheet(connection, clinic_of(connection), patients.get(connection, patient_id))

    def progress(self, patient_ids: Collection[int] | None = None) -> dict[int, Progress]:
        """How far the plans that have not ended have gone, by patient: everybody's, or those of the ones named."""
        with self._context.store.glance() as connection:
            return plans.progress_by_patient(
                connection, clinic_of(connection).timezone, self._context.clock.now(), patient_ids
            )

    def start(self, patient_id: int, details: PlanDetails, started_on: date | None = None) -> PlanDone:
        """Starts a plan; raises `Invalid` with every field that is wrong, `Refused` where one has not ended yet."""
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            patient = patients.get(connection, patient_id)
            there = plans.open_plans(connection, (patient_id,)).get(patient_id)
            if there is not None:
                raise Refused(f"{patient.name} has a plan already ({there.details.words}): change it, or end it first")
            today = local_day(writing.at, clinic.timezone)
            kept = self._checked(clinic, details, started_on or today, today)
            new = Plan(0, 1, patient_id, kept, started_on or today, writing.who)
            new = replace(new, id=plan_writes.insert(connection, new))
            writing.log(
                "plan.start", subject_of_patient(patient_id), after=_logged(plan_writes.row_of(connection, new.id))
            )
            return PlanDone(new, f"{patient.name}: plan started, {kept.words}")

    def change(self, before: Plan, details: PlanDetails, started_on: date | None = None) -> PlanDone:
        """Changes a plan as it was read; raises `Invalid`, and `Stale` when someone has changed it since."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            old = self._read_again(writing, before)
            since = started_on or old.started_on
            kept = self._checked(clinic, details, since, local_day(writing.at, clinic.timezone))
            new = replace(old, details=kept, started_on=since)
            if new == old:
                return PlanDone(old, f"{self._name(writing, old)}: the plan stays as it is")
            return self._saved(writing, "plan.change", old, new, f"plan changed, {kept.words}")

    def pause(self, before: Plan, until: date | None = None) -> PlanDone:
        """Lets a plan rest, until a day or until somebody resumes it."""
        with self._context.writing() as writing:
            old = self._read_again(writing, before)
            today = local_day(writing.at, clinic_of(writing.connection).timezone)
            if until is not None and until <= today:
                raise Refused("a pause ends on a later day than today: give that, or none")
            new = replace(old, paused_on=today, paused_until=until)
            return self._saved(writing, "plan.pause", old, new, f"plan {new.state_words(today)}")

    def resume(self, before: Plan) -> PlanDone:
        """Lets a paused plan run again."""
        with self._context.writing() as writing:
            old = self._read_again(writing, before)
            today = local_day(writing.at, clinic_of(writing.connection).timezone)
            if old.state_on(today) is not PlanState.PAUSED:
                raise Refused(f"the plan of {self._name(writing, old)} is not paused")
            new = replace(old, paused_on=None, paused_until=None)
            return self._saved(writing, "plan.resume", old, new, "plan runs again")

    def end(self, before: Plan, outcome: PlanOutcome, note: str = "") -> PlanDone:
        """Ends a plan today, with what came of it."""
        with self._context.writing() as writing:
            old = self._read_again(writing, before)
            today = local_day(writing.at, clinic_of(writing.connection).timezone)
            new = replace(
                old,
                ended_on=max(today, old.started_on),
                outcome=outcome,
                outcome_note=taken_down("the note", note),
                paused_on=None,
                paused_until=None,
            )
            return self._saved(writing, "plan.end", old, new, f"plan ended, {OUTCOME_WORDS[outcome]}")

    def undo(self, patient_id: int, after: Plan | None = None) -> PlanDone:
        """Takes back the last thing that was done to a patient's plans; raises `Refused` where nothing is left.

        With `after` given, raises `Stale` when that plan was changed since: nobody undoes what they did not see.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            patient = patients.get(connection, patient_id)
            entry = _last_entry(connection, patient)
            plan_id = int((entry.after or {})["id"])
            now = plans.get(connection, plan_id)
            if now is None:
                raise Refused(f"that plan of {patient.name} is not there any more")
            if after is not None and (after.id, after.version) != (now.id, now.version):
                raise Stale(f"the plan of {patient.name} was changed by {_who(writing, now)} meanwhile: look again")
            was = plan_writes.row_of(connection, plan_id)
            words = f"{patient.name}: undid {_TAKEN_BACK[entry.what]}"
            subject = subject_of_patient(patient_id)
            if entry.what == "plan.start":
                plan_writes.delete(connection, plan_id)
                writing.log("plan.undo", subject, before=_logged(was), undoes=entry.seq)
                return PlanDone(None, words)
            back = entry.before or {}
            other = plans.open_plans(connection, (patient_id,)).get(patient_id)
            if back.get("ended_on", was["ended_on"]) is None and other is not None and other.id != plan_id:
                raise Refused(f"{patient.name} has another plan since: end that one first")
            plan_writes.restore_row(connection, plan_id, now.version, {key: back[key] for key in back if key != "id"})
            self._log(writing, "plan.undo", subject, was, plan_writes.row_of(connection, plan_id), undoes=entry.seq)
            return PlanDone(plans.get(connection, plan_id), words)

    def _sheet(self, connection: Askable, clinic: Clinic, patient: Patient) -> PlanSheet:
        now = self._context.clock.now()
        every = plans.progress_of_patient(connection, clinic.timezone, now, patient.id)
        intake = next(iter(files.intakes_of(connection, patient.id)), None)
        told = suggestion(intake.details.severity) if intake else None
        usual = usual_details(connection, clinic, patient)
        if intake is not None:
            usual = replace(usual, complaint=intake.details.complaint)
        if told is not None:
            usual = replace(usual, cadence=told.cadence, planned=told.planned, reassess_at=told.reassess_at)
        today = local_day(now, clinic.timezone)
        return PlanSheet(patient, today, every, told, usual)

    def _checked(self, clinic: Clinic, details: PlanDetails, started_on: date, today: date) -> PlanDetails:
        kept = tidied_plan(details)
        problems = wrong_with_plan(kept, started_on, today)
        if problems:
            raise Invalid(problems)
        if kept.service.id not in {one.id for one in clinic.services}:
            raise NotFound(f"there is no service {kept.service.name} any more: choose another")
        return kept

    def _read_again(self, writing: Writing, before: Plan) -> Plan:
        """The plan as it is now, which must be what was read, and not ended."""
        old = plans.get(writing.connection, before.id)
        if old is None:
            raise Stale("that plan was taken back meanwhile")
        if old.version != before.version:
            raise Stale(
                f"the plan of {self._name(writing, old)} was changed by {_who(writing, old)} meanwhile: look again"
            )
        if not old.is_open:
            raise Refused(f"the plan of {self._name(writing, old)} has ended: start another")
        return old

    def _saved(self, writing: Writing, what: str, old: Plan, new: Plan, words: str) -> PlanDone:
        was = plan_writes.row_of(writing.connection, old.id)
        plan_writes.update(writing.connection, new)
        self._log(
            writing, what, subject_of_patient(old.patient_id), was, plan_writes.row_of(writing.connection, old.id)
        )
        return PlanDone(replace(new, version=old.version + 1), f"{self._name(writing, old)}: {words}")

    def _log(
        self,
        writing: Writing,
        what: str,
        subject: str,
        was: Mapping[str, Any],
        now: Mapping[str, Any],
        *,
        undoes: int | None = None,
    ) -> None:
        before, after = differing(was, now, besides="version")
        writing.log(
            what,
            subject,
            before={"id": now["id"], **before},
            after={"id": now["id"], **after},
            undoes=undoes,
        )

    def _name(self, writing: Writing, plan: Plan) -> str:
        return patients.get(writing.connection, plan.patient_id).name


def usual_details(connection: Askable, clinic: Clinic, patient: Patient) -> PlanDetails:
    """By their latest visit: its practitioner, and the service that usually follows it."""
    visits = [
        one
        for one in appointments.of_patient(connection, patient.id, limit=20)
        if one.status not in ENDED_UNSEEN and not one.practitioner.retired
    ]
    practitioner: Practitioner | None = visits[0].practitioner if visits else None
    services = clinic.active_services
    if not services:
        raise Refused("no service is set up: add one to the set-up first", option="frontdesk setup FILE.toml")
    came_for = [one.service for one in visits if not one.service.retired]
    return PlanDetails(service=_follows(services, came_for[0] if came_for else None), practitioner=practitioner)


def _follows(services: tuple[Service, ...], last: Service | None) -> Service:
    """What a plan is made of: what they came for last, unless that takes longer than another, as a first visit does."""
    usual = next((one for one in services if "follow" in one.name.casefold()), services[0])
    return usual if last is None or last.consultation > usual.consultation else last


def _last_entry(connection: Askable, patient: Patient) -> Entry:
    entries = audit.of_subject(connection, subject_of_patient(patient.id), limit=200)
    undone = audit.undone(connection, [entry.seq for entry in entries])
    for entry in entries:
        if entry.what in _TAKEN_BACK and entry.seq not in undone and "id" in (entry.after or {}):
            return entry
    raise Refused(f"nothing is left to undo of the plans of {patient.name}")


def _logged(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key == "id" or value not in (None, "", [])}


def _who(writing: Writing, plan: Plan) -> str:
    entries = audit.of_subject(writing.connection, subject_of_patient(plan.patient_id), limit=20)
    return next((entry.who for entry in entries if entry.what.startswith("plan.")), "somebody else")
