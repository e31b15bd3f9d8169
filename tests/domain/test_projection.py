"""What is to be expected of the rest of the day."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.projection import GIVEN_UP, Projection, project
from frontdesk.domain.visit import ON_PREMISES, Status
from tests.domain import make

ROOM_3 = Room(3, "Room 3")
ONE_ROOM = make.clinic(rooms=(make.ROOM_1,))
THREE = make.clinic(rooms=(make.ROOM_1, make.ROOM_2, ROOM_3))


def day(*visits: Appointment, clinic: object = THREE) -> DaySheet:
    own = tuple(sorted(visits, key=lambda one: one.starts))
    here = tuple(one for one in own if one.status in ON_PREMISES)
    return DaySheet(make.MONDAY, clinic, own, (), here)  # type: ignore[arg-type]


def expected(found: Projection, visit: Appointment) -> str:
    return f"{found.visits[visit.id].starts.in_timezone(make.ZONE):%H:%M}"


def resting(starts: str, in_at: str, minutes: int = 25, **changes: Any) -> Appointment:
    """A follow-up (10′, 25′ rest, 5′, 5′ turnover) with needles in."""
    facts = Facts(roomed_at=make.at(starts), began_at=make.at(starts))
    needles = make.needles(make.at(in_at), planned_minutes=minutes)
    return make.visit(
        make.at(starts),
        status=Status.NEEDLES_IN,
        facts=facts,
        retentions=(needles,),
        **changes,
    )


def test_a_day_that_goes_as_planned_is_expected_as_planned() -> None:
    first = resting("10:00", "10:10")
    during = make.visit(make.at("10:20"), room=make.ROOM_2, patient=make.SATO)
    after = make.visit(make.at("10:45"), room=make.ROOM_1, patient=make.WEBER)
    found = project(day(first, during, after), make.at("10:15"))
    assert [found.visits[one.id].slip_s for one in (first, during, after)] == [0, 0, 0]
    assert found.slipping() == ()
    assert found.practitioners == {1: make.at("10:15"), 2: make.at("10:15")}
    assert found.rooms == {1: make.at("10:45")}


def test_an_extension_shows_which_later_visits_slip_and_by_how_much() -> None:
    first = resting("10:00", "10:10", minutes=35)
    after = make.visit(make.at("10:45"), room=make.ROOM_2, patient=make.SATO)
    found = project(day(first, after), make.at("10:30"))
    # Out at 10:45 and free at 10:50: needles come out before anybody else goes in.
    assert expected(found, after) == "10:50"
    assert [(one.visit.id, one.slip_minutes) for one in found.slipping()] == [(after.id, 5)]
    assert found.late_minutes(make.LIN.id) == 5
    assert found.late_minutes(make.OKAFOR.id) == 0


def test_whoever_waits_in_a_room_is_not_left_there_for_a_removal_that_comes_a_moment_too_soon() -> None:
    other = resting("10:00", "10:10", room=make.ROOM_2, patient=make.SATO)  # out at 10:35
    waiting = make.visit(make.at("10:20"), status=Status.ROOMED, facts=Facts(roomed_at=make.at("10:20")))
    found = project(day(other, waiting), make.at("10:27"))  # 10 minutes of practitioner: until 10:37
    assert found.practitioners[make.LIN.id] >= make.at("10:37")
    assert found.rooms[1] == make.at("11:12")


def test_a_late_arrival_makes_later_ones_slip_and_one_who_never_comes_none() -> None:
    late = make.visit(make.at("10:00"), status=Status.ARRIVED, facts=Facts(arrived_at=make.at("10:08")))
    then = make.visit(make.at("10:10"), room=make.ROOM_2, patient=make.SATO, service=make.FOLLOW_UP)
    found = project(day(late, then), make.at("10:08"))
    assert (expected(found, late), expected(found, then)) == ("10:08", "10:18")
    absent = replace(late, status=Status.BOOKED, facts=Facts())
    found = project(day(absent, then), make.at("10:08"))
    assert expected(found, then) == "10:18"
    assert found.slipping() == (found.visits[then.id],), "whoever is late themselves is no news"
    gone = project(day(absent, then), make.at("10:00").add(minutes=GIVEN_UP))
    assert absent.id not in gone.visits


def test_rooms_are_soft_but_nobody_is_moved_into_a_room_that_is_planned_for_another() -> None:
    late = resting("10:00", "10:20", minutes=30, practitioner=make.OKAFOR)
    after = make.visit(make.at("10:45"), room=make.ROOM_1, patient=make.SATO)
    found = project(day(late, after), make.at("10:30"))
    assert (expected(found, after), found.visits[after.id].room) == ("10:45", make.ROOM_2)
    others = [
        make.visit(make.at("11:00"), room=room, patient=make.WEBER, practitioner=Practitioner(9, "Dr Bell"))
        for room in (make.ROOM_2, ROOM_3)
    ]
    found = project(day(late, after, *others), make.at("10:30"))
    assert (expected(found, after), found.visits[after.id].room) == ("11:00", make.ROOM_1)
    assert found.rooms[1] == make.at("11:00")


@pytest.mark.parametrize(
    ("status", "facts", "free"),
    [
        (Status.ROOMED, Facts(roomed_at=make.at("10:00")), "11:00"),
        (Status.WITH_PRACTITIONER, Facts(roomed_at=make.at("10:00"), began_at=make.at("10:12")), "10:57"),
        (Status.WITH_PRACTITIONER, Facts(roomed_at=make.at("09:00"), began_at=make.at("09:00")), "10:50"),
    ],
)
def test_a_room_is_free_when_what_is_left_of_the_visit_is_over(status: Status, facts: Facts, free: str) -> None:
    visit = make.visit(make.at("10:00"), status=status, facts=facts)
    found = project(day(visit), make.at("10:15"))
    assert found.rooms == {1: make.at(free)}


def test_out_and_gone_frees_the_room_after_the_turnover_and_ready_frees_it_now() -> None:
    now = make.at("10:42")
    out = replace(resting("10:00", "10:10"), status=Status.NEEDLES_OUT)
    out = replace(out, retentions=(replace(out.retentions[0], out_at=make.at("10:40"), count_out=12),))
    assert project(day(out), now).rooms == {1: make.at("10:50")}
    ready = replace(out, facts=replace(out.facts, ready_at=now))
    assert project(day(ready), now).rooms == {}
    gone = replace(out, status=Status.CHECKED_OUT, facts=replace(out.facts, ended_at=make.at("10:41")))
    following = make.visit(make.at("10:45"), patient=make.SATO)
    assert expected(project(day(gone, following, clinic=ONE_ROOM), now), following) == "10:46"


STATUSES = st.sampled_from(
    [Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_IN]
)


@st.composite
def days(draw: st.DrawFn) -> tuple[Appointment, ...]:
    visits = []
    for number in range(draw(st.integers(1, 7))):
        starts = make.at("10:00").add(minutes=5 * draw(st.integers(0, 30)))
        status = draw(STATUSES)
        begun = starts.add(minutes=draw(st.integers(0, 15)))
        visits.append(
            make.visit(
                starts,
                practitioner=draw(st.sampled_from([make.LIN, make.OKAFOR])),
                room=draw(st.sampled_from([make.ROOM_1, make.ROOM_2, ROOM_3, None])),
                status=status,
                squeezed=draw(st.booleans()),
                facts=Facts(arrived_at=begun, roomed_at=begun, began_at=begun),
                retentions=(make.needles(begun, id=number),) if status is Status.NEEDLES_IN else (),
            )
        )
    return tuple(visits)


@given(days(), st.integers(0, 180))
def test_nobody_is_expected_before_the_plan_or_before_now(visits: tuple[Appointment, ...], minute: int) -> None:
    now = make.at("10:00").add(minutes=minute)
    found = project(day(*visits), now)
    for one in found.visits.values():
        assert one.slip_s >= 0
        assert one.starts_s <= one.ends_s
        assert one.ends >= now
        if one.visit.status in (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED):
            assert one.starts >= max(one.visit.starts, now)
    assert all(free >= now for free in (*found.practitioners.values(), *found.rooms.values()))


@given(days(), st.integers(0, 60), st.integers(0, 60))
def test_later_out_of_the_needles_is_never_earlier_out_of_the_room(
    visits: tuple[Appointment, ...], minutes: int, more: int
) -> None:
    now = make.at("10:15")
    first = resting("10:00", "10:10", minutes=minutes)
    longer = replace(first, retentions=(replace(first.retentions[0], planned_minutes=minutes + more),))
    one, two = project(day(first, *visits), now), project(day(longer, *visits), now)
    assert two.visits[first.id].ends_s >= one.visits[first.id].ends_s


@given(days(), st.integers(0, 40), st.integers(0, 40))
def test_whoever_comes_later_is_not_expected_earlier(visits: tuple[Appointment, ...], minutes: int, more: int) -> None:
    late = make.visit(make.at("10:00"), status=Status.ARRIVED)
    soon, later = (make.at("10:00").add(minutes=one) for one in (minutes, minutes + more))
    others = tuple(one for one in visits if one.status not in ON_PREMISES and one.starts > late.starts)
    one, two = project(day(late, *others), soon), project(day(late, *others), later)
    assert two.visits[late.id].starts_s >= one.visits[late.id].starts_s
