"""What a TZID means: the second layer under `ics`.

RFC 5545 3.2.19 has every zone defined by a VTIMEZONE in the same file. Files name IANA zones without one, Windows
zones, zones with a vendor's prefix, or nothing that exists; and one file's "Custom" is not the next one's, so nothing
is remembered between files (icalendar's own zone cache is shared by the process and is not used).
"""

from __future__ import annotations

import zoneinfo
from bisect import bisect_right
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, cast

from dateutil.rrule import rrulestr
from icalendar.prop import vRecur, vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from msgspec import Struct

from frontdesk.exchange.ics_budget import TooMuch
from frontdesk.exchange.ics_lines import property_of
from frontdesk.exchange.ics_times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateutil.rrule import rrule

    from frontdesk.exchange.ics_budget import Budget
    from frontdesk.exchange.ics_lines import Component, Property

ONSET_LIMIT = 2_000
"""Changes of offset one VTIMEZONE may have; the real ones have two a year."""
ZONE_LIMIT = 500
"""VTIMEZONEs of one file that are worked out; there are fewer zones on Earth."""
_FIRST_YEAR = 1960
_NOTHING = timedelta(0)


class _Onset(Struct, frozen=True):
    """The moment a zone's offset changes, as the wall clock showed it just before."""

    wall: datetime
    before: timedelta
    after: timedelta

    @property
    def instant(self) -> datetime:
        """Naive UTC."""
        return self.wall - self.before


class FileZone(tzinfo):
    """A zone as a VTIMEZONE defines it.

    A time the clock skips is read with the offset before the gap, a time it shows twice is the first (3.3.5), which
    is also what `fold=0` means to Python (PEP 495).
    """

    def __init__(self, name: str, onsets: list[_Onset]) -> None:
        self._name = name
        self._onsets = sorted(onsets, key=lambda onset: onset.instant)
        self._instants = [onset.instant for onset in self._onsets]
        shifts = [onset.after - onset.before for onset in self._onsets]
        self._first = [o.wall + max(_NOTHING, shift) for o, shift in zip(self._onsets, shifts, strict=True)]
        self._second = [o.wall + min(_NOTHING, shift) for o, shift in zip(self._onsets, shifts, strict=True)]

    def _offset(self, index: int) -> timedelta:
        return self._onsets[index - 1].after if index else self._onsets[0].before

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset at a wall-clock time."""
        if dt is None:
            return self._offset(0)
        thresholds = self._second if dt.fold else self._first
        return self._offset(bisect_right(thresholds, dt.replace(tzinfo=None, fold=0)))

    def fromutc(self, dt: datetime) -> datetime:
        """The wall-clock time at an instant."""
        index = bisect_right(self._instants, dt.replace(tzinfo=None))
        wall = dt + self._offset(index)
        return wall.replace(fold=1) if wall.utcoffset() != self._offset(index) else wall

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not known: a VTIMEZONE's halves are only two offsets."""
        del dt
        return None

    def tzname(self, dt: datetime | None) -> str:
        """The TZID."""
        del dt
        return self._name


class Zones:
    """The zones of one file: by name, each worked out when first asked for."""

    def __init__(self, components: Iterable[Component], *, last_year: int, budget: Budget) -> None:
        self._defined: dict[str, Component] = {}
        self._last_year = last_year
        self._budget = budget
        self._known: dict[str, tzinfo | None] = {}
        for component in components:
            for line, text in component.lines:
                found = property_of(line, text)
                if found and found.name == "TZID" and len(self._defined) < ZONE_LIMIT:
                    self._defined.setdefault(_plain(found.value), component)

    def named(self, tzid: str) -> tzinfo | None:
        """The zone a TZID parameter means, or None when nothing says.

        An IANA name is believed before the file's own VTIMEZONE of that name: those are often cut down to one year.
        A name that only looks like a place ("US-Mountain", "Eastern Time") is not guessed at.
        """
        if tzid not in self._known:
            self._known[tzid] = self._find(_plain(tzid))
        return self._known[tzid]

    def _find(self, name: str) -> tzinfo | None:
        zone = _iana(name)
        if zone is None and name in self._defined:
            zone = _file_zone(name, self._defined[name], self._last_year, self._budget)
        if zone is None and name in WINDOWS_TO_OLSON:
            zone = _iana(WINDOWS_TO_OLSON[name])
        # "/freeassociation.sourceforge.net/Europe/Berlin": the vendor's prefix, then the name everyone knows.
        rest = name
        while zone is None and "/" in rest:
            rest = rest.partition("/")[2]
            zone = _iana(rest) if "/" in rest else None
        return zone


def _plain(tzid: str) -> str:
    """A TZID without escapes, quotes, blanks and slashes around it: files write it one way here, another there."""
    return tzid.replace("\\", "").strip().strip('"').strip().strip("/")


def _iana(name: str) -> tzinfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None  # not a zone's name: the caller has other ways, and says so when none works


def _file_zone(name: str, component: Component, last_year: int, budget: Budget) -> FileZone | None:
    onsets: list[_Onset] = []
    for part in component.parts:
        if part.name not in ("STANDARD", "DAYLIGHT"):
            continue
        found = [p for line, text in part.lines if (p := property_of(line, text))]
        try:
            onsets.extend(_onsets(found, last_year, budget))
        except (TooMuch, ValueError, TypeError, ArithmeticError, LookupError):
            return None  # half a zone gives wrong hours; an unknown zone is said to be unknown
        if len(onsets) > ONSET_LIMIT:
            return None
    return FileZone(name, onsets) if onsets else None


def _onsets(properties: list[Property], last_year: int, budget: Budget) -> Iterator[_Onset]:
    """The onsets of one STANDARD or DAYLIGHT part up to the end of `last_year` (3.6.5)."""
    first = {p.name: p.value.strip() for p in reversed(properties)}
    before = vUTCOffset.from_ical(first["TZOFFSETFROM"])  # type: ignore[no-untyped-call]
    after = vUTCOffset.from_ical(first["TZOFFSETTO"])  # type: ignore[no-untyped-call]
    start = _naive(first["DTSTART"])
    walls = {start}
    for p in properties:
        if p.name == "RDATE":
            walls.update(_naive(value.partition("/")[0]) for value in p.value.split(","))
        elif p.name == "RRULE":
            walls.update(_yearly(p.value.strip(), start, before, last_year, budget))
    return (_Onset(wall, before, after) for wall in walls)


def _naive(value: str) -> datetime:
    wall = parse_time(value)
    if isinstance(wall, datetime):
        return wall.replace(tzinfo=None)
    return datetime(wall.year, wall.month, wall.day)  # noqa: DTZ001 - a wall clock's midnight


def _yearly(value: str, start: datetime, before: timedelta, last_year: int, budget: Budget) -> Iterator[datetime]:
    """The dates of a zone's rule. Only a yearly one is followed: a rule of seconds would never end.

    Exchange starts its zones in 1601; nothing before 1960 matters to an appointment book.
    """
    rule = vRecur.from_ical(value)
    if [str(part).upper() for part in rule["FREQ"]] != ["YEARLY"]:
        raise ValueError(value)
    if "UNTIL" in rule:
        until = rule["UNTIL"][0]
        if isinstance(until, datetime) and until.tzinfo is not None:
            rule["UNTIL"] = [until.astimezone(UTC).replace(tzinfo=None) + before]
    if start.year < _FIRST_YEAR and "COUNT" not in rule and rule.get("INTERVAL", [1]) == [1]:
        start = start.replace(year=_FIRST_YEAR)
    for wall in budget.bound(cast("rrule", rrulestr(rule.to_ical().decode(), dtstart=start))):
        if wall.year > last_year:
            return
        yield wall
