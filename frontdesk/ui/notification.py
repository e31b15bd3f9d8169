"""A desktop notification instead of the bell: by an escape sequence of the terminal, or by the program notify-send.

It names rooms and minutes and never a patient: a desktop shows it over whatever is there, a lock screen too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping

from frontdesk.domain.board import RoomNow
from frontdesk.domain.retention import Alarm
from frontdesk.text import visible
from frontdesk.ui.layout.frame import minutes_and_seconds
from frontdesk.ui.layout.strip import alarm_seconds, alarm_words

TITLE = "frontdesk"
MOST_ROOMS = 4
"""Rooms that are named; of more, the most urgent are."""


def words(rooms: Iterable[RoomNow]) -> str:
    """What is due, most urgent first: `*** R2 OVERDUE +01:10, * R4 due +00:00`."""
    due = sorted((one for one in rooms if one.level is not Alarm.NONE), key=lambda one: one.urgency)
    return ", ".join(
        f"{one.level.mark} {visible(one.room.short_name)} {alarm_words(one)} "
        f"{minutes_and_seconds(alarm_seconds(one) or 0)}"
        for one in due[:MOST_ROOMS]
    )


def way(wanted: str, environ: Mapping[str, str]) -> str:
    """`osc9`, `osc777` or `notify-send`; of `auto`, what this terminal and desktop are likely to show."""
    if wanted != "auto":
        return wanted
    if (environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY")) and "SSH_CONNECTION" not in environ:
        from shutil import which

        if which("notify-send"):
            return "notify-send"
    term = environ.get("TERM", "")
    return "osc777" if "VTE_VERSION" in environ or term.startswith(("rxvt", "foot")) else "osc9"


def escape(how: str, text: str) -> str:
    """The sequence that has a terminal show a notification (iTerm2's OSC 9, rxvt's OSC 777)."""
    # A semicolon would begin OSC 777's next field, and OSC 9's "4;" a progress bar.
    said = visible(text).replace(";", ",")
    return f"\x1b]777;notify;{TITLE};{said}\x1b\\" if how == "osc777" else f"\x1b]9;{TITLE}: {said}\x1b\\"


def send(text: str) -> None:
    """Runs notify-send, each notification in place of the last; to be called in a thread, and quiet where it fails."""
    command = ["notify-send", "--app-name", TITLE, "--hint", "string:x-canonical-private-synchronous:frontdesk"]
    try:
        subprocess.run(
            [*command, "--", TITLE, visible(text)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return
