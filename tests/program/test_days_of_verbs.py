"""A day that is typed after a verb means what it means in the dashboard."""

from __future__ import annotations

from pathlib import Path

import pendulum
import pytest

from frontdesk.domain.time_text import long_day
from tests.program.conftest import Frontdesk

ZONE = "America/Toronto"


def shown(day: pendulum.DateTime) -> str:
    """As the agenda's first row has it."""
    return f"{long_day(day.date())} {day.year}\n"


@pytest.mark.parametrize(
    ("said", "days"),
    [("+7", 7), ("-7", -7), ("2 weeks", 14), ("a fortnight", 14), ("tomorrow", 1)],
)
def test_the_agenda_knows_lengths_of_time(clinic: Frontdesk, said: str, days: int) -> None:
    today = pendulum.today(ZONE)
    assert shown(today.add(days=days)) in clinic("agenda", *said.split()).out


def test_the_agenda_and_what_looks_ahead_know_whole_weeks_and_months(clinic: Frontdesk) -> None:
    today = pendulum.today(ZONE)
    monday = today.add(days=7 - today.weekday())
    ahead = today.add(months=2).start_of("month")

    assert shown(monday) in clinic("agenda", "next", "week").out
    assert shown(ahead) in clinic("agenda", ahead.format("MMMM").lower()).out
    assert clinic("reminders", "next", "week", "--json").json["day"] == monday.to_date_string()
    assert long_day(monday.date()) in clinic("print", "day", "next", "week").out
    free = clinic("slots", "--service", "Follow-up", "--from", "next week", "--days", "7", "--json").json
    assert free[0]["start"] >= monday.to_date_string()


def test_what_looks_back_knows_the_last_week_and_month(clinic: Frontdesk) -> None:
    today = pendulum.today(ZONE)
    before = today.start_of("month").subtract(days=1)

    found = clinic("report", "last", "week", "--json").json
    assert (found["period"], found["from"]) == ("week", today.subtract(days=7 + today.weekday()).to_date_string())
    for said in (("last", "month"), (before.format("MMMM").lower(),), ("month", "last", "month")):
        found = clinic("report", *said, "--json").json
        assert (found["period"], found["until"]) == ("month", before.to_date_string())


def test_a_window_begins_with_next_week_and_must_be_told_where_it_ends(clinic: Frontdesk, tmp_path: Path) -> None:
    file = str(tmp_path / "calendar.ics")
    monday = pendulum.today(ZONE).add(days=7 - pendulum.today(ZONE).weekday())
    empty = clinic("export", "calendar.ics", "--to", file, "--from", "next week", "--until", "3 weeks")
    assert f"nothing is in the calendar from {monday.to_date_string()} until" in empty.err

    said = clinic("export", "calendar.ics", "--to", file, "--until", "next week")

    assert said.code == 1
    assert said.err.count("\n") == 1
    assert '"next week" is no day' in said.err


@pytest.mark.parametrize("verb", [("agenda",), ("print", "day"), ("reminders",), ("close", "--dry-run"), ("report",)])
@pytest.mark.parametrize("said", ["5/3", "someday", "the end of next week"])
def test_what_is_no_certain_day_is_refused_in_one_line(clinic: Frontdesk, verb: tuple[str, ...], said: str) -> None:
    answer = clinic(*verb, said)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
