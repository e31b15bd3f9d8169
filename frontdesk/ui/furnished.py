"""The parts that a dashboard is made of besides its screens, by name: there once the first frame is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.ui.starting import Starting

if TYPE_CHECKING:
    from frontdesk.domain.wall import Wall
    from frontdesk.ui.asides import Asides
    from frontdesk.ui.clock_notice import ClockNotice
    from frontdesk.ui.draft_keeper import DraftKeeper
    from frontdesk.ui.frames import Frames
    from frontdesk.ui.liveness import Liveness
    from frontdesk.ui.lock import Lock
    from frontdesk.ui.notes import Notes
    from frontdesk.ui.paper_keeper import PaperKeeper
    from frontdesk.ui.pulse import Pulse
    from frontdesk.ui.sweeping import Sweeping
    from frontdesk.ui.todays_rooms import TodaysRooms
    from frontdesk.ui.watching import Watching
    from frontdesk.ui.worklists import Worklists
    from frontdesk.ui.workstation import Habits


class Furnished(Starting):
    """A dashboard that loads its parts after the first frame; `parts.furnish` makes them."""

    asides: Asides
    habits: Habits
    lock: Lock
    board: TodaysRooms
    sweeping: Sweeping
    pulse: Pulse
    notes: Notes
    drafts: DraftKeeper
    paper: PaperKeeper
    clock_notice: ClockNotice
    worklists: Worklists
    liveness: Liveness
    watching: Watching
    frames: Frames
    wall: Wall
    """What of the clinic the wall board is for."""

    def load(self) -> None:
        """In a thread: the parts, and the code of the first screen."""
        from frontdesk.ui.environment import exact

        with exact():
            import pendulum
        from frontdesk.ui import parts
        from frontdesk.ui.screens.all import load

        del pendulum, parts
        load(self.start)
