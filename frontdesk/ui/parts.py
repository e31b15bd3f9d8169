"""What a dashboard is made of besides its screens; loaded after the first frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.config import Workstation
from frontdesk.domain.wall import EVERYTHING
from frontdesk.ui.asides import Asides
from frontdesk.ui.clock_notice import ClockNotice
from frontdesk.ui.draft_keeper import DraftKeeper
from frontdesk.ui.frames import Frames
from frontdesk.ui.liveness import Liveness
from frontdesk.ui.lock import Lock
from frontdesk.ui.notes import Notes
from frontdesk.ui.paper_keeper import PaperKeeper, Start
from frontdesk.ui.pulse import Pulse
from frontdesk.ui.sweeping import Sweeping
from frontdesk.ui.todays_rooms import TodaysRooms
from frontdesk.ui.watching import Watching
from frontdesk.ui.worklists import Worklists
from frontdesk.ui.workstation import Habits, Keep

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp


def furnish(
    app: FrontdeskApp, workstation: Workstation, keep: Keep | None, drafts: Path | None, paper: Start | None
) -> None:
    """Makes the parts of an app."""
    app.asides = Asides(app)
    app.habits = Habits(app, workstation, keep)
    app.lock = Lock(app)
    app.board = TodaysRooms(app)
    app.sweeping = Sweeping(
        lambda after, look: app.set_timer(after, look, name="pause"), lambda: len(app.screen_stack) == 1
    )
    app.pulse = Pulse(app)
    app.notes = Notes(app)
    app.drafts = DraftKeeper(app, drafts)
    app.paper = PaperKeeper(app, paper)
    app.clock_notice = ClockNotice(app)
    app.worklists = Worklists(app)
    app.liveness = Liveness(app)
    app.watching = Watching(app)
    app.frames = Frames(app)
    app.wall = EVERYTHING
