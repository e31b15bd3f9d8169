"""A patient's file as lines: its head, and the rows of its sections, broken to the cells there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pendulum import DateTime

from frontdesk.desk.file_words import FileRow, day_words, flag_words, intake_rows, person_rows
from frontdesk.desk.files import PatientSheet
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import Scale, Taken, courses
from frontdesk.domain.time_text import clock_of, column_day, date_text
from frontdesk.domain.visit import ENDED
from frontdesk.text import visible, visible_lines
from frontdesk.ui.layout.cells import Line, Span, cut, pad, width, wrapped, wrapped_spans
from frontdesk.ui.layout.course import course_line
from frontdesk.ui.layout.day_words import SIGNS, ended_words, status_span
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.layout.plan_lines import here_for, package_lines, plan_lines
from frontdesk.ui.widgets.pick_list import Item

Key = tuple[str, object, int]
"""What a row stands for: its kind, which one, and which row of it."""
LABEL = 14
"""Cells of a label."""
FLAG_ROWS = 2
"""Rows of flags in the head; the section has them all."""


def head_lines(sheet: PatientSheet, today: date, zone: str, cells: int) -> tuple[Line, ...]:
    """Who it is, in every section: name, birth date, phone, the flags before all else, how far the plan has gone."""
    patient, file, hidden = sheet.patient, sheet.shown.file, is_private()
    details = patient.shown
    name = [Span(f" {visible(patient.name)}", "strong")]
    if details.original_name:
        name.append(Span(f"  {visible(details.original_name)}", "strong"))
    if details.known_as:
        name.append(Span(f" “{visible(details.known_as)}”"))
    if file.pronunciation:
        name.append(Span(f"  say: {visible(file.pronunciation)}", "dim"))
    if details.deceased_on:
        when = "" if hidden else f" {day_words(details.deceased_on)}"
        name.append(Span(f"  † deceased{when}", "warn"))
    elif details.retired:
        name.append(Span("  retired", "warn"))
    age = patient.age_on(today)
    born = day_words(details.birth_date) or "birth date unknown"
    parts = (
        f"{born}{f' ({age})' if age is not None else ''}",
        details.sex.value if details.sex else "",
        file.pronouns,
        f"#{patient.id}",
        details.phones[0] if details.phones else "no phone",
        file.language,
    )
    known = FILE_HIDDEN if hidden else " · ".join(visible(part) for part in parts if part)
    lines: list[Line] = wrapped_spans(name, cells - 1, indent=" ")
    lines += [(Span(f" {row}", "dim"),) for row in wrapped(known, cells - 2)]
    flags = details.flags_on(today)
    if flags:
        rows = wrapped(" · ".join(visible(flag.words) for flag in flags), cells - 4)
        if len(rows) > FLAG_ROWS:
            rows = [*rows[: FLAG_ROWS - 1], f"{cut(rows[FLAG_ROWS - 1], cells - 6)} …"]
        lines += [(Span(f" {'⚠' if not n else ' '} {row}", "warn"),) for n, row in enumerate(rows)]
    shown = sheet.shown
    current = next((one for one in shown.plans if one.plan.is_open), None)
    lines += plan_lines(current, today, zone, cells, here_for((*shown.history.coming, *shown.history.past)))
    lines += package_lines(shown.packages, today, cells)
    return tuple(lines)


def person_items(sheet: PatientSheet, today: date, cells: int) -> list[Item[Key]]:
    """Who they are and how to reach them; Enter on a row changes that."""
    return _rows("person", person_rows(sheet.patient, sheet.shown.file, today), cells)


def intake_items(sheet: PatientSheet, cells: int) -> list[Item[Key]]:
    """The intake that holds, and a row for each before it."""
    intakes = sheet.shown.intakes
    if not intakes:
        return []
    latest = intakes[0]
    items = _rows("intake", intake_rows(latest), cells, which=latest.id)
    for one in intakes[1:]:
        complaint = Span(cut(one.complaint or "no complaint", 200))
        who = (Span(f" {cut(one.taken_by, 12)} ", "dim"),)
        items.append(Item(("intake", one.id, 0), (Span(f"{day_words(one.taken_on)}  ", "dim"), complaint), who))
    return items


def score_items(sheet: PatientSheet, zone: str, cells: int) -> list[Item[Key]]:
    """The course of each scale, then each time they were taken, the latest first."""
    taken = sheet.shown.taken
    items: list[Item[Key]] = [
        Item(("course", scale.value, 0), course_line(scale.value.capitalize(), points, cells - 3))
        for scale, points in courses(taken)
    ]
    for one in taken:
        at = one.at.in_timezone(zone)
        points = points_words(one)
        # Who took them gives way to what was said.
        room = min(12, cells - 2 - 12 - width(points) - 2)
        by = (Span(f" {cut(one.taken_by, room)} ", "dim"),) if room >= 6 else ()
        items.append(Item(("scores", one.id, 0), (Span(f"{date_text(at)}  ", "dim"), Span(points)), by))
    return items


def points_words(taken: Taken) -> str:
    """`pain  4  sleep  2`, each in its own column."""
    return "  ".join(
        f"{scale.value} {points:2}" if points is not None else " " * (len(scale.value) + 3)
        for scale in Scale
        for points in (taken.shown.of(scale),)
    )


def flag_items(sheet: PatientSheet, today: date, cells: int) -> list[Item[Key]]:
    """What holds, and below it what is over."""
    order = sorted(enumerate(sheet.patient.shown.flags), key=lambda pair: (pair[1].is_over(today), pair[0]))
    items: list[Item[Key]] = []
    for place, flag in order:
        over = flag.is_over(today)
        role, mark = ("dim", "past: ") if over else ("warn", "⚠ ")
        rows = wrapped(f"{mark}{visible(flag.words)}", max(8, cells - 3))
        items += [Item(("flag", place, n), (Span(row, role),)) for n, row in enumerate(rows)]
        more = visible(flag_words(flag))
        if more:
            items.append(Item(("flag", place, len(rows)), (Span(f"  {cut(more, cells - 5)}", "dim"),)))
    return items


def visit_items(sheet: PatientSheet, clinic: Clinic, now: DateTime, cells: int) -> list[Item[Key]]:
    """The visits to come, soonest first, and those that were, latest first, with what was counted and scored."""
    shown = sheet.shown
    taken: dict[int | None, Taken] = {one.appointment_id: one for one in shown.taken if one.appointment_id is not None}
    history = shown.history
    return [
        *(_visit(visit, clinic, now, cells, taken, coming=True) for visit in history.coming),
        *(_visit(visit, clinic, now, cells, taken, coming=False) for visit in history.past),
    ]


def _visit(
    visit: Appointment, clinic: Clinic, now: DateTime, cells: int, taken: Mapping[int | None, Taken], *, coming: bool
) -> Item[Key]:
    zone = clinic.timezone
    local = visit.starts.in_timezone(zone)
    day = f"{column_day(local)} {local.year % 100:02}"
    if cells < 76:
        # Narrow: the year only where it is another one, in place of the weekday.
        this_year = local.year == now.in_timezone(zone).year
        day = f"{column_day(local)} " if this_year else f"{local.day:2} {local:%b} {local.year}"
    counts = _counts(visit)
    scored = taken.get(visit.id)
    points = (
        " ".join(f"{scale.value[0]}{scored.shown.of(scale)}" for scale in Scale if scored.shown.of(scale) is not None)
        if scored
        else ""
    )
    room = visit.room.short_name if visit.room else "-"
    name_cells, room_cells = (9, 3) if cells < 62 else (10, 4) if cells < 100 else (18, 4)
    left = [
        Span(f"{day} {clock_of(visit.starts, zone)} ", "strong" if coming else "text"),
        Span(f" {pad(visit.service.name, name_cells)}", "text"),
        Span(f" {pad(visit.in_charge.name, name_cells)}", "dim"),
        Span(f" {pad(room, room_cells)}", "dim"),
    ]
    if cells >= 66:
        left.append(Span(f" {pad(counts, 6)}", "text"))
    if cells >= 84:
        left.append(Span(f" {pad(points, 13)}", "dim"))
    over = visit.status in ENDED
    status = Span(f"{SIGNS[visit.status]} {ended_words(visit)}", "dim") if over else status_span(visit, clinic, now)
    role = "warn" if visit.cancelled_late or visit.status.value == "no_show" else status.role
    return Item(("visit", visit.id, 0), tuple(left), (Span(f" {status.text} ", role),))


def _counts(visit: Appointment) -> str:
    """`12/12`: the needles in and out of all retentions together, `12/?` while a count is owed."""
    if not visit.retentions:
        return ""
    outs = [one.count_out for one in visit.retentions if one.count_out is not None]
    out = f"{sum(outs)}" if len(outs) == len(visit.retentions) else "?"
    return f"{sum(one.count_in for one in visit.retentions)}/{out}"


def _rows(kind: str, rows: Iterable[FileRow], cells: int, *, which: object = None) -> list[Item[Key]]:
    items: list[Item[Key]] = []
    for number, row in enumerate(rows):
        key = row.field if which is None else which
        for n, text in enumerate(_broken(row.words, max(8, cells - LABEL - 3))):
            label = pad(row.label, LABEL) if not n else " " * LABEL
            place = n if which is None else number * 1000 + n
            items.append(Item((kind, key, place), (Span(label, "dim"), Span(text))))
    return items


def _broken(words: str, cells: int) -> Iterator[str]:
    for line in visible_lines(words).splitlines():
        if width(line) <= cells:
            yield line
        else:
            yield from wrapped(line, cells)
