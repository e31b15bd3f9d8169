"""Weeks and months in numbers: read in one transaction, changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import Span, local_day
from frontdesk.domain.plan import PlanOutcome, PlanState
from frontdesk.domain.report import (
    HOURS,
    Period,
    PeriodKind,
    PlanTally,
    Report,
    RoomUse,
    Tally,
    Waits,
    spread,
    tally,
)
from frontdesk.domain.visit import Status
from frontdesk.exchange.report_csv import report_csv
from frontdesk.store import plans, reports, snapshot

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_EPOCH = date(1970, 1, 1)


class Reports:
    """Reads reports, and writes them as tables."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def load(self, kind: PeriodKind = PeriodKind.WEEK, day: date | None = None) -> Report:
        """The week or month that a day is in, today unless said otherwise."""
        now = self._context.clock.now()
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            period = Period.around(kind, day or local_day(now, clinic.timezone))
            span = period.span(clinic.timezone)
            return Report(
                clinic,
                period,
                now,
                tuple(_practitioners(connection, clinic, span)),
                _total(connection, period.before.span(clinic.timezone)),
                tuple(_days(connection, clinic, period)),
                tuple(_rooms(connection, clinic, span, now)),
                tuple(_waits(connection, clinic, span)),
                _plans(connection, clinic, period, now),
                _sources(connection, span),
            )

    def write(self, report: Report, target: Path) -> Path:
        """Writes a report as a table into a new file (0600); raises `Refused` where that can't be done."""
        snapshot.publish_data(target, report_csv(report).encode())
        return target


def _practitioners(connection: Askable, clinic: Clinic, span: Span) -> Iterator[tuple[str, Tally]]:
    found: dict[int, list[tuple[Status, int, int]]] = defaultdict(list)
    for who, status, count, late in reports.outcomes(connection, span):
        found[who].append((status, count, late))
    names = {one.id: one.name for one in clinic.practitioners}
    for one in clinic.practitioners:
        if one.id in found or not one.retired:
            yield one.name, tally(found.pop(one.id, ()))
    for who, counts in found.items():
        yield names.get(who, f"practitioner {who}"), tally(counts)


def _total(connection: Askable, span: Span) -> Tally:
    return tally((status, count, late) for _, status, count, late in reports.outcomes(connection, span))


def _days(connection: Askable, clinic: Clinic, period: Period) -> Iterator[tuple[date, int]]:
    seen: Counter[date] = Counter()
    for span, offset_ms in steady_stretches(period.span(clinic.timezone), clinic.timezone):
        for number, count in reports.seen_by_day(connection, span, offset_ms).items():
            seen[_EPOCH + timedelta(days=number)] += count
    for day in period.days:
        yield day, seen[day]


def _rooms(connection: Askable, clinic: Clinic, span: Span, now: DateTime) -> Iterator[RoomUse]:
    whole: dict[int, list[float]] = defaultdict(lambda: [0.0] * HOURS)
    for stretch, offset_ms in steady_stretches(span, clinic.timezone):
        for room_id, used in reports.room_minutes(connection, stretch, offset_ms, now).items():
            whole[room_id] = [one + more for one, more in zip(whole[room_id], used, strict=True)]
    for room in clinic.rooms:
        if room.id in whole or not room.retired:
            yield RoomUse(room.name, tuple(whole[room.id]))


def _waits(connection: Askable, clinic: Clinic, span: Span) -> Iterator[tuple[str, Waits]]:
    rooms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    hands: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for found, until in ((rooms, "roomed_at"), (hands, "began_at")):
        for who, minutes, count in reports.waits(connection, span, until):
            found[who].append((minutes, count))
    for one in clinic.practitioners:
        if one.id in rooms or one.id in hands:
            yield one.name, Waits(spread(rooms[one.id]), spread(hands[one.id]))


def _plans(connection: Askable, clinic: Clinic, period: Period, now: DateTime) -> PlanTally:
    today = local_day(now, clinic.timezone)
    ended = plans.ended_between(connection, period.first, period.last)
    far = plans.progress_of(connection, ended, now, clinic.timezone)
    outcomes: Counter[PlanOutcome] = Counter(plan.outcome for plan in ended if plan.outcome is not None)
    open_ones = plans.progress_by_patient(connection, clinic.timezone, now).values()
    states = Counter(one.plan.state_on(today) for one in open_ones)
    return PlanTally(
        {outcome: outcomes[outcome] for outcome in PlanOutcome if outcomes[outcome]},
        sum(far[plan.id].left == 0 for plan in ended),
        sum(min(far[plan.id].done, plan.details.planned) for plan in ended),
        sum(plan.details.planned for plan in ended),
        states[PlanState.RUNNING],
        states[PlanState.PAUSED],
        sum(one.wants_booking(today) for one in open_ones),
    )


def _sources(connection: Askable, span: Span) -> tuple[tuple[str, int], ...]:
    """The same source in other capitals or with other blanks is the same; it is written as it mostly is."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for through, by, count in reports.sources(connection, span):
        words = " ".join((through or (f"referred by {by}" if by.strip() else "")).split())
        spelled[words.casefold()][words] += count
    found = [(min(ways, key=lambda words: (-ways[words], words.swapcase())), ways.total()) for ways in spelled.values()]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def steady_stretches(span: Span, timezone: str) -> Iterator[tuple[Span, int]]:
    """A span in pieces in which the clocks stay as far ahead of UTC, and how far that is, in milliseconds."""
    starts, offset = span.starts, _offset(span.starts, timezone)
    at = span.starts
    while at < span.ends:
        # Clocks change on a quarter of an hour, everywhere.
        step = 1440 if _offset(at.add(days=1), timezone) == offset else 15
        at = at.add(minutes=step)
        changed = _offset(at, timezone)
        if changed != offset and at < span.ends:
            yield Span(starts, at), offset
            starts, offset = at, changed
    yield Span(starts, span.ends), offset


def _offset(instant: DateTime, timezone: str) -> int:
    offset = instant.in_timezone(timezone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() * 1000)
