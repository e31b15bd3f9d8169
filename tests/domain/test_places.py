"""Free places against a naive oracle, and what packing promises however it is used."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Closure, Practitioner, Room
from frontdesk.domain.hours import WeekHours, local_day
from frontdesk.domain.packing import (
    Claim,
    NoFit,
    Occupancy,
    Slot,
    claims_of,
    first_fit,
    free_places,
    nearest_starts,
)
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from tests.domain.any_clinic import HOURS, PATIENTS, SERVICES, busy_day, hours_of, oracle, seen
from tests.domain.make import (
    ALWAYS,
    FOLLOW_UP,
    GARCIA,
    LIN,
    MONDAY,
    OKAFOR,
    ROOM_1,
    ROOM_2,
    ZONE,
    at,
    clinic,
    visit,
)


@settings(max_examples=25, deadline=None)
@given(busy_day(), SERVICES, HOURS, st.sampled_from((15, 20, 45)), st.integers(0, 1440))
def test_free_places_are_all_the_places_there_are_and_no_other(
    taken: tuple[list[Appointment], list[Block]], service: Service, hours: WeekHours, slot: int, first_minute: int
) -> None:
    where = clinic(hours=hours, slot_minutes=slot)
    occupancy = Occupancy.of(*taken)
    not_before = at("00:00").add(minutes=first_minute)

    found = free_places(
        where,
        occupancy,
        service=service,
        practitioners=where.practitioners,
        rooms=where.rooms,
        first_day=MONDAY,
        days=1,
        not_before=not_before,
        limit=10_000,
        patient_id=PATIENTS[0].id,
    )

    assert seen(found) == oracle(where, occupancy, service, MONDAY, 1, not_before, PATIENTS[0].id)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/London", date(2026, 3, 29)),
        ("Europe/London", date(2026, 10, 25)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("America/Sao_Paulo", date(2018, 11, 4)),
        ("America/Sao_Paulo", date(2018, 2, 17)),
    ],
)
def test_free_places_are_right_when_the_clocks_change(zone: str, day: date) -> None:
    nightly = hours_of([(0, 16), (92, 96)])
    where = clinic(hours=nightly, zone=zone, slot_minutes=20)

    found = free_places(
        where,
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioners=where.practitioners,
        rooms=where.rooms,
        first_day=day,
        days=1,
        not_before=pendulum.datetime(2000, 1, 1),
        limit=1000,
        patient_id=1,
    )

    assert seen(found) == oracle(where, Occupancy.of(()), FOLLOW_UP, day, 1, pendulum.datetime(2000, 1, 1), 1)
    assert found


def test_places_come_by_start_then_in_the_order_of_the_practitioners() -> None:
    found = free_places(
        clinic(),
        Occupancy.of((visit(at("09:00"), practitioner=OKAFOR),)),
        service=FOLLOW_UP,
        practitioners=(OKAFOR, LIN),
        rooms=(ROOM_1, ROOM_2),
        first_day=MONDAY,
        days=2,
        not_before=at("08:00"),
        limit=4,
    )

    assert seen(found) == [
        (at("09:00"), "Dr Lin", "Room 2", 25),
        (at("09:05"), "Dr Lin", "Room 2", 25),
        (at("09:10"), "Dr Okafor", "Room 2", 25),
        (at("09:10"), "Dr Lin", "Room 2", 25),
    ]
    assert found[0].ends == at("09:40")


def test_nothing_is_offered_before_now_on_closed_days_or_to_nobody() -> None:
    closed = clinic(closures=(Closure(MONDAY, date(2026, 11, 24)),))

    def found(where: Clinic, practitioners: tuple[Practitioner, ...], rooms: tuple[Room, ...]) -> tuple[Slot, ...]:
        return free_places(
            where,
            Occupancy.of(()),
            service=FOLLOW_UP,
            practitioners=practitioners,
            rooms=rooms,
            first_day=MONDAY,
            days=3,
            not_before=at("17:01"),
            limit=1,
        )

    assert found(clinic(), (LIN,), (ROOM_1,))[0].starts == at("17:05")
    assert found(closed, (LIN,), (ROOM_1,))[0].starts == at("09:00", date(2026, 11, 25))
    assert found(clinic(), (), (ROOM_1,)) == ()
    assert found(clinic(), (LIN,), ()) == ()


def test_a_visit_may_start_before_midnight_and_end_on_the_next_day_even_at_the_end_of_the_search() -> None:
    found = free_places(
        clinic(hours=ALWAYS),
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioners=(LIN,),
        rooms=(ROOM_1,),
        first_day=MONDAY,
        days=1,
        not_before=at("23:50"),
        limit=10,
    )

    assert [slot.starts for slot in found] == [at("23:50"), at("23:55")]


def test_no_patient_is_kept_into_a_closed_day() -> None:
    rests_long = Service(7, "Long", 0, 5, 60, 60, 60, 0, 0)

    found = free_places(
        clinic(hours=ALWAYS, closures=(Closure(date(2026, 11, 24), date(2026, 11, 24)),)),
        Occupancy.of(()),
        service=rests_long,
        practitioners=(LIN,),
        rooms=(ROOM_1,),
        first_day=MONDAY,
        days=1,
        not_before=at("22:50"),
        limit=10,
    )

    assert [slot.starts for slot in found] == [at("22:50"), at("22:55")]


def test_the_appointment_that_is_moved_is_not_in_its_own_way() -> None:
    moved = visit(at("09:00"))

    def first(ignore: int | None) -> DateTime:
        return free_places(
            clinic(),
            Occupancy.of((moved,)),
            service=FOLLOW_UP,
            practitioners=(LIN,),
            rooms=(ROOM_1,),
            first_day=MONDAY,
            days=1,
            not_before=at("08:00"),
            limit=1,
            patient_id=GARCIA.id,
            ignore_appointment=ignore,
        )[0].starts

    assert first(moved.id) == at("09:00")
    assert first(None) == at("09:45")


def test_the_nearest_starts_lie_on_both_sides_and_the_same_day_comes_first() -> None:
    taken = visit(at("10:00"), room=ROOM_1)

    def near(clock: str, not_before: str) -> list[DateTime]:
        return [
            slot.starts
            for slot in nearest_starts(
                clinic(rooms=(ROOM_1,), slot_minutes=15),
                Occupancy.of((taken,)),
                service=FOLLOW_UP,
                practitioner=LIN,
                starts=at(clock),
                rooms=(ROOM_1,),
                not_before=at(not_before),
            )
        ]

    assert near("10:00", "08:00") == [at("09:15"), at("10:45"), at("09:00")]
    assert near("10:00", "09:20") == [at("10:45"), at("11:00"), at("11:15")]
    tuesday = date(2026, 11, 24)
    assert near("17:30", "17:10") == [at("17:15"), at("09:00", tuesday), at("09:15", tuesday)]
    assert local_day(near("23:00", "08:00")[0], ZONE) == MONDAY


def test_there_is_no_nearest_start_where_nobody_works() -> None:
    found = nearest_starts(
        clinic(hours=WeekHours()),
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioner=LIN,
        starts=at("10:00"),
        rooms=(ROOM_1,),
        not_before=at("08:00"),
    )

    assert found == ()


WISHES = st.lists(
    st.tuples(
        st.integers(0, 10 * 60),
        st.sampled_from(PATIENTS),
        st.sampled_from((LIN, OKAFOR)),
        st.booleans(),
        SERVICES,
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(WISHES)
def test_what_first_fit_accepts_never_claims_what_is_claimed(
    wishes: list[tuple[int, Patient, Practitioner, bool, Service]],
) -> None:
    where = clinic()
    booked: list[Appointment] = []
    claims: list[Claim] = []
    for minute, patient, practitioner, squeeze, service in wishes:
        answer = first_fit(
            where,
            Occupancy.of(booked),
            service=service,
            practitioner=practitioner,
            starts=at("09:00").add(minutes=minute),
            rooms=where.rooms,
            patient_id=patient.id,
            squeeze=squeeze,
        )
        if isinstance(answer, NoFit):
            assert answer.clashes
            assert answer.words
            continue
        made = visit(
            answer.plan.starts,
            patient=patient,
            practitioner=practitioner,
            room=answer.room,
            service=service,
            minutes=answer.plan.retention_minutes,
            squeezed=answer.squeezed,
        )
        booked.append(made)
        claims.extend(
            claims_of(
                answer.plan,
                patient_id=patient.id,
                practitioner_id=practitioner.id,
                room_id=answer.room.id,
                squeezed=answer.squeezed,
            )
        )
    for one, other in combinations(claims, 2):
        assert one.resource != other.resource or not one.span.overlaps(other.span)
