"""Every action of the dashboard, once: its keys, its words, and where it works; `ui.keys` makes the rest from it.

Keys are bound by character; none needs Alt, a function key, Ctrl+S, Ctrl+Z or Ctrl+C, which some terminal or office
keeps.
"""

from __future__ import annotations

from typing import Final

from frontdesk.ui.actions.booking import BOOKING
from frontdesk.ui.actions.calling import CALLING
from frontdesk.ui.actions.care import CARE, NEXT_STEP
from frontdesk.ui.actions.files import FILES
from frontdesk.ui.actions.going import GOING
from frontdesk.ui.actions.program import PROGRAM
from frontdesk.ui.actions.reporting import REPORTING
from frontdesk.ui.actions.waiting import WAITING_LIST

ACTIONS: Final = (NEXT_STEP, *BOOKING, *GOING, *FILES, *WAITING_LIST, *CALLING, *REPORTING, *CARE, *PROGRAM)
