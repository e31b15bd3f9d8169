"""What a new treatment plan begins with, by what the intake says: shown to whoever decides."""

from __future__ import annotations

from msgspec import Struct

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.intake import Severity


class Suggestion(Struct, frozen=True):
    """What the program would put down, and what it goes by."""

    cadence: Cadence
    planned: int
    reassess_at: int
    why: str


_BY_SEVERITY: dict[Severity, tuple[Cadence, int, int]] = {
    Severity.MILD: (Cadence.FORTNIGHTLY, 6, 3),
    Severity.MODERATE: (Cadence.WEEKLY, 8, 4),
    Severity.SEVERE: (Cadence.WEEKLY, 10, 5),
}
"""Weekly or every two weeks by severity, 6 to 10 visits: what half of 39 trials did (PMC5927830, table 4)."""


def suggestion(severity: Severity | None) -> Suggestion | None:
    """What fits a severity; None where the intake says none."""
    if severity is None:
        return None
    cadence, planned, reassess_at = _BY_SEVERITY[severity]
    return Suggestion(cadence, planned, reassess_at, f"{severity.value}, says the intake")
