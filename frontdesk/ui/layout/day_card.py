"""The pane beside the day: all there is to know about what the cursor is on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.areas import area_words
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.instants import seconds_between
from frontdesk.domain.package import Left
from frontdesk.domain.patient import Patient
from frontdesk.domain.plan import Progress
from frontdesk.domain.time_text import clock_of, date_text, short_day
from frontdesk.domain.visit import ENDED, NEXT_STEP, Action, Status, may_follow
from frontdesk.text import visible, visible_lines
from frontdesk.ui.layout.cells import Line, Span, cut, fit, width, wrapped, wrapped_spans
from frontdesk.ui.layout.day_words import STEP_WORDS, place_words, status_span, stretch_words
from frontdesk.ui.layout.plan_lines import package_lines, plan_lines
from frontdesk.ui.live_keys import key_of

_PHASE_MARKS = {"retention": "░", "turnover": "╱"}


def visit_card(
    visit: Appointment,
    clinic: Clinic,
    now: DateTime,
    cells: int,
    late: Sequence[Sequence[Span]] = (),
    plan: Progress | None = None,
    packages: Sequence[Left] = (),
) -> tuple[Line, ...]:
    """A visit: who, what must be seen before acting, where it stands, its phases, the facts so far.

    `late` are lines that say what is expected where it runs late (`layout.slips`).
    """
    zone, notes = clinic.timezone, visit.patient.shown.notes
    today = now.in_timezone(zone).date()
    lines: list[Sequence[Span]] = [*_person(visit.patient, today, cells), (), *_booked(visit, zone, today, cells)]
    lines += [*plan_lines(plan, today, zone, cells, visit), *package_lines(packages, today, cells), ()]
    lines += _stands(visit, clinic, now, cells)
    lines += [(Span(f" {text}", role),) for text, role in _needles(visit, zone, now)]
    lines += [row for line in late for row in wrapped_spans(line, cells - 1, indent="   ")]
    lines += [(), *_phases(visit, zone), *([()] if notes else [])]
    for paragraph in visible_lines(notes).splitlines():
        lines += [(Span(f" {row}", "dim"),) for row in wrapped(visible(paragraph), cells - 2)]
    return tuple(fit(line, cells) for line in lines)


def _person(patient: Patient, today: date, cells: int) -> Iterator[Line]:
    """Who it is, how to reach them, what must be seen before anybody acts."""
    details = patient.shown
    for row in wrapped(visible(patient.name), cells - 2):
        yield (Span(f" {row}", "strong"),)
    if details.known_as:
        for row in wrapped(f"known as {visible(details.known_as)}", cells - 2):
            yield (Span(f" {row}"),)
    if details.birth_date is not None:
        age = patient.age_on(today)
        yield Span(f" {date_text(details.birth_date)}"), Span(f" ({age})" if age is not None else "", "dim")
    phones = [visible(phone) for phone in details.phones[:2]]
    both = " · ".join(phones)
    # Two that are not one row are two: a number that is cut can't be called.
    for row in [both] if both and width(both) < cells else phones:
        yield (Span(f" {row}"),)
    for flag in details.flags_on(today):
        for index, row in enumerate(wrapped(visible(flag.words), cells - 4)):
            yield (Span(f" {'⚠' if not index else ' '} {row}", "warn"),)


def _booked(visit: Appointment, zone: str, today: date, cells: int) -> Iterator[Line]:
    """What is booked, with whom, when and where."""
    what = f"{visit.service.name} with {visit.practitioner.name}"
    if visit.holder is not None:
        what += f", now with {visit.holder.name}"
    local = visit.starts.in_timezone(zone)
    day = "" if local.date() == today else f"{short_day(local)} "
    when = f"{day}{clock_of(visit.starts, zone)}-{clock_of(visit.ends, zone)}"
    where = visible(visit.room.name) if visit.room else "no room"
    for words in (visible(what), f"{when}, {where}"):
        for row in wrapped(words, cells - 2):
            yield (Span(f" {row}"),)
    if visit.squeezed:
        yield (Span(" » squeezed in, on purpose", "squeeze"),)
    if visit.series_id is not None:
        yield (Span(" one of a course", "dim"),)


def _stands(visit: Appointment, clinic: Clinic, now: DateTime, cells: int) -> Iterator[Line]:
    """Where it stands, why it ended, and the keys of what may follow."""
    zone = clinic.timezone
    since = _since(visit, zone, now.in_timezone(zone).date())
    yield Span(" "), status_span(visit, clinic, now), Span(since, "dim")
    for row in wrapped(visible(_why_ended(visit)), cells - 2):
        yield (Span(f" {row}", "dim"),)
    if Action.REINSTATE in may_follow(visit.status):
        yield Span(f" {key_of('book.reinstate')} ", "key"), Span("put it back")
    step = NEXT_STEP.get(visit.status)
    if step is not None:
        yield Span(f" {key_of('visit.next')} ", "key"), Span(STEP_WORDS[step])


def told_by_the_clock(visit: Appointment, clinic: Clinic, now: DateTime) -> tuple[object, ...]:
    """What the cards of a visit say that passes with time, besides what changes with the minute of the clock."""
    return (status_span(visit, clinic, now), *_needles(visit, clinic.timezone, now))


def visit_summary(
    visit: Appointment,
    clinic: Clinic,
    now: DateTime,
    cells: int,
    rows: int,
    late: Sequence[Sequence[Span]] = (),
    plan: Progress | None = None,
    packages: Sequence[Left] = (),
) -> tuple[Line, ...]:
    """The same in a few rows beneath a list: what must be seen first, first."""
    zone = clinic.timezone
    details = visit.patient.shown
    status = status_span(visit, clinic, now)
    birth = date_text(details.birth_date) if details.birth_date else ""
    today = now.in_timezone(zone).date()
    age = visit.patient.age_on(today)
    born = f" · {birth} ({age})" if birth else ""
    phone = f" · {visible(details.phones[0])}" if details.phones else ""
    known = f" “{visible(details.known_as)}”" if details.known_as else ""
    step = NEXT_STEP.get(visit.status)
    # What tells two people of one name apart is never cut; what they are called gives way, and then the name's end.
    called = next(
        (one for one in (f"{visit.patient.name}{known}", visit.patient.name) if width(one + born + phone) < cells),
        cut(visit.patient.name, cells - 1 - width(born + phone)),
    )
    what = f"{visit.service.name} with {visit.practitioner.name}"
    when = f"{clock_of(visit.starts, zone)}-{clock_of(visit.ends, zone)}, {place_words(visit)}"
    squeezed = "  » squeezed" if visit.squeezed else ""
    ended = _why_ended(visit)
    lines: list[list[Span]] = [
        [Span(f" {visible(called)}", "strong"), Span(f"{born}{phone}")],
        [Span(" "), status, Span(_since(visit, zone, today), "dim")]
        + ([Span(f"   {key_of('visit.next')} ", "key"), Span(STEP_WORDS[step])] if step else [])
        + ([Span(f" {ended}", "dim")] if ended else []),
        [
            Span(f" {cut(what, max(12, cells - 3 - width(when + squeezed)))}, {visible(when)}"),
            Span(squeezed, "squeeze"),
        ],
    ]
    flags = details.flags_on(today)
    if flags:
        lines.insert(1, [Span(f" ⚠ {' · '.join(visible(flag.words) for flag in flags)}", "warn")])
    if late:
        lines.append([span for line in late[:2] for span in (*line, Span(" "))])
    lines += [list(line) for line in plan_lines(plan, today, zone, cells, visit)]
    lines += [[Span(f" {text}", role)] for text, role in _needles(visit, zone, now)]
    lines += [list(line) for line in package_lines(packages, today, cells)]
    return tuple(fit(line, cells) for line in lines[:rows])


def block_card(block: Block, clinic: Clinic, cells: int, over: Sequence[Sequence[Span]] = ()) -> tuple[Line, ...]:
    """A block: its words, whose time it takes, and whether it takes any; `over` are lines on whom it runs into."""
    zone = clinic.timezone
    whose = block.practitioner.name if block.practitioner else block.room.name if block.room else "the whole clinic"
    when = "all day" if block.all_day else f"{clock_of(block.starts, zone)}-{clock_of(block.ends, zone)}"
    lines: list[list[Span]] = [
        [Span(f" {row}", "strong")] for row in wrapped(visible(block.called or "time off"), cells - 2)
    ]
    lines += [[Span(f" {when}, {whose}")]]
    lines += [[Span(" " + ("nothing can be booked here" if block.blocks else "a note: it blocks nothing"), "dim")]]
    lines += [list(line) for line in over]
    return tuple(fit(line, cells) for line in lines)


def words_card(title: str, words: Iterable[tuple[str, str]], cells: int) -> tuple[Line, ...]:
    """A title and lines of (words, role), wrapped."""
    lines: list[list[Span]] = [[Span(f" {cut(title, cells - 1)}", "strong")]]
    for text, role in words:
        lines += [[Span(f" {row}", role)] for row in (wrapped(visible(text), cells - 2) or [""])]
    return tuple(fit(line, cells) for line in lines)


def _why_ended(visit: Appointment) -> str:
    """`by the patient “ill”`, as far as it was said."""
    by = f"by the {visit.cancelled_by}" if visit.cancelled_by else ""
    return " ".join(part for part in (by, f"“{visit.facts.shown_reason}”" if visit.facts.shown_reason else "") if part)


def _since(visit: Appointment, zone: str, today: date) -> str:
    """Since when it stands so. Needles are called by name: beside `OVERDUE` it would say since when they are that."""
    facts = visit.facts
    retention = visit.retention
    since = {
        Status.CONFIRMED: facts.confirmed_at,
        Status.ARRIVED: facts.arrived_at,
        Status.ROOMED: facts.roomed_at,
        Status.WITH_PRACTITIONER: facts.began_at,
        Status.NEEDLES_IN: retention.in_at if retention else None,
        Status.NEEDLES_OUT: retention.out_at if retention else None,
    }.get(visit.status, facts.ended_at)
    if since is None:
        return ""
    day = since.in_timezone(zone).date()
    when = clock_of(since, zone) if day == today else short_day(day)
    return f", in since {when}" if visit.status is Status.NEEDLES_IN else f" since {when}"


def _needles(visit: Appointment, zone: str, now: DateTime) -> list[tuple[str, str]]:
    """The counts and times of each side, and must-leave-by where there is one."""
    rows: list[tuple[str, str]] = []
    if visit.leave_by is not None and not visit.retentions and visit.status not in ENDED:
        rows.append((f"must leave by {clock_of(visit.leave_by, zone)}", "warn"))
    for retention in visit.retentions:
        rows.append((f"{retention.count_in} needles in at {clock_of(retention.in_at, zone)}", "text"))
        if retention.areas_in:
            rows.append((area_words(retention.areas_in), "dim"))
        if retention.is_in:
            left = int(seconds_between(now, retention.due_at) // 60)
            over = f", {-left}′ over" if left < 0 else f", {left}′ left"
            decides = "the patient decides, at the latest " if retention.open_end else "out at "
            rows.append((f"{decides}{clock_of(retention.due_at, zone)}{over}", "retention-ink"))
            window = f"window {clock_of(retention.earliest_at, zone)} to {clock_of(retention.latest_at, zone)}"
            rows.append((window, "dim"))
            if retention.leave_by is not None:
                rows.append((f"must leave by {clock_of(retention.leave_by, zone)}", "warn"))
        elif retention.count_owed:
            rows.append(("out, but the count is owed", "error"))
        elif retention.out_at is not None:
            day = retention.remove_on
            until = f" until {short_day(day)}" if day and retention.kept_out_at is None else ""
            kept = f", {retention.kept} kept by plan{until}" if retention.kept else ""
            missing = f", {retention.missing} MISSING" if retention.missing else ""
            role = "error" if missing else "text"
            rows.append((f"{retention.count_out} out at {clock_of(retention.out_at, zone)}{kept}{missing}", role))
    for timer in visit.timers:
        left = timer.remaining_seconds(now) // 60
        over = f"{-left}′ over" if left < 0 else f"{left}′ left"
        rows.append((f"{timer.kind.words}, {over}", "warn" if left < 0 else "text"))
    return rows


def _phases(visit: Appointment, zone: str) -> list[list[Span]]:
    rows = []
    for phase in visit.plan.phases:
        mark = _PHASE_MARKS.get(phase.name.value, "█")
        minutes = int(seconds_between(phase.starts, phase.ends) // 60)
        ink = "retention-ink" if mark == "░" else "turnover" if mark == "╱" else "hands-on-ink"
        rows.append(
            [
                Span(f" {mark} ", ink),
                Span(f"{clock_of(phase.starts, zone)} {phase.name.value}", "text" if mark != "╱" else "dim"),
                Span(f" {stretch_words(minutes)}", "dim"),
            ]
        )
    return rows
