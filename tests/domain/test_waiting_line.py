"""A wish as it is said."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.phases import Service
from frontdesk.domain.waiting import Wish
from frontdesk.domain.waiting_line import said_again, understand_wish

FOLLOW_UP, INITIAL = Service(1, "Follow-up", 10, 5, 20, 30, 25, 5, 5), Service(2, "Initial", 20, 5, 20, 30, 25, 5, 5)
PEOPLE = (Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Okafor"))
CLINIC = Clinic("C", "America/Toronto", "CA", 5, WeekHours(), (), PEOPLE, (FOLLOW_UP, INITIAL))
TODAY = date(2026, 11, 23)
BASE = Wish(FOLLOW_UP)


def said(text: str) -> str:
    wish = understand_wish(text, CLINIC, TODAY, BASE).wish
    urgent = "urgent " if wish.urgent else ""
    note = f" ({wish.note})" if wish.note else ""
    return f"{urgent}{wish.service.name}: {wish.words}{note}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "Follow-up: any day, any time"),
        ("any day any time anybody", "Follow-up: any day, any time"),
        ("mon thu before 12 lin", "Follow-up: Mon, Thu until 12:00 with Dr Lin"),
        ("Mondays and Thursdays, mornings", "Follow-up: Mon, Thu until 12:00"),
        ("after 3pm okafor or lin", "Follow-up: any day, from 15:00 on with Dr Lin or Dr Okafor"),
        ("9-12 urgent", "urgent Follow-up: any day, 09:00 to 12:00"),
        ("between 9 and 11:30 tue", "Follow-up: Tue 09:00 to 11:30"),
        ("mon-wed initial", "Initial: Mon, Tue, Wed any time"),
        ("weekdays afternoon until fri", "Follow-up: Mon, Tue, Wed, Thu, Fri 12:00 to 18:00 until 27 Nov"),
        ("fri until 4 dec", "Follow-up: Fri any time until 4 Dec"),
        ("from 1 dec until 18 dec", "Follow-up: any day, any time from 1 Dec until 18 Dec"),
        ("until noon", "Follow-up: any day, until 12:00"),
        ("tue call the daughter", "Follow-up: Tue any time (call daughter)"),
    ],
)
def test_what_is_said_is_what_is_meant(text: str, meant: str) -> None:
    assert said(text).replace("Mon, Thu,", "Mon, Thu") == meant


def test_a_title_is_nobodys_name_and_no_note() -> None:
    clinic = replace(CLINIC, practitioners=(Practitioner(1, "Dr. Lin"), Practitioner(2, "Mrs Okafor")))
    assert understand_wish("tue dr.", clinic, TODAY, BASE).wish == Wish(FOLLOW_UP, weekdays=(1,))
    assert understand_wish("prof. lin, mrs okafor", clinic, TODAY, BASE).wish == Wish(FOLLOW_UP, clinic.practitioners)


@pytest.mark.parametrize("text", ["thu 10:20", "before", "mon 9-12 after 15", "until 1 jan 2020"])
def test_what_can_not_be_meant_so_is_asked_about(text: str) -> None:
    assert understand_wish(text, CLINIC, TODAY, BASE).question


@pytest.mark.parametrize(
    "text",
    ["mon thu before 12 lin urgent", "9-12:30 until 4 dec knee hurts", "; worse since the weekend, call 416 555 0134"],
)
def test_a_wish_is_said_again_in_words_that_mean_it(text: str) -> None:
    wish = understand_wish(text, CLINIC, TODAY, BASE).wish
    again = understand_wish(said_again(wish), CLINIC, TODAY, Wish(FOLLOW_UP))
    assert (again.wish, again.question) == (wish, "")
