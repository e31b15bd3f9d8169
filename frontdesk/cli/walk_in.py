"""`frontdesk walk-in`: somebody is here without an appointment."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk
from frontdesk.cli.output import document, out, table
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.time_text import iso_instant
from frontdesk.domain.walk_in import Estimate


def walk_in(options: Namespace) -> None:
    """Puts them into the queue at the shortest wait; with `--dry-run` only says the waits."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        found = desk.walk_ins.estimates(options.patient, options.service, options.practitioner)
        if options.dry_run:
            if options.json:
                document([_estimate(one, clinic) for one in found])
            elif not found:
                out("nothing fits any more today")
            else:
                table([_row(one, clinic) for one in found])
            return
        if not found:
            raise Refused(
                "nothing fits any more today: put them on the waiting list, or book it over somebody's time (--squeeze)"
            )
        done = desk.walk_ins.take(options.patient, options.service, found[0].place)
        if options.json:
            document({**as_json.appointment(done.appointment, clinic.timezone), **_expected(found[0], clinic)})
        else:
            out(f"{done.line}; {found[0].words}")


def _row(one: Estimate, clinic: Clinic) -> list[str]:
    local = one.expected.in_timezone(clinic.timezone)
    return [one.words, f"{local:%H:%M}", one.place.practitioner.name, one.place.room.name]


def _expected(one: Estimate, clinic: Clinic) -> dict[str, Any]:
    return {"expected": iso_instant(one.expected, clinic.timezone), "wait_minutes": one.wait_minutes}


def _estimate(one: Estimate, clinic: Clinic) -> dict[str, Any]:
    return {**as_json.slot(one.place, clinic.timezone), **_expected(one, clinic), "late_minutes": one.late_minutes}
