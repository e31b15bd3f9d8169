"""Two people at one appointment: the second is told what the first did, and nothing is overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import frontdesk.desk
from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.entry_words import DONE, SILENT, TAKEN_BACK
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Stale
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.visit import Action, Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


@pytest.fixture
def ben(desk: Desk) -> Desk:
    """Another desk on the same database."""
    return desk_on(Context(desk.context.store, desk.context.clock, "Ben"))


def told(desk: Desk, seen: Appointment) -> str:
    """What somebody is told who moves the visit as they saw it."""
    with pytest.raises(Stale) as refused:
        desk.booking.move(seen.id, starts=local("2026-11-25 10:00"), version=seen.version)
    return refused.value.reason


def test_who_moves_what_was_moved_is_told_where_to(desk: Desk, ben: Desk, booked: Booked, clock: ManualClock) -> None:
    seen = booked("Garcia, Maria", "10:00")
    clock.move(minutes=161)
    moved = ben.booking.move(seen.id, starts=local("2026-11-24 10:40"), room="Room 2", version=seen.version).appointment
    said = "Garcia, Maria was moved to Tue 24 Nov 10:40, Room 2 by Ben at 10:41; look again"
    assert told(desk, seen) == said
    with pytest.raises(Stale, match=re.escape(said)):
        desk.visits.cancel(seen.id, by="patient", version=seen.version)
    with pytest.raises(Stale, match=re.escape(said)):
        desk.undo.last(seen.id, version=seen.version)
    assert desk.visits.get(seen.id) == moved


def test_whoever_saw_the_latest_is_not_refused(desk: Desk, ben: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00")
    seen = ben.visits.confirm(seen.id).appointment
    assert desk.booking.move(seen.id, starts=local("2026-11-24 10:00"), version=seen.version).appointment.id == seen.id


def test_what_was_seen_already_is_not_told_again(desk: Desk, ben: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    ben.booking.move(visit.id, room="Room 2")
    seen = ben.visits.confirm(visit.id).appointment
    ben.undo.last(visit.id)
    assert told(desk, seen) == "Garcia, Maria had the confirmation taken back by Ben at 08:00; look again"


def test_several_changes_are_told_in_their_order_and_of_many_the_last(desk: Desk, ben: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00")
    ben.visits.confirm(seen.id)
    ben.booking.move(seen.id, practitioner="Dr Okafor")
    first = "Garcia, Maria was confirmed by Ben at 08:00, then was moved to Dr Okafor by Ben at 08:00; look again"
    assert told(desk, seen) == first
    ben.booking.move(seen.id, room="Room 2")
    ben.visits.cancel(seen.id, "ill", by="patient")
    assert told(desk, seen) == (
        "Garcia, Maria was moved to Dr Okafor by Ben at 08:00, then was moved to Room 2 by Ben at 08:00, "
        "then was cancelled (patient: ill) by Ben at 08:00; look again"
    )


def test_somebody_elses_booking_that_changed_a_retention_is_told(desk: Desk, ben: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00")
    other = ben.patients.add(PatientDetails(given="Jun", family="Lee"))
    # Her removal is planned for 10:40: for Lee's first minutes it must come sooner or later.
    ben.booking.book(Request(other.id, "Follow-up", "Dr Lin", local("2026-11-23 10:40")))
    assert told(desk, seen) == "Garcia, Maria was planned for 20 min of retention by Ben at 08:00; look again"


def test_a_change_that_is_in_no_log_is_still_noticed(desk: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00")
    with desk.context.writing() as writing:
        writing.connection.exec_driver_sql(f"UPDATE appointment SET version = 7 WHERE id = {seen.id}")
        writing.log("clinic.setup", "clinic")
    # The booking itself was seen; nothing else is known of it.
    assert told(desk, seen) == "Garcia, Maria was changed by somebody else; look again"


STEPS: list[tuple[Callable[[Desk, int], object], str]] = [
    (lambda desk, key: desk.visits.confirm(key), "was confirmed"),
    (lambda desk, key: desk.visits.arrive(key), "was marked as arrived"),
    (lambda desk, key: desk.visits.room(key, "Room 2"), "was taken to Room 2"),
    (lambda desk, key: desk.visits.begin(key), "was marked as with the practitioner"),
    (lambda desk, key: desk.needles.put_in(key, 12), "had 12 needles put in"),
    (lambda desk, key: desk.needles.put_in(key, 11), "had the count in corrected to 11"),
    (lambda desk, key: desk.timers.check(key), "was looked in on"),
    (lambda desk, key: desk.timers.extend(key, 5), "was given 30 min of retention"),
    (lambda desk, key: desk.undo.last(key), "had the change of the retention taken back"),
    (lambda desk, key: desk.needles.take_out(key, None), "had the needles taken out, the count owed"),
    (lambda desk, key: desk.needles.take_out(key, 11), "had the count of 11 needles given"),
    (lambda desk, key: desk.visits.ready(key), "had the room called ready"),
    (lambda desk, key: desk.visits.checkout(key), "was checked out"),
    (lambda desk, key: desk.undo.last(key), "had the check-out taken back"),
]


def test_every_step_of_a_visit_is_told_in_words_of_its_own(desk: Desk, ben: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00")
    for step, words in STEPS:
        step(ben, seen.id)
        assert told(desk, seen) == f"Garcia, Maria {words} by Ben at 08:00; look again"
        seen = desk.visits.get(seen.id)


@pytest.mark.parametrize(
    ("step", "words"),
    [("no_show", "was marked as a no-show"), ("error", "was marked as entered in error")],
)
def test_an_end_is_told_and_so_is_that_it_was_put_back(
    desk: Desk, ben: Desk, booked: Booked, step: str, words: str
) -> None:
    seen = booked("Garcia, Maria", "10:00")
    getattr(ben.visits, step)(seen.id)
    assert told(desk, seen) == f"Garcia, Maria {words} by Ben at 08:00; look again"
    if step == "no_show":
        seen = desk.visits.get(seen.id)
        ben.booking.reinstate(seen.id)
        assert told(desk, seen) == "Garcia, Maria was reinstated by Ben at 08:00; look again"


def test_a_room_taken_away_is_told(desk: Desk, ben: Desk, booked: Booked) -> None:
    seen = booked("Garcia, Maria", "10:00", room="Room 1")
    ben.visits.room(booked("Lee, Jun", "10:00", room="Room 2", squeeze=True).id, "Room 1")
    assert told(desk, seen) == "Garcia, Maria was given Room 2 by Ben at 08:00; look again"


def test_every_kind_of_entry_that_a_desk_writes_has_its_words() -> None:
    folder = Path(frontdesk.desk.__file__).parent
    written = {kind for path in folder.glob("*.py") for kind in _kinds(path.read_text(encoding="utf-8"))}
    written |= {f"visit.{action.value}" for action in Action}
    assert written - set(DONE) == {"visit.undo"}
    assert set(TAKEN_BACK) <= set(DONE)
    assert set(DONE) >= SILENT


def _kinds(source: str) -> set[str]:
    return set(re.findall(r'"((?:visit|needles)\.[a-z-]+)"', source))


def test_reinstating_what_somebody_reinstated_and_moved_is_refused(desk: Desk, ben: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    seen = desk.visits.cancel(visit.id, by="clinic").appointment
    ben.booking.reinstate(visit.id, version=seen.version)
    ben.booking.move(visit.id, starts=local("2026-11-24 10:00"))
    with pytest.raises(Stale, match=r"was reinstated by Ben at 08:00, then was moved to Tue 24 Nov 10:00"):
        desk.booking.reinstate(visit.id, version=seen.version)
    assert desk.visits.get(visit.id).status is Status.BOOKED


def test_a_booking_is_told_as_such(desk: Desk, ben: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    ben.booking.book(Request(visit.patient.id, "Follow-up", "Dr Lin", local("2026-11-24 10:00")))
    unseen = replace(visit, version=0)
    assert told(desk, unseen) == (
        "Garcia, Maria was booked for Mon 23 Nov 10:00, Room 1, Dr Lin by Ana at 08:00; look again"
    )
