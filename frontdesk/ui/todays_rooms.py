"""The rooms of today as they stand, for everything that asks each second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.board import Board

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.domain.board import RoomNow
    from frontdesk.ui.app import FrontdeskApp


class TodaysRooms:
    """The board of the sheet that the app has for today, made anew when that is another one."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._board: Board | None = None

    def rooms(self, now: DateTime, *, by_urgency: bool = False) -> tuple[RoomNow, ...]:
        """Every room, in the clinic's order or most urgent first; none before today has been read."""
        board = self._of_today()
        return () if board is None else board.rooms(now, by_urgency=by_urgency)

    def seconds_to_rise(self, now: DateTime) -> float | None:
        """Seconds until the next alarm of needles rises; None where none can."""
        board = self._of_today()
        return None if board is None else board.seconds_to_rise(now)

    def _of_today(self) -> Board | None:
        today = self._app.today
        if today is not None and (self._board is None or self._board.sheet is not today):
            self._board = Board(today)
        return self._board
