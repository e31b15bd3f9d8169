"""What a booking line may say besides who, what, with whom and when: `must leave by 11:30`, `weekly x8`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Cadence
from frontdesk.domain.pieces import take
from frontdesk.domain.sayings import compiled
from frontdesk.domain.time_words import CARDINALS, any_of
from frontdesk.domain.when import parse_time

_TIME_WORDS = 4
"""Words of a time: `half past 3 pm`."""
_LEAD = r"(?:(?:must|has to|have to|needs to) )?(?:(?:leave|leaves)(?: by| at)?|(?:be )?(?:out|gone|away) (?:by|at))"
_CADENCES = {
    "weekly": Cadence.WEEKLY,
    "every week": Cadence.WEEKLY,
    "once a week": Cadence.WEEKLY,
    "fortnightly": Cadence.FORTNIGHTLY,
    "every fortnight": Cadence.FORTNIGHTLY,
    "every 2 weeks": Cadence.FORTNIGHTLY,
    "every two weeks": Cadence.FORTNIGHTLY,
    "every second week": Cadence.FORTNIGHTLY,
    "every other week": Cadence.FORTNIGHTLY,
    "monthly": Cadence.MONTHLY,
    "every month": Cadence.MONTHLY,
    "once a month": Cadence.MONTHLY,
    "every four weeks": Cadence.MONTHLY,
    "every 4 weeks": Cadence.MONTHLY,
    "twice a week": Cadence.TWICE,
    "twice weekly": Cadence.TWICE,
    "2x a week": Cadence.TWICE,
}
_COUNT = rf"(?P<count>\d{{1,2}}|{any_of(CARDINALS)})"
_TIMES = rf"(?:[x×] ?{_COUNT}|{_COUNT.replace('count', 'before')} ?[x×]|{_COUNT.replace('count', 'many')} times)"
_CADENCE = rf"(?P<cadence>{any_of(_CADENCES)})"
_COURSES = (rf"{_CADENCE} {_TIMES}", rf"{_TIMES} {_CADENCE}", rf"{_COUNT} {_CADENCE}", _CADENCE, _TIMES)


class Asides(Struct, frozen=True):
    """`leave_by` in minutes after midnight; a course has both `cadence` and `count`. `open` is what is to be asked."""

    leave_by: int | None = None
    cadence: Cadence | None = None
    count: int | None = None
    open: str = ""

    @property
    def is_course(self) -> bool:
        """Whether more than one visit is wanted."""
        return self.cadence is not None and self.count is not None


NOTHING_ASIDE = Asides()


def take_asides(words: Sequence[str]) -> tuple[Asides, list[str]]:
    """What is said aside, and the words without it."""
    leave_by, words = take(words, 4 + _TIME_WORDS, lambda said: _leave_by(said.casefold()))
    course, words = take(words, 6, lambda said: _course(said.casefold()))
    cadence, count = course or (None, None)
    asked = ""
    if cadence is not None and count is None:
        asked = f"how many times? say {cadence.words} x8"
    elif count is not None and cadence is None:
        asked = f"how often? say weekly x{count}"
    return Asides(leave_by, cadence, count, asked), words


def _leave_by(said: str) -> int | None:
    lead = compiled(_LEAD).match(said)
    if lead is None or not said[lead.end() :].startswith(" "):
        return None
    try:
        return parse_time(said[lead.end() :])
    except Refused:
        return None


def _course(said: str) -> tuple[Cadence | None, int | None] | None:
    for pattern in _COURSES:
        match = compiled(pattern).fullmatch(said)
        if match is not None:
            groups = match.groupdict()
            cadence = _CADENCES[groups["cadence"]] if groups.get("cadence") else None
            number = groups.get("count") or groups.get("before") or groups.get("many")
            return cadence, (CARDINALS.get(number) or int(number)) if number else None
    return None
