"""Recalls: who is to be asked again, and what came of asking; each method is one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.plans import progress_by_patient
from frontdesk.desk.words import taken_down
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.store import patients, recalls

_USUAL = timedelta(days=7)
"""When to ask again where no plan says when they would come."""


@dataclass(frozen=True, slots=True)
class ContactDone:
    """The contact as it was written down, and what was done in one line."""

    contact: Contact
    words: str


class Recalls:
    """What is written down of asking patients to come again."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def contacts(self, patient_id: int) -> tuple[Contact, ...]:
        """Everything that came of asking a patient, the latest first."""
        with self._context.store.read() as connection:
            return recalls.of_patient(connection, patient_id)

    def not_now(self, patient_id: int, reason: str, ask_again_on: date | None = None) -> ContactDone:
        """At the check-out nothing is booked, and why; asked again on the day their plan would have them come.

        Raises `Refused` without a reason, and for a day that has passed.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            zone = clinic_of(connection).timezone
            patient = patients.get(connection, patient_id)
            words, today = taken_down("the reason", reason), local_day(writing.at, zone)
            if not words:
                raise Refused("say why nothing is booked now")
            if ask_again_on is not None and ask_again_on < today:
                raise Refused(f"{ask_again_on:%d.%m.%Y} has passed: they are asked again today or later")
            far = progress_by_patient(connection, zone, writing.at, (patient_id,)).get(patient_id)
            by_plan = far.expected_on if far is not None and far.expected_on > today else today + _USUAL
            contact = Contact(
                0,
                patient_id,
                writing.at,
                writing.who,
                RecallReason.PLAN if far is not None else RecallReason.LAPSED,
                ContactResult.NOT_NOW,
                words,
                ask_again_on or by_plan,
            )
            contact = replace(contact, id=recalls.insert(connection, contact))
            day = contact.next_on
            writing.log(
                "recall.not-now",
                f"patient {patient_id}",
                after={"contact": contact.id, "reason": words, "next_on": day.isoformat() if day else None},
            )
            return ContactDone(contact, f"{patient.name}: not now ({words}); to be asked again on {day:%a %d.%m.%Y}")

    def take_back(self, contact_id: int) -> str:
        """Takes a contact back that should not have been written; the log keeps what it said."""
        with self._context.writing() as writing:
            contact = recalls.get(writing.connection, contact_id)
            if contact is None:
                raise NotFound("that was taken back already")
            recalls.delete(writing.connection, contact_id)
            name = patients.get(writing.connection, contact.patient_id).name
            writing.log(
                "recall.undo",
                f"patient {contact.patient_id}",
                before={"contact": contact.id, "result": contact.result.value, "reason": contact.words},
            )
            return f"{name}: what was written down of asking them is taken back"
