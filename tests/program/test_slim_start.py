"""What is loaded by when: the first frame and the first day wait for nothing that they do not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines import about_files
from tests.program.conftest import Frontdesk
from tests.program.pty import Program

pytestmark = pytest.mark.pty

RECORDED = """
import sys

loaded = open(sys.argv.pop(1), "w", buffering=1)


class Recorder:
    def find_spec(self, name, path=None, target=None):
        print(name, file=loaded)


sys.meta_path.insert(0, Recorder())
from frontdesk.cli import main

sys.exit(main(sys.argv[1:]))
"""
"""The program, with the name of each module written down as it is loaded."""
AFTER_THE_FRAME = "pendulum"
"""The first module that is loaded once the first frame is drawn."""
AFTER_THE_DAY = ("frontdesk.desk.alarms", "frontdesk.desk.worklists")
"""The first ones once the first day is: alarms are logged and what waits is counted when it stands, side by side."""

LISTS = {"2": "García", "4": "to be called:", "5": "Nobody waits", "6": "Nobody is booked", "7": "Room use"}
"""A key and what stands on its screen, in a clinic with two patients and no visit."""


@pytest.fixture
def loaded(demo_where: str, tmp_path: Path) -> list[str]:
    """The modules of a dashboard that has shown its first day, in the order in which they were loaded."""
    log = tmp_path / "loaded"
    env = {"XDG_STATE_HOME": str(tmp_path), "FRONTDESK_USER": "Ana"}
    with Program("-c", RECORDED, str(log), "--db", demo_where, size=(120, 40), env=env) as program:
        program.wait_for("OVERDUE")
        # Counted once the day stands.
        program.wait_for(r"Wait\w*\(\d")
        program.rush("q", "y")
        assert program.exit_code() == 0
    return log.read_text().split()


def those(names: list[str], *packages: str) -> set[str]:
    """Which of them are of these packages."""
    return {name for name in names if any(f"{name}.".startswith(f"{package}.") for package in packages)}


def test_the_first_frame_waits_for_nothing_but_itself(loaded: list[str]) -> None:
    before = loaded[: loaded.index(AFTER_THE_FRAME)]
    assert those(before, "textual.app", "frontdesk.ui.opening") == {"textual.app", "frontdesk.ui.opening"}
    assert not those(
        before, "sqlalchemy", "alembic", "sqlite3", "ssl", "icalendar", "frontdesk.desk", "frontdesk.store",
        "frontdesk.exchange", "frontdesk.demo", "frontdesk.ui.dialogs", "frontdesk.ui.tour",
    )  # fmt: skip
    assert those(before, "frontdesk.ui.screens") == {"frontdesk.ui.screens", "frontdesk.ui.screens.all"}
    # An error and the curtain over names: what a screen shows, and how, is loaded with it.
    assert those(before, "frontdesk.domain") == {
        "frontdesk.domain",
        "frontdesk.domain.errors",
        "frontdesk.domain.privacy",
    }


@about_files
def test_the_first_day_waits_for_nothing_but_itself(loaded: list[str]) -> None:
    """Of a file; to find its server and to keep its line, SQLAlchemy is needed at once."""
    before = loaded[: min(loaded.index(name) for name in AFTER_THE_DAY)]
    assert those(before, "frontdesk.ui.screens.day", "frontdesk.desk.days") == {
        "frontdesk.ui.screens.day",
        "frontdesk.desk.days",
    }
    assert not those(
        before, "sqlalchemy", "alembic", "ssl", "icalendar", "phonenumbers", "textual.widgets._input",
        "frontdesk.exchange", "frontdesk.demo", "frontdesk.ui.dialogs", "frontdesk.ui.tour", "frontdesk.domain.lookup",
        "frontdesk.domain.when", "frontdesk.domain.days", "frontdesk.domain.waiting", "frontdesk.domain.closing",
        "frontdesk.domain.intake", "frontdesk.domain.scores", "frontdesk.domain.patient_file", "frontdesk.desk.booking",
    )  # fmt: skip
    # What is free is worked out by the planner; what would fit where is not asked before somebody asks it.
    assert not those(
        before, *(f"frontdesk.domain.packing.{name}" for name in ("best", "course", "offers", "soft", "wished"))
    )
    assert not those(before, *(f"frontdesk.ui.screens.{name}" for name in ("board", "file", "patients", "rooms")))


@about_files
def test_the_first_change_waits_for_nothing_once_it_is_ready(where: str) -> None:
    asked = """
import sys
from frontdesk.desk.open import open_desk

def loaded():
    return {"sqlalchemy", "frontdesk.store.schema.visits", "frontdesk.store.sqlite_engine"} & {*sys.modules}

desk = open_desk(sys.argv[1], "Ana")
assert desk.log.latest(1) == ()
assert not loaded()
desk.get_ready()
print(len(loaded()))
"""
    said = subprocess.run([sys.executable, "-c", asked, where], capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("3\n", "")


@about_files
def test_who_only_looks_needs_nothing_to_write_with(clinic: Frontdesk, where: str, tmp_path: Path) -> None:
    """SQLAlchemy takes longer to load than a day to be read, so the screens come first."""
    log = tmp_path / "loaded"
    env = {"XDG_STATE_HOME": str(tmp_path), "FRONTDESK_USER": "Ana"}
    with Program("-c", RECORDED, str(log), "--db", where, size=(120, 40), env=env) as program:
        program.wait_for("Nothing is booked yet")
        for key, shown in LISTS.items():
            program.rush(key)
            program.wait_for(shown)
        assert not those(log.read_text().split(), "sqlalchemy")
        program.rush("q", "y")
        assert program.exit_code() == 0
    assert those(log.read_text().split(), "frontdesk.store.reports", "frontdesk.store.recall_facts")
