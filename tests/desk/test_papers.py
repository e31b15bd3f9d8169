"""The day on paper: what stands on it, and the sheets that are kept for when the PC dies."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from wcwidth import wcswidth

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.paper import PaperVisit
from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.visit import Status
from frontdesk.exchange import paper_pdf
from frontdesk.exchange.paper_text import day_text
from frontdesk.holding import hold
from frontdesk.store.engine import Store
from tests.desk.conftest import local

GOLDEN = Path(__file__).parent / "goldens" / "day-80.txt"


@pytest.fixture
def morning(desk: Desk, booked: Callable[..., Appointment], clock: ManualClock) -> Desk:
    """Monday 10:40: needles in one patient, a count owed of another; one to come, one who called off."""
    garcia = booked("Garcia, Maria", "10:00", room="Room 1")
    hoda = booked("حداد, هدى", "10:05", practitioner="Dr Okafor", room="Room 2")
    booked("王, 小明", "11:00", room="Room 2")
    gone = booked("Weber, Jonas", "14:00")
    booked("Tomorrow, Tom", "2026-11-24 09:00")
    details = replace(
        desk.patients.get(garcia.patient.id).details,
        phones=("416 555 0134",),
        flags=(Flag(FlagKind.REDUCED_SENSATION), Flag(FlagKind.ANTICOAGULANT)),
    )
    desk.patients.save(garcia.patient.id, garcia.patient.version, details)
    clock.instant = local("2026-11-23 10:15")
    desk.needles.put_in(garcia.id, 12)
    desk.needles.put_in(hoda.id, 9)
    clock.move(minutes=25)
    desk.needles.take_out(hoda.id, None)
    desk.visits.cancel(gone.id, "ill")
    return desk


def test_the_sheet_tells_what_has_happened_and_leaves_room_for_what_has_not(morning: Desk) -> None:
    text = day_text(morning.papers.day(), 80)
    if os.environ.get("FRONTDESK_REGOLD"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    for width in (80, 100):
        rows = day_text(morning.papers.day(), width).splitlines()
        assert max(wcswidth(row) for row in rows) == width, "the page is used and nothing runs over its edge"


def test_today_and_the_next_booked_day_are_kept_and_yesterday_goes(
    morning: Desk, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a PDF says has tests of its own, and takes its time.
    monkeypatch.setattr(paper_pdf, "day_pdf", lambda paper, font: paper_pdf.Printed(b"%PDF-" + paper.as_of.encode()))
    folder = tmp_path / "paper"
    assert morning.papers.is_due(folder)
    kept = [one.file.name for one in morning.papers.keep(folder)]
    name = morning.context.store.backend.name
    assert kept == [
        f"{name}-day-2026-11-23.txt",
        f"{name}-day-2026-11-24.txt",
        f"{name}-day-2026-11-23.pdf",
        f"{name}-day-2026-11-24.pdf",
    ]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, "names and health data"
    assert (folder / kept[2]).read_bytes().startswith(b"%PDF-")

    first = (folder / kept[0]).read_text(encoding="utf-8")
    clock.move(minutes=59)
    assert not morning.papers.is_due(folder)
    assert morning.papers.keep(folder, minutes=60) == ()
    clock.move(minutes=1)
    assert morning.papers.is_due(folder)
    assert morning.papers.keep(folder, minutes=60)
    assert "as of Mon 23 Nov 11:40" in (folder / kept[0]).read_text(encoding="utf-8")
    assert first != (folder / kept[0]).read_text(encoding="utf-8")

    mine = folder / "notes.txt"
    mine.write_text("bring milk", encoding="utf-8")
    (folder / f".{name}-day-2026-11-23.pdf.0a1b2c3d.part").write_bytes(b"%PDF-")
    clock.instant = local("2026-11-24 08:30")
    assert morning.papers.is_due(folder), "today's is not there as of today"
    morning.papers.keep(folder)
    left = sorted(path.name for path in folder.iterdir())
    assert left == [".being-written", f"{name}-day-2026-11-24.pdf", f"{name}-day-2026-11-24.txt", "notes.txt"]


def test_one_process_writes_and_a_place_that_takes_no_files_is_said(morning: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    with hold(folder / ".being-written"):
        assert morning.papers.keep(folder) == ()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="the day on paper can't be kept in"):
        morning.papers.keep(tmp_path / "file" / "paper")


def test_a_sheet_is_written_into_a_new_file_only(morning: Desk, tmp_path: Path) -> None:
    paper = morning.papers.day(date(2026, 11, 24))
    target = tmp_path / "sheet.txt"
    assert morning.papers.write(paper, target, pdf=False, width=100).file == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "Tomorrow, Tom" in target.read_text(encoding="utf-8")
    with pytest.raises(Refused, match="exists already"):
        morning.papers.write(paper, target, pdf=False, width=100)


def test_what_leaves_the_program_is_in_the_log_and_makes_no_close_an_old_one(
    desk: Desk, booked: Callable[..., Appointment], clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = booked("Garcia, Maria", "10:00")
    clock.instant = local("2026-11-23 18:00")
    desk.closing.close(no_shows=True)
    assert desk.undo.last(visit.id).appointment.status is Status.BOOKED
    assert not desk.closing.look().is_closed
    written = desk.papers.write_close(None, tmp_path / "close.txt")
    assert "Garcia, Maria" in written.file.read_text(encoding="utf-8")
    assert desk.papers.printed(desk.papers.day(), "standard output") == ""
    desk.papers.keep(tmp_path / "paper")
    desk.reminders.export(tmp_path / "list.csv", date(2026, 11, 23))
    desk.reminders.calendar(visit.id, tmp_path / "one.ics")
    told = [(one.what, one.subject, one.after) for one in reversed(desk.log.latest(5))]
    assert [one[:2] for one in told] == [
        ("paper.print", "sheet 2026-11-23"),
        ("paper.print", "sheet 2026-11-23"),
        ("paper.keep", "sheet 2026-11-23"),
        ("reminder.export", "reminders 2026-11-23"),
        ("calendar.export", f"appointment {visit.id}"),
    ]
    assert told[0][2] == {"sheet": "close", "to": "close.txt"}
    assert told[1][2] == {"sheet": "day", "to": "standard output"}
    assert not desk.closing.look().is_closed, "what was changed after the close still is"
    # Handed out, the visit is what it was, and its last step can still be taken back.
    assert desk.visits.get(visit.id).version == desk.undo.last(visit.id).appointment.version - 1

    # A sheet is for when nothing else works: it is written though the log can't be.
    def full(*_: object, **__: object) -> None:
        raise Unavailable("the disk is full")

    monkeypatch.setattr(Store, "write", full)
    made = desk.papers.write_close(None, tmp_path / "again.txt")
    assert made.unlogged == "the disk is full"
    assert made.file.exists()


def test_hostile_names_reach_neither_printer_nor_columns(desk: Desk) -> None:
    paper = desk.papers.day()
    visit = paper.practitioners[0]
    name = "\x1b[2J\u202e\x0cEvil\n, \u2066name" + "字" * 90
    evil = PaperVisit("10:00", "10:45", name, 7, "\x07416", "S\u202eX", "P", "R\n1")
    hostile = replace(paper, practitioners=(replace(visit, visits=(evil,)),), rooms=(replace(visit, visits=(evil,)),))
    text = day_text(hostile, 80)
    assert not set(text) & set("\x1b\x0c\x07\u202e\u2066")
    assert max(wcswidth(row) for row in text.splitlines()) <= 80
    assert "Evil , name字" in text
