"""The five answers of a first run, as people write them."""

from __future__ import annotations

import pytest
from phonenumbers import SUPPORTED_REGIONS

from frontdesk.domain.errors import Refused
from frontdesk.domain.first_setup import answers_so_far, first_answers, practitioners_of, rooms_of, zone_of
from frontdesk.domain.opening_words import USUAL_WEEK, spans_of, week_of, week_words
from frontdesk.domain.zones import countries, country_of


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (USUAL_WEEK, "Mon–Fri 09:00-13:00, 14:00-18:00"),
        ("Mon–Fri 9am-1pm, 2pm - 6 pm, sat 9:30-12", "Mon–Fri 09:00-13:00, 14:00-18:00; Sat 09:30-12:00"),
        ("mon, wed, fri 9-17 tue 10.30-12h", "Mon 09:00-17:00; Tue 10:30-12:00; Wed 09:00-17:00; Fri 09:00-17:00"),
        ("monday to friday 9 to 5pm; sun closed", "Mon–Fri 09:00-17:00"),
        ("daily 0-24", "Mon–Sun 00:00-24:00"),
        ("sat-mon 9-12", "Mon 09:00-12:00; Sat–Sun 09:00-12:00"),
        ("Tues & Thurs: 12am-12pm", "Tue 00:00-12:00; Thu 00:00-12:00"),
        ("weekdays 14-18, 9-13", "Mon–Fri 09:00-13:00, 14:00-18:00"),
    ],
)
def test_a_weeks_hours(typed: str, means: str) -> None:
    assert week_words(week_of(typed)) == means


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is needed"),
        ("mon closed", "is needed"),
        ("9-17", "names no day"),
        ("mon-fri", "from when to when"),
        ("mon 9-25", "no clock shows"),
        ("mon 13pm-15", "no clock shows"),
        ("mon 9:75-10", "no clock shows"),
        ("mon 13-9", "ends before it starts"),
        ("mon-fri 9-5", '"9-5" ends before it starts; did you mean 9-17?'),
        ("mon 9:30-4:30", "did you mean 9:30-16:30?"),
        ("mon 9-9", "ends before it starts"),
        ("mon 9-12, 11-13", "overlap"),
        ("mon 9-12; mon-tue 14-18", "Monday is there twice"),
        ("moon 9-12", '"moon" is no day'),
        ("mon 9-13-15", "no span of hours"),
        ("whenever\x1b[2J 9-12", "names no day"),
    ],
)
def test_hours_that_say_nothing_certain(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        week_of(typed)
    assert said in refused.value.reason
    assert "\x1b" not in refused.value.reason


def test_a_days_hours() -> None:
    assert spans_of("13:30-17, 9-12;") == ["09:00-12:00", "13:30-17:00"]
    assert spans_of("") == []


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("toronto", "America/Toronto"),
        ("New York", "America/New_York"),
        ("europe/BERLIN", "Europe/Berlin"),
        ("buenos", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_zone_by_its_city(typed: str, zone: str) -> None:
    assert zone_of(typed) == zone


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is needed"),
        ("hamilton", 'name the nearest big city: "hamilton" is no time zone'),
        ("buenos ares", "did you mean America/Argentina/Buenos_Aires?"),
        ("berlni", "did you mean Europe/Berlin?"),
        ("UTC", "in no country"),
        ("par", "may be Europe/Paris, America/Paramaribo"),
        ("\x1b]0;x", "no time zone"),
    ],
)
def test_a_zone_that_is_not_certain(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        zone_of(typed)
    assert said in refused.value.reason
    assert "\x1b" not in refused.value.reason


def test_the_countries_of_cities_are_ones_whose_phone_numbers_can_be_read() -> None:
    # Of the uninhabited ones none can.
    assert set(countries().values()) - SUPPORTED_REGIONS <= {"AQ", "GS", "PN", "TF", "UM"}
    assert country_of("Etc/UTC") is None


def test_the_answers_in_the_whole_set_up() -> None:
    answers = first_answers("Elm", "Europe/Berlin", rooms_of("1"), practitioners_of("Lin"), week_of(USUAL_WEEK))
    assert answers["clinic"]["phone_region"] == "DE"
    assert [one["name"] for one in answers["services"]] == ["Initial", "Follow-up"]


def test_rooms_by_number_and_by_name() -> None:
    assert [room["name"] for room in rooms_of("2")] == ["Room 1", "Room 2"]
    assert rooms_of("2 rooms") == rooms_of(" 2 ") == rooms_of("2")
    assert [room["name"] for room in rooms_of("Blue and Green & Red")] == ["Blue", "Green", "Red"]
    assert rooms_of("Blue, Community x 4") == [{"name": "Blue"}, {"name": "Community", "chairs": 4}]
    for typed, said in (
        ("0", "from 1"),
        ("51 rooms", "from 1"),
        (" , ", "at least one"),
        ("a, A", "twice"),
        ("a x 0", "chairs"),
    ):
        with pytest.raises(Refused, match=said):
            rooms_of(typed)


def test_practitioners_by_name() -> None:
    assert practitioners_of(" Dr Lin ;  Dr  Okafor,") == [{"name": "Dr Lin"}, {"name": "Dr Okafor"}]
    assert [one["name"] for one in practitioners_of("Andy and Sand & Bo, and Cy")] == ["Andy", "Sand", "Bo", "Cy"]
    with pytest.raises(Refused, match="Dr Lin is there twice"):
        practitioners_of("Dr Lin, Dr Lin")
    with pytest.raises(Refused, match="120 characters"):
        practitioners_of("x" * 121)


def test_what_was_typed_goes_on_row_by_row_as_far_as_it_can_be_read() -> None:
    typed = {"name": " Elm ", "timezone": "berlni", "rooms": "4", "practitioners": "", "hours": "sat 9-12"}
    answers = answers_so_far(typed)
    assert answers["clinic"]["name"] == "Elm"
    assert answers["clinic"]["timezone"] == "berlni"
    assert len(answers["rooms"]) == 4
    assert answers["practitioners"] == []
    assert answers["hours"] == {"sat": ["09:00-12:00"]}
