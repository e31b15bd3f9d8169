"""What the booking form begins with."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.patient import Patient


class Wish(Struct, frozen=True):
    """What the form begins with: where the cursor stood. `patient` None is asked for first, `practitioner` anybody."""

    clinic: Clinic
    day: date
    today: date
    starts: DateTime
    service: str
    practitioner: str | None
    room: str | None = None
    patient: Patient | None = None
    typed: str = ""
    """Of a patient who is not certain yet: by what they are looked up."""
    is_service_said: bool = False
    """Whether a person named the service, and not what is booked most."""
