"""25 real minutes of retention while the PC's clock is set, and on the nights when clocks change: when are they due?

Run by hand, with libfaketime: `python tests/benchmarks/set_clock.py [MINUTES] [--realtime]`. All run at once, each in a
terminal of its own, for as long as the retention is (25 minutes; fewer begin with needles that have been in for the
rest). The clock is set a fifth of that after the start. Prints how far from the real planned end each was shown as due,
and what the header said. `--realtime` gives all of it precedence over whatever else runs (Linux, as root).

libfaketime 0.9.10, asked by several threads at once, answers one time in some 100,000 with the real clock. On a night
of another day that is a clock set by months, for a second, and said; it is printed as what it is and left out.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.ui.layout.clock_words import clock_mark
from tests.program.set_clock import MINUTES, NIGHTS, SetClock, library

SET = {"+1 h": 3600, "−1 h": -3600, "+1 day": 86_400, "−1 day": -86_400, "1970": 86_400 - int(time.time())}

MARK = r"CLOCK [+−]\w+ \w+"
"""What the header says, to its largest unit."""
NEAR_S = 15.0
"""How long before the first is due the screens begin to be read closely; until then once a second will do."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("minutes", nargs="?", type=float, default=float(MINUTES))
    parser.add_argument("--realtime", action="store_true")
    options = parser.parse_args()
    if library() is None:
        sys.exit("needs libfaketime (Debian's faketime)")
    if options.realtime:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    wait = 60 * options.minutes
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        running = []
        for number, name in enumerate((*SET, *NIGHTS)):
            folder = Path(home) / str(number)
            folder.mkdir()
            zone, change = NIGHTS.get(name, ("UTC", None))
            shown = None if change is None else change.subtract(seconds=round(wait / 2))
            clinic = SetClock(folder, zone=zone, shown=shown)
            program = stack.enter_context(clinic.start())
            due = time.monotonic() + wait
            clinic.put_in(due_in=wait)
            running.append((name, due, clinic, program))
        time.sleep(wait / 5)
        for name, _, clinic, _ in running:
            if name in SET:
                clinic.set_by(SET[name])
        late: dict[str, float] = {}
        said: dict[str, set[str]] = {name: set() for name, *_ in running}
        while len(late) < len(running) and time.monotonic() < running[-1][1] + 30:
            for name, due, _, program in running:
                text = program.text()
                said[name] |= set(re.findall(MARK, text.splitlines()[0]))
                if name not in late and re.search(r"\* R1 Garcia M due", text):
                    late[name] = time.monotonic() - due
            time.sleep(0.05 if time.monotonic() > running[0][1] - NEAR_S else 1)
    good = len(late) == len(running)
    for name, _, clinic, _ in running:
        off = late.get(name, float("inf"))
        slips = set(re.findall(MARK, clock_mark(-clinic.apart_s)))
        good &= abs(off) <= 1 and said[name] - slips == set(re.findall(MARK, clock_mark(SET.get(name, 0))))
        words = [f"{one} (libfaketime slipped)" if one in slips else one for one in sorted(said[name])]
        print(f"{name:36} due {off:+6.2f} s from {wait / 60:g} real minutes   {', '.join(words)}")
    print("as wanted" if good else "NOT as wanted: within a second, and said where it was set")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
