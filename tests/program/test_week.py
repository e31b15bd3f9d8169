"""A week booked by keys alone, as it comes in by telephone; the keys are counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pendulum
import pytest

from frontdesk.clock import SystemClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import desk_on
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import clock
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC
from tests.program.conftest import Frontdesk
from tests.program.pty import Program

pytestmark = pytest.mark.pty

NOW = pendulum.datetime(2026, 11, 23, 9, 2, tz="America/Toronto")
FAMILIES = ("Abadi", "Boateng", "Castillo", "Dubois", "Eriksen", "Fischer")


@pytest.fixture
def environment(tmp_path: Path, where: str) -> dict[str, str]:
    """A clinic on a Monday at nine, six patients on file, nothing booked."""
    store = Store.open(where, now=NOW)
    desk = desk_on(Context(store, SystemClock(), "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(CLINIC))
    for family in FAMILIES:
        desk.patients.add(PatientDetails(given="Robin", family=family))
    with store.write(who="Ana", at=NOW) as writing:
        clock.set_offset(writing.connection, round((NOW - SystemClock().now()).total_seconds() * 1000))
        writing.log("clock.set", "clinic")
    desk.close()
    folders = {name: str(tmp_path / name) for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    return {"FRONTDESK_DB": where, "FRONTDESK_USER": "Ana", **folders}


class Receptionist:
    """Presses keys at the Day screen and counts them by what they were for."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.keys: Counter[str] = Counter()

    def press(self, what: str, *keys: str) -> None:
        """Keys one after the other, counted for `what`."""
        self._program.press(*keys)
        self.keys[what] += len(keys)

    def sees(self, pattern: str) -> None:
        """Reads the screen before going on."""
        self._program.wait_for(pattern)


def test_a_week_is_booked_by_keys_alone(environment: dict[str, str], verbs: Frontdesk, where: str) -> None:
    with Program("-m", "frontdesk", size=(120, 40), env=environment) as program:
        ana = Receptionist(program)
        ana.sees(r"Dr Lin ─")
        for number, family in enumerate(FAMILIES):
            ana.press("asking for a booking", "t", "n")
            ana.sees("New booking")
            ana.press("typing the name", *family[:3].lower())
            ana.sees(f"{family}, Robin")
            for_this = f"follow-up {number}"
            ana.press(for_this, "enter")  # this is who
            ana.sees(r"1 +(today|tomorrow|\w{3} \d+ Nov) +\d\d:\d\d")
            ana.press(for_this, "1368"[number % 4])  # one of the next free places, of several days
            ana.sees(r"✓ .* fits")
            ana.press(for_this, "enter")
            ana.sees(f"{family}, Robin: booked")
            assert ana.keys[for_this] <= 8

        # The last of them can't come this week after all.
        ana.press("a move to next week", "m")
        ana.sees("Moving")
        ana.press("a move to next week", ">")
        ana.sees(r"(30 Nov|\d Dec), \+\d+ days")
        ana.sees("✓ .* fits")
        ana.press("a move to next week", "enter")
        ana.sees(r"moved to \w+ (30 Nov|\d Dec)")

        ana.press("a course of eight", "r")
        ana.sees(r"✓")
        ana.press("a course of eight", "enter")
        ana.sees(r"7 visits booked, weekly")

        program.press("q")
        assert program.exit_code() == 0

    print(dict(ana.keys))  # noqa: T201 (what the keys cost is what this is about)
    assert ana.keys["a move to next week"] == 3
    assert ana.keys["a course of eight"] == 2
    weeks = [verbs("agenda", f"2026-11-{day}", "--json", "--db", where).json for day in range(23, 31)]
    booked = [one for day in weeks for one in day]
    assert {one["patient"]["name"] for one in booked} >= {f"{family}, Robin" for family in FAMILIES[:-1]}
    assert len({one["start"][:10] for one in booked}) > 2
    assert not any(one["squeezed"] for one in booked)
    log = verbs("log", "--json", "--limit", "40", "--db", where).json
    moved = next(one for one in log if one["what"] == "visit.move")
    here, there = (datetime.fromisoformat(moved[side]["starts"]) for side in ("before", "after"))
    course = [one["after"] for one in log if one["what"] == "visit.book" and one["after"]["series_id"]]
    assert there - here == timedelta(weeks=1)
    assert sorted(datetime.fromisoformat(one["starts"]) - there for one in course) == [
        timedelta(weeks=week) for week in range(1, 8)
    ]
    assert verbs("check", "--db", where).out.startswith("everything")
