"""What an action of the dashboard is, and the places where one may work."""

from __future__ import annotations

from msgspec import Struct

from frontdesk.ui.key_names import key_words

DAY, PATIENTS, ROOMS, CLOSE = "day", "patients", "rooms", "close"
FILE = "file"
RECALLS, REMINDERS, REPORTS = "recalls", "reminders", "reports"
WAITING = "waiting"
BOARD, SETUP, DIALOG = "board", "setup", "dialog"
VISITS = (DAY, PATIENTS, ROOMS, FILE)
"""The screens on which any visit can be chosen."""
SCREENS = (*VISITS, WAITING)
LISTS = (RECALLS, REMINDERS, CLOSE, REPORTS)
"""What is worked through row by row, or read: screens on which no visit is booked."""
PLACES = {
    DAY: "Day",
    PATIENTS: "Patients",
    ROOMS: "Rooms",
    FILE: "File",
    RECALLS: "Recalls",
    REMINDERS: "Reminders",
    WAITING: "Waiting",
    REPORTS: "Reports",
    CLOSE: "Close",
    BOARD: "Board",
    SETUP: "Set-up",
    DIALOG: "Dialogs",
}
"""Where keys work, with the words a person reads."""


class Action(Struct, frozen=True):
    """One thing that can be done. `id` names the method (`visit.next` is `action_visit_next`) and the keymap entry."""

    id: str
    keys: tuple[str, ...]
    words: str
    help: str
    places: tuple[str, ...]
    say: tuple[str, ...] = ()
    """What a receptionist may call it, for the palette."""
    line: int = 0
    """Its rank in the key line; 0 keeps it out."""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "action_" + self.id.replace(".", "_")

    @property
    def key_words(self) -> str:
        """The first key as printed in the key line."""
        return key_words(self.keys[0]) if self.keys else ""
