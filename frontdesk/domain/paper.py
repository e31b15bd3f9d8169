"""The day on paper: what the desk needs to go on by hand when the PC does not, as plain words.

What has happened stands there; what has not is empty, to be written in: who came when, needles in and out with their
counts. Nothing here knows pages or files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.cautions import needle_cautions
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import local_day
from frontdesk.domain.kept import KeptNeedles, removal_words
from frontdesk.domain.patient import FlagKind
from frontdesk.domain.plan import Progress
from frontdesk.domain.time_text import clock_of, long_day, moment_text
from frontdesk.domain.visit import ENDED_UNSEEN

WALK_INS = 3
"""Empty lines at the end of each practitioner's list."""


class PaperVisit(Struct, frozen=True):
    """One visit as it stands on the sheet; times are the clinic's own, `10:40`, and empty while it has not happened."""

    starts: str = ""
    ends: str = ""
    name: str = ""
    number: int | None = None
    """The patient's, by which their file is found again; None on an empty line."""
    phone: str = ""
    service: str = ""
    practitioner: str = ""
    room: str = ""
    retention: str = ""
    """`25 min (20-30)`."""
    leave_by: str = ""
    cautions: tuple[str, ...] = ()
    """What must be seen before anything is done."""
    remarks: tuple[str, ...] = ()
    came: str = ""
    went_in: str = ""
    count_in: str = ""
    due: str = ""
    went_out: str = ""
    count_out: str = ""
    kept: str = ""
    left: str = ""


EMPTY = PaperVisit()
"""A line for whoever walks in."""


class PaperGroup(Struct, frozen=True):
    """A practitioner's list, or a room's; `notes` are time off and what else is said of the whole day."""

    title: str
    visits: tuple[PaperVisit, ...] = ()
    notes: tuple[str, ...] = ()


class DayPaper(Struct, frozen=True):
    """A whole day sheet."""

    clinic: str
    region: str
    """Where the clinic is, as its telephone numbers have it: that says which paper is in the printer."""
    day: date
    at: DateTime
    """The instant that it tells."""
    as_of: str
    """The same in the clinic's time: `Mon 23 Nov 10:40`."""
    house: tuple[str, ...] = ()
    """Who is in the house at that instant, needles in first."""
    practitioners: tuple[PaperGroup, ...] = ()
    rooms: tuple[PaperGroup, ...] = ()
    kept: tuple[str, ...] = ()
    """Needles in by plan, the soonest removal day first."""
    not_coming: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def day_words(self) -> str:
        """`Monday 23 November 2026`."""
        return f"{long_day(self.day)} {self.day.year}"


class PaperSection(Struct, frozen=True):
    """Lines under a title; each is one fact."""

    title: str
    lines: tuple[str, ...] = ()


class PaperPage(Struct, frozen=True):
    """A sheet of sections: the close of a day."""

    title: str
    clinic: str
    region: str
    day: date
    at: DateTime
    as_of: str
    sections: tuple[PaperSection, ...] = ()

    @property
    def day_words(self) -> str:
        """`Monday 23 November 2026`."""
        return f"{long_day(self.day)} {self.day.year}"


RULES = (
    "Write down every time and every count. Needles due: the time in, and the minutes after it.",
    "Nobody leaves before needles out and kept by plan make up needles in; two people look for what is missing.",
    "Two visits in one room, or one practitioner's hands in two places: look at both lists before you promise a time.",
    "When the PC is back, type in what stands here, the oldest first: needles in and out with their counts, who came.",
)
"""What stands at the foot of the sheet: the program's own rules, for people."""


def day_paper(sheet: DaySheet, kept: Sequence[KeptNeedles], now: DateTime) -> DayPaper:
    """The sheet of a day at an instant."""
    clinic, zone = sheet.clinic, sheet.clinic.timezone
    taking = [one for one in sheet.appointments if one.status not in ENDED_UNSEEN]
    closure = clinic.closure_on(sheet.day)
    notes = [f"closed: {closure.reason or 'closure'}"] if closure else []
    notes += [_block_words(one, zone) for one in sheet.blocks if _is_for_all(one)]
    return DayPaper(
        clinic.name,
        clinic.phone_region,
        sheet.day,
        now,
        moment_text(now, zone),
        tuple(_house_words(one, clinic, now) for one in sorted(sheet.in_house, key=_by_urgency)),
        tuple(_practitioners(sheet, taking)),
        tuple(_rooms(clinic, taking)),
        tuple(_kept_words(one, sheet.day) for one in kept),
        tuple(_gone_words(one, zone) for one in sheet.appointments if one.status in ENDED_UNSEEN),
        tuple(notes),
    )


def _practitioners(sheet: DaySheet, taking: Iterable[Appointment]) -> Iterable[PaperGroup]:
    clinic = sheet.clinic
    taking = list(taking)
    known = {one.id for one in clinic.practitioners}
    others = {one.in_charge.id: one.in_charge for one in taking if one.in_charge.id not in known}
    for who in (*clinic.practitioners, *others.values()):
        own = [one for one in taking if one.in_charge.id == who.id]
        works = not who.retired and bool(clinic.hours_of(who, sheet.day))
        if not own and not works:
            continue
        blocks = [one for one in sheet.blocks if _is_of(one, who)]
        yield PaperGroup(
            who.name,
            tuple(paper_visit(one, clinic, sheet.plans.get(one.patient.id)) for one in own),
            tuple(_block_words(one, clinic.timezone) for one in blocks),
        )


def _rooms(clinic: Clinic, taking: Iterable[Appointment]) -> Iterable[PaperGroup]:
    taking = list(taking)
    known = {one.id for one in clinic.rooms}
    others = {one.room.id: one.room for one in taking if one.room is not None and one.room.id not in known}
    for room in (*clinic.rooms, *others.values()):
        own = [one for one in taking if one.room is not None and one.room.id == room.id]
        if own or not room.retired:
            yield PaperGroup(room.name, tuple(paper_visit(one, clinic) for one in own))
    nowhere = [one for one in taking if one.room is None]
    if nowhere:
        yield PaperGroup("No room yet", tuple(paper_visit(one, clinic) for one in nowhere))


def paper_visit(visit: Appointment, clinic: Clinic, plan: Progress | None = None) -> PaperVisit:
    """One visit in words; a second retention of the same visit is told in the remarks."""
    zone, service, facts = clinic.timezone, visit.service, visit.facts
    retention = visit.retention
    details = visit.patient.shown
    window = f"{service.retention_earliest}-{service.retention_latest}"
    leave = retention.leave_by if retention is not None and retention.leave_by else visit.leave_by
    return PaperVisit(
        starts=_clock(visit.starts, zone),
        ends=_clock(visit.ends, zone),
        name=visit.patient.name,
        number=visit.patient.id,
        phone=details.phones[0] if details.phones else "",
        service=service.name,
        practitioner=visit.in_charge.name,
        room=visit.room.name if visit.room else "",
        retention=f"{retention.planned_minutes if retention else visit.retention_minutes} min ({window})",
        leave_by=_clock(leave, zone),
        cautions=cautions_of(visit, local_day(visit.starts, zone)),
        remarks=tuple(_remarks(visit, plan)),
        came=_clock(facts.arrived_at, zone),
        went_in=_clock(retention.in_at, zone) if retention else "",
        count_in=f"{retention.count_in}" if retention else "",
        due=_clock(retention.due_at, zone) if retention else "",
        went_out=_clock(retention.out_at, zone) if retention else "",
        count_out="" if retention is None or retention.count_out is None else f"{retention.count_out}",
        kept=f"{retention.kept}" if retention is not None and retention.count_out is not None else "",
        left=_clock(facts.ended_at, zone),
    )


def cautions_of(visit: Appointment, day: date) -> tuple[str, ...]:
    """The patient's flags that hold on a day, and a faint risk that no flag says."""
    flags = visit.patient.shown.flags_on(day)
    said = [flag.words for flag in flags]
    if not any(flag.kind is FlagKind.FAINTS for flag in flags):
        said += [one.shown for one in needle_cautions(visit.patient, visit.starts, day)]
    return tuple(said)


def _remarks(visit: Appointment, plan: Progress | None) -> Iterable[str]:
    if visit.patient.shown.known_as:
        yield f"known as {visit.patient.shown.known_as}"
    if plan is not None and plan.words:
        yield f"plan {plan.words}"
    if visit.squeezed:
        yield "squeezed in"
    if visit.holder is not None:
        yield f"was {visit.practitioner.name}'s"
    if visit.count_owed:
        yield "COUNT OWED"
    for side in visit.retentions[:-1]:
        out = "count owed" if side.count_out is None else f"{side.count_out} out, {side.kept} kept"
        yield f"before: {side.count_in} needles in, {out}"


def _house_words(visit: Appointment, clinic: Clinic, now: DateTime) -> str:
    zone, retention = clinic.timezone, visit.retention
    where = visit.room.name if visit.room is not None and visit.holds_room else "waiting"
    # A name that is written from right to left would take a number that follows it to its other side.
    who = f"{where}: #{visit.patient.id} {visit.patient.name}, {visit.in_charge.name}"
    if retention is None or not (visit.needles_are_in or visit.count_owed):
        return f"{who}: {visit.status.words}, here since {_clock(visit.facts.arrived_at, zone) or 'earlier'}"
    if visit.count_owed:
        return f"{who}: COUNT OWED, {retention.count_in} needles went in at {_clock(retention.in_at, zone)}"
    late = " OVERDUE" if now > retention.latest_at else " DUE" if now >= retention.due_at else ""
    leave = f", must leave by {_clock(retention.leave_by, zone)}" if retention.leave_by else ""
    return (
        f"{who}: {retention.count_in} NEEDLES IN since {_clock(retention.in_at, zone)}, due out"
        f" {_clock(retention.due_at, zone)}, at the latest {_clock(retention.latest_at, zone)}{leave}{late}"
    )


def _by_urgency(visit: Appointment) -> tuple[bool, DateTime, int]:
    counted = visit.retention is not None and (visit.needles_are_in or visit.count_owed)
    return not counted, visit.retention.due_at if counted and visit.retention else visit.starts, visit.id


def _kept_words(one: KeptNeedles, day: date) -> str:
    who = f"#{one.patient.id} {one.patient.name}, {one.practitioner}"
    return f"{who}: {one.kept} in by plan, {removal_words(one, day)}"


def _gone_words(visit: Appointment, zone: str) -> str:
    return f"{_clock(visit.starts, zone)} {visit.patient.name}, {visit.practitioner.name}: {visit.status.words}"


def _is_for_all(block: Block) -> bool:
    return not block.cancelled and block.practitioner is None


def _is_of(block: Block, who: Practitioner) -> bool:
    return not block.cancelled and block.practitioner is not None and block.practitioner.id == who.id


def _block_words(block: Block, zone: str) -> str:
    when = "all day" if block.all_day else f"{_clock(block.starts, zone)}-{_clock(block.ends, zone)}"
    where = f"{block.room.name}: " if block.room is not None else ""
    return f"{when} {where}{block.called or 'time off'}"


def _clock(instant: DateTime | None, zone: str) -> str:
    return "" if instant is None else clock_of(instant, zone)
