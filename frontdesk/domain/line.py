"""One line that books: `garcia follow-up lin thu 10:20`, taken apart into who, what, with whom, where and when.

Pure: the words and the clinic's set-up in, what was understood out. What is left over is who the line is about; a
word is never taken for two things, and a moment that is not certain is not taken at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations, groupby, pairwise
from typing import TypeVar

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.asides import NOTHING_ASIDE, Asides, take_asides
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import NotSaid, Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.naming import BEGINNING, is_called, is_title, plain
from frontdesk.domain.phases import Service
from frontdesk.domain.phrases import Phrase, Window, moment_in, window_in
from frontdesk.domain.pieces import TAKEN, pieces, take
from frontdesk.domain.stretches import Said
from frontdesk.domain.time_text import clock_text
from frontdesk.domain.time_words import is_timely
from frontdesk.domain.when import instant_of, parse_moment
from frontdesk.patterns import late

WORDS_LIMIT = 24
"""Words of a line that are looked at: more is a paste, not a booking."""
_LONGEST = 12
"""Words of a time: `the first friday of next month at half past ten in the morning`."""
_LONGEST_NAME = 4
"""Words of a service's or a room's name."""
_FILLERS = frozenset({"with", "for", "in", "at", "on", "@", ",", "-", "–"})
_NUMBER = late(r"#\d+|(?!(?:19|20)\d\d$)\d{4,}|(?=(?:\D*\d){6})[\d ().+/-]+", re.ASCII)
"""What with its digits can only be a patient: a file's number, part of a telephone number, a full birth date."""

T = TypeVar("T")


class Line(Struct, frozen=True):
    """What a line says; what it does not say is None, and `patient` is what was left over.

    Without a moment `window` is where places are wanted, and `open` what keeps it from being a moment, where something
    does. `doubtful` are words of `patient` that may have been meant as a part of the time.
    """

    patient: str
    service: Service | None = None
    practitioner: Practitioner | None = None
    rooms: tuple[Room, ...] = ()
    starts: DateTime | None = None
    window: Window | None = None
    open: str = ""
    doubtful: tuple[str, ...] = ()
    asides: Asides = NOTHING_ASIDE

    @property
    def is_only_a_name(self) -> bool:
        """Whether nothing of it is of a booking."""
        said = (self.service, self.practitioner, self.starts, self.window)
        return not any(said) and not self.rooms and self.asides == NOTHING_ASIDE


def understand(text: str, clinic: Clinic, now: DateTime) -> Line:
    """Takes a line apart, said `now` (UTC).

    Rooms and services called by their full names go first; then the longest reading of a time, the shorter names, the
    practitioner.
    """
    asides, words = take_asides(text.replace(",", " ").split()[:WORDS_LIMIT])
    today = local_day(now, clinic.timezone)
    service, words = take(words, _LONGEST_NAME, lambda said: _service(said, clinic.active_services))
    rooms, words = take(words, _LONGEST_NAME, lambda said: _rooms(said, clinic.open_rooms))
    time, without = _time(words, today)
    if time is not None and moment_in(time) is None and _is_a_name(words, without, clinic.active_practitioners):
        time, without = None, words
    words = without
    if service is None:
        service, words = take(words, _LONGEST_NAME, lambda said: _service(said, clinic.active_services, begun=True))
    practitioner, words = _practitioner([word for word in words if word != TAKEN], clinic.active_practitioners)
    rest = [word for word in words if word.casefold() not in _FILLERS]
    starts, window, doubt = _when(time, clinic, now) if time is not None else (None, None, "")
    doubtful = tuple(word for word in rest if is_timely(word) and not _NUMBER.fullmatch(word))
    if doubtful and not doubt:
        doubt = _why_not_read(text.replace(",", " ").split()[:WORDS_LIMIT], doubtful, clinic, today)
    return Line(" ".join(rest), service, practitioner, rooms or (), starts, window, doubt, doubtful, asides)


def naming(text: str, line: Line, number: int) -> str:
    """The line with a patient's number for the words that several patients fit: it then says who and nobody else."""
    left = line.patient.split()
    words: list[str] = []
    for word in text.replace(",", " ").split():
        if not left or word != left[0]:
            words.append(word)
            continue
        if len(left) == len(line.patient.split()):
            words.append(f"#{number}")
        del left[0]
    return " ".join(words)


def _why_not_read(words: Sequence[str], doubtful: Sequence[str], clinic: Clinic, today: date) -> str:
    """What is wrong with the time that `doubtful` words stand in, where more can be said than that it is none."""
    for timely, run in groupby(words, is_timely):
        said = list(run)
        if timely and any(word in said for word in doubtful):
            try:
                parse_moment(" ".join(said), today, clinic.timezone)
            except NotSaid:
                # That says less than which words were left over.
                return ""
            except Refused as refused:
                return refused.reason
    return ""


def _when(said: Said, clinic: Clinic, now: DateTime) -> tuple[DateTime | None, Window | None, str]:
    """The moment, or where places are wanted and what was left open."""
    today = local_day(now, clinic.timezone)
    moment = moment_in(said)
    if moment is None:
        window = window_in(said, today)
        return None, window, f"{window.words} has passed" if window.last < today else window.why
    day, minute = moment
    try:
        starts = instant_of(day, minute, clinic.timezone)
    except Refused as refused:
        return None, Window(day, day), refused.reason
    if starts < now.start_of("minute"):
        clock = clock_text(minute)
        shown = f"{clock} today" if day == today else f"{day:%a} {day.day} {day:%b %Y} {clock}"
        return None, Window(day, day), f"{shown} has passed"
    return starts, None, ""


def _time(words: Sequence[str], today: date) -> tuple[Said | None, list[str]]:
    """What a line says of the time, in neighbouring words or in two places, and the words without it.

    More words before fewer, moments before stretches, neighbours before words that stand apart. Where two readings
    are as good as each other none is taken, and the words are left over: that is asked back.
    """
    phrase = Phrase(words, today)
    titled = [False, *map(is_title, words)]
    timely = [is_timely(word) and not after for word, after in zip(words, titled, strict=False)]
    said_at = [
        ((start, end), said)
        for start, end in pieces(words, _LONGEST)
        if all(timely[start:end]) and (said := phrase.said(start, end)) is not None and not _is_bare(said)
    ]
    apart = [
        ((*one, *other), merged)
        for (one, said), (other, more) in combinations(said_at, 2)
        if (one[1] < other[0] or other[1] < one[0]) and (merged := said.merged(more)) is not None
    ]
    best = (0, False, False)
    found: list[tuple[tuple[int, ...], Said]] = []
    for places, said in (*said_at, *apart):
        ends = zip(places[::2], places[1::2], strict=True)
        rank = (sum(end - start for start, end in ends), moment_in(said) is not None, len(places) == 2)
        if rank > best:
            best, found = rank, []
        if rank == best:
            found.append((places, said))
    if not found or len({moment_in(said) or said for _, said in found}) > 1:
        return None, list(words)
    places, said = found[0]
    rest = list(words)
    for start, end in zip(places[::2], places[1::2], strict=True):
        rest[start:end] = [TAKEN] * (end - start)
    return said, rest


def _is_bare(said: Said) -> bool:
    """Whether it is no more than a number."""
    return said == Said(clock=said.clock) and said.clock is not None and said.clock.bare


def _is_a_name(words: Sequence[str], rest: Sequence[str], people: Sequence[Practitioner]) -> bool:
    """Whether the only word that can be the patient was taken for a time: `sun follow-up lin`."""
    taken = [word for word, left in zip(words, rest, strict=True) if word != left]
    _, others = _practitioner([word for word in words if word != TAKEN], people)
    who = [word for word in others if word.casefold() not in _FILLERS]
    return who == taken and len(taken) == 1 and taken[0].isalpha()


def _service(said: str, services: Sequence[Service], *, begun: bool = False) -> Service | None:
    wanted = plain(said)
    found = [one for one in services if plain(one.name) == wanted]
    if begun and not found and len(wanted) >= BEGINNING:
        found = [one for one in services if plain(one.name).startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _rooms(said: str, rooms: Sequence[Room]) -> tuple[Room, ...] | None:
    wanted = plain(said)
    named = tuple(one for one in rooms if wanted in (plain(one.name), one.short_name.casefold()))
    return named or tuple(one for one in rooms if one.group and plain(one.group) == wanted) or None


def _practitioner(words: Sequence[str], people: Sequence[Practitioner]) -> tuple[Practitioner | None, list[str]]:
    """Who treats: a word of their name; never the only word left, which must be the patient's."""
    rest = [word for word in words if not is_title(word)]
    titled = {plain(after) for before, after in pairwise(words) if is_title(before)}
    # The last such word is the practitioner: `lin follow-up lin thu` is a patient called Lin, with Dr Lin.
    for place in range(len(rest) - 1, -1, -1):
        wanted = plain(rest[place])
        found = [one for one in people if is_called(one.name, wanted)]
        if len(found) == 1 and (len(rest) > 1 or wanted in titled):
            return found[0], [*rest[:place], *rest[place + 1 :]]
    return None, list(words)
