"""`clinic.toml`: read strictly, with every error at once, and written.

The set-up screen hands its answers over in the same shape (`clinic_in`), so a clinic set up by hand and one set up
from a file obey the same rules.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pendulum
from phonenumbers import SUPPORTED_REGIONS

from frontdesk.domain.clinic import Closure
from frontdesk.domain.errors import Invalid, Problem, Refused
from frontdesk.domain.hours import WEEKDAYS, WeekHours, parse_span, week_hours
from frontdesk.domain.keeping import KEEP_YEARS, MOST_YEARS
from frontdesk.domain.setup import (
    ClinicSpec,
    EquipmentSpec,
    PractitionerSpec,
    RoomSpec,
    ServiceSpec,
    document,
    middle_retention,
    name_key,
)
from frontdesk.domain.threshold import LATE, LONGEST_THRESHOLD, WAITING, Threshold
from frontdesk.domain.visit import LATE_CANCEL_HOURS, MOST_LATE_CANCEL_HOURS
from frontdesk.exchange.checked import Table, kind, nearest, quoted
from frontdesk.exchange.files import read_bytes
from frontdesk.exchange.reminders_toml import recalls_in, reminders_in
from frontdesk.exchange.toml_written import block, nested
from frontdesk.text import LINE_LIMIT, visible

FILE_LIMIT = 1_000_000
"""Bytes; a clinic of a hundred rooms takes less than 20,000."""
CHAIRS_LIMIT = 100
"""Places in one room: far more than any community room has."""
COUNT_LIMIT = 100
"""Pieces of one equipment."""
MINUTES_LIMIT = 480
"""Minutes of one phase; a phase longer than a working day is a slip of the finger."""
_PLACE = re.compile(r"(?s)(.*?) ?\(at (?:line (\d+), column \d+|end of document)\)")
_SERVICE = (
    "name",
    "consultation",
    "insertion",
    "retention",
    "planned_retention",
    "removal",
    "turnover",
    "rooms",
    "equipment",
    "last_start",
)
_SECTIONS = (
    "clinic",
    "hours",
    "thresholds",
    "reminders",
    "recalls",
    "rooms",
    "equipment",
    "practitioners",
    "services",
    "closures",
)
_REGION_MEANT = {"UK": "GB", "EN": "GB"}


def read_clinic(path: Path) -> ClinicSpec:
    """The set-up in a file; raises `Refused` in one line when it can't be read, `Invalid` with all that is wrong."""
    return parse_clinic(read_bytes(path, FILE_LIMIT))


def parse_clinic(data: bytes) -> ClinicSpec:
    """The set-up in the bytes of a `clinic.toml`; raises as `read_clinic` does."""
    if len(data) > FILE_LIMIT:
        raise Refused(f"a clinic's set-up is never longer than {FILE_LIMIT // 1000} kB; this is another file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"line {line} is not UTF-8: save the file as UTF-8 and try again") from None
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise Invalid((Problem("file", "is nested too deep"),)) from None
    except ValueError as error:  # TOMLDecodeError, and int() on thousands of digits
        raise Invalid((_syntax(str(error)),)) from None
    return clinic_in(values)


def clinic_in(values: Mapping[str, Any]) -> ClinicSpec:
    """The set-up in a document of the shape of `clinic.toml`; raises `Invalid` with every problem there is."""
    problems: list[Problem] = []
    root = Table(values, "", problems)
    root.only(_SECTIONS)
    head = root.table("clinic")
    name = timezone = region = None
    slot_minutes: int | None = 5
    keep_years: int | None = KEEP_YEARS
    late_hours: int | None = LATE_CANCEL_HOURS
    if head is not None:
        head.only(("name", "timezone", "phone_region", "slot_minutes", "keep_years", "late_cancel_hours"))
        name = head.text("name")
        timezone = _timezone(head)
        region = _region(head)
        slot_minutes = head.number("slot_minutes", 1, 60, default=5)
        keep_years = head.number("keep_years", 1, MOST_YEARS, default=KEEP_YEARS)
        late_hours = head.number("late_cancel_hours", 1, MOST_LATE_CANCEL_HOURS, default=LATE_CANCEL_HOURS)
    opening = root.table("hours")
    hours = _hours(opening) if opening is not None else None
    if opening is not None and hours == WeekHours():
        root.wrong("hours", "the clinic is never open")
    waiting, late = _thresholds(root)
    reminders = reminders_in(root)
    recalls = recalls_in(root)
    rooms = _rooms(root)
    practitioners = _practitioners(root)
    equipment = _equipment(root)
    services = _services(root, rooms, equipment)
    closures = _closures(root)
    if problems:
        raise Invalid(tuple(problems))
    # Each None has left a problem, so past this point there is none.
    assert name is not None
    assert timezone is not None
    assert region is not None
    assert slot_minutes is not None
    assert keep_years is not None
    assert late_hours is not None
    assert hours is not None
    assert reminders is not None
    assert recalls is not None
    return ClinicSpec(
        name,
        timezone,
        region,
        slot_minutes,
        hours,
        rooms,
        practitioners,
        services,
        closures,
        equipment,
        waiting,
        late,
        keep_years,
        late_hours,
        reminders,
        recalls,
    )


def clinic_toml(spec: ClinicSpec) -> str:
    """The set-up as a `clinic.toml` that reads back as the same."""
    written = document(spec)
    blocks = [block(f"[{key}]", written[key]) for key in ("clinic", "hours", "thresholds")]
    if "reminders" in written:
        blocks += nested("reminders", written["reminders"])
    if "recalls" in written:
        blocks.append(block("[recalls]", written["recalls"]))
    for key in ("rooms", "equipment", "practitioners", "services", "closures"):
        blocks.extend(block(f"[[{key}]]", one) for one in written[key])
    return "\n".join(blocks)


def _syntax(message: str) -> Problem:
    match = _PLACE.fullmatch(message)
    reason = visible(match.group(1) if match else message)[:LINE_LIMIT]
    line = match and match.group(2)
    return Problem(f"line {line}" if line else "end of file" if match else "file", reason)


def _timezone(head: Table) -> str | None:
    name = head.text("timezone")
    known = pendulum.timezones()
    if name is None or name in known:
        return name
    lower = name.lower().replace(" ", "_")
    city = next((zone for zone in known if zone.lower() == lower or zone.lower().rpartition("/")[2] == lower), None)
    meant = city or nearest(name, known)
    hint = f'did you mean "{meant}"?' if meant else 'write an IANA name like "America/Toronto"'
    head.wrong("timezone", f"{quoted(name)} is no time zone; {hint}")
    return None


def _region(head: Table) -> str | None:
    region = head.text("phone_region")
    if region is None or region in SUPPORTED_REGIONS:
        return region
    upper = region.upper()
    meant = upper if upper in SUPPORTED_REGIONS else _REGION_MEANT.get(upper)
    hint = f'did you mean "{meant}"?' if meant else 'write the two letters of the country, like "CA"'
    head.wrong("phone_region", f"{quoted(region)} is no region of phone numbers; {hint}")
    return None


def _hours(table: Table) -> WeekHours | None:
    """Reads each day by itself, so that a slip on Monday does not hide one on Friday."""
    table.only(WEEKDAYS)
    before = len(table.problems)
    week: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        spans = table.values.get(day)
        if spans is None:
            continue
        if not isinstance(spans, list):
            table.wrong(day, f'must be a list like ["09:00-13:00", "14:00-18:00"], not {kind(spans)}')
            continue
        good: list[str] = []
        for span in spans:
            if not isinstance(span, str):
                table.wrong(day, f'must hold texts like "09:00-13:00", not {kind(span)}')
                continue
            try:
                good.append(str(parse_span(span)))
            except ValueError as error:
                table.wrong(day, visible(str(error))[:LINE_LIMIT])
        if len(good) == len(spans):
            try:
                week_hours({day: good})
            except ValueError as error:
                table.wrong(day, str(error).removeprefix(f"{day}: "))
        week[day] = good
    return week_hours(week) if len(table.problems) == before else None


def _thresholds(root: Table) -> tuple[Threshold, Threshold]:
    """From how many minutes on waiting and being late show, and are urgent; the usual ones where nobody says."""
    table = root.table("thresholds", required=False)
    if table is None:
        return WAITING, LATE
    table.only(("waiting", "late"))
    return _threshold(table, "waiting", WAITING), _threshold(table, "late", LATE)


def _threshold(table: Table, key: str, usual: Threshold) -> Threshold:
    if key not in table.values:
        return usual
    minutes = table.window(key, 1, LONGEST_THRESHOLD, ("notice", "urgent"))
    return usual if minutes is None else Threshold(*minutes)


def _rooms(root: Table) -> tuple[RoomSpec, ...]:
    rooms: list[RoomSpec] = []
    names = _Names()
    places = _Names()
    kinds: dict[str, str] = {}
    for table in root.tables("rooms"):
        table.only(("name", "chairs", "kind"))
        name = table.text("name")
        chairs = table.number("chairs", 1, CHAIRS_LIMIT, default=1)
        what = table.text("kind", "")
        if name is None or not names.take(table, name) or chairs is None or what is None:
            continue
        room = RoomSpec(name, chairs, kinds.setdefault(name_key(what), what))
        if all(places.take(table, place.name) for place in room.places):
            rooms.append(room)
    return tuple(rooms)


def _equipment(root: Table) -> tuple[EquipmentSpec, ...]:
    equipment: list[EquipmentSpec] = []
    names = _Names()
    for table in root.tables("equipment", required=False):
        table.only(("name", "count"))
        name = table.text("name")
        count = table.number("count", 1, COUNT_LIMIT, default=1)
        if name is not None and names.take(table, name):
            # A wrong count has left its problem; services may name it without a second one.
            equipment.append(EquipmentSpec(name, count or 1))
    return tuple(equipment)


def _practitioners(root: Table) -> tuple[PractitionerSpec, ...]:
    practitioners: list[PractitionerSpec] = []
    names = _Names()
    for table in root.tables("practitioners"):
        table.only(("name", "hours", "last_start"))
        name = table.text("name")
        own = table.table("hours", required=False)
        hours = _hours(own) if own is not None else None
        last_start = table.clock("last_start")
        if name is not None and names.take(table, name):
            practitioners.append(PractitionerSpec(name, hours, last_start))
    return tuple(practitioners)


def _services(root: Table, rooms: Sequence[RoomSpec], equipment: Sequence[EquipmentSpec]) -> tuple[ServiceSpec, ...]:
    kinds = [room.kind for room in rooms if room.kind]
    things = [one.name for one in equipment]
    services: list[ServiceSpec] = []
    names = _Names()
    lengths = ("consultation", "insertion", "removal", "turnover")
    for table in root.tables("services"):
        table.only(_SERVICE)
        name = table.text("name")
        minutes = {key: table.number(key, 0, MINUTES_LIMIT) for key in lengths}
        window = table.window("retention", 0, MINUTES_LIMIT)
        planned = table.number("planned_retention", 0, MINUTES_LIMIT, default=middle_retention(*window or (0, 0)))
        if window is None or planned is None:
            continue
        if not window[0] <= planned <= window[1]:
            table.wrong("planned_retention", f"{planned} is outside the window of {window[0]} to {window[1]}")
            continue
        suited = _known(table, "rooms", kinds, "kind of room", 'no room says its kind; write kind = "table" there')
        taken = _known(table, "equipment", things, "equipment", "none is set up; write an [[equipment]]")
        last_start = table.clock("last_start")
        known = {key: value for key, value in minutes.items() if value is not None}
        if name is None or not names.take(table, name) or len(known) < len(lengths):
            continue
        spec = ServiceSpec(
            name,
            known["consultation"],
            known["insertion"],
            window[0],
            window[1],
            planned,
            known["removal"],
            known["turnover"],
            suited,
            taken,
            last_start,
        )
        if spec.consultation + spec.insertion + window[0] + spec.removal == 0:
            table.wrong("retention", "the visit takes no time at all")
            continue
        services.append(spec)
    return tuple(services)


def _known(table: Table, key: str, known: Sequence[str], what: str, none: str) -> tuple[str, ...]:
    """The texts of a list, each spelled as where it is set up; one that is not set up is a problem."""
    spelled = {name_key(one): one for one in known}
    found: list[str] = []
    for text in table.texts(key):
        one = spelled.get(name_key(text))
        if one is not None:
            found.append(one)
            continue
        meant = nearest(text, known)
        hint = f'did you mean "{meant}"?' if meant else f"there is: {', '.join(spelled.values())}" if known else none
        table.wrong(key, f"{quoted(text)} is no {what} of this clinic; {hint}")
    return tuple(dict.fromkeys(found))


def _closures(root: Table) -> tuple[Closure, ...]:
    closures: list[Closure] = []
    for table in root.tables("closures", required=False):
        table.only(("from", "until", "reason"))
        first = table.day("from")
        last = table.day("until", default=first or date.max)
        reason = table.text("reason", "", limit=LINE_LIMIT)
        if first is None or last is None or reason is None:
            continue
        if last < first:
            table.wrong("until", f"{last} comes before {first}, the first closed day")
        else:
            closures.append(Closure(first, last, reason))
    return tuple(closures)


class _Names:
    """Names already given in one list, and where, so that the second of the same name is an error."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def take(self, table: Table, name: str) -> bool:
        """Whether the name is free; notes it, or writes the problem down."""
        first = self.seen.setdefault(name_key(name), table.where)
        if first != table.where:
            table.wrong("name", f"{quoted(name)} is also the name of {first}")
        return first == table.where
