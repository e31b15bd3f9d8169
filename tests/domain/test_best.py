"""Ranked places: the same places as in order of time, and a day filled by the first of them is full."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Closure, Room
from frontdesk.domain.packing import Occupancy, Slot, best_places, clashes, free_places
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service, plan_visit
from tests.domain.make import FOLLOW_UP, GARCIA, LIN, MONDAY, OKAFOR, ROOM_1, at, block, clinic, visit

ROOMS = tuple(Room(n, f"Room {n}") for n in range(1, 7))
USUAL = Service(1, "Follow-up", 10, 5, 20, 30, 25, 5, 5)
INITIAL = Service(2, "Initial", 20, 5, 20, 30, 25, 5, 5)
COMMUNITY = Service(3, "Community", 5, 5, 30, 60, 45, 5, 5)
ODD = (
    Service(4, "Talk", 30, 0, 0, 0, 0, 0, 5),
    Service(5, "Rest only", 0, 0, 20, 30, 25, 0, 5),
    Service(6, "No removal", 5, 5, 20, 37, 20, 0, 0),
    Service(7, "Any retention", 0, 5, 0, 12, 7, 5, 0),
)
PATIENTS = tuple(Patient(n, 1, PatientDetails(family=f"P{n}")) for n in range(1, 40))


def ranked(service: Service, *taken: Appointment, rooms: int = 2, **more: Any) -> tuple[Slot, ...]:
    return best_places(
        clinic(rooms=ROOMS[:rooms]),
        Occupancy.of(taken),
        **{
            "service": service,
            "practitioners": (LIN,),
            "rooms": ROOMS[:rooms],
            "day": MONDAY,
            "not_before": at("00:00"),
            "limit": 1000,
            **more,
        },
    )


def filled(service: Service, rooms: int) -> list[Appointment]:
    day: list[Appointment] = []
    while offers := ranked(service, *day, rooms=rooms, limit=1):
        slot = offers[0]
        who = PATIENTS[len(day)]
        day.append(visit(slot.starts, patient=who, room=slot.room, service=service, minutes=slot.retention_minutes))
    return day


@pytest.mark.parametrize(
    ("service", "rooms", "optimum"),
    [(USUAL, 1, 10), (USUAL, 2, 18), (USUAL, 3, 22), (INITIAL, 2, 12), (INITIAL, 4, 14), (COMMUNITY, 3, 24)],
)
def test_a_day_filled_by_the_first_offer_ends_within_five_in_a_hundred_of_the_optimum(
    service: Service, rooms: int, optimum: int
) -> None:
    day = filled(service, rooms)

    assert 0.95 * optimum <= len(day) <= optimum
    for one in day:
        assert not clashes(
            clinic(rooms=ROOMS[:rooms]),
            Occupancy.of(day),
            plan=one.plan,
            practitioner=LIN,
            room=one.room,
            patient_id=one.patient.id,
            ignore_appointment=one.id,
        )


WISHES = st.lists(
    st.tuples(
        st.integers(0, 110).map(lambda step: at("09:00").add(minutes=step * 5)),
        st.sampled_from((USUAL, INITIAL, COMMUNITY)),
        st.sampled_from((LIN, OKAFOR)),
        st.sampled_from(ROOMS[:3]),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(WISHES, st.sampled_from((USUAL, COMMUNITY, *ODD)), st.integers(1, 3))
def test_the_ranked_places_are_the_free_ones_in_another_order(
    wishes: list[tuple[Any, Service, Any, Room]], service: Service, rooms: int
) -> None:
    where = clinic(rooms=ROOMS[:rooms])
    day = [
        visit(starts, patient=PATIENTS[number % 3], practitioner=by, room=room, service=kind)
        for number, (starts, kind, by, room) in enumerate(wishes)
    ]
    taken = Occupancy.of(day, [block(at("11:00"), at("11:20"))])
    question: dict[str, Any] = {
        "service": service,
        "practitioners": (LIN, OKAFOR),
        "rooms": ROOMS[:rooms],
        "not_before": at("09:32"),
        "patient_id": PATIENTS[0].id,
    }

    best = best_places(where, taken, day=MONDAY, limit=1000, **question)
    free = free_places(where, taken, first_day=MONDAY, days=1, limit=1000, **question)

    def where_from(slots: tuple[Slot, ...]) -> list[tuple[Any, str]]:
        return sorted((slot.starts, slot.practitioner.name) for slot in slots)

    assert where_from(best) == where_from(free)
    assert best == best_places(where, taken, day=MONDAY, limit=1000, **question)
    assert best[:3] == best_places(where, taken, day=MONDAY, limit=3, **question)
    for slot in best:
        assert slot.retention_minutes in service.retention_choices
        assert not clashes(
            where,
            taken,
            plan=plan_visit(service, slot.starts, slot.retention_minutes),
            practitioner=slot.practitioner,
            room=slot.room,
            patient_id=PATIENTS[0].id,
        )


def test_what_costs_the_day_a_visit_comes_after_what_costs_none() -> None:
    garcia = visit(at("09:00"), patient=GARCIA, room=ROOM_1, service=USUAL)

    offers = [slot.starts for slot in ranked(USUAL, garcia, rooms=1)]

    assert offers[0] == at("09:50"), "the room is ready, nothing is lost"
    # With ten minutes lost before it the morning holds no fewer; a start in the middle of the rest of it does.
    assert offers.index(at("11:50")) > offers.index(at("12:10"))


def test_nothing_is_offered_on_a_closed_day_or_to_nobody() -> None:
    closed = clinic(closures=(Closure(MONDAY, MONDAY),))
    question: dict[str, Any] = {
        "service": FOLLOW_UP,
        "rooms": closed.rooms,
        "day": MONDAY,
        "not_before": at("00:00"),
        "limit": 5,
    }

    assert best_places(closed, Occupancy.of(()), practitioners=(LIN,), **question) == ()
    assert best_places(clinic(), Occupancy.of(()), practitioners=(), **question) == ()
    assert ranked(replace(USUAL, consultation=400)) == ()


def test_the_one_that_is_moved_is_not_in_its_own_way() -> None:
    moved = visit(at("09:00"), patient=GARCIA, service=USUAL)

    assert ranked(USUAL, moved, rooms=1, ignore_appointment=moved.id) == ranked(USUAL, rooms=1)
