"""A long day at one dashboard while another process writes: does it hold on to memory?

    python tests/benchmarks/soak.py [SECONDS] [--realtime]

Two keys a second, round and round: the cursor, dialogs opened and left, lookups, every screen; twelve timers run, and
every five seconds each of two other processes changes a patient's file. Prints the memory each minute and how
fast it grew in the second half (least squares); exits with 1 where that is over 2 MiB an hour.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.full_clinic import make
from tests.benchmarks.watched import Watched

KEYS = (
    *("down", "down", "right", "tab", "n", "escape", "ctrl+p", *"book", "escape", "/", *"quil", *["backspace"] * 4),
    *(*"zie", "down", *["backspace"] * 3, "escape", "3", "2", "4", "5", "6", "1", "?", "escape", "g", "escape"),
    *"vvv",
)
PACE_S = 0.5
MOST = 2.0
"""MiB an hour."""
WRITES = """
import itertools, sys, time
from msgspec.structs import replace
from frontdesk.desk.open import open_desk
desk = open_desk(sys.argv[1], sys.argv[2])
for number in itertools.count():
    time.sleep(float(sys.argv[3]))
    patient = desk.patients.get(1 + number % 100 + 100 * (sys.argv[2] == "Cleo"))
    desk.patients.save(patient.id, patient.version, replace(patient.details, notes=f"note {number}"))
"""
WRITE_S = 5.0


def slope(samples: list[tuple[float, float]]) -> float:
    """MiB an hour."""
    times = [at for at, _ in samples]
    middle = sum(times) / len(times)
    mean = sum(mib for _, mib in samples) / len(samples)
    over = sum((at - middle) ** 2 for at in times)
    return 3600 * sum((at - middle) * (mib - mean) for at, mib in samples) / over if over else 0.0


def main() -> int:
    """Works until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", nargs="?", type=float, default=600.0)
    parser.add_argument("--realtime", action="store_true")
    options = parser.parse_args()
    if options.realtime:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    with tempfile.TemporaryDirectory(prefix="frontdesk-soak-") as temporary:
        folder = Path(temporary)
        path = make(folder / "clinic.db", 10_000, 10_000)
        env = {"XDG_CONFIG_HOME": temporary, "XDG_STATE_HOME": temporary, "FRONTDESK_USER": "Ana"}
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITES, str(path), who, str(WRITE_S)]) for who in ("Ben", "Cleo")
        ]
        try:
            with Watched("-m", "frontdesk", "--db", str(path), env=env) as program:
                program.until("● 13:10")
                samples = watch(program, options.seconds)
            ended = [writer.returncode for writer in writers if writer.poll() is not None]
            if ended:
                print(f"another process ended with {ended[0]}")
                return 1
        finally:
            for writer in writers:
                writer.kill()
                writer.wait()
    second = [one for one in samples if one[0] >= options.seconds / 2]
    print(
        f"{samples[0][1]:.1f} to {samples[-1][1]:.1f} MiB; second half {slope(second):+.1f} MiB an hour, at most {MOST}"
    )
    return 0 if slope(second) <= MOST else 1


def watch(program: Watched, seconds: float) -> list[tuple[float, float]]:
    """Presses keys so long; gives (seconds, MiB), every five seconds."""
    began = time.monotonic()
    samples = []
    for number, key in enumerate(itertools.cycle(KEYS)):
        if number % 10 == 0:
            samples.append((time.monotonic() - began, program.resident_mib()))
            if number % 120 == 0:
                print(f"{samples[-1][0]:6.0f} s {samples[-1][1]:8.1f} MiB", flush=True)
        if time.monotonic() - began >= seconds:
            return samples
        if program.process.poll() is not None:
            program.catch_up()
            raise AssertionError(f"the dashboard ended with {program.process.returncode}:\n{program.text()}")
        program.rush(key)
        program.forget()
        time.sleep(max(0.0, began + number * PACE_S - time.monotonic()))
    return samples


if __name__ == "__main__":
    sys.exit(main())
