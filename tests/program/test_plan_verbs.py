"""Treatment plans by verbs."""

from __future__ import annotations

import pytest

from tests.program.conftest import Frontdesk


def test_a_plan_from_its_start_to_its_outcome(clinic: Frontdesk) -> None:
    assert clinic("plan", "show", "1").out.startswith("García, Maria has no plan; one would begin as: weekly, 8 visits")
    start = (
        "plan",
        "start",
        "1",
        "--every",
        "2weeks",
        "--visits",
        "6",
        "--reassess-at",
        "3",
        "--complaint",
        "numb feet",
    )
    (made,) = clinic(*start, "--days", "tue fri", "--between", "16-18", "--json").json["plans"]
    assert (made["state"], made["done"], made["planned"], made["every"]) == ("running", 0, 6, "2weeks")
    assert (made["wishes"], made["reassess_at"], made["practitioner"]) == ("Tue Fri 16:00-18:00", 3, None)
    assert clinic("patient", "1", "--json").json["plans"] == [made]
    assert "0 of 6, every two weeks: running" in clinic("patient", "1").out
    said = clinic("plan", "change", "1", "--visits", "2", "--with", "lin", "--days", "any")
    assert said.out == "García, Maria: plan changed, every two weeks, 2 visits\n"
    (changed,) = clinic("plan", "show", "1", "--json").json["plans"]
    assert (changed["reassess_at"], changed["practitioner"], changed["wishes"]) == (None, "Dr Lin", "16:00-18:00")
    assert "paused until" in clinic("plan", "pause", "1", "--until", "+2w").out
    assert clinic("plan", "undo", "1").out == "García, Maria: undid the pause\n"
    ended = clinic("plan", "end", "1", "--outcome", "better", "--note", "sleeps again", "--json").json["plans"][0]
    assert (ended["state"], ended["outcome"], ended["note"]) == ("ended", "better", "sleeps again")
    assert clinic("log", "--json", "--limit", "1").json[0]["what"] == "plan.end"


def test_a_check_out_tells_what_the_plan_would_have_or_what_comes(clinic: Frontdesk) -> None:
    assert clinic("plan", "start", "1", "--visits", "4", "--every", "week").code == 0
    book = ("book", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--json", "--at")
    number = f"{clinic(*book, 'tomorrow 10:00').json['id']}"
    assert clinic("visit", "needles-in", number, "--count", "4").code == 0
    assert clinic("visit", "needles-out", number, "--count", "4").code == 0
    said = clinic("visit", "checkout", number).out.splitlines()
    assert "the plan (1 of 4, weekly) says" in said[1]
    assert said[2:]
    assert all(line.endswith(", Dr Lin, Room 1") for line in said[2:])
    assert clinic("visit", "undo", number).code == 0
    told = clinic("visit", "checkout", number, "--json").json["next_visit"]
    assert (told["wanted"], len(told["places"]), told["coming"]) == (True, len(said[2:]), None)
    assert clinic("plan", "show", "1", "--json").json["plans"][0]["coming"] == [], "nothing is booked"
    assert clinic("visit", "undo", number).code == 0
    clinic(*book, "+6d 12:00")
    assert clinic("visit", "checkout", number).out.splitlines()[1].endswith(" 12:00, Dr Lin")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("change", "1", "--visits", "3"), "García, Maria has no plan: start one with `frontdesk plan start 1`"),
        (("start", "1", "--days", "someday"), '"someday" is no day of the week; write "tue fri"'),
        (("start", "1", "--between", "18-16"), '"18-16" is no time of day; write "16:00-18:00"'),
        (("start", "1", "--visits", "61"), "--visits: a plan has 1 to 60 visits, not 61"),
        (("start", "1", "--visits", "8", "--reassess-at", "9"), "--reassess-at: lies between visit 1 and visit 8"),
        (("start", "1", "--from", "2019-01-01"), "--from: lies more than three years away"),
        (("start", "1", "--service", "Massage"), 'there is no service "Massage"'),
        (("show", "4711"), "there is no patient #4711"),
    ],
)
def test_what_can_not_be_is_refused_in_a_line(clinic: Frontdesk, said: tuple[str, ...], reason: str) -> None:
    refused = clinic("plan", *said)
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert reason in refused.err
    assert clinic("plan", "show", "1", "--json").json["plans"] == []
