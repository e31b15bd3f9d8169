"""A planned visit made longer or shorter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.lengthening import stepped
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def test_a_retention_is_planned_anew_and_taken_back(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    done = desk.lengthening.plan_retention(visit.id, 30, version=visit.version)
    assert done.appointment.retention_minutes == 30
    assert done.appointment.ends == local("2026-11-23 10:50")
    assert "30 min of retention, leaves at 10:50" in done.line
    back = desk.undo.last(visit.id, version=done.appointment.version)
    assert back.appointment.retention_minutes == 25
    assert "undid the change of the planned retention" in back.line


@pytest.mark.parametrize("minutes", [19, 31, 0, -5])
def test_the_window_of_the_service_holds(desk: Desk, booked: Booked, minutes: int) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match="20 to 30 min"):
        desk.lengthening.plan_retention(visit.id, minutes)
    assert desk.visits.get(visit.id) == visit


def test_the_steps_end_where_the_window_does(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    assert (stepped(visit, 1), stepped(visit, -1)) == (30, 20)
    longest = desk.lengthening.plan_retention(visit.id, 30).appointment
    with pytest.raises(Refused, match="has 30 min of retention, the longest of Follow-up"):
        stepped(longest, 1)
    shortest = desk.lengthening.plan_retention(visit.id, 20).appointment
    with pytest.raises(Refused, match="the shortest"):
        stepped(shortest, -1)


def test_a_clash_is_said_and_changes_nothing(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    booked("Lee, Jun", "10:45", room="Room 2")
    with pytest.raises(Refused, match="30 min of retention do not fit: Dr Lin is with Lee, Jun"):
        desk.lengthening.plan_retention(visit.id, 30)
    assert desk.visits.get(visit.id) == visit


def test_who_decided_on_an_older_version_is_told(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.confirm(visit.id)
    with pytest.raises(Stale, match="was confirmed by Ana"):
        desk.lengthening.plan_retention(visit.id, 30, version=visit.version)


def test_once_needles_are_in_the_retention_is_extended_instead(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 10)
    with pytest.raises(Refused, match="extend the retention instead"):
        desk.lengthening.plan_retention(visit.id, 30)
    desk.needles.take_out(visit.id, 10)
    with pytest.raises(Refused, match="can't be changed any more"):
        desk.lengthening.plan_retention(visit.id, 30)


def test_a_squeezed_visit_stays_squeezed(desk: Desk, booked: Booked) -> None:
    booked("Lee, Jun", "10:00", room="Room 2")
    visit = booked("Garcia, Maria", "10:00", squeeze=True)
    assert desk.lengthening.plan_retention(visit.id, 30).appointment.squeezed
