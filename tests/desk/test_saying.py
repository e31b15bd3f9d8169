"""Booking by one line: what is certain is booked, everything else is asked back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from tests.desk.conftest import local


def test_a_whole_line_books(desk: Desk, patient: Callable[[str], Patient]) -> None:
    maria = patient("García, Maria")
    done = desk.saying.book("garcia follow-up lin tomorrow 10:20").appointment
    assert (done.patient.id, done.service.name, done.practitioner.name, done.starts) == (
        maria.id,
        "Follow-up",
        "Dr Lin",
        local("2026-11-24 10:20"),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("follow-up tomorrow 10:20 dr lin", "who is it for"),
        ("nobody follow-up lin tomorrow 10:20", "nobody on file"),
        ("garcia follow-up lin tomorrow 10:20", "several patients"),
        ("lee lin tomorrow 10:20", "which service"),
        ("lee follow-up tomorrow 10:20", "with whom"),
        ("lee follow-up lin", "when"),
        ("lee follow-up lin 10:20", "when"),
        ("lee follow-up lin 22 nov 10:20", ""),
    ],
)
def test_what_is_not_certain_is_asked_back(
    desk: Desk, patient: Callable[[str], Patient], line: str, words: str
) -> None:
    for name in ("Garcia, Maria", "Garcia, Sofia", "Lee, Jun"):
        patient(name)
    before = desk.log.latest(50)
    if words:
        with pytest.raises(Refused, match=words):
            desk.saying.book(line)
        assert desk.log.latest(50) == before
    else:
        # Without a year, a day that has passed is next year's: never the past.
        assert desk.saying.understand(line).line.starts == local("2027-11-22 10:20")


def test_a_number_names_one_of_several(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Garcia, Maria")
    sofia = patient("Garcia, Sofia")
    assert desk.saying.book(f"#{sofia.id} follow-up lin tomorrow 10:20").appointment.patient == sofia


def test_what_does_not_fit_says_what_works(desk: Desk, booked: Callable[..., Appointment]) -> None:
    booked("Garcia, Maria", "2026-11-24 10:00")
    booked("Lee, Jun", "2026-11-25 10:00")
    understood = desk.saying.understand("lee follow-up lin tomorrow 10:05")
    assert understood.answer is not None
    assert understood.answer.fit is None
    assert "Garcia, Maria" in "; ".join(understood.why_not)
    assert local("2026-11-24 10:15") in [slot.starts for slot in understood.alternatives]
    with pytest.raises(Refused, match="10:15"):
        desk.saying.book("lee follow-up lin tomorrow 10:05")


def test_without_a_time_the_next_places_are_offered(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Lee, Jun")
    offers = desk.saying.understand("lee follow-up lin").alternatives
    assert [slot.practitioner.name for slot in offers] == ["Dr Lin"] * 3
    assert offers[0].starts == local("2026-11-23 09:00")
