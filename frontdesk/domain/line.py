"""One line that books: `garcia follow-up lin thu 10:20`, taken apart into who, what, with whom, where and when.

Pure: the words and the clinic's set-up in, what was understood out. What is left over is who the line is about; a
word is never taken for two things, and a moment that is not certain is not taken at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from pendulum import DateTime

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.naming import plain
from frontdesk.domain.phases import Service
from frontdesk.domain.when import instant_of, parse_day, parse_moment, parse_time

WORDS_LIMIT = 24
"""Words of a line that are looked at: more is a paste, not a booking."""
_LONGEST = 5
"""Words of a moment: `next tue 24 nov 10:20`."""
_PREFIX = 3
"""Letters from which the beginning of a name counts as the name."""
_TITLES = frozenset({"dr", "dr.", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "prof", "prof."})
_FILLERS = frozenset({"with", "for", "in", "at", "on", "@", ","})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; what it does not say is None, and `patient` is what was left over."""

    patient: str
    service: Service | None = None
    practitioner: Practitioner | None = None
    rooms: tuple[Room, ...] = ()
    starts: DateTime | None = None


def understand(text: str, clinic: Clinic, today: date) -> Line:
    """Takes a line apart; the longest reading of a moment wins, then service, room and practitioner by name."""
    words = text.replace(",", " ").split()[:WORDS_LIMIT]
    starts, words = _moment(words, today, clinic.timezone)
    service, words = _named(words, lambda said: _service(said, clinic.active_services))
    rooms, words = _named(words, lambda said: _rooms(said, clinic.open_rooms))
    practitioner, words = _practitioner(words, clinic.active_practitioners)
    rest = [word for word in words if word.casefold() not in _FILLERS]
    return Line(" ".join(rest), service, practitioner, rooms or (), starts)


def _ranges(words: Sequence[str], longest: int) -> Iterator[tuple[int, int]]:
    """Every stretch of at most `longest` neighbouring words, the longest first."""
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length


def _without(words: Sequence[str], start: int, end: int) -> list[str]:
    return [*words[:start], *words[end:]]


def _first(words: Sequence[str], longest: int, read: Callable[[str], T]) -> tuple[T | None, list[str]]:
    """The first stretch that `read` does not refuse, and the words without it."""
    for start, end in _ranges(words, longest):
        try:
            return read(" ".join(words[start:end])), _without(words, start, end)
        except Refused:
            continue
    return None, list(words)


def _moment(words: Sequence[str], today: date, timezone: str) -> tuple[DateTime | None, list[str]]:
    """The moment in a line, whole or its day and its time apart."""
    whole, rest = _first(words, _LONGEST, lambda said: parse_moment(said, today, timezone))
    if whole is not None:
        return whole, rest
    day, without_day = _first(words, 3, lambda said: parse_day(said, today))
    minute, without_both = _first(without_day, 2, parse_time)
    if day is None or minute is None:
        return None, list(words)
    try:
        return instant_of(day, minute, timezone), without_both
    except Refused:
        return None, list(words)


def _named(words: Sequence[str], find: Callable[[str], T | None]) -> tuple[T | None, list[str]]:
    for start, end in _ranges(words, 4):
        found = find(" ".join(words[start:end]))
        if found is not None:
            return found, _without(words, start, end)
    return None, list(words)


def _service(said: str, services: Sequence[Service]) -> Service | None:
    wanted = plain(said)
    exact = [one for one in services if plain(one.name) == wanted]
    begun = exact or [one for one in services if len(wanted) >= _PREFIX and plain(one.name).startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def _rooms(said: str, rooms: Sequence[Room]) -> tuple[Room, ...] | None:
    wanted = plain(said)
    named = tuple(one for one in rooms if wanted in (plain(one.name), one.short_name.casefold()))
    return named or tuple(one for one in rooms if one.group and plain(one.group) == wanted) or None


def _practitioner(words: Sequence[str], people: Sequence[Practitioner]) -> tuple[Practitioner | None, list[str]]:
    """Who treats: a word of their name; never the only word left, which must be the patient's."""
    rest = [word for word in words if word.casefold() not in _TITLES]
    titled = {plain(after) for before, after in pairwise(words) if before.casefold() in _TITLES}
    # The last such word is the practitioner: `lin follow-up lin thu` is a patient called Lin, with Dr Lin.
    for place in range(len(rest) - 1, -1, -1):
        wanted = plain(rest[place])
        found = [one for one in people if _is_called(one, wanted)]
        if len(found) == 1 and (len(rest) > 1 or wanted in titled):
            return found[0], _without(rest, place, place + 1)
    return None, list(words)


def _is_called(practitioner: Practitioner, wanted: str) -> bool:
    names = [name for name in plain(practitioner.name).split() if name not in _TITLES]
    return any(name == wanted or (len(wanted) >= _PREFIX and name.startswith(wanted)) for name in names)
