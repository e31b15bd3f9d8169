"""What an event of another calendar becomes: which service, whose, in which room.

Pure rules over the event's words and the clinic's set-up; a person steers them with what they say beside the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.phases import RETENTION_STEP, Service


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


class EventWords(Struct, frozen=True):
    """What an event says, as far as it tells who and where; `people` are the names of organizer and attendees."""

    title: str
    location: str = ""
    categories: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    calendar: str = ""


class Steering(Struct, frozen=True):
    """What the person who imports said the events are, where they do not say it themselves."""

    practitioner: Practitioner | None = None
    service: Service | None = None
    rooms: tuple[Room, ...] = ()


def named_in(text: str, choices: Sequence[T]) -> T | None:
    """The one of `choices` whose whole name stands in a text as words; None when none or several do."""
    found = [one for one in choices if _stands_in(one.name, text)]
    longest = [
        one for one in found if not any(one is not other and _stands_in(one.name, other.name) for other in found)
    ]
    return longest[0] if len(longest) == 1 else None


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text.casefold()) is not None


def practitioner_of(clinic: Clinic, words: EventWords, steering: Steering) -> Practitioner | None:
    """Whose event it is: named in it, else as steered, else the calendar's, else the only practitioner there is."""
    people = clinic.active_practitioners
    for text in (words.title, *words.categories, *words.people, words.location):
        found = named_in(text, people)
        if found is not None:
            return found
    if steering.practitioner is not None:
        return steering.practitioner
    found = named_in(words.calendar, people)
    if found is not None:
        return found
    return people[0] if len(people) == 1 else None


def rooms_of(clinic: Clinic, words: EventWords, steering: Steering) -> tuple[Room, ...]:
    """The rooms it may be in: the one its location names, else as steered; empty for any."""
    for text in (words.location, words.title, *words.categories):
        found = named_in(text, clinic.open_rooms)
        if found is not None:
            return (found,)
    return steering.rooms


def service_of(clinic: Clinic, words: EventWords, steering: Steering, minutes: int) -> Service | None:
    """What was booked: named in it, else as steered, else the service whose length comes nearest."""
    for text in (words.title, *words.categories):
        found = named_in(text, clinic.active_services)
        if found is not None:
            return found
    if steering.service is not None:
        return steering.service
    services = clinic.active_services
    return min(services, key=lambda one: _distance(one, minutes), default=None)


def _distance(service: Service, minutes: int) -> int:
    """Minutes between an event's length and the nearest that the service can take."""
    shortest = service.patient_minutes(service.retention_earliest)
    longest = service.patient_minutes(service.retention_latest)
    return max(shortest - minutes, minutes - longest, 0) * 1000 + abs(service.patient_minutes() - minutes)


def retention_for(service: Service, minutes: int) -> int:
    """The retention that makes a visit as long as the event, in 5-minute steps inside the service's window."""
    wanted = service.planned_retention + minutes - service.patient_minutes()
    stepped = service.retention_earliest + (wanted - service.retention_earliest) // RETENTION_STEP * RETENTION_STEP
    return min(max(stepped, service.retention_earliest), service.retention_latest)


def without_names(clinic: Clinic, title: str) -> str:
    """A title without the names of services, practitioners and rooms in it: what is left may be the patient's name."""
    names = [
        *(service.name for service in clinic.active_services),
        *(practitioner.name for practitioner in clinic.active_practitioners),
        *(room.name for room in clinic.open_rooms),
    ]
    for name in sorted(names, key=len, reverse=True):
        title = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", title, flags=re.IGNORECASE)
    return " ".join(re.sub(r"[-–—:;|/·•@()\[\],]+(?=\s|$)|(?<=\s)[-–—:;|/·•@()\[\]]+", " ", title).split())
