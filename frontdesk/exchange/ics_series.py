"""The visits of a repeating event inside a span: recurring-ical-events, made finite.

The library puts rule, extra dates, exceptions and changed visits together; its rules are dateutil's, which may run
for ever, so they are bound to a budget and started near the span.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from icalendar import Event as Component
from icalendar.prop import vDDDTypes
from msgspec import Struct
from recurring_ical_events import EventAdapter
from recurring_ical_events.occurrence import Occurrence
from recurring_ical_events.series.rrule import Series

from frontdesk.exchange.ics_budget import TooMuch, forward
from frontdesk.exchange.ics_times import is_day, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateutil.rrule import rrule

    from frontdesk.exchange.ics_budget import Budget
    from frontdesk.exchange.ics_event import Event

RULE_LIMIT = 5_000
"""Visits one event may have inside the span; eighteen a working day for a year is fewer."""
_MARGIN = timedelta(days=8)  # a wall clock is at most a day away from any other; a rule's week begins before its days


class Visit(Struct, frozen=True):
    """One date of a series: the event that describes it, its span, and the moment its series gave it."""

    event: Event
    start: date
    end: date
    original: date


def current(events: Sequence[Event]) -> list[Event]:
    """The events of one UID, the newest version of each first (RFC 5546 2.1.5: SEQUENCE, then DTSTAMP)."""
    return sorted(sorted(events, key=lambda e: e.written, reverse=True), key=lambda e: -e.sequence)


def visits(
    events: Sequence[Event],
    *,
    first: datetime,
    after: datetime,
    budget: Budget,
    like: Callable[[date, date], date],
) -> list[Visit]:
    """The visits of the events of one UID that overlap the wall-clock span [first, after).

    `like(model, moment)` gives a RECURRENCE-ID the kind of time its series has. Raises `TooMuch`; `ValueError` for
    what the library can't follow.
    """
    ordered = current(events)
    core = next((event for event in ordered if event.replaces is None), None)
    for event in ordered:
        if event.replaces is not None:
            event.replaces = like((core or event).start, event.replaces)
    series = _BoundSeries([_Adapter(event) for event in ordered], first, budget)
    # The library would also take an exception's UTC hour for a visit's local one.
    without = core.without if core else []
    moments, whole_days = {stamp(each) for each in without}, {each for each in without if is_day(each)}
    found: list[Visit] = []
    for occurrence in series.between(first, after):
        visit = _visit(occurrence)
        day = visit.original.date() if isinstance(visit.original, datetime) else visit.original
        if stamp(visit.original) in moments or day in whole_days:
            continue
        found.append(visit)
        if len(found) > RULE_LIMIT:
            raise TooMuch(f"it repeats more than {RULE_LIMIT:,} times in the span asked for")
    return found


def overlaps(event: Event, first: datetime, after: datetime) -> bool:
    """Whether a single event, by its own wall clock, overlaps [first, after); the library's own rule for a series."""
    start, end = _wall(event.start, event.start), _wall(event.end, event.start)
    return first <= start < after if start == end else start < after and first < end


def _wall(moment: date, model: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is not None and isinstance(model, datetime):
        moment = moment.astimezone(model.tzinfo)
    return moment.replace(tzinfo=None)


def _visit(occurrence: Any) -> Visit:
    event: Event = occurrence.adapter.event
    original = event.replaces
    if original is None or (event.and_future and occurrence.start != event.start):
        original = occurrence.start - occurrence.adapter.move_recurrences_by
    return Visit(event, occurrence.start, occurrence.end, original)


class _Adapter(EventAdapter):  # type: ignore[misc]
    """One of our events as the library wants to see it."""

    def __init__(self, event: Event) -> None:
        component = Component()
        if event.replaces is not None:
            moment = vDDDTypes(event.replaces)
            if event.and_future:
                moment.params["RANGE"] = "THISANDFUTURE"
            component["RECURRENCE-ID"] = moment
        super().__init__(component)
        self.event = event

    raw_start = property(lambda self: self.event.start)
    raw_end = property(lambda self: self.event.end)
    uid = property(lambda self: self.event.uid)
    sequence = property(lambda self: self.event.sequence)
    rrules = property(lambda self: set(self.event.rules))
    rdates = property(lambda self: self.event.extra)
    exdates = property(lambda _: [])


class _Found(Occurrence):  # type: ignore[misc]
    """An occurrence that tells which event it comes from."""

    @property
    def adapter(self) -> _Adapter:
        """The event behind it."""
        adapter: _Adapter = self._adapter
        return adapter


class _BoundSeries(Series):  # type: ignore[misc]
    """A series whose rules are bound to a budget and begin near the span asked for."""

    def __init__(self, adapters: Sequence[_Adapter], first: datetime, budget: Budget) -> None:
        moved = any(adapter.event.and_future for adapter in adapters)
        self.RecurrenceRules = partial(_BoundRules, first=None if moved else first, budget=budget)
        super().__init__(adapters)

    def occurrence(self, adapter: _Adapter, start: date | None = None, end: date | None = None) -> _Found:
        """One date of the series."""
        return _Found(adapter, start, end)


class _BoundRules(Series.RecurrenceRules):  # type: ignore[misc]
    """The rules of a series' first event."""

    def __init__(self, core: _Adapter, first: datetime | None, budget: Budget) -> None:
        self._first = first
        self._budget = budget
        super().__init__(core)

    def rrulestr(self, rule_string: str) -> rrule:
        """A rule as dateutil follows it, ready for the span."""
        rule = super().rrulestr(rule_string)
        if self._first is not None:
            start = self.start
            target = self._first - (self.end - self.start) - _MARGIN
            moved = forward(start.replace(tzinfo=None), rule, target).replace(tzinfo=start.tzinfo)
            if moved != start:
                later = rule.replace(dtstart=moved)
                later.string, later.until = rule.string, rule.until
                rule = later
        return self._budget.bound(rule)
