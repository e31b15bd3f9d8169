"""What a patient's visits add up to: how often they came, and how often they did not."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import is_private
from frontdesk.domain.visit import ENDED, ON_PREMISES, Canceller, Status


class Missed(Struct, frozen=True):
    """Visits that a patient let lapse: the clinic waited, or heard too late to give the place to somebody else."""

    no_shows: int = 0
    late_cancellations: int = 0

    @property
    def words(self) -> str:
        """`2 no-shows, 1 late cancellation`; empty where there were none, and in privacy mode."""
        if is_private():
            return ""
        return ", ".join(
            number_of(count, noun)
            for count, noun in ((self.no_shows, "no-show"), (self.late_cancellations, "late cancellation"))
            if count
        )


NOTHING_MISSED = Missed()
"""Of somebody who always came."""


class History(Struct, frozen=True):
    """Every visit of a patient: those still to come, soonest first, and the past ones, latest first."""

    coming: tuple[Appointment, ...] = ()
    past: tuple[Appointment, ...] = ()

    @property
    def shown(self) -> History:
        """The visits that may be seen now as this patient's: none in privacy mode."""
        return History() if is_private() else self

    @property
    def seen(self) -> tuple[Appointment, ...]:
        """The past visits at which they were treated."""
        return tuple(visit for visit in self.past if visit.facts.began_at is not None or visit.retentions)

    @property
    def missed(self) -> Missed:
        """What they let lapse."""
        return Missed(
            sum(visit.status is Status.NO_SHOW for visit in self.past),
            sum(visit.cancelled_late for visit in self.past),
        )

    @property
    def cancelled(self) -> int:
        """How often they called off in time."""
        return sum(
            visit.status is Status.CANCELLED and not visit.cancelled_late and visit.cancelled_by != Canceller.CLINIC
            for visit in self.past
        )

    @property
    def words(self) -> str:
        """`12 visits, 2 no-shows`: how they came and did not."""
        parts = [number_of(len(self.seen), "visit")]
        if self.missed.words:
            parts.append(self.missed.words)
        if self.cancelled:
            parts.append(f"{self.cancelled} called off in time")
        return ", ".join(parts)


def history_of(visits: Iterable[Appointment], now: DateTime) -> History:
    """The visits in the two lists: who is in the house has not been. What was entered in error never was."""
    real = [visit for visit in visits if visit.status is not Status.ENTERED_IN_ERROR]
    coming = [one for one in real if one.status not in ENDED and (one.ends > now or one.status in ON_PREMISES)]
    here = {one.id for one in coming}
    past = [one for one in real if one.id not in here]
    return History(
        tuple(sorted(coming, key=lambda visit: (visit.starts, visit.id))),
        tuple(sorted(past, key=lambda visit: (visit.starts, visit.id), reverse=True)),
    )
