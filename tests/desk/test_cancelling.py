"""Calling an appointment off, late or in time, and putting it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.report import PeriodKind
from frontdesk.domain.setup import spec_of
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def test_who_called_it_off_and_why_is_kept_and_said(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "2026-11-25 10:00")
    done = desk.visits.cancel(visit.id, "ill", by="patient")
    assert done.line == "Garcia, Maria: cancelled by the patient (ill)"
    stored = desk.visits.get(visit.id)
    assert (stored.status, stored.cancelled_by, stored.facts.reason) == (Status.CANCELLED, "patient", "ill")
    entry = desk.log.latest(1)[0]
    assert (entry.what, (entry.after or {})["cancelled_by"], (entry.after or {})["reason"]) == (
        "visit.cancel",
        "patient",
        "ill",
    )


@pytest.mark.parametrize(
    ("at", "by", "late"),
    [
        ("2026-11-23 10:00", "patient", False),  # to the minute a day before
        ("2026-11-23 10:01", "patient", True),
        ("2026-11-24 11:00", "patient", True),
        ("2026-11-24 09:00", "clinic", False),
        ("2026-11-24 09:00", "", False),
    ],
)
def test_late_is_less_than_a_day_before_and_only_the_patients(
    desk: Desk, booked: Booked, clock: ManualClock, at: str, by: str, late: bool
) -> None:
    visit = booked("Garcia, Maria", "2026-11-24 10:00")
    clock.instant = local(at)
    done = desk.visits.cancel(visit.id, by=by)
    assert done.appointment.cancelled_late is late
    assert ("less than 24 h before" in done.line) is late


def test_from_when_it_is_late_is_the_clinics_and_past_ones_count_by_it(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    visit = booked("Garcia, Maria", "2026-11-25 10:00")
    clock.instant = local("2026-11-23 12:00")
    assert "h before" not in desk.visits.cancel(visit.id, by="patient").line
    clinic = desk.clinic.load()
    assert clinic is not None

    def counted(hours: int) -> tuple[int, int, int]:
        desk.clinic.setup(replace(spec_of(clinic), late_cancel_hours=hours))
        late = sum(tally.late for _, tally in desk.reports.load(PeriodKind.WEEK, date(2026, 11, 25)).practitioners)
        card = desk.patients.card(visit.patient.id)
        return card.missed.late_cancellations, desk.files.missed(visit.patient.id).late_cancellations, late

    assert [counted(hours) for hours in (46, 48)] == [(0, 0, 0), (1, 1, 1)]
    other = booked("Kim, Bo", "2026-11-25 11:00")
    assert "less than 48 h before" in desk.visits.cancel(other.id, by="patient").line


def test_somebody_else_can_not_have_called_it_off(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match="who cancels\\? say patient or clinic"):
        desk.visits.cancel(visit.id, by="Ben")
    assert desk.visits.get(visit.id) == visit


def test_what_was_called_off_is_put_back_where_it_was(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 2")
    desk.visits.cancel(visit.id, "ill", by="patient")
    done = desk.booking.reinstate(visit.id)
    again = done.appointment
    assert done.line == "Garcia, Maria: put back, Mon 23 Nov 10:00 with Dr Lin, Room 2"
    assert (again.status, again.starts, again.room) == (Status.BOOKED, visit.starts, visit.room)
    assert (again.cancelled_by, again.facts) == ("", visit.facts)
    with pytest.raises(Refused, match="Garcia, Maria"):
        booked("Lee, Jun", "10:00", room="Room 2")
    assert desk.upkeep.check() == ()


def test_a_no_show_is_put_back_too_and_that_is_undone(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    ended = desk.visits.no_show(visit.id).appointment
    desk.booking.reinstate(visit.id)
    done = desk.undo.last(visit.id)
    assert done.line == "Garcia, Maria: undid the reinstating"
    assert (done.appointment.status, done.appointment.facts) == (Status.NO_SHOW, ended.facts)
    booked("Lee, Jun", "10:00", room="Room 1")
    assert desk.upkeep.check() == ()


def test_a_room_that_was_given_away_is_another_one(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.cancel(visit.id)
    booked("Lee, Jun", "10:30", room="Room 1")
    again = desk.booking.reinstate(visit.id).appointment
    assert again.room
    assert again.room.name == "Room 2"


def test_a_place_that_was_given_away_is_told_with_what_is_free(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.cancel(visit.id)
    booked("Lee, Jun", "10:05")
    with pytest.raises(Refused) as refused:
        desk.booking.reinstate(visit.id)
    assert refused.value.reason.startswith(
        "Garcia, Maria can't be put back at Mon 23 Nov 10:00: Dr Lin is with Lee, Jun 10:05-10:20: 10 min overlap"
    )
    assert " — free: " in refused.value.reason
    assert "squeeze" not in refused.value.reason
    assert desk.visits.get(visit.id).status is Status.CANCELLED


def test_what_was_squeezed_in_is_squeezed_in_again(desk: Desk, booked: Booked) -> None:
    booked("Lee, Jun", "10:00")
    visit = booked("Garcia, Maria", "10:05", squeeze=True)
    desk.visits.cancel(visit.id)
    assert desk.booking.reinstate(visit.id).appointment.squeezed


def test_a_day_that_has_passed_is_not_put_back(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.cancel(visit.id)
    clock.move(minutes=24 * 60)
    with pytest.raises(Refused, match="Mon 23 Nov 10:00 has passed: book Garcia, Maria anew"):
        desk.booking.reinstate(visit.id)


@pytest.mark.parametrize("step", ["confirm", "arrive"])
def test_what_was_not_called_off_can_not_be_put_back(desk: Desk, booked: Booked, step: str) -> None:
    visit = booked("Garcia, Maria", "10:00")
    getattr(desk.visits, step)(visit.id)
    with pytest.raises(Refused, match="reinstate can't follow"):
        desk.booking.reinstate(visit.id)


def test_a_patient_who_has_another_visit_by_then_is_not_put_on_top(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.cancel(visit.id)
    desk.booking.book(Request(visit.patient.id, "Follow-up", "Dr Okafor", local("2026-11-23 10:20")))
    with pytest.raises(Refused, match="Garcia, Maria is already with Dr Okafor"):
        desk.booking.reinstate(visit.id)
