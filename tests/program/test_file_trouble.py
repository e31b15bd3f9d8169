"""The database goes away, is replaced, locked, shut or full under a dashboard that is open.

It says so within a second or two and before anything is called saved, its clock goes on, and nothing is made in the
database's place.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.engines import about_files
from tests.program.pty import Program
from tests.thorough import thorough

pytestmark = [pytest.mark.pty, about_files]

FIND = ("2", "/", *"olivia stew", "enter")


def saves(program: Program) -> None:
    """Enter; again where it met a reading that the lock holds up, which the screen says."""
    program.rush("enter")
    if "SAVING" not in program.wait_for("SAVING…|did nothing").group():
        program.rush("enter")
        program.wait_for("SAVING…")


@contextmanager
def dashboard(path: Path) -> Iterator[Program]:
    with Program("-m", "frontdesk", "--db", str(path), size=(120, 40)) as program:
        program.wait_for("OVERDUE")
        yield program


def deleted(path: Path, demo: Path) -> None:
    path.unlink()


def renamed(path: Path, demo: Path) -> None:
    path.rename(path.with_name("away.db"))


def folder_moved(path: Path, demo: Path) -> None:
    path.parent.rename(path.parent.with_name("away"))


def renamed_over(path: Path, demo: Path) -> None:
    copy = Path(shutil.copy(demo, path.with_name("new.db")))
    copy.rename(path)


def copied_over(path: Path, demo: Path) -> None:
    path.write_bytes(demo.read_bytes())


def emptied(path: Path, demo: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "trouble",
    [
        deleted,
        pytest.param(renamed, marks=thorough),
        pytest.param(folder_moved, marks=thorough),
        renamed_over,
        copied_over,
        pytest.param(emptied, marks=thorough),
    ],
    ids=lambda one: one.__name__,
)
def test_a_database_that_is_gone_or_another_is_noticed_and_nothing_is_called_saved(
    tmp_path: Path, demo: Path, trouble: Callable[[Path, Path], None]
) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    path = Path(shutil.copy(demo, folder / "clinic.db"))
    with dashboard(path) as program:
        # Something saved first: what is put in its place is an older copy.
        program.rush(*FIND, "space")
        program.wait_for("Stewart, Olivia: arrived")
        program.rush("ctrl+g")
        trouble(path, demo)
        program.wait_for("TIMERS NOT LIVE")
        program.wait_for_ticks()
        left = {one: one.read_bytes() for one in tmp_path.rglob("*.db")}
        program.rush("u", "space", "1", "n", *"garcia", "enter", "enter")
        program.wait_for_ticks()
        program.wait_for("TIMERS NOT LIVE")
        assert "in the room" not in program.text().splitlines()[-2]
        program.signal(signal.SIGTERM)
        assert program.exit_code() == 143
    assert {one: one.read_bytes() for one in tmp_path.rglob("*.db")} == left


def test_a_database_that_comes_back_is_used_again(demo_copy: Path) -> None:
    away = demo_copy.with_name("away.db")
    with dashboard(demo_copy) as program:
        demo_copy.rename(away)
        program.wait_for("TIMERS NOT LIVE")
        away.rename(demo_copy)
        program.wait_for(r"\A(?![\s\S]*TIMERS NOT LIVE)")
        program.rush(*FIND, "space")
        program.wait_for("Stewart, Olivia: arrived")


HOLD = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"


@pytest.mark.parametrize("stopped", [False, pytest.param(True, marks=thorough)], ids=["busy", "stopped"])
def test_under_another_programs_lock_keys_echo_the_clock_ticks_and_what_was_typed_is_saved_after(
    demo_copy: Path, stopped: bool
) -> None:
    with dashboard(demo_copy) as program:
        program.rush("2", "n")
        program.wait_for("New patient")
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD + "print(1, flush=True); sys.stdin.read()", str(demo_copy)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            assert holder.stdout is not None
            holder.stdout.readline()
            if stopped:
                holder.send_signal(signal.SIGSTOP)
            program.rush(*"Lockwood", "tab", "A")
            program.wait_for("Given name +A")
            program.wait_for_ticks()
            saves(program)
            program.wait_for_ticks()
            program.wait_for("✗ another program has held the database for 10 s")
            program.wait_for("Family name +Lockwood")
            program.rush(*"nn")
            program.wait_for("Given name +Ann")
        finally:
            holder.kill()
            holder.wait()
        program.rush("enter")
        program.wait_for("Lockwood, Ann: on file")
    with closing(sqlite3.connect(demo_copy)) as connection:
        found = connection.execute("SELECT given FROM patient WHERE family = 'Lockwood'").fetchall()
    assert found == [("Ann",)]


def test_a_terminal_that_closes_while_a_save_waits_for_a_lock_ends_the_program(demo_copy: Path) -> None:
    with dashboard(demo_copy) as program, closing(sqlite3.connect(demo_copy, isolation_level=None)) as other:
        program.rush("2", "n")
        program.wait_for("New patient")
        other.execute("BEGIN EXCLUSIVE")
        program.rush(*"Lockwood", "tab", *"Ann")
        program.wait_for("Given name +Ann")
        saves(program)
        program.close_terminal()
        assert program.exit_code(5) == 129


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


# Root may write everything; without these two capabilities (capabilities(7): 1 and 2) the modes hold for it as well.
MORTAL = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):
        assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0
os.execv(sys.executable, [sys.executable, "-m", "frontdesk", *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
@pytest.mark.parametrize("shut", ["file", "folder"])
def test_who_may_only_read_sees_the_day_and_is_told_that_nothing_is_saved(
    tmp_path: Path, demo: Path, shut: str
) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    path = Path(shutil.copy(demo, folder / "clinic.db"))
    (path if shut == "file" else folder).chmod(0o444 if shut == "file" else 0o555)
    try:
        with Program("-c", MORTAL, "--db", str(path), size=(120, 40)) as program:
            program.wait_for("OVERDUE")
            program.rush(*FIND, "space")
            program.wait_for("may only be read|can't be opened")
            program.wait_for_ticks()
            assert "Stewart, Olivia: arrived" not in program.text()
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
@pytest.mark.parametrize(
    ("verb", "why"),
    [
        (("--db", "SHUT/clinic.db", "backup", "copy.db"), "SHUT/clinic.db can't be read: permission denied"),
        (("--db", "SHUT/clinic.db", "restore", "OPEN/clinic.db"), "SHUT/clinic.db can't be read: permission denied"),
        (("--db", "OPEN/clinic.db", "restore", "SHUT/clinic.db"), "SHUT/clinic.db can't be read: permission denied"),
        (("--db", "READ/clinic.db", "restore", "OPEN/clinic.db"), "READ can't be written: permission denied"),
        (("copy", "SHUT/clinic.db", "OPEN/copy.db"), "SHUT/clinic.db can't be read: permission denied"),
        (("copy", "OPEN/clinic.db", "SHUT/copy.db"), "SHUT/copy.db can't be written: permission denied"),
        (("copy", "OPEN/clinic.db", "READ/copy.db"), "READ/copy.db can't be written: permission denied"),
    ],
)
def test_a_folder_that_may_not_be_looked_into_or_written_is_named(
    tmp_path: Path, demo: Path, verb: tuple[str, ...], why: str
) -> None:
    for name in ("OPEN", "READ", "SHUT"):
        (tmp_path / name).mkdir()
        shutil.copy(demo, tmp_path / name / "clinic.db")
    before = demo.read_bytes()
    (tmp_path / "READ").chmod(0o555)
    (tmp_path / "SHUT").chmod(0)
    try:
        said = subprocess.run(
            [sys.executable, "-c", MORTAL, *(re.sub("^(?=[A-Z]{4})", f"{tmp_path}/", word) for word in verb)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    finally:
        (tmp_path / "READ").chmod(0o755)
        (tmp_path / "SHUT").chmod(0o755)
    assert (said.returncode, said.stdout, said.stderr) == (1, "", f"frontdesk: {tmp_path}/{why}\n")
    for name in ("OPEN", "READ", "SHUT"):
        assert (tmp_path / name / "clinic.db").read_bytes() == before
        assert [one.name for one in (tmp_path / name).iterdir()] == ["clinic.db"]


@needs_root
def test_a_full_disk_is_said_and_what_is_typed_is_saved_once_there_is_room(tmp_path: Path, demo: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("no disk of one's own can be mounted here")
    try:
        path = Path(shutil.copy(demo, disk / "clinic.db"))
        with dashboard(path) as program:
            program.rush("2", "n", *"Lockwood", "tab", *"Ann")
            program.wait_for("Family name +Lockwood")
            with (disk / "filler").open("wb", buffering=0) as filler:
                try:
                    while True:
                        filler.write(b"\0" * 4096)
                except OSError:
                    pass
            program.rush("enter")
            program.wait_for("disk (is|reports an error)")
            program.wait_for("Family name +Lockwood")
            program.wait_for_ticks()
            (disk / "filler").unlink()
            program.rush("enter")
            program.wait_for("Lockwood, Ann: on file")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
