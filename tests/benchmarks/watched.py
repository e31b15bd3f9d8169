"""A program in a terminal whose answers are stamped as they come, so that reading the screen costs the times nothing.

What comes is put together afterwards, piece by piece: the time of a thing is that of the piece that brought it.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.program.pty import Program

QUIET_S = 0.06
"""How long a key's consequences may pause."""
PATIENT_S = 0.5
"""After which a key is taken to have changed nothing."""
LONGEST_S = 20.0


class Watched(Program):
    """A program, and when it answered."""

    def __init__(self, *arguments: str, env: dict[str, str] | None = None, size: tuple[int, int] = (120, 40)) -> None:
        self.pieces: list[tuple[float, bytes]] = []
        self._seen = 0
        self.began = time.perf_counter()
        super().__init__(*arguments, env=env, size=size)

    def _came(self, data: bytes) -> None:
        self.pieces.append((time.perf_counter(), data))

    def step(self) -> float | None:
        """Puts the next piece on the screen; gives when it came."""
        if self._seen == len(self.pieces):
            return None
        at, data = self.pieces[self._seen]
        self._seen += 1
        self._draw(data)
        return at

    def catch_up(self) -> None:
        """Puts all that has come on the screen."""
        while self.step() is not None:
            pass

    def forget(self) -> None:
        """Lets go of what came so far: an hour of it would be much."""
        self.pieces.clear()
        self._seen = 0

    def until(self, pattern: str) -> float:
        """When a pattern came to stand on the screen, by the clock; raises with the screen where it does not."""
        deadline = time.perf_counter() + LONGEST_S
        while time.perf_counter() < deadline:
            at = self.step()
            if at is None:
                time.sleep(0.002)
            elif re.search(pattern, self.text(), re.MULTILINE):
                return at
        raise AssertionError(f"waited in vain for {pattern!r}:\n{self.text()}")

    def rest(self, seconds: float = QUIET_S) -> None:
        """Waits until nothing more comes of what was done."""
        deadline = time.perf_counter() + LONGEST_S
        while time.perf_counter() < deadline:
            last = self.pieces[-1][0] if self.pieces else self.began
            if time.perf_counter() - last > seconds:
                return
            time.sleep(0.005)

    def to_paint(self, key: str, below: int = 4) -> float | None:
        """Milliseconds from a key to the first change beneath the timers that it makes; None where it makes none."""
        self.catch_up()
        before = self.look(below)
        pressed = time.perf_counter()
        self.rush(key)
        while time.perf_counter() - pressed < PATIENT_S:
            at = self.step()
            if at is None:
                time.sleep(0.001)
            elif self.look(below) != before:
                self.rest()
                self.catch_up()
                return (at - pressed) * 1000
        return None

    def look(self, below: int) -> list[object]:
        """What stands in each cell from a row on, and how."""
        return [
            (cell.data, cell.fg, cell.bg, cell.reverse, cell.bold)
            for row in range(below, self._screen.lines)
            for cell in (self._screen.buffer[row][column] for column in range(self._screen.columns))
        ]

    def processor_s(self) -> float:
        """Seconds of the processor that its threads have had so far."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def resident_mib(self) -> float:
        """Memory it holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def sent(self) -> int:
        """Bytes that have come so far."""
        return sum(len(data) for _, data in self.pieces)
