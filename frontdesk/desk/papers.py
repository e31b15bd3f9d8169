"""The day on paper: the sheet of a day written when asked for, and kept beside the database for when the PC dies.

Reads and writes files, changes nothing in the database, and so needs no entry in the log.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from frontdesk.desk.close_page import close_page
from frontdesk.desk.closing import Closing, next_day
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.days import Days
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.paper import DayPaper, PaperPage, day_paper
from frontdesk.exchange.paper_text import day_text, page_text
from frontdesk.holding import hold
from frontdesk.store import kept_needles, snapshot
from frontdesk.text import visible

HOURLY = 60
"""Minutes after which the sheet that lies beside the database is written anew."""
_BUSY = ".being-written"


Sheet = DayPaper | PaperPage


class Written(Struct, frozen=True):
    """A file that was written, and how many names in it are in Latin letters for lack of a font.

    `unlogged` says why that it was written is not in the log; empty where it is.
    """

    file: Path
    in_latin: int = 0
    unlogged: str = ""


class Papers:
    """Writes day sheets."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def day(self, day: date | None = None) -> DayPaper:
        """What the sheet of a day says now; today's unless said otherwise."""
        sheet = Days(self._context).load(day)
        with self._context.store.glance() as connection:
            kept = kept_needles.still_in(connection)
        return day_paper(sheet, kept, self._context.clock.now())

    def close(self, day: date | None = None) -> PaperPage:
        """The close of a day as a page, whether it is closed or not."""
        found = Closing(self._context).look(day)
        return close_page(found, self._context.clock.now())

    def write(self, paper: Sheet, target: Path, *, pdf: bool, width: int, font: Path | None = None) -> Written:
        """Writes a sheet into a new file (0600), and that it was, into the log.

        Raises `Refused` where the file is there already or can't be written.
        """
        data, in_latin = _made(paper, pdf=pdf, width=width, font=font)
        snapshot.publish_data(target, data)
        return Written(target, in_latin, self.printed(paper, target.name))

    def write_close(self, day: date | None, target: Path, *, font: Path | None = None) -> Written:
        """Writes the close of a day into a new file: as PDF where its name says so, else as text."""
        return self.write(self.close(day), target, pdf=target.suffix.lower() == ".pdf", width=80, font=font)

    def printed(self, paper: Sheet, where: str) -> str:
        """Writes into the log that a sheet left the program, and where to; gives why that can't be written.

        A sheet is for when nothing else works: one that can be read is printed though nothing can be written.
        """
        kind = "day" if isinstance(paper, DayPaper) else "close"
        return self._noted("paper.print", paper.day, {"sheet": kind, "to": where})

    def folder(self, named: Path | None = None) -> Path:
        """Where the sheets lie that are kept: `paper` beside the database, or where the workstation says."""
        return named.expanduser() if named is not None else self._context.store.backend.folder / "paper"

    def is_due(self, named: Path | None = None, minutes: int = HOURLY) -> bool:
        """Whether today's sheet is not there, or was written over so many minutes ago; looks at one file."""
        zone = self._zone()
        if zone is None:
            return False
        now = self._context.clock.now()
        try:
            written = self._file(self.folder(named), local_day(now, zone), "txt").stat().st_mtime
        except OSError:
            return True
        return not 0 <= now.timestamp() - written < minutes * 60

    def of_today(self, named: Path | None = None) -> Path | None:
        """Today's sheet among those that are kept, the PDF before the text; None where there is neither."""
        zone = self._zone()
        if zone is None:
            return None
        today = local_day(self._context.clock.now(), zone)
        files = (self._file(self.folder(named), today, suffix) for suffix in ("pdf", "txt"))
        return next((file for file in files if file.is_file()), None)

    def keep(self, named: Path | None = None, *, minutes: int = 0, font: Path | None = None) -> tuple[Written, ...]:
        """Writes today's sheet and that of the next day on which anybody is booked, each as text and as PDF.

        The newest of each day takes the place of the one before; days that are over go. Does nothing while today's is
        younger than `minutes`, or another process is at it. Raises `Refused` where it can't be written.
        """
        folder = self.folder(named)
        try:
            _prepare(folder)
            with hold(folder / _BUSY):
                return self._keep(folder, font) if self.is_due(named, minutes) else ()
        except BlockingIOError:
            return ()
        except OSError as error:
            why = (error.strerror or "it is no place for files").lower()
            raise Refused(f"the day on paper can't be kept in {visible(str(folder))}: {why}") from None

    def _keep(self, folder: Path, font: Path | None) -> tuple[Written, ...]:
        today = self.day()
        with self._context.store.glance() as connection:
            following, booked = next_day(connection, clinic_of(connection), today.day)
        papers = [today, *([self.day(following)] if booked else ())]
        kept = [self._put(folder, paper, "txt", None) for paper in papers]
        # After the text, which needs no font and no time: should a PDF fail, that is there.
        kept += [self._put(folder, paper, "pdf", font) for paper in papers]
        name = re.escape(self._context.store.backend.name)
        own = re.compile(name + r"-day-(\d{4}-\d{2}-\d{2})\.(?:txt|pdf)")
        # Of a process that was ended while it wrote: none writes now but this one.
        half = re.compile(r"\." + name + r"-day-.*\.part")
        self._noted("paper.keep", today.day, {"files": [one.file.name for one in kept]})
        for path in folder.iterdir():
            match = own.fullmatch(path.name)
            if (match and match.group(1) < today.day.isoformat()) or half.fullmatch(path.name):
                path.unlink(missing_ok=True)
        return tuple(kept)

    def _put(self, folder: Path, paper: DayPaper, suffix: str, font: Path | None) -> Written:
        data, in_latin = _made(paper, pdf=suffix == "pdf", width=80, font=font)
        target = self._file(folder, paper.day, suffix)
        with snapshot.scratch_file(folder, target.name) as scratch:
            scratch.write_bytes(data)
            # By the clinic's clock, which may be another than this machine's.
            os.utime(scratch, (paper.at.timestamp(), paper.at.timestamp()))
            snapshot.sync(scratch)
            scratch.replace(target)
        snapshot.sync(folder)
        return Written(target, in_latin)

    def _file(self, folder: Path, day: date, suffix: str) -> Path:
        return folder / f"{self._context.store.backend.name}-day-{day.isoformat()}.{suffix}"

    def _noted(self, what: str, day: date, after: dict[str, Any]) -> str:
        try:
            with self._context.writing() as writing:
                # Not about the day itself: a close is not an old one because somebody printed it.
                writing.log(what, f"sheet {day.isoformat()}", after=after)
        except Refused as refused:
            return refused.reason
        return ""

    def _zone(self) -> str | None:
        with self._context.store.glance() as connection:
            try:
                return clinic_of(connection).timezone
            except Refused:
                return None


def _made(paper: Sheet, *, pdf: bool, width: int, font: Path | None) -> tuple[bytes, int]:
    if not pdf:
        return sheet_text(paper, width).encode(), 0
    # Imported when used: it loads fonts.
    from frontdesk.exchange import paper_pdf

    font = font.expanduser() if font is not None else None
    printed = paper_pdf.day_pdf(paper, font) if isinstance(paper, DayPaper) else paper_pdf.page_pdf(paper, font)
    return printed.data, printed.in_latin


def sheet_text(paper: Sheet, width: int) -> str:
    """A sheet as plain text in rows of at most `width` cells."""
    return day_text(paper, width) if isinstance(paper, DayPaper) else page_text(paper, width)


def _prepare(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)
