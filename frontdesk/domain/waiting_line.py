"""A wish of the waiting list as it is said: `mon thu before 12 lin until fri urgent; the daughter drives`, taken apart.

Pure: words and the clinic's set-up in, the wish out. What stands after a semicolon is a note, and so is what is left
over: nothing is thrown away. A word that can only be a time and was not understood is asked about.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.days import certain_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import WEEKDAYS
from frontdesk.domain.naming import is_called, is_title, plain
from frontdesk.domain.packing.wished import DAY
from frontdesk.domain.phases import Service
from frontdesk.domain.pieces import TAKEN, take, without
from frontdesk.domain.stretches import PARTS, read_stretch
from frontdesk.domain.time_text import day_and_month
from frontdesk.domain.time_words import is_timely
from frontdesk.domain.waiting import Wish, wants_weekday

WORDS_LIMIT = 40
"""Words that are looked at; what comes after them belongs to the note."""
_LONGEST = 5
_URGENT = frozenset({"urgent", "urgently", "!", "!!"})
_FILLERS = frozenset(
    {"or", "and", "on", "with", "any", "anybody", "anyone", "day", "days", "time", "anytime", "in", "at", "the", "for"}
    | {"a", "an", "-", "–", "&"}
)
_UNTIL = frozenset({"until", "till", "til"})
_FROM = frozenset({"from", "since"})


class Said(Struct, frozen=True):
    """A wish as it was understood; `question` is what is to be said better before it can be kept."""

    wish: Wish
    question: str = ""


def understand_wish(text: str, clinic: Clinic, today: date, base: Wish) -> Said:
    """What a line says, over what `base` (a service, whose visit it is) says already.

    Days, times, practitioners and urgency are the line's alone where it names any; `base` has what it does not name.
    """
    line, _, note = text.partition(";")
    said = line.replace(",", " ").split()
    words, rest = said[:WORDS_LIMIT], [*said[WORDS_LIMIT:], *note.split()]
    wish = replace(base, note="")
    urgent = any(word.casefold() in _URGENT for word in words)
    words = [TAKEN if word.casefold() in _URGENT else word for word in words]
    service, words = take(words, _LONGEST, lambda piece: _service(piece, clinic.active_services))
    last, words = _after(words, _UNTIL, today)
    first, words = _after(words, _FROM, today)
    hours, words = take(words, _LONGEST, lambda piece: _hours(piece, today))
    weekdays, words = _weekdays(words)
    people, words = _people(words, clinic.active_practitioners)
    left = [word for word in words if word != TAKEN and word.casefold() not in _FILLERS and not is_title(word)]
    question = _doubt(left, hours, today)
    wish = replace(
        wish,
        service=service or base.service,
        practitioners=people or base.practitioners,
        weekdays=weekdays or base.weekdays,
        first_day=first or base.first_day,
        last_day=last or base.last_day,
        urgent=urgent or base.urgent,
        note=" ".join((*left, *rest)),
    )
    if hours is not None:
        wish = replace(wish, earliest=hours[0], latest=hours[1])
    if last is not None and last < today:
        question = f"{day_and_month(last)} has passed: until when do they wait?"
    if "anybody" in plain(text).split() or "anyone" in plain(text).split():
        wish = replace(wish, practitioners=people)
    return Said(wish, question)


def said_again(wish: Wish) -> str:
    """The line that says a wish, to be changed: what `understand_wish` reads as the same."""
    first, last = (f"{minute // 60}:{minute % 60:02}" for minute in (wish.earliest, wish.latest))
    time = ""
    if wish.earliest and wish.latest < DAY:
        time = f"{first}-{last}"
    elif wish.latest < DAY:
        time = f"before {last}"
    elif wish.earliest:
        time = f"after {first}"
    parts = (
        " ".join(WEEKDAYS[day] for day in wish.weekdays),
        time,
        " ".join(_short(one) for one in wish.practitioners),
        f"from {wish.first_day.isoformat()}" if wish.first_day else "",
        f"until {wish.last_day.isoformat()}" if wish.last_day else "",
        "urgent" if wish.urgent else "",
    )
    line = " ".join(part for part in parts if part)
    return f"{line}; {wish.note}".lstrip(" ") if wish.note else line


def _short(practitioner: Practitioner) -> str:
    words = plain(practitioner.name).split()
    return words[-1] if words else practitioner.name


def _after(words: list[str], begins: frozenset[str], today: date) -> tuple[date | None, list[str]]:
    """The day that stands after `until` or `from`; a time that does is left to be read as hours."""
    for at, word in enumerate(words):
        if word.casefold() not in begins:
            continue
        for end in range(min(len(words), at + 1 + _LONGEST), at + 1, -1):
            day = _day(" ".join(words[at + 1 : end]), today)
            if day is not None:
                return day, without(words, at, end)
    return None, words


def _day(said: str, today: date) -> date | None:
    if not said.strip() or (_hours(f"before {said}", today) is not None and not any(one.isalpha() for one in said)):
        return None
    try:
        return certain_day(said, today)
    except Refused:
        return None


def _hours(piece: str, today: date) -> tuple[int, int] | None:
    found = read_stretch(piece, today)
    if found is None or found.day is not None or found.days is not None or found.soon or found.around:
        return None
    if found.hours is not None:
        return found.hours
    return PARTS.get(found.part or "")


def _weekdays(words: list[str]) -> tuple[tuple[int, ...], list[str]]:
    """Every weekday that is named, and the words without them; `mon-thu` and `weekdays` are several."""
    found: set[int] = set()
    rest = list(words)
    for at, word in enumerate(words):
        plainly = word.casefold().strip(".,")
        first, dash, last = plainly.replace("–", "-").partition("-")
        ends = wants_weekday(first), wants_weekday(last)
        if dash and ends[0] is not None and ends[1] is not None:
            found |= {(ends[0] + n) % 7 for n in range((ends[1] - ends[0]) % 7 + 1)}
        elif plainly in ("weekday", "weekdays"):
            found |= set(range(5))
        elif plainly in ("weekend", "weekends"):
            found |= {5, 6}
        elif (day := wants_weekday(plainly)) is not None:
            found.add(day)
        else:
            continue
        rest[at] = TAKEN
    return tuple(sorted(found)), rest


def _service(piece: str, services: tuple[Service, ...]) -> Service | None:
    wanted = plain(piece)
    return next((one for one in services if plain(one.name) == wanted), None)


def _people(words: list[str], people: tuple[Practitioner, ...]) -> tuple[tuple[Practitioner, ...], list[str]]:
    """Everybody of the clinic who is named, in its order; a word that may be two of them is nobody."""
    chosen: set[int] = set()
    rest = list(words)
    for at, word in enumerate(words):
        wanted = plain(word)
        found = [one for one in people if is_called(one.name, wanted)]
        if len(found) == 1:
            chosen.add(found[0].id)
            rest[at] = TAKEN
    return tuple(one for one in people if one.id in chosen), rest


def _doubt(left: list[str], hours: tuple[int, int] | None, today: date) -> str:
    """What is asked about words that can only be meant as a time."""
    for word in left:
        if any(one.isdigit() for one in word) and is_timely(word):
            if hours is not None and _hours(f"before {word}", today):
                return f'"{word}" as well? one time for all the days: before 12, after 15, 9-12'
            return f'what is "{word}"? say before 12, after 15, 9-12, until 4 dec'
        if word.casefold() in ("before", "after"):
            return f"{word.casefold()} what time? say before 12 or after 15"
    return ""
