"""Two dashboards on one database: what one does is on the other within a second, and disturbs nothing there."""

from __future__ import annotations

import re
import signal

import pytest

from tests.engines import on_both
from tests.foreign import Foreign
from tests.program.pty import Program
from tests.server import Server
from tests.thorough import thorough

pytestmark = pytest.mark.pty

STEWART = ("2", "/", *"olivia stew", "enter")


def dashboard(where: str, size: tuple[int, int] = (120, 40)) -> Program:
    program = Program("-m", "frontdesk", "--db", where, size=size)
    program.wait_for("OVERDUE")
    program.wait_for(r"Dr Lin ─ \d+ booked")  # the day, which the rooms do not wait for
    return program


@on_both
def test_needles_out_here_are_out_there_and_a_form_there_is_left_alone(demo_where: str) -> None:
    with dashboard(demo_where) as here, dashboard(demo_where) as there:
        there.rush("n", *"garcia mar")
        there.wait_for("▸ +Garcia, Maria")
        assert "R1 Garcia M OVERDUE" in there.text()
        here.rush("3", "home", "o", *"12", "enter")
        here.wait_for("Garcia, Maria: needles out")
        # How soon is measured beside others in tests/benchmarks/speed.py: a loaded machine takes its time.
        there.wait_for(r"\A(?![\s\S]*R1 Garcia M OVERDUE)")
        # The form has the same letters in it, the same one is marked, and typing goes on where it was.
        assert "Patient      garcia mar " in there.text()
        assert re.search("▸ +Garcia, Maria", there.text())
        there.rush("i", "a", "enter")
        there.wait_for("Patient +Garcia, Maria")


@on_both
def test_a_foreign_writer_is_seen_too(demo_where: str) -> None:
    with dashboard(demo_where) as program:
        with Foreign(demo_where) as other:
            other.execute("UPDATE clinic SET name = 'Another Name'")
        program.wait_for("Another Name")


def test_killed_and_started_again_it_shows_what_was_saved(demo_where: str) -> None:
    with dashboard(demo_where) as program:
        program.rush(*STEWART, "space")
        program.wait_for("Stewart, Olivia: arrived")
        program.signal(signal.SIGKILL)
        program.process.wait(10)
    with dashboard(demo_where) as program:
        program.rush(*STEWART)
        program.wait_for("waiting|arrived")
        assert program.process.poll() is None


@thorough
def test_a_server_that_is_away_for_a_while_is_said_and_used_again(server: Server, demo_url: str) -> None:
    with dashboard(demo_url) as program:
        server.stop()
        try:
            program.wait_for("TIMERS NOT LIVE: .*(lost|reached)")
            program.rush(*STEWART, "space")
            program.wait_for("lost|reached")
            assert "Stewart, Olivia: arrived" not in program.text()
            program.wait_for_ticks()
        finally:
            server.start()
        program.wait_for(r"\A(?![\s\S]*TIMERS NOT LIVE)")
        program.rush("ctrl+g", *STEWART, "space")
        program.wait_for("Stewart, Olivia: arrived")
