"""Packs made-up visits into a day, in minutes after opening: rule 1 and rule 2 of booking, on plain numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, field

from frontdesk.domain.setup import ServiceSpec

Stretch = tuple[int, int]
STEP = 5
"""Minutes between possible starts: the demo clinic's slot."""


def patient_minutes(service: ServiceSpec) -> int:
    """How long the patient is in the room."""
    return service.consultation + service.insertion + service.planned_retention + service.removal


def room_minutes(service: ServiceSpec) -> int:
    """How long the room is taken."""
    return patient_minutes(service) + service.turnover


def hands_on(service: ServiceSpec, start: int) -> tuple[Stretch, Stretch]:
    """When the practitioner is needed."""
    in_at = start + service.consultation + service.insertion
    out_at = in_at + service.planned_retention
    return (start, in_at), (out_at, out_at + service.removal)


class Place(Struct, frozen=True):
    """One visit's place in a day; practitioner and room by their number in the set-up."""

    start: int
    practitioner: int
    room: int
    service: int


class Grid(Struct):
    """What is taken so far of a day."""

    services: Sequence[ServiceSpec]
    hands: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))

    def take(self, place: Place) -> None:
        """Takes a place without asking: the hand-made visits of today."""
        service = self.services[place.service]
        self.hands[place.practitioner].extend(hands_on(service, place.start))
        self.rooms[place.room].append((place.start, place.start + room_minutes(service)))

    def fill(
        self,
        practitioner: int,
        window: Stretch,
        rooms: Sequence[int],
        choose: Callable[[], int | None],
        *,
        keep_clear: Stretch = (0, 0),
    ) -> list[Place]:
        """Walks through a window and places what `choose` wants (a service, or None to leave that start free).

        No visit touches `keep_clear`, where today's hand-made visits are.
        """
        placed: list[Place] = []
        for start in range(window[0], window[1], STEP):
            number = choose()
            if number is None:
                continue
            service = self.services[number]
            stay = (start, start + room_minutes(service))
            if start + patient_minutes(service) > window[1] or _meet(stay, keep_clear):
                continue
            if any(_meet(one, taken) for one in hands_on(service, start) for taken in self.hands[practitioner]):
                continue
            room = next((one for one in rooms if not _any_meets(stay, self.rooms[one])), None)
            if room is not None:
                placed.append(Place(start, practitioner, room, number))
                self.take(placed[-1])
        return placed


def _meet(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _any_meets(one: Stretch, others: Iterable[Stretch]) -> bool:
    return any(_meet(one, other) for other in others)
