"""`frontdesk print`: sheets for the day on which the PC does not work."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from frontdesk.cli.common import day_said, the_desk, today_of
from frontdesk.cli.output import document, out
from frontdesk.cli.progress import working
from frontdesk.config import BadSetting, Workstation, read_workstation, workstation_file
from frontdesk.desk.papers import Written
from frontdesk.domain.day_asked import day_to_look_back_to, day_to_see
from frontdesk.domain.errors import Refused
from frontdesk.domain.paper import DayPaper, PaperPage
from frontdesk.domain.time_text import iso_instant

UNHURRIED = 10
"""By how much a sheet that nobody waits for gives way to other programs (see nice(1))."""


def print_sheet(options: Namespace) -> None:
    """One sheet, or with `--beside` those that are kept."""
    if options.sheet == "day" and options.beside:
        _keep(options)
        return
    pdf = _as_pdf(options)
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        today = today_of(desk, clinic)
        read = day_to_see if options.sheet == "day" else day_to_look_back_to
        day = day_said(options.day, read, today) or today
        paper = desk.papers.day(day) if options.sheet == "day" else desk.papers.close(day)
        if options.to is None:
            _show(paper, clinic.timezone, options)
            _tell_unlogged(desk.papers.printed(paper, "standard output"))
            return
        with working("setting the sheet"):
            written = desk.papers.write(
                paper, Path(options.to).expanduser(), pdf=pdf, width=options.columns, font=_font(_workstation())
            )
        if options.json:
            document(_file(written))
        else:
            out(f"the sheet of {paper.day_words} is in {written.file}: names and health data, readable by you alone")
            _tell_in_latin(written)
        _tell_unlogged(written.unlogged)


def _keep(options: Namespace) -> None:
    if options.to is not None or options.day or options.format is not None:
        raise Refused("--beside writes today's sheet and the next day's, both ways: leave out DAY, --to and --format")
    habits = _workstation()
    if options.if_older:
        with suppress(OSError, AttributeError):
            os.nice(UNHURRIED)
    with the_desk(options) as desk:
        folder = Path(habits.paper_folder) if habits.paper_folder else None
        kept = desk.papers.keep(folder, minutes=max(0, options.if_older), font=_font(habits))
        if options.json:
            document([_file(one) for one in kept])
            return
        for one in kept:
            out(f"{one.file}")
            _tell_in_latin(one)
        if not kept:
            out("nothing was written: the last sheets are not that old, or are being written at this moment")


def _as_pdf(options: Namespace) -> bool:
    pdf = options.format == "pdf" or (
        options.format is None and options.to is not None and options.to.lower().endswith(".pdf")
    )
    if pdf and options.to is None:
        raise Refused("a PDF needs a file: name one with --to FILE.pdf")
    return pdf


def _show(paper: DayPaper | PaperPage, timezone: str, options: Namespace) -> None:
    if options.json:
        document(_paper(paper, timezone))
        return
    from frontdesk.desk.papers import sheet_text

    for row in sheet_text(paper, options.columns).split("\n")[:-1]:
        out(row)


def _paper(paper: DayPaper | PaperPage, timezone: str) -> dict[str, Any]:
    # An instant is all in it that JSON has no words for.
    fields: dict[str, Any] = to_builtins(paper, enc_hook=lambda at: iso_instant(at, timezone))
    del fields["region"]
    return fields


def _file(written: Written) -> dict[str, Any]:
    return {"file": str(written.file), "in_latin": written.in_latin}


def _tell_in_latin(written: Written) -> None:
    if written.in_latin:
        names = "name is" if written.in_latin == 1 else "names are"
        out(
            f"{written.in_latin} {names} in Latin letters, with the code points on the last page: no font here has"
            " theirs. `pip install 'frontdesk[cjk]'` brings Chinese, Japanese and Korean; paper_font in"
            " workstation.toml names any other"
        )


def _tell_unlogged(why: str) -> None:
    if why:
        sys.stderr.write(f"frontdesk: printed, but that is not in the log: {why}\n")


def _workstation() -> Workstation:
    try:
        return read_workstation(workstation_file())
    except BadSetting as error:
        raise Refused(str(error)) from None


def _font(habits: Workstation) -> Path | None:
    return Path(habits.paper_font) if habits.paper_font else None
