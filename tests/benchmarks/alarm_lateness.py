"""How late the alarm is in the real program: two of them at once in terminals, a dashboard and a wall board.

Run by hand: `python tests/benchmarks/alarm_lateness.py [NAME…] [--stop SECONDS] [--hold SECONDS] [--rows N]`; prints a
table. Needles are put in so that they are due at a known instant; lateness is from then (or from when the program was
let go on, or was started again) until the terminal shows the room as due, on the machine's own clock. `--realtime`
gives the measured programs precedence over whatever else runs (Linux, as root), not the import beside them.

The import is 100,000 patients in a process of its own; "held" is another process's exclusive lock on the database;
"stopped" is SIGSTOP, and due in the middle of it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pendulum

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.patient import PatientDetails
from frontdesk.store.engine import Store
from tests.program.pty import Program

SETUP = {
    "clinic": {"name": "Late Clinic", "timezone": "UTC", "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    "rooms": [{"name": "Room 1"}],
    "practitioners": [{"name": "Dr Lin"}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5}
    ],
}
DUE = re.compile(r"\* [^\n]*\bdue\b|due since")
HOLD = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60);"
PATIENCE_S = 30.0


@dataclass
class Clinic:
    """A database with one visit, and the programs that show it."""

    folder: Path
    stack: ExitStack
    options: argparse.Namespace

    @property
    def path(self) -> Path:
        return self.folder / "clinic.db"

    def make(self) -> None:
        desk = self.desk(ManualClock(pendulum.now("UTC").subtract(minutes=30)))
        desk.clinic.setup(desk.clinic.read_answers(SETUP))
        patient = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
        starts = desk.clock.now().set(second=0, microsecond=0)
        starts = starts.subtract(minutes=starts.minute % 5)
        self.visit = desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", starts, "Room 1")).appointment.id
        desk.close()

    def desk(self, clock: ManualClock) -> Desk:
        return desk_on(Context(Store.open(str(self.path), now=clock.now()), clock, "Ana"))

    def due_in(self, seconds: float) -> float:
        """Puts needles in that are due so many seconds from now; gives that instant."""
        due = pendulum.now("UTC").add(seconds=seconds)
        desk = self.desk(ManualClock(due.subtract(minutes=25)))
        desk.needles.put_in(self.visit, 12, minutes=25)
        desk.close()
        return float(due.timestamp())

    def start(self, *verb: str) -> Program:
        arguments = ("-m", "frontdesk", "--db", str(self.path), *verb)
        env = {"XDG_CONFIG_HOME": str(self.folder), "XDG_STATE_HOME": str(self.folder)}
        return self.stack.enter_context(Program(*arguments, size=(120, 40), env=env))

    def both(self) -> tuple[Program, Program]:
        """A dashboard and a wall board, ready."""
        programs = self.start(), self.start("board")
        for program in programs:
            program.wait_for("Late Clinic")
            program.wait_for("R1 free|Room 1|\\bfree$")
        return programs

    def beside(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Another process, without the precedence of the measured ones."""

        def ordinary() -> None:
            if self.options.realtime:
                os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))

        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=ordinary)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process


Result = tuple[float, float, str]


def lateness(programs: tuple[Program, Program], since: float) -> tuple[float, float]:
    """Seconds from an instant until each shows the room as due; infinite where one does not."""
    shown: list[float] = [float("inf")] * 2
    until = since + PATIENCE_S
    while time.time() < until and max(shown) == float("inf"):
        for number, program in enumerate(programs):
            if shown[number] == float("inf") and DUE.search(program.text()):
                shown[number] = time.time() - since
        time.sleep(0.01)
    return shown[0], shown[1]


def idle(clinic: Clinic) -> Result:
    programs = clinic.both()
    return *lateness(programs, clinic.due_in(8)), ""


def dialog(clinic: Clinic) -> Result:
    programs = clinic.both()
    due = clinic.due_in(8)
    programs[0].rush("n", *"garcia")
    programs[0].wait_for("Patient +garcia")
    return *lateness(programs, due), "while a booking is typed"


def importing(clinic: Clinic) -> Result:
    rows = clinic.options.rows
    table = clinic.folder / "patients.csv"
    with table.open("w", encoding="utf-8") as file:
        file.write("First Name,Last Name,Date of Birth,Mobile Phone,Email\n")
        for number in range(rows):
            file.write(f"Given{number},Family{number % 5000},1961-03-{number % 28 + 1:02},416555{number % 10000:04},\n")
    programs = clinic.both()
    due = clinic.due_in(15)
    worker = clinic.beside(sys.executable, "-m", "frontdesk", "--db", str(clinic.path), "import", str(table))
    late = lateness(programs, due)
    state = "still running" if worker.poll() is None else "had ended"
    return *late, f"of {rows:,} rows, {state} then"


def paste(clinic: Clinic) -> Result:
    programs = clinic.both()
    due = clinic.due_in(8)
    programs[0].rush("2", "/")
    time.sleep(max(0.0, due - time.time() - 1))
    programs[0].send(b"\x1b[200~" + b"x has a cold " * 80_000 + b"\x1b[201~")
    return *lateness(programs, due), "into the search, a second before"


def held(clinic: Clinic) -> Result:
    programs = clinic.both()
    seconds = clinic.options.hold
    due = clinic.due_in(seconds / 2)
    time.sleep(1.5)  # both have heard of the needles
    worker = clinic.beside(
        sys.executable, "-c", f"{HOLD} c.execute('BEGIN EXCLUSIVE'); time.sleep({seconds})", str(clinic.path)
    )
    late = lateness(programs, due)
    said = all("NOT LIVE" in program.text() for program in programs)
    state = "still held" if worker.poll() is None else "no longer held"
    return *late, f"for {seconds} s, {state} then; NOT LIVE {'said' if said else 'not said'}"


def stopped(clinic: Clinic) -> Result:
    programs = clinic.both()
    seconds = clinic.options.stop
    clinic.due_in(max(3.0, seconds / 2))
    time.sleep(1.5)
    for program in programs:
        program.signal(signal.SIGSTOP)
    time.sleep(seconds)
    before = [program.output.count(b"\x07") for program in programs]
    for program in programs:
        program.signal(signal.SIGCONT)
    late = lateness(programs, time.time())
    time.sleep(2)
    bells = [program.output.count(b"\x07") - old for program, old in zip(programs, before, strict=True)]
    return *late, f"for {seconds} s; sounds after it: {bells[0]} and {bells[1]}"


def killed(clinic: Clinic) -> Result:
    programs = clinic.both()
    due = clinic.due_in(4)
    time.sleep(1)
    for program in programs:
        program.signal(signal.SIGKILL)
    time.sleep(max(0.0, due - time.time()) + 1)
    since = time.time()
    again = clinic.start(), clinic.start("board")
    return *lateness(again, since), "from the start of the program"


CASES: dict[str, tuple[Callable[[Clinic], Result], float]] = {
    "idle": (idle, 1),
    "dialog open": (dialog, 1),
    "import": (importing, 1),
    "1 MB pasted": (paste, 1),
    "held": (held, 1),
    "stopped": (stopped, 1),
    "kill -9": (killed, 2),
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", choices=[[], *CASES], default=[])
    parser.add_argument("--stop", type=int, default=300)
    parser.add_argument("--hold", type=int, default=60)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--realtime", action="store_true")
    options = parser.parse_args()
    if options.realtime:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    good = True
    print(f"{'':12} {'dashboard':>10} {'board':>10} {'at most':>8}", flush=True)
    for name in options.names or CASES:
        measure, most = CASES[name]
        folder = Path(tempfile.mkdtemp(prefix="frontdesk-late-"))
        try:
            with ExitStack() as stack:
                clinic = Clinic(folder, stack, options)
                clinic.make()
                first, second, note = measure(clinic)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        good &= max(first, second) <= most
        print(f"{name:12} {first:8.2f} s {second:8.2f} s {most:6.0f} s  {note}", flush=True)
    print("each in time" if good else "NOT each in time")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
