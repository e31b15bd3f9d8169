"""One VEVENT as values: the third layer under `ics`.

What an exporter may get wrong without anyone coming on the wrong day is mended; anything else makes the event
`Broken`, with the reason that stands in the report. What was mended by leaving something out is reported too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field

from frontdesk.exchange.ics_lines import property_of, said
from frontdesk.exchange.ics_rule import read_rule
from frontdesk.exchange.ics_times import is_day, parse_duration, parse_moments, parse_time
from frontdesk.exchange.ics_words import Words, read_words
from frontdesk.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from frontdesk.exchange.ics_lines import Component, Property

Properties = dict[str, list["Property"]]
_DAY = timedelta(days=1)


class Broken(Exception):
    """An event that can't become an appointment, and why."""


class Event(Struct):
    """A VEVENT, read: times are a `date` (all day), an aware `datetime`, or a naive one (floating)."""

    number: int
    line: int
    uid: str
    start: date
    end: date
    words: Words
    sequence: int = -1
    written: str = ""
    """DTSTAMP: decides between two versions of one SEQUENCE (RFC 5546 2.1.5)."""
    rules: list[str] = field(default_factory=list)
    extra: list[date | tuple[datetime, datetime | timedelta]] = field(default_factory=list)
    without: list[date] = field(default_factory=list)
    replaces: date | None = None
    """RECURRENCE-ID: the visit of its series that this one stands for."""
    and_future: bool = False

    @property
    def where(self) -> str:
        """Its place in the file, for people."""
        return f"event {self.number}, line {self.line}"

    @property
    def repeats(self) -> bool:
        """Whether it may stand for more than one visit, or for one of another event's."""
        return bool(self.rules or self.extra or self.replaces is not None)


class Reader(Struct, frozen=True):
    """Reads the events of one file."""

    clinic: tzinfo
    zone: Callable[[str, str], tzinfo | None]
    """The zone of a TZID, or None; told the event's place too, for what is said about zones nobody knows."""
    report: Callable[[str, str], None]
    """Told place and words of what was left out of an event that arrives all the same."""

    def event(self, component: Component, number: int) -> Event:
        """The event in `component`, the `number`th of its file. Raises `Broken`."""
        where = f"event {number}, line {component.line}"
        found: Properties = {}
        strays: list[tuple[int, str]] = []
        for line, text in component.lines:
            prop = property_of(line, text)
            if prop is None:
                strays.append((line, text))
            else:
                found.setdefault(prop.name, []).append(prop)
        words = read_words(found, component.method)
        name = f'"{words.title}"' if words.title else "(no title)"

        def report(why: str) -> None:
            self.report(where, f"{name}: {why}")

        if strays:
            line, text = strays[0]
            count = "a line" if len(strays) == 1 else f"{len(strays)} lines"
            report(f"{count} without name or colon left out, line {line}: {clean(text, limit=60)}")
        try:
            if component.unclosed:
                raise Broken("it has no END:VEVENT, something of it is missing")
            return self._event(component, number, found, words, report)
        except (Broken, ValueError) as problem:
            raise Broken(f"{name}: {problem}") from None
        except OverflowError:
            raise Broken(f"{name}: it reaches beyond the years of a calendar") from None

    def _event(
        self,
        component: Component,
        number: int,
        found: Properties,
        words: Words,
        report: Callable[[str], None],
    ) -> Event:
        where = f"event {number}, line {component.line}"
        home = self.zone(component.timezone, where) if component.timezone else None
        start, end = self._span(found, where, home, report)
        event = Event(
            number=number,
            line=component.line,
            uid=said(found, "UID"),
            start=start,
            end=end,
            words=words,
            sequence=_number(said(found, "SEQUENCE")),
            written=said(found, "DTSTAMP"),
            rules=[read_rule(prop.value, report) for prop in found.get("RRULE", ())],
        )
        for prop in found.get("EXDATE", ()):
            event.without += [d for d in self._dates(prop, start, where, report) if not isinstance(d, tuple)]
        for prop in found.get("RDATE", ()):
            event.extra += self._dates(prop, start, where, report)
        replaces = self._moment(found, "RECURRENCE-ID", where, None)
        if replaces is not None:
            event.replaces = replaces
            event.and_future = found["RECURRENCE-ID"][0].params.get("RANGE", "").upper() == "THISANDFUTURE"
        return event

    def _span(
        self, found: Properties, where: str, home: tzinfo | None, report: Callable[[str], None]
    ) -> tuple[date, date]:
        """Start and end, of one kind. All-day events end on the day after their last (3.6.1)."""
        start = self._moment(found, "DTSTART", where, home)
        if start is None:
            raise Broken("it has no start (DTSTART)")
        end = self._moment(found, "DTEND", where, home)
        if end is None:
            length = parse_duration(said(found, "DURATION")) if "DURATION" in found else None
            if length is None:
                length = _DAY if is_day(start) else timedelta()
            elif is_day(start) and length % _DAY:
                start = datetime.combine(start, time())
            end = start + length
        start, end = self._alike(start, end)
        if end < start:
            report("its end lies before its start; it is taken without a length")
            end = start
        # Working out UTC here finds the years that no calendar can hold.
        for moment in (start, end):
            if isinstance(moment, datetime) and not 1 < moment.year < 9999:
                raise OverflowError
        return start, end

    def _alike(self, start: date, end: date) -> tuple[date, date]:
        """Both as days or both as times of one kind, as RFC 5545 3.8.2.2 demands and files do not keep."""
        if is_day(start) and is_day(end):
            return start, end
        if isinstance(start, datetime) and not isinstance(end, datetime):
            return start, datetime.combine(end, time(), tzinfo=start.tzinfo)
        if isinstance(end, datetime) and not isinstance(start, datetime):
            return datetime.combine(start, time(), tzinfo=end.tzinfo), end
        if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo and end.tzinfo:
            return start, end
        return start, self._like(start, end)

    def _like(self, model: date, moment: date) -> date:
        """`moment` as the kind of time that `model` is; a date stays a date."""
        if not isinstance(moment, datetime):
            return moment
        if not isinstance(model, datetime):
            # An all-day series named by an instant: midnight of the zone it is written in, or of the clinic.
            if moment.time() != time() and moment.tzinfo is not None:
                moment = moment.astimezone(self.clinic)
            return moment.date()
        if model.tzinfo is None:
            return moment if moment.tzinfo is None else moment.astimezone(self.clinic).replace(tzinfo=None)
        return moment.replace(tzinfo=model.tzinfo) if moment.tzinfo is None else moment.astimezone(model.tzinfo)

    def like(self, model: date, moment: date) -> date:
        """`moment` as the kind of time that `model` is; a date of a timed series is its visit of that day."""
        if isinstance(model, datetime) and not isinstance(moment, datetime):
            return datetime.combine(moment, model.time(), tzinfo=model.tzinfo)
        return self._like(model, moment)

    def _moment(self, found: Properties, name: str, where: str, home: tzinfo | None) -> date | None:
        """The one value of a property that may stand once; twice the same is once.

        `home`, the zone of the calendar as a whole, is where floating times belong and where series given in UTC
        keep their hour over the change to summer time, as they do in the calendars that write it.
        """
        values = {(prop.value.strip(), prop.params.get("TZID", "")): prop for prop in found.get(name, ())}
        if len(values) > 1:
            raise Broken(f"it has {len(values)} different {name} lines")
        for prop in values.values():
            zone = self._zone(prop, where)
            moment = parse_time(prop.value, zone)
            as_day = prop.params.get("VALUE", "").upper() == "DATE"
            if not isinstance(moment, datetime):
                # With a TZID it is a time cut short: 3.2.19 allows none on a date.
                return moment if zone is None or as_day else datetime.combine(moment, time(), tzinfo=zone)
            if as_day and moment.time() == time():
                return moment.date()
            if home is not None and moment.tzinfo is None:
                return moment.replace(tzinfo=home)
            return moment.astimezone(home) if home is not None and moment.tzinfo is UTC else moment
        return None

    def _dates(
        self, prop: Property, start: date, where: str, report: Callable[[str], None]
    ) -> Iterator[date | tuple[datetime, datetime | timedelta]]:
        """The members of an EXDATE or RDATE as the kind of time the series has."""
        try:
            members = parse_moments(prop.value, self._zone(prop, where))
        except (ValueError, OverflowError) as problem:
            report(f"its {prop.name} was left out: {problem}")
            return
        for member in members:
            if isinstance(member, tuple):
                first, end = self._like(start, member[0]), member[1]
                if isinstance(first, datetime) and isinstance(end, datetime):
                    last = self._like(first, end)
                    yield (first, last - first) if isinstance(last, datetime) else first
                elif isinstance(first, datetime) and isinstance(end, timedelta):
                    yield first, end
                else:
                    yield first
            elif prop.name == "EXDATE":
                # A date among the exceptions of a timed series takes out whatever is on that day.
                yield self._like(start, member)
            else:
                yield self.like(start, member)

    def _zone(self, prop: Property, where: str) -> tzinfo | None:
        tzid = prop.params.get("TZID")
        return self.zone(tzid, where) if tzid else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
