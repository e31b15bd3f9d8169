"""Days and times as people say them: right or refused."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.errors import Refused
from frontdesk.domain.when import parse_day, parse_moment, parse_time

MONDAY = date(2026, 11, 23)


ZONE = "America/Toronto"


@given(st.text(max_size=30))
def test_no_text_does_anything_but_answer_or_refuse(text: str) -> None:
    for ask in (
        lambda: parse_day(text, MONDAY),
        lambda: parse_time(text),
        lambda: parse_moment(text, MONDAY, ZONE),
    ):
        reason = ""
        try:
            ask()
        except Refused as refused:
            reason = refused.reason
        assert not set("\n\r\x1b\x07") & set(reason)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("10:20", 620),
        ("at 10:20", 620),
        ("@10:20", 620),
        ("1020", 620),
        ("10.20", 620),
        ("10h20", 620),
        ("15h", 900),
        ("3h05", 185),
        ("3pm", 900),
        ("3 PM", 900),
        ("3:15 pm", 915),
        ("3.15 p.m.", 915),
        ("12pm", 720),
        ("12am", 0),
        ("12:30am", 30),
        ("noon", 720),
        ("00:00", 0),
        ("02:30", 150),
        ("0230", 150),
        ("23:59", 1439),
        ("9:05", 545),
        ("7:30", 450),
        ("12:15", 735),
        ("half past ten", 630),
        ("at half past three pm", 930),
        ("quarter to 4 pm", 945),
        ("a quarter past 8pm", 1215),
        ("20 minutes to 2pm", 820),
        ("15 to noon", 705),
        ("quarter to one", 765),
        ("twenty after 3pm", 920),
        ("ten o'clock", 600),
        ("3 o'clock pm", 900),
        ("at 9", 540),
        ("@ 10", 600),
        ("at ten thirty", 630),
        ("at 930", 570),
        ("330 p.m.", 930),
        ("nine fifty nine a m", 599),
        ("3:15p", 915),
        ("10:20 sharp", 620),
        ("3 in the afternoon", 900),
        ("3:15 in the afternoon", 915),
        ("8 in the evening", 1200),
        ("in the morning at 9", 540),
        ("10:20 in the evening", 1340),
    ],
)
def test_a_time(text: str, minute: int) -> None:
    assert parse_time(text) == minute


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2:30", "say 02:30 or 2:30pm"),
        ("at 3", "night or afternoon"),
        ("quarter past 3", "night or afternoon"),
        ("half three", "is no time"),
        ("half to 3", "is no time"),
        ("three twenty", "is no time"),
        ("two sixty a m", "is no time"),
        ("2015", "is no time"),
        ("10ish", "is no time"),
        ("around 10", "is no time"),
        ("12 in the evening", "is no time|night"),
        ("3pm in the morning", "is no time"),
        ("10:20:30", "is no time"),
        ("10:20 gmt", "is no time"),
        ("tue 10:20", "is no time"),
        ("6:59", "night or afternoon"),
        ("3", "is no time"),
        ("15", "is no time"),
        ("930", "is no time"),
        ("24:00", "is no time"),
        ("10:60", "is no time"),
        ("10:2", "is no time"),
        ("13pm", "is no time"),
        ("0pm", "is no time"),
        ("15:00pm", "is no time"),
        ("midnight", "is no time"),
        ("4a", "is no time"),
        ("3 30", "is no time"),
        ("-1:00", "is no time"),
        ("", "is no time"),
    ],
)
def test_a_time_that_is_not_certain_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026-11-24 10:00", "2026-11-24T10:00:00-05:00"),
        ("2026-11-24T10:00", "2026-11-24T10:00:00-05:00"),
        ("2026-11-24T10:00:00-05:00", "2026-11-24T10:00:00-05:00"),
        ("2026-11-24T15:00:00Z", "2026-11-24T10:00:00-05:00"),
        ("2026-11-24T20:30:00+05:30", "2026-11-24T10:00:00-05:00"),
        ("tomorrow 10:20", "2026-11-24T10:20:00-05:00"),
        ("tue 3pm", "2026-11-24T15:00:00-05:00"),
        ("tue 3 pm", "2026-11-24T15:00:00-05:00"),
        ("tue, 3pm", "2026-11-24T15:00:00-05:00"),
        ("thu at 10:20", "2026-11-26T10:20:00-05:00"),
        ("10:20 thu", "2026-11-26T10:20:00-05:00"),
        ("3pm on thursday", "2026-11-26T15:00:00-05:00"),
        ("24 nov 1020", "2026-11-24T10:20:00-05:00"),
        ("nov 24 2026 1020", "2026-11-24T10:20:00-05:00"),
        ("24.11. 10.20", "2026-11-24T10:20:00-05:00"),
        ("in 2 weeks 9:00", "2026-12-07T09:00:00-05:00"),
        ("-1d noon", "2026-11-22T12:00:00-05:00"),
        ("8 mar 2027 02:30", "2027-03-08T02:30:00-05:00"),
        ("2027-07-01 10:00", "2027-07-01T10:00:00-04:00"),
        ("a week from tuesday 10:20", "2026-12-01T10:20:00-05:00"),
        ("this friday at half past ten", "2026-11-27T10:30:00-05:00"),
        ("quarter to 4 pm tomorrow", "2026-11-24T15:45:00-05:00"),
        ("next month on the 3rd at 10", "2026-12-03T10:00:00-05:00"),
        ("14.3 10.20", "2027-03-14T10:20:00-04:00"),
        ("thursday morning at 9", "2026-11-26T09:00:00-05:00"),
        ("tomorrow afternoon at 5", "2026-11-24T17:00:00-05:00"),
        ("9 tomorrow morning", "2026-11-24T09:00:00-05:00"),
        ("7:00 on next sunday afternoon", "2026-12-06T19:00:00-05:00"),
        ("tonight at 8 o'clock", "2026-11-23T20:00:00-05:00"),
        ("this morning @ 10", "2026-11-23T10:00:00-05:00"),
        ("6 jan 2027 - 9:37am", "2027-01-06T09:37:00-05:00"),
    ],
)
def test_a_moment_in_toronto(text: str, local: str) -> None:
    instant = parse_moment(text, MONDAY, ZONE)

    assert instant.timezone_name == "UTC"
    assert instant.in_timezone(ZONE).isoformat() == local


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10:20", "no day"),
        ("tue", "no time"),
        ("24 nov 2026", "no time"),
        ("tue 2:30", "night or afternoon"),
        ("tue 25:00", "is no time"),
        ("morgen 10:20", '"morgen" is no day'),
        ("5/3 10:20", "either way round"),
        ("hello there", "no day and time"),
        ("mon 10:20", "could be today or Mon 30 Nov"),
        ("tomorrow at 3", "night or afternoon"),
        ("2 tomorrow morning", "no day and time"),
        ("thu 10", "is no time"),
        ("thu morning", "is no time"),
        ("tomorrow around 10", "is no time"),
        ("thu 10:20 fri", "is no time"),
        ("24 nov 2015", "no time"),
        ("thu 8:00 gmt", "is no time"),
        ("", "no day and time"),
        ("2026-02-30 10:20", "no calendar"),
        ("2026-11-24T24:00:00Z", "is no time"),
    ],
)
def test_a_moment_that_is_not_certain_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_moment(text, MONDAY, ZONE)


@pytest.mark.parametrize(
    ("text", "zone", "why"),
    [
        ("2027-03-14 02:30", ZONE, "does not exist on 2027-03-14: the clocks go forward"),
        ("2026-11-01 01:30", ZONE, "comes twice on 2026-11-01: the clocks go back"),
        ("2018-11-04 00:30", "America/Sao_Paulo", "does not exist"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "does not exist"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "comes twice"),
        ("2011-12-30 10:00", "Pacific/Apia", "does not exist"),
    ],
)
def test_a_time_that_no_clock_or_that_two_clocks_show_is_refused(text: str, zone: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_moment(text, MONDAY, zone)


def test_the_refusal_of_a_time_shown_twice_says_how_to_name_either() -> None:
    first = parse_moment("2026-11-01T01:30-04:00", MONDAY, ZONE)
    second = parse_moment("2026-11-01T01:30-05:00", MONDAY, ZONE)

    with pytest.raises(Refused, match=r"2026-11-01T01:30:00-04:00"):
        parse_moment("2026-11-01 01:30", MONDAY, ZONE)
    assert second - first == pendulum.duration(hours=1)
