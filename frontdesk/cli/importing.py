"""`frontdesk import`: files of other programs, with a line on standard error while long ones are read."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from frontdesk.cli.common import the_desk, today_of, window_of
from frontdesk.cli.output import document, out
from frontdesk.desk.transfer import ImportOptions, ImportResult, Progress
from frontdesk.domain.errors import Refused
from frontdesk.text import visible


def import_files(options: Namespace) -> None:
    """Imports each file on its own; what can't be read is said at the end, and the others still go in."""
    results: list[ImportResult] = []
    refused: list[str] = []
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        first_day, last_day = window_of(options, today_of(desk, clinic))
        wanted = ImportOptions(
            first_day=first_day,
            last_day=last_day,
            practitioner=options.practitioner,
            service=options.service,
            room=options.room,
            columns=dict(_column(text) for text in options.column),
            day_first=options.day_first,
            dry_run=options.dry_run,
        )
        for name in options.files:
            try:
                results.append(desk.transfer.bring_in(Path(name), wanted, _progress(name)))
            except Refused as refusal:
                is_named = visible(str(Path(name))) in refusal.reason
                refused.append(refusal.reason if is_named else f"{name}: {refusal.reason}")
                continue
            if not options.json:
                _tell(results[-1], options.dry_run)
    if options.json:
        document([_as_json(one) for one in results])
    if refused:
        raise Refused("; ".join(refused))


def _column(text: str) -> tuple[str, str]:
    field, equals, header = text.partition("=")
    if not equals or not field or not header:
        raise Refused(f'--column wants FIELD=HEADER, like given=Vorname; "{text}" is neither')
    return field, header


def _as_json(one: ImportResult) -> dict[str, Any]:
    return {
        "file": one.file,
        "kind": one.kind.value,
        "created": one.created,
        "updated": one.updated,
        "unchanged": one.unchanged,
        "cancelled": one.cancelled,
        "rejected": [{"where": problem.where, "reason": problem.reason} for problem in one.rejected],
        "notes": [{"where": problem.where, "reason": problem.reason} for problem in one.notes],
    }


def _tell(one: ImportResult, dry_run: bool) -> None:
    counts = [
        (one.created, "created"),
        (one.updated, "updated"),
        (one.unchanged, "unchanged"),
        (one.cancelled, "cancelled"),
        (len(one.rejected), "rejected"),
    ]
    words = ", ".join(f"{count} {word}" for count, word in counts if count or word == "created")
    out(f"{one.file} ({one.kind.value}): {words}{' (dry run: nothing was changed)' if dry_run else ''}")
    for problem in one.rejected:
        out(f"  {one.file}, {problem.where}: rejected: {problem.reason}")
    for problem in one.notes:
        out(f"  {one.file}, {problem.where}: {problem.reason}")


def _progress(name: str) -> Progress | None:
    """A counter on one line of the terminal; silent where standard error is none."""
    if not sys.stderr.isatty():
        return None
    shown = visible(Path(name).name)

    def show(done: int, whole: int) -> None:
        end = "\r\x1b[K" if done >= whole else "\r"
        text = "" if done >= whole else f"{shown}: {done} of {whole}"
        sys.stderr.write(f"{text}{end}")
        sys.stderr.flush()

    return show
