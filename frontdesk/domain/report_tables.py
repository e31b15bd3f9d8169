"""A report as tables of words: drawn by the screen, by the terminal and read aloud alike.

Nothing is said by colour alone: shares have a shade and their number, bars stand beside what they measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct

from frontdesk.domain.hours import SHORT_DAYS
from frontdesk.domain.plan import OUTCOME_WORDS
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import is_private
from frontdesk.domain.report import HOURS, PeriodKind, PlanTally, Report, RoomUse, Spread, Tally, share, use_share
from frontdesk.domain.time_text import day_and_month

BAR = 12
"""Cells of the longest bar."""
MOST_SOURCES = 8
"""Sources that are named; the rest are one row."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
SHADES = "·░▒▓█"
"""The first letter of a cell that has `heat`, from hardly at all to nearly always."""
_BUCKETS = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 30), (30, None))
"""Minutes of waiting that are counted together."""


class Cell(Struct, frozen=True):
    """One cell; `heat` 0 to 4 shades it, `loud` says that it is what to look at."""

    text: str = ""
    heat: int | None = None
    loud: bool = False
    dim: bool = False


class Table(Struct, frozen=True):
    """Rows under a title and headings; the first column is set to the left, the others to the right but for bars."""

    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()
    bars: frozenset[int] = frozenset()
    """Columns that are set to the left."""


def tables(report: Report) -> tuple[Table, ...]:
    """All of a report, in the order in which it is read."""
    return (
        _visits(report),
        _days(report),
        _rooms(report),
        _waiting(report),
        _how_long(report),
        _plans(report.plans),
        _sources(report),
    )


def headline(report: Report) -> tuple[str, ...]:
    """The period in a few words: `118 seen`, `no-shows 4 % (before 6 %)`."""
    whole, before = report.total, report.before
    waits = report.all_waits.to_practitioner
    said = [
        f"{whole.seen} seen{_was(before.seen)}",
        f"no-shows {percent(whole.no_show_rate)}{_was(percent(before.no_show_rate))}",
        f"called off late {percent(whole.late_rate)}{_was(percent(before.late_rate))}",
    ]
    if waits.count:
        most = waits.within(0.5)
        said.append(f"half wait up to {most} min for the practitioner" if most else "half wait less than a minute")
    if whole.here:
        said.append(f"{whole.here} here now")
    if whole.coming:
        said.append(f"{whole.coming} still to come")
    return tuple(said)


def percent(part: float | None) -> str:
    """`4 %`; a dash of nothing."""
    return "–" if part is None else f"{round(100 * part)} %"


def _was(before: object) -> str:
    return f" (before: {before})"


def bar(value: float, most: float, cells: int = BAR) -> str:
    """A bar in eighths of a cell, as long as `cells` for the most there is; something for all that is not nothing."""
    if most <= 0 or value <= 0:
        return ""
    eighths = max(1, round(8 * cells * value / most))
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def heat(part: float | None) -> int:
    """0 for hardly at all, 4 for 80 % and more."""
    return 0 if part is None else min(4, int(part * 5))


def _visits(report: Report) -> Table:
    most = max((one.seen for _, one in report.practitioners), default=0)
    rows = [_tally_row(name, one, most) for name, one in report.practitioners]
    if len(rows) > 1:
        rows.append(_tally_row("everybody", report.total, 0))
    rows.append(_tally_row(f"the {report.period.kind.value} before", report.before, 0, dim=True))
    heads = ("visits", "seen", "", "no-show", "", "late", "", "off", "left", "to come")
    late = f"late: by the patient within {report.clinic.late_cancel_hours} h"
    notes = [f"off: called off; {late}; left: early"]
    if report.total.here:
        notes.append("to come: with those who are here now")
    return Table("Visits by practitioner", heads, tuple(rows), tuple(notes), frozenset({2}))


def _tally_row(name: str, one: Tally, most: int, *, dim: bool = False) -> tuple[Cell, ...]:
    numbers = (
        f"{one.seen}",
        bar(one.seen, most, 8),
        f"{one.no_shows}",
        percent(one.no_show_rate),
        f"{one.late}",
        percent(one.late_rate),
        f"{one.cancelled}",
        f"{one.left}",
        f"{one.coming + one.here}",
    )
    return Cell(name, dim=dim), *(Cell(number, dim=dim) for number in numbers)


def _days(report: Report) -> Table:
    """A row a week, a column a weekday, as a calendar has them."""
    seen = dict(report.days)
    most = max(seen.values(), default=0)
    first = report.period.first - timedelta(days=report.period.first.weekday())
    rows = []
    while first <= report.period.last:
        cells = [Cell(day_and_month(first))]
        for number in range(7):
            count = seen.get(first + timedelta(days=number))
            if count is None:
                cells.append(Cell())
            else:
                part = share(count, most)
                shade = SHADES[heat(part)] if count else " "
                cells.append(Cell(f"{shade}{count:>3} ", heat=heat(part) if count else None, dim=not count))
        rows.append(tuple(cells))
        first += timedelta(days=7)
    heads = ("week of", *(f"{day} " for day in SHORT_DAYS))
    return Table("Seen on each day", heads, tuple(rows))


def _rooms(report: Report) -> Table:
    """Rooms down, hours across: the share of the open time for which each was taken."""
    opened, days = report.open_minutes, report.open_days
    used = [any(room.minutes[hour] for room in report.rooms) for hour in range(HOURS)]
    hours = [hour for hour in range(HOURS) if opened[hour] or used[hour]]
    if hours:
        hours = list(range(hours[0], hours[-1] + 1))
    every = RoomUse("all rooms", tuple(sum(room.minutes[hour] for room in report.rooms) for hour in range(HOURS)))
    rows = [tuple(_use_row(room, hours, opened, 1, days)) for room in report.rooms]
    if len(rows) > 1:
        rows.append(tuple(_use_row(every, hours, opened, len(report.rooms), days)))
    heads = ("room", *(f"{hour:02} " for hour in hours))
    shades = "  ".join(f"{shade} {20 * index}-{20 * index + 20}" for index, shade in enumerate(SHADES))
    notes = ("% of the open time, turnover included", shades, "what is still to come counts as it is booked")
    return Table("Room use by hour", heads, tuple(rows), notes)


def _use_row(room: RoomUse, hours: Sequence[int], opened: Sequence[float], rooms: int, days: int) -> Iterator[Cell]:
    yield Cell(room.name)
    for hour in hours:
        part = use_share(room.minutes[hour], opened[hour], rooms, days)
        if not part:
            yield Cell("  – " if opened[hour] else "    ", dim=True)
        else:
            yield Cell(f"{SHADES[heat(part)]}{round(100 * part):>2} ", heat=heat(part))


def _waiting(report: Report) -> Table:
    """How long until in a room, and until the practitioner comes."""
    limit = report.clinic.waiting.notice
    whole = report.all_waits
    rows = [
        _wait_row("until in a room", whole.to_room, limit),
        _wait_row("until the practitioner", whole.to_practitioner, limit),
    ]
    if len(report.waits) > 1:
        rows += [_wait_row(f"  {name}", one.to_practitioner, limit) for name, one in report.waits]
    heads = ("from when they came", "visits", "half", "9 in 10", "longest", f"over {limit} min")
    notes = () if whole.to_practitioner.count else ("nobody's coming was written down",)
    return Table("Waiting, in minutes", heads, tuple(rows), notes)


def _how_long(report: Report) -> Table:
    said = report.all_waits.to_practitioner
    counts = [said.between(*one) for one in _BUCKETS]
    rows = [
        (
            Cell(f"{first} to {end}" if end else f"{first} or more"),
            Cell(f"{count}"),
            Cell(percent(share(count, said.count))),
            Cell(bar(count, max(counts), 8)),
        )
        for (first, end), count in zip(_BUCKETS, counts, strict=True)
    ]
    return Table("Waiting for the practitioner", ("minutes", "visits", "", ""), tuple(rows), bars=frozenset({3}))


def _wait_row(name: str, one: Spread, limit: int) -> tuple[Cell, ...]:
    numbers = (one.within(0.5), one.within(0.9), one.longest)
    said = ["–" if number is None else f"{number}" for number in numbers]
    return Cell(name), Cell(f"{one.count}"), *(Cell(number) for number in said), Cell(percent(one.over(limit)))


def _plans(plans: PlanTally) -> Table:
    rows = [(Cell("ended"), Cell(f"{plans.ended}"))]
    if plans.ended:
        rows.append(
            (Cell("  all visits done"), Cell(f"{plans.completed}, {percent(share(plans.completed, plans.ended))}"))
        )
        rows.append((Cell("  visits done of planned"), Cell(f"{plans.done} of {plans.planned}")))
    rows += [(Cell(f"  {OUTCOME_WORDS[outcome]}"), Cell(f"{count}")) for outcome, count in plans.outcomes.items()]
    rows += [
        (Cell("running now"), Cell(f"{plans.running}")),
        (Cell("  nothing booked"), Cell(f"{plans.unbooked}", loud=plans.unbooked > 0)),
        (Cell("paused now"), Cell(f"{plans.paused}")),
    ]
    return Table("Courses", ("treatment plans", ""), tuple(rows))


def _sources(report: Report) -> Table:
    count = sum(number for _, number in report.sources)
    heads = (number_of(count, "first visit"), "", "")
    title = "How new patients came here"
    if is_private():
        # A source may be somebody's name.
        return Table(title, heads, (), ("hidden while names are",))
    named = report.sources[:MOST_SOURCES]
    rest = sum(number for _, number in report.sources[MOST_SOURCES:])
    most = max((number for _, number in named), default=0)
    rows = [
        (Cell(name or "not said", dim=not name), Cell(f"{number}"), Cell(bar(number, most))) for name, number in named
    ]
    if rest:
        rows.append((Cell(f"{len(report.sources) - MOST_SOURCES} others", dim=True), Cell(f"{rest}"), Cell("")))
    return Table(title, heads, tuple(rows), bars=frozenset({2}))


def title_of(report: Report) -> str:
    """`Week 23-29 Nov 2026`, `November 2026`."""
    period = report.period
    return f"Week {period.words}" if period.kind is PeriodKind.WEEK else period.words
