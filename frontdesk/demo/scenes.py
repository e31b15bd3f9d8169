"""The demo's present moment, written by hand: who is where when it opens, and how they came there.

Minutes count from that moment, so every timer shows the same whenever the demo begins. Room 1 is overdue because
somebody was squeezed in while its patient was resting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from frontdesk.demo.clinic import COMMUNITY, FOLLOW_UP, HADDAD, INITIAL, LIN, OKAFOR, OPEN_FOR
from frontdesk.demo.grid import Place
from frontdesk.demo.people import BEGINNING, CAST

_PARTS = tuple(CAST)
_DAY = 24 * 60


class Step(Struct, frozen=True):
    """One thing done at the desk, `at` minutes from the demo's beginning; `what` is the verb of the use case."""

    at: float
    what: str
    options: Mapping[str, Any] = field(default_factory=dict)


class Scene(Struct, frozen=True):
    """One appointment of today: whose, where, when it was booked, and what was done about it since."""

    patient: int
    place: Place
    booked: float
    steps: tuple[Step, ...] = ()
    squeeze: bool = False


def _scene(
    part: str, start: int, practitioner: int, service: int, room: int, *steps: Step, booked: float | None = None
) -> Scene:
    number = _PARTS.index(part)
    place = Place(OPEN_FOR + start, practitioner, room, service)
    when = -(7 * _DAY + 30) + 11 * number if booked is None else booked
    return Scene(number, place, when, steps, squeeze=part == "squeezed in")


def _in(at: float, count: int, **options: Any) -> Step:
    return Step(at, "needles-in", {"count": count, **options})


def _out(at: float, count: int | None, **options: Any) -> Step:
    return Step(at, "needles-out", {"count": count, **options})


SCENES: tuple[Scene, ...] = (
    _scene(
        "resting too long", -50, LIN, FOLLOW_UP, 0,
        Step(-_DAY, "confirm"), Step(-52, "arrive"), Step(-49, "room"), Step(-46, "begin"), _in(-31 - 1 / 6, 12),
        Step(-26, "check"),
    ),
    _scene(
        "squeezed in", -20, LIN, INITIAL, 1,
        Step(-28, "arrive"), Step(-21, "room"), Step(-17, "begin"), booked=-105,
    ),
    _scene("next", 5, LIN, FOLLOW_UP, 0, Step(-_DAY + 3, "confirm"), Step(-6, "arrive")),
    _scene("cancelled", 50, LIN, FOLLOW_UP, 1, Step(-95, "cancel", {"reason": "has a cold, will call again"})),
    _scene(
        "due", -45, OKAFOR, FOLLOW_UP, 3,
        Step(-47, "arrive"), Step(-44, "room"), Step(-42, "begin"), _in(-26 - 1 / 3, 14),
        Step(-21, "check"),
    ),
    _scene(
        "resting", -20, OKAFOR, COMMUNITY, 6,
        Step(-24, "arrive"), Step(-20, "room"), _in(-9 - 2 / 3, 10), Step(-9, "timer", {"kind": "lamp"}),
        Step(-5, "check"),
    ),
    _scene("in the room", 0, OKAFOR, FOLLOW_UP, 2, Step(-_DAY + 5, "confirm"), Step(-9, "arrive"), Step(-4, "room")),
    _scene("waiting", 15, OKAFOR, FOLLOW_UP, 3, Step(-2, "arrive")),
    _scene("did not come", -100, OKAFOR, FOLLOW_UP, 2, Step(-80, "no-show")),
    _scene(
        "needles out", -65, HADDAD, COMMUNITY, 7,
        Step(-68, "arrive"), Step(-65, "room"), _in(-52, 8), Step(-14, "extend", {"minutes": 8}), _out(-4, 8),
    ),
    _scene(
        "turned over", -50, HADDAD, FOLLOW_UP, 4,
        Step(-51, "arrive"), Step(-50, "room"), Step(-49, "begin"), _in(-36, 11),
        _out(-9, 10, kept=1, told=True), Step(-2, "checkout"),
    ),
    _scene(
        "leaving soon", -35, HADDAD, COMMUNITY, 5,
        Step(-37, "arrive"), Step(-35, "room"), _in(-24.5, 6, leave_in=22), Step(-19, "check"),
    ),
    _scene("fainted", -25, HADDAD, COMMUNITY, 8, Step(-27, "arrive"), Step(-25, "room"), _in(-14, 9), _out(-7, None)),
    _scene("late", -5, HADDAD, COMMUNITY, 7),
    _scene(
        "left early", -110, HADDAD, FOLLOW_UP, 4,
        Step(-108, "arrive"), Step(-88, "left", {"reason": "could not wait any longer"}),
    ),
    _scene("written twice", 60, HADDAD, COMMUNITY, 6, Step(-120, "error", {"reason": "booked twice"}), booked=-122),
)  # fmt: skip
"""A visit in every status: timers that run, one due, one overdue, a count owed, a room being turned over."""


class Morning(Struct, frozen=True):
    """How the demo's day stands when it opens."""

    scenes: tuple[Scene, ...]
    kept_clear: tuple[int, int]
    """Minutes after opening in which only these visits stand, so that the made-up ones don't stumble over them."""
    beginning: tuple[str, ...]
    """The parts of those whose plan begins today, with nothing booked yet."""
    newcomer: str | None = None
    """The part of who has never been here and is not expected."""

    @property
    def newcomers(self) -> frozenset[int]:
        """The numbers of those who have never been here, among the patients."""
        return frozenset() if self.newcomer is None else frozenset({_PARTS.index(self.newcomer)})


BUSY = Morning(SCENES, (OPEN_FOR - 72, OPEN_FOR + 5), BEGINNING)
"""Everything at once."""
_SEEN_OFF = ("cancelled", "did not come", "turned over", "left early", "written twice")
QUIET = Morning(
    (
        *(scene for scene in SCENES if _PARTS[scene.patient] in _SEEN_OFF),
        _scene(
            "resting", -10, OKAFOR, COMMUNITY, 6,
            Step(-14, "arrive"), Step(-10, "room"), _in(-7, 10), Step(-2, "check"), Step(-1, "extend", {"minutes": 20}),
        ),
    ),
    (OPEN_FOR - 72, OPEN_FOR + 60),
    ("squeezed in", *BEGINNING),
    newcomer="squeezed in",
)  # fmt: skip
"""An hour with one patient resting and nothing due: room for the guided tour to treat a newcomer in peace."""
