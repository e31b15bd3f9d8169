"""Rules 1 to 4, one by one, in words and minutes."""

from __future__ import annotations

from datetime import date

import pytest
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block, Facts
from frontdesk.domain.clinic import Closure, Practitioner, Room
from frontdesk.domain.hours import week_hours
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing import Clash, Fit, NoFit, Occupancy, Rule, clashes, first_fit
from frontdesk.domain.phases import Service, plan_visit
from frontdesk.domain.visit import Status
from tests.domain.make import (
    ALWAYS,
    FOLLOW_UP,
    GARCIA,
    LIN,
    MONDAY,
    OKAFOR,
    ROOM_1,
    ROOM_2,
    SATO,
    ZONE,
    at,
    block,
    clinic,
    needles,
    visit,
)

BY_THE_BOOK = visit(at("10:00"))
"""Garcia with Dr Lin in Room 1: hands-on 10:00-10:10 and 10:35-10:40, room until 10:45."""


def asked(
    clock: str,
    *appointments: Appointment,
    blocks: tuple[Block, ...] = (),
    practitioner: Practitioner = LIN,
    room: Room | None = ROOM_1,
    patient_id: int | None = SATO.id,
    ignore: int | None = None,
) -> tuple[Clash, ...]:
    return clashes(
        clinic(),
        Occupancy.of(appointments, blocks),
        plan=plan_visit(FOLLOW_UP, at(clock)),
        practitioner=practitioner,
        room=room,
        patient_id=patient_id,
        ignore_appointment=ignore,
    )


def fitted(
    clock: str,
    *appointments: Appointment,
    blocks: tuple[Block, ...] = (),
    service: Service = FOLLOW_UP,
    rooms: tuple[Room, ...] = (ROOM_1, ROOM_2),
    squeeze: bool = False,
) -> Fit | NoFit:
    return first_fit(
        clinic(),
        Occupancy.of(appointments, blocks),
        service=service,
        practitioner=LIN,
        starts=at(clock),
        rooms=rooms,
        patient_id=SATO.id,
        squeeze=squeeze,
    )


@pytest.mark.parametrize(
    ("clock", "rules"),
    [
        ("09:15", []),  # the room is ready at 10:00 to the minute
        ("09:16", [Rule.ROOM]),
        ("09:25", [Rule.ROOM]),  # removal 10:00-10:05 falls on her hands-on time, and so does the room
        ("10:45", []),
        ("10:44", [Rule.ROOM]),
        ("10:10", [Rule.ROOM]),
    ],
)
def test_a_room_is_taken_until_it_is_turned_over(clock: str, rules: list[Rule]) -> None:
    found = asked(clock, BY_THE_BOOK, practitioner=OKAFOR)

    assert [clash.rule for clash in found] == rules


@pytest.mark.parametrize(
    ("clock", "rules"),
    [
        ("10:00", [Rule.PRACTITIONER, Rule.PRACTITIONER]),
        ("10:10", []),  # begins while Garcia rests; both removals are apart
        ("10:09", [Rule.PRACTITIONER]),
        ("10:25", []),  # hands-on until Garcia's removal starts
        ("10:26", [Rule.PRACTITIONER]),
        ("10:40", []),
        ("09:25", [Rule.PRACTITIONER]),  # its removal at 10:00
    ],
)
def test_a_practitioner_rests_while_the_patient_rests(clock: str, rules: list[Rule]) -> None:
    found = asked(clock, BY_THE_BOOK, room=ROOM_2)

    assert [clash.rule for clash in found] == rules


def test_a_patient_is_in_one_place_and_free_while_the_room_is_turned_over() -> None:
    there = asked("10:39", BY_THE_BOOK, practitioner=OKAFOR, room=ROOM_2, patient_id=GARCIA.id)
    after = asked("10:40", BY_THE_BOOK, practitioner=OKAFOR, room=ROOM_2, patient_id=GARCIA.id)

    assert [clash.words for clash in there] == ["Garcia, Maria is already with Dr Lin 10:00-10:40: 1 min overlap"]
    assert after == ()


def test_hands_on_phases_lie_inside_the_hours_while_the_patient_may_rest_through_lunch() -> None:
    assert [clash.words for clash in asked("08:55")] == [
        "Dr Lin: outside working hours (09:00-13:00, 14:00-18:00), 5 min"
    ]
    assert asked("08:55")[0].minutes == 5
    assert asked("12:50")[0].minutes == 5, "the removal at 13:25 is in the lunch hour"
    long_rest = Service(9, "Long", 5, 5, 60, 90, 75, 5, 5)
    fit = first_fit(
        clinic(),
        Occupancy.of(()),
        service=long_rest,
        practitioner=LIN,
        starts=at("12:50"),
        rooms=(ROOM_1,),
        patient_id=None,
    )
    assert isinstance(fit, Fit)
    assert fit.plan.retention_minutes == 75


def test_a_day_without_hours_says_so() -> None:
    found = clashes(
        clinic(),
        Occupancy.of(()),
        plan=plan_visit(FOLLOW_UP, at("10:00", date(2026, 11, 22))),
        practitioner=LIN,
        room=ROOM_1,
        patient_id=None,
    )

    assert [clash.words for clash in found] == ["The clinic is closed that day"]
    assert found[0].rule.squeezable, "a person may come in on a Sunday"
    assert [clash.minutes for clash in found] == [15]


def test_somebody_called_as_the_clinic_is_closes_no_day() -> None:
    tuesdays = week_hours({"tue": ["09:00-13:00"]})
    found = NoFit(asked("10:00", practitioner=Practitioner(LIN.id, "The clinic", hours=tuesdays)))
    assert (found.words, found.closed) == ("The clinic: does not work that day", False)


def test_time_off_takes_the_practitioner_and_no_room() -> None:
    off = block(at("10:00"), at("11:00"), "Dentist")

    assert [(clash.rule, clash.with_what, clash.minutes) for clash in asked("09:55", blocks=(off,))] == [
        (Rule.TIME_OFF, "time off 10:00-11:00: Dentist", 10)
    ], "it is told once, though it is in the way of both phases"
    assert asked("09:50", blocks=(off,))[0].minutes == 5, "only the removal at 10:25"
    assert asked("10:00", blocks=(off,), practitioner=OKAFOR) == ()


def test_a_blocked_room_takes_nobodys_time() -> None:
    paint = block(at("10:00"), at("11:00"), "Painters", practitioner=None, room=ROOM_1)

    assert [clash.words for clash in asked("10:00", blocks=(paint,))] == [
        "Room 1: blocked 10:00-11:00: Painters, 45 min overlap"
    ]
    assert asked("10:00", blocks=(paint,), room=ROOM_2) == ()
    assert not asked("10:00", blocks=(paint,))[0].rule.squeezable


def test_what_blocks_nothing_is_not_in_the_way() -> None:
    note = block(at("10:00"), at("11:00"), practitioner=None)
    cancelled = Block(1, "Off", at("10:00"), at("11:00"), LIN, cancelled=True)
    transparent = Block(2, "Reachable", at("10:00"), at("11:00"), LIN, transparent=True)

    assert asked("10:00", blocks=(note, cancelled, transparent)) == ()


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW, Status.ENTERED_IN_ERROR])
def test_what_ended_unseen_is_not_in_the_way(status: Status) -> None:
    assert asked("10:00", visit(at("10:00"), status=status)) == ()


def test_a_closed_day_is_closed_even_to_a_visit_that_only_reaches_into_it() -> None:
    closed = clinic(hours=ALWAYS, closures=(Closure(date(2026, 11, 24), date(2026, 11, 25), "Move"),))

    def found(clock: str, day: date) -> list[str]:
        plan = plan_visit(FOLLOW_UP, at(clock, day))
        return [
            clash.words
            for clash in clashes(closed, Occupancy.of(()), plan=plan, practitioner=LIN, room=None, patient_id=None)
        ]

    assert found("12:00", date(2026, 11, 24)) == ["The clinic is closed on Tue 24 Nov (Move)"]
    assert found("23:21", MONDAY) == ["The clinic is closed on Tue 24 Nov (Move)"]
    assert found("23:20", MONDAY) == [], "the patient is out at midnight; the turnover disturbs nobody"
    assert found("00:00", date(2026, 11, 26)) == []


def test_a_visit_over_midnight_fits_where_the_hours_touch() -> None:
    plan = plan_visit(FOLLOW_UP, at("23:55"))

    assert clashes(clinic(hours=ALWAYS), Occupancy.of(()), plan=plan, practitioner=LIN, room=ROOM_1, patient_id=1) == ()


def test_moving_an_appointment_does_not_clash_with_itself() -> None:
    assert asked("10:05", BY_THE_BOOK, patient_id=GARCIA.id, ignore=BY_THE_BOOK.id) == ()
    assert asked("10:05", BY_THE_BOOK, patient_id=GARCIA.id)


def test_a_squeezed_visit_takes_the_room_and_the_patient_but_not_the_practitioner() -> None:
    squeezed = visit(at("10:00"), squeezed=True)

    assert asked("10:00", squeezed, room=ROOM_2) == ()
    assert [clash.rule for clash in asked("10:00", squeezed, patient_id=GARCIA.id)] == [Rule.PATIENT, Rule.ROOM]


def test_seconds_count() -> None:
    odd = visit(at("10:00:30"))

    assert asked("10:45", odd, practitioner=OKAFOR)[0].minutes == 1
    assert asked("10:46", odd, practitioner=OKAFOR) == ()
    assert asked("09:15", odd, practitioner=OKAFOR) == ()


def test_first_fit_takes_the_first_room_free_for_the_whole_stay() -> None:
    later = visit(at("10:40"), practitioner=OKAFOR, room=ROOM_1)

    fit = fitted("10:00", later)

    assert isinstance(fit, Fit)
    assert (fit.room, fit.plan.retention_minutes, fit.squeezed) == (ROOM_2, 25, False)


def test_first_fit_moves_the_retention_when_that_makes_it_fit() -> None:
    off = block(at("10:35"), at("10:40"))

    fit = fitted("10:00", blocks=(off,))

    assert isinstance(fit, Fit)
    assert fit.plan.retention_minutes == 20, "removal at 10:30; 30 minutes would fit too, but 20 is asked first"


def test_no_fit_tells_what_is_in_the_way_in_the_room_where_least_is() -> None:
    one = visit(at("10:00"), practitioner=OKAFOR, room=ROOM_1)
    two = visit(at("10:40"), practitioner=OKAFOR, room=ROOM_2)

    answer = fitted("10:00", one, two)

    assert isinstance(answer, Fit), "20 minutes of retention end before 10:40"
    answer = fitted("10:00", one, visit(at("10:30"), practitioner=OKAFOR, room=ROOM_2))
    assert isinstance(answer, NoFit)
    assert answer.words == "Room 2 is taken by Garcia, Maria 10:30-11:15: 15 min overlap"
    assert not answer.squeezable


def test_squeeze_books_over_the_practitioner_and_never_over_a_room_or_a_patient() -> None:
    elsewhere = visit(at("10:00"), room=ROOM_2)

    refused = fitted("10:00", elsewhere)
    allowed = fitted("10:00", elsewhere, squeeze=True)
    full = fitted("10:00", elsewhere, visit(at("10:00"), practitioner=OKAFOR, room=ROOM_1), squeeze=True)

    assert isinstance(refused, NoFit)
    assert refused.squeezable
    assert isinstance(allowed, Fit)
    assert (allowed.room, allowed.squeezed) == (ROOM_1, True)
    assert isinstance(full, NoFit)
    assert {clash.rule for clash in full.clashes} == {Rule.ROOM}


def test_squeeze_is_not_used_where_another_retention_does_without() -> None:
    fit = fitted("10:00", blocks=(block(at("10:35"), at("10:40")),), squeeze=True)

    assert isinstance(fit, Fit)
    assert (fit.squeezed, fit.plan.retention_minutes) == (False, 20)


def test_a_clinic_without_rooms_says_so() -> None:
    answer = fitted("10:00", rooms=())

    assert isinstance(answer, NoFit)
    assert answer.words == "No room: the clinic has none in use"


def test_a_visit_that_runs_late_keeps_its_room_until_it_is_expected_to_end() -> None:
    late = visit(
        at("10:00"),
        status=Status.NEEDLES_IN,
        facts=Facts(roomed_at=at("10:20"), began_at=at("10:22")),
        retentions=(needles(at("10:30")),),
    )

    found = asked("10:50", late, practitioner=OKAFOR)

    assert [clash.words for clash in found] == ["Room 1 is taken by Garcia, Maria 10:00-11:05: 15 min overlap"]
    assert asked("11:05", late, practitioner=OKAFOR) == ()


def test_one_that_should_be_over_keeps_its_room_from_now_on() -> None:
    overdue = visit(at("09:00"), status=Status.NEEDLES_IN, retentions=(needles(at("09:10")),))
    occupancy = Occupancy.of((overdue, overdue), now=at("10:30"))

    answer = clashes(
        clinic(),
        occupancy,
        plan=plan_visit(FOLLOW_UP, at("10:35")),
        practitioner=OKAFOR,
        room=ROOM_1,
        patient_id=SATO.id,
    )

    assert [clash.with_what for clash in answer] == ["Garcia, Maria 09:00-10:40"]


def expected_stay(status: Status, now: str, **facts: DateTime | None) -> str | None:
    """How long Room 1 is taken by a visit of 10:00 that stands like that at `now`."""
    roomed, began = facts.get("roomed_at"), facts.get("began_at")
    one = visit(at("10:00"), status=status, facts=Facts(roomed_at=roomed, began_at=began))
    taken = Occupancy.of((one,), now=at(now)).overlapping("room:1", to_ms(at("00:00")), to_ms(at("23:59")))
    assert len(taken) <= 1
    if not taken:
        return None
    return "-".join(f"{from_ms(edge).in_timezone(ZONE):%H:%M}" for edge in (taken[0].starts, taken[0].ends))


def test_how_long_a_visit_in_a_room_is_expected_to_stay() -> None:
    assert expected_stay(Status.ROOMED, "10:20", roomed_at=at("09:50")) == "09:50-11:05", "everything is still to come"
    assert expected_stay(Status.ROOMED, "09:55", roomed_at=at("09:50")) == "09:50-10:45"
    assert expected_stay(Status.WITH_PRACTITIONER, "10:20", began_at=at("10:15")) == "10:00-11:00"
    assert expected_stay(Status.WITH_PRACTITIONER, "11:30", began_at=at("10:15")) == "10:00-11:35"
    assert expected_stay(Status.NEEDLES_OUT, "10:20") == "10:00-10:45", "the plan still stands"
    assert expected_stay(Status.NEEDLES_OUT, "11:00") == "10:00-11:05", "the room is still to be turned over"
    assert expected_stay(Status.ARRIVED, "11:00") == "10:00-10:45"
    assert expected_stay(Status.CANCELLED, "11:00") is None


def test_what_is_long_is_seen_behind_what_is_short() -> None:
    off = block(at("09:00"), at("12:00"), "Course")
    short = block(at("09:30"), at("09:35"), "Call")

    assert [clash.with_what for clash in asked("10:30", blocks=(off, short))] == ["time off 09:00-12:00: Course"]


@pytest.mark.parametrize(
    ("day", "fits", "outside"),
    [
        (date(2026, 3, 29), "09:00", "08:55"),  # the clocks went forward at 01:00: nine is an hour sooner
        (date(2026, 10, 25), "09:00", "08:55"),
        (date(2026, 10, 25), "12:20", "12:25"),
        (date(2026, 3, 29), "12:20", "12:25"),
    ],
)
def test_hours_are_those_of_the_wall_clock_when_it_changes(day: date, fits: str, outside: str) -> None:
    london = clinic(hours=week_hours({"sun": ["09:00-13:00"]}), zone="Europe/London")

    def found(clock: str) -> list[Rule]:
        plan = plan_visit(FOLLOW_UP, at(clock, day, "Europe/London"))
        return [
            clash.rule
            for clash in clashes(london, Occupancy.of(()), plan=plan, practitioner=LIN, room=None, patient_id=None)
        ]

    assert found(fits) == []
    assert found(outside) == [Rule.HOURS]


def test_squeeze_keeps_the_planned_retention_where_it_can() -> None:
    busy = block(at("10:00"), at("11:00"), "Course")

    fit = fitted("10:00", blocks=(busy,), squeeze=True)

    assert isinstance(fit, Fit)
    assert (fit.squeezed, fit.plan.retention_minutes, fit.room) == (True, 25, ROOM_1)


def test_squeeze_moves_the_retention_where_the_patient_has_to_be_elsewhere() -> None:
    next_visit = visit(at("10:35"), patient=SATO, practitioner=OKAFOR, room=ROOM_2)

    fit = fitted("10:00", next_visit, blocks=(block(at("10:00"), at("11:00"), "Course"),), squeeze=True)

    assert isinstance(fit, Fit)
    assert (fit.squeezed, fit.plan.retention_minutes) == (True, 20)


def test_words_are_in_the_clinics_time() -> None:
    assert ZONE == "America/Toronto"
    assert asked("10:00", BY_THE_BOOK)[0].words == "Dr Lin is with Garcia, Maria 10:00-10:10: 10 min overlap"
