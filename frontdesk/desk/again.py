"""What to do when the database refuses a place that the planner gave: somebody took it in that moment."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.desk.outcome import Outcome
from frontdesk.domain.errors import Guarded, Refused

MOST_ATTEMPTS = 3
"""How often another place is taken instead, before the database has the last word."""


def unless_taken(attempt: Callable[[], Outcome], why_not: Callable[[], Refused | None]) -> Outcome:
    """The outcome of `attempt`, tried anew where a guard of the database refused it and the planner knows a way still.

    `why_not` asks the planner again, now that it sees what was taken; what it says is raised. Each attempt
    is a transaction of its own.
    """
    for remaining in reversed(range(MOST_ATTEMPTS)):
        try:
            return attempt()
        except Guarded as guarded:
            refused = why_not()
            if refused is not None:
                raise refused from guarded
            if not remaining:
                raise
    raise AssertionError("an attempt returns or raises")
