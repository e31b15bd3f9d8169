"""What a calendar's events become, and what is said about those that can't."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.errors import Refused
from tests.exchange.calendars import calendar, event, only, read, starts

MORNING = ("DTSTART:20260310T090000", "DTEND:20260310T093000")


def test_an_event_arrives_with_its_words_and_people() -> None:
    data = calendar(
        "X-WR-CALNAME:Dr Lin\\, mornings\n",
        event(
            *MORNING,
            "SUMMARY;LANGUAGE=en:Follow-up\\; Maria Gar",
            " cía",
            "LOCATION:Room 2",
            "DESCRIPTION:first line\\nsecond\\, line",
            "CATEGORIES:Neuropathy\\, feet,Weekly",
            'ORGANIZER;CN="Lin, Wei":mailto:lin@clinic.test',
            "ATTENDEE;CN=Maria García;PARTSTAT=ACCEPTED:MAILTO:maria@home.test",
            "ATTENDEE:urn:uuid:1234",
            "STATUS:tentative",
            "TRANSP:TRANSPARENT",
            "SEQUENCE:4",
        ),
    )
    found = read(data)
    (visit,) = found.occurrences
    assert (found.name, found.events) == ("Dr Lin, mornings", 1)
    assert (visit.title, visit.location) == ("Follow-up; Maria García", "Room 2")
    assert visit.description == "first line\nsecond, line"
    assert visit.categories == ("Neuropathy, feet", "Weekly")
    assert visit.organizer == ("Lin, Wei", "lin@clinic.test")
    assert visit.attendees == (("Maria García", "maria@home.test"), ("", ""))
    assert (visit.tentative, visit.transparent, visit.cancelled, visit.sequence) == (True, True, False, 4)
    assert visit.where == "event 1, line 4"


def test_control_codes_never_leave_the_file() -> None:
    visit = only(calendar(event(*MORNING, "SUMMARY:\x1b[31mred\x07\u202egnp", "LOCATION:a\x9bb\\nc")))
    assert visit.title == "[31mredgnp"
    assert visit.location == "ab c"


def test_a_floating_time_is_the_wall_clock_of_the_clinic() -> None:
    assert only(calendar(event(*MORNING)), zone="America/Toronto").starts.isoformat() == "2026-03-10T13:00:00+00:00"


def test_a_floating_time_belongs_to_the_zone_its_calendar_names() -> None:
    visit = only(calendar("X-WR-TIMEZONE:Asia/Tokyo\n", event(*MORNING)))
    assert visit.starts.isoformat() == "2026-03-10T00:00:00+00:00"


@pytest.mark.parametrize(
    ("lines", "last_day"),
    [
        (["DTSTART;VALUE=DATE:20260310"], "2026-03-10"),
        (["DTSTART:20260310"], "2026-03-10"),
        (["DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310"], "2026-03-10"),
        (["DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260313"], "2026-03-12"),
        (["DTSTART;VALUE=DATE:20260310", "DURATION:P2D"], "2026-03-11"),
        (["DTSTART;VALUE=DATE:20260310T000000", "DTEND;VALUE=DATE:20260311T000000"], "2026-03-10"),
    ],
)
def test_a_date_is_a_whole_day(lines: list[str], last_day: str) -> None:
    visit = only(calendar(event(*lines)))
    assert visit.all_day
    assert (visit.first_day, visit.last_day) == (date(2026, 3, 10), date.fromisoformat(last_day))
    assert visit.starts.isoformat() == "2026-03-09T23:00:00+00:00"


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (["DTEND:20260310T100000"], 60),
        (["DURATION:PT45M"], 45),
        ([], 0),
        (["DTEND:20260310T090000"], 0),
        (["DTEND;TZID=America/New_York:20260310T053000"], 90),
    ],
)
def test_the_end_comes_from_what_the_event_says(lines: list[str], minutes: int) -> None:
    visit = only(calendar(event("DTSTART;TZID=Europe/Berlin:20260310T090000", *lines)))
    assert (visit.ends - visit.starts).total_minutes() == minutes


def test_an_end_before_the_start_is_reported_and_the_start_kept() -> None:
    found = read(calendar(event("DTSTART:20260310T090000", "DTEND:20260309T090000", "SUMMARY:Odd")))
    assert [(o.starts, o.ends - o.starts) for o in found.occurrences] == [
        (found.occurrences[0].starts, found.occurrences[0].starts - found.occurrences[0].starts)
    ]
    assert "Odd" in found.rejected[0].reason


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["SUMMARY:Nobody knows when"], "no start"),
        (["DTSTART:20260230T090000"], "20260230T090000 does not exist"),
        (["DTSTART:soon"], "'soon' is not a date or time"),
        (["DTSTART:20260310T250000"], "does not exist"),
        (["DTSTART:20260310T090000", "DTSTART:20260311T090000"], "2 different DTSTART lines"),
        (["DTSTART:20260310T090000", "DTEND:20260310T9"], "is not a date or time"),
        (["DTSTART:20260310T090000", "DURATION:P999999999999999999W"], "is not a length of time"),
        (["DTSTART:20260310T090000", "DURATION:P99999999W"], "is not a length of time|beyond the years"),
        (["DTSTART:00010101T000000Z"], "beyond the years"),
        (["DTSTART:20260310T090000", "RRULE:FREQ=FORTNIGHTLY"], "can't be read"),
        (["DTSTART:20260310T090000", "RRULE:COUNT=3"], "how often"),
        (["DTSTART:20260310T090000", "RRULE:FREQ=,;COUNT=3"], "can't be read"),
        (["DTSTART:20260310T090000", "RRULE:FREQ=DAILY;INTERVAL=0"], "INTERVAL"),
        (["DTSTART:20260310T090000", "RRULE:FREQ=DAILY;UNTIL=20260230"], "does not exist"),
        (["DTSTART:20260310T090000", "RRULE:RSCALE=HEBREW;FREQ=YEARLY"], "HEBREW"),
    ],
)
def test_a_broken_event_is_named_and_the_others_arrive(lines: list[str], said: str) -> None:
    found = read(
        calendar(
            event("DTSTART:20260309T090000", "SUMMARY:Before", uid="before"),
            event(*lines, uid="broken"),
            event("DTSTART:20260312T090000", "SUMMARY:After", uid="after"),
        )
    )
    assert [o.title for o in found.occurrences] == ["Before", "After"]
    (problem,) = found.rejected
    assert problem.where == "event 2, line 8"
    assert any(words in problem.reason for words in said.split("|")), problem.reason
    assert found.events == 3


def test_a_line_that_is_no_property_is_left_out_and_reported() -> None:
    found = read(calendar(event(*MORNING, "DESCRIPTION:said", "so & so; without end", "X-NOTHING;A=B", "SUMMARY:Fine")))
    assert [o.title for o in found.occurrences] == ["Fine"]
    assert "2 lines without name or colon left out, line 8: so & so" in found.rejected[0].reason


def test_an_unclosed_event_is_reported_and_the_next_arrives() -> None:
    data = calendar(event(*MORNING, uid="a").replace("END:VEVENT\n", ""), event(*MORNING, "SUMMARY:Whole", uid="b"))
    found = read(data)
    assert [o.title for o in found.occurrences] == ["Whole"]
    assert "no END:VEVENT" in found.rejected[0].reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a calendar"),
        (b"name,phone\nLee,555\n", "not a calendar"),
        (b"%PDF-1.7 something", "not a text file"),
        (calendar(event(*MORNING))[:-14], "cut off"),
        (calendar(event(*MORNING))[:-40], "cut off"),
        (event(*MORNING).encode()[:-12], "cut off"),
    ],
)
def test_what_is_no_whole_calendar_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(data)
    assert said in refusal.value.reason
    assert "\n" not in refusal.value.reason


def test_a_calendar_without_events_is_empty_not_refused() -> None:
    found = read(calendar("BEGIN:VTODO\nSUMMARY:Buy needles\nEND:VTODO\n"))
    assert (found.events, found.occurrences, found.rejected) == (0, (), ())


def layouts() -> list[bytes]:
    text = calendar(event(*MORNING, "SUMMARY:Grüße")).decode()
    return [
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.replace("\n", "\n\n").encode(),
        ("                  " + text).encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("latin-1"),
        text.replace("SUMMARY:", "SUMMARY\n :").encode(),
        text.replace("SUMMARY:", "summary\n\n ;language=de\n\t:").encode(),
        text.replace("Grüße", "Gr\xc3\n \xbc\xc3\x9fe").encode("latin-1"),
        text.replace("VCALENDAR", "Vcalendar").replace("DTSTART", "dtStart").encode(),
        event(*MORNING, "SUMMARY:Grüße").encode(),
        (calendar("BEGIN:VTODO\nUID:x\nEND:VTODO\n").decode() + text).encode(),
        text.replace("END:VEVENT", "BEGIN:VALARM\nTRIGGER\nDTSTART:x\nEND:VALARM\nEND:VEVENT").encode(),
    ]


@pytest.mark.parametrize("data", layouts())
def test_the_same_event_is_read_however_the_file_is_laid_out(data: bytes) -> None:
    visit = only(data)
    assert (visit.title, visit.starts.isoformat()) == ("Grüße", "2026-03-10T08:00:00+00:00")


def test_the_newest_version_of_an_event_wins_wherever_it_stands() -> None:
    data = calendar(
        event("DTSTART:20260310T090000", "SEQUENCE:2", "SUMMARY:New"),
        event("DTSTART:20260310T080000", "SEQUENCE:0", "SUMMARY:Old"),
        event("DTSTART:20260311T080000", "DTSTAMP:20260101T000000Z", "SUMMARY:Old", uid="two"),
        event("DTSTART:20260311T090000", "DTSTAMP:20260102T000000Z", "SUMMARY:New", uid="two"),
    )
    found = read(data)
    assert [o.title for o in found.occurrences] == ["New", "New"]
    assert [note.where for note in found.notes] == ["event 3, line 15"]


def test_events_without_a_uid_keep_their_keys_and_stay_apart() -> None:
    same = event(*MORNING, "SUMMARY:Walk-in", uid=None)
    other = event("DTSTART:20260311T090000", "SUMMARY:Walk-in", uid=None)
    first = [o.key for o in read(calendar(same, same, other)).occurrences]
    assert len(set(first)) == 3
    assert [o.key for o in read(calendar(other, same, same)).occurrences] == first


def test_an_event_keeps_its_key_when_it_moves() -> None:
    assert only(calendar(event(*MORNING))).key == only(calendar(event("DTSTART:20260401T120000"))).key


def test_a_cancelling_message_cancels() -> None:
    assert only(calendar(event(*MORNING, "STATUS:CANCELLED"))).cancelled
    assert only(calendar("METHOD:CANCEL\n", event(*MORNING))).cancelled


def test_both_days_of_the_span_belong_to_it() -> None:
    data = calendar(
        event("DTSTART:20260309T235900", "DTEND:20260310T000000", uid="before"),
        event("DTSTART:20260309T233000", "DTEND:20260310T003000", uid="into"),
        event("DTSTART:20260310T000000", uid="first"),
        event("DTSTART:20260311T235900", uid="last"),
        event("DTSTART:20260312T000000", uid="after"),
        event("DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260310", uid="days before"),
        event("DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260311", uid="days into"),
    )
    assert {o.uid for o in read(data, "2026-03-10", "2026-03-11").occurrences} == {"into", "first", "last", "days into"}


def test_progress_only_grows_and_arrives() -> None:
    told: list[tuple[int, int]] = []
    read(
        calendar(*(event(*MORNING, uid=str(n)) for n in range(5))),
        progress=lambda done, all_: told.append((done, all_)),
    )
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_starts_of_a_file_come_in_order() -> None:
    found = read(calendar(event("DTSTART:20260312T090000", uid="b"), event("DTSTART:20260310T090000", uid="a")))
    assert starts(found) == ["2026-03-10T08:00Z", "2026-03-12T08:00Z"]
