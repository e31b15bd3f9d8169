"""Reminding patients of a day's visits: the list, what came of calls, texts, mails, and one appointment's file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.closing import next_day
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.words import at_clock
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused, Stale, Unavailable
from frontdesk.domain.hours import day_span
from frontdesk.domain.plurals import number_of
from frontdesk.domain.reminder import BY_PHONE, RESULT_WORDS, Contact, Reached, Reminder, Reminding, Result
from frontdesk.domain.reminder_text import MailServer, day_words, fill
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.exchange.reminders_csv import reminders_csv
from frontdesk.store import appointments, reminder_writes, reminders, snapshot
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

if TYPE_CHECKING:
    from frontdesk.exchange.mail import Letter, Post
    from frontdesk.store.engine import Askable

Posting = Callable[[MailServer], AbstractContextManager["Post"]]
"""What opens a connection to the clinic's mail server."""
NO_SERVER = (
    "the clinic names no mail server: write one under [reminders.mail] in clinic.toml and run `frontdesk setup`; or"
    " copy the texts, or export them"
)


class ReminderSheet(Struct, frozen=True):
    """A day's visits that have not begun, by start, and where the reminding of each stands."""

    day: date
    clinic: Clinic
    rows: tuple[Reminding, ...]

    def by_mail(self, now: DateTime) -> tuple[Reminding, ...]:
        """Those to whom a mail would go now."""
        return tuple(one for one in self.rows if one.why_no_mail(now) is None)

    def text(self, one: Reminding) -> str:
        """What somebody is told, in their language."""
        return text_of(self.clinic, one)


class Sent(Struct, frozen=True):
    """What became of a day's mails."""

    sent: tuple[Reminding, ...] = ()
    failed: tuple[tuple[Reminding, str], ...] = ()
    unsure: tuple[tuple[Reminding, str], ...] = ()

    @property
    def words(self) -> str:
        """`12 mails sent, 1 not sent`, and why the first of those was not."""
        parts = [f"{number_of(len(self.sent), 'mail')} sent"]
        if self.failed:
            one, why = self.failed[0]
            parts.append(f"{len(self.failed)} not sent ({one.visit.patient.name}: {why})")
        if self.unsure:
            one, why = self.unsure[0]
            parts.append(f"{one.visit.patient.name}: {why}; it stays marked as unsure, ask them")
        return ", ".join(parts)


class Reminders:
    """Each method is one transaction; `send` one before each mail and one after it, never one around it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, day: date | None = None) -> ReminderSheet:
        """A day's list: tomorrow's, or of the next day within a week on which anybody is booked; changes nothing."""
        with self._context.store.glance() as connection:
            return self._sheet(connection, day)

    def note(self, appointment_id: int, result: Result) -> Reminder:
        """Writes down what came of a call: a message was left, or nobody answered."""
        if result not in BY_PHONE:
            raise ValueError(f"{result} is no end of a call")
        with self._context.writing() as writing:
            visit = _still_to_come(writing, appointment_id)
            new = self._written(writing, Reminder(0, visit.id, visit.starts, result, writing.at, writing.who))
            writing.log("reminder.note", subject_of(visit.id), after={"reminder": new.id, "result": result.value})
            return new

    def take_back(self, reminder_id: int) -> str:
        """Takes back what was written down of a call; a mail that went out is never taken back."""
        with self._context.writing() as writing:
            old = reminders.get(writing.connection, reminder_id)
            if old is None:
                raise Stale("that was taken back already")
            if old.result not in BY_PHONE:
                raise Refused("a mail can't be taken back")
            reminder_writes.delete(writing.connection, old.id)
            writing.log("reminder.undo", subject_of(old.appointment_id), before={"result": old.result.value})
            name = appointments.get(writing.connection, old.appointment_id).patient.name
            return f"{name}: undid {RESULT_WORDS[old.result]}"

    def was_not_sent(self, appointment_id: int) -> Reminder:
        """A mail of which nobody knows whether it went out did not: one may be sent again."""
        with self._context.writing() as writing:
            visit = _still_to_come(writing, appointment_id)
            row = _reminding(writing.connection, visit)
            unsure = next((one for one in row.tried_now if one.stands(writing.at) is Result.UNSURE), None)
            if unsure is None:
                raise Refused(f"{visit.patient.name}: no mail of which nobody knows whether it went out")
            reminder_writes.settle(writing.connection, unsure.id, Result.FAILED, "the patient did not get it")
            after = {"reminder": unsure.id, "result": Result.FAILED.value}
            writing.log("reminder.mail", subject_of(visit.id), before={"result": unsure.result.value}, after=after)
            return unsure

    def send(self, day: date | None = None, posting: Posting | None = None) -> Sent:
        """Sends a mail to everybody of a day who is to be reminded so and has not been.

        Each is written down as being sent before the server is asked, so that no crash and no other desk makes it a
        second one; what became of it is written down after. Raises `Refused`, with nothing sent, where the clinic names
        no mail server or that can't be reached.
        """
        # Imported when used, as icalendar is below: who sends no mail does not wait for what mails are made with.
        from frontdesk.exchange.mail import NotKnown, NotTaken, open_post

        sheet = self.look(day)
        mail = sheet.clinic.reminders.mail
        if mail is None:
            raise Refused(NO_SERVER)
        due = sheet.by_mail(self._context.clock.now())
        if not due:
            return Sent()
        sent: list[Reminding] = []
        failed: list[tuple[Reminding, str]] = []
        with (posting or open_post)(mail) as post:
            for one in due:
                begun = self._begin(one)
                if begun is None:
                    continue
                try:
                    post.send(self._letter(sheet.clinic, one, begun), begun.at)
                except NotTaken as error:
                    self._settle(begun, Result.FAILED, str(error))
                    failed.append((one, str(error)))
                except NotKnown as error:
                    self._settle(begun, Result.UNSURE, str(error))
                    return Sent(tuple(sent), tuple(failed), ((one, str(error)),))
                else:
                    self._settle(begun, Result.SENT)
                    sent.append(one)
        return Sent(tuple(sent), tuple(failed))

    def export(self, target: Path, day: date | None = None) -> Path:
        """Writes a day's list with its texts into a new CSV file (0600), and that it was, into the log."""
        with self._context.writing() as writing:
            sheet = self._sheet(writing.connection, day)
            table = reminders_csv(_cells(sheet, one, writing.at) for one in sheet.rows)
            after = {"file": target.name, "rows": len(sheet.rows)}
            # Not about the day itself: its close is not an old one because somebody exported it.
            writing.log("reminder.export", f"reminders {sheet.day}", after=after)
            snapshot.publish_data(target, table.encode())
        return target

    def calendar(self, appointment_id: int, target: Path) -> Path:
        """Writes one appointment as a new iCalendar file (0600), and that it was, into the log.

        Raises `Refused` where the file is there already or can't be written.
        """
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            file = self._ics(clinic_of(writing.connection), visit)
            writing.log("calendar.export", subject_of(visit.id), after={"file": target.name})
            snapshot.publish_data(target, file)
        return target

    def _begin(self, one: Reminding) -> Reminder | None:
        """Writes a mail down as being sent; None where somebody else did, or it is to go out no more."""
        try:
            with self._context.writing() as writing:
                visit = appointments.get(writing.connection, one.visit.id)
                row = _reminding(writing.connection, visit)
                if visit.starts != one.visit.starts or visit.status not in NOT_BEGUN or row.why_no_mail(writing.at):
                    # Nothing is changed, so nothing need be in the log.
                    return None
                text, address = text_of(clinic_of(writing.connection), row), visit.patient.details.email
                begun = Reminder(0, visit.id, visit.starts, Result.SENDING, writing.at, writing.who, address, text)
                begun = self._written(writing, begun)
                writing.log("reminder.mail", subject_of(visit.id), after={"reminder": begun.id, "result": "sending"})
                return begun
        except Unavailable:
            raise
        except Refused:
            return None  # the database's own word: another program is sending it

    def _settle(self, begun: Reminder, result: Result, reason: str = "") -> None:
        with self._context.writing() as writing:
            reminder_writes.settle(writing.connection, begun.id, result, reason)
            after = {"reminder": begun.id, "result": result.value, **({"reason": reason} if reason else {})}
            writing.log("reminder.mail", subject_of(begun.appointment_id), after=after)

    def _written(self, writing: Writing, one: Reminder) -> Reminder:
        return replace(one, id=reminder_writes.insert(writing.connection, one))

    def _letter(self, clinic: Clinic, one: Reminding, begun: Reminder) -> Letter:
        from frontdesk.exchange.mail import Letter

        key, _ = clinic.reminders.text_for(one.contact.language)
        local = one.visit.starts.in_timezone(clinic.timezone)
        subject = f"{clinic.name}: {day_words(local, key)}, {at_clock(clinic, one.visit.starts)}"
        file = self._ics(clinic, one.visit)
        number = f"reminder-{begun.id}-{self._context.store.database_id}"
        return Letter(begun.address, subject, begun.text, file, number)

    def _ics(self, clinic: Clinic, visit: Appointment) -> bytes:
        from frontdesk.exchange.ics_one import appointment_ics

        now = self._context.clock.now()
        return appointment_ics(visit, clinic, database_id=self._context.store.database_id, at=now)

    def _sheet(self, connection: Askable, day: date | None) -> ReminderSheet:
        clinic = clinic_of(connection)
        today = self._context.today(clinic.timezone)
        shown = day or next_day(connection, clinic, today)[0]
        span = day_span(shown, clinic.timezone)
        visits = [one for one in appointments.between(connection, span, NOT_BEGUN) if one.starts >= span.starts]
        tried = reminders.of_visits(connection, [one.id for one in visits])
        contacts = reminders.contacts(connection, [one.patient.id for one in visits])
        rows = (
            Reminding(one, contacts.get(one.patient.id, Contact()), tried.get(one.id, ()))
            for one in sorted(visits, key=lambda visit: (visit.starts, visit.id))
        )
        return ReminderSheet(shown, clinic, tuple(rows))


def text_of(clinic: Clinic, one: Reminding) -> str:
    """The clinic's text in the patient's language, with this visit in its places."""
    key, text = clinic.reminders.text_for(one.contact.language)
    visit, details = one.visit, one.visit.patient.details
    local = visit.starts.in_timezone(clinic.timezone)
    values = {
        "clinic": clinic.name,
        "name": details.known_as or details.given or details.family,
        "day": day_words(local, key),
        "date": f"{local:%Y-%m-%d}",
        "time": at_clock(clinic, visit.starts),
        "practitioner": visit.practitioner.name,
    }
    return fill(text, values)


def _reminding(connection: Askable, visit: Appointment) -> Reminding:
    contact = reminders.contacts(connection, [visit.patient.id]).get(visit.patient.id, Contact())
    return Reminding(visit, contact, reminders.of_visits(connection, [visit.id]).get(visit.id, ()))


def _still_to_come(writing: Writing, appointment_id: int) -> Appointment:
    visit = appointments.get(writing.connection, appointment_id)
    if visit.status not in NOT_BEGUN:
        raise Refused(f"{visit.patient.name}: {visit.status.words}; only who is still to come is reminded")
    return visit


def _cells(sheet: ReminderSheet, one: Reminding, now: DateTime) -> list[str]:
    details = one.visit.patient.details
    reached = one.reached(now)
    # Whoever asked not to be reminded is in the list, so that it is whole, with nothing that could be sent.
    text = "" if one.is_refused or reached is Reached.CONFIRMED else sheet.text(one)
    return [
        f"{one.visit.id}",
        f"{sheet.day}",
        at_clock(sheet.clinic, one.visit.starts),
        details.name,
        next(iter(details.phones), ""),
        details.email,
        one.contact.language,
        one.how,
        one.words(now),
        text,
    ]
