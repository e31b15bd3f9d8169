"""The real dashboard on the demo clinic, typed ahead: every row below goes out in one write, as after any stall.

Whoever is booked, moved or taken through a visit must be the one that was typed, and every letter must have arrived.
FRONTDESK_RUSHES says how often each is tried.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pendulum
import pytest

from tests.foreign import Foreign
from tests.program.pty import PATIENCE_S, PATIENTLY, Program
from tests.thorough import thorough

pytestmark = pytest.mark.pty

TRIES = int(os.environ.get("FRONTDESK_RUSHES", "2"))
WHO = (("maria garcia", "Garcia"), ("jane smi", "Smith"), ("murphy g", "Murphy"), ("olivia stew", "Stewart"))


class Clinic:
    """The dashboard in a terminal, and its database from outside."""

    def __init__(self, program: Program, other: Foreign) -> None:
        self.program = program
        self._other = other

    def read(self, query: str, *values: object) -> list[Any]:
        return self._other.execute(query, values)

    def until(self, found: Callable[[], object]) -> Any:
        """Waits for what a thread of the program will have written."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            answer = found()
            if answer:
                return answer
            time.sleep(0.02)
        raise AssertionError(f"waited in vain:\n{self.program.text()}")

    def visit(self, family: str) -> Any:
        """Today's visit of the one who is called so: id, status, starts, reason."""
        (row,) = self.read(
            "SELECT a.id, a.status, a.starts, a.reason FROM appointment a JOIN patient p ON p.id = a.patient_id"
            " WHERE p.family = ? AND a.id = (SELECT max(id) FROM appointment WHERE patient_id = p.id AND starts"
            " BETWEEN ? AND ?)",
            family,
            MORNING,
            MORNING + 86_400_000,
        )
        return row

    def log_since(self, seq: int) -> list[tuple[str, str]]:
        """What was done since; alarms that rise meanwhile are nobody's doing, and to open a file changes nothing."""
        query = "SELECT what, subject FROM audit WHERE seq > ? AND what NOT LIKE 'alarm.%' AND what <> 'patient.open'"
        return [(str(a), str(b)) for a, b in self.read(query, seq)]

    @property
    def seq(self) -> int:
        return int(self.read("SELECT max(seq) FROM audit")[0][0])


MORNING = int(pendulum.datetime(2026, 11, 23, tz="America/Toronto").timestamp() * 1000)
"""Midnight of the demo's day, as the database keeps instants."""


legacy, kitty = (
    pytest.mark.parametrize("desk", [usual, pytest.param(other, marks=thorough)], indirect=True)
    for usual, other in (("legacy", "kitty"), ("kitty", "legacy"))
)
"""In which of the two languages of terminals the keys come; the other one on request."""


@pytest.fixture
def desk(request: pytest.FixtureRequest, demo_where: str) -> Iterator[Clinic]:
    kitty = request.param == "kitty"
    with Program("-c", PATIENTLY, "--db", demo_where, size=(120, 40), kitty=kitty) as program:
        program.wait_for("DEMO CLOCK")
        program.wait_for("Dr Lin")
        with Foreign(demo_where) as other:
            yield Clinic(program, other)


@kitty
def test_a_booking_is_for_the_one_and_the_day_that_were_typed(desk: Clinic) -> None:
    for turn in range(TRIES):
        typed, family = WHO[turn % len(WHO)]
        newest = desk.read("SELECT max(id) FROM appointment")[0][0]
        desk.program.rush("g", *f"+{70 + 7 * turn}d", "enter", "n", *typed, "enter", "enter")
        booked = desk.until(
            lambda newest=newest: desk.read(  # type: ignore[misc]
                "SELECT p.family, a.starts FROM appointment a JOIN patient p ON p.id = a.patient_id WHERE a.id > ?",
                newest,
            )
        )
        assert [row[0] for row in booked] == [family]
        assert (booked[0][1] - MORNING) // 86_400_000 == 70 + 7 * turn
        desk.program.rush("g", *"today", "enter")


@legacy
def test_the_form_that_opens_is_that_of_the_patient_who_was_typed(desk: Clinic) -> None:
    for turn in range(TRIES):
        typed, family = WHO[turn % len(WHO)]
        desk.program.rush("2", "/", *typed, "enter", "e")
        desk.program.wait_for(rf"Family name +{family}")
        desk.program.rush("ctrl+g")
        desk.program.wait_for("1 found")
        desk.program.rush("1")


@kitty
def test_a_visit_is_taken_through_the_morning_by_one_burst_of_keys(desk: Clinic) -> None:
    before = desk.seq
    key, status, _, _ = desk.visit("Araújo")
    assert status == "confirmed"
    desk.program.rush("2", "/", *"begona ara", "enter", "space", "space", "enter", "space", "space", *"12", "enter")
    desk.until(lambda: desk.visit("Araújo")[1] == "needles_in")
    assert desk.read("SELECT count_in FROM retention WHERE appointment_id = ?", key) == [(12,)]
    assert {subject for _, subject in desk.log_since(before)} == {f"appointment {key}"}


@legacy
def test_a_move_a_cancelling_and_an_undo_meet_the_visit_that_was_typed(desk: Clinic) -> None:
    before = desk.seq
    key, status, starts, _ = desk.visit("Stewart")
    assert status == "confirmed"
    desk.program.rush(
        "2", "/", *"olivia stew", "enter", "enter", "enter",
        "m", "m", *"17:05", "enter",
        "x", "p", "o", *"has a cold", "enter",
    )  # fmt: skip
    desk.until(lambda: desk.visit("Stewart")[1] == "cancelled")
    _, _, moved, reason = desk.visit("Stewart")
    assert moved == starts + 40 * 60_000
    assert reason == "has a cold"
    desk.program.rush("u")
    desk.until(lambda: desk.visit("Stewart")[1] == "confirmed")
    assert {subject for _, subject in desk.log_since(before)} == {f"appointment {key}"}


@kitty
def test_needles_come_out_of_the_one_whose_tile_the_arrows_went_to(desk: Clinic) -> None:
    key, status, _, _ = desk.visit("Garcia")
    assert status == "needles_in"
    before = desk.seq
    # Room 1 is the first tile.
    desk.program.rush("3", "right", "left", "home", "o", *"12", "enter")
    desk.until(lambda: desk.visit("Garcia")[1] == "needles_out")
    assert {subject for _, subject in desk.log_since(before)} == {f"appointment {key}"}


@legacy
def test_the_palette_runs_what_was_typed_and_the_next_keys_go_on(desk: Clinic) -> None:
    for _ in range(TRIES):
        desk.program.rush(
            "ctrl+p", *"tomorrow", "enter", "ctrl+p", *"tomorrow", "enter", "g", *"+5d", "enter",
            "ctrl+p", *"yesterday", "enter",
        )  # fmt: skip
        # In the header: a preview names the day before it is gone to.
        desk.program.wait_for(r"\A.*27 Nov")
        desk.program.rush("t")
        desk.program.wait_for(r"\A.*23 Nov")
