"""Small calendars, written as their files would be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from frontdesk.exchange.ics import CalendarFile, Occurrence, read_calendar

if TYPE_CHECKING:
    from collections.abc import Callable

BERLIN = """BEGIN:VTIMEZONE
TZID:Clinic Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def event(*lines: str, uid: str | None = "one") -> str:
    """A VEVENT of these lines."""
    first = [f"UID:{uid}"] if uid is not None else []
    return "\n".join(["BEGIN:VEVENT", *first, *lines, "END:VEVENT", ""])


def calendar(*parts: str) -> bytes:
    """A VCALENDAR around these parts."""
    return ("BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(parts) + "END:VCALENDAR\n").encode()


def read(
    data: bytes,
    first: str = "2026-01-01",
    until: str = "2026-12-31",
    *,
    zone: str = "Europe/Berlin",
    progress: Callable[[int, int], None] | None = None,
) -> CalendarFile:
    """The file read for a clinic in Berlin, over the year 2026 unless said otherwise."""
    return read_calendar(
        data,
        first_day=date.fromisoformat(first),
        until_day=date.fromisoformat(until),
        timezone=zone,
        progress=progress,
    )


def only(data: bytes, *, zone: str = "Europe/Berlin") -> Occurrence:
    """The one visit of a file in which nothing was refused."""
    found = read(data, zone=zone)
    assert found.rejected == ()
    (occurrence,) = found.occurrences
    return occurrence


def starts(found: CalendarFile) -> list[str]:
    """Days of all-day visits and UTC starts of the others, in order."""
    return [
        o.first_day.isoformat() if o.first_day is not None else o.starts.strftime("%Y-%m-%dT%H:%MZ")
        for o in found.occurrences
    ]
