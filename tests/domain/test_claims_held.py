"""What a visit takes: as it is planned, as it goes, and what it gives back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Facts
from frontdesk.domain.clinic import Room
from frontdesk.domain.instants import from_ms
from frontdesk.domain.packing import (
    Occupancy,
    claims_held,
    claims_of,
    clashes,
)
from frontdesk.domain.packing.claims import held_stretches
from frontdesk.domain.phases import Service, plan_visit
from frontdesk.domain.visit import ENDED, Status
from tests.domain.any_clinic import SERVICES
from tests.domain.make import (
    FOLLOW_UP,
    GARCIA,
    LIN,
    ROOM_1,
    ZONE,
    at,
    clinic,
    visit,
)


@given(SERVICES, st.booleans(), st.sampled_from((ROOM_1, None)))
def test_a_booked_appointment_holds_the_claims_of_its_plan(service: Service, squeezed: bool, room: Room | None) -> None:
    booked = visit(at("10:00"), service=service, squeezed=squeezed, room=room)

    planned = claims_of(
        booked.plan,
        patient_id=GARCIA.id,
        practitioner_id=LIN.id,
        room_id=room.id if room else None,
        squeezed=squeezed,
    )

    assert claims_held(booked) == planned


def held(status: Status, **facts: Any) -> dict[str, str]:
    """What an appointment of 10:00 takes, as clock times of the last stretch of each resource."""
    one = visit(at("10:00"), status=status, facts=Facts(**facts))
    return {
        resource: "-".join(f"{from_ms(moment).in_timezone(ZONE):%H:%M}" for moment in stretch)
        for resource, *stretch in held_stretches(one)
    }


@pytest.mark.parametrize("status", sorted(Status))
def test_what_is_over_is_no_claim_any_more_and_a_room_turned_over_neither(status: Status) -> None:
    over = status in ENDED
    facts = Facts(ended_at=at("10:40") if over else None)

    claimed = claims_held(visit(at("10:00"), status=status, facts=facts))
    turned_over = claims_held(visit(at("10:00"), status=status, facts=replace(facts, ready_at=at("10:41"))))

    assert bool(claimed) is not over
    assert turned_over == tuple(one for one in claimed if one.resource != "room:1")


def test_the_end_of_a_visit_gives_back_the_rest_of_its_plan() -> None:
    whole = {"patient:1": "10:00-10:40", "room:1": "10:00-10:45", "practitioner:1": "10:35-10:40"}
    roomed = at("10:00")

    assert held(Status.BOOKED) == whole
    assert held(Status.NEEDLES_IN, roomed_at=roomed) == whole
    assert held(Status.CANCELLED) == held(Status.NO_SHOW) == held(Status.ENTERED_IN_ERROR) == {}
    assert held(Status.CHECKED_OUT, roomed_at=roomed, ended_at=at("10:20")) == {
        "patient:1": "10:00-10:20",
        "room:1": "10:00-10:25",
        "practitioner:1": "10:00-10:10",
    }
    assert held(Status.CHECKED_OUT, roomed_at=roomed, ended_at=at("11:20")) == whole, "a late end never claims more"
    assert held(Status.CHECKED_OUT, roomed_at=roomed, ended_at=at("10:20"), ready_at=at("10:22"))["room:1"] == (
        "10:00-10:22"
    )
    assert held(Status.NEEDLES_OUT, roomed_at=roomed, ready_at=at("10:30"))["room:1"] == "10:00-10:30"
    assert held(Status.LEFT, ended_at=at("10:05"))["room:1"] == "10:00-10:05", "never roomed: nothing to turn over"
    assert held(Status.LEFT, ended_at=at("09:50")) == {}, "left before the planned start"


def test_what_a_visit_gave_back_can_be_booked() -> None:
    gone = visit(at("10:00"), status=Status.CHECKED_OUT, facts=Facts(roomed_at=at("10:00"), ended_at=at("10:15")))

    free = clashes(
        clinic(),
        Occupancy.of((gone,)),
        plan=plan_visit(FOLLOW_UP, at("10:20")),
        practitioner=LIN,
        room=ROOM_1,
        patient_id=GARCIA.id,
    )

    assert free == ()
