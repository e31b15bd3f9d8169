"""More than a person can type: pasted text and stuck keys do nothing on the grid, and the clock goes on."""

from __future__ import annotations

import re
import time

import pytest

from tests.foreign import Foreign
from tests.program.pty import Program
from tests.thorough import thorough

pytestmark = pytest.mark.pty

# Every letter of it is a key on some screen, every \r an Enter.
TEXT = b"x has a cold\rn Maria Garcia\r\r q y L b space Xx iu12\r f o 12\r "
MILLION = (TEXT * 16_000)[:1_000_000]
FLOODS = {
    "20,000 bytes": (TEXT * 400)[:20_000],
    "20,000 bytes of arrows": b"\x1b[B" * 6_600,
    "a million bytes": MILLION,
    "a million bytes in brackets": b"\x1b[200~" + MILLION + b"\x1b[201~",
    "half a paste": b"\x1b[200~x\r",
}


def longest_stall(program: Program, seconds: float) -> float:
    """The longest time in which the clock in the header stood still."""
    longest, shown, since = 0.0, "", time.monotonic()
    until = since + seconds
    while time.monotonic() < until:
        found = re.search(r"\d\d:\d\d:\d\d", program.text().splitlines()[0])
        if found and found.group() != shown:
            longest = max(longest, time.monotonic() - since) if shown else 0.0
            shown, since = found.group(), time.monotonic()
        time.sleep(0.02)
    return max(longest, time.monotonic() - since)


def entries(where: str) -> int:
    """How many changes the log has; alarms that rise meanwhile are none."""
    with Foreign(where) as other:
        return int(other.execute("SELECT count(*) FROM audit WHERE what NOT LIKE 'alarm.%'")[0][0])


@pytest.mark.parametrize("place", ["1", pytest.param("3", marks=thorough)], ids=["day", "rooms"])
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_changes_nothing_and_stops_no_clock(demo_where: str, flood: str, place: str) -> None:
    before = entries(demo_where)
    with Program("-m", "frontdesk", "--db", demo_where, size=(120, 40)) as program:
        program.wait_for("DEMO CLOCK")
        program.wait_for("OVERDUE")
        program.rush(place)
        time.sleep(0.3)
        program.send(FLOODS[flood])
        # 1 s is its own step; the rest is what a loaded machine may take.
        assert longest_stall(program, 4) < 3
        assert program.process.poll() is None
        if "arrows" not in flood:
            program.wait_for("What was pasted went nowhere")
        program.rush("2", "/", *"garcia")
        program.wait_for(r"\d+ found")
    assert entries(demo_where) == before


def test_a_million_bytes_pasted_into_a_field_are_cut_and_it_says_so(demo_where: str) -> None:
    with Program("-m", "frontdesk", "--db", demo_where, size=(120, 40)) as program:
        program.wait_for("OVERDUE")
        for brackets in (True, False):
            program.rush("2", "/")
            time.sleep(0.3)
            program.send(FLOODS["a million bytes in brackets"] if brackets else MILLION)
            program.wait_for("The paste was too long; its end was cut")
            program.wait_for("^.{0,40}(a cold|Xx iu12|L b space)")
            program.rush("ctrl+g", "ctrl+g", "1")
