"""How a patient is, in four numbers from 0 (no trouble) to 10 (the worst there is), and their course over the visits.

All four run the same way, so that going down is always going well (as in MYMOP, Paterson 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.errors import Refused
from frontdesk.domain.privacy import is_private

WORST = 10


class Scale(StrEnum):
    """What is scored."""

    PAIN = "pain"
    NUMBNESS = "numbness"
    SLEEP = "sleep"
    MOOD = "mood"


class Scores(Struct, frozen=True):
    """One taking of them; None where it was not asked."""

    pain: int | None = None
    numbness: int | None = None
    sleep: int | None = None
    mood: int | None = None

    def of(self, scale: Scale) -> int | None:
        """The points of one scale."""
        found: int | None = getattr(self, scale.value)
        return found

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return all(self.of(scale) is None for scale in Scale)

    def words(self) -> str:
        """`pain 4, sleep 6`."""
        return ", ".join(f"{scale.value} {self.of(scale)}" for scale in Scale if self.of(scale) is not None)


class Taken(Struct, frozen=True):
    """Scores as they were taken: when, by whom, at which visit (None: at none)."""

    id: int
    patient_id: int
    appointment_id: int | None
    at: DateTime
    taken_by: str
    scores: Scores

    @property
    def shown(self) -> Scores:
        """The points that may be seen now: none in privacy mode. What saves or compares uses `scores`."""
        return Scores() if is_private() else self.scores


def checked(scores: Scores) -> Scores:
    """The same; raises `Refused` for points off the scale, and for nothing at all."""
    for scale in Scale:
        points = scores.of(scale)
        if points is not None and not 0 <= points <= WORST:
            raise Refused(f"{scale.value} is scored from 0 (no trouble) to {WORST} (the worst), not {points}")
    if scores.is_empty:
        raise Refused("nothing is scored yet: give at least one of pain, numbness, sleep, mood, from 0 to 10")
    return scores


def courses(taken: Iterable[Taken]) -> Iterator[tuple[Scale, tuple[int, ...]]]:
    """Each scale that was ever scored with its points as they may be shown, first to last."""
    in_order = sorted(taken, key=lambda one: (one.at, one.id))
    for scale in Scale:
        points = tuple(value for one in in_order if (value := one.shown.of(scale)) is not None)
        if points:
            yield scale, points
