"""The clinic's calendar out (RFC 5545, by the library icalendar), as `ics` reads one.

A visit bears the patient's name as its title, its room as the place, its service and its practitioner as categories: by
those another clinic knows it again. Times are the clinic's, with the zone's rules in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from pendulum import DateTime

from frontdesk import __version__
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.hours import local_day
from frontdesk.domain.visit import FHIR_APPOINTMENT, FHIR_ENCOUNTER
from frontdesk.exchange.ics_lines import PATIENT_NUMBER
from frontdesk.exchange.ics_one import uid_of
from frontdesk.text import visible

_NOTHING_TAKEN = frozenset({"cancelled", "noshow", "entered-in-error"})
"""FHIR's words for what never took place."""
_END = b"END:VCALENDAR\r\n"
_MARGIN = timedelta(days=400)
"""A zone's rules are told for so long before and after: to both its clocks, whatever lasts over the end of the days."""


def calendar_ics(
    entries: Iterable[Appointment | Block],
    *,
    first: date,
    last: date,
    timezone: str,
    database_id: str,
    at: DateTime,
) -> Iterator[bytes]:
    """The file in parts. Each entry has the same UID whenever it is written. `at` is when it is.

    `first` and `last` are the days that the entries are of, in the clinic's zone `timezone`.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//frontdesk//frontdesk {__version__}//EN")
    calendar.add("version", "2.0")
    rules = Timezone.from_tzid(timezone, first_date=first - _MARGIN, last_date=last + _MARGIN)
    calendar.add_component(rules)
    yield calendar.to_ical().removesuffix(_END)
    zone = ZoneInfo(timezone)
    for entry in entries:
        event = Event()
        event.add("uid", uid_of(entry, database_id))
        event.add("dtstamp", at.in_timezone("UTC"))
        event.add("sequence", entry.version - 1)
        event.add("class", "PRIVATE")
        if isinstance(entry, Appointment):
            _add_visit(event, entry, zone)
            event.add(PATIENT_NUMBER, f"{entry.patient.id}@{database_id}")
        else:
            _add_block(event, entry, zone)
        yield event.to_ical()
    yield _END


def _add_visit(event: Event, visit: Appointment, zone: ZoneInfo) -> None:
    details = visit.patient.details
    status = FHIR_APPOINTMENT[visit.status]
    _add_words(event, " ".join(filter(None, (details.given, details.family))), visit.room.name if visit.room else "")
    event.add("categories", [visible(visit.service.name), visible(visit.practitioner.name)])
    event.add("dtstart", _moment(visit.starts, zone))
    event.add("dtend", _moment(visit.ends, zone))
    event.add("status", "CANCELLED" if status in _NOTHING_TAKEN else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if status in _NOTHING_TAKEN else "OPAQUE")
    # RFC 5545 has three statuses: what became of the visit is told beside, as HL7 FHIR R4 calls it.
    event.add("x-fhir-appointment-status", status)
    if visit.status in FHIR_ENCOUNTER:
        event.add("x-fhir-encounter-status", FHIR_ENCOUNTER[visit.status])


def _add_block(event: Event, block: Block, zone: ZoneInfo) -> None:
    _add_words(event, block.title, block.room.name if block.room else "")
    if block.practitioner:
        event.add("categories", [visible(block.practitioner.name)])
    days = _days(block, zone) if block.all_day else None
    starts, ends = days or (_moment(block.starts, zone), _moment(block.ends, zone))
    event.add("dtstart", starts)
    if block.ends > block.starts:
        event.add("dtend", ends)
    event.add("status", "CANCELLED" if block.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if block.blocks else "TRANSPARENT")


def _add_words(event: Event, title: str, place: str) -> None:
    event.add("summary", visible(title))
    if place:
        event.add("location", visible(place))


def _days(block: Block, zone: ZoneInfo) -> tuple[date, date] | None:
    """The whole days it is of, the last not counted; None where it does not run from midnight to midnight."""
    ends = tuple(moment.in_timezone(zone.key) for moment in (block.starts, block.ends))
    if any((one.hour, one.minute, one.second) != (0, 0, 0) for one in ends):
        return None
    return local_day(block.starts, zone.key), local_day(block.ends, zone.key)


def _moment(instant: DateTime, zone: ZoneInfo) -> datetime:
    """The clinic's local time; in the hour that its clocks show twice UTC, as a local time is the first one there."""
    local = datetime.fromtimestamp(instant.timestamp(), zone)
    return instant.in_timezone("UTC") if local.fold else local
