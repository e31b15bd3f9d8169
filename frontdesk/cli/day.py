"""The day and the rooms, on standard output; what only some of their options need is imported for those."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.cli.common import day_said, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.words import closed_words
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.board import RoomNow, RoomState, rooms_now
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.due import NEEDLES, Due
from frontdesk.domain.threshold import held_up
from frontdesk.domain.time_text import long_day

if TYPE_CHECKING:
    from frontdesk.desk.open import Desk


def agenda(options: Namespace) -> None:
    """The appointments and blocks of a day, in order."""
    with the_desk(options) as desk:
        sheet = desk.days.load(_day(desk, options.day))
        clinic = sheet.clinic
        lines: list[Appointment | Block] = [*sheet.appointments, *sheet.blocks]
        lines.sort(key=lambda one: (one.starts, one.id))
        if options.json:
            from frontdesk.cli import as_json

            rows = [
                as_json.appointment(one, clinic.timezone)
                if isinstance(one, Appointment)
                else as_json.block(one, clinic.timezone)
                for one in lines
            ]
            document(rows)
            return
        closed = f" · {closed_words(sheet)}" if sheet.closed is not None else ""
        out(f"{clinic.name} · {long_day(sheet.day)} {sheet.day.year}{closed}")
        if not lines:
            closure = clinic.closure_on(sheet.day)
            out(f"closed: {closure.reason or 'closure'}" if closure else "nothing is booked")
        now = desk.clock.now()
        table([_agenda_row(one, clinic, now) for one in lines])


def _day(desk: Desk, typed: list[str]) -> date | None:
    if not typed:
        return None
    from frontdesk.domain.day_asked import day_to_see  # reading what is typed takes as many modules as a day

    return day_said(typed, day_to_see, today_of(desk, desk.clinic.get()))


def _agenda_row(one: Appointment | Block, clinic: Clinic, now: DateTime) -> list[str]:
    timezone = clinic.timezone
    starts, ends = one.starts.in_timezone(timezone), one.ends.in_timezone(timezone)
    times = f"{starts:%H:%M}-{ends:%H:%M}"
    practitioner = one.practitioner.name if one.practitioner else ""
    room = one.room.name if one.room else ""
    if isinstance(one, Block):
        return [times, f"b{one.id}", f"({one.title})", "", practitioner, room, "cancelled" if one.cancelled else ""]
    squeezed = ", squeezed" if one.squeezed else ""
    held = held_up(one, clinic, now)
    waits = "" if held is None else f"{held.grade.mark} {held.what} {held.minutes} min".strip()
    status = f"{one.status.words}{squeezed}{f', {waits}' if waits else ''}"
    return [times, f"{one.id}", one.patient.name, one.service.name, practitioner, room, status]


def rooms(options: Namespace) -> None:
    """Every room and its timer, now."""
    with the_desk(options) as desk:
        sheet, now = desk.days.load(), desk.clock.now()
        board = rooms_now(sheet, now)
        if options.json:
            from frontdesk.cli import as_json
            from frontdesk.domain.projection import project

            free = project(sheet, now).rooms
            document([as_json.room(one, sheet.clinic.timezone, free.get(one.room.id)) for one in board])
            return
        table([_room_row(one) for one in board])


def _room_row(one: RoomNow) -> list[str]:
    visit = one.appointment if one.state is not RoomState.FREE else None
    timer = ""
    if one.state is RoomState.RETENTION and one.remaining_seconds is not None:
        left = abs(one.remaining_seconds)
        timer = f"{'+' if one.remaining_seconds < 0 else ''}{left // 60:02}:{left % 60:02}"
        if one.needles_alarm.rank:
            timer += f" {one.needles_alarm.mark} {'OVERDUE' if one.needles_alarm.rank == 3 else 'due'}"
    if one.ownerless:
        timer = f"{timer} ** NOBODY'S".strip()
    who = f"{visit.id}" if visit else ""
    beside = ", ".join(_timed(due) for due in one.dues if due.kind != NEEDLES)
    return [one.room.name, one.state.value.replace("_", " "), who, visit.patient.name if visit else "", timer, beside]


def _timed(due: Due) -> str:
    left = abs(due.remaining_seconds)
    sign = "+" if due.remaining_seconds < 0 else ""
    mark = f" {due.alarm.mark}" if due.alarm.rank else ""
    return f"{due.words} {sign}{left // 60:02}:{left % 60:02}{mark}"
