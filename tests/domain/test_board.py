"""Every room as it stands now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.board import Board, RoomNow, RoomState, rooms_now, turnover_ends
from frontdesk.domain.clinic import Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from tests.domain.make import GARCIA, LIN, MONDAY, ROOM_1, ROOM_2, SATO, WEBER, at, clinic, needles, visit

ROOM_3 = Room(3, "Room 3")
CLINIC = clinic(rooms=(ROOM_1, ROOM_2, ROOM_3))


def board(*visits: Appointment, clock: str, in_house: tuple[Appointment, ...] = ()) -> dict[str, RoomNow]:
    sheet = DaySheet(MONDAY, CLINIC, tuple(sorted(visits, key=lambda one: one.starts)), in_house=in_house)
    return {now.room.name: now for now in rooms_now(sheet, at(clock))}


def in_retention(
    clock: str, *, room: Room = ROOM_1, status: Status = Status.NEEDLES_IN, **retention: Any
) -> Appointment:
    return visit(
        at(clock),
        room=room,
        status=status,
        facts=Facts(roomed_at=at(clock)),
        retentions=(needles(at(clock), **retention),),
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status.BOOKED, RoomState.FREE),
        (Status.CONFIRMED, RoomState.FREE),
        (Status.ARRIVED, RoomState.FREE),
        (Status.ROOMED, RoomState.OCCUPIED),
        (Status.WITH_PRACTITIONER, RoomState.OCCUPIED),
        (Status.NEEDLES_IN, RoomState.RETENTION),
        (Status.CANCELLED, RoomState.FREE),
        (Status.NO_SHOW, RoomState.FREE),
        (Status.ENTERED_IN_ERROR, RoomState.FREE),
    ],
)
def test_the_state_of_a_room_follows_the_status_of_its_visit(status: Status, state: RoomState) -> None:
    one = visit(at("10:00"), status=status, retentions=(needles(at("10:10")),) if state is RoomState.RETENTION else ())

    assert board(one, clock="10:12")["Room 1"].state is state
    assert board(one, clock="10:12")["Room 2"].state is RoomState.FREE


def test_a_running_retention_shows_its_time_and_alarm() -> None:
    one = in_retention("10:00")

    running, due = board(one, clock="10:20")["Room 1"], board(one, clock="10:29:30")["Room 1"]

    assert (running.alarm, running.remaining_seconds, running.may_come_out, running.sounds) == (
        Alarm.NONE,
        300,
        True,
        False,
    )
    assert running.progress == pytest.approx(0.8)
    assert (due.alarm, due.remaining_seconds, due.sounds, due.progress) == (Alarm.MEDIUM, -270, True, 1.0)


def test_a_count_owed_is_shown_until_it_is_given_even_after_the_patient_has_gone() -> None:
    owed = in_retention("10:00", status=Status.NEEDLES_OUT, out_at=at("10:25"))
    counted = in_retention("10:00", status=Status.NEEDLES_OUT, out_at=at("10:25"), count_out=12)

    assert board(owed, clock="10:26")["Room 1"].state is RoomState.COUNT_OWED
    assert board(owed, clock="18:00")["Room 1"].state is RoomState.COUNT_OWED
    assert board(counted, clock="10:26")["Room 1"].state is RoomState.NEEDLES_OUT


def test_a_second_side_owes_the_count_of_the_first() -> None:
    one = visit(
        at("10:00"),
        status=Status.NEEDLES_OUT,
        retentions=(
            needles(at("10:00"), out_at=at("10:20")),
            needles(at("10:21"), id=2, out_at=at("10:40"), count_out=12),
        ),
    )

    assert board(one, clock="10:41")["Room 1"].state is RoomState.COUNT_OWED


def test_a_room_is_turned_over_for_the_minutes_of_the_service_or_until_somebody_says_so() -> None:
    def ended(**facts: Any) -> Appointment:
        facts = {"roomed_at": at("10:00"), "ended_at": at("10:40"), **facts}
        return visit(at("10:00"), status=Status.CHECKED_OUT, facts=Facts(**facts))

    turning = board(ended(), clock="10:43")["Room 1"]
    assert (turning.state, turning.remaining_seconds) == (RoomState.TURNOVER, 120)
    assert board(ended(), clock="10:45")["Room 1"].state is RoomState.FREE
    assert board(ended(ready_at=at("10:41")), clock="10:43")["Room 1"].state is RoomState.FREE
    assert board(ended(roomed_at=None), clock="10:43")["Room 1"].state is RoomState.FREE, "was never used"
    assert turnover_ends(ended()) == at("10:45")
    assert turnover_ends(visit(at("10:00"))) is None


def test_who_is_in_the_room_stands_before_what_is_being_turned_over() -> None:
    gone = visit(
        at("10:00"),
        status=Status.CHECKED_OUT,
        facts=Facts(roomed_at=at("10:00"), ended_at=at("10:40")),
    )
    here = visit(at("10:45"), patient=SATO, status=Status.ROOMED, facts=Facts(roomed_at=at("10:42")))

    for order in ((gone, here), (here, gone)):
        now = board(*order, clock="10:43")["Room 1"]
        assert now.appointment is not None
        assert (now.state, now.appointment.patient) == (RoomState.OCCUPIED, SATO)


def test_needles_in_since_yesterday_are_on_the_board() -> None:
    yesterday = date(2026, 11, 22)
    forgotten = visit(at("17:30", yesterday), status=Status.NEEDLES_IN, retentions=(needles(at("17:40", yesterday)),))

    now = board(clock="09:00", in_house=(forgotten,))["Room 1"]

    assert (now.state, now.alarm) == (RoomState.RETENTION, Alarm.HIGH)


def test_a_retired_room_is_gone_unless_somebody_is_in_it() -> None:
    retired = Room(3, "Room 3", retired=True)
    sheet = DaySheet(MONDAY, clinic(rooms=(ROOM_1, retired)), (in_retention("10:00", room=retired),))

    assert [now.room.name for now in rooms_now(sheet, at("10:10"))] == ["Room 1", "Room 3"]
    assert [now.room.name for now in rooms_now(DaySheet(MONDAY, sheet.clinic), at("10:10"))] == ["Room 1"]


def test_who_comes_next_is_the_first_that_has_not_begun() -> None:
    here = in_retention("10:00")
    later = visit(at("12:00"), patient=SATO)
    soon = visit(at("11:00"), patient=WEBER, status=Status.ARRIVED)
    gone = visit(at("10:30"), status=Status.CANCELLED)
    elsewhere = visit(at("10:30"), room=ROOM_2)

    now = board(here, later, soon, gone, elsewhere, clock="10:10")["Room 1"]

    assert now.next_appointment == soon
    assert now.state is RoomState.RETENTION, "and nothing else about the room is lost"
    assert now.remaining_seconds == 900


def test_who_is_here_goes_in_before_who_is_expected_earlier() -> None:
    late = visit(at("10:00"), patient=SATO)
    here = visit(at("10:30"), patient=WEBER, status=Status.ARRIVED)
    here_too = visit(at("11:00"), status=Status.ARRIVED)

    assert board(late, here, here_too, clock="10:10")["Room 1"].next_appointment == here
    assert board(late, clock="10:10")["Room 1"].next_appointment == late


def test_the_most_urgent_room_comes_first() -> None:
    rooms = tuple(Room(n, name) for n, name in enumerate(("free", "turnover", "occupied", "out", "rests", "owed"), 10))
    _, turnover, occupied, out, rests, owed = rooms
    late = Room(30, "overdue")
    due = Room(31, "due")
    soonest = Room(32, "rests less")
    everything = clinic(rooms=(*rooms, soonest, due, late))
    visits = (
        visit(
            at("09:00"),
            room=turnover,
            status=Status.CHECKED_OUT,
            facts=Facts(roomed_at=at("09:00"), ended_at=at("10:38")),
        ),
        visit(at("10:30"), room=occupied, status=Status.ROOMED),
        in_retention("10:00", room=out, status=Status.NEEDLES_OUT, out_at=at("10:25"), count_out=12),
        in_retention("10:30", room=rests),
        in_retention("10:25", room=soonest),
        in_retention("10:00", room=owed, status=Status.NEEDLES_OUT, out_at=at("10:25")),
        in_retention("10:15", room=due),
        in_retention("10:05", room=late),
    )

    ordered = Board(DaySheet(MONDAY, everything, visits)).rooms(at("10:40"), by_urgency=True)

    assert [now.room.name for now in ordered] == [
        "overdue",
        "due",
        "owed",
        "rests less",
        "rests",
        "out",
        "occupied",
        "turnover",
        "free",
    ]
    plain = rooms_now(DaySheet(MONDAY, everything, visits), at("10:40"))
    assert [now.room.id for now in plain] == [room.id for room in everything.rooms]


def test_a_visit_without_a_room_holds_none() -> None:
    now = board(visit(at("10:00"), room=None, status=Status.ARRIVED), clock="10:05")

    assert {room.state for room in now.values()} == {RoomState.FREE}


def test_a_count_owed_never_hides_who_is_in_the_room_now() -> None:
    owed = visit(
        at("09:00"),
        status=Status.NEEDLES_OUT,
        facts=Facts(roomed_at=at("09:00"), ready_at=at("09:50")),
        retentions=(needles(at("09:10"), out_at=at("09:40")),),
    )
    here = in_retention("10:00")
    days: tuple[tuple[tuple[Appointment, ...], tuple[Appointment, ...]], ...] = (
        ((owed, here), ()),
        ((here,), (owed,)),
        ((owed,), (here,)),
    )

    for visits, in_house in days:
        now = board(*visits, in_house=in_house, clock="10:10")["Room 1"]
        assert (now.state, now.appointment) == (RoomState.RETENTION, here)


def test_late_and_waiting_are_counted_from_the_clock() -> None:
    booked = visit(at("10:00"))
    arrived = visit(at("10:00"), status=Status.ARRIVED, facts=Facts(arrived_at=at("09:50")))

    assert [booked.late_minutes(at(clock)) for clock in ("09:59", "10:00", "10:00:59", "10:07")] == [0, 0, 0, 7]
    assert arrived.late_minutes(at("10:20")) == 0
    assert [arrived.waiting_minutes(at(clock)) for clock in ("09:49", "09:50", "10:05:30")] == [0, 0, 15]
    assert booked.waiting_minutes(at("10:20")) == 0


def test_a_day_sheet_knows_who_is_in_the_house_and_what_takes_time() -> None:
    here, cancelled = visit(at("10:00"), patient=GARCIA), visit(at("11:00"), status=Status.CANCELLED)
    forgotten = visit(at("17:00", date(2026, 11, 22)), practitioner=LIN)
    sheet = DaySheet(MONDAY, CLINIC, (here, cancelled), in_house=(forgotten,))

    assert sheet.taking == (here,)
    assert sheet.appointment(forgotten.id) == forgotten
    assert sheet.appointment(-1) is None
    assert (sheet.span.starts, sheet.span.ends) == (at("00:00"), at("00:00", date(2026, 11, 24)))
