"""The main screens by place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from frontdesk.ui import keys

if TYPE_CHECKING:
    from frontdesk.ui.screens.base import DeskScreen


_SCREENS = {
    keys.DAY: "day:DayScreen",
    keys.PATIENTS: "patients:PatientsScreen",
    keys.ROOMS: "rooms:RoomsScreen",
    keys.FILE: "file:FileScreen",
    keys.RECALLS: "recalls:RecallsScreen",
    keys.REMINDERS: "reminders:RemindersScreen",
    keys.WAITING: "waiting:WaitingScreen",
    keys.REPORTS: "report:ReportScreen",
    keys.CLOSE: "close:CloseScreen",
    keys.BOARD: "board:BoardScreen",
    keys.SETUP: "setup:SetupScreen",
}
"""Where each lives: loaded when it is first shown, so that none waits for the others."""


def screens() -> dict[str, Callable[[], DeskScreen]]:
    """What makes each main screen."""
    return {place: partial(_make, place) for place in _SCREENS}


def load(place: str) -> type[DeskScreen]:
    """The kind of screen of a place."""
    module, _, name = _SCREENS[place].partition(":")
    kind: type[DeskScreen] = getattr(import_module(f"frontdesk.ui.screens.{module}"), name)
    return kind


def _make(place: str) -> DeskScreen:
    return load(place)()
