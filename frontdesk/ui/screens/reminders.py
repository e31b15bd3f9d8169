"""The Reminders screen: a day's list, worked through by telephone a key at a time, copied, exported, or sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.plurals import number_of
from frontdesk.domain.reminder import Reached, Reminder, Reminding, Result, first_open
from frontdesk.domain.time_text import long_day, short_day
from frontdesk.ui import keys
from frontdesk.ui.dialogs.ask import Confirm
from frontdesk.ui.layout.cells import MORE_CELLS, Line
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.giving_back import GivingBack
from frontdesk.ui.screens.worked_through import WorkedThrough
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.pick_list import Item
from frontdesk.ui.working import SENDING

if TYPE_CHECKING:
    from pathlib import Path

    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.reminders import ReminderSheet, Sent


def nobody() -> str:
    """Why nothing can be done with an empty list."""
    return f"Nobody is in the list: {key_of('day.back')} and {key_of('day.on')} go to other days."


class RemindersScreen(WorkedThrough, GivingBack):
    """Each key says what came of the call and goes on to the next who is not reached yet."""

    PLACE: ClassVar[str] = keys.REMINDERS
    BINDINGS: ClassVar = [*keys.bindings_for(keys.REMINDERS)]

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        """The day shown; None is tomorrow, or the next day with anybody booked."""
        self._found: ReminderSheet | None = None
        self._on_from: int | None = None
        """After whom the next row to go to is looked for, once the list has been read again."""
        self._sending = False

    def heading(self) -> str:
        """The day, and how many are to be reached."""
        found = self._found
        if found is None:
            return "Reminders"
        now = self.desk_app.now()
        left = sum(not one.is_done(now) for one in found.rows)
        day = short_day(found.day)
        return f"{day}, {left} to reach" if left else f"{day}, all reached" if found.rows else day

    @property
    def row(self) -> Reminding | None:
        """The row under the cursor."""
        found, key = self._found, self.rows.key
        if found is None or key is None:
            return None
        return next((one for one in found.rows if one.visit.id == key), None)

    @property
    def chosen(self) -> Appointment | None:
        """The visit under the cursor."""
        row = self.row
        return row.visit if row is not None else None

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """That they will come is what is mostly said, and comes first."""
        line = super().key_line()
        first = tuple(one for one in line if one[1] in ("confirm", "was not sent"))
        return (*first, *(one for one in line if one not in first))

    def why_not(self, action_id: str) -> str | None:
        """What needs a patient, and what needs a mail server."""
        found, row = self._found, self.row
        if found is None and action_id.startswith(("reminder.", "visit.", "book.")):
            return "The list is still being read: press again when it is there."
        if action_id == "reminder.send":
            return self._why_no_mails()
        if action_id == "reminder.export":
            return None if found is not None and found.rows else nobody()
        if row is None and action_id.startswith(("reminder.", "visit.", "book.", "patient.file")):
            return nobody()
        unsure = row is not None and row.reached(self.desk_app.now()) is Reached.UNSURE
        if action_id == "reminder.not_sent" and row is not None and not unsure:
            return f"{row.visit.patient.listed}: no mail of which nobody knows whether it went out."
        return super().why_not(action_id)

    def reload(self) -> None:
        """Reads the day shown anew."""
        day = self.day
        self.ask(lambda: self.desk.reminders.look(day), self._got, group="reminders")

    def tick(self, now: DateTime) -> None:
        """A mail that nobody reports of is unsure after a while."""
        found = self._found
        if found is not None and any(one.reached(now) is Reached.SENDING for one in found.rows):
            self.show_rows()
        self.refresh_frame(HeaderLine)

    def stepped(self, outcome: Outcome) -> None:
        """As on every screen, and on to the next."""
        self._on_from = outcome.appointment.id
        super().stepped(outcome)

    def action_reminder_message(self) -> None:
        """A message was left."""
        self._note(Result.MESSAGE, "a message was left")

    def action_reminder_no_answer(self) -> None:
        """Nobody answered."""
        self._note(Result.NO_ANSWER, "no answer")

    def action_reminder_copy(self) -> None:
        """The text, for whatever program sends it."""
        found, row = self._found, self.row
        if found is None or row is None:
            return
        if row.is_refused:
            self.desk_app.hint(f"{row.visit.patient.listed} asked not to be reminded: nothing copied.")
            return
        self.app.copy_to_clipboard(found.text(row))
        self.desk_app.say(f"{row.visit.patient.listed}: the text went to the terminal's clipboard; m: it was sent.")

    def action_reminder_export(self) -> None:
        """Asks where to."""
        from frontdesk.ui.dialogs.save_as import save_as

        found = self._found
        if found is None:
            return
        day = found.day

        def write(path: Path) -> str:
            return f"{self.desk.reminders.export(path, day)}: names and numbers, readable by you alone"

        save_as(self, "The list with its texts as a CSV file", write, name=f"reminders-{day}.csv")

    def action_reminder_send(self) -> None:
        """Says to whom mails would go; only a yes sends."""
        from frontdesk.ui.layout.reminder_lines import mail_words

        found = self._found
        if found is None:
            return
        now, day = self.desk_app.now(), found.day
        title = f"Send {number_of(len(found.by_mail(now)), 'mail')}?"
        question = Confirm(title, lambda: mail_words(found, now), yes="send", no="send nothing")
        self.app.push_screen(question, lambda yes: self._send(day) if yes else None)

    def action_reminder_not_sent(self) -> None:
        """It may be sent again."""
        row = self.row
        if row is None:
            return
        key, name = row.visit.id, row.visit.patient.listed

        def noted(_: Reminder) -> None:
            self.desk_app.say(f"{name}: the mail was not sent; {key_of('reminder.send')} sends another.")
            self.desk_app.data_changed()

        self.save(lambda: self.desk.reminders.was_not_sent(key), noted)

    def action_day_go(self) -> None:
        """To a day that is typed."""
        from frontdesk.ui.dialogs.goto import ask_day

        ask_day(self, self._to)

    def action_day_today(self) -> None:
        """Back to the next day with anybody booked."""
        self._to(None)

    def action_day_back(self) -> None:
        """The day before."""
        self._by(-1)

    def action_day_on(self) -> None:
        """The day after."""
        self._by(1)

    def _note(self, result: Result, words: str) -> None:
        row = self.row
        if row is None:
            return
        key, name = row.visit.id, row.visit.patient.name

        def noted(new: Reminder) -> None:
            self._on_from = key
            self.desk_app.say(f"{name}: {words}", undo=lambda: self.desk.reminders.take_back(new.id))
            self.desk_app.data_changed()

        self.save(lambda: self.desk.reminders.note(key, result), noted)

    def _send(self, day: date) -> None:
        def done(sent: Sent) -> None:
            self._sending = False
            bad = bool(sent.failed or sent.unsure)
            self.desk_app.say(f"{sent.words}.", tone="error" if bad else "done")
            self.desk_app.data_changed()

        def refused(reason: Refused) -> None:
            self._sending = False
            self.desk_app.refuse(reason)
            self.desk_app.data_changed()

        self._sending = True
        self.desk_app.hint("The mails are going out…", tone="dim")
        # A mail server may take its time: keys go on meanwhile, and each mail is its own two writes.
        self.ask(
            lambda: self.desk.reminders.send(day), done, group="mails", refused=refused, holds=False, words=SENDING
        )

    def _why_no_mails(self) -> str | None:
        found = self._found
        if self._sending:
            return "Mails are going out: wait until it says how many."
        if found is None or not found.rows:
            return nobody()
        if found.clinic.reminders.mail is None:
            copy, export = key_of("reminder.copy"), key_of("reminder.export")
            instead = f"{copy} copies a text, {export} exports all"
            return f"The clinic names no mail server, [reminders.mail] in clinic.toml; {instead}."
        if not found.by_mail(self.desk_app.now()):
            return "There is nobody to send a mail to: confirmed, reminded, or not to be reached so."
        return None

    def _by(self, days: int) -> None:
        if self._found is not None:
            self._to(date.fromordinal(self._found.day.toordinal() + days))

    def _to(self, day: date | None) -> None:
        self.day = day
        self.rows.select_first()
        self.reload()

    def _got(self, found: ReminderSheet) -> None:
        another = self._found is None or self._found.day != found.day
        self._found = found
        self.show_rows()
        if another or self._on_from is not None:
            following = first_open(found.rows, self.desk_app.now(), self._on_from)
            self._on_from = None
            if following is not None:
                self.rows.select(following)
        self.refresh_frame(HeaderLine, KeyLine)

    def show_rows(self) -> None:
        """The rows for the width of the list."""
        from frontdesk.ui.layout.reminder_lines import reminder_row

        found = self._found
        if found is None:
            return
        zone, now, cells = found.clinic.timezone, self.desk_app.now(), max(60, self.rows.size.width) - 2 - MORE_CELLS
        day = long_day(found.day)
        self.rows.set_items(
            [Item(one.visit.id, reminder_row(one, zone, now, cells)) for one in found.rows],
            empty=f"Nobody is booked on {day}. {key_of('day.go')} goes to another day.",
        )
        self.beside.redraw()

    def lines_beside(self, width: int, height: int) -> Sequence[Line]:
        """What the marked patient is told."""
        from frontdesk.ui.layout.reminder_lines import reminder_side

        if self._found is None:
            return ()
        return reminder_side(self._found, self.row, self.desk_app.now(), width, height)
