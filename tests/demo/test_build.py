"""The demo clinic: a morning in which everything happens, and nothing that could not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import count
from typing import Any

import pendulum
import pytest
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.demo import build_demo, demo_moment
from frontdesk.desk.open import Desk, open_desk
from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.board import RoomState
from frontdesk.domain.day import DaySheet
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Occupancy, clashes
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import ENDED_UNSEEN, IN_ROOM, NOT_BEGUN, Status
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from tests.engines import USUAL
from tests.foreign import Foreign
from tests.server import Server
from tests.thorough import thorough

AT = pendulum.datetime(2026, 11, 23, 10, 40, tz="America/Toronto").in_timezone("UTC")

Places = Callable[[], str]


@pytest.fixture
def engine() -> str:
    """Both are tried where clinics are copied from one to the other."""
    return USUAL


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Gives where nothing is yet, another place each time."""
    if USUAL == "sqlite":
        folder, numbers = tmp_path_factory.mktemp("demos"), count()
        return lambda: str(folder / f"{next(numbers)}.db")
    server: Server = request.getfixturevalue("server")
    return lambda: server.url(server.create())


@pytest.fixture(scope="module")
def where(request: pytest.FixtureRequest) -> str:
    """What `build_demo` makes by itself; nobody may write to it."""
    if USUAL == "sqlite":
        return str(request.getfixturevalue("demo"))
    place: Places = request.getfixturevalue("place")
    where = place()
    build_demo(where, at=AT)
    return where


@pytest.fixture(scope="module")
def desk(where: str) -> Iterator[Desk]:
    desk = open_desk(where, "Ana", clock=lambda _offset: ManualClock(AT))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def today(desk: Desk) -> DaySheet:
    return desk.days.load()


@pytest.fixture(scope="module")
def days_around(desk: Desk) -> list[DaySheet]:
    first = AT.in_timezone("America/Toronto").date()
    return [desk.days.load(first + timedelta(days=ahead)) for ahead in range(-42, 29)]


def test_a_visit_stands_in_every_status(today: DaySheet) -> None:
    assert {one.status for one in today.appointments} == set(Status)


def test_every_room_has_its_state_at_the_moment(desk: Desk) -> None:
    states = {one.room.name: (one.state, one.alarm) for one in desk.days.rooms()}
    assert states == {
        "Room 1": (RoomState.RETENTION, Alarm.HIGH),
        "Room 2": (RoomState.OCCUPIED, Alarm.NONE),
        "Room 3": (RoomState.OCCUPIED, Alarm.NONE),
        "Room 4": (RoomState.RETENTION, Alarm.LOW),
        "Room 5": (RoomState.TURNOVER, Alarm.NONE),
        "Community 1": (RoomState.RETENTION, Alarm.NONE),
        "Community 2": (RoomState.RETENTION, Alarm.NONE),
        "Community 3": (RoomState.NEEDLES_OUT, Alarm.NONE),
        "Community 4": (RoomState.COUNT_OWED, Alarm.NONE),
    }


def test_somebody_was_squeezed_in_somebody_is_late_somebody_must_leave(today: DaySheet) -> None:
    assert len([one for one in today.appointments if one.squeezed]) == 1
    assert [one.late_minutes(AT) for one in today.appointments if one.late_minutes(AT)] == [5]
    leaving = [one.retention.leave_by for one in today.appointments if one.retention and one.retention.leave_by]
    assert len(leaving) == 1
    assert leaving[0] > AT
    assert len([one for one in today.appointments if one.status in IN_ROOM and one.patient.details.flags]) >= 3


def test_the_day_is_full_and_three_work_in_it(today: DaySheet) -> None:
    assert len(today.taking) >= 35
    assert len({one.practitioner.name for one in today.taking}) == 3
    assert {block.title for block in today.blocks} >= {"Team meeting"}
    before = [one for one in today.taking if one.starts < AT.subtract(minutes=90)]
    after = [one for one in today.taking if one.starts > AT.add(minutes=180)]
    assert len(before) >= 5
    assert len(after) >= 10


def test_the_rules_of_booking_hold_for_every_plan(days_around: list[DaySheet]) -> None:
    for sheet in days_around:
        plans = [replace(one, status=Status.BOOKED, facts=Facts()) for one in sheet.taking]
        occupancy = Occupancy.of(plans, sheet.blocks)
        for one in plans:
            found = clashes(
                sheet.clinic,
                occupancy,
                plan=one.plan,
                practitioner=one.practitioner,
                room=one.room,
                patient_id=one.patient.id,
                ignore_appointment=one.id,
            )
            assert all(clash.rule.squeezable for clash in found) if one.squeezed else not found, (one, found)


def test_the_database_finds_nothing_wrong(where: str) -> None:
    store = Store.open(where, now=AT)
    try:
        assert check(store) == ()
    finally:
        store.close()


def test_every_visit_taking_time_claims_its_room_and_patient(where: str) -> None:
    with Foreign(where) as other:
        unclaimed = other.execute(
            "SELECT a.id, a.status FROM appointment AS a WHERE a.status NOT IN"
            " ('cancelled', 'no_show', 'entered_in_error', 'left', 'checked_out') AND (SELECT count(*) FROM claim AS c"
            " WHERE c.appointment_id = a.id AND (c.resource LIKE 'room:%' OR c.resource LIKE 'patient:%'))"
            " <> CASE WHEN a.ready_at IS NULL THEN 2 ELSE 1 END"
        )
    assert unclaimed == []


def test_facts_come_in_the_order_of_a_visit_and_none_after_now(days_around: list[DaySheet]) -> None:
    for sheet in days_around:
        for one in sheet.appointments:
            moments = facts_in_order(one)
            assert moments == sorted(moments), one
            assert all(moment <= AT for moment in moments), one
            assert one.starts > AT.subtract(days=1) or one.status not in (*NOT_BEGUN, *IN_ROOM), one


def facts_in_order(one: Appointment) -> list[DateTime]:
    facts, retention = one.facts, one.retention
    in_order = [
        facts.confirmed_at,
        facts.arrived_at,
        facts.roomed_at,
        facts.began_at,
        retention.in_at if retention else None,
        retention.out_at if retention else None,
        facts.ended_at,
    ]
    return [moment for moment in in_order if moment is not None]


def test_regulars_came_before_and_come_again(days_around: list[DaySheet]) -> None:
    came: Counter[int] = Counter()
    comes: Counter[int] = Counter()
    for sheet in days_around:
        for one in sheet.appointments:
            if one.status not in ENDED_UNSEEN:
                (came if one.starts < AT else comes)[one.patient.id] += 1
    assert len([patient for patient, times in came.items() if times >= 4 and comes[patient]]) > 50


def test_the_log_tells_the_morning_in_order_by_those_who_were_there(where: str) -> None:
    with Foreign(where) as other:
        entries = other.execute("SELECT at, who, what FROM audit ORDER BY seq")
    assert [at for at, _, _ in entries] == sorted(at for at, _, _ in entries)
    assert {who for _, who, _ in entries} == {"Ana", "Dr Lin", "Dr Okafor", "Dr Haddad"}
    assert {what for _, _, what in entries} >= {"clinic.setup", "visit.book", "needles.in", "needles.out"}


def test_the_next_steps_can_be_taken_and_undone(demo_where: str) -> None:
    desk = open_desk(demo_where, "Ana", clock=lambda _offset: ManualClock(AT))
    try:
        (overdue,) = [one for one in desk.days.rooms() if one.alarm is Alarm.HIGH]
        assert overdue.appointment is not None
        out = desk.needles.take_out(overdue.appointment.id, 12).appointment
        assert desk.visits.checkout(out.id).appointment.status is Status.CHECKED_OUT
        assert desk.undo.last(out.id).appointment.status is Status.NEEDLES_OUT
    finally:
        desk.close()


def test_whoever_opens_it_is_on_its_own_clock(where: str) -> None:
    for _ in range(2):
        desk = open_desk(where, "Ben")
        try:
            assert desk.clock.is_demo
            assert AT <= desk.clock.now() < AT.add(hours=1)
        finally:
            desk.close()


def contents(where: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything but when the database was made and which one it is."""
    with Foreign(where) as other:
        return {name: rows for name, rows in other.dump().items() if name != "meta"}


def test_the_same_seed_and_moment_make_the_same_clinic(place: Places) -> None:
    places = [place() for _ in range(3)]
    for where, seed in zip(places, (5, 5, 6), strict=True):
        build_demo(where, seed=seed, patients=100, at=AT)
    same, again, other = (contents(where) for where in places)
    assert same == again
    assert same != other


@pytest.mark.parametrize(
    "moment", ["2027-03-14 06:00", "2026-11-01 15:33", pytest.param("2027-06-05 21:00", marks=thorough)]
)
def test_any_day_and_hour_is_the_middle_of_a_working_day(place: Places, moment: str) -> None:
    where = place()
    at = demo_moment(moment)
    build_demo(where, seed=3, patients=120, at=at)
    desk = open_desk(where, "Ana", clock=lambda _offset: ManualClock(at))
    try:
        assert {one.status for one in desk.days.load().appointments} == set(Status)
        assert Counter(one.alarm for one in desk.days.rooms())[Alarm.HIGH] == 1
    finally:
        desk.close()


def test_a_few_patients_are_rounded_up_to_what_a_day_needs(place: Places) -> None:
    size = build_demo(place(), patients=1, at=AT)
    assert size.patients == 100


def test_a_database_in_use_is_left_alone(where: str) -> None:
    before = contents(where)
    with pytest.raises(Refused, match="holds a clinic already"):
        build_demo(where, at=AT)
    assert contents(where) == before


def test_a_moment_may_be_named() -> None:
    assert demo_moment("2026-11-23 10:40") == AT
    assert demo_moment("2026-11-23T10:40") == AT
    assert demo_moment("10:40").in_timezone("America/Toronto").format("HH:mm") == "10:40"


def test_without_a_moment_it_is_a_working_day_at_twenty_to_eleven() -> None:
    local = demo_moment().in_timezone("America/Toronto")
    assert (local.hour, local.minute) == (10, 40)
    assert local.weekday() < 5


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30 10:00", "2026-11-23 25:00", "2026-11-23", "\x1b[2J"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no time; write it like") as caught:
        demo_moment(text)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["2026-11-23 05:59", "2026-11-23 21:05"])
def test_a_moment_near_midnight_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="from 06:00 to 21:00"):
        demo_moment(text)


def test_some_were_called_about_coming_again(where: str) -> None:
    with closing(open_desk(where, "Ana", clock=lambda _offset: ManualClock(AT))) as desk:
        sheet = desk.recall_list.look()
        told = {one.what for one in desk.log.latest(1000) if one.what.startswith("recall.")}
    assert sheet.due > 10, "enough to be called ten in a row"
    assert sum((one.standing.overdue_days(sheet.today) or 0) > 0 for one in sheet.rows) >= 4
    assert any(one.standing.tries for one in sheet.rows)
    assert told >= {"recall.no-answer", "recall.wait", "recall.stop"}
