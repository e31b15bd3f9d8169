"""What an event of another calendar becomes: whose, what, where, by its words."""

from __future__ import annotations

import pytest

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.event import (
    EventWords,
    Steering,
    named_in,
    practitioner_of,
    retention_for,
    rooms_of,
    service_of,
    without_names,
)
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.phases import Service

LIN, LINDE = Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Lin Linde")
ONE, TEN = Room(1, "Room 1"), Room(2, "Room 10")
INITIAL = Service(1, "Initial", 20, 5, 20, 30, 25, 5, 5)
FOLLOW_UP = Service(2, "Follow-up", 10, 5, 20, 30, 25, 5, 5)
COMMUNITY = Service(3, "Community", 5, 5, 30, 60, 40, 5, 5)
CLINIC = Clinic("C", "UTC", "CA", 5, WeekHours(), (ONE, TEN), (LIN, LINDE), (INITIAL, FOLLOW_UP, COMMUNITY))
NOTHING = Steering()


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("room 1", ONE),
        ("in Room 10, upstairs", TEN),
        ("Room 100", None),
        ("Bathroom 1", None),
        ("Room 1 and Room 10", None),
        ("", None),
    ],
)
def test_a_name_counts_as_whole_words_only(text: str, room: Room | None) -> None:
    assert named_in(text, CLINIC.rooms) == room


def test_the_longer_name_is_meant_where_one_holds_the_other() -> None:
    assert named_in("with dr lin linde", CLINIC.practitioners) == LINDE


def test_whose_it_is_goes_from_the_event_to_the_calendar() -> None:
    steered = Steering(practitioner=LINDE)
    assert practitioner_of(CLINIC, EventWords("Maria, Dr Lin", calendar="Dr Lin Linde"), steered) == LIN
    assert practitioner_of(CLINIC, EventWords("Maria", calendar="Dr Lin"), steered) == LINDE
    assert practitioner_of(CLINIC, EventWords("Maria", calendar="Dr Lin"), NOTHING) == LIN
    assert practitioner_of(CLINIC, EventWords("Maria", people=("Dr Lin",)), NOTHING) == LIN
    assert practitioner_of(CLINIC, EventWords("Maria"), NOTHING) is None


def test_the_only_practitioner_there_is_is_meant() -> None:
    alone = Clinic("C", "UTC", "CA", 5, WeekHours(), (ONE,), (LIN, Practitioner(3, "Dr Gone", retired=True)))
    assert practitioner_of(alone, EventWords("Maria"), NOTHING) == LIN


@pytest.mark.parametrize(
    ("minutes", "service"),
    [(30, FOLLOW_UP), (45, FOLLOW_UP), (43, FOLLOW_UP), (70, COMMUNITY), (55, INITIAL), (90, COMMUNITY)],
)
def test_the_service_is_the_one_whose_length_comes_nearest(minutes: int, service: Service) -> None:
    assert service_of(CLINIC, EventWords("Maria"), NOTHING, minutes) == service


def test_a_service_that_is_named_wins_over_the_length() -> None:
    assert service_of(CLINIC, EventWords("Maria - initial"), Steering(service=COMMUNITY), 45) == INITIAL
    assert service_of(CLINIC, EventWords("Maria"), Steering(service=COMMUNITY), 45) == COMMUNITY


def test_the_room_is_the_one_of_the_location() -> None:
    assert rooms_of(CLINIC, EventWords("Maria", location="Room 10"), Steering(rooms=(ONE,))) == (TEN,)
    assert rooms_of(CLINIC, EventWords("Maria"), Steering(rooms=(ONE,))) == (ONE,)
    assert rooms_of(CLINIC, EventWords("Maria"), NOTHING) == ()


@pytest.mark.parametrize(("minutes", "retention"), [(40, 20), (43, 20), (45, 25), (50, 30), (90, 30), (10, 20)])
def test_the_retention_makes_the_visit_as_long_as_the_event(minutes: int, retention: int) -> None:
    assert retention_for(FOLLOW_UP, minutes) == retention


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Maria García - Follow-up", "Maria García"),
        ("Follow-up: Maria García (Dr Lin)", "Maria García"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
        ("Initial", ""),
        ("Maria García @ Room 1 | Initial", "Maria García"),
    ],
)
def test_what_is_left_of_a_title_may_be_the_patients_name(title: str, left: str) -> None:
    assert without_names(CLINIC, title) == left
