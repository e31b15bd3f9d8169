"""The day sheet is written by itself while a dashboard is open, by another process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from frontdesk.config import Workstation
from frontdesk.ui import keys, paper_keeper
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.tour.app import TourApp
from tests.driver import at_the_desk
from tests.ui.house import House

WRITES = "import sys; open(sys.argv[1], 'w').close()"
FAILS = "import sys; sys.exit('frontdesk: the disk is full')"


@dataclass
class Writers:
    """Starts processes that do what it says, and knows for what age of the sheets each was asked."""

    program: str
    sheet: Path
    asked: list[int] = field(default_factory=list)

    def __call__(self, minutes: int) -> subprocess.Popen[str]:
        self.asked.append(minutes)
        return subprocess.Popen(
            [sys.executable, "-c", self.program, str(self.sheet)], stderr=subprocess.PIPE, text=True
        )


@pytest.fixture
def writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writers:
    monkeypatch.setattr(paper_keeper, "SETTLED_S", 0.01)
    monkeypatch.setattr(paper_keeper, "LOOK_S", 0.02)
    return Writers(WRITES, tmp_path / "sheet")


def app(house: House, writers: Writers, tmp_path: Path, **habits: Any) -> FrontdeskApp:
    workstation = Workstation(paper_folder=str(tmp_path / "paper"), **habits)
    return FrontdeskApp(house.opener(), screens(), keys.DAY, workstation=workstation, paper=writers)


async def test_it_is_written_at_opening_and_again_when_it_is_an_hour_old(
    house: House, writers: Writers, tmp_path: Path
) -> None:
    async with at_the_desk(app(house, writers, tmp_path), (120, 40)) as me:
        await me.until(lambda: writers.sheet.exists(), "the sheet of the opening")
        assert writers.asked[0] == paper_keeper.AT_OPENING
        # Nobody has written the sheets that the desk looks for: it is due at every look.
        await me.until(lambda: len(writers.asked) > 2, "the looks after it")
        assert set(writers.asked[1:]) == {paper_keeper.HOURLY}
        assert not me.message()
        house.desks[0].papers.keep(tmp_path / "paper")
        await me.settle()
        seen = len(writers.asked)
        for _ in range(5):
            await me.pilot.pause(0.03)
        assert len(writers.asked) <= seen + 1, "a fresh sheet is left alone"
        house.clock.move(minutes=61)
        await me.until(lambda: len(writers.asked) > seen + 1, "the next hour")


async def test_switched_off_it_is_written_on_demand_alone(house: House, writers: Writers, tmp_path: Path) -> None:
    async with at_the_desk(app(house, writers, tmp_path, paper=False), (120, 40)) as me:
        for _ in range(5):
            await me.pilot.pause(0.03)
        assert writers.asked == []
        await me.press(":", *"write day sheet", "enter")
        await me.until(lambda: str(tmp_path / "paper") in me.message(), "where it is")
        assert writers.asked == [0]
        await me.press(":", *"day sheet by itself", "enter")
        assert me.message() == "The day sheet is written here at opening and each hour."
        await me.until(lambda: len(writers.asked) > 1, "the next look")


async def test_asked_for_in_a_tour_it_is_written_too_and_the_file_is_named(
    house: House, writers: Writers, tmp_path: Path
) -> None:
    house.patient("Garcia, Maria")
    workstation = Workstation(paper_folder=str(tmp_path / "paper"))
    tour = TourApp(house.opener(), screens(), keys.DAY, workstation=workstation, paper=writers)
    async with at_the_desk(tour, (120, 40)) as me:
        house.desks[0].papers.keep(tmp_path / "paper")
        for _ in range(3):
            await me.pilot.pause(0.03)
        assert writers.asked == [], "the tour is not disturbed by it"
        await me.press(":", *"print the day", "enter")
        await me.until(lambda: "-day-2026-11-23.pdf" in me.message(), "the name of the file")
        assert writers.asked == [0]


async def test_what_went_wrong_is_said_once(house: House, writers: Writers, tmp_path: Path) -> None:
    writers.program = FAILS
    async with at_the_desk(app(house, writers, tmp_path), (120, 40)) as me:
        await me.until(lambda: me.message() == "The disk is full", "the reason")
        await me.press("escape")
        asked = len(writers.asked)
        await me.until(lambda: len(writers.asked) > asked + 1, "the looks after it")
        assert me.message() != "The disk is full"
