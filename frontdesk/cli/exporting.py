"""`frontdesk export`: the clinic's patients or its calendar, in a file that other programs read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from frontdesk.cli.common import the_desk, today_of, window_of
from frontdesk.cli.output import document, out
from frontdesk.cli.progress import working
from frontdesk.desk.exporting import Exported, ExportKind
from frontdesk.domain.plurals import number_of


def export(options: Namespace) -> None:
    """Writes the file and says what is in it."""
    kind, target = ExportKind(options.what), Path(options.to)
    with the_desk(options, create=False) as desk:
        if kind is ExportKind.CALENDAR:
            today = today_of(desk, desk.clinic.get())
            first, last = window_of(options, today)
            with working("writing the calendar"):
                done = desk.exports.calendar(target, first, last)
        else:
            with working("writing the patients"):
                done = desk.exports.patients(kind, target)
    if options.json:
        document({"file": str(done.file), "what": done.kind.value, **done.facts})
    else:
        out(f"{_words(done)} in {done.file}: health data, readable by you alone")


def _words(done: Exported) -> str:
    if done.kind is ExportKind.CALENDAR:
        visits = number_of(done.appointments, "appointment")
        return f"{visits} and {number_of(done.blocks, 'block')} from {done.first_day} until {done.last_day} are"
    retired = f" ({done.retired} of them retired)" if done.retired else ""
    return f"{number_of(done.patients, 'patient')}{retired} {'is' if done.patients == 1 else 'are'}"
