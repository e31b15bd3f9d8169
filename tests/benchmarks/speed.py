"""How fast it is, as ratios to the framework alone in the same run: one command, the whole table.

    python tests/benchmarks/speed.py [--runs N] [--growth] [--folder FOLDER] [--realtime]

The dashboard on a clinic of 100,000 patients with 120 appointments today and twelve running timers (full_clinic.py),
and floor.py, which is no more than stock widgets, each in a terminal of 120 by 40, in turn: the machine's mood falls on
both alike. A key's time is from its bytes going in to the first change beneath the timers coming out. `--growth` makes
a clinic of 1,000,000 appointments too (minutes), `--folder` keeps what was made, `--realtime` gives what is measured
precedence over whatever else runs (Linux, as root). Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pendulum

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.desk.open import Desk, open_desk
from frontdesk.domain.visit import Status
from frontdesk.store.copy import copy
from frontdesk.ui.app import READY_S
from tests.benchmarks.full_clinic import FAMILY, NAMESAKES, make, stand_at
from tests.benchmarks.lookup_latency import LIMIT, SHOWN
from tests.benchmarks.watched import Watched
from tests.server import Server, binaries

HERE = Path(__file__).parent
PATIENTS = 100_000
AROUND = ("down", "down", "right", "right", "up", "up", "left") * 18
"""Cursor keys that stay in sight, and each of which moves the cursor: one more `left` would meet the edge."""
SCROLLING = (*["down"] * 20, *["up"] * 20) * 3
MODES = ("2", "1") * 6
SETTLED_S = 2.5
"""After which everything that is loaded in the background is."""

Found = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, by which figure of each, how much of the floor at most, and how it is written."""

    words: str
    ours: str
    floors: str
    goal: float
    unit: str = "ms"


ROWS = (
    Row("frame and key line on the screen", "frame", "day", 0.8),
    Row("today's appointments on the screen", "day", "day", 1.0),
    Row("cursor in the day, key to paint, p50", "move.p50", "move.p50", 0.8),
    Row("cursor in the day, key to paint, p95", "move.p95", "move.p95", 0.8),
    Row("cursor in the day, processor a key", "move.cpu", "move.cpu", 0.6),
    Row("cursor in the day, most keys scroll it, p50", "scroll.p50", "move.p50", 0.8),
    Row("cursor in the day, most keys scroll it, p95", "scroll.p95", "move.p95", 0.8),
    Row("cursor in the day, most keys scroll it, processor", "scroll.cpu", "move.cpu", 0.6),
    Row("to another screen and back, p50; the floor: focus", "modes.p50", "focus.p50", 0.4),
    Row("a dialog opens, p50; the floor: focus", "dialog.p50", "focus.p50", 0.4),
    Row("last key of a name to who it is, p50", "lookup.p50", "lookup.p50", 0.5),
    Row("nobody types, processor, of one second", "idle.cpu", "idle.cpu", 0.5),
    Row("nobody types, bytes a second", "idle.bytes", "idle.bytes", 1.0, "B"),
    Row("memory, after all of that", "memory", "memory", 1.4, "MiB"),
    Row("memory, and what writes is loaded", "memory.ready", "memory", 1.4, "MiB"),
    Row("memory, every screen opened and something written", "memory.all", "memory", 1.4, "MiB"),
    Row("`agenda`; the floor: `import sqlalchemy`", "agenda", "sqlalchemy", 1.5),
    Row("`find`; the floor: `import sqlalchemy`", "find", "sqlalchemy", 1.5),
)


def spread(name: str, values: Sequence[float | None]) -> Found:
    painted = sorted(value for value in values if value is not None)
    if not painted:
        return {}
    return {f"{name}.p50": statistics.median(painted), f"{name}.p95": painted[int(0.95 * (len(painted) - 1))]}


def keys(program: Watched, name: str, pressed: tuple[str, ...]) -> Found:
    before = program.processor_s()
    found = spread(name, [program.to_paint(key) for key in pressed])
    return found | {f"{name}.cpu": (program.processor_s() - before) * 1000 / len(pressed)}


def idle(program: Watched, seconds: float = 6.0) -> Found:
    program.rest(0.3)
    before = program.processor_s(), program.sent()
    time.sleep(seconds)
    used, sent = program.processor_s() - before[0], program.sent() - before[1]
    return {"idle.cpu": used * 1000 / seconds, "idle.bytes": sent / seconds}


def floor() -> Found:
    with Watched(str(HERE / "floor.py")) as program:
        found = {"day": (program.until("Abbot 00") - program.began) * 1000}
        time.sleep(SETTLED_S)
        found |= idle(program)
        found |= keys(program, "move", (*["down"] * 20, *["up"] * 20) * 3)
        found |= keys(program, "focus", ("tab",) * 12)
        program.press("ctrl+f")
        lookups = []
        for _ in range(5):
            program.press(*"engel", "space")
            program.rest(0.2)
            lookups.append(answer(program, "5", r"^ Time .*\n 16:40"))
            program.press(*["backspace"] * 7)
            program.rest(0.2)
        return found | spread("lookup", lookups) | {"memory": program.resident_mib()}


def answer(program: Watched, key: str, pattern: str) -> float:
    """Milliseconds from a key until a pattern stands on the screen that did not before."""
    program.catch_up()
    assert not re.search(pattern, program.text(), re.MULTILINE), program.text()
    pressed = time.perf_counter()
    program.rush(key)
    return (program.until(pattern) - pressed) * 1000


def dashboard(path: Path, env: dict[str, str]) -> Found:
    stand_at(path)
    with Watched("-m", "frontdesk", "--db", str(path), env=env) as program:
        found = {"frame": (program.until(r"Day") - program.began) * 1000}
        found["day"] = (program.until(r"● 13:10") - program.began) * 1000
        time.sleep(SETTLED_S)
        found |= idle(program)
        found |= keys(program, "move", AROUND) | keys(program, "scroll", SCROLLING) | keys(program, "modes", MODES)
        opened = []
        program.press("t")
        for _ in range(12):
            opened.append(program.to_paint("n"))
            program.press("escape")
            program.rest(0.2)
        found |= spread("dialog", opened)
        program.press("/")
        program.rest(0.2)
        lookups = []
        for _ in range(5):
            program.press(*FAMILY.lower(), "space")
            program.rest(0.2)
            lookups.append(answer(program, "u", rf"^▸ {FAMILY}, Una"))
            program.press(*["backspace"] * (len(FAMILY) + 2))
            program.rest(0.2)
        found |= spread("lookup", lookups) | {"memory": program.resident_mib()}
        time.sleep(max(0.0, READY_S + SETTLED_S - (time.perf_counter() - program.began)))
        found["memory.ready"] = program.resident_mib()
        for key in LISTS:
            program.press(key)
            program.rest(0.2)
        # The next visit is confirmed, and that taken back: the clinic is the same for the run after.
        program.press("escape", "1", "t", "tab", "c")
        program.until(": confirmed")
        program.press("u")
        program.until("undid|as it was")
        return found | {"memory.all": program.resident_mib()}


def verbs(path: Path) -> tuple[Found, Found]:
    def took(*arguments: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - began) * 1000

    ours = {verb: took("-m", "frontdesk", "--db", str(path), *verb.split(), *more) for verb, more in VERBS.items()}
    return ours, {"sqlalchemy": took("-c", "import sqlalchemy")}


LISTS = ("escape", *"3456721")
VERBS: dict[str, tuple[str, ...]] = {"agenda": (), "find": (FAMILY,)}


def heard(where: str, env: dict[str, str]) -> list[float]:
    """Milliseconds from a change in this process, saved, to its paint in another: visits in sight are confirmed."""
    desk = open_desk(where, "Ben")
    now = desk.clock.now()
    in_sight = [
        visit.id
        for visit in desk.days.load().appointments
        if visit.practitioner.id <= 3 and now < visit.starts < now.add(hours=3) and visit.status is Status.BOOKED
    ]
    found = []
    with Watched("-m", "frontdesk", "--db", where, env=env) as program:
        program.until(r"● 13:10")
        time.sleep(SETTLED_S)
        for number, visit in enumerate(in_sight):
            # At any moment of whatever the other process waits by.
            time.sleep(0.3 + number * 0.037)
            program.catch_up()
            before = program.look(4)
            desk.visits.confirm(visit)
            saved = time.perf_counter()
            while (at := program.step()) is None or program.look(4) == before:
                time.sleep(0.001 if at is None else 0)
            found.append((at - saved) * 1000)
    desk.close()
    return found


def over(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.0f}, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms of {len(ordered)}"


QUESTIONS: dict[str, Callable[[Desk], object]] = {
    "the day": lambda desk: desk.days.load(),
    "a patient's file": lambda desk: desk.files.read(NAMESAKES.index("Zelda") + 1),
    "a key of a name that twenty bear": lambda desk: [
        (one.patient, one.marks) for one in desk.lookup.find(f"{FAMILY} z", LIMIT)[:SHOWN]
    ],
    "`slots`, the next 20": lambda desk: desk.booking.slots("Follow-up"),
}
ASKED = 30


def growth(small: Path, large: Path) -> Iterator[tuple[str, float, float]]:
    """Each question, and the processor's milliseconds for it in either, asked in turn."""
    desks = [open_desk(str(path), "Ben") for path in (small, large)]
    for words, ask in QUESTIONS.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(ASKED):
            for desk, times in zip(desks, taken, strict=True):
                began = time.process_time()
                ask(desk)
                times.append((time.process_time() - began) * 1000)
        yield words, statistics.median(taken[0]), statistics.median(taken[1])
    for desk in desks:
        desk.close()


def compared(runs: int, path: Path, env: dict[str, str]) -> list[str]:
    """The table's rows; what is missed is said in them."""
    all_ours: list[Found] = []
    all_floors: list[Found] = []
    for number in range(runs):
        print(f"run {number + 1} of {runs}", file=sys.stderr, flush=True)
        least = floor()
        ours, loaded = verbs(path)
        all_floors.append(least | loaded)
        all_ours.append(dashboard(path, env) | ours)
    rows = []
    for row in ROWS:
        mine = statistics.median(found[row.ours] for found in all_ours)
        base = statistics.median(found[row.floors] for found in all_floors)
        rows.append(line(row.words, f"{base:.1f} {row.unit}", f"{mine:.1f} {row.unit}", mine / base, row.goal))
    return rows


def line(words: str, base: str, ours: str, ratio: float, goal: float) -> str:
    met = "met" if ratio <= goal else "**missed**"
    return f"| {words} | {base} | {ours} | {ratio:.2f} | {goal:.1f} | {met} |"


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--realtime", action="store_true")
    options = parser.parse_args()
    if options.realtime:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    # What is measured starts as it does for its users, whose Python keeps what it has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="frontdesk-speed-"))
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "frontdesk"
    settings.mkdir(exist_ok=True)
    (settings / "workstation.toml").write_text("paper = false\n")
    env = {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder), "FRONTDESK_USER": "Ana"}
    try:
        return tables(options, folder, env)
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def tables(options: argparse.Namespace, folder: Path, env: dict[str, str]) -> int:
    """Measures and prints one after the other; 1 where a goal is missed."""

    def clinic(name: str, count: int, visits: int) -> Path:
        path = folder / name
        return path if path.exists() else make(path, count, visits)

    path = clinic("full.db", PATIENTS, 10_000)
    rows = compared(options.runs, path, env)
    print("| measured | the floor | frontdesk | ratio | goal | |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(rows), flush=True)
    changed = folder / "changed.db"
    shutil.copy(path, changed)
    stand_at(changed)
    print(f"\nA change in one process to its paint in another: SQLite {over(heard(str(changed), env))} (goal 300)")
    programs = binaries()
    if programs is not None:
        small = clinic("small.db", 1_000, 1_000)
        stand_at(small)
        server = Server(programs)
        try:
            where = server.url(server.create())
            now = pendulum.now("UTC")
            copy(str(small), where, who="Ben", clock=lambda _: now, now=now)
            print(f"PostgreSQL {over(heard(where, env))} (goal 100)", flush=True)
        finally:
            server.remove()
    if options.growth:
        small, large = clinic("small.db", 1_000, 1_000), clinic("large.db", PATIENTS, 1_000_000)
        print("\n| processor | 1,000 appointments | 1,000,000, and 100,000 patients | ratio | goal | |")
        print("| --- | --- | --- | --- | --- | --- |")
        for words, few, many in growth(small, large):
            rows.append(line(words, f"{few:.1f} ms", f"{many:.1f} ms", many / few, 1.2))
            print(rows[-1], flush=True)
    return 1 if any("missed" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
