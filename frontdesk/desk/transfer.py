"""Files of other programs, taken in: the kind is recognised from the content, one transaction a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.errors import Problem, Refused
from frontdesk.exchange.decode import decode
from frontdesk.exchange.files import read_bytes
from frontdesk.store.engine import Writing

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a clinic's whole register is a tenth of this."""
WINDOW_DAYS = 366
"""How far ahead calendars are expanded, unless said otherwise."""

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


class FileKind(StrEnum):
    """What a file holds."""

    PATIENTS = "patients"
    CALENDAR = "calendar"


class ImportOptions(Struct, frozen=True):
    """What the person who imports may say; everything may be left out.

    `first_day` and `last_day` are a calendar's window. `practitioner`, `service` and `room` are for events that name
    none. `columns` says which column of a table holds a field, `day_first` how 03/04/1961 is read.
    """

    first_day: date | None = None
    last_day: date | None = None
    practitioner: str | None = None
    service: str | None = None
    room: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    dry_run: bool = False


class ImportResult(Struct, frozen=True):
    """What became of one file; `notes` is what was taken in a way worth knowing."""

    file: str
    kind: FileKind
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    cancelled: int = 0
    rejected: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as the log keeps them."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "cancelled": self.cancelled,
            "rejected": len(self.rejected),
        }

    @property
    def changed(self) -> bool:
        """Whether anything was (or in a dry run would be) written."""
        return bool(self.created or self.updated or self.cancelled)


Apply = Callable[[Writing], ImportResult]
"""Writes what was read of a file, within a transaction; what it returns is told even when nothing is kept."""


class _NothingKept(Exception):
    """Leaves a transaction without saving it: nothing was to change, or it was a dry run."""


class Transfer:
    """Takes files in."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def bring_in(self, path: Path, options: ImportOptions, progress: Progress | None = None) -> ImportResult:
        """Imports one file; good rows go in, bad ones are listed, the same file again changes nothing.

        Raises `Refused` for a file that can't be read as a whole; nothing is changed then.
        """
        data = read_bytes(path, LARGEST_FILE)
        kind = kind_of(data)
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
        today = self._context.today(clinic.timezone)
        # Imported when used: each kind brings libraries that the other does without.
        if kind is FileKind.CALENDAR:
            from frontdesk.desk import calendar_import

            apply = calendar_import.prepare(clinic, path.name, data, today, options, progress)
        else:
            from frontdesk.desk import patient_import

            own = self._context.store.database_id
            apply = patient_import.prepare(clinic, path.name, data, today, options, progress, database_id=own)
        return self._keep(kind, path.name, apply, options)

    def _keep(self, kind: FileKind, name: str, apply: Apply, options: ImportOptions) -> ImportResult:
        """One transaction with one entry in the log; a file that changes nothing leaves no trace."""
        result = ImportResult(name, kind)
        try:
            with self._context.writing() as writing:
                result = apply(writing)
                if options.dry_run or not result.changed:
                    raise _NothingKept
                writing.log(f"import.{kind.value}", f"file {name}"[:80], after=result.counts)
        except _NothingKept:
            pass
        return result


def kind_of(data: bytes) -> FileKind:
    """What a file holds, by its content alone; raises `Refused` for kinds that frontdesk does not read yet."""
    start = decode(data[:4096]).text.lstrip("\ufeff \t\r\n")
    head = start[:200].upper()
    if head.startswith("BEGIN:VCARD"):
        raise Refused("a vCard; frontdesk reads patients from tables (CSV) and appointments from calendars (iCalendar)")
    if "BEGIN:VCALENDAR" in start.upper() or head.startswith("BEGIN:"):
        return FileKind.CALENDAR
    if head.startswith(("{", "[")):
        raise Refused("JSON; frontdesk reads patients from tables (CSV) and appointments from calendars (iCalendar)")
    return FileKind.PATIENTS
