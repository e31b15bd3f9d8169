"""A search over months reads claims alone; it must find what a search among the whole visits finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.claims import occupancy_over, taken_over
from frontdesk.desk.context import clinic_of
from frontdesk.desk.open import Desk
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, local_day, local_instant
from frontdesk.domain.packing import Slot, best_places, free_places
from frontdesk.domain.patient import Patient
from frontdesk.domain.setup import EquipmentSpec, spec_of
from frontdesk.store import appointments, block_writes
from tests.desk.conftest import local

STEPS = ("arrive", "room", "begin", "needles", "out", "ready", "checkout", "left", "cancel", "no_show", "confirm")


def needy(desk: Desk) -> None:
    """A kind of room, equipment of which there are two and a last start, so that all of it is in the search."""
    spec = spec_of(desk.clinic.get())
    initial, follow_up = spec.services
    follow_up = replace(follow_up, rooms=("bed",), equipment=("Lamp",), last_start=17 * 60)
    rooms = tuple(replace(one, kind="bed" if one.chairs > 1 else "table") for one in spec.rooms)
    desk.clinic.setup(replace(spec, rooms=rooms, services=(initial, follow_up), equipment=(EquipmentSpec("Lamp", 2),)))


def both(desk: Desk, patient_id: int | None) -> list[tuple[tuple[Slot, ...], tuple[Slot, ...]]]:
    """What is found among whole visits and among claims, for each service, in order of time and ranked."""
    now = desk.clock.now()
    with desk.context.store.read() as connection:
        clinic = clinic_of(connection)
        first = local_day(now, clinic.timezone)
        starts = local_instant(first, 0, clinic.timezone)
        span = Span(starts, starts.add(days=5))
        whole, lean = occupancy_over(connection, span, now), taken_over(connection, clinic, span, now, patient_id)
    found = []
    for service in clinic.active_services:
        question: dict[str, Any] = {
            "service": service,
            "practitioners": clinic.active_practitioners,
            "rooms": clinic.open_rooms,
            "not_before": now,
            "patient_id": patient_id,
            "limit": 10_000,
        }
        found.append(
            (
                free_places(clinic, whole, first_day=first, days=4, **question),
                free_places(clinic, lean, first_day=first, days=4, **question),
            )
        )
        found.append(
            (best_places(clinic, whole, day=first, **question), best_places(clinic, lean, day=first, **question))
        )
    return found


def step(desk: Desk, draw: random.Random, visit_id: int) -> None:
    """One thing that may happen to a visit; what may not follow is refused, as at any desk."""
    act: dict[str, Callable[[], object]] = {
        "arrive": lambda: desk.visits.arrive(visit_id),
        "room": lambda: desk.visits.room(visit_id),
        "begin": lambda: desk.visits.begin(visit_id),
        "needles": lambda: desk.needles.put_in(visit_id, 8),
        "out": lambda: desk.needles.take_out(visit_id, 8),
        "ready": lambda: desk.visits.ready(visit_id),
        "checkout": lambda: desk.visits.checkout(visit_id),
        "left": lambda: desk.visits.left(visit_id, ""),
        "cancel": lambda: desk.visits.cancel(visit_id, ""),
        "no_show": lambda: desk.visits.no_show(visit_id),
        "confirm": lambda: desk.visits.confirm(visit_id),
    }
    with suppress(Refused):
        act[draw.choice(STEPS)]()


@pytest.mark.parametrize("seed", range(2))
def test_a_search_among_claims_finds_what_one_among_whole_visits_does(
    desk: Desk, patient: Callable[[str], Patient], clock: ManualClock, seed: int
) -> None:
    draw = random.Random(seed)
    needy(desk)
    people = [patient(f"P{number}, A") for number in range(30)]
    clock.instant = local("2026-11-23 08:30")
    booked: list[int] = []
    for _ in range(50):
        wish = Request(
            draw.choice(people).id,
            draw.choice(("Initial", "Follow-up")),
            draw.choice(("Dr Lin", "Dr Okafor")),
            local("2026-11-23 09:00").add(days=draw.randrange(3), minutes=5 * draw.randrange(100)),
            squeeze=draw.random() < 0.2,
        )
        with suppress(Refused):
            booked.append(desk.booking.book(wish).appointment.id)
    with desk.context.store.write(who="Ana", at=clock.now()) as writing:
        off = local("2026-11-24 10:00")
        block_writes.insert(writing.connection, title="Course", starts=off, ends=off.add(hours=2), practitioner_id=1)
        block_writes.insert(writing.connection, title="Paint", starts=off, ends=off.add(hours=3), room_id=2)
        writing.log("test", "blocks")
    with desk.context.store.read() as connection:
        today = [one.id for one in appointments.between(connection, Span(clock.now(), clock.now().add(hours=12)))]
    for hour in range(1, 6):
        clock.instant = local("2026-11-23 08:30") + timedelta(minutes=100 * hour, seconds=draw.randrange(60))
        for visit_id in draw.sample(today, min(len(today), 8)):
            for _ in range(draw.randrange(5)):
                step(desk, draw, visit_id)
        for whole, lean in both(desk, draw.choice((None, *(one.id for one in people)))):
            assert lean == whole
    assert len(booked) > 20
    assert any(whole for whole, _ in both(desk, None))


def test_slots_come_in_parts_as_if_they_came_at_once(desk: Desk, patient: Callable[[str], Patient]) -> None:
    who = patient("Garcia, Maria")
    for week in range(5):
        at = local("2026-11-23 10:00").add(weeks=week)
        desk.booking.book(Request(who.id, "Follow-up", "Dr Lin", at))

    found = desk.booking.slots("Follow-up", "Dr Lin", days=60, limit=10_000, patient_id=who.id)

    with desk.context.store.read() as connection:
        clinic = clinic_of(connection)
        span = Span(local("2026-11-23 00:00"), local("2026-11-23 00:00").add(days=62))
        assert found == free_places(
            clinic,
            occupancy_over(connection, span, desk.clock.now()),
            service=clinic.active_services[1],
            practitioners=clinic.active_practitioners[:1],
            rooms=clinic.open_rooms,
            first_day=local_day(desk.clock.now(), clinic.timezone),
            days=60,
            not_before=desk.clock.now(),
            limit=10_000,
            patient_id=who.id,
        )
    days = [local_day(slot.starts, clinic.timezone) for slot in desk.booking.slots("Follow-up", days=60, limit=5_000)]
    assert days == sorted(days)
    assert len(set(days)) > 30
    few = desk.booking.slots("Follow-up", days=60, limit=7, best=True)
    assert few == desk.booking.slots("Follow-up", days=1, limit=7, best=True)
