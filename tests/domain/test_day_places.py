"""The free places of a day on a screen: the planner's, whoever asks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Facts
from frontdesk.domain.clinic import Closure, Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import Span
from frontdesk.domain.packing import DayPlaces, Fit, first_fit
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import Status
from tests.domain.make import (
    FOLLOW_UP,
    GARCIA,
    LIN,
    MONDAY,
    OKAFOR,
    ROOM_1,
    ROOM_2,
    SATO,
    at,
    block,
    clinic,
    visit,
)

TABLE_ONLY = replace(FOLLOW_UP, id=2, name="Initial", room_kinds=("table",), last_start=11 * 60)
WHERE = clinic(rooms=(replace(ROOM_1, kind="table"), ROOM_2))
SHEET = DaySheet(
    MONDAY,
    WHERE,
    (visit(at("10:00"), patient=GARCIA), visit(at("10:30"), patient=SATO, practitioner=OKAFOR, room=ROOM_2)),
    (block(at("11:30"), at("12:30")),),
)


@pytest.mark.parametrize("service", [FOLLOW_UP, TABLE_ONLY])
@pytest.mark.parametrize("practitioner", [LIN, OKAFOR, None])
@pytest.mark.parametrize("room", [*WHERE.rooms, None])
def test_a_place_is_free_where_a_booking_would_fit(
    service: Service, practitioner: Practitioner | None, room: Room | None
) -> None:
    places = DayPlaces.of(SHEET, at("09:30"))

    starts = {slot.starts for slot in places.places(service, practitioner, room)}

    for step in range(12 * 10):
        moment = at("08:30").add(minutes=5 * step)
        fits = moment >= at("09:30") and any(
            isinstance(
                first_fit(
                    WHERE,
                    places.occupancy,
                    service=service,
                    practitioner=one,
                    starts=moment,
                    rooms=WHERE.rooms if room is None else (room,),
                    patient_id=None,
                ),
                Fit,
            )
            for one in (WHERE.practitioners if practitioner is None else (practitioner,))
        )
        assert (moment in starts) == fits, moment


def test_hands_and_rooms_are_free_where_nothing_takes_them() -> None:
    places = DayPlaces.of(SHEET, at("08:00"))

    assert places.hands_free(LIN) == (
        Span(at("09:00"), at("10:00")),
        Span(at("10:10"), at("10:35")),
        Span(at("10:40"), at("11:30")),
        Span(at("12:30"), at("13:00")),
        Span(at("14:00"), at("18:00")),
    )
    assert places.room_free(ROOM_1)[:2] == (Span(at("09:00"), at("10:00")), Span(at("10:45"), at("13:00")))
    shut = replace(SHEET, clinic=replace(WHERE, closures=(Closure(MONDAY, MONDAY),)))
    assert DayPlaces.of(shut, at("08:00")).hands_free(LIN) == DayPlaces.of(shut, at("08:00")).room_free(ROOM_1) == ()


def test_who_is_in_the_house_from_another_day_takes_a_room_too() -> None:
    late = visit(
        at("23:00").subtract(days=1),
        patient=GARCIA,
        status=Status.ROOMED,
        facts=Facts(arrived_at=at("00:10"), roomed_at=at("00:10")),
    )
    sheet = replace(SHEET, appointments=(), blocks=(), in_house=(late,))

    assert DayPlaces.of(sheet, at("10:00")).places(FOLLOW_UP, LIN)[0].room == WHERE.rooms[1]
    assert DayPlaces.of(replace(sheet, in_house=()), at("10:00")).places(FOLLOW_UP, LIN)[0].room == WHERE.rooms[0]
