"""A calendar file's bytes as components: the first, tolerant layer under `ics`.

RFC 5545 asks for UTF-8, CRLF and well nested components; what people are sent has lone CR, blank lines, folds inside
a character, indented first lines and events without a calendar around them. icalendar refuses such a file as a whole,
so the walk down to single properties is ours, and its value parsers take over from there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from frontdesk.domain.errors import Refused
from frontdesk.exchange.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes in a calendar file; a hundred thousand appointments fit in half of it."""
EVENT_LIMIT = 200_000
"""Events in a calendar file; more is no clinic's calendar and would only fill the memory."""
PATIENT_NUMBER = "X-FRONTDESK-PATIENT"
"""The property in which frontdesk writes whose visit an event is, since names alone do not tell namesakes apart.

The patient's number, and after an @ the database that it is of.
"""

_DEPTH_LIMIT = 20  # an alarm in an event in a calendar is three
_COMPONENTS = ("VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE")
_KEPT = ("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")
# What is read of them; a large file is mostly the rest, and that need not be held.
_WANTED = frozenset(("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE"))
_WANTED |= {"DTSTAMP", "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"}
_WANTED |= {PATIENT_NUMBER, "X-MICROSOFT-CDO-BUSYSTATUS", "TZID", "TZOFFSETFROM", "TZOFFSETTO"}
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_HEAD = re.compile(r"[A-Za-z0-9-]+(?=[:;])")
_MARK = re.compile('[":;]')
_NAME = re.compile(r"[A-Za-z0-9_.-]+\Z")


class Component(Struct):
    """One BEGIN..END of the file: its place, its unfolded lines with their numbers, and what lies inside it."""

    name: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)
    unclosed: bool = False
    method: str = ""
    """METHOD of the calendar around it (RFC 5546), in capitals."""
    timezone: str = ""
    """X-WR-TIMEZONE of the calendar around it: Google's and Apple's name for the zone its owner lives in."""


class Content(Struct):
    """The components of a file that matter here, in the file's order."""

    name: str
    events: list[Component]
    zones: list[Component]


class Property(Struct, frozen=True):
    """One content line (RFC 5545 3.1): name and parameter names in capitals, the value still escaped."""

    line: int
    name: str
    params: dict[str, str]
    value: str


def said(found: Mapping[str, Sequence[Property]], name: str) -> str:
    """The value of the first property of a name, still escaped; empty where there is none."""
    props = found.get(name)
    return props[0].value.strip() if props else ""


def property_of(line: int, text: str) -> Property | None:
    """The content line `text`, or None when it is none: no colon, or no name before it.

    Colons inside a quoted parameter do not end the parameters; a quote that never closes is no quote.
    """
    colon = text.find(":")
    semicolon = text.find(";", 0, colon) if colon >= 0 else -1
    if colon < 0:
        return None
    if semicolon < 0:
        name = text[:colon].strip()
        return Property(line, name.upper(), {}, text[colon + 1 :]) if _NAME.match(name) else None
    name = text[:semicolon].strip()
    if not _NAME.match(name):
        return None
    params, end = _params(text, semicolon)
    return Property(line, name.upper(), params, text[end + 1 :])


def _params(text: str, start: int) -> tuple[dict[str, str], int]:
    """The parameters of a content line from its first semicolon, and where its value's colon stands."""
    pieces: list[str] = []
    quoted, piece, end = False, start + 1, -1
    for mark in _MARK.finditer(text, start + 1):
        sign, at = mark.group(), mark.start()
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            pieces.append(text[piece:at])
            piece = at + 1
            if sign == ":":
                end = at
                break
    if end < 0:
        end = text.index(":", start)
        pieces = text[start + 1 : end].split(";")
    params: dict[str, str] = {}
    for each in pieces:
        key, _, value = each.partition("=")
        params.setdefault(key.strip().upper(), value.strip().strip('"').strip())
    return params, end


def read_components(data: bytes) -> Content:
    """The events and time zones in `data`.

    Raises `Refused` with one line for what is no calendar, is too large, or was cut off: half an appointment book
    imported as if it were whole is worse than none.
    """
    if len(data) > SIZE_LIMIT:
        raise Refused(f"this calendar is larger than {SIZE_LIMIT // 1024 // 1024} MB; export a shorter span of it")
    walk = _Walk()
    for line, text in _logical_lines(_text(data)):
        walk.take(line, text)
    return walk.content()


def _text(data: bytes) -> str:
    """The file's text. Old exporters fold in the middle of a character, which only joining the bytes mends."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            joined = _FOLD.sub(b"", data)
            try:
                return joined.decode("utf-8-sig")
            except UnicodeDecodeError:
                pass
    return decode(data).text


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Unfolded lines (3.1) and the number of their first line; blank lines count for nothing."""
    number, pieces = 0, [""]
    if "\0" in text:
        text = text.replace("\0", "")
    # Not str.splitlines, which also splits at characters that may stand inside a description.
    for count, match in enumerate(_LINE.finditer(text), start=1):
        line = match.group(1)
        if line[:1] in (" ", "\t") and number:
            pieces.append(line[1:])
        elif line.strip("\ufeff \t\x1a"):
            if number:
                yield number, "".join(pieces)
            number, pieces = count, [line.lstrip("\ufeff \t")]
    if number:
        yield number, "".join(pieces)


class _Walk:
    """The nesting of components, forgiving an END that is missing in the middle but never one at the file's end."""

    def __init__(self) -> None:
        self.stack: list[Component] = []
        self.events: list[Component] = []
        self.zones: list[Component] = []
        self.name = ""
        self.known = False

    def take(self, line: int, text: str) -> None:
        """Take one unfolded line."""
        start = text[:6].upper()
        if start == "BEGIN:":
            self.begin(line, text[6:].strip().upper())
        elif start[:4] == "END:":
            self.end(text[4:].strip().upper())
        elif self.stack:
            top = self.stack[-1]
            if top.name == "VCALENDAR":
                self.calendar_property(top, line, text)
            elif top.name in _KEPT:
                head = _HEAD.match(text)
                if head is None or head.group().upper() in _WANTED or ":" not in text:
                    top.lines.append((line, text))

    def begin(self, line: int, name: str) -> None:
        """A component opens; one of the same kind still open was never closed."""
        self.known = self.known or name in _COMPONENTS
        if name in _COMPONENTS:
            self.close_to(name)
        if len(self.stack) >= _DEPTH_LIMIT:
            raise Refused(f"this calendar has components inside components without end, from line {line}")
        component = Component(name, line)
        if self.stack:
            component.method = self.stack[0].method
            component.timezone = self.stack[0].timezone
            self.stack[-1].parts.append(component)
        self.stack.append(component)
        if name == "VEVENT":
            self.events.append(component)
            if len(self.events) > EVENT_LIMIT:
                raise Refused(f"this calendar holds more than {EVENT_LIMIT:,} events; export a shorter span of it")
        elif name == "VTIMEZONE":
            self.zones.append(component)

    def close_to(self, name: str) -> None:
        """Close what can't hold a new `name`: nothing but a calendar holds the components of the first rank."""
        while self.stack and (name == "VCALENDAR" or self.stack[-1].name != "VCALENDAR"):
            self.stack.pop().unclosed = True

    def end(self, name: str) -> None:
        """A component closes, and with it what was left open inside it; a stray END closes nothing."""
        if not any(component.name == name for component in self.stack):
            return
        while (component := self.stack.pop()).name != name:
            component.unclosed = True

    def calendar_property(self, calendar: Component, line: int, text: str) -> None:
        """The three properties of a calendar that matter; any other line of it may be as broken as it likes."""
        found = property_of(line, text)
        if found is None:
            return
        if found.name == "METHOD":
            calendar.method = found.value.strip().upper()
        elif found.name == "X-WR-TIMEZONE":
            calendar.timezone = found.value.strip()
        elif found.name == "X-WR-CALNAME" and not self.name:
            self.name = found.value

    def content(self) -> Content:
        """What was found, once the file has ended where it should."""
        if not self.known:
            raise Refused("this is not a calendar: it has no BEGIN:VCALENDAR line")
        if self.stack:
            inner = self.stack[-1]
            raise Refused(
                f"this calendar was cut off: the {inner.name} that begins in line {inner.line} never ends; "
                "export or download it again"
            )
        return Content(self.name, self.events, self.zones)
