"""Where the reminding of a visit stands, and whom a mail goes to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.patient_file import ContactBy
from frontdesk.domain.reminder import UNSURE_AFTER_S, Contact, Reached, Reminder, Reminding, Result, first_open
from frontdesk.domain.reminder_text import ReminderSettings, day_words, fill, language_key, wrong_with_text
from frontdesk.domain.visit import Status
from tests.domain.make import FOLLOW_UP, LIN, at

NOW = at("10:00")
STARTS = NOW.add(days=1)
WANTS = Contact(ContactBy.EMAIL)


def visit(number: int = 1, status: Status = Status.BOOKED, **details: Any) -> Appointment:
    who = Patient(number, 1, PatientDetails("Maria", "Garcia", email="m@example.org", **details))
    return Appointment(number, 1, who, LIN, FOLLOW_UP, None, status, STARTS, 25)


def tried(result: Result, *, ago_s: int = 0, starts: object = STARTS) -> Reminder:
    return Reminder(1, 1, starts, result, NOW.subtract(seconds=ago_s), "Ana")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attempts", "reached", "words"),
    [
        ((), Reached.NOT, "not reminded"),
        ((tried(Result.NO_ANSWER),), Reached.NOT, "no answer"),
        ((tried(Result.NO_ANSWER), tried(Result.NO_ANSWER)), Reached.NOT, "no answer ×2"),
        ((tried(Result.MESSAGE), tried(Result.NO_ANSWER)), Reached.REMINDED, "reminded"),
        ((tried(Result.SENT),), Reached.REMINDED, "reminded"),
        ((tried(Result.FAILED),), Reached.NOT, "mail not sent"),
        ((tried(Result.SENDING),), Reached.SENDING, "mail going out"),
        ((tried(Result.SENDING, ago_s=UNSURE_AFTER_S + 1),), Reached.UNSURE, "mail: unsure"),
        ((tried(Result.UNSURE),), Reached.UNSURE, "mail: unsure"),
        ((tried(Result.SENT, starts=STARTS.add(hours=1)),), Reached.NOT, "not reminded"),
    ],
)
def test_where_it_stands(attempts: tuple[Reminder, ...], reached: Reached, words: str) -> None:
    one = Reminding(visit(), WANTS, attempts)
    assert one.reached(NOW) is reached
    assert one.words(NOW) == words
    assert (one.why_no_mail(NOW) is None) == (reached is Reached.NOT), "none goes out twice, or while one may have gone"
    confirmed = replace(one, visit=visit(status=Status.CONFIRMED))
    assert confirmed.reached(NOW) is Reached.CONFIRMED


@pytest.mark.parametrize(
    ("contact", "details", "why"),
    [
        (WANTS, {}, None),
        (Contact(), {}, "has not said how to be reached"),
        (Contact(ContactBy.PHONE), {}, "is to be reached by phone"),
        (Contact(ContactBy.EMAIL, no_reminders_since=date(2026, 1, 1)), {}, "asked not to be reminded"),
        (WANTS, {"deceased_on": date(2026, 11, 1)}, "has died"),
        (WANTS, {"retired": True}, "the file is put away"),
    ],
)
def test_a_mail_goes_only_to_whoever_said_so(contact: Contact, details: dict[str, Any], why: str | None) -> None:
    assert Reminding(visit(**details), contact).why_no_mail(NOW) == why


def test_the_next_one_to_call_is_the_next_who_is_not_done() -> None:
    rows = [Reminding(visit(number), WANTS) for number in (1, 2, 3)]
    rows[1] = replace(rows[1], visit=visit(2, Status.CONFIRMED))
    assert first_open(rows, NOW) == 1
    assert first_open(rows, NOW, after=1) == 3
    assert first_open(rows, NOW, after=3) == 1
    assert first_open(rows[1:2], NOW, after=2) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We expect you at {time}, {{really}}", None),
        ("{day} {tiem}", "did you mean {time}?"),
        ("{service}", "tells nothing of the treatment"),
        ("{time", "belongs to no placeholder"),
        ("{time!r}", "stands alone"),
        ("{time.__class__}", "is no placeholder"),
        ("{0}", "{clinic}, {name}, {day}, {date}, {time}, {practitioner}"),
    ],
)
def test_a_text_says_what_is_wrong_with_it(text: str, said: str | None) -> None:
    why = wrong_with_text(text)
    assert why is None if said is None else why is not None and said in why


def test_what_stands_in_a_text_is_not_read_again() -> None:
    assert fill("{{{clinic}}} {time}", {"clinic": "{time}", "time": "10:20"}) == "{{time}} 10:20"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Français", "fr"),
        ("french (Québec)", "fr"),
        ("FR-ca", "fr"),
        ("中文", "zh"),
        ("Cantonese", "zh"),
        ("Klingon ", "klingon"),
        ("", ""),
    ],
)
def test_a_language_is_known_however_it_is_written(written: str, key: str) -> None:
    assert language_key(written) == key


def test_the_text_is_the_patients_or_the_clinics_language() -> None:
    settings = ReminderSettings("fr", (("Tiếng Việt", "{time} nhé"), ("en", "{time}!")))
    assert settings.text_for("Vietnamese") == ("vi", "{time} nhé")
    assert settings.text_for("english") == ("en", "{time}!")
    assert settings.text_for("Klingon")[0] == "fr"
    assert day_words(STARTS, "fr") == "mardi 24 novembre"
    assert day_words(STARTS, "vi") == "2026-11-24"
