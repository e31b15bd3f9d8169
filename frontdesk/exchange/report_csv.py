"""A report as one long table, a number a row: what a spreadsheet or a script turns as it likes."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.domain.report import HOURS, Report, Spread, Tally, use_share
from frontdesk.exchange.csv_cells import table

HEADER = ("period", "from", "until", "report", "of", "hour_or_day", "measure", "value")


def report_csv(report: Report) -> str:
    """The whole report; shares run from 0 to 1, empty where there is nothing to take one of."""
    period = report.period
    about = (period.kind.value, period.first.isoformat(), period.last.isoformat())
    return table(HEADER, ((*about, *row) for row in _rows(report)))


def _rows(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    for name, one in (*report.practitioners, ("", report.total)):
        yield from (("visits", name, "", measure, value) for measure, value in _tally(one))
    yield from (("visits before", "", "", measure, value) for measure, value in _tally(report.before))
    for day, seen in report.days:
        yield "seen", "", day.isoformat(), "visits", f"{seen}"
    opened, days = report.open_minutes, report.open_days
    for room in report.rooms:
        for hour in range(HOURS):
            if room.minutes[hour] or opened[hour]:
                yield "room use", room.name, f"{hour:02}", "minutes", f"{room.minutes[hour]:.0f}"
                part = use_share(room.minutes[hour], opened[hour], 1, days)
                yield "room use", room.name, f"{hour:02}", "share", _share(part)
    for name, waits in (*report.waits, ("", report.all_waits)):
        for what, spread in (("wait for room", waits.to_room), ("wait for practitioner", waits.to_practitioner)):
            yield from ((what, name, "", measure, value) for measure, value in _spread(spread, report))
    plans = report.plans
    for outcome, count in plans.outcomes.items():
        yield "courses", outcome.value, "", "ended", f"{count}"
    for measure, count in (
        ("ended", plans.ended),
        ("completed", plans.completed),
        ("visits done", plans.done),
        ("visits planned", plans.planned),
        ("running now", plans.running),
        ("paused now", plans.paused),
        ("nothing booked now", plans.unbooked),
    ):
        yield "courses", "", "", measure, f"{count}"
    for source, count in report.sources:
        yield "first visits", source, "", "patients", f"{count}"


def _tally(one: Tally) -> Iterator[tuple[str, str]]:
    yield "seen", f"{one.seen}"
    yield "no-shows", f"{one.no_shows}"
    yield "no-show rate", _share(one.no_show_rate)
    yield "cancelled", f"{one.cancelled}"
    yield "cancelled late", f"{one.late}"
    yield "late rate", _share(one.late_rate)
    yield "left", f"{one.left}"
    yield "to come", f"{one.coming + one.here}"


def _spread(spread: Spread, report: Report) -> Iterator[tuple[str, str]]:
    limit = report.clinic.waiting.notice
    yield "visits", f"{spread.count}"
    for measure, minutes in (
        ("median minutes", spread.within(0.5)),
        ("90 % within minutes", spread.within(0.9)),
        ("longest minutes", spread.longest),
    ):
        yield measure, "" if minutes is None else f"{minutes}"
    yield f"share over {limit} minutes", _share(spread.over(limit))


def _share(part: float | None) -> str:
    return "" if part is None else f"{part:.4f}"
