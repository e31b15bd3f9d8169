"""`frontdesk record` and `frontdesk erase`: one patient's whole record, written out, or gone for good."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from frontdesk.cli.common import the_desk
from frontdesk.cli.output import out
from frontdesk.domain.errors import Refused


def record(options: Namespace) -> None:
    """Writes everything that is kept of a patient into a file."""
    with the_desk(options) as desk:
        made = desk.records.write(options.patient, Path(options.to))
        out(f"the record of #{options.patient} is in {made}: health data, readable by you alone")


def erase(options: Namespace) -> None:
    """Erases a file; without the name once more it only says what would go."""
    with the_desk(options) as desk:
        if options.name is None:
            patient = desk.patients.get(options.patient)
            until = desk.records.kept_until(options.patient)
            when = f"it must be kept until {until.isoformat()}" if until else "it need not be kept"
            raise Refused(
                f"#{patient.id} {patient.name}: {when}. Erasing can't be undone; say it with the name once more:"
                f' frontdesk erase {patient.id} --name "{patient.name}"'
            )
        out(desk.records.erase(options.patient, options.name))
        out("Backups and copies made before still have it; older ones are yours to delete.")
