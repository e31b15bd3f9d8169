"""Patients found, on standard output."""

from __future__ import annotations

from argparse import Namespace

from frontdesk.cli.common import the_desk
from frontdesk.cli.output import document, out, table


def find(options: Namespace) -> None:
    """Patients that the text may mean, best match first."""
    with the_desk(options) as desk:
        found = desk.lookup.find(" ".join(options.text), options.limit)
        if options.json:
            from frontdesk.cli import as_json

            document([as_json.found(one) for one in found])
            return
        rows = []
        for one in found:
            details = one.patient.details
            born = details.birth_date.isoformat() if details.birth_date else ""
            name = one.patient.name if one.is_sure else f"{one.patient.name} ≈"
            rows.append([f"{one.patient.id}", name, born, *(details.phones[:1] or ("",)), details.email])
        table(rows)
        if not rows:
            out("nobody found")
