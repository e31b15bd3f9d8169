"""Making room: what gives way, what does not, and that the rules hold after it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.packing import (
    MOST_REPLANNED,
    Fit,
    NoFit,
    Occupancy,
    claims_held,
    clashes,
    first_fit,
    soft_fit,
)
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import ENDED_UNSEEN, NOT_BEGUN, Status
from tests.domain.make import FOLLOW_UP, LIN, OKAFOR, ROOM_1, ROOM_2, SATO, WEBER, at, block, clinic, visit

LONG = Service(2, "Community", 5, 5, 30, 60, 45, 5, 5)
SERVICES = (FOLLOW_UP, LONG, Service(3, "Initial", 20, 5, 20, 30, 25, 5, 5))
MANY = tuple(Room(n, f"Room {n}") for n in range(1, 5))


def asked(
    clock: str,
    *appointments: Appointment,
    blocks: Sequence[Block] = (),
    rooms: tuple[Room, ...] = (ROOM_1, ROOM_2),
    squeeze: bool = False,
    ignore: int | None = None,
) -> Fit | NoFit:
    return soft_fit(
        clinic(),
        Occupancy.of(appointments, blocks),
        service=FOLLOW_UP,
        practitioner=LIN,
        starts=at(clock),
        rooms=rooms,
        patient_id=SATO.id,
        squeeze=squeeze,
        ignore_appointment=ignore,
    )


def replanned(answer: Fit | NoFit) -> tuple[tuple[int, int], ...]:
    assert isinstance(answer, Fit)
    return answer.replanned


def test_nobody_is_re_planned_where_the_visit_fits_anyway() -> None:
    assert replanned(asked("10:10", visit(at("10:00")))) == ()


def test_a_removal_in_the_way_moves_to_the_nearest_step_of_its_window() -> None:
    garcia = visit(at("10:00"))  # removal 10:35-10:40

    assert replanned(asked("10:30", garcia)) == ((garcia.id, 30),)


def test_it_is_squeezed_in_only_where_nobody_gives_way() -> None:
    garcia = visit(at("10:00"))
    under_way = visit(at("10:00"), status=Status.ROOMED)

    assert asked("10:30", garcia, squeeze=True) == asked("10:30", garcia)
    squeezed = asked("10:30", under_way, squeeze=True)
    assert isinstance(squeezed, Fit)
    assert (squeezed.squeezed, squeezed.replanned) == (True, ())


def test_a_room_is_had_earlier_by_a_shorter_retention() -> None:
    garcia = visit(at("10:00"))  # the room is ready at 10:45

    answer = asked("10:40", garcia, rooms=(ROOM_1,))

    assert replanned(answer) == ((garcia.id, 20),)


@pytest.mark.parametrize("status", sorted(set(Status) - NOT_BEGUN - ENDED_UNSEEN))
def test_only_a_visit_that_has_not_begun_gives_way(status: Status) -> None:
    assert isinstance(asked("10:30", visit(at("10:00"), status=status)), NoFit)


def test_what_is_squeezed_in_and_others_of_another_practitioner_stay() -> None:
    others = visit(at("10:00"), practitioner=OKAFOR)
    squeezed = visit(at("10:00"), squeezed=True)

    assert isinstance(asked("10:40", others, rooms=(ROOM_1,)), NoFit)
    assert isinstance(asked("10:40", squeezed, rooms=(ROOM_1,)), NoFit)


def test_a_removal_goes_neither_into_time_off_nor_out_of_the_hours() -> None:
    garcia = visit(at("10:00"))
    late = visit(at("12:20"))  # removal 12:55-13:00, and no later

    assert isinstance(asked("10:30", garcia, blocks=[block(at("10:40"), at("10:50"))]), NoFit)
    assert isinstance(asked("12:50", late), NoFit)


def test_who_gives_way_may_push_the_next_one() -> None:
    garcia = visit(at("10:00"), room=MANY[0])  # removal 10:35
    weber = visit(at("10:10"), patient=WEBER, room=MANY[1], minutes=20)  # removal 10:40

    answer = asked("10:25", garcia, weber, rooms=MANY)

    assert replanned(answer) == ()
    wish = asked("10:30", garcia, weber, rooms=MANY)
    assert replanned(wish) == ((garcia.id, 30), (weber.id, 25))


def test_the_one_that_is_moved_is_neither_in_the_way_nor_re_planned() -> None:
    moved = visit(at("10:00"), patient=SATO)

    assert replanned(asked("10:30", moved, ignore=moved.id)) == ()


REQUESTS = st.lists(
    st.tuples(
        st.integers(0, 48).map(lambda step: step * 5),
        st.sampled_from(SERVICES),
        st.sampled_from((LIN, LIN, OKAFOR)),
        st.sampled_from((Status.BOOKED, Status.CONFIRMED, Status.BOOKED, Status.ARRIVED)),
    ),
    min_size=4,
    max_size=24,
)


def applied(
    booked: dict[int, Appointment], fit: Fit, patient: Patient, practitioner: Practitioner, service: Service
) -> Appointment:
    for appointment_id, minutes in fit.replanned:
        booked[appointment_id] = replace(booked[appointment_id], retention_minutes=minutes)
    made = visit(
        fit.plan.starts,
        patient=patient,
        practitioner=practitioner,
        room=fit.room,
        service=service,
        minutes=fit.plan.retention_minutes,
    )
    booked[made.id] = made
    return made


@settings(max_examples=150, deadline=None)
@given(REQUESTS, st.integers(1, 4))
def test_after_every_booking_the_rules_hold_for_every_visit(
    requests: list[tuple[int, Service, Practitioner, Status]], rooms: int
) -> None:
    where = clinic(rooms=MANY[:rooms])
    booked: dict[int, Appointment] = {}
    promised: dict[int, tuple[DateTime, Room | None]] = {}
    for number, (minute, service, practitioner, status) in enumerate(requests):
        patient = Patient(number, 1, PatientDetails(family=f"P{number}"))
        before = dict(booked)
        question: dict[str, Any] = {
            "service": service,
            "practitioner": practitioner,
            "starts": at("09:00").add(minutes=minute),
            "rooms": where.rooms,
            "patient_id": patient.id,
        }
        taken = Occupancy.of(booked.values())

        answer, plain = soft_fit(where, taken, **question), first_fit(where, taken, **question)

        assert soft_fit(where, taken, **question) == answer, "the same question, the same answer"
        if isinstance(plain, Fit):
            assert answer == plain
        if isinstance(answer, NoFit):
            continue
        assert len(answer.replanned) <= MOST_REPLANNED
        for appointment_id, minutes in answer.replanned:
            assert before[appointment_id].status in NOT_BEGUN
            assert before[appointment_id].practitioner == practitioner
            assert before[appointment_id].retention_minutes != minutes
        made = applied(booked, answer, patient, practitioner, service)
        booked[made.id] = replace(made, status=status)
        promised[made.id] = made.starts, made.room
        taken = Occupancy.of(booked.values())
        for one in booked.values():
            assert (one.starts, one.room) == promised[one.id]
            assert one.retention_minutes in one.service.retention_choices
            assert not clashes(
                where,
                taken,
                plan=one.plan,
                practitioner=one.practitioner,
                room=one.room,
                patient_id=one.patient.id,
                ignore_appointment=one.id,
            )
    claims = [claim for one in booked.values() for claim in claims_held(one)]
    for one_claim, other in combinations(claims, 2):
        assert one_claim.resource != other.resource or not one_claim.span.overlaps(other.span)
