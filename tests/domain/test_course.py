"""A course laid over the weeks: as wished, repaired, or asked; and what it promises whatever stands in the way."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Closure, Practitioner, Room
from frontdesk.domain.hours import local_day, week_hours
from frontdesk.domain.packing import (
    Cadence,
    CourseDate,
    Fit,
    Mark,
    Nearest,
    Occupancy,
    course_span,
    lay_out,
    soft_fit,
    wished_days,
)
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
    WEBER,
    at,
    block,
    clinic,
    visit,
)

NOW = at("08:00")


def course(
    taken: list[Appointment] | None = None,
    blocks: list[Block] | None = None,
    *,
    start: DateTime | None = None,
    cadence: Cadence = Cadence.WEEKLY,
    count: int = 3,
    the_clinic: Clinic | None = None,
    with_: tuple[Practitioner, ...] = (LIN,),
    rooms: tuple[Room, ...] = (ROOM_1, ROOM_2),
    within: int = 60,
    now: DateTime = NOW,
    nearest: Nearest | None = None,
) -> tuple[CourseDate, ...]:
    """Garcia's course of follow-ups from Monday 10:00."""
    return lay_out(
        the_clinic or clinic(),
        Occupancy.of(taken or (), blocks or ()),
        first=start or at("10:00"),
        cadence=cadence,
        count=count,
        service=FOLLOW_UP,
        practitioners=with_,
        rooms=rooms,
        patient_id=GARCIA.id,
        not_before=now,
        within=within,
        nearest=nearest,
    )


def day(number: int) -> date:
    """A day after the Monday."""
    return MONDAY + timedelta(days=number)


def proposed(dates: tuple[CourseDate, ...]) -> list[DateTime | None]:
    """The starts that would be booked."""
    return [one.proposed.starts if one.proposed else None for one in dates]


@pytest.mark.parametrize(
    ("first", "cadence", "days"),
    [
        (0, Cadence.WEEKLY, [0, 7, 14, 21]),
        (0, Cadence.FORTNIGHTLY, [0, 14, 28, 42]),
        (0, Cadence.TWICE, [0, 3, 7, 10]),
        (1, Cadence.TWICE, [1, 4, 8, 11]),
        (2, Cadence.TWICE, [2, 4, 9, 11]),
        (3, Cadence.TWICE, [3, 7, 10, 14]),
        (4, Cadence.TWICE, [4, 8, 11, 15]),
    ],
)
def test_the_days_of_a_course(first: int, cadence: Cadence, days: list[int]) -> None:
    assert wished_days(day(first), cadence, 4) == tuple(day(number) for number in days)


def test_the_cadences_turn_round() -> None:
    assert [one.turned for one in (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY, Cadence.TWICE)] == [
        Cadence.FORTNIGHTLY,
        Cadence.MONTHLY,
        Cadence.TWICE,
        Cadence.WEEKLY,
    ]


def test_in_an_empty_book_every_date_is_as_wished() -> None:
    found = course()
    assert [one.mark for one in found] == [Mark.WISHED] * 3
    assert proposed(found) == [at("10:00", day(0)), at("10:00", day(7)), at("10:00", day(14))]
    assert all(one.proposed and (one.proposed.room, one.proposed.practitioner) == (ROOM_1, LIN) for one in found)


def test_the_same_local_time_on_both_sides_of_a_change_of_the_clocks() -> None:
    before = date(2027, 3, 8)  # the clocks go forward on 14 March
    found = course(start=at("10:00", before), count=2)
    assert proposed(found) == [at("10:00", before), at("10:00", date(2027, 3, 15))]


def test_another_room_is_no_repair() -> None:
    there = visit(at("09:30", day(7)), patient=SATO, practitioner=OKAFOR, room=ROOM_1)
    found = course([there])
    assert [one.mark for one in found] == [Mark.WISHED] * 3
    assert found[1].proposed
    assert found[1].proposed.room == ROOM_2


def test_a_clash_is_repaired_on_the_same_day_at_the_nearest_time_and_says_why() -> None:
    found = course([visit(at("10:00", day(7)), patient=SATO)])
    assert [one.mark for one in found] == [Mark.WISHED, Mark.MOVED, Mark.WISHED]
    assert proposed(found)[1] == at("09:50", day(7))  # 10:10 is as near; the earlier one is taken
    assert found[1].why[0] == "Dr Lin is with Sato, Hana 10:00-10:10: 10 min overlap"


def test_the_retention_of_others_makes_room_before_a_time_is_changed() -> None:
    # Her removal at 10:35 would lie in the ten minutes with the patient; planned for 20 or 30 it does not.
    other = visit(at("09:25", day(7)), patient=SATO)
    assert other.plan.hands_on[1].starts == at("10:00", day(7))
    found = course([other])
    assert [one.mark for one in found] == [Mark.WISHED] * 3


def test_a_full_hour_is_asked_with_places_of_that_day_and_of_others() -> None:
    off = block(at("09:00", day(7)), at("11:30", day(7)), "Course")
    found = course(blocks=[off])
    asked = found[1]
    assert (asked.mark, asked.proposed) == (Mark.NOTHING, None)
    assert asked.why == ("Dr Lin: time off 09:00-11:30: Course, 15 min overlap",)
    days = [local_day(slot.starts, "America/Toronto") for slot in asked.places]
    assert asked.places[0].starts == at("11:30", day(7))
    assert set(days) == {day(7), day(4), day(8), day(9), day(10)}


def test_no_more_than_the_minutes_allowed() -> None:
    taken = [visit(at("10:00", day(7)), patient=SATO)]
    assert [one.mark for one in course(taken, within=5)] == [Mark.WISHED, Mark.NOTHING, Mark.WISHED]
    assert course(taken, within=10)[1].mark is Mark.MOVED


def test_a_closed_day_goes_to_the_nearest_open_day_of_that_week() -> None:
    shut = clinic(closures=(Closure(day(7), day(8), "Holidays"),))
    found = course(the_clinic=shut)
    assert proposed(found) == [at("10:00", day(0)), at("10:00", day(9)), at("10:00", day(14))]
    assert found[1].why == ("The clinic is closed on Mon 30 Nov (Holidays)",)


def test_a_closed_week_is_asked_and_not_moved_into_another_one() -> None:
    shut = clinic(closures=(Closure(day(7), day(13), "Holidays"),))
    asked = course(the_clinic=shut)[1]
    assert asked.mark is Mark.NOTHING
    assert [slot.starts for slot in asked.places] == [at("10:00", day(4))]


@pytest.mark.parametrize("away", ["no hours", "time off"])
def test_a_day_the_practitioner_is_away_is_like_a_closed_one(away: str) -> None:
    blocks = [] if away == "no hours" else [block(at("08:00", day(7)), at("19:00", day(7)), "Ill")]
    lin = LIN
    if away == "no hours":
        lin = replace(LIN, hours=week_hours({"tue": ["09:00-13:00"]}))
        found = course(with_=(lin,), start=at("10:00", day(7)), count=1)
    else:
        found = course(blocks=blocks)[1:2]
    assert (found[0].mark, proposed(found)) == (Mark.MOVED, [at("10:00", day(8))])


def test_by_itself_a_date_goes_to_the_nearest_time_of_its_day_then_to_the_nearest_day_within_its_slack() -> None:
    full_hour = block(at("09:00", day(7)), at("12:00", day(7)), "Course")
    full_day = block(at("09:00", day(14)), at("18:50", day(14)), "Course")
    closed = clinic(closures=(Closure(day(18), day(24), "Holidays"),))
    found = course(blocks=[full_hour, full_day], count=5, the_clinic=closed, nearest=Nearest())
    assert proposed(found) == [at("10:00"), at("12:00", day(7)), at("10:00", day(15)), None, at("10:00", day(28))]
    assert [one.mark for one in found] == [Mark.WISHED, Mark.MOVED, Mark.MOVED, Mark.NOTHING, Mark.WISHED]
    assert found[2].why[0].startswith("Dr Lin: time off")
    assert found[3].why == ("The clinic is closed on Mon 14 Dec (Holidays)",)


def test_by_itself_nothing_is_taken_outside_their_times_while_a_day_has_a_place_inside() -> None:
    taken = [block(at("09:00", day(7)), at("11:00", day(7)), "Course")]
    found = course(blocks=taken, count=2, nearest=Nearest(between=(9 * 60, 11 * 60)))
    assert proposed(found)[1] == at("10:00", day(8)), "Monday is free from 11:00 on, which is none of their times"


def test_by_itself_the_same_practitioner_comes_before_the_time_and_others_where_they_may() -> None:
    off = [block(at("09:00", day(7)), at("11:00", day(7)), "Course")]
    with_ = (LIN, OKAFOR)
    found = course(blocks=off, count=2, with_=with_, nearest=Nearest())
    assert found[1].proposed
    assert found[1].proposed.practitioner == LIN
    away = [block(at("08:00", day(number)), at("19:00", day(number)), "Ill") for number in range(3, 12)]
    found = course(blocks=away, count=2, with_=with_, nearest=Nearest())
    assert found[1].proposed
    assert (found[1].proposed.practitioner, found[1].proposed.starts) == (OKAFOR, at("10:00", day(7)))


def test_where_the_patient_comes_anyway_nothing_is_booked_unless_asked() -> None:
    mine = visit(at("15:00", day(7)))
    found = course([mine])
    assert [one.mark for one in found] == [Mark.WISHED, Mark.THERE, Mark.WISHED]
    assert (found[1].there, found[1].proposed) == (mine, None)
    assert found[1].places[0].starts == at("10:00", day(7))


def test_who_called_off_is_not_there() -> None:
    assert course([visit(at("10:00", day(7)), status=Status.CANCELLED)])[1].mark is Mark.WISHED


def test_a_closed_day_does_not_send_the_patient_twice_on_another() -> None:
    shut = clinic(closures=(Closure(day(7), day(7)),))
    found = course([visit(at("10:00", day(8)))], the_clinic=shut)
    assert proposed(found)[1] == at("10:00", day(9))


def test_nothing_is_planned_into_the_past() -> None:
    found = course(now=at("11:00"))
    assert (found[0].mark, found[0].why) == (Mark.MOVED, ("that time has passed",))
    assert proposed(found)[0] == at("11:00")


def test_anybody_is_whoever_is_free_at_the_time() -> None:
    found = course([visit(at("10:00", day(7)), patient=SATO)], with_=(LIN, OKAFOR))
    assert [one.mark for one in found] == [Mark.WISHED] * 3
    assert [one.proposed.practitioner for one in found if one.proposed] == [LIN, OKAFOR, LIN]


def test_twice_a_week_the_dates_keep_clear_of_each_other() -> None:
    shut = clinic(closures=(Closure(day(0), day(0)), Closure(day(3), day(3))))
    found = course(the_clinic=shut, cadence=Cadence.TWICE, count=4)
    assert proposed(found) == [at("10:00", day(1)), at("10:00", day(2)), at("10:00", day(7)), at("10:00", day(10))]


MINUTES = st.integers(0, 107).map(lambda step: 9 * 60 + step * 5)
OTHERS = st.builds(
    lambda offset, minute, who, hands, room, squeezed: visit(
        at(f"{minute // 60:02}:{minute % 60:02}", day(offset)),
        patient=who,
        practitioner=hands,
        room=room,
        squeezed=squeezed,
    ),
    st.integers(-3, 45),
    MINUTES,
    st.sampled_from([SATO, WEBER, WEBER, GARCIA]),
    st.sampled_from([LIN, LIN, OKAFOR]),
    st.sampled_from([ROOM_1, ROOM_2]),
    st.booleans(),
)
AWAY = st.builds(
    lambda offset, minute, hours: block(
        at(f"{minute // 60:02}:{minute % 60:02}", day(offset)),
        at(f"{minute // 60:02}:{minute % 60:02}", day(offset)).add(hours=hours),
    ),
    st.integers(-3, 45),
    MINUTES,
    st.integers(1, 9),
)
CLOSED = st.builds(
    lambda offset, length: Closure(day(offset), day(offset + length)), st.integers(-3, 45), st.integers(0, 6)
)


@settings(max_examples=60, deadline=None)
@given(
    taken=st.lists(OTHERS, max_size=60),
    blocks=st.lists(AWAY, max_size=5),
    closures=st.lists(CLOSED, max_size=3),
    minute=MINUTES,
    weekday=st.integers(0, 6),
    cadence=st.sampled_from(Cadence),
    within=st.sampled_from([0, 30, 60]),
    anybody=st.booleans(),
    data=st.data(),
)
def test_whatever_stands_in_the_way(
    taken: list[Appointment],
    blocks: list[Block],
    closures: list[Closure],
    minute: int,
    weekday: int,
    cadence: Cadence,
    within: int,
    anybody: bool,
    data: st.DataObject,
) -> None:
    shut = clinic(closures=tuple(closures))
    start = at(f"{minute // 60:02}:{minute % 60:02}", day(weekday))
    who = (LIN, OKAFOR) if anybody else (LIN,)
    found = course(
        taken, blocks, start=start, cadence=cadence, count=4, the_clinic=shut, with_=who, within=within, now=at("08:00")
    )
    occupancy = Occupancy.of(taken, blocks)
    span = course_span(shut, start, cadence, 4)
    chosen: list[date] = []
    for one in found:
        wished_day = local_day(one.wished, shut.timezone)
        if one.proposed is not None:
            day_of = local_day(one.proposed.starts, shut.timezone)
            expected = at(f"{minute // 60:02}:{minute % 60:02}", day_of)
            assert abs((one.proposed.starts - expected).total_seconds()) <= within * 60
            assert one.proposed.starts == one.wished or one.mark is Mark.MOVED
            assert day_of == wished_day or day_of.isocalendar()[:2] == wished_day.isocalendar()[:2]
        assert one.why or one.mark in (Mark.WISHED, Mark.THERE)
        for place in one.places:
            assert shut.closure_on(local_day(place.starts, shut.timezone)) is None
            assert span.starts <= place.starts < span.ends
            fit = soft_fit(
                shut,
                occupancy,
                service=FOLLOW_UP,
                practitioner=place.practitioner,
                starts=place.starts,
                rooms=[place.room],
                patient_id=GARCIA.id,
            )
            assert isinstance(fit, Fit), "what is offered can be had"
        if one.places:
            chosen.append(local_day(data.draw(st.sampled_from(one.places)).starts, shut.timezone))
    assert all(sooner < later for sooner, later in pairwise(chosen)), "whatever is chosen, the order stays"
