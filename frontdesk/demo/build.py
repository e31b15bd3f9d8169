"""Makes the demo clinic's database: its weeks written in bulk, its day lived through the desk's own use cases."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pendulum
from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.clock import Clock, ManualClock, SystemClock
from frontdesk.demo.breaks import Break, breaks
from frontdesk.demo.calls import Call, call_for_tomorrow, calls_about_coming, make_call
from frontdesk.demo.clinic import ROOM_NAMES, SERVICES, ZONE, demo_clinic, opening_minute
from frontdesk.demo.dropouts import lose_touch
from frontdesk.demo.files import first_days, make_files, make_intakes, make_scores, with_languages
from frontdesk.demo.people import CAST, make_people
from frontdesk.demo.plans import make_new_plans, make_plans
from frontdesk.demo.prepaid import sell_packages
from frontdesk.demo.scenes import BUSY, QUIET, Morning, Scene
from frontdesk.demo.today import rest_of_today
from frontdesk.demo.waiting import put_on_the_list
from frontdesk.demo.weeks import Regulars, weeks_around
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.board import raised_in
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.patient import Patient
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.visit import Status
from frontdesk.store import block_writes, bulk, clock, file_writes, patient_writes, patients, plan_writes
from frontdesk.store.engine import Store, Writing
from frontdesk.text import visible

RECEPTIONIST = "Ana"
"""Who has been at the demo's desk so far."""
FEWEST_PATIENTS = 100
"""Fewer could not fill the day."""
_MOST_TODAY = 60
"""Of those who may come today how many do, at most."""
_FOUNDED = 60
"""Days before the demo's moment that its clinic was set up."""


class DemoSize(Struct, frozen=True):
    """How much was made up."""

    patients: int
    visits: int


class _InOneGo(Context):
    """A desk whose use cases all write in one transaction: a day's steps in a fraction of the time."""

    def __init__(self, store: Store, clock: Clock, actor: str, outer: Writing) -> None:
        super().__init__(store, clock, actor)
        self._outer = outer

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        yield Writing(self._outer.connection, self.clock.now(), self.actor)


def demo_moment(text: str | None = None) -> DateTime:
    """The instant a demo begins at: `2026-11-23 10:40`, `10:40`, or 10:40 on this or the next working day.

    Local to the demo clinic; raises `Refused` for what is no time, or too near midnight for a day around it.
    """
    today = SystemClock().now().in_timezone(ZONE)
    if text is None:
        while today.weekday() > 4:
            today = today.add(days=1)
        return _checked(today.set(hour=10, minute=40, second=0, microsecond=0))
    match = re.fullmatch(r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2}):(\d{2})\s*", text, re.ASCII)
    try:
        if match is None:
            raise ValueError
        year, month, day, hour, minute = (int(group) if group else None for group in match.groups())
        return _checked(
            pendulum.datetime(
                year or today.year, month or today.month, day or today.day, hour or 0, minute or 0, tz=ZONE
            )
        )
    except (ValueError, OverflowError):
        raise Refused(f'"{visible(text)[:40]}" is no time; write it like "2026-11-23 10:40"') from None


def _checked(local: DateTime) -> DateTime:
    if not 1971 <= local.year <= 2199:
        raise Refused("the demo takes place between 1971 and 2199")
    at = local.in_timezone("UTC")
    opening_minute(at)
    return at


def build_demo(where: str, *, seed: int = 1, patients: int = 400, at: DateTime, quiet: bool = False) -> DemoSize:
    """Makes the demo clinic in a new database at `where`, on a clock that stands at `at` when this returns.

    The same seed, number and moment make the same clinic; a `quiet` one has an hour before it in which nothing is due.
    Raises `Refused` for a database that holds anything.
    """
    spec = demo_clinic(at)
    store = Store.open(where, now=SystemClock().now())
    try:
        founded = desk_on(Context(store, ManualClock(at.subtract(days=_FOUNDED)), RECEPTIONIST))
        _must_be_new(store, founded)
        founded.clinic.setup(spec)
        with store.write(who=RECEPTIONIST, at=at) as writing:
            morning = QUIET if quiet else BUSY
            size = _fill(store, writing, morning, seed, max(patients, FEWEST_PATIENTS), at)
            clock.set_offset(writing.connection, round((at - SystemClock().now()).total_seconds() * 1000))
        present = desk_on(Context(store, ManualClock(at), RECEPTIONIST))
        call_for_tomorrow(present)
        present.alarms.noticed(raised_in(present.days.rooms()))
        return size
    finally:
        store.close()


def _must_be_new(store: Store, desk: Desk) -> None:
    with store.read() as connection:
        used = patients.count(connection) > 0
    if used or desk.clinic.load() is not None:
        raise Refused(f"{store.shown} holds a clinic already: name a new one for the demo")


def _fill(store: Store, writing: Writing, morning: Morning, seed: int, count: int, at: DateTime) -> DemoSize:
    connection = writing.connection
    clinic = clinic_of(connection)
    today, opening = local_day(at, ZONE), opening_minute(at)
    founded = at.subtract(days=_FOUNDED)
    details = make_people(Random(f"people {seed}"), count, today)
    ids = patient_writes.insert_many(connection, details, founded)
    people = [Patient(key, 1, one) for key, one in zip(ids, details, strict=True)]
    pauses = breaks(today)
    _write_breaks(writing, clinic, pauses, opening)
    regulars = Regulars(Random(f"regulars {seed}"), count, morning.newcomers)
    in_turn = list(regulars.today(today, range(len(CAST))))
    past = weeks_around(Random(f"weeks {seed}"), regulars, people, clinic, today=today, opening=opening, breaks=pauses)
    past = lose_touch(past, at, {*ids[: len(CAST)], *(ids[number] for number in in_turn[:_MOST_TODAY])})
    numbers = bulk.insert_visits(connection, past, founded)
    in_order = sorted(zip(numbers, past, strict=True), key=lambda pair: (pair[1].starts, pair[0]))
    practitioners = [one.name for one in clinic.practitioners]
    known = make_files(Random(f"files {seed}"), ids, today)
    file_writes.put_files(connection, with_languages(Random(f"languages {seed}"), known, today))
    first = first_days(in_order, ZONE)
    cast = ids[: len(CAST)]
    intakes = make_intakes(Random(f"intakes {seed}"), first, practitioners, cast=cast)
    file_writes.insert_many(connection, intakes, make_scores(Random(f"scores {seed}"), in_order, cast=cast))
    made = make_plans(Random(f"plans {seed}"), [one for _, one in in_order], intakes, clinic, cast=cast)
    new = [ids[number] for number, part in enumerate(CAST) if part in morning.beginning and number < count]
    have = {plan.patient_id for plan in made}
    complaints = sorted({one.details.complaint for one in intakes})
    made += make_new_plans(
        Random(f"new plans {seed}"), [one for one in new if one not in have], complaints, clinic, today
    )
    plan_writes.insert_many(connection, made)
    sell_packages(connection, Random(f"packages {seed}"), in_order, made, RECEPTIONIST, today, prepaid=new)
    seen = {one.patient.id: one.facts.ended_at for one in past if one.status is Status.CHECKED_OUT}
    for patient_id, ended in seen.items():
        patient_writes.mark_seen(connection, patient_id, ended)
    coming = [replace(visit, id=key) for key, visit in in_order if visit.starts > at]
    booked = {one.patient.id for one in coming}
    others = [key for key in ids if key not in booked][-3:]
    put_on_the_list(Random(f"waiting {seed}"), connection, clinic, at, coming, others, RECEPTIONIST)
    founding = Writing(connection, founded, RECEPTIONIST)
    founding.log("demo.make", "clinic", after={"seed": seed, "patients": count, "visits": len(past)})
    blocked = [(one.practitioner, one.stretch) for one in pauses if one.day == today and one.practitioner is not None]
    rest = rest_of_today(Random(f"today {seed}"), morning, iter(in_turn), 1440 - opening, blocked)
    scenes = (*morning.scenes, *rest)
    calls = calls_about_coming(connection, at, {people[scene.patient].id for scene in scenes})
    _live(store, writing, clinic, people, scenes, calls, opening, at)
    return DemoSize(count, len(past) + len(scenes))


def _write_breaks(writing: Writing, clinic: Clinic, pauses: Sequence[Break], opening: int) -> None:
    for one in pauses:
        starts, ends = (local_instant(one.day, min(1440, opening + minute), ZONE) for minute in one.stretch)
        if starts < ends:
            block_writes.insert(
                writing.connection,
                title=one.title,
                starts=starts,
                ends=ends,
                practitioner_id=None if one.practitioner is None else clinic.practitioners[one.practitioner].id,
                room_id=None if one.room is None else clinic.rooms[one.room].id,
            )


def _live(
    store: Store,
    writing: Writing,
    clinic: Clinic,
    people: Sequence[Patient],
    scenes: Sequence[Scene],
    calls: Sequence[Call],
    opening: int,
    at: DateTime,
) -> None:
    """Books every visit of today, takes every step of it, makes calls, in the order of time, as staff would have."""
    hands = ManualClock(at)
    desks = {
        name: desk_on(_InOneGo(store, hands, name, writing))
        for name in (RECEPTIONIST, *(one.name for one in clinic.practitioners))
    }
    today = local_day(at, ZONE)
    moments = [
        (step.at if step else scene.booked, number, step)
        for number, scene in enumerate(scenes)
        for step in (None, *scene.steps)
    ]
    booked: dict[int, int] = {}
    to_call = deque(calls)
    for minutes, number, step in sorted(moments, key=lambda moment: moment[0]):
        while to_call and to_call[0].at <= at + timedelta(minutes=minutes):
            hands.instant = to_call[0].at
            make_call(desks[RECEPTIONIST], to_call.popleft())
        hands.instant = at + timedelta(minutes=minutes)
        scene = scenes[number]
        if step is None:
            request = _request(clinic, people, scene, local_instant(today, opening + scene.place.start, ZONE))
            booked[number] = desks[RECEPTIONIST].booking.book(request).appointment.id
        else:
            practitioner = clinic.practitioners[scene.place.practitioner].name
            who = practitioner if step.what in _BY_PRACTITIONER else RECEPTIONIST
            _STEPS[step.what](desks[who], booked[number], at, step.options)


def _request(clinic: Clinic, people: Sequence[Patient], scene: Scene, starts: DateTime) -> Request:
    place = scene.place
    return Request(
        people[scene.patient].id,
        SERVICES[place.service].name,
        clinic.practitioners[place.practitioner].name,
        starts,
        ROOM_NAMES[place.room],
        scene.squeeze,
    )


_BY_PRACTITIONER = frozenset({"begin", "needles-in", "needles-out", "check", "extend", "timer"})


def _needles_in(desk: Desk, key: int, at: DateTime, options: Mapping[str, Any]) -> None:
    minutes = options.get("leave_in")
    leave_by = None if minutes is None else at.add(minutes=minutes).start_of("minute")
    desk.needles.put_in(key, options["count"], leave_by=leave_by)


_STEPS: dict[str, Callable[[Desk, int, DateTime, Mapping[str, Any]], object]] = {
    "confirm": lambda desk, key, _at, _options: desk.visits.confirm(key),
    "arrive": lambda desk, key, _at, _options: desk.visits.arrive(key),
    "room": lambda desk, key, _at, _options: desk.visits.room(key),
    "begin": lambda desk, key, _at, _options: desk.visits.begin(key),
    "needles-in": _needles_in,
    "timer": lambda desk, key, _at, options: desk.timers.start(key, TimerKind(options["kind"])),
    "check": lambda desk, key, _at, _options: desk.timers.check(key),
    "extend": lambda desk, key, _at, options: desk.timers.extend(key, options["minutes"]),
    "needles-out": lambda desk, key, _at, options: desk.needles.take_out(key, **options),
    "checkout": lambda desk, key, _at, _options: desk.visits.checkout(key),
    "cancel": lambda desk, key, _at, options: desk.visits.cancel(key, **options),
    "no-show": lambda desk, key, _at, _options: desk.visits.no_show(key),
    "left": lambda desk, key, _at, options: desk.visits.left(key, **options),
    "error": lambda desk, key, _at, options: desk.visits.error(key, **options),
}
