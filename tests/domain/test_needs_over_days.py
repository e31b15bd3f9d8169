"""Every way to look for a place agrees on what a visit needs; and on hours, closures and clocks that change."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Closure, Practitioner
from frontdesk.domain.hours import week_hours
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing import (
    Fit,
    NoFit,
    Occupancy,
    best_places,
    clashes,
    first_fit,
    free_places,
    soft_fit,
)
from frontdesk.domain.packing.occupancy import crowded
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from tests.domain.make import (
    ALWAYS,
    FOLLOW_UP,
    LIN,
    MONDAY,
    OKAFOR,
    at,
    block,
    clinic,
    visit,
)
from tests.domain.test_needs import (
    EARLY_ONLY,
    EVENINGS_OFF,
    LAMP,
    ON_TABLE,
    ROOMS,
    STIM,
    WHERE,
    WITH_LAMP,
    WITH_STIM,
    refused,
)

PATIENTS = tuple(Patient(n, 1, PatientDetails(family=f"P{n}")) for n in range(1, 6))


NEEDY = (
    ON_TABLE,
    WITH_STIM,
    WITH_LAMP,
    EARLY_ONLY,
    replace(WITH_STIM, id=9, name="All", room_kinds=("table",), equipment=(STIM.id, LAMP.id), last_start=11 * 60),
)


VISITS = st.lists(
    st.builds(
        lambda minute, patient, practitioner, room, service, minutes: visit(
            at("08:40").add(minutes=5 * minute),
            patient=patient,
            practitioner=practitioner,
            room=room,
            service=service,
            minutes=minutes,
        ),
        st.integers(0, 60),
        st.sampled_from(PATIENTS),
        st.sampled_from((LIN, OKAFOR)),
        st.sampled_from(ROOMS),
        st.sampled_from(NEEDY),
        st.sampled_from((20, 25, 30)),
    ),
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(VISITS, st.sampled_from(NEEDY), st.sampled_from((None, 11 * 60, 12 * 60 + 7)))
def test_free_and_best_places_are_those_where_a_visit_with_needs_fits(
    taken: list[Appointment], service: Service, leave_by: int | None
) -> None:
    occupancy = Occupancy.of(taken)
    people = (EVENINGS_OFF, OKAFOR)
    question: dict[str, Any] = {
        "service": service,
        "practitioners": people,
        "rooms": ROOMS,
        "not_before": at("08:00"),
        "limit": 10_000,
        "patient_id": PATIENTS[0].id,
        "leave_by": leave_by,
    }
    expected = []
    for step in range(12 * 12):
        starts = at("08:00").add(minutes=5 * step)
        for one in people:
            answer = first_fit(
                WHERE,
                occupancy,
                service=service,
                practitioner=one,
                starts=starts,
                rooms=ROOMS,
                patient_id=PATIENTS[0].id,
                leave_by=None if leave_by is None else at("00:00").add(minutes=leave_by),
            )
            if isinstance(answer, Fit):
                expected.append((starts, one.name, answer.room.name, answer.plan.retention_minutes))

    found = free_places(WHERE, occupancy, first_day=MONDAY, days=1, **question)
    best = best_places(WHERE, occupancy, day=MONDAY, **question)

    assert [(one.starts, one.practitioner.name, one.room.name, one.retention_minutes) for one in found] == expected
    assert sorted((one.starts, one.practitioner.name) for one in best) == [(one[0], one[1]) for one in expected]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(NEEDY), st.sampled_from((LIN, OKAFOR)), st.integers(0, 3)),
        max_size=20,
    )
)
def test_whatever_is_booked_softly_nobody_lacks_what_they_were_given(
    requests: list[tuple[int, Service, Practitioner, int]],
) -> None:
    booked: dict[int, Appointment] = {}
    for number, (step, service, practitioner, spare) in enumerate(requests):
        patient = Patient(number, 1, PatientDetails(family=f"P{number}"))
        starts = at("09:00").add(minutes=5 * step)
        leave_by = starts.add(minutes=service.patient_minutes(20) + 5 * spare) if spare else None
        answer = soft_fit(
            WHERE,
            Occupancy.of(booked.values()),
            service=service,
            practitioner=practitioner,
            starts=starts,
            rooms=ROOMS,
            patient_id=patient.id,
            leave_by=leave_by,
        )
        if isinstance(answer, NoFit):
            continue
        for appointment_id, minutes in answer.replanned:
            booked[appointment_id] = replace(booked[appointment_id], retention_minutes=minutes)
        made = visit(
            starts,
            patient=patient,
            practitioner=practitioner,
            room=answer.room,
            service=service,
            minutes=answer.plan.retention_minutes,
        )
        booked[made.id] = replace(made, leave_by=leave_by)
        taken = Occupancy.of(booked.values())
        for one in booked.values():
            assert not clashes(
                WHERE,
                taken,
                plan=one.plan,
                practitioner=one.practitioner,
                room=one.room,
                patient_id=one.patient.id,
                ignore_appointment=one.id,
                leave_by=one.leave_by,
            )


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=12), st.integers(1, 4))
def test_crowded_is_where_so_many_lie_upon_each_other(pairs: list[tuple[int, int]], count: int) -> None:
    stretches = [(start, start + length) for start, length in pairs]

    found = crowded(stretches, count)

    for moment in range(45):
        here = sum(start <= moment < end for start, end in stretches)
        assert bool(found.shared(moment, moment + 1)) == (here >= count)
    assert all(end < start for (_, end), (start, _) in pairwise(found))


@pytest.mark.parametrize(("zone", "day"), [("Europe/London", date(2026, 3, 29)), ("Europe/London", date(2026, 10, 25))])
def test_last_starts_and_leaving_are_read_from_the_clock_on_the_wall(zone: str, day: date) -> None:
    where = clinic(hours=ALWAYS, zone=zone, slot_minutes=15)
    service = replace(FOLLOW_UP, last_start=5 * 60)

    found = free_places(
        where,
        Occupancy.of(()),
        service=service,
        practitioners=(LIN,),
        rooms=where.rooms,
        first_day=day,
        days=1,
        not_before=pendulum.datetime(2000, 1, 1),
        limit=1000,
        leave_by=5 * 60 + 20,
    )

    local = [slot.starts.in_timezone(zone) for slot in found]
    assert f"{local[-1]:%H:%M}" == "04:45", "25 minutes of rest would end after 05:20"
    assert max(slot.ends for slot in found) <= at("05:20", day, zone)


def test_a_visit_over_midnight_into_a_closed_day_is_refused_by_every_question() -> None:
    where = clinic(hours=ALWAYS, closures=(Closure(date(2026, 11, 24), date(2026, 11, 24)),))

    answer = first_fit(
        where,
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioner=LIN,
        starts=at("23:30"),
        rooms=where.rooms,
        patient_id=None,
    )

    assert "closed on Tue 24 Nov" in refused(answer).words


def test_hours_and_time_off_hold_on_the_day_the_clocks_go_forward() -> None:
    london, day = "Europe/London", date(2026, 3, 29)
    where = clinic(hours=week_hours({"sun": ["00:30-04:00"]}), zone=london)
    off = block(at("02:30", day, london), at("03:00", day, london))

    starts: list[DateTime] = [
        slot.starts
        for slot in free_places(
            where,
            Occupancy.of((), (off,)),
            service=FOLLOW_UP,
            practitioners=(LIN,),
            rooms=where.rooms,
            first_day=day,
            days=1,
            not_before=pendulum.datetime(2000, 1, 1),
            limit=1000,
        )
    ]

    opens, closes = at("00:30", day, london), at("04:00", day, london)
    assert to_ms(closes) - to_ms(opens) == 150 * 60_000, "an hour of it is not there"
    for start in starts:
        answer = first_fit(
            where,
            Occupancy.of((), (off,)),
            service=FOLLOW_UP,
            practitioner=LIN,
            starts=start,
            rooms=where.rooms,
            patient_id=None,
        )
        assert isinstance(answer, Fit)
        assert start >= opens
        assert answer.plan.ends <= closes
    assert starts
