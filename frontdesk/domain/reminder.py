"""Reminding patients of a visit: what was tried, where that leaves it, and whom a mail may go to.

Stored is only what was tried, each for the start that the visit had then: a visit that was moved has not been
reminded of. A mail is written down before it is handed to the server, so that after a crash nobody gets a second one:
that it may never have gone is then said, and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient_file import CONTACT_WORDS, ContactBy
from frontdesk.domain.privacy import is_private
from frontdesk.domain.visit import Status

UNSURE_AFTER_S = 120
"""Seconds after which a mail that was begun and never reported is not on its way any more: its fate is not known."""


class Channel(StrEnum):
    """How somebody was reminded; a text message that staff send from a phone counts as the phone."""

    PHONE = "phone"
    EMAIL = "email"


class Result(StrEnum):
    """What came of one attempt."""

    MESSAGE = "message"
    NO_ANSWER = "no_answer"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


RESULT_WORDS = {
    Result.MESSAGE: "message left",
    Result.NO_ANSWER: "no answer",
    Result.SENDING: "mail is being sent",
    Result.SENT: "mail sent",
    Result.FAILED: "mail not sent",
    Result.UNSURE: "mail, not known whether it went",
}
BY_PHONE = frozenset({Result.MESSAGE, Result.NO_ANSWER})
"""What staff write down themselves; the rest is what became of a mail."""


class Reminder(Struct, frozen=True):
    """One attempt to remind somebody, of the visit as it was planned then (`starts`)."""

    id: int
    appointment_id: int
    starts: DateTime
    result: Result
    at: DateTime
    who: str
    address: str = ""
    """Where a mail went."""
    text: str = ""
    reason: str = ""
    """Why a mail was not sent, or is not known to have been."""

    @property
    def channel(self) -> Channel:
        """By phone or by mail."""
        return Channel.PHONE if self.result in BY_PHONE else Channel.EMAIL

    def stands(self, now: DateTime) -> Result:
        """What is known of it now: a mail that nobody reports of any more is unsure."""
        if self.result is Result.SENDING and (now - self.at).total_seconds() > UNSURE_AFTER_S:
            return Result.UNSURE
        return self.result


class Reached(StrEnum):
    """Where the reminding of one visit stands."""

    NOT = "not_reminded"
    SENDING = "sending"
    UNSURE = "unsure"
    REMINDED = "reminded"
    CONFIRMED = "confirmed"


class Contact(Struct, frozen=True):
    """What a file says of reaching somebody."""

    by: ContactBy | None = None
    language: str = ""
    no_reminders_since: date | None = None


class Reminding(Struct, frozen=True):
    """One visit of a day's list, with everything that decides what is done next."""

    visit: Appointment
    contact: Contact = Contact()
    tried: tuple[Reminder, ...] = ()
    """Every attempt for this visit, the latest first, those from before it was moved too."""

    @property
    def tried_now(self) -> tuple[Reminder, ...]:
        """The attempts for the visit as it is planned now."""
        return tuple(one for one in self.tried if one.starts == self.visit.starts)

    def reached(self, now: DateTime) -> Reached:
        """Where it stands: confirmed is the patient's word, reminded is ours."""
        if self.visit.status is Status.CONFIRMED:
            return Reached.CONFIRMED
        stand = {one.stands(now) for one in self.tried_now}
        if stand & {Result.MESSAGE, Result.SENT}:
            return Reached.REMINDED
        if Result.SENDING in stand:
            return Reached.SENDING
        return Reached.UNSURE if Result.UNSURE in stand else Reached.NOT

    def is_done(self, now: DateTime) -> bool:
        """Whether nobody need be called any more."""
        return self.reached(now) in (Reached.REMINDED, Reached.CONFIRMED, Reached.SENDING) or self.is_refused

    @property
    def is_refused(self) -> bool:
        """Whether they asked not to be reminded."""
        return self.contact.no_reminders_since is not None

    def words(self, now: DateTime) -> str:
        """`not reminded`, `no answer ×2`, `reminded`: what stands in the list."""
        reached = self.reached(now)
        if reached is Reached.CONFIRMED:
            return "confirmed"
        if reached is Reached.REMINDED:
            return "reminded"
        if reached is Reached.SENDING:
            return "mail going out"
        if reached is Reached.UNSURE:
            return "mail: unsure"
        if self.is_refused:
            return "wants none"
        latest = self.tried_now[0].result if self.tried_now else None
        if latest is Result.FAILED:
            return "mail not sent"
        calls = sum(one.result is Result.NO_ANSWER for one in self.tried_now)
        if calls:
            return "no answer" if calls == 1 else f"no answer ×{calls}"
        return "not reminded"

    def why_no_mail(self, now: DateTime) -> str | None:
        """Why no mail goes out to them by itself; None when one does.

        Whoever never said that they want mails gets none: that e-mail is the way to reach them is what they agreed to.
        """
        if self.is_refused:
            return "asked not to be reminded"
        details = self.visit.patient.details
        if details.deceased_on is not None:
            return "has died"
        if details.retired:
            return "the file is put away"
        reached = self.reached(now)
        if reached is Reached.CONFIRMED:
            return "has confirmed"
        if reached is Reached.REMINDED:
            return "has been reminded"
        if reached is Reached.SENDING:
            return "a mail is on its way"
        if reached is Reached.UNSURE:
            return "a mail may have gone out"
        if self.visit.starts <= now:
            return "the visit's time has come"
        if self.contact.by is None:
            return "has not said how to be reached"
        if self.contact.by is not ContactBy.EMAIL:
            return f"is to be reached {CONTACT_WORDS[self.contact.by]}"
        return None if details.email else "has no e-mail address on file"

    @property
    def how(self) -> str:
        """How they want to be reached, in a word or two; nothing in privacy mode."""
        if is_private():
            return ""
        if self.is_refused:
            return "no reminders"
        return CONTACT_WORDS[self.contact.by] if self.contact.by else ""


def first_open(rows: Sequence[Reminding], now: DateTime, after: int | None = None) -> int | None:
    """The appointment to go to next: the first after `after` that is not done, else the first of all; None if none."""
    ids = [one.visit.id for one in rows]
    begin = ids.index(after) + 1 if after in ids else 0
    turned = (*rows[begin:], *rows[:begin])
    return next((one.visit.id for one in turned if not one.is_done(now) and one.visit.id != after), None)
