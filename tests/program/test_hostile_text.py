"""Names that another program wrote into the database: nothing of them is obeyed, nothing readable of them vanishes."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.program.pty import PATIENCE_S, Program

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


def foreign_writer(path: Path, key: int, text: str) -> None:
    """Another program, without our rules."""
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        connection.execute(
            "UPDATE patient SET family = ?1, given = ?1, known_as = ?1, notes = ?1, email = ?1 WHERE id = ?2",
            (text, key),
        )
        connection.execute("UPDATE phone SET text = ?1 WHERE patient_id = ?2", (text, key))
        connection.execute("INSERT INTO flag (patient_id, kind, note) VALUES (?2, 'other', ?1)", (text, key))
        connection.execute("UPDATE room SET name = ?1 WHERE id = 1", (text,))
        connection.execute("UPDATE practitioner SET name = ?1 WHERE id = 1", (text,))
        connection.execute("UPDATE service SET name = ?1 WHERE id = 1", (text,))
        connection.execute("UPDATE block SET title = ?1", (text,))
        connection.execute("UPDATE clinic SET name = ?1", (text,))
        connection.execute("UPDATE appointment SET reason = ?1 WHERE patient_id = ?2", (text, key))


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


def test_no_byte_of_a_name_is_obeyed_and_no_word_of_it_vanishes(demo_copy: Path) -> None:
    with closing(sqlite3.connect(demo_copy)) as connection:
        # In the house, so that strip, tiles and alarms show them as well.
        (key,) = connection.execute("SELECT patient_id FROM appointment WHERE status = 'needles_in'").fetchone()
    with Program("-m", "frontdesk", "--db", str(demo_copy), size=(120, 40)) as program:
        program.wait_for("OVERDUE")
        program.rush("2", "/", *f"#{key}", "enter")
        program.wait_for("1 found")
        for text, readable in HOSTILE.items():
            foreign_writer(demo_copy, key, text)
            program.wait_for(f"^▸ .?.?{re.escape(readable[:20])}")
            straight(program)
            for place in ("1", "v", "v", "v", "3"):
                program.rush(place)
            program.rush("ctrl+p", "ctrl+g", "?", "ctrl+g", "g", "ctrl+g", "o", "ctrl+g", "b", "n", "ctrl+g")
            program.rush("1", "enter", "ctrl+g", "x", "ctrl+g", "ctrl+g", "2")
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
