"""Opening hours as a person writes them: `9-13, 14-18` for a day, `mon-fri 9-13, 14-18; sat 9-12` for the week."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import DAY_NAMES, WEEKDAYS, OpenSpan, weekday_begun
from frontdesk.text import visible

USUAL_WEEK = "mon-fri 9-13, 14-18"
"""What a clinic that says nothing else is likely to keep."""
EXAMPLE = "mon-fri 9-13, 14-18; sat 9-12"

_END = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?\s*(am|pm)?")
_SPAN = re.compile(rf"({_END.pattern})\s*(?:-|–|to)\s*({_END.pattern})")
_DAY = r"(?:mo|tu|we|th|fr|sa|su)[a-z]*\.?"
_JOIN = r"\s*(?:-|–|,|&|\bto\b|\band\b|\s)\s*"
_PART = re.compile(rf"({_DAY}(?:{_JOIN}{_DAY})*)\s*:?\s*(closed|(?:[^a-z;]|am\b|pm\b|\bto\b|(?<=\d)h)*)")
_GROUPS = {"daily": "mon-sun", "every day": "mon-sun", "weekdays": "mon-fri", "weekend": "sat-sun"}


def spans_of(typed: str) -> list[str]:
    """`9-13, 2pm-6pm` as `clinic.toml` has it: `09:00-13:00`, `14:00-18:00`; raises `Refused` with what is wrong."""
    spans = sorted(_span(part.strip()) for part in re.split("[,;]", typed) if part.strip())
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise Refused(f"{earlier} and {later} overlap")
    return [str(span) for span in spans]


def week_of(typed: str) -> dict[str, list[str]]:
    """A week's hours as `clinic.toml` has them, closed days left out; raises `Refused` with what is wrong."""
    text = " ".join(typed.casefold().split())
    for group, days in _GROUPS.items():
        text = text.replace(group, days)
    week: dict[str, list[str]] = {}
    rest = 0
    for part in _PART.finditer(text):
        _nothing_in(text[rest : part.start()])
        rest = part.end()
        times = part[2].strip(" ,;")
        spans = [] if times == "closed" else spans_of(times)
        if not spans and times != "closed":
            raise Refused(f"{visible(part[1].strip())}: from when to when? {EXAMPLE}")
        for day in _days(part[1]):
            if day in week:
                raise Refused(f"{DAY_NAMES[day]} is there twice")
            week[day] = spans
    _nothing_in(text[rest:])
    opened = {day: week[day] for day in WEEKDAYS if week.get(day)}
    if not opened:
        raise Refused(f"is needed: {EXAMPLE}")
    return opened


def week_words(week: dict[str, list[str]]) -> str:
    """Hours in short, days alike together: `Mon–Fri 09:00-13:00, 14:00-18:00; Sat 09:00-12:00`."""
    said = []
    for spans, alike in groupby(WEEKDAYS, key=lambda day: week.get(day, [])):
        days = list(alike)
        if spans:
            name = days[0].capitalize() if len(days) == 1 else f"{days[0].capitalize()}–{days[-1].capitalize()}"
            said.append(f"{name} {', '.join(spans)}")
    return "; ".join(said) or "closed"


def _span(text: str) -> OpenSpan:
    found = _SPAN.fullmatch(text.casefold())
    if found is None:
        raise Refused(f'"{visible(text)[:40]}" is no span of hours; write 9-13 or 9:30-17:00')
    start, end = _minute(text, found[1]), _minute(text, found[5])
    afternoon = end + 720
    if end <= start < 720 and afternoon <= 1440 and not (found[4] or found[8]):
        hours, minutes = divmod(afternoon, 60)
        meant = f"{found[1].strip()}-{hours}{f':{minutes:02}' if minutes else ''}"
        raise Refused(f'"{visible(text)}" ends before it starts; did you mean {meant}?')
    if start >= end:
        raise Refused(f'"{visible(text)}" ends before it starts')
    return OpenSpan(start, end)


def _minute(text: str, end: str) -> int:
    found = _END.fullmatch(end)
    assert found is not None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise Refused(f'"{visible(text)}" names a time that no clock shows')
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour * 60 + minute > 1440:
        raise Refused(f'"{visible(text)}" names a time that no clock shows')
    return hour * 60 + minute


def _days(text: str) -> list[str]:
    """`mon-fri, sun` as the days it names."""
    days: list[str] = []
    until = False
    for word in re.findall(rf"{_DAY}|-|–|\bto\b", text):
        if word in ("-", "–", "to"):
            until = True
            continue
        day = weekday_begun(word)
        if day is None:
            raise Refused(f'"{visible(word)[:20]}" is no day; write mon, tue, wed, thu, fri, sat, sun')
        while until and days[-1] != day:
            # Round the end of the week too: sat-mon.
            days.append(WEEKDAYS[(WEEKDAYS.index(days[-1]) + 1) % 7])
        if not until:
            days.append(day)
        until = False
    return days


def _nothing_in(text: str) -> None:
    left = text.strip(" ,;.")
    if left:
        raise Refused(f'"{visible(left)[:40]}" names no day; write {EXAMPLE}')
