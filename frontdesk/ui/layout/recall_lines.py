"""Recalls as lines: whom to call and why, and beside it how to reach them and what came of calling."""

from __future__ import annotations

from datetime import date

from frontdesk.desk.recall_list import Recalled, RecallSheet
from frontdesk.domain.patient_file import CONTACT_WORDS
from frontdesk.domain.privacy import is_private
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut, fit, pad, width, wrapped
from frontdesk.ui.layout.patient_words import FILE_HIDDEN

_PHONE, _END = 16, 14
_MOST_TOLD = 8
_TOLD: dict[ContactResult, str] = {
    ContactResult.NOT_NOW: "not now, at check-out",
    ContactResult.NO_ANSWER: "no answer",
    ContactResult.WAIT: "ask later",
    ContactResult.BOOKED: "booked",
    ContactResult.STOP: "stopped",
}


def recall_row(one: Recalled, sheet: RecallSheet, cells: int) -> Line:
    """Whom to call, their telephone, why; at the end since when, how often in vain, or when to call."""
    stands, today = one.standing, sheet.today
    due, worn = stands.is_due(today), stands.is_worn(sheet.clinic.recalls)
    private = is_private()
    phone = "" if private else next(iter(one.patient.shown.phones), "no phone")
    end = _end(one, today, worn=worn)
    name = min(32, max(14, (cells - _PHONE - _END) * 2 // 5))
    why = max(0, cells - name - _PHONE - _END - 4)
    urgent = stands.about is RecallReason.NEEDLES
    return (
        Span("! " if urgent and due else "○ " if due else "· ", "urgent" if urgent and due else "dim"),
        Span(pad(one.patient.name, name), "strong" if due else "dim"),
        Span(f" {pad(phone, _PHONE)}", "text" if due else "dim"),
        Span(f"{pad(stands.reason_words, why)} ", ("urgent" if urgent else "text") if due else "dim"),
        Span(" " * (_END - width(end.text)), "dim"),
        end,
    )


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
    ways = " · ".join(visible(part) for part in (*details.phones, details.email, one.reach.language, by) if part)
    lines += [(Span(f" {row}", "text"),) for row in wrapped(ways or "no telephone, no e-mail address", cells - 2)]
    far = stands.facts.progress
    if far is not None:
        for_what = f": {visible(far.plan.shown.complaint)}" if far.plan.shown.complaint else ""
        lines.append((Span(f" Plan {far.long_words(today)}{for_what}", "text"),))
    seen = stands.facts.last_seen
    last = f"Here last on {seen:%a} {seen:%d.%m.%Y}" if seen else "Never seen"
    if far is not None and RecallReason.PLAN in stands.reasons:
        last += f" · the plan says {far.expected_on:%a} {far.expected_on:%d.%m.%Y}"
    lines.append((Span(f" {last}", "dim"),))
    if stands.is_worn(sheet.clinic.recalls):
        lines.append((Span(f" {stands.tries} calls without an answer: write to them, or x", "warn"),))
    lines += [(_told(contact, sheet),) for contact in stands.facts.contacts[:_MOST_TOLD]]
    return tuple(fit(line, cells) for line in lines[:rows])


def _end(one: Recalled, today: date, *, worn: bool) -> Span:
    stands = one.standing
    if not stands.is_due(today):
        day = stands.next_on
        return Span(f"on {day:%a} {day.day} {day:%b}" if day else "", "dim")
    if stands.tries:
        return Span(f"no answer ×{stands.tries}", "warn" if worn else "text")
    since = stands.since
    days = (today - since).days if since else 0
    return Span(f"{days} d" if 0 < days < 100 else f"{days // 7} wk" if days else "today", "dim")


def _told(contact: Contact, sheet: RecallSheet) -> Span:
    local = contact.at.in_timezone(sheet.clinic.timezone)
    words = f", {contact.shown_words}" if contact.shown_words else ""
    again = f", again {contact.next_on:%a} {contact.next_on.day} {contact.next_on:%b}" if contact.next_on else ""
    said = f" {local.day} {local:%b} {local:%H:%M} {_TOLD[contact.result]}{words}{again} · {contact.who}"
    return Span(cut(said, 200), "dim")
