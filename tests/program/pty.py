"""A program in a pseudo-terminal, as a user meets it: keys in, a screen and an exit status out."""

from __future__ import annotations

import atexit
import codecs
import fcntl
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from functools import cache
from pathlib import Path
from typing import Self

import pyte
from wcwidth import wcwidth

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 20.0
"""How long a thing may take on a loaded machine before a test calls it missing."""

PATIENTLY = """
import sys
from frontdesk.ui.environment import prepare
prepare()
from frontdesk.ui import router
router.READ_LIMIT_S = 60.0
from frontdesk.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The program, but for that a key waits for the database as long as it takes: on a starved machine two seconds pass
easily, and then keys are dropped, as it says on the screen."""

_LEGACY = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "shift+tab": "\x1b[Z",
}  # fmt: skip
_KITTY = {"enter": 13, "tab": 9, "escape": 27, "space": 32, "backspace": 127}


def encode(key: str, *, kitty: bool) -> str:
    """The bytes a terminal sends for a key, with or without the kitty keyboard protocol's flags 1, 8 and 16."""
    if not kitty:
        if key.startswith("ctrl+"):
            return chr(ord(key[5:]) & 31)
        return _LEGACY.get(key, key)
    if key in _LEGACY and _LEGACY[key].startswith("\x1b[") and key != "shift+tab":
        return _LEGACY[key]
    if key == "shift+tab":
        return "\x1b[9;2u"
    if key.startswith("ctrl+"):
        return f"\x1b[{ord(key[5:])};5u"
    if key in _KITTY:
        text = ";1;32" if key == "space" else ""
        return f"\x1b[{_KITTY[key]}{text}u"
    shift = 2 if key.isupper() else 1
    return f"\x1b[{ord(key.lower())};{shift};{ord(key)}u"


@cache
def _habits() -> str:
    """A configuration folder of a workstation that writes no day sheets: each would cost seconds."""
    folder = tempfile.mkdtemp(prefix="frontdesk-habits-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = Path(folder) / "frontdesk" / "workstation.toml"
    settings.parent.mkdir()
    settings.write_text("paper = false\n", encoding="utf-8")
    return folder


_NOT_AT_A_DESK = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONUNBUFFERED")
"""What the machine of the tests may have set, and a workstation has not."""


class Program:
    """A Python program (`module` and arguments) running in a terminal of its own."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        env: dict[str, str] | None = None,
        kitty: bool = False,
        ignore_hangup: bool = False,
    ) -> None:
        self.kitty = kitty
        self.output = bytearray()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._lock = threading.Lock()
        self.fd, slave = os.openpty()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.settings_before = termios.tcgetattr(slave)
        environ = {name: value for name, value in os.environ.items() if name not in _NOT_AT_A_DESK}
        environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        # What other programs left half typed is none of this one's.
        self._state = tempfile.TemporaryDirectory(prefix="frontdesk-state-", ignore_cleanup_errors=True)
        environ |= {"XDG_CONFIG_HOME": _habits(), "XDG_STATE_HOME": self._state.name, **(env or {})}

        def become_session() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if ignore_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            cwd=ROOT,
            preexec_fn=become_session,
        )
        self._slave = slave
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE_S)
        self.close_terminal()
        self._state.cleanup()

    def send(self, data: bytes) -> None:
        """Bytes to the program's standard input."""
        while data:
            data = data[os.write(self.fd, data) :]

    def rush(self, *keys: str) -> None:
        """All keys in one write, as after any stall."""
        self.send("".join(encode(key, kitty=self.kitty) for key in keys).encode())

    def press(self, *keys: str) -> None:
        """Keys with a person's pause after each."""
        for key in keys:
            self.rush(key)
            time.sleep(0.04)

    def text(self) -> str:
        """What stands on the screen."""
        with self._lock:
            screen = self._screen
            rows = [[screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines)]
        return "\n".join(_row(row) for row in rows)

    def columns_of(self, mark: str) -> list[int]:
        """The first column of each row in which a character stands, -1 where it does not."""
        with self._lock:
            screen = self._screen
            return [
                next((x for x in range(screen.columns) if screen.buffer[y][x].data == mark), -1)
                for y in range(screen.lines)
            ]

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Waits until a pattern stands on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            found = re.search(pattern, self.text(), re.MULTILINE)
            if found:
                return found
            time.sleep(0.01)
        raise AssertionError(f"waited in vain for {pattern!r}:\n{self.text()}{self._crashed()}")

    def wait_for_ticks(self, count: int = 1) -> None:
        """Waits until the clock in the header, and with it every timer, has moved on so many times."""
        for _ in range(count):
            clock = self.wait_for(r"\d\d:\d\d:\d\d").group()
            self.wait_for(rf"(?!{clock})\d\d:\d\d:\d\d")

    def _crashed(self) -> str:
        """What the program wrote down of its end, where a defect was that."""
        log = Path(self._state.name) / "frontdesk" / "crash.log"
        return f"\n{log.read_text(encoding='utf-8')}" if log.exists() else ""

    def exit_code(self, patience_s: float = PATIENCE_S) -> int:
        """Waits for the program's end."""
        try:
            code = self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running:\n{self.text()}") from None
        self._reader.join(0.5)
        return code

    def signal(self, number: signal.Signals) -> None:
        """Sends the program a signal."""
        self.process.send_signal(number)

    def settings(self) -> list[object]:
        """The terminal's settings now, to compare with `settings_before`."""
        return list(termios.tcgetattr(self._slave))

    def close_terminal(self) -> None:
        """The window is closed: both ends go."""
        for descriptor in (self.fd, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self.fd = self._slave = -1

    def resize(self, columns: int, rows: int) -> None:
        """The window takes another size."""
        with self._lock:
            self._screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return
            if not data:
                return
            self._came(data)

    def _came(self, data: bytes) -> None:
        """What the program wrote, as soon as it did; in the thread that reads."""
        with self._lock:
            self.output += data
            self._draw(data)

    def _draw(self, data: bytes) -> None:
        # pyte knows no kitty keyboard sequences (CSI > flags u, CSI < u) and would take them for others.
        self._stream.feed(re.sub(r"\x1b\[[<>=?][0-9;]*u", "", self._decode(data)))


def _row(cells: list[str]) -> str:
    """A row as text; pyte's own `display` fails where the first half of a wide letter was drawn over."""
    text, wide = [], False
    for cell in cells:
        text.append(cell if cell or wide else " ")
        wide = wcwidth(cell[:1]) == 2
    return "".join(text).rstrip()


def modes_left_on(output: bytes) -> set[str]:
    """Terminal modes a program switched on and never off again."""
    on: set[str] = set()
    for mode, switch in re.findall(rb"\x1b\[\?(\d+)([hl])", output):
        (on.add if switch == b"h" else on.discard)(mode.decode())
    # Cursor (25) and line wrap (7) are on by default: left off is what would hurt.
    for mode in (b"25", b"7"):
        on.discard(mode.decode())
        switches = re.findall(rb"\x1b\[\?" + mode + rb"([hl])", output)
        if switches and switches[-1] == b"l":
            on.add(f"{mode.decode()} off")
    if output.count(b"\x1b[>") > output.count(b"\x1b[<u") and b"\x1b[>25u" in output:
        on.add("kitty keyboard")
    return on
