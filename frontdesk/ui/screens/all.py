"""The main screens by place."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.ui import keys
from frontdesk.ui.screens.base import DeskScreen


def screens() -> dict[str, Callable[[], DeskScreen]]:
    """What makes each main screen; a screen's module is imported when it is first shown."""
    return {
        keys.DAY: _day,
        keys.PATIENTS: _patients,
        keys.ROOMS: _rooms,
        keys.FILE: _file,
        keys.RECALLS: _recalls,
        keys.REMINDERS: _reminders,
        keys.WAITING: _waiting,
        keys.REPORTS: _reports,
        keys.CLOSE: _close,
        keys.BOARD: _board,
        keys.SETUP: _setup,
    }


def _day() -> DeskScreen:
    from frontdesk.ui.screens.day import DayScreen

    return DayScreen()


def _rooms() -> DeskScreen:
    from frontdesk.ui.screens.rooms import RoomsScreen

    return RoomsScreen()


def _recalls() -> DeskScreen:
    from frontdesk.ui.screens.recalls import RecallsScreen

    return RecallsScreen()


def _reminders() -> DeskScreen:
    from frontdesk.ui.screens.reminders import RemindersScreen

    return RemindersScreen()


def _close() -> DeskScreen:
    from frontdesk.ui.screens.close import CloseScreen

    return CloseScreen()


def _reports() -> DeskScreen:
    from frontdesk.ui.screens.report import ReportScreen

    return ReportScreen()


def _board() -> DeskScreen:
    from frontdesk.ui.screens.board import BoardScreen

    return BoardScreen()


def _patients() -> DeskScreen:
    from frontdesk.ui.screens.patients import PatientsScreen

    return PatientsScreen()


def _file() -> DeskScreen:
    from frontdesk.ui.screens.file import FileScreen

    return FileScreen()


def _waiting() -> DeskScreen:
    from frontdesk.ui.screens.waiting import WaitingScreen

    return WaitingScreen()


def _setup() -> DeskScreen:
    from frontdesk.ui.screens.setup import SetupScreen

    return SetupScreen()
