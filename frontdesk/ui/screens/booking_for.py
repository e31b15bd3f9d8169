"""What a booking for a patient begins with: what they had last, from the next full slot on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient

if TYPE_CHECKING:
    from frontdesk.domain.day import DaySheet
    from frontdesk.ui.dialogs.wish import Wish


def wish_for(patient: Patient, last: Appointment | None, today: DaySheet, now: DateTime) -> Wish:
    """The booking form's beginning; the clinic must have a service and a practitioner."""
    from frontdesk.ui.dialogs.wish import Wish

    clinic = today.clinic
    services = [one.name for one in clinic.active_services]
    people = [one.name for one in clinic.active_practitioners]
    service = last.service.name if last and last.service.name in services else services[0]
    person = last.practitioner.name if last and last.practitioner.name in people else people[0]
    return Wish(clinic, today.day, today.day, clinic.next_slot(now), service, person, None, patient)
