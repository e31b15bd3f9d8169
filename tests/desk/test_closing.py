"""A practitioner goes off, the day is closed: on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.close_page import needle_words
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.closing import Need
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from frontdesk.store import close_writes
from tests.desk.conftest import CLINIC, local

Booked = Callable[..., Appointment]
DAY = date(2026, 11, 23)


def whats(desk: Desk) -> list[str]:
    return [entry.what for entry in reversed(desk.log.latest(8))]


def test_a_day_is_closed_only_when_everybody_has_gone_and_says_who_has_not(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    resting, never = booked("Garcia, Maria", "10:00"), booked("Sato, Hana", "11:00")
    tomorrow = booked("Weber, Jonas", "2026-11-24 09:00")
    clock.instant = local("2026-11-23 10:20")
    desk.needles.put_in(resting.id, 12)
    with pytest.raises(Refused, match=r"still to come: Sato, Hana 11:00"):
        desk.closing.close()
    clock.instant = local("2026-11-23 18:00")
    with pytest.raises(Refused, match=r"still here: Garcia, Maria in Room 1 \(needles in\)$"):
        desk.closing.close(no_shows=True)
    assert needle_words(desk.closing.look()) == "12 needles in: 0 out, 12 still in"
    assert desk.visits.get(never.id).status is Status.BOOKED, "a refused close marks nobody"
    desk.needles.take_out(resting.id, None)
    with pytest.raises(Refused, match="count owed"):
        desk.closing.close(no_shows=True)
    assert needle_words(desk.closing.look()) == "12 needles in: 0 out, 12 NOT COUNTED OUT"
    desk.needles.take_out(resting.id, 12)
    assert needle_words(desk.closing.look()) == "12 needles in: 12 out"
    with pytest.raises(Refused, match="in a room"):
        desk.closing.close(no_shows=True)
    desk.visits.checkout(resting.id)
    with pytest.raises(Refused, match=r"never came: Sato, Hana 11:00; mark them as no-shows$") as refused:
        desk.closing.close()
    assert refused.value.option == "--no-shows marks them all"
    done = desk.closing.close(no_shows=True)
    assert done.is_closed
    assert (done.close.seen, done.close.no_shows) == (1, 1)
    assert [one.id for one in done.next_visits] == [tomorrow.id]
    assert whats(desk)[-2:] == ["visit.no-show", "day.close"]


def test_a_closed_day_stays_closed_until_something_of_it_changes(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    visit = booked("Garcia, Maria", "10:00")
    clock.instant = local("2026-11-23 18:00")
    desk.visits.no_show(visit.id)
    first = desk.closing.close()
    entries = len(desk.log.latest())
    assert desk.closing.close().closed == first.closed
    assert len(desk.log.latest()) == entries
    desk.undo.last(visit.id)
    assert desk.closing.look(DAY).closed == replace(first.closed, changed_since=True) if first.closed else False
    desk.visits.cancel(visit.id)
    clock.move(minutes=5)
    again = desk.closing.close()
    assert again.is_closed
    assert again.closed is not None
    assert again.closed.at == clock.now()


def test_a_day_that_has_not_come_is_not_closed(desk: Desk) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        desk.closing.close(date(2026, 11, 24))


def test_yesterday_may_be_closed_while_today_is_under_way(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    today = booked("Garcia, Maria", "2026-11-24 10:00")
    clock.instant = local("2026-11-24 10:20")
    desk.needles.put_in(today.id, 12)
    assert desk.closing.close(DAY).is_closed
    with pytest.raises(Refused, match="needles in"):
        desk.closing.close()


def test_the_database_itself_closes_nobody_in(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 12)
    with (
        pytest.raises(Refused, match="still in the house"),
        desk.context.writing() as writing,
    ):
        close_writes.add(writing.connection, DAY, until=local("2026-11-24 00:00"), at=writing.at, who="x")


def test_who_goes_off_hands_over_and_whom_nobody_takes_is_an_alarm(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    one, two = booked("Garcia, Maria", "10:00"), booked("Sato, Hana", "10:30")
    desk.needles.put_in(one.id, 12)
    desk.visits.room(two.id)
    clock.move(minutes=5)
    gone = desk.hand_over.go_off("lin", {one.id: "Okafor"})
    assert [left.id for left in gone.left] == [two.id]
    assert "Garcia, Maria is with Dr Okafor" in gone.words
    first, second = desk.days.rooms()[:2]
    assert (first.alarm, first.owner and first.owner.name) == (Alarm.NONE, "Dr Okafor")
    assert (second.alarm, second.ownerless) == (Alarm.MEDIUM, True)
    assert whats(desk)[-2:] == ["practitioner.off", "visit.hand-over"]
    with pytest.raises(Refused, match="Dr Lin is off"):
        desk.hand_over.visit(one.id, "Dr Lin")
    desk.hand_over.visit(two.id, "okafor")
    assert not any(room.ownerless for room in desk.days.rooms())
    desk.undo.last(two.id)
    assert desk.days.rooms()[1].ownerless
    desk.hand_over.back("Dr Lin")
    assert not any(room.ownerless for room in desk.days.rooms())
    assert desk.visits.get(one.id).practitioner.name == "Dr Lin", "the plan stays"


def test_nobody_is_handed_over_who_is_in_no_room_or_to_who_has_them(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match="is in no room"):
        desk.hand_over.visit(visit.id, "Dr Okafor")
    desk.visits.begin(visit.id)
    with pytest.raises(Refused, match="Dr Lin has Garcia, Maria already"):
        desk.hand_over.visit(visit.id, "Dr Lin")
    with pytest.raises(Refused, match=r"name a colleague|is off"):
        desk.hand_over.go_off("Dr Lin", "Dr Lin")
    assert desk.closing.look().close.open[0].need is Need.IN_ROOM


def test_who_took_a_visit_over_is_never_deleted_by_a_set_up(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.begin(visit.id)
    desk.hand_over.visit(visit.id, "Dr Okafor")
    answers = {**CLINIC, "practitioners": [{"name": "Dr Lin"}]}
    desk.clinic.setup(desk.clinic.read_answers(answers))
    assert desk.visits.get(visit.id).in_charge.retired
