"""Nothing is booked for the dead; whose file is retired is booked when asked again, and is in use again then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.desk.saying import Choice
from frontdesk.desk.series import SeriesRequest
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused, Retired
from frontdesk.domain.patient import Patient, PatientDetails
from tests.desk.conftest import local

LINE = "garcia follow-up lin tue 10:00"


def on_file(desk: Desk, **more: Any) -> Patient:
    return desk.patients.add(PatientDetails(given="Maria", family="Garcia", **more))


def ways(desk: Desk, who: Patient, *, again: bool) -> dict[str, Callable[[], object]]:
    """Every way to book for somebody."""
    starts = local("2026-11-23 10:00")
    course = SeriesRequest(who.id, "Follow-up", "Dr Lin", starts, count=2, comes_again=again)

    def book_course() -> object:
        plan = desk.series.propose(course)
        return desk.series.book(course, plan.places)

    return {
        "form": lambda: desk.booking.book(Request(who.id, "Follow-up", "Dr Lin", starts, comes_again=again)),
        "line": lambda: desk.saying.book(LINE, Choice(comes_again=again)),
        "course": book_course,
    }


def visits(desk: Desk, who: Patient) -> int:
    return len(desk.patients.card(who.id).coming)


@pytest.mark.parametrize("way", ["form", "line", "course"])
def test_nothing_is_booked_for_the_dead(desk: Desk, way: str) -> None:
    gone = on_file(desk, deceased_on=date(2026, 11, 1))
    with pytest.raises(
        Refused, match=r"Garcia, Maria is deceased \(01\.11\.2026\), nothing is booked; if that is wrong"
    ):
        ways(desk, gone, again=True)[way]()
    assert not visits(desk, gone)


@pytest.mark.parametrize("way", ["form", "line", "course"])
def test_whose_file_is_retired_is_booked_when_asked_again(desk: Desk, way: str) -> None:
    gone = on_file(desk, retired=True)
    with pytest.raises(Retired, match="they come no more: say so if they do") as refused:
        ways(desk, gone, again=False)[way]()
    assert refused.value.option == "--comes-again"
    assert not visits(desk, gone)
    done = ways(desk, gone, again=True)[way]()
    assert "their file is in use again" in done.line  # type: ignore[attr-defined]
    assert visits(desk, gone)
    assert not desk.patients.get(gone.id).details.retired


@pytest.mark.parametrize("way", ["form", "line", "course"])
def test_undoing_that_booking_retires_the_file_again(desk: Desk, way: str) -> None:
    gone = on_file(desk, retired=True)
    done = ways(desk, gone, again=True)[way]()
    undone = desk.undo.last(done.appointment.id)  # type: ignore[attr-defined]
    assert "their file is retired again" in undone.line
    assert not visits(desk, gone)
    assert desk.patients.get(gone.id).details.retired


@pytest.mark.parametrize(("is_booked", "words"), [(True, "another visit is booked"), (False, "it was changed since")])
def test_a_file_that_is_in_use_otherwise_by_then_stays_so(desk: Desk, is_booked: bool, words: str) -> None:
    gone = on_file(desk, retired=True)
    first = desk.booking.book(Request(gone.id, "Follow-up", "Dr Lin", local("2026-11-23 10:00"), comes_again=True))
    if is_booked:
        desk.booking.book(Request(gone.id, "Follow-up", "Dr Lin", local("2026-11-24 10:00")))
    else:
        now = desk.patients.get(gone.id)
        desk.patients.save(now.id, now.version, replace(now.details, notes="Is back in town."))
    assert f"their file stays in use: {words}" in desk.undo.last(first.appointment.id).line
    assert not desk.patients.get(gone.id).details.retired


def test_of_whoever_comes_no_more_it_is_said_what_they_are_booked_for(desk: Desk) -> None:
    patient = on_file(desk)
    for text in ("2026-11-24 10:00", "2026-11-25 10:00"):
        desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", local(text)))
    assert desk.patients.still_booked(patient.id) == ""
    gone = desk.patients.save(patient.id, 1, replace(patient.details, deceased_on=date(2026, 11, 22)))
    said = "2 visits booked from Tue 24 Nov: cancel them"
    assert desk.patients.still_booked(gone.id) == said
    for visit in desk.patients.card(gone.id).coming[1:]:
        desk.visits.cancel(visit.id)
    assert desk.patients.still_booked(gone.id) == "1 visit booked on Tue 24 Nov: cancel it"


def test_a_line_says_beforehand_that_they_come_no_more(desk: Desk) -> None:
    on_file(desk, retired=True)
    understood = desk.saying.understand(LINE)
    assert understood.comes_no_more
    assert "is retired, they come no more" in understood.why_not[0]
    assert not desk.saying.understand(LINE, Choice(comes_again=True)).why_not


def test_what_was_called_off_is_not_put_back_for_the_dead(desk: Desk, booked: Callable[..., Appointment]) -> None:
    visit = desk.visits.cancel(booked("Garcia, Maria", "10:00").id).appointment
    who = desk.patients.get(visit.patient.id)
    desk.patients.save(who.id, who.version, replace(who.details, deceased_on=date(2026, 11, 22)))
    with pytest.raises(Refused, match="is deceased"):
        desk.booking.reinstate(visit.id)


def test_a_wish_is_told_what_else_its_day_holds_of_the_same_patient(desk: Desk, clock: ManualClock) -> None:
    who = on_file(desk)
    wish = Request(who.id, "Follow-up", "Dr Lin", local("2026-11-23 14:00"))
    assert desk.booking.check(wish).remarks == ()
    visit = desk.booking.book(replace(wish, starts=local("2026-11-23 10:00"))).appointment
    assert desk.booking.check(wish).remarks == ("Garcia M has 10:00 with Dr Lin today",)
    assert desk.booking.check(replace(wish, starts=local("2026-11-24 10:00"))).remarks == ()
    clock.instant = local("2026-11-22 10:00")
    assert desk.booking.check(wish).remarks == ("Garcia M has 10:00 with Dr Lin that day",)
    clock.instant = local("2026-11-23 10:00")
    desk.visits.arrive(visit.id)
    assert desk.booking.check(wish).remarks == ("Garcia M is here now, waiting",)
    desk.visits.room(visit.id, "Room 1")
    assert desk.booking.check(wish).remarks == ("Garcia M is here now, in Room 1",)
    desk.visits.begin(visit.id)
    desk.needles.put_in(visit.id, 3)
    desk.needles.take_out(visit.id, 3)
    desk.visits.checkout(visit.id)
    assert desk.booking.check(wish).remarks == ("Garcia M was here today, 10:00 with Dr Lin",)
    assert desk.booking.check(wish).fit is not None, "a remark refuses nothing"
