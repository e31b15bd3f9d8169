"""The waiting list: who is on it, who really fits what becomes free, and what booking from it does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import Status
from frontdesk.domain.waiting import FreedPlace, Wish
from tests.desk.conftest import local

Book = Callable[..., Appointment]
Person = Callable[[str], Patient]


def wish(desk: Desk, service: str = "Follow-up", *, who: str = "", **more: Any) -> Wish:
    clinic = desk.clinic.get()
    people = tuple(one for one in clinic.practitioners if one.name == who)
    found = next(one for one in clinic.services if one.name == service)
    return replace(Wish(found, people), **more)


def entries(desk: Desk) -> list[str]:
    return [one.entry.patient.details.family for one in desk.waiting.look().listed]


def fitting(found: FreedPlace | None) -> list[str]:
    assert found is not None
    return [one.entry.patient.details.family for one in found.fitting]


def log(desk: Desk) -> list[str]:
    return [entry.what for entry in desk.log.latest(5)]


def fill(desk: Desk, patient: Person) -> list[Appointment]:
    """Dr Lin's whole Monday, visit to visit: who comes in between needs a place that becomes free; by start."""
    visits: list[Appointment] = []
    while slots := desk.booking.slots("Follow-up", "Dr Lin", first_day=date(2026, 11, 23), days=1, limit=1):
        who = patient(f"Full{len(visits)}")
        visits.append(desk.booking.book(Request(who.id, "Follow-up", "Dr Lin", slots[0].starts)).appointment)
    return visits


def test_urgent_first_then_who_has_waited_longest(desk: Desk, patient: Person, clock: ManualClock) -> None:
    for name, urgent in (("First", False), ("Second", False), ("Third", True)):
        desk.waiting.add(patient(name).id, wish(desk, urgent=urgent))
        clock.move(minutes=1)
    assert entries(desk) == ["Third", "First", "Second"]


def test_nobody_is_on_it_twice_for_the_same(desk: Desk, patient: Person, booked: Book) -> None:
    who = patient("Garcia, Maria")
    desk.waiting.add(who.id, wish(desk))
    with pytest.raises(Refused, match=r"^Garcia, Maria is on the waiting list for that already: change that one$"):
        desk.waiting.add(who.id, wish(desk, weekdays=(1,)))
    desk.waiting.add(who.id, wish(desk, "Initial"))
    visit = booked("Lee, Jun", "2026-11-26 10:00")
    desk.waiting.add(visit.patient.id, wish(desk), appointment_id=visit.id)
    with pytest.raises(Refused, match="already"):
        desk.waiting.add(visit.patient.id, wish(desk), appointment_id=visit.id)
    with pytest.raises(Refused, match="is Lee, Jun's"):
        desk.waiting.add(who.id, wish(desk), appointment_id=visit.id)


def test_who_fits_a_cancelled_place_is_who_could_not_come_then_before(
    desk: Desk, patient: Person, booked: Book
) -> None:
    visits = fill(desk, patient)
    anybody, lin, tuesday, late = (patient(name) for name in ("Anybody", "Lin", "Tuesday", "Late"))
    desk.waiting.add(anybody.id, wish(desk))
    desk.waiting.add(lin.id, wish(desk, who="Dr Lin", latest=12 * 60))
    desk.waiting.add(tuesday.id, wish(desk, weekdays=(1,)))
    desk.waiting.add(late.id, wish(desk, earliest=15 * 60))
    desk.visits.cancel(visits[4].id, "ill", by="patient")
    found = desk.waiting.who_fits(visits[4].id)
    assert fitting(found) == ["Anybody", "Lin"]
    assert found is not None
    assert {one.place.starts for one in found.fitting} == {visits[4].starts}
    # Dr Okafor is free all morning: that place was there before, and is no freed one.
    assert {one.place.practitioner.name for one in found.fitting} == {"Dr Lin"}
    assert [one.freed.why for one in desk.waiting.look().freed] == ["cancelled"]


def test_nobody_is_offered_a_second_visit_on_a_day_on_which_they_come_anyway(desk: Desk, booked: Book) -> None:
    today = booked("Lee, Jun", "16:00")
    request = Request(today.patient.id, "Follow-up", "Dr Lin", local("2026-11-26 10:00"))
    later = desk.booking.book(request).appointment
    kept = desk.waiting.add(today.patient.id, wish(desk), appointment_id=later.id).entry
    assert desk.waiting.places(kept.id)[0].starts >= local("2026-11-24 00:00")
    # The visit itself is in nobody's way: it may move within its day.
    kept = desk.waiting.add(today.patient.id, wish(desk), appointment_id=today.id).entry
    assert desk.waiting.places(kept.id)[0].starts < today.starts


def test_a_longer_visit_does_not_fit_a_shorter_place_by_its_phases(desk: Desk, patient: Person) -> None:
    visits = fill(desk, patient)
    desk.waiting.add(patient("Long").id, wish(desk, "Initial", who="Dr Lin"))
    desk.waiting.add(patient("Short").id, wish(desk, who="Dr Lin"))
    desk.visits.cancel(visits[4].id)
    # 20 + 5 minutes of consultation and insertion run into the next one's, though the hour as a whole is free.
    assert fitting(desk.waiting.who_fits(visits[4].id)) == ["Short"]


def test_booking_from_the_list_moves_their_later_visit_in_one_step_that_is_taken_back(
    desk: Desk, booked: Book, patient: Person
) -> None:
    visits = fill(desk, patient)
    later = booked("Garcia, Maria", "2026-11-26 10:00")
    kept = desk.waiting.add(later.patient.id, wish(desk, who="Dr Lin"), appointment_id=later.id)
    desk.visits.cancel(visits[4].id)
    found = desk.waiting.who_fits(visits[4].id)
    assert found is not None
    one = found.fitting[0]
    done = desk.waiting.book(one.entry.id, one.place, one.entry.version)
    assert log(desk)[:2] == ["visit.move", "visit.cancel"]
    assert (done.appointment.id, done.appointment.starts) == (later.id, visits[4].starts)
    assert "from the waiting list" in done.words
    assert entries(desk) == []
    with pytest.raises(Refused, match="not on the waiting list any more"):
        desk.waiting.withdraw(kept.entry.id, "ill")

    back = desk.undo.last(later.id)
    assert back.appointment.starts == later.starts
    assert "on the waiting list again" in back.line
    again = desk.waiting.look().listed[0]
    assert (again.entry.since, again.entry.wish) == (kept.entry.since, kept.entry.wish)
    assert fitting(desk.waiting.who_fits(visits[4].id)) == ["Garcia"]


def test_booking_one_visit_more_is_taken_back_with_its_place_in_the_queue(
    desk: Desk, patient: Person, clock: ManualClock
) -> None:
    kept = desk.waiting.add(patient("Garcia, Maria").id, wish(desk, note="knee"))
    clock.move(minutes=60)
    place = desk.waiting.places(kept.entry.id)[0]
    done = desk.waiting.book(kept.entry.id, place)
    assert done.appointment.status is Status.BOOKED
    assert log(desk)[0] == "visit.book"
    assert desk.waiting.get(kept.entry.id).booked_id == done.appointment.id
    desk.undo.last(done.appointment.id)
    (listed,) = desk.waiting.look().listed
    assert (listed.entry.since, listed.entry.wish.note) == (kept.entry.since, "knee")


def test_a_no_show_and_a_move_leave_places_too(desk: Desk, patient: Person, clock: ManualClock) -> None:
    visits = fill(desk, patient)
    desk.waiting.add(patient("Waits").id, wish(desk, who="Dr Lin"))
    desk.visits.no_show(visits[4].id)
    assert fitting(desk.waiting.who_fits(visits[4].id)) == ["Waits"]
    desk.booking.move(visits[8].id, starts=local("2026-11-24 14:00"))
    assert fitting(desk.waiting.who_fits(visits[8].id)) == ["Waits"]
    assert [one.freed.why for one in desk.waiting.look().freed] == ["did not come", "moved away"]
    # Taken back, the place is nobody else's any more.
    desk.undo.last(visits[8].id)
    assert [one.freed.why for one in desk.waiting.look().freed] == ["did not come"]
    clock.instant = visits[4].room_span.ends
    assert desk.waiting.look().freed == ()


def test_a_shorter_visit_leaves_its_end_to_others(desk: Desk, patient: Person, booked: Book) -> None:
    first = booked("Early", "09:00", service="Initial")
    desk.lengthening.plan_retention(first.id, 30)
    desk.blocks.add(BlockRequest(local("2026-11-23 10:35"), local("2026-11-23 18:00"), ("Dr Lin",)))
    today = date(2026, 11, 23)
    kept = desk.waiting.add(patient("Waits").id, wish(desk, who="Dr Lin", earliest=9 * 60 + 45, last_day=today))
    assert desk.waiting.places(kept.entry.id) == ()
    desk.lengthening.plan_retention(first.id, 20)
    assert fitting(desk.waiting.who_fits(first.id)) == ["Waits"]


def test_a_retention_that_is_shortened_while_the_needles_are_in_leaves_its_end_to_others(
    desk: Desk, patient: Person, booked: Book, clock: ManualClock
) -> None:
    first = booked("Early", "09:00", service="Initial")
    assert (first.retention_minutes, first.ends) == (25, local("2026-11-23 09:55"))
    desk.blocks.add(BlockRequest(local("2026-11-23 10:35"), local("2026-11-23 18:00"), ("Dr Lin",)))
    clock.instant = local("2026-11-23 09:25")
    desk.needles.put_in(first.id, 8)
    today = date(2026, 11, 23)
    desk.waiting.add(patient("Waits").id, wish(desk, who="Dr Lin", earliest=9 * 60 + 42, last_day=today))
    assert desk.waiting.openings().freed == ()
    # The removal may come to lie no earlier than where nobody else has the practitioner's hands.
    desk.timers.extend(first.id, -10)
    (told,) = desk.waiting.openings().freed
    assert (told.freed.why, fitting(told)) == ("shortened", ["Waits"])
    place = told.fitting[0].place
    assert place.starts == local("2026-11-23 09:45")
    # Taken back while nobody has the time, the plan is as it was; given away, the others keep it.
    desk.undo.last(first.id)
    assert desk.visits.get(first.id).retention_minutes == 25
    assert desk.waiting.openings().freed == ()
    desk.timers.extend(first.id, -10)
    entry = told.fitting[0].entry
    desk.waiting.book(entry.id, place)
    back = desk.undo.last(first.id)
    assert back.also == ("the time that it gave up is somebody else's now",)
    assert back.appointment.retention is not None
    assert (back.appointment.retention.planned_minutes, back.appointment.retention_minutes) == (25, 15)


def test_who_freed_a_place_is_not_offered_it(desk: Desk, patient: Person) -> None:
    visits = fill(desk, patient)
    desk.waiting.add(visits[4].patient.id, wish(desk, who="Dr Lin"))
    desk.visits.cancel(visits[4].id)
    assert fitting(desk.waiting.who_fits(visits[4].id)) == []


def test_a_wish_whose_time_has_passed_is_shown_so_and_offered_nothing(
    desk: Desk, booked: Book, patient: Person, clock: ManualClock
) -> None:
    desk.waiting.add(patient("Old").id, wish(desk, last_day=date(2026, 11, 24)))
    later = booked("Garcia, Maria", "2026-11-30 10:00")
    desk.waiting.add(later.patient.id, wish(desk), appointment_id=later.id)
    desk.visits.cancel(later.id)
    clock.instant = local("2026-11-25 09:00")
    assert [one.over for one in desk.waiting.look().listed] == [
        "waited until 24 Nov",
        "the appointment it was about: cancelled",
    ]
    assert [one.place for one in desk.waiting.look().listed] == [None, None]


def test_what_was_written_down_is_taken_back_once(desk: Desk, patient: Person) -> None:
    who = patient("Garcia, Maria")
    added = desk.waiting.add(who.id, wish(desk))
    changed = desk.waiting.change(added.entry.id, added.entry.version, wish(desk, weekdays=(0, 3), urgent=True))
    assert changed.entry.wish.weekdays == (0, 3)
    with pytest.raises(Stale):
        desk.waiting.undo(added.seq)
    assert desk.waiting.undo(changed.seq) == "Garcia, Maria: undid the change"
    assert desk.waiting.get(added.entry.id).wish == added.entry.wish
    taken_off = desk.waiting.withdraw(added.entry.id, "not reached")
    assert entries(desk) == []
    desk.waiting.undo(taken_off.seq)
    assert entries(desk) == ["Garcia"]
    with pytest.raises(Refused, match="taken back already"):
        desk.waiting.undo(taken_off.seq)


@pytest.mark.parametrize("reason", ["", "  ", "bad\x07bell"])
def test_nobody_is_dropped_without_a_word(desk: Desk, patient: Person, reason: str) -> None:
    kept = desk.waiting.add(patient("Garcia").id, wish(desk))
    with pytest.raises(Refused):
        desk.waiting.withdraw(kept.entry.id, reason)
    assert entries(desk) == ["Garcia"]


def test_a_place_that_is_gone_is_refused_with_what_is_in_the_way(desk: Desk, patient: Person) -> None:
    kept = desk.waiting.add(patient("Garcia").id, wish(desk, who="Dr Lin"))
    place = desk.waiting.places(kept.entry.id)[0]
    desk.booking.book(Request(patient("Lee").id, "Follow-up", "Dr Lin", place.starts, "Room 2"))
    with pytest.raises(Refused, match="Dr Lin is with") as refused:
        desk.waiting.book(kept.entry.id, place)
    assert "squeeze" not in refused.value.reason, "from the list nobody is squeezed in"
    assert entries(desk) == ["Garcia"]


def test_two_files_made_one_are_on_it_once_and_an_erased_one_not_at_all(
    desk: Desk, patient: Person, tmp_path: Path
) -> None:
    one, other = patient("Garcia, Maria"), patient("Garcia, Mary")
    first = desk.waiting.add(one.id, wish(desk))
    desk.waiting.add(other.id, wish(desk))
    desk.waiting.add(other.id, wish(desk, "Initial"))
    desk.duplicates.merge(one.id, other.id)
    found = desk.waiting.of_patient(one.id)
    assert [entry.wish.service.name for entry in found] == ["Follow-up", "Initial"]
    assert found[0].id == first.entry.id
    desk.duplicates.part(one.id)
    assert [entry.wish.service.name for entry in desk.waiting.of_patient(other.id)] == ["Initial"]
    written = json.loads(desk.records.write(other.id, tmp_path / "record.json").read_text())
    assert [one["ending"] for one in written["waiting_list"]] == ["withdrawn", None]
    desk.records.erase(other.id, "Mary Garcia")
    assert desk.waiting.of_patient(other.id) == ()
