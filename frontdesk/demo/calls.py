"""What came of the calls for tomorrow that the demo's receptionist has made so far."""

from __future__ import annotations

from frontdesk.desk.open import Desk
from frontdesk.domain.reminder import Reached, Result

_CAME_OF = (Result.MESSAGE, Result.NO_ANSWER, Result.MESSAGE)


def call_for_tomorrow(desk: Desk) -> None:
    """The first of those who have not confirmed were called: a message was left, or nobody answered."""
    now = desk.clock.now()
    left = [one for one in desk.reminders.look().rows if one.reached(now) is Reached.NOT]
    for one, result in zip(left, _CAME_OF, strict=False):
        desk.reminders.note(one.visit.id, result)
