"""Courses, cancelling and putting back, by verbs."""

from __future__ import annotations

import pytest

from tests.program.conftest import Frontdesk

COURSE = ("series", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:00")
WEEKLY = (*COURSE, "--every", "week", "--times", "4")
BOOK = ("book", "--patient", "2", "--service", "Follow-up", "--with", "Dr Lin", "--at")


def test_a_course_is_shown_and_then_booked(clinic: Frontdesk) -> None:
    shown = clinic(*WEEKLY, "--dry-run", "--json").json
    assert [one["outcome"] for one in shown["dates"]] == ["wished"] * 4
    assert (shown["patient"]["name"], shown["every"], shown["times"]) == ("García, Maria", "week", 4)
    assert shown["booked"] == []
    assert clinic("agenda", "tomorrow", "--json").json == []
    done = clinic(*WEEKLY, "--json").json
    assert [one["start"] for one in done["booked"]] == [one["place"]["start"] for one in shown["dates"]]
    assert [one["status"] for one in done["booked"]] == ["booked"] * 4
    assert [one["what"] for one in clinic("log", "--json", "--limit", "5").json] == ["series.book", *["visit.book"] * 4]


def test_a_course_in_words(clinic: Frontdesk) -> None:
    clinic(*BOOK, "tomorrow 10:05")
    said = clinic(*WEEKLY, "--dry-run").out.splitlines()
    assert said[0] == "García, Maria: Follow-up, weekly, 4 times"
    assert "moved" in said[1]
    assert "Dr Lin is with Lee, Jun 10:05-10:20" in said[1]
    booked = clinic(*WEEKLY).out.splitlines()
    assert booked[0].startswith("García, Maria: 4 visits booked, weekly")
    assert len(booked) == 5


def test_a_date_where_nothing_fits_is_told_and_may_be_left_out(clinic: Frontdesk) -> None:
    clinic(*BOOK, "tomorrow 10:05")
    narrow = (*WEEKLY, "--within", "0")
    said = clinic(*narrow)
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert "nothing was booked: " in said.err
    assert " — free: " in said.err
    assert "--leave-out" in said.err
    assert "NOTHING FITS" in clinic(*narrow, "--dry-run").out
    assert len(clinic(*narrow, "--leave-out", "--json").json["booked"]) == 3


def test_undo_of_one_takes_back_all(clinic: Frontdesk) -> None:
    third = clinic(*WEEKLY, "--json").json["booked"][2]["id"]
    assert clinic("visit", "undo", f"{third}").out == "undid the series: 4 visits of García, Maria\n"
    assert clinic("check").code == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("--every", "week", "--times", "1"), "2 to 26"),
        (("--every", "week", "--times", "4", "--within", "999"), "0 to 240"),
        (("--every", "week", "--times", "4", "--room", "Attic"), "no room"),
    ],
)
def test_what_can_not_be_a_course_is_refused_in_a_line(clinic: Frontdesk, wrong: tuple[str, ...], words: str) -> None:
    said = clinic(*COURSE, *wrong)
    assert (said.code, said.out) == (1, "")
    assert words in said.err


@pytest.mark.parametrize("wrong", [("--every", "year", "--times", "4"), ("--every", "week", "--times", "0"), ()])
def test_wrong_usage_of_a_course(clinic: Frontdesk, wrong: tuple[str, ...]) -> None:
    assert clinic(*COURSE, *wrong).code == 2


def test_cancelling_says_by_whom_and_is_put_back(clinic: Frontdesk) -> None:
    key = str(clinic(*BOOK, "tomorrow 10:00", "--json").json["id"])
    said = clinic("visit", "cancel", key, "--by", "patient", "--reason", "ill").out
    assert said.startswith("Lee, Jun: cancelled by the patient (ill)")
    assert clinic("visit", "reinstate", key, "--json").json["status"] == "booked"
    assert clinic("visit", "cancel", key, "--reason", "ill").out == "Lee, Jun: cancelled (ill)\n"
    assert clinic("visit", "cancel", key, "--by", "nobody").code == 2
    clinic("book", "--patient", "1", *BOOK[3:], "tomorrow 10:00")
    again = clinic("visit", "reinstate", key)
    assert again.code == 1
    assert "Dr Lin is with García, Maria" in again.err
    assert "free: " in again.err
