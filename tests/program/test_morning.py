"""A morning at the desk, as a receptionist has it: files in, a visit through, a dashboard killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.program.conftest import CLINIC_TOML, PATIENTS_CSV, Frontdesk
from tests.program.pty import ROOT, Program

pytestmark = pytest.mark.pty

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Google Inc//Google Calendar 70.9054//EN
X-WR-CALNAME:Dr Lin
X-WR-TIMEZONE:America/Toronto
BEGIN:VEVENT
DTSTART;TZID=America/Toronto:20300107T100000
DTEND;TZID=America/Toronto:20300107T104500
RRULE:FREQ=WEEKLY;COUNT=3
UID:1@google.com
SUMMARY:Jun Lee - Follow-up
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20300108
DTEND;VALUE=DATE:20300109
UID:2@google.com
SUMMARY:Conference
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def environment(tmp_path: Path, where: str) -> dict[str, str]:
    """A database and a state folder of this test's own."""
    return {
        "FRONTDESK_DB": where,
        "FRONTDESK_USER": "Ana",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }


def verb(environment: dict[str, str], *arguments: str) -> str:
    """What another terminal's `frontdesk …` prints; it must succeed."""
    run = subprocess.run(
        [sys.executable, "-m", "frontdesk", *arguments],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def dashboard(environment: dict[str, str]) -> Program:
    """The dashboard, once the day is on it."""
    program = Program("-m", "frontdesk", size=(120, 40), env=environment)
    program.wait_for("Test Clinic")
    program.wait_for(r"Dr Lin ─")
    return program


def test_a_morning(tmp_path: Path, environment: dict[str, str], verbs: Frontdesk, where: str) -> None:
    def room_1() -> dict[str, Any]:
        rooms = verbs("rooms", "--json", "--db", where).json
        return next(one for one in rooms if one["room"] == "Room 1")

    (tmp_path / "clinic.toml").write_text(CLINIC_TOML, encoding="utf-8")
    (tmp_path / "patients.csv").write_text(PATIENTS_CSV, encoding="utf-8")
    (tmp_path / "calendar.ics").write_text(CALENDAR, encoding="utf-8")
    assert "practitioner Dr Lin" in verb(environment, "setup", str(tmp_path / "clinic.toml"))
    assert "2 created" in verb(environment, "import", str(tmp_path / "patients.csv"))
    brought = verb(environment, "import", str(tmp_path / "calendar.ics"), "--from", "2030-01-01")
    assert "4 created" in brought

    with dashboard(environment) as desk:
        desk.press("n")
        desk.wait_for("New booking")
        desk.press(*"gar mar")
        desk.wait_for("García, Maria")
        desk.press("enter")
        desk.wait_for("fits, Room 1")
        desk.press("enter")
        desk.wait_for("García, Maria: booked")
        desk.press("space")
        desk.wait_for("arrived")
        desk.press("space")
        desk.wait_for("in Room 1")
        desk.press("space")
        desk.wait_for("Dr Lin is in")
        desk.press("space")
        desk.wait_for("(?i)how many|needles in")
        desk.press("1", "2", "enter")
        desk.wait_for("Enter again")  # a first visit: faint risk
        desk.press("enter")
        desk.wait_for("needles in, 12")
        desk.process.kill()
        desk.process.wait()

    room = room_1()
    assert (room["state"], room["needles_in"], room["patient"]) == ("retention", 12, "García, Maria")

    with dashboard(environment) as desk:
        shown = desk.wait_for(r"R1 .*?(2[0-4]):(\d\d)")
        remaining = room_1()["remaining_seconds"]
        assert isinstance(remaining, int)
        assert 0 <= int(shown[1]) * 60 + int(shown[2]) - remaining < 60
        assert "12" in verb(
            environment, "--as", "Ben", "visit", "needles-out", str(room["appointment"]), "--count", "12"
        )
        desk.wait_for(r"○ R1")
        desk.press("tab")
        desk.press("space")
        desk.wait_for("García, Maria: checked out")
        desk.press("u")
        desk.wait_for("undid the check-out")
        desk.press("q")
        desk.wait_for("Patients are still here")
        desk.press("y")
        assert desk.exit_code() == 0

    log = verbs("log", "--json", "--db", where).json
    done = [(one["who"], one["what"]) for one in reversed(log)]
    assert done[0] == ("Ana", "clinic.setup")
    assert [what for _, what in done if what.startswith(("import", "visit", "needles"))] == [
        "import.patients",
        "visit.import",
        "visit.import",
        "visit.import",
        "import.calendar",
        "visit.book",
        "visit.arrive",
        "visit.room",
        "visit.begin",
        "needles.in",
        "visit.needles-in",
        "needles.out",
        "visit.needles-out",
        "visit.checkout",
        "visit.undo",
    ]
    assert ("Ben", "needles.out") in done
    assert verbs("check", "--db", where).out.startswith("everything")
