"""One line that books, taken apart."""

from __future__ import annotations

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.line import understand
from frontdesk.domain.phases import Service

ZONE = "America/Toronto"
TODAY = pendulum.date(2026, 11, 23)
CLINIC = Clinic(
    "C",
    ZONE,
    "CA",
    5,
    WeekHours(),
    (Room(1, "Room 1"), Room(2, "Room 2"), Room(3, "Community 1", "Community"), Room(4, "Community 2", "Community")),
    (Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Amara Okafor")),
    (
        Service(1, "Initial", 20, 5, 20, 30, 25, 5, 5),
        Service(2, "Follow-up", 10, 5, 20, 30, 25, 5, 5),
        Service(3, "Long Follow-up", 10, 5, 20, 60, 45, 5, 5),
    ),
)


def read(text: str) -> tuple[str, str | None, str | None, str | None, str | None]:
    """What a line says, as short words."""
    line = understand(text, CLINIC, TODAY)
    at = line.starts.in_timezone(ZONE).format("YYYY-MM-DD HH:mm") if line.starts else None
    return (
        line.patient,
        line.service.name if line.service else None,
        line.practitioner.name if line.practitioner else None,
        "+".join(room.name for room in line.rooms) or None,
        at,
    )


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("garcia follow-up lin thu 10:20", ("garcia", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        (
            "thu 10:20 garcia maria init okafor",
            ("garcia maria", "Initial", "Dr Amara Okafor", None, "2026-11-26 10:20"),
        ),
        ("tomorrow garcia follow up with Dr Lin at 3pm", ("garcia", "Follow-up", "Dr Lin", None, "2026-11-24 15:00")),
        ("Garcia, Maria 24 nov 1020 room 2", ("Garcia Maria", None, None, "Room 2", "2026-11-24 10:20")),
        ("garcia r1 community", ("garcia community", None, None, "Room 1", None)),
        ("garcia community follow-up", ("garcia", "Follow-up", None, "Community 1+Community 2", None)),
        ("lin follow-up lin thu 10:20", ("lin", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        ("lin", ("lin", None, None, None, None)),
        ("garcia long follow-up", ("garcia", "Long Follow-up", None, None, None)),
        ("#12 initial amara tomorrow 9:00", ("#12", "Initial", "Dr Amara Okafor", None, "2026-11-24 09:00")),
        ("garcia 10:20", ("garcia 10:20", None, None, None, None)),
        ("garcia thu", ("garcia thu", None, None, None, None)),
        ("garcia 31 feb 10:20", ("garcia 31 feb 10:20", None, None, None, None)),
        ("", ("", None, None, None, None)),
    ],
)
def test_a_line_is_taken_apart(text: str, understood: tuple[str | None, ...]) -> None:
    assert read(text) == understood


def test_a_time_that_the_clocks_skip_is_not_taken() -> None:
    assert understand("garcia 2027-03-14 02:30", CLINIC, TODAY).starts is None


@given(st.text(max_size=200))
def test_any_line_is_understood_as_something(text: str) -> None:
    line = understand(text, CLINIC, TODAY)
    assert set(line.patient.split()) <= set(text.replace(",", " ").split())
