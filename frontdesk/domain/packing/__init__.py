"""Packing visits: what each takes, whether one fits, and where one would (rules 1 to 4 of booking).

1. No two visits overlap in a room. 2. No two hands-on phases of a practitioner overlap. 3. No patient is in two places
at once. 4. Hands-on phases lie inside the practitioner's hours and outside their time off. Rules 2 and 4 may be
squeezed by a person who says so.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.domain.cadence import Cadence, wished_days
    from frontdesk.domain.packing.best import best_places
    from frontdesk.domain.packing.claims import Claim, claims_held, claims_of
    from frontdesk.domain.packing.course import (
        MOST_DAYS_OFF,
        MOST_VISITS,
        WITHIN_MINUTES,
        CourseDate,
        Mark,
        Nearest,
        course_span,
        lay_out,
    )
    from frontdesk.domain.packing.day_places import DayPlaces
    from frontdesk.domain.packing.fit import Clash, Fit, NoFit, Rule, clashes, first_fit, wrong_kind
    from frontdesk.domain.packing.misfits import misfits
    from frontdesk.domain.packing.occupancy import Busy, Occupancy, TakenTime
    from frontdesk.domain.packing.places import NEAREST_DAYS, Slot, free_places, nearest_starts
    from frontdesk.domain.packing.soft import MOST_REPLANNED, soft_fit

__all__ = [
    "MOST_DAYS_OFF",
    "MOST_REPLANNED",
    "MOST_VISITS",
    "NEAREST_DAYS",
    "WITHIN_MINUTES",
    "Busy",
    "Cadence",
    "Claim",
    "Clash",
    "CourseDate",
    "DayPlaces",
    "Fit",
    "Mark",
    "Nearest",
    "NoFit",
    "Occupancy",
    "Rule",
    "Slot",
    "TakenTime",
    "best_places",
    "claims_held",
    "claims_of",
    "clashes",
    "course_span",
    "first_fit",
    "free_places",
    "lay_out",
    "misfits",
    "nearest_starts",
    "soft_fit",
    "wished_days",
    "wrong_kind",
]

_FROM = {
    "cadence": "Cadence wished_days",
    "packing.best": "best_places",
    "packing.claims": "Claim claims_held claims_of",
    "packing.course": "MOST_DAYS_OFF MOST_VISITS WITHIN_MINUTES CourseDate Mark Nearest course_span lay_out",
    "packing.day_places": "DayPlaces",
    "packing.fit": "Clash Fit NoFit Rule clashes first_fit wrong_kind",
    "packing.misfits": "misfits",
    "packing.occupancy": "Busy Occupancy TakenTime",
    "packing.places": "NEAREST_DAYS Slot free_places nearest_starts",
    "packing.soft": "MOST_REPLANNED soft_fit",
}
_WHERE = {name: f"frontdesk.domain.{module}" for module, names in _FROM.items() for name in names.split()}
"""Where each name lives: loaded when it is first asked for, since who draws a day packs nothing."""


def __getattr__(name: str) -> object:
    """A name that is asked for the first time."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_WHERE[name]), name)
    return found
