"""What happens after a defect: one line with an id on the terminal, the details in a file, no patient in either.

Textual prints tracebacks with local variables; names and notes would stay in the scrollback. Here the message of the
error is left out as well: a database error quotes the values it was given.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

from frontdesk import __version__
from frontdesk.folders import state_folder

LOG_LIMIT = 1_000_000
"""Bytes; a log that has grown beyond is begun anew."""


def crash_log() -> Path:
    """Where the details of crashes are kept, readable by their owner alone."""
    return state_folder() / "crash.log"


def record(error: BaseException) -> str:
    """Writes the details of a defect to the log; returns the one line for the terminal."""
    from frontdesk.clock import SystemClock

    crash_id = os.urandom(3).hex()
    moment = SystemClock().now().isoformat(timespec="seconds")
    report = f"{moment} crash {crash_id} frontdesk {__version__} python {sys.version.split()[0]}\n{details(error)}\n"
    path = crash_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        too_long = path.exists() and path.stat().st_size > LOG_LIMIT
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_long else os.O_APPEND)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(report)
    except OSError as refusal:
        reason = refusal.strerror or type(refusal).__name__
        return (
            f"frontdesk: an internal error ended the program (id {crash_id}); its log could not be written ({reason})."
        )
    return f"frontdesk: an internal error ended the program (id {crash_id}); nothing saved is lost. Details: {path}"


def details(error: BaseException) -> str:
    """The chain of errors by type and place: no message, no local variable."""
    blocks = []
    for link in _chain(error):
        kind = type(link)
        frames = "".join(
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n" for frame in traceback.extract_tb(link.__traceback__)
        )
        blocks.append(f"{kind.__module__}.{kind.__qualname__}\n{frames}")
    return "after which\n".join(blocks)


def install_hooks() -> None:
    """Sends errors of other threads, and those that end Python, the same way as those of the app."""
    sys.excepthook = lambda _kind, error, _trace: _say(error)
    threading.excepthook = lambda told: _say(told.exc_value) if told.exc_value is not None else None


def say_line(line: str) -> None:
    """One line on the real standard error, whatever Textual has redirected; a closed terminal is no error."""
    stream = sys.__stderr__
    if stream is None:
        return
    try:
        stream.write(line + "\n")
        stream.flush()
    except (OSError, ValueError):
        return


def _say(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return
    say_line(record(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links and len(links) < 10:
        links.append(link)
        # A Textual WorkerFailed carries what went wrong in `error`.
        link = link.__cause__ or link.__context__ or getattr(link, "error", None)
    return reversed([one for one in links if isinstance(one, BaseException)])
