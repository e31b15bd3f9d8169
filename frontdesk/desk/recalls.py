"""Recalls: who is to be asked again, and what came of asking; each method is one transaction."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.words import taken_down
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.domain.standing import Standing, State, next_try, standing
from frontdesk.domain.time_text import weekday_date_text
from frontdesk.store import patients, plans, recall_writes, recalls
from frontdesk.store.engine import Writing
from frontdesk.store.recall_facts import facts_of
from frontdesk.store.subjects import subject_of_patient

_USUAL = timedelta(days=7)
"""When to ask again where no plan says when they would come."""


class ContactDone(Struct, frozen=True):
    """The contact as it was written down, and what was done in one line."""

    contact: Contact
    words: str


class Recalls:
    """What is written down of asking patients to come again."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def contacts(self, patient_id: int) -> tuple[Contact, ...]:
        """Everything that came of asking a patient, the latest first."""
        with self._context.store.glance() as connection:
            return recalls.of_patient(connection, patient_id)

    def not_now(self, patient_id: int, reason: str) -> ContactDone:
        """At the check-out nothing is booked, and why; asked again on the day their plan would have them come.

        Raises `Refused` without a reason.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            zone = clinic_of(connection).timezone
            patient = patients.get(connection, patient_id)
            words, today = taken_down("the reason", reason), local_day(writing.at, zone)
            if not words:
                raise Refused("say why nothing is booked now")
            far = plans.progress_by_patient(connection, zone, writing.at, (patient_id,)).get(patient_id)
            day = far.expected_on if far is not None and far.expected_on > today else today + _USUAL
            contact = Contact(
                0,
                patient_id,
                writing.at,
                writing.who,
                RecallReason.PLAN if far is not None else RecallReason.LAPSED,
                ContactResult.NOT_NOW,
                words,
                day,
            )
            contact = replace(contact, id=recall_writes.insert(connection, contact))
            writing.log(
                "recall.not-now",
                subject_of_patient(patient_id),
                after={"contact": contact.id, "reason": words, "next_on": day.isoformat()},
            )
            return ContactDone(
                contact, f"{patient.name}: not now ({words}); to be asked again on {weekday_date_text(day)}"
            )

    def no_answer(self, patient_id: int) -> ContactDone:
        """Nobody answered: tried again tomorrow, then after three days, then a week.

        Raises `Refused` for somebody who is not on the list.
        """
        with self._context.writing() as writing:
            now = self._listed(writing, patient_id)
            again = next_try(now.tries + 1, local_day(writing.at, now.facts.timezone))
            times = f" ×{now.tries + 1}" if now.tries else ""
            said = f"no answer{times}, again on {weekday_date_text(again)}"
            return self._told(writing, now, ContactResult.NO_ANSWER, said, next_on=again)

    def wait(self, patient_id: int, until: date, words: str = "") -> ContactDone:
        """They want to be asked again on a day, whether or not they are on the list: on that day they are.

        Raises `Refused` for a day that is not to come, and for somebody who is booked or comes no more.
        """
        with self._context.writing() as writing:
            now = self._standing(writing, patient_id)
            if now.state is State.BOOKED or now.facts.gone:
                raise Refused(self._not_listed(writing, now))
            if until <= local_day(writing.at, now.facts.timezone):
                raise Refused("they are to be asked again on a later day than today: give that")
            said = f"asked again on {weekday_date_text(until)}"
            return self._told(
                writing, now, ContactResult.WAIT, said, words=taken_down("the note", words), next_on=until
            )

    def stop(self, patient_id: int, reason: str) -> ContactDone:
        """They do not come any more, or do not want to be called: off the list until they come or plan again.

        Raises `Refused` without a reason, for somebody who is not on the list, and while needles that were kept are not
        known to be out.
        """
        with self._context.writing() as writing:
            words = taken_down("the reason", reason)
            if not words:
                raise Refused("say why they stop")
            now = self._listed(writing, patient_id)
            if RecallReason.NEEDLES in now.reasons:
                name = patients.get(writing.connection, patient_id).name
                raise Refused(f"{name} has needles in that are to come out: note that first (visit kept-out)")
            return self._told(writing, now, ContactResult.STOP, f"called no more ({words})", words=words)

    def booked(self, patient_id: int) -> ContactDone:
        """The call ended with a booking, which was made before."""
        with self._context.writing() as writing:
            now = self._standing(writing, patient_id)
            return self._told(writing, now, ContactResult.BOOKED, "booked when called")

    def _listed(self, writing: Writing, patient_id: int) -> Standing:
        """Where somebody stands who is on the list; raises `Refused` for others, saying why they are not."""
        now = self._standing(writing, patient_id)
        if now.state is not State.LISTED:
            raise Refused(self._not_listed(writing, now))
        return now

    def _not_listed(self, writing: Writing, now: Standing) -> str:
        name = patients.get(writing.connection, now.patient_id).name
        return f"{name} is not on the list of whom to call: {now.words}"

    def _standing(self, writing: Writing, patient_id: int) -> Standing:
        clinic = clinic_of(writing.connection)
        patients.get(writing.connection, patient_id)
        found = facts_of(writing.connection, clinic.timezone, writing.at, clinic.recalls, (patient_id,))
        return standing(found[patient_id], local_day(writing.at, clinic.timezone), clinic.recalls)

    def _told(
        self,
        writing: Writing,
        now: Standing,
        result: ContactResult,
        said: str,
        *,
        words: str = "",
        next_on: date | None = None,
    ) -> ContactDone:
        key = now.patient_id
        contact = Contact(0, key, writing.at, writing.who, now.about, result, words, next_on)
        contact = replace(contact, id=recall_writes.insert(writing.connection, contact))
        after: dict[str, object] = {"contact": contact.id, "about": now.about.value}
        after |= {"reason": words} if words else {}
        after |= {"next_on": next_on.isoformat()} if next_on else {}
        writing.log(f"recall.{result.value.replace('_', '-')}", subject_of_patient(key), after=after)
        return ContactDone(contact, f"{patients.get(writing.connection, key).name}: {said}")

    def take_back(self, contact_id: int) -> str:
        """Takes a contact back that should not have been written; the log keeps what it said."""
        with self._context.writing() as writing:
            contact = recalls.get(writing.connection, contact_id)
            if contact is None:
                raise NotFound("that was taken back already")
            forget(writing, contact)
            name = patients.get(writing.connection, contact.patient_id).name
            return f"{name}: what was written down of asking them is taken back"


def forget(writing: Writing, contact: Contact) -> None:
    """Takes a contact back as part of a step; the log keeps what it said."""
    recall_writes.delete(writing.connection, contact.id)
    writing.log(
        "recall.undo",
        subject_of_patient(contact.patient_id),
        before={"contact": contact.id, "result": contact.result.value, "reason": contact.words},
    )
