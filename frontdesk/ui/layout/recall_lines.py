"""Recalls as lines: whom to call and why, and beside it how to reach them and what came of calling."""

from __future__ import annotations

from datetime import date

from frontdesk.desk.recall_list import Recalled, RecallSheet
from frontdesk.domain.patient_file import CONTACT_WORDS
from frontdesk.domain.privacy import is_private
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.domain.standing import Standing
from frontdesk.domain.time_text import day_and_month, short_day, weekday_date_text
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, fit, pad, width, wrapped
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.live_keys import key_of

_PHONE, _WHOLE_PHONE, _END, _LONG_END = 15, 18, 16, 32
_LONG_FROM = 110
"""Columns from which the end of a row has room for whole words."""
_MOST_TOLD = 8
_TOLD: dict[ContactResult, str] = {
    ContactResult.NOT_NOW: "not now, at check-out",
    ContactResult.NO_ANSWER: "no answer",
    ContactResult.WAIT: "ask later",
    ContactResult.BOOKED: "booked",
    ContactResult.STOP: "stopped",
}


def recall_row(one: Recalled, sheet: RecallSheet, cells: int) -> Line:
    """Whom to call, their telephone, why; at the end how long overdue and how often called in vain, or when to call.

    Of several reasons as many are named as there is room for, the most urgent first; all stand beside the list.
    """
    stands, today = one.standing, sheet.today
    due, worn = stands.is_due(today), stands.is_worn(sheet.clinic.recalls)
    private = is_private()
    phone = "" if private else next(iter(one.patient.shown.phones), "no phone")
    room, number = (_LONG_END, _WHOLE_PHONE) if cells >= _LONG_FROM else (_END, _PHONE)
    end = _end(one, today, worn=worn, long=cells >= _LONG_FROM)
    name = min(32, max(14, (cells - number - room) * 2 // 5))
    why = max(0, cells - name - number - room - 4)
    urgent = stands.about is RecallReason.NEEDLES
    return (
        Span("! " if urgent and due else "○ " if due else "· ", "urgent" if urgent and due else "dim"),
        Span(pad(one.patient.name, name), "strong" if due else "dim"),
        Span(f" {pad(phone, number)}", "text" if due else "dim"),
        Span(f"{pad(_reasons(stands, why), why)} ", ("urgent" if urgent else "text") if due else "dim"),
        Span(" " * (room - width(end.text)), "dim"),
        end,
    )


def _reasons(stands: Standing, cells: int) -> str:
    """Whole words where there is room for them all, else as many reasons in few words as there is room for."""
    if width(stands.reason_words) <= cells:
        return stands.reason_words
    first, *others = stands.short_words
    for other in others:
        if width(f"{first} · {other}") > cells:
            break
        first = f"{first} · {other}"
    return first


def recall_side(sheet: RecallSheet, one: Recalled | None, cells: int, rows: int) -> tuple[Line, ...]:
    """How to reach them, where their plan is, what came of calling; the latest call first."""
    if one is None:
        return ()
    stands, today = one.standing, sheet.today
    lines: list[Line] = [(Span(f" {visible(one.patient.name)} ", "strong"),)]
    if is_private():
        return tuple(fit(line, cells) for line in (*lines, (Span(f" {FILE_HIDDEN}", "dim"),)))[:rows]
    details = one.patient.shown
    by = CONTACT_WORDS[one.reach.by] if one.reach.by else ""
    urgent = stands.about is RecallReason.NEEDLES
    if set(stands.reasons) & {RecallReason.NEEDLES, RecallReason.REASSESS}:  # what the rows below say besides
        lines += _rows(stands.reason_words, cells, "urgent" if urgent else "text")
    ways = " · ".join(visible(part) for part in (*details.phones, details.email, one.reach.language, by) if part)
    lines += _rows(ways or "no telephone, no e-mail address", cells, "text")
    far = stands.facts.progress
    if far is not None:
        for_what = f": {visible(far.plan.shown.complaint)}" if far.plan.shown.complaint else ""
        lines += _rows(f"Plan {far.long_words(today)}{for_what}", cells, "text")
    seen = stands.facts.last_seen
    last = f"Here last on {weekday_date_text(seen)}" if seen else "Never seen"
    if far is not None and RecallReason.PLAN in stands.reasons:
        last += f" · the plan says {weekday_date_text(far.expected_on)}"
    lines += _rows(last, cells, "dim")
    if stands.is_worn(sheet.clinic.recalls):
        lines += _rows(
            f"{stands.tries} calls without an answer: write to them, or {key_of('recall.stop')}", cells, "warn"
        )
    for contact in stands.facts.contacts[:_MOST_TOLD]:
        lines += _rows(_told(contact, sheet), cells, "dim")
    return tuple(fit(line, cells) for line in lines[:rows])


def _end(one: Recalled, today: date, *, worn: bool, long: bool) -> Span:
    stands = one.standing
    if not stands.is_due(today):
        day = stands.next_on
        return Span(f"on {short_day(day)}" if day else "", "dim")
    words = stands.overdue_words(today)
    if not stands.tries:
        return Span(words, "dim")
    tried = f"no answer {stands.tries}×, " if long else f"{stands.tries}× "
    return Span(f"{tried}{words}".rstrip(", "), "warn" if worn else "text")


def _rows(words: str, cells: int, role: str) -> list[Line]:
    return [(Span(f" {row}", role),) for row in wrapped(words, cells - 2, indent="  ")]


def _told(contact: Contact, sheet: RecallSheet) -> str:
    local = contact.at.in_timezone(sheet.clinic.timezone)
    words = f", {contact.shown_words}" if contact.shown_words else ""
    again = f", again {short_day(contact.next_on)}" if contact.next_on else ""
    said = f"{day_and_month(local)} {local:%H:%M} {_TOLD[contact.result]}{words}{again} · {contact.who}"
    return visible(said)
