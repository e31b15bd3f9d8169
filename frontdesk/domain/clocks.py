"""Times of the day as people say them: `10:20`, `3pm`, `half past ten`, `quarter to 4 pm`, `at 9`.

What a clock of twelve hours leaves open stays open here (`Clock.halves`) until `in the afternoon` or `pm` is said with
it: see `phrases`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from frontdesk.domain.sayings import Saying, meant, saying
from frontdesk.domain.time_words import CARDINALS, any_of

NOON = 12 * 60
DAY = 24 * 60


class Clock(Struct, frozen=True):
    """A time of day as it was said. `minute` counts from midnight; of a time that has two readings, the earlier."""

    minute: int
    halves: bool = False
    """Whether it may as well be twelve hours later."""
    bare: bool = False
    """Whether it is no more than a number, which is a time only beside words that make it one."""

    @property
    def readings(self) -> tuple[int, ...]:
        """Every minute of the day it may mean."""
        return (self.minute, self.minute + NOON) if self.halves else (self.minute,)

    @property
    def likely(self) -> int | None:
        """The minute meant where nothing else is said: 7:00 to 12:59 are read by day, as on every appointment card.

        None where that would be a guess: 2:30 may be night or afternoon, and a bare number no time at all.
        """
        if self.bare:
            return None
        if not self.halves:
            return self.minute
        return self.minute if self.minute >= 7 * 60 else self.minute + NOON if self.minute < 60 else None

    @property
    def by_day(self) -> int:
        """The reading that is more likely a working hour: for an offer, never for a booking."""
        first, last = self.readings[0], self.readings[-1]
        return first if first >= 7 * 60 else last


_NAMED_HOURS = {word: number for word, number in CARDINALS.items() if number <= 12}
_NAMED_MINUTES = {word: number for word, number in CARDINALS.items() if number >= 10}
_HOUR = rf"(?P<hour>\d{{1,2}}|{any_of(_NAMED_HOURS)})"
_HALF = r"(?:in the )?(?P<half>[ap]) ?\.? ?m\.?"
_OCLOCK = r"(?: ?o'? ?clock)"
_AT = r"(?P<at>(?:at|for) |@ ?)?"
_PAST = rf"(?P<past>\d{{1,2}}|a quarter|quarter|half|{any_of(_NAMED_MINUTES)}|five)"
_MINUTES = r"(?: ?min(?:ute)?s?)?"
_EXACT = r"(?: sharp| exactly)?"

_Rule = Saying[[], "Clock | None"]


def read_clock(text: str) -> Clock | None:
    """The time of day `text` says, and nothing but that; None when it says none."""
    said = " ".join(text.lower().replace("’", "'").split()).rstrip(",")
    return meant(_RULES, said)


def _number(word: str) -> int:
    return CARDINALS[word] if word in CARDINALS else int(word)


def _twelve(hour: int, minute: int, half: str) -> Clock | None:
    """With `am` or `pm`, which only an hour from 1 to 12 may have."""
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return Clock((hour % 12 + (12 if half == "p" else 0)) * 60 + minute)


def _with_half(match: re.Match[str]) -> Clock | None:
    groups = match.groupdict()
    return _twelve(_number(match["hour"]), _number(groups.get("minute") or "0"), match["half"])


def _digits(match: re.Match[str]) -> Clock | None:
    """`10:20`, `2:30`, `14h`: an hour without a leading 0, up to 12, may be meant by either half."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        return None
    if match["hour"].startswith("0") or hour > 12 or hour == 0:
        return Clock(hour * 60 + minute)
    return Clock(hour % 12 * 60 + minute, halves=True)


def _of_24_hours(match: re.Match[str]) -> Clock | None:
    """`15h`, `3h05`, `1020`: the clock of those who write so has 24 hours."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    # `2015` without `at` is a year as likely as it is an evening.
    bare = match["hour"] == "20" and match[0] == f"20{match['minute']}"
    return Clock(hour * 60 + minute, bare=bare) if hour <= 23 and minute <= 59 else None


def _words(match: re.Match[str]) -> Clock | None:
    """`at 9`, `ten o'clock`, `at ten thirty`; alone, `9` and `ten thirty` are no more than numbers."""
    groups = match.groupdict()
    hour, minute = _number(match["hour"]), _number(groups.get("minute") or "0")
    bare = not (groups.get("at") or groups.get("oclock"))
    if minute > 59 or hour > 23 or (hour > 12 and groups.get("minute")):
        return None
    if hour > 12 or hour == 0:
        return Clock(hour * 60 + minute, bare=bare)
    return Clock(hour % 12 * 60 + minute, halves=True, bare=bare)


def _past(match: re.Match[str]) -> Clock | None:
    """`half past ten`, `quarter to 4 pm`, `20 past 3pm`, `15 to noon`."""
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(match["past"]) or _number(match["past"])
    hour = read_clock(match["clock"])
    if hour is None or hour.minute % 60 or not 1 <= minutes <= 59 or (match["past"] == "half" and match["to"]):
        return None
    minute = hour.minute + (-minutes if match["to"] else minutes)
    if hour.halves:
        return Clock(minute % NOON, halves=True)
    return Clock(minute % DAY)


def _noon(_: re.Match[str]) -> Clock:
    return Clock(NOON)


_RULES: tuple[_Rule, ...] = (
    saying(rf"{_AT}(?:12(?::00)? )?(?:noon|midday)", _noon),
    saying(rf"{_AT}(?P<hour>\d{{1,2}})(?:[:. ](?P<minute>\d\d))? ?{_HALF}{_EXACT}", _with_half),
    saying(rf"{_AT}{_HOUR}{_OCLOCK} ?{_HALF}{_EXACT}", _with_half),
    saying(rf"{_AT}{_HOUR}(?: (?P<minute>\d\d|{any_of(_NAMED_MINUTES)}))? {_HALF}{_EXACT}", _with_half),
    saying(rf"{_AT}(?P<hour>\d{{1,2}})(?P<minute>\d\d) ?{_HALF}{_EXACT}", _with_half),
    saying(rf"{_AT}(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d) ?(?P<half>[ap])\.?", _with_half),
    saying(rf"{_AT}(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d){_EXACT}", _digits),
    saying(rf"{_AT}(?P<hour>\d{{1,2}}) ?h ?(?P<minute>\d\d)?", _of_24_hours),
    saying(rf"{_AT}(?P<hour>\d\d)(?P<minute>\d\d)", _of_24_hours),
    saying(rf"{_AT}(?P<hour>\d\d) (?P<minute>\d\d)", _words),
    saying(r"(?P<at>(?:at|for) |@ ?)(?P<hour>\d)(?P<minute>\d\d)", _digits),
    saying(rf"{_AT}{_HOUR}(?P<oclock>{_OCLOCK}){_EXACT}", _words),
    saying(rf"{_AT}{_HOUR}(?: (?P<minute>\d\d|{any_of(_NAMED_MINUTES)}))?{_EXACT}", _words),
    saying(rf"(?:at |for |@ ?)?{_PAST}{_MINUTES} (?:past|after|(?P<to>to|before)) (?P<clock>.+)", _past),
)
