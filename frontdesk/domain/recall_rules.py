"""Whom a clinic calls about coming again, as it sets it up: `[recalls]` in `clinic.toml`."""

from __future__ import annotations

from msgspec import Struct

LAPSED_WEEKS, UNTIL_WEEKS, TRIES = 6, 52, 3
"""From when nobody who was seen is let go quietly, until when they are called, calls after which the list says so."""
MOST_WEEKS, MOST_TRIES = 260, 20


class RecallRules(Struct, frozen=True):
    """What a clinic goes by."""

    lapsed_weeks: int = LAPSED_WEEKS
    """Weeks after the last visit from which somebody without a plan is called."""
    until_weeks: int = UNTIL_WEEKS
    """Weeks after it from which nobody calls any more."""
    tries: int = TRIES
    """Calls that nobody answered after which the list says that calling does not help."""


USUAL_RULES = RecallRules()
