"""What a new set-up changes of the clinic there is.

Pure: the diff decides by names and by what is in use, the store only writes what it says. What has appointments is
retired, never deleted, because the past must stay readable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from frontdesk.domain.clinic import Clinic, Closure, Equipment, Practitioner, Room
from frontdesk.domain.hours import Span, WeekHours
from frontdesk.domain.phases import Service
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.reminder_text import ReminderSettings
from frontdesk.domain.setup import ClinicSpec, ServiceSpec, name_key
from frontdesk.domain.threshold import Threshold

T = TypeVar("T", Room, Equipment, Practitioner, Service)


class InUse(Struct, frozen=True):
    """What appointments and blocks point at: ids, each with how many coming appointments still name it."""

    rooms: Mapping[int, int] = field(default_factory=dict)
    practitioners: Mapping[int, int] = field(default_factory=dict)
    services: Mapping[int, int] = field(default_factory=dict)


class Kept(Struct, Generic[T], frozen=True):
    """One kind of thing after the set-up: `values` in their order (id 0: to be made), and the ids to delete."""

    values: tuple[T, ...]
    deleted: tuple[int, ...] = ()


class SetupResult(Struct, frozen=True):
    """What a set-up did, in words like `room Community 1`, and what someone should look at after it."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()
    """Booked visits that fitted before and do not any more, each with the reason; they stay where they are."""

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return any((self.created, self.updated, self.restored, self.retired, self.removed))


class SetupChanges(Struct, frozen=True):
    """The clinic as it shall be: for the store to write, and `result` to tell."""

    rooms: Kept[Room]
    practitioners: Kept[Practitioner]
    services: Kept[Service]
    equipment: Kept[Equipment]
    """What is to be made has its id already, since services name it."""
    result: SetupResult


def same_local_times(before: str, after: str, span: Span | None) -> bool:
    """Whether two zones show the same time on the wall all through `span` (None: nothing is planned).

    Sampled every half hour: no zone has changed its clocks and changed them back within one.
    """
    if span is None or before == after:
        return True
    one, other = ZoneInfo(before), ZoneInfo(after)
    at, ends = (datetime.fromtimestamp(end.timestamp(), ZoneInfo("UTC")) for end in (span.starts, span.ends))
    while at <= ends:
        if at.astimezone(one).utcoffset() != at.astimezone(other).utcoffset():
            return False
        at += timedelta(minutes=30)
    return True


def plan_setup(clinic: Clinic | None, spec: ClinicSpec, used: InUse, today: date) -> SetupChanges:
    """What has to change so that `clinic` (None: there is none yet) becomes what `spec` says.

    Things are known by name. A service whose lengths or equipment change while it has appointments stays for these,
    under a name that says until when, because what they take is computed from it; new bookings get the new one.
    """
    words = _Words()
    rooms = _merge(
        "room",
        clinic.rooms if clinic else (),
        [place for room in spec.rooms for place in room.places],
        used.rooms,
        words,
    )
    equipment = _equipment(clinic, spec, used, words)
    staff = clinic.practitioners if clinic else ()
    off_at = {name_key(one.name): one.off_at for one in staff}
    practitioners = _merge(
        "practitioner",
        staff,
        [
            Practitioner(0, one.name, one.hours, last_start=one.last_start, off_at=off_at.get(name_key(one.name)))
            for one in spec.practitioners
        ],
        used.practitioners,
        words,
    )
    services = _merge(
        "service",
        clinic.services if clinic else (),
        [_service(one, equipment.values) for one in spec.services],
        used.services,
        words,
        successor=lambda old, new: _takes(old) != _takes(new),
        until=today,
    )
    _compare_head(clinic, spec, words)
    return SetupChanges(rooms, practitioners, services, equipment, words.result())


class _Words(Struct):
    """Collects what is said about each thing while the diff runs."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def result(self) -> SetupResult:
        return SetupResult(
            tuple(self.created),
            tuple(self.updated),
            tuple(self.restored),
            tuple(self.retired),
            tuple(self.removed),
            tuple(self.unchanged),
            tuple(self.notes),
        )


def _equipment(clinic: Clinic | None, spec: ClinicSpec, used: InUse, words: _Words) -> Kept[Equipment]:
    """What there is a count of; needed while a service that takes it has appointments."""
    current = clinic.equipment if clinic else ()
    needed: dict[int, int] = {}
    for service in clinic.services if clinic else ():
        if service.id in used.services:
            for one in service.equipment:
                needed[one] = needed.get(one, 0) + used.services[service.id]
    wanted = [Equipment(0, one.name, one.count) for one in spec.equipment]
    kept = _merge("equipment", current, wanted, needed, words)
    next_id = max((one.id for one in current), default=0) + 1
    values: list[Equipment] = []
    for value in kept.values:
        if not value.id:
            value, next_id = replace(value, id=next_id), next_id + 1
        values.append(value)
    return Kept(tuple(values), kept.deleted)


def _merge(
    kind: str,
    current: Sequence[T],
    wanted: Sequence[T],
    used: Mapping[int, int],
    words: _Words,
    *,
    successor: Callable[[T, T], bool] = lambda _old, _new: False,
    until: date | None = None,
) -> Kept[T]:
    """Matches what is there with what is wanted by name; `successor`: a used one may not be changed in place."""
    by_key = {name_key(one.name): one for one in current}
    taken = set(by_key)
    values: list[T] = []
    left_behind: list[T] = []
    for new in wanted:
        old = by_key.pop(name_key(new.name), None)
        if old is None:
            words.created.append(f"{kind} {new.name}")
            values.append(new)
        elif old.id in used and successor(old, new):
            name = _until_name(old.name, until, taken)
            taken.add(name_key(name))
            left_behind.append(replace(old, name=name, retired=True))
            values.append(new)
            words.updated.append(f"{kind} {new.name}")
            words.retired.append(f"{kind} {name}")
            if used[old.id]:
                words.notes.append(f"{_coming(used[old.id])} as booked, with what it took before, as {name}")
        else:
            kept = replace(new, id=old.id)
            values.append(kept)
            said = words.restored if old.retired else words.unchanged if kept == old else words.updated
            said.append(f"{kind} {new.name}")
    deleted: list[int] = []
    for old in by_key.values():
        if old.id not in used:
            deleted.append(old.id)
            words.removed.append(f"{kind} {old.name}")
            continue
        left_behind.append(replace(old, retired=True))
        if not old.retired:
            words.retired.append(f"{kind} {old.name}")
            if used[old.id]:
                advice = "" if kind in ("service", "equipment") else ": move them"
                words.notes.append(f"{_coming(used[old.id])} with {kind} {old.name}, which is retired{advice}")
    if _out_of_order(current, values):
        words.updated.append(f"the order of the {kind if kind == 'equipment' else f'{kind}s'}")
    return Kept(tuple(values + left_behind), tuple(deleted))


def _until_name(name: str, until: date | None, taken: Iterable[str]) -> str:
    """`Follow-up (until 2026-11-23)`, with a number where that is taken already."""
    plain = f"{name} (until {until})"
    number = 1
    candidate = plain
    while name_key(candidate) in taken:
        number += 1
        candidate = f"{plain[:-1]}, {number})"
    return candidate


def _coming(count: int) -> str:
    return "1 coming appointment stays" if count == 1 else f"{count} coming appointments stay"


def _out_of_order(current: Sequence[T], values: Sequence[T]) -> bool:
    """Whether those that stay in use stand in another order than before."""
    before = [one.id for one in current if not one.retired]
    after = [one.id for one in values if one.id in before]
    return after != [one for one in before if one in after]


def _compare_head(clinic: Clinic | None, spec: ClinicSpec, words: _Words) -> None:
    name = f"clinic {spec.name}"
    if clinic is None:
        words.created.insert(0, name)
    elif _head(clinic) != _head(spec):
        words.updated.insert(0, name)
    else:
        words.unchanged.insert(0, name)
    before = clinic.closures if clinic else ()
    words.created.extend(_closure_words(one) for one in spec.closures if one not in before)
    words.removed.extend(_closure_words(one) for one in before if one not in spec.closures)
    words.unchanged.extend(_closure_words(one) for one in spec.closures if one in before)


def _head(
    one: Clinic | ClinicSpec,
) -> tuple[str, str, str, int, WeekHours, Threshold, Threshold, int, int, ReminderSettings, RecallRules]:
    return (
        one.name,
        one.timezone,
        one.phone_region,
        one.slot_minutes,
        one.hours,
        one.waiting,
        one.late,
        one.keep_years,
        one.late_cancel_hours,
        one.reminders,
        one.recalls,
    )


def _closure_words(closure: Closure) -> str:
    return f"closure {closure.first_day} to {closure.last_day}"


def _takes(service: Service) -> tuple[int, int, int, int, frozenset[int]]:
    """What a planned visit takes by its service; its retention is its own, so the window may change freely."""
    lengths = (service.consultation, service.insertion, service.removal, service.turnover)
    return (*lengths, frozenset(service.equipment))


def _service(spec: ServiceSpec, equipment: Iterable[Equipment]) -> Service:
    ids = {name_key(one.name): one.id for one in equipment if not one.retired}
    return Service(
        0,
        spec.name,
        spec.consultation,
        spec.insertion,
        spec.retention_earliest,
        spec.retention_latest,
        spec.planned_retention,
        spec.removal,
        spec.turnover,
        room_kinds=spec.rooms,
        equipment=tuple(ids[name_key(name)] for name in spec.equipment),
        last_start=spec.last_start,
    )
