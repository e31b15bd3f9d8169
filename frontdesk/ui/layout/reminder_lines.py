"""Reminders as lines: the day's list, and beside it what somebody is told and what was tried."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.desk.reminders import ReminderSheet
from frontdesk.domain.privacy import is_private
from frontdesk.domain.reminder import RESULT_WORDS, Reached, Reminder, Reminding, Result
from frontdesk.domain.time_text import clock_of, day_and_month
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut, fit, pad, wrapped
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.live_keys import key_of

_LOOKS: dict[Reached, tuple[str, str]] = {
    Reached.CONFIRMED: ("✓", "done"),
    Reached.REMINDED: ("●", "text"),
    Reached.SENDING: ("◐", "text"),
    Reached.UNSURE: ("?", "urgent"),
    Reached.NOT: ("○", "strong"),
}
"""Sign and role of where a reminding stands; the words beside it tell the same."""
_STATE, _PHONE, _WHOLE_PHONE, _LANGUAGE, _HOW = 16, 16, 19, 11, 15
_WIDE = 90
"""Cells from which a row has the language too."""
_MOST_TRIED = 6


def state_span(one: Reminding, now: DateTime) -> Span:
    """`○ no answer ×2`: where it stands, as sign, words and colour."""
    sign, role = _LOOKS[one.reached(now)]
    latest = one.tried_now[0].result if one.tried_now else None
    if one.reached(now) is Reached.NOT:
        if one.is_refused:
            sign, role = "–", "dim"
        elif latest is Result.FAILED:
            sign, role = "✗", "error"
        elif latest is Result.NO_ANSWER:
            role = "warn"
    return Span(f"{sign} {one.words(now)}", role)


def reminder_row(one: Reminding, zone: str, now: DateTime, cells: int) -> Line:
    """One visit: when, where its reminding stands, who, telephone, language, how to reach them."""
    state = state_span(one, now)
    details, private = one.visit.patient.shown, is_private()
    phone = next(iter(details.phones), "" if private else "no phone")
    language = "" if private else one.contact.language
    wide = cells >= _WIDE
    number = _WHOLE_PHONE if wide else _PHONE
    name = min(36, max(12, cells - 9 - _STATE - number - _HOW - (_LANGUAGE if wide else 0)))
    return (
        Span(f"{clock_of(one.visit.starts, zone)} ", "dim"),
        Span(f"{pad(state.text, _STATE)} ", state.role),
        Span(pad(one.visit.patient.name, name), "dim" if one.is_done(now) else "strong"),
        Span(f" {pad(phone, number)}", "text"),
        *((Span(pad(language, _LANGUAGE), "dim"),) if wide else ()),
        Span(cut(one.how, _HOW), "dim"),
    )


def reminder_side(
    sheet: ReminderSheet, one: Reminding | None, now: DateTime, cells: int, rows: int
) -> tuple[Line, ...]:
    """Whom it is about, the text in their language, whether a mail goes to them, and what was tried."""
    if one is None:
        return ()
    zone = sheet.clinic.timezone
    visit = one.visit
    lines: list[Line] = [
        (
            Span(f" {visible(visit.patient.name)} ", "strong"),
            Span(f" {clock_of(visit.starts, zone)} · {visible(visit.practitioner.name)}", "dim"),
        )
    ]
    if is_private():
        return tuple(fit(line, cells) for line in (*lines, (Span(f" {FILE_HIDDEN}", "dim"),)))[:rows]
    details = visit.patient.shown
    reach = " · ".join(
        visible(part) for part in (*details.phones, details.email, one.contact.language, one.how) if part
    )
    lines += [(Span(row, "text"),) for row in _rows(reach or "no telephone, no e-mail address", cells)]
    if rows > len(lines) + 6:
        lines.append(())
    key, _ = sheet.clinic.reminders.text_for(one.contact.language)
    lines += [(Span(row, "text"),) for row in _rows(f"“{visible(sheet.text(one))}” ({key})", cells)]
    if sheet.clinic.reminders.mail is not None:
        why = one.why_no_mail(now)
        said = f"gets a mail when {key_of('reminder.send')} sends" if why is None else f"no mail: {why}"
        lines.append((Span(f" {said}", "dim"),))
    if one.tried and rows > len(lines) + len(one.tried) + 1:
        lines.append(())
    lines += [_tried(each, one, zone, now) for each in one.tried[:_MOST_TRIED]]
    return tuple(fit(line, cells) for line in lines[:rows])


def mail_words(sheet: ReminderSheet, now: DateTime) -> str:
    """What is about to be sent, before anything is: to whom, and through what."""
    due = sheet.by_mail(now)
    mail = sheet.clinic.reminders.mail
    names = ", ".join(one.visit.patient.listed for one in due[:8])
    more = f" and {len(due) - 8} more" if len(due) > 8 else ""
    through = mail.server if mail is not None else ""
    rest = len(sheet.rows) - len(due)
    left = f"\n{rest} others get none: each row says why." if rest else ""
    return f"Nothing has been sent yet. To:\n{names}{more}\nthrough {through}, each in their language.{left}"


def _tried(one: Reminder, row: Reminding, zone: str, now: DateTime) -> Line:
    local = one.at.in_timezone(zone)
    stands = one.stands(now)
    role = "error" if stands is Result.FAILED else "urgent" if stands is Result.UNSURE else "dim"
    moved = "" if one.starts == row.visit.starts else f", of {clock_of(one.starts, zone)} before it was moved"
    why = f": {one.reason}" if one.reason else ""
    words = f" {day_and_month(local)} {local:%H:%M} {RESULT_WORDS[stands]}{why}{moved} · {one.who}"
    return (Span(visible(words), role),)


def _rows(text: str, cells: int) -> list[str]:
    return [f" {row}" for row in wrapped(text, max(10, cells - 2))]
