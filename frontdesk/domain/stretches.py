"""Stretches of time as people say them: `morning`, `after 3pm`, `next week`, `as soon as possible`, `in 2 hours`.

None of them is a moment, so nothing is ever booked at one: they say where free places are to be offered.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.clocks import DAY, NOON, Clock, read_clock
from frontdesk.domain.days import certain_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.sayings import Saying, meant, saying
from frontdesk.domain.time_words import COUNT, MONTH, MONTHS, WEEKDAYS, any_of, count_of


class Said(Struct, frozen=True):
    """What some words say of a time; what they leave open is None. Words beside each other are merged into one."""

    day: date | None = None
    clock: Clock | None = None
    part: str | None = None
    """A name in `PARTS`."""
    days: tuple[date, date] | None = None
    """First and last day of a stretch."""
    hours: tuple[int, int] | None = None
    """First and last minute of the day."""
    around: bool = False
    soon: bool = False
    delay: int | None = None
    """Minutes from now."""
    or_day: date | None = None
    """Another day that may be meant as well as `day`."""

    def merged(self, other: Said) -> Said | None:
        """Both in one; None when they speak of the same thing."""
        merged = self
        for name in ("day", "clock", "part", "days", "hours", "around", "soon", "delay", "or_day"):
            ours, theirs = getattr(self, name), getattr(other, name)
            if theirs in (None, False):
                continue
            if ours not in (None, False):
                return None
            merged = replace(merged, **{name: theirs})
        if (merged.clock and merged.hours) or (merged.delay is not None and merged != Said(delay=merged.delay)):
            return None
        return merged

    @property
    def is_whole(self) -> bool:
        """Whether it says both a day and a time, and no more and no less."""
        return bool(
            self.day and self.clock and not (self.around or self.soon or self.days or self.hours or self.or_day)
        )


PARTS: dict[str, tuple[int, int]] = {
    "early morning": (0, 9 * 60),
    "morning": (0, NOON),
    "lunch": (NOON, 14 * 60),
    "afternoon": (NOON, 18 * 60),
    "late afternoon": (15 * 60, 19 * 60),
    "evening": (17 * 60, DAY),
    "night": (18 * 60, DAY),
}
"""Parts of the day, in minutes from midnight."""

_CLOCKS: dict[str, tuple[int, int]] = {
    "early morning": (5 * 60, 9 * 60),
    "morning": (5 * 60, NOON - 1),
    "lunch": (NOON, 14 * 60),
    "afternoon": (NOON + 1, 19 * 60 + 59),
    "late afternoon": (15 * 60, 19 * 60 + 59),
    "evening": (16 * 60, 23 * 60 + 59),
    "night": (17 * 60, 23 * 60 + 59),
}
"""The times that may be said with a part of the day: `7 in the afternoon` is one, `12 in the morning` may be two."""

NEAR = 45
"""How far `around` a time reaches, in minutes."""
SOON_DAYS = 14
"""How many days `as soon as possible` and a time without a day look through."""


def clock_in(part: str, clock: Clock) -> int | None:
    """The minute a time means in a part of the day; None when there is none, or more than one."""
    first, last = _CLOCKS[part]
    inside = [minute for minute in clock.readings if first <= minute <= last]
    return inside[0] if len(inside) == 1 else None


_PART_WORDS = {
    "first thing in the morning": "early morning",
    "first thing": "morning",
    "early": "morning",
    "early morning": "early morning",
    "early in the morning": "early morning",
    "morning": "morning",
    "mornings": "morning",
    "am": "morning",
    "lunch": "lunch",
    "lunchtime": "lunch",
    "lunch time": "lunch",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "pm": "afternoon",
    "early afternoon": "afternoon",
    "late afternoon": "late afternoon",
    "last thing": "late afternoon",
    "late": "late afternoon",
    "end of day": "late afternoon",
    "end of the day": "late afternoon",
    "eod": "late afternoon",
    "evening": "evening",
    "evenings": "evening",
    "night": "night",
}
_SOON = (
    "asap",
    "as soon as possible",
    "soonest",
    "earliest",
    "earliest possible",
    "first available",
    "next available",
    "first free",
    "next free",
    "next opening",
    "any time",
    "anytime",
    "whenever",
    "now",
    "right now",
    "soon",
)
_THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_WHICH = r"(?P<which>this|current|next|following|the following|coming|upcoming)"
_TO = r"(?:-|–| - | – | to | till | until | and )"
_Rule = Saying[[date], "Said | None"]


def read_stretch(text: str, today: date) -> Said | None:
    """What words say that are no single day and no time of the day; None when that is nothing."""
    said = " ".join(text.lower().replace("’", "'").split()).strip(",")
    return meant(_RULES, said, today)


def _part(match: re.Match[str], _: date) -> Said:
    return Said(part=_PART_WORDS[match["part"]])


def _part_today(match: re.Match[str], today: date) -> Said:
    return Said(day=today, part=_PART_WORDS[match["part"]])


def _tonight(_: re.Match[str], today: date) -> Said:
    return Said(day=today, part="night")


def _soon(_: re.Match[str], __: date) -> Said:
    return Said(soon=True)


def _around(match: re.Match[str], _: date) -> Said | None:
    clock = read_clock(f"at {match['clock']}")
    return Said(clock=clock, around=True) if clock is not None else None


def _from_on(match: re.Match[str], _: date) -> Said | None:
    clock = read_clock(f"at {match['clock']}")
    if clock is None:
        return None
    return Said(hours=(0, clock.by_day) if match["before"] else (clock.by_day, DAY))


def _between(match: re.Match[str], _: date) -> Said | None:
    """`9:30-11`, `from 3 to 4pm`: the half that is said with the end is meant at the beginning too."""
    first, last = read_clock(f"at {match['from']}"), read_clock(f"at {match['until']}")
    if first is None or last is None:
        return None
    starts = [minute for minute in first.readings if minute < last.by_day]
    if not starts:
        return None
    return Said(hours=(first.by_day if first.by_day in starts else starts[-1], last.by_day))


def _delay(match: re.Match[str], _: date) -> Said | None:
    groups = match.groupdict()
    minutes = {"half an hour": 30, "a quarter of an hour": 15}.get(groups.get("some") or "")
    if minutes is None:
        minutes = count_of(match["count"]) * (1 if match["unit"].startswith("m") else 60)
    return Said(delay=minutes) if minutes <= 7 * DAY else None


def _week(match: re.Match[str], today: date) -> Said:
    monday = today - timedelta(days=today.weekday())
    if match["which"] not in ("this", "current"):
        monday += timedelta(weeks=1)
    first, last = (0, 6) if not match["edge"] else ((0, 2), (1, 3), (3, 6))[_THIRDS[match["edge"]]]
    return Said(days=(monday + timedelta(days=first), monday + timedelta(days=last)))


def _week_of(match: re.Match[str], today: date) -> Said | None:
    try:
        day = certain_day(match["day"], today)
    except Refused:
        return None
    monday = day - timedelta(days=day.weekday())
    return Said(days=(monday, monday + timedelta(days=6)))


def _weekend(match: re.Match[str], today: date) -> Said:
    saturday = today + timedelta(days=5 - today.weekday() + (7 if match["which"] == "next" else 0))
    return Said(days=(saturday, saturday + timedelta(days=1)))


def _month(match: re.Match[str], today: date) -> Said:
    groups = match.groupdict()
    named, edge = groups.get("month"), groups.get("edge")
    year, month = today.year, MONTHS[named] if named else today.month
    if (named and month < today.month) or (not named and groups["which"] not in ("this", "current", "the", None)):
        year, month = (year + 1, month) if named else (year + month // 12, month % 12 + 1)
    length = monthrange(year, month)[1]
    first, last = ((1, 10), (11, 20), (21, length))[_THIRDS[edge]] if edge else (1, length)
    return Said(days=(date(year, month, first), date(year, month, last)))


def _coming_days(match: re.Match[str], today: date) -> Said | None:
    count = {"few": 3, "couple of": 2}.get(match["some"]) or count_of(match["some"])
    days = count * (7 if match["unit"].startswith("w") else 1)
    return Said(days=(today, today + timedelta(days=days))) if days <= 366 else None


def _weekdays(match: re.Match[str], today: date) -> Said:
    """`tuesdays`: the coming one, since one place is wanted."""
    ahead = (WEEKDAYS[match["weekday"]] - today.weekday()) % 7
    day = today + timedelta(days=ahead or 7)
    return Said(days=(day, day))


_PARTS = rf"(?P<part>{any_of(_PART_WORDS)})"
_HOURS = r"(?P<unit>h|hrs?|hours?|m|mins?|minutes?)"
_SOME = rf"(?P<some>\d{{1,2}}|few|couple of|{any_of(['a', 'two', 'three', 'four'])})"
_FROM, _UNTIL = r"(?P<from>[^-–]+?)", r"(?P<until>[^-–]+?)"
_EDGE = rf"(?:(?:at )?(?:the )?(?P<edge>{any_of(_THIRDS)})(?: of| in)? (?:the )?)"

_RULES: tuple[_Rule, ...] = (
    saying(rf"(?:in the |in |at |the )?{_PARTS}", _part),
    saying(rf"(?:this|today) {_PARTS}", _part_today),
    saying(r"(?:this night|tonight|tonite)", _tonight),
    saying(rf"(?:at |the |on )?(?:{any_of(_SOON)})(?: appointment)?", _soon),
    saying(r"(?:at )?(?:around|about|approx|approximately|circa|~) ?(?P<clock>.+)", _around),
    saying(r"(?:at )?(?P<clock>.+?) ?-?(?:ish|approximately|or so)", _around),
    saying(
        r"(?:any time |anytime )?(?:(?P<before>before|by|until|till|no later than)|after|from|since) (?P<clock>.+)",
        _from_on,
    ),
    saying(r"(?P<clock>.+?) (?:or|and) (?:later|after|(?P<before>earlier|before))", _from_on),
    saying(rf"(?:from |between |in between ){_FROM}{_TO}{_UNTIL}", _between),
    saying(rf"(?=.*(?:[:h]|[ap]\.?m)){_FROM}{_TO}{_UNTIL}", _between),
    saying(r"(?P<from>\d{1,2}) ?[-–] ?(?P<until>\d{1,2})", _between),
    saying(
        rf"in (?:about )?(?:(?P<some>half an hour|a quarter of an hour)|{COUNT} ?{_HOURS})",
        _delay,
    ),
    saying(rf"{COUNT} (?P<unit>hrs?|hours?|mins?|minutes?) (?:from now|later)", _delay),
    saying(rf"{_EDGE}?(?:the )?{_WHICH} week", _week),
    saying(r"(?:in )?the week (?:of|starting|beginning) (?P<day>.+)", _week_of),
    saying(r"(?:at |on )?(?:the )?(?P<which>this|next|coming)? ?(?:weekend|week-end)", _weekend),
    saying(rf"{_EDGE}?(?:in )?(?:the )?{_WHICH} month", _month),
    saying(rf"{_EDGE}(?:(?P<which>this|the|next) )?(?:{MONTH}|month)", _month),
    saying(rf"(?:in|during|next|this) {MONTH}", _month),
    saying(
        rf"(?:in |over |within )?(?:the )?(?:next|coming) {_SOME} (?P<unit>days|weeks)",
        _coming_days,
    ),
    saying(rf"within {_SOME} (?P<unit>days?|weeks?)", _coming_days),
    saying(rf"(?:on )?(?P<weekday>{any_of(WEEKDAYS)})s", _weekdays),
)
