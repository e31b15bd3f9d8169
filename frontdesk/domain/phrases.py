"""What a phrase says of a time, put together from its words: a moment, or a stretch in which a place is wanted.

`thu morning at 9` is a day, a part of it and a time: each stretch of words is read by itself, and neighbours are
merged where they do not speak of the same thing. The reading with the fewest pieces counts; two such readings that
disagree are no reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.clocks import DAY, Clock, read_clock
from frontdesk.domain.days import possible_days
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_minute
from frontdesk.domain.stretches import NEAR, PARTS, SOON_DAYS, Said, clock_in, read_stretch
from frontdesk.domain.time_text import clock_text, short_day

LONGEST = 7
"""Words of one piece: `as soon as possible`, `the first friday of next month`."""
_BETWEEN = frozenset({",", "-", "–"})
"""Marks that part two pieces and say nothing."""


class Window(Struct, frozen=True):
    """Where free places are wanted: days and minutes of the day, both ends included; `after` is minutes from now."""

    first: date
    last: date
    first_minute: int = 0
    last_minute: int = DAY
    after: int = 0
    near: int | None = None
    """The minute of the day that the places are to be near to."""
    either: tuple[date, ...] = ()
    """The only days of it that are meant, where they are not all."""
    why: str = ""
    """What keeps it from being a moment, where somebody may have meant one."""

    @property
    def words(self) -> str:
        """`Thu 26 Nov, 12:00–18:00`, for who typed it."""
        days = short_day(self.first)
        if self.last != self.first:
            days += f" to {short_day(self.last)}"
        first, last = clock_text(self.first_minute), clock_text(self.last_minute)
        if self.first_minute == self.last_minute:
            return f"{days}, {first}"
        if self.first_minute and self.last_minute < DAY:
            return f"{days}, {first}–{last}"
        if self.first_minute:
            return f"{days}, from {first}"
        return f"{days}, until {last}" if self.last_minute < DAY else days

    @property
    def question(self) -> str:
        """What is to be said yet."""
        if self.why:
            return self.why
        if self.after:
            return f"at what time, from {self.after} min on?"
        if self.first == self.last:
            return f"at what time? {self.words}"
        if self.first_minute == self.last_minute:
            return f"on which day, {clock_text(self.first_minute)}?"
        return f"on which day, at what time? {self.words}"

    def holds(self, instant: DateTime, timezone: str) -> bool:
        """Whether it falls into the days and hours."""
        day, minute = local_day(instant, timezone), local_minute(instant, timezone)
        if self.either and day not in self.either:
            return False
        return self.first <= day <= self.last and self.first_minute <= minute <= self.last_minute


Moment = tuple[date, int]
"""A day, and minutes after its midnight."""


class Phrase:
    """Words, and what every stretch of them says: `said(i, j)` for the words from `i` to before `j`."""

    def __init__(self, words: Sequence[str], today: date) -> None:
        self._words = words
        self._today = today
        self._pieces: dict[tuple[int, int], tuple[Said, ...]] = {}
        self._readings: dict[tuple[int, int], tuple[int, frozenset[Said]]] = {}

    def said(self, start: int, end: int) -> Said | None:
        """What these words say together; None when they say nothing, or may say two things."""
        _, readings = self._read(start, end)
        return next(iter(readings)) if len(readings) == 1 else None

    def _read(self, start: int, end: int) -> tuple[int, frozenset[Said]]:
        """The fewest pieces the words can be read as, and every reading with so many."""
        known = self._readings.get((start, end))
        if known is not None:
            return known
        while start < end and self._words[start] in _BETWEEN:
            start += 1
        fewest, readings = len(self._words) + 1, set[Said]()
        whole = self._piece(start, end)
        if whole:
            fewest, readings = 1, set(whole)
        for cut in range(start + 1, end):
            heads = self._piece(start, cut)
            count, rest = self._read(cut, end) if heads else (0, frozenset[Said]())
            if not rest or count + 1 > fewest:
                continue
            merged = {one for head in heads for tail in rest if (one := head.merged(tail)) is not None}
            if merged and count + 1 < fewest:
                fewest, readings = count + 1, set()
            readings |= merged
        result = (fewest, frozenset(readings))
        self._readings[start, end] = result
        return result

    def _piece(self, start: int, end: int) -> tuple[Said, ...]:
        if not 0 < end - start <= LONGEST:
            return ()
        known = self._pieces.get((start, end))
        if known is None:
            known = self._pieces[start, end] = self._one_piece(
                " ".join(self._words[start:end]).strip(",– ").rstrip("-")
            )
        return known

    def _one_piece(self, text: str) -> tuple[Said, ...]:
        found: list[Said] = []
        try:
            day, *others = possible_days(text, self._today)
            found.append(Said(day=day, or_day=others[0] if others else None))
        except Refused:
            pass
        clock = read_clock(text)
        if clock is not None:
            found.append(Said(clock=clock))
        stretch = read_stretch(text, self._today) if not found else None
        return tuple(found) if stretch is None else (stretch,)


def minute_in(said: Said) -> int | None:
    """The minute of the day that is said, if it is one and no other."""
    if said.clock is None:
        return None
    return clock_in(said.part, said.clock) if said.part else said.clock.likely


def moment_in(said: Said) -> Moment | None:
    """The day and minute that are said, if both are, and neither is left open."""
    minute = minute_in(said)
    return (said.day, minute) if said.is_whole and said.day and minute is not None else None


def window_in(said: Said, today: date) -> Window:
    """The stretch in which places are wanted, for what is no moment."""
    first, last = said.days or (said.day or today, said.or_day or said.day or today + timedelta(days=SOON_DAYS))
    if said.delay is not None:
        return Window(first, last, after=said.delay)
    either: tuple[date, ...] = ()
    why = ""
    if said.day and said.or_day:
        either = (said.day, said.or_day)
        why = f"{' or '.join('today' if day == today else short_day(day) for day in either)}? name the date"
    if said.clock is None:
        hours = said.hours or PARTS.get(said.part or "", (0, DAY))
        return Window(max(first, min(today, last)), last, *hours, either=either, why=why)
    minute = minute_in(said)
    if minute is None:
        minute, why = said.clock.by_day, why or _open_words(said, said.clock)
    elif said.around:
        why = why or f"about {clock_text(minute)}? say a time"
    reach = NEAR if why else 0
    return Window(first, last, max(0, minute - reach), min(DAY, minute + reach), near=minute, either=either, why=why)


def _open_words(said: Said, clock: Clock) -> str:
    """What to say instead of a time that may be one of the night or one of the day."""
    hour, minute = divmod(clock.minute, 60)
    twelve = f"{hour or 12}:{minute:02}" if minute else f"{hour or 12}"
    where = f" in the {said.part}" if said.part else ""
    if len(clock.readings) == 1:
        return f"{clock_text(clock.minute)}{where}? say it like 10:20"
    return f"{twelve}{where}? say {' or '.join(map(clock_text, clock.readings))}"
