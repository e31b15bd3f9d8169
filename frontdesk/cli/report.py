"""`frontdesk report`: a week or a month in numbers."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from frontdesk.cli.common import the_desk, today_of
from frontdesk.cli.output import document, out
from frontdesk.cli.progress import working
from frontdesk.domain.report import HOURS, Period, Report, Spread, Tally, use_share
from frontdesk.domain.time_text import iso_instant
from frontdesk.exchange.report_text import report_rows


def report(options: Namespace) -> None:
    """Prints it, or with `--csv` writes it as a table."""
    with the_desk(options) as desk:
        today = today_of(desk, desk.clinic.get())
        period = Period.said(options.what, today)
        with working("reading the visits"):
            found = desk.reports.load(period.kind, period.first)
        if options.csv is not None:
            written = desk.reports.write(found, Path(options.csv).expanduser())
        if options.json:
            document(_document(found))
        elif options.csv is not None:
            out(f"{found.period.words} is in {written}")
        else:
            for row in report_rows(found):
                out(row)


def _document(found: Report) -> dict[str, Any]:
    period, opened, days = found.period, found.open_minutes, found.open_days
    return {
        "period": period.kind.value,
        "from": period.first.isoformat(),
        "until": period.last.isoformat(),
        "as_of": iso_instant(found.at, found.clinic.timezone),
        "total": _tally(found.total),
        "before": _tally(found.before),
        "practitioners": [{"practitioner": name, **_tally(one)} for name, one in found.practitioners],
        "days": [{"day": day.isoformat(), "seen": seen} for day, seen in found.days],
        "rooms": [
            {
                "room": room.name,
                "hours": [
                    {
                        "hour": hour,
                        "minutes": round(room.minutes[hour]),
                        "share": _share(use_share(room.minutes[hour], opened[hour], 1, days)),
                    }
                    for hour in range(HOURS)
                    if room.minutes[hour] or opened[hour]
                ],
            }
            for room in found.rooms
        ],
        "waiting": [
            {"practitioner": name, "to_room": _spread(one.to_room), "to_practitioner": _spread(one.to_practitioner)}
            for name, one in (*found.waits, (None, found.all_waits))
        ],
        "courses": {
            "ended": found.plans.ended,
            "completed": found.plans.completed,
            "outcomes": {outcome.value: count for outcome, count in found.plans.outcomes.items()},
            "visits_done": found.plans.done,
            "visits_planned": found.plans.planned,
            "running": found.plans.running,
            "paused": found.plans.paused,
            "unbooked": found.plans.unbooked,
        },
        "first_visits": [{"source": source or None, "patients": count} for source, count in found.sources],
    }


def _tally(one: Tally) -> dict[str, Any]:
    return {
        "seen": one.seen,
        "no_shows": one.no_shows,
        "no_show_rate": _share(one.no_show_rate),
        "cancelled": one.cancelled,
        "late_cancelled": one.late,
        "late_rate": _share(one.late_rate),
        "left": one.left,
        "to_come": one.coming + one.here,
    }


def _spread(one: Spread) -> dict[str, Any]:
    return {"visits": one.count, "median": one.within(0.5), "within_90": one.within(0.9), "longest": one.longest}


def _share(part: float | None) -> float | None:
    return None if part is None else round(part, 4)
