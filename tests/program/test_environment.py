"""Whatever the environment says, the dashboard starts, or says in one line why it can't and what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program.pty import Program, modes_left_on
from tests.thorough import thorough

pytestmark = pytest.mark.pty

STARTS = {
    "LC_ALL=C": {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": ""},
    "no LANG": {"LANG": "", "PYTHONUTF8": ""},
    "no UTF-8 mode": {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    "linux console": {"TERM": "linux", "COLORTERM": ""},
    "vt100": {"TERM": "vt100", "COLORTERM": ""},
    "no TERM": {"TERM": ""},
    "no colour": {"NO_COLOR": "1"},
    "no home": {"HOME": ""},
    "home missing": {"HOME": "/nonexistent"},
    "no place for state": {"XDG_STATE_HOME": "/proc/x", "XDG_CONFIG_HOME": "/proc/x", "XDG_CACHE_HOME": "/proc/x"},
    "another size": {"COLUMNS": "40", "LINES": "10"},
    "no size": {"COLUMNS": "abc", "LINES": "-3"},
    "Textual's own": {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_PRESS": "q,y",
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_FPS": "abc",
        "TEXTUAL_COLOR_SYSTEM": "none such",
        "ESCDELAY": "abc",
    },
    "a zone that is none": {"TZ": "none/such"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
}


TOGETHER = (
    ("LC_ALL=C", "no home"),
    ("no LANG", "another size", "a zone that is none"),
    ("no UTF-8 mode", "home missing", "no colour"),
    ("linux console", "no place for state"),
    ("vt100", "no size"),
    ("no TERM", "warnings are errors"),
    ("Textual's own",),
)
"""Those that don't speak of the same thing, so that fewer starts try them all; each by itself on request."""
ALONE = tuple((name,) for name in STARTS if (name,) not in TOGETHER)


@pytest.mark.parametrize(
    "names", [*TOGETHER, *(pytest.param(names, marks=thorough) for names in ALONE)], ids=lambda one: ", ".join(one)
)
def test_the_dashboard_starts(demo_where: str, tmp_path: Path, names: tuple[str, ...]) -> None:
    assert {name for group in TOGETHER for name in group} == set(STARTS)
    said = {variable: value for name in names for variable, value in STARTS[name].items()}
    traces = {"TEXTUAL_LOG": str(tmp_path / "log"), "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path)}
    before = {*tmp_path.iterdir()}
    with Program("-m", "frontdesk", "--db", demo_where, size=(100, 30), env=said | traces) as program:
        # Told by words as well, where there is no colour; and the whole window is used.
        program.wait_for("OVERDUE")
        program.wait_for("next step|new booking")
        assert len(program.text().splitlines()) == 30
        program.signal(signal.SIGTERM)
        assert program.exit_code() == 143
        assert modes_left_on(bytes(program.output)) == set()
    assert {*tmp_path.iterdir()} == before
    assert not Path("keys.log").exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("TERM", "dumb", "calls itself dumb"), ("PYTHONIOENCODING", "latin-1", "set LANG=C.UTF-8, or PYTHONUTF8=1")],
)
def test_a_terminal_that_cannot_show_it_is_told_what_to_do(demo_where: str, name: str, value: str, words: str) -> None:
    with Program("-m", "frontdesk", "--db", demo_where, size=(100, 30), env={name: value}) as program:
        assert program.exit_code() == 1
        program.wait_for(words)
        assert len(program.text().strip().splitlines()) == 1


@pytest.mark.parametrize("redirect", ["</dev/null", "2>/dev/null", "<&-", "2>&-", ">&- <&- 2>&-"])
def test_without_a_terminal_it_says_so_and_ends(demo_where: str, redirect: str) -> None:
    command = f'exec "{sys.executable}" -m frontdesk --db "{demo_where}" {redirect}'
    with Program("-c", f"import os; os.execv('/bin/sh', ['sh', '-c', {command!r}])", size=(100, 30)) as program:
        assert program.exit_code() == 1
        if "2>" not in redirect:
            program.wait_for("needs a terminal")
        assert b"\x1b[?1049h" not in program.output


def test_standard_output_is_free_for_others(demo_where: str) -> None:
    command = f'"{sys.executable}" -m frontdesk --db "{demo_where}" | cat'
    with Program("-c", f"import os; os.execv('/bin/sh', ['sh', '-c', {command!r}])", size=(100, 30)) as program:
        program.wait_for("OVERDUE")
        program.rush("q")
        program.wait_for("Needles are in")
        program.rush("y")
        assert program.exit_code() == 0


def test_in_no_session_at_all_it_says_so() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "frontdesk"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, text=True,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "needs a terminal" in said.stderr
