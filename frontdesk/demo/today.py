"""The rest of the demo's day: the visits before and after its present moment, as a full clinic has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

from frontdesk.demo.clinic import (
    AFTERNOON,
    COMMUNITY,
    FOLLOW_UP,
    HADDAD,
    INITIAL,
    LIN,
    MORNING,
    OKAFOR,
    OPEN_FOR,
    ROOMS_OF,
    SERVICES,
)
from frontdesk.demo.grid import Grid, Place, Stretch, patient_minutes, room_minutes
from frontdesk.demo.scenes import Morning, Scene, Step
from frontdesk.domain.setup import ServiceSpec

_DAY = 24 * 60
_BUSY = 0.75
"""How likely a start that is possible is taken: a full day, with a place for whoever calls."""


def wishes(rng: Random, practitioner: int, busy: float = _BUSY) -> Callable[[], int | None]:
    """What is asked for at each possible start with a practitioner."""

    def choose() -> int | None:
        if rng.random() >= busy:
            return None
        if practitioner == HADDAD:
            return COMMUNITY
        return INITIAL if rng.random() < 0.14 else FOLLOW_UP

    return choose


def rest_of_today(
    rng: Random, morning: Morning, patients: Iterator[int], closes: int, blocked: Iterable[tuple[int, Stretch]]
) -> list[Scene]:
    """Made-up visits around the hand-made ones; `closes` is minutes after opening, `blocked` a practitioner's time.

    Those planned before now are over, the others booked or confirmed.
    """
    grid = Grid(SERVICES)
    for scene in morning.scenes:
        grid.take(scene.place)
    for practitioner, stretch in blocked:
        grid.hands[practitioner].append(stretch)
    scenes: list[Scene] = []
    for practitioner in (LIN, OKAFOR, HADDAD):
        for start, end in (MORNING, AFTERNOON):
            window = (start, min(end, closes))
            choose = wishes(rng, practitioner)
            for place in grid.fill(practitioner, window, ROOMS_OF[practitioner], choose, keep_clear=morning.kept_clear):
                patient = next(patients, None)
                if patient is not None:
                    scenes.append(Scene(patient, place, -rng.randint(_DAY, 13 * _DAY), tuple(_story(rng, place))))
    return scenes


def _story(rng: Random, place: Place) -> list[Step]:
    """What was done about a visit by now: all of it for one that is over, confirmed or nothing for one to come."""
    service = SERVICES[place.service]
    start = place.start - OPEN_FOR
    confirmed = [Step(-_DAY + rng.randint(0, 300), "confirm")] if rng.random() < 0.6 else []
    if start + room_minutes(service) > 0:
        return confirmed
    return [*confirmed, *_over(rng, service, start)]


def _over(rng: Random, service: ServiceSpec, start: int) -> list[Step]:
    """A visit that went as planned, a minute or two late here and there, and never into the next one's time."""
    room = start + rng.uniform(0.2, 0.9)
    in_at = start + service.consultation + service.insertion + rng.uniform(-1, 0.8)
    count = rng.randint(5, 16)
    leaves = start + patient_minutes(service)
    return [
        Step(start - rng.uniform(1, 9), "arrive"),
        Step(room, "room"),
        Step(room + rng.uniform(0.2, 2), "begin"),
        Step(in_at, "needles-in", {"count": count}),
        Step(in_at + service.planned_retention + rng.uniform(-2, 0.5), "needles-out", {"count": count}),
        Step(leaves + rng.uniform(-0.4, 0.9), "checkout"),
    ]
