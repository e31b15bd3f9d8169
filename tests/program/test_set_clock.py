"""The real program while somebody sets the PC's clock, and on the nights when clocks change: 25 minutes stay 25.

So that no test takes 25 minutes, the needles went in 24 minutes and some seconds ago by both clocks; what is left
passes in real time. `tests/benchmarks/set_clock.py` takes all of the 25.
"""

from __future__ import annotations

import re
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.program.pty import PATIENCE_S, Program
from tests.program.set_clock import NIGHTS, SetClock, library
from tests.thorough import thorough

pytestmark = [
    thorough,
    pytest.mark.pty,
    pytest.mark.skipif(library() is None, reason="needs libfaketime (Debian's faketime)"),
]

DUE = re.compile(r"\* R1 Garcia M due")


def seconds_until(program: Program, pattern: re.Pattern[str], since: float) -> float:
    """Real seconds from an instant of the monotonic clock until a pattern stands on the screen."""
    while not pattern.search(program.text()):
        assert time.monotonic() < since + 2 * PATIENCE_S, f"in vain for {pattern.pattern}:\n{program.text()}"
        time.sleep(0.01)
    return time.monotonic() - since


def test_set_forward_back_and_to_1970_it_is_said_and_the_needles_are_due_when_they_are(tmp_path: Path) -> None:
    clinic = SetClock(tmp_path)
    since_1970 = int(time.time()) - 86_400
    with clinic.start() as program:
        program.wait_for("R1 free")
        began = time.monotonic()
        clinic.put_in(due_in=20)
        program.wait_for("R1 Garcia M 00:")
        for seconds, said in (
            (3600, r"CLOCK \+1 h"),
            (-3600, "CLOCK −1 h"),
            (86_400, r"CLOCK \+1 day"),
            (-86_400, "CLOCK −1 day"),
            (-since_1970, r"CLOCK −\d+ days"),
        ):
            clinic.set_by(seconds)
            program.wait_for(said)
        # Not before, and what a loaded machine may take after; one second is its own.
        assert 19.9 < seconds_until(program, DUE, began) < 23
        clinic.set_by(0)
        program.wait_for("This PC's clock is right again")
        assert "CLOCK" not in program.text()


def test_the_nights_when_the_clocks_change(tmp_path: Path) -> None:
    with ExitStack() as stack:
        running = []
        for number, (name, (zone, change)) in enumerate(NIGHTS.items()):
            folder = tmp_path / str(number)
            folder.mkdir()
            clinic = SetClock(folder, zone=zone, shown=change.subtract(seconds=20))
            running.append((name, clinic, stack.enter_context(clinic.start())))
        for _, _, program in running:
            program.wait_for("R1 free")
        began = time.monotonic()
        for _, clinic, _ in running:
            clinic.put_in(due_in=began + 20 - time.monotonic())
        for name, _, program in running:
            assert 19.9 < seconds_until(program, DUE, began) < 24, name
            assert "CLOCK" not in program.text(), name
