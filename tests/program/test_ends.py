"""However the dashboard ends, the terminal is as it was, the exit status says how, and nobody's name is left behind."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest

from tests.program.pty import PATIENCE_S, Program, modes_left_on
from tests.program.sketch import CANARY

pytestmark = pytest.mark.pty


def sketch(state: Path, *, ignore_hangup: bool = False) -> Program:
    program = Program(
        "-m",
        "tests.program.sketch",
        env={"XDG_STATE_HOME": str(state), "TEXTUAL_LOG": str(state / "log")},
        ignore_hangup=ignore_hangup,
    )
    program.wait_for("OVERDUE")
    return program


def assert_restored(program: Program) -> None:
    assert modes_left_on(bytes(program.output)) == set()
    assert program.settings() == list(program.settings_before)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=str
)
def test_a_signal_restores_the_terminal(tmp_path: Path, number: signal.Signals, status: int) -> None:
    with sketch(tmp_path) as program:
        program.signal(number)
        assert program.exit_code() == status
        assert_restored(program)
        assert "Traceback" not in program.text()


@pytest.mark.parametrize("ignore_hangup", [False, True])
def test_a_closed_terminal_ends_the_program(tmp_path: Path, ignore_hangup: bool) -> None:
    with sketch(tmp_path, ignore_hangup=ignore_hangup) as program:
        program.close_terminal()
        assert program.exit_code() == 129


@pytest.mark.parametrize("ignore_hangup", [False, True])
def test_the_whole_program_ends_so_too(demo_where: str, ignore_hangup: bool) -> None:
    with Program("-m", "frontdesk", "--db", demo_where, ignore_hangup=ignore_hangup) as program:
        program.wait_for("OVERDUE")
        program.close_terminal()
        assert program.exit_code(5) == 129


def test_a_signal_before_the_first_frame_restores_the_terminal(demo_where: str) -> None:
    with Program("-m", "frontdesk", "--db", demo_where) as program:
        until = time.monotonic() + PATIENCE_S
        while b"\x1b[?1049h" not in program.output and time.monotonic() < until:
            time.sleep(0.001)
        program.signal(signal.SIGTERM)
        assert program.exit_code() == 143
        assert_restored(program)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe", b"\xc3", b"\xe9z\xe9", b"\x1b[999;999R", b"\x1b[97;1:3u", b"\x1b[M\xff\xff\xff", b"\x1b[<0;1;"],
    ids=repr,
)
def test_bad_bytes_on_the_keyboard_are_no_reason_to_die(tmp_path: Path, data: bytes) -> None:
    with sketch(tmp_path) as program:
        program.send(data)
        time.sleep(0.2)
        program.rush("ctrl+g", "ctrl+n")
        program.wait_for("booked row 0")


def test_ctrl_z_and_ctrl_c_do_not_leave_the_program(tmp_path: Path) -> None:
    with sketch(tmp_path) as program:
        program.send(b"\x1a\x03\x1c")
        program.signal(signal.SIGTSTP)
        program.rush("ctrl+n")
        program.wait_for("booked row 0")


@pytest.mark.parametrize("key", ["ctrl+b", "ctrl+d", "ctrl+y", "ctrl+k", "ctrl+e"])
def test_a_defect_ends_with_one_line_and_no_patient(tmp_path: Path, key: str) -> None:
    with sketch(tmp_path) as program:
        program.rush(key)
        assert program.exit_code() == 1
        assert_restored(program)
        said = program.text().strip()
        crash = re.search(r"frontdesk: an internal error ended the program \(id ([0-9a-f]{6})\)", said)
        assert crash, said
        assert "Traceback" not in said
        assert CANARY.encode() not in program.output
        log = tmp_path / "frontdesk" / "crash.log"
        assert log.stat().st_mode & 0o777 == 0o600
        words = log.read_text()
        assert crash.group(1) in words
        assert "RuntimeError" in words
        assert CANARY not in words
        assert not (tmp_path / "log").exists()


def test_quitting_while_needles_are_in_asks_first(tmp_path: Path) -> None:
    with sketch(tmp_path) as program:
        program.rush("q")
        program.wait_for("Needles are in")
        program.rush("enter", "n", "q", "y")
        assert program.exit_code() == 0
        assert_restored(program)
