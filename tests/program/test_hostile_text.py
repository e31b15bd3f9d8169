"""Names that another program wrote into the database: nothing of them is obeyed, nothing readable of them vanishes."""

from __future__ import annotations

import re
import time

import pytest

from tests.foreign import Foreign
from tests.program.pty import PATIENCE_S, Program
from tests.thorough import thorough

pytestmark = pytest.mark.pty

HOSTILE = {
    "\x1b]52;c;Y2FuYXJ5\x07Clip": "]52;c;Y2FuYXJ5Clip",
    "\x1b]0;canary\x07Title": "]0;canaryTitle",
    "\x1b]8;;http://canary\x1b\\Link": "]8;;http://canary\\Link",
    "\x1b[2J\x1b[HClear": "[2J[HClear",
    "\x1bcReset": "cReset",
    "\x1bP$qm\x1b\\Ask": "P$qm\\Ask",
    "\x9b31mRed\x9d0;canary\x9c": "31mRed0;canary",
    "nul\x00bell\x07so\x0esi\x0f": "nulbellsosi",
    "\u202egnp\u202c\u2066x\u2069": "gnpx",
    "line\u2028end\u0085next": "line end next",
    "tab\there": "tab here",
    "[Latex allergy]": "[Latex allergy]",
    "[/]": "[/]",
    "[@click=app.quit]x[/]": "[@click=app.quit]x[/]",
    "[ @click=app.quit]": "[ @click=app.quit]",
    "[red]$x [50%]": "[red]$x [50%]",
    "a" + "\u0301" * 3000 + "z": "\u00e1",
    "long " * 300: "long long",
}
_DRAWN = re.compile(r"\x1b(?:\[(?:\?[\d;]*(?:[hl]|\$p)|[<>]\d*u|[\d;:]*m|\d+;\d+H|\d+C)|[78]|\]22;default\x07)")
"""The sequences the dashboard draws with; a name may bring none of them, but these would harm least."""
_OBEYED = re.compile("[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


TOURS = (
    ("1", "v", "v", "v"),
    ("3", "ctrl+p", "ctrl+g", "?", "ctrl+g", "g", "ctrl+g", "o", "ctrl+g", "b", "n", "ctrl+g"),
    ("1", "enter", "ctrl+g", "x", "ctrl+g", "ctrl+g"),
)
"""Keys that show every screen and many dialogs, from Patients on."""
WRITES = (
    "UPDATE patient SET family = :text, given = :text, known_as = :text, notes = :text, email = :text WHERE id = :key",
    "UPDATE phone SET text = :text WHERE patient_id = :key",
    "INSERT INTO flag (patient_id, kind, note) VALUES (:key, 'other', :text)",
    "UPDATE room SET name = :text WHERE id = 1",
    "UPDATE practitioner SET name = :text WHERE id = 1",
    "UPDATE service SET name = :text WHERE id = 1",
    "UPDATE block SET title = :text",
    "UPDATE clinic SET name = :text",
    "UPDATE appointment SET reason = :text WHERE patient_id = :key",
)


def foreign_writer(where: str, key: int, text: str) -> None:
    """Another program, without our rules."""
    with Foreign(where) as other:
        # A server knows no NUL.
        values = {"text": text.replace("\0", "") if other.is_server else text, "key": key}
        other.execute("BEGIN")
        for one in WRITES:
            other.execute(one, values)
        other.execute("COMMIT")


def obeyed(output: bytes) -> set[str]:
    """What the terminal would obey, beyond the sequences the dashboard draws with."""
    return set(_OBEYED.findall(_DRAWN.sub("", output.decode("utf-8", "replace"))))


def straight(program: Program) -> None:
    """Waits until the line between results and card is straight; a frame may be half drawn."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if len(set(program.columns_of("│")[5:35])) == 1:
            return
        time.sleep(0.02)
    raise AssertionError(f"not aligned:\n{program.text()}")


@pytest.mark.parametrize("tours", [1, pytest.param(len(TOURS), marks=thorough)])
def test_no_byte_of_a_name_is_obeyed_and_no_word_of_it_vanishes(demo_where: str, tours: int) -> None:
    with Foreign(demo_where) as other:
        # In the house, so that strip, tiles and alarms show them as well.
        ((key,),) = other.execute("SELECT min(patient_id) FROM appointment WHERE status = 'needles_in'")
    with Program("-m", "frontdesk", "--db", demo_where, size=(120, 40)) as program:
        program.wait_for("OVERDUE")
        program.rush("2", "/", *f"#{key}", "enter")
        program.wait_for("1 found")
        for turn, (text, readable) in enumerate(HOSTILE.items()):
            foreign_writer(demo_where, key, text)
            program.wait_for(f"^▸ .?.?{re.escape(readable[:20])}")
            straight(program)
            for number in range(turn, turn + tours):
                program.rush(*TOURS[number % len(TOURS)])
            program.rush("2")
            program.wait_for(f"^▸ .?.?{re.escape(readable[:20])}")
            assert program.process.poll() is None
        program.rush("q")
        time.sleep(0.3)
        program.rush("y")
        assert program.exit_code() == 0
    assert obeyed(bytes(program.output)) == set()
    assert b"canary" not in b"".join(re.findall(rb"\x1b\][^\x07]*", bytes(program.output)))


def test_the_check_itself_sees_what_would_be_obeyed() -> None:
    for text in list(HOSTILE)[:10]:
        assert obeyed(text.encode("utf-8")), repr(text)
