"""The question before a dashboard ends: who is still here, or that the day is not closed.

Always asked, whatever other screens are open: that one is open somewhere does not mean that anybody looks at it.
"""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.domain.closing import DayClose, Need, day_close
from frontdesk.domain.day import DaySheet
from frontdesk.domain.projection import wants_closing
from frontdesk.ui.dialogs.ask import Confirm
from frontdesk.ui.live_keys import key_of

MOST_NAMED = 8
"""Patients that the question names."""


class Farewell(Confirm):
    """Asked once: a second key to quit answers nothing."""


def farewell(sheet: DaySheet, now: DateTime) -> Farewell | None:
    """What to ask before the dashboard on today's `sheet` ends; None when nothing is left to say."""
    close = day_close(sheet, now)
    if close.in_house:
        return Farewell(_title(close), lambda: _list(close), yes="close anyway")
    if wants_closing(sheet, now):
        words = (
            "Everybody has gone, and the day is not closed.\n"
            f"{key_of('screen.close')} shows who never came and what went home; {key_of('close.day')} closes it."
        )
        return Farewell("The day is not closed", words, yes="leave it open")
    return None


def _title(close: DayClose) -> str:
    if close.of(Need.NEEDLES_IN):
        return "Needles are in"
    return "A count is owed" if close.of(Need.COUNT_OWED) else "Patients are still here"


def _list(close: DayClose) -> str:
    here = [one for one in close.open if one.visit in close.in_house]
    lines = []
    for one in here[:MOST_NAMED]:
        visit = one.visit
        room = f"{visit.room.short_name} " if visit.room is not None and visit.holds_room else ""
        lines.append(f"{room}{visit.patient.short_name}: {one.need.words}")
    if len(here) > MOST_NAMED:
        lines.append(f"and {len(here) - MOST_NAMED} more")
    return "\n".join((*lines, "", "Timers go on, but if this is the last screen,", "nobody sees them."))
