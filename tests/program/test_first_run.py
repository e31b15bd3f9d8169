"""From an empty database to the day, and to the demo clinic and back, in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.open import open_desk
from tests.program.pty import Program

pytestmark = pytest.mark.pty
KEYS_A_MINUTE = 150
"""A slow typist's."""


def test_a_clinic_in_under_a_minute_of_keys(tmp_path: Path) -> None:
    where = str(tmp_path / "clinic.db")
    keys = ["s", *"Elm Street Clinic", "enter", "enter", "enter", *"Dr Lin, Dr Okafor", "enter", "enter"]
    assert len(keys) < KEYS_A_MINUTE / 2
    with Program("-m", "frontdesk", "--db", where, env={"TZ": "America/Toronto"}) as program:
        program.wait_for("Welcome to frontdesk")
        program.press(*keys)
        program.wait_for("The clinic is set up")
        program.press("q")
        assert program.process.wait(20) == 0
    desk = open_desk(where, "Ana")
    assert desk.clinic.get().timezone == "America/Toronto"
    desk.close()


def test_the_demo_first_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    where = str(tmp_path / "clinic.db")
    with Program("-m", "frontdesk", "--db", where, env={"TMPDIR": str(tmp_path)}) as program:
        program.wait_for("Welcome to frontdesk")
        program.press("d")
        program.wait_for("OVERDUE")
        program.press("q", "y")
        assert program.process.wait(20) == 0
    assert not list(tmp_path.glob("frontdesk-demo-*"))
    desk = open_desk(where, "Ana")
    assert desk.clinic.load() is None
    desk.close()
