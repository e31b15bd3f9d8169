"""One appointment as an iCalendar file (RFC 5545, by the library icalendar), for a patient's own calendar.

Others may see that calendar: the file says when, where and with whom, and nothing of what is treated.
"""

from __future__ import annotations

from email.utils import parseaddr

from icalendar import Calendar, Event, vCalAddress
from pendulum import DateTime

from frontdesk import __version__
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.visit import Status

_GONE = frozenset({Status.CANCELLED, Status.ENTERED_IN_ERROR})


def uid_of(entry: Appointment | Block, database_id: str) -> str:
    """By what every calendar knows it again, whenever and for whomever it is written."""
    kind = "appointment" if isinstance(entry, Appointment) else "block"
    return f"{kind}-{entry.id}@{database_id}.frontdesk"


def appointment_ics(visit: Appointment, clinic: Clinic, *, database_id: str, at: DateTime) -> bytes:
    """The file: under the same UID whenever it is written, so that a newer one takes the older one's place.

    Its SEQUENCE is the appointment's version, which every move raises. A cancelled one takes it out of the calendar
    again (RFC 5546, CANCEL). `at` is when it is written.
    """
    gone = visit.status in _GONE
    event = Event()
    event.add("uid", uid_of(visit, database_id))
    event.add("dtstamp", at.in_timezone("UTC"))
    event.add("sequence", visit.version - 1)
    event.add("dtstart", visit.starts.in_timezone("UTC"))
    event.add("dtend", visit.ends.in_timezone("UTC"))
    event.add("summary", clinic.name)
    event.add("location", clinic.name)
    event.add("description", visit.practitioner.name)
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    mail = clinic.reminders.mail
    if mail is not None:
        organizer = vCalAddress(f"MAILTO:{parseaddr(mail.sender)[1]}")
        organizer.params["CN"] = clinic.name.replace('"', "'")
        event.add("organizer", organizer)
    calendar = Calendar()
    calendar.add("prodid", f"-//frontdesk//frontdesk {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
