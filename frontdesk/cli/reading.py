"""Verbs that read what has been: needles that were kept, the log."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.domain.time_text import iso_instant


def kept(options: Namespace) -> None:
    """Who was let go with needles on purpose, the soonest removal day first."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        still = desk.needles.kept()
        if options.json:
            document([as_json.kept(one, clinic.timezone) for one in still])
            return
        today = today_of(desk, clinic)
        rows = []
        for one in still:
            until = f"{one.remove_on:%Y-%m-%d}" if one.remove_on else "no day written down"
            due = "due" if one.is_due(today) else ""
            rows.append([until, due, f"{one.kept}", one.patient.name, one.practitioner, f"{one.appointment_id}"])
        table(rows)
        if not rows:
            out("nobody has needles kept by plan")


def log(options: Namespace) -> None:
    """The audit trail, newest first."""
    with the_desk(options) as desk:
        clinic = desk.clinic.load()
        zone = clinic.timezone if clinic else "UTC"
        entries = desk.log.latest(options.limit)
        if options.json:
            rows = [
                {
                    "at": iso_instant(one.at, zone),
                    "who": one.who,
                    "what": one.what,
                    "subject": one.subject,
                    "before": as_json.fields(one.before, zone),
                    "after": as_json.fields(one.after, zone),
                }
                for one in entries
            ]
            document(rows)
            return
        table(
            [
                [
                    f"{one.at.in_timezone(zone):%Y-%m-%d %H:%M:%S}",
                    one.who,
                    one.what,
                    one.subject,
                    _in_short(as_json.fields(one.after, zone) or {}),
                ]
                for one in entries
            ]
        )


def _in_short(fields: Mapping[str, Any]) -> str:
    """The simple facts of a change; lists and tables are for `--json`."""
    return ", ".join(
        f"{key}: {value}" for key, value in fields.items() if not isinstance(value, list | dict) and key != "version"
    )
