"""Locked in a real terminal: not one byte of a name is sent while it is on, whoever writes meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontdesk.desk.open import open_desk
from frontdesk.domain.patient import PatientDetails
from tests.program.pty import Program

pytestmark = pytest.mark.pty


def test_no_name_is_sent_while_it_is_locked_and_the_half_written_booking_comes_back(demo_copy: Path) -> None:
    desk = open_desk(str(demo_copy), "Ben")
    names = {part for found in desk.lookup.find("", 200) for part in found.patient.details.name.split(", ")}
    words = [name.encode() for name in names if len(name) > 3]
    assert b"Garcia" in words
    with Program("-m", "frontdesk", "--db", str(demo_copy), size=(120, 40)) as program:
        program.wait_for(r"OVERDUE[^~]*\d+ booked")
        program.press("n", *"garcia")
        program.wait_for("#1|Garcia, Maria")
        program.rush("ctrl+l", *"zzz")
        program.wait_for("Locked since")
        program.wait_for_ticks()
        since = len(program.output)
        desk.patients.add(PatientDetails(family="Garcia", given="Newcomer"))
        program.press("x", "q", "ctrl+q", "escape", "down")
        program.wait_for("OVERDUE")
        program.wait_for_ticks(2)
        sent = bytes(program.output[since:])
        assert [word for word in words if word in sent] == []
        program.rush("enter", *"nnn")
        program.wait_for("Garcia, Maria")
        assert re.search(r"Patient +garcia ", program.text())
    desk.close()
