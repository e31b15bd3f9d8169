"""Files taken in: what becomes what, what is rejected, and that the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.desk.open import Desk
from frontdesk.desk.transfer import FileKind, ImportOptions, ImportResult, kind_of
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Bring = Callable[..., ImportResult]


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Bring:
    """Imports a text as a file: `bring(text)`."""

    def run(text: str | bytes, **options: Any) -> ImportResult:
        path = tmp_path / "file"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return desk.transfer.bring_in(path, ImportOptions(**options))

    return run


def event(uid: str, day: str, start: str, end: str, summary: str, *more: str) -> str:
    """One event of the clinic's zone."""
    zone = "TZID=America/Toronto"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTART;{zone}:{day}T{start}00",
        f"DTEND;{zone}:{day}T{end}00",
        f"SUMMARY:{summary}",
        *more,
        "END:VEVENT",
    ]
    return "\r\n".join(lines)


def calendar(*events: str, name: str = "") -> str:
    """A calendar of those events."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{name}", *events, "END:VCALENDAR", ""])


def table(*rows: str) -> str:
    """A table of patients with ids."""
    return "\n".join(["id,first name,last name,birth date,phone", *rows, ""])


def test_kinds_are_told_by_content() -> None:
    assert kind_of(calendar().encode()) is FileKind.CALENDAR
    assert kind_of(b"\xef\xbb\xbfbegin:vcalendar\n") is FileKind.CALENDAR
    assert kind_of(b"a,b\n1,2\n") is FileKind.PATIENTS
    for other in (b"BEGIN:VCARD\n", b'{"resourceType": "Patient"}', b"[]"):
        with pytest.raises(Refused, match="frontdesk reads"):
            kind_of(other)


def test_a_table_comes_in_once(desk: Desk, bring: Bring) -> None:
    text = table("1,Ann,Roe,1980-01-02,555 0100", "2,,,,", "3,Ben,Ash,1970-02-30,", "4,Cai,Ng,1990-01-01,")
    first = bring(text)
    assert (first.kind, first.created, [problem.where for problem in first.rejected]) == (
        FileKind.PATIENTS,
        2,
        ["line 3", "line 4"],
    )
    before = desk.log.latest(100)
    assert before[0].what == "import.patients"
    again = bring(text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert desk.log.latest(100) == before


def test_a_row_that_changed_changes_only_what_the_file_changed(desk: Desk, bring: Bring) -> None:
    bring(table("1,Ann,Roe,1980-01-02,555 0100"))
    ann = desk.lookup.find("roe")[0].patient
    edited = PatientDetails(
        given="Ann", family="Roe", birth_date=ann.details.birth_date, phones=("555 0100",), notes="x"
    )
    desk.patients.save(ann.id, ann.version, edited)
    assert bring(table("1,Ann,Roe,1980-01-02,555 0199")).updated == 1
    now = desk.patients.get(ann.id).details
    assert (now.phones, now.notes) == (("555 0199",), "x")


def test_an_id_given_to_somebody_else_overwrites_nobody(desk: Desk, bring: Bring) -> None:
    bring(table("1,Ann,Roe,1980-01-02,555 0100"))
    result = bring(table("1,Bob,Ash,1971-03-04,"))
    assert (result.updated, len(result.rejected)) == (0, 1)
    assert "Roe" in result.rejected[0].reason
    assert desk.lookup.find("roe")


def test_namesakes_stay_two(desk: Desk, bring: Bring) -> None:
    text = "given,family\nAnn,Roe\nAnn,Roe\n"
    assert bring(text).created == 2
    assert bring(text).unchanged == 2
    assert len(desk.lookup.find("ann roe")) == 2


def test_a_dry_run_says_and_does_nothing(desk: Desk, bring: Bring) -> None:
    before = desk.log.latest(100)
    assert bring(table("1,Ann,Roe,1980-01-02,"), dry_run=True).created == 1
    assert desk.log.latest(100) == before
    assert not desk.lookup.find("roe")


def test_an_event_of_a_patient_is_an_appointment(desk: Desk, bring: Bring, patient: Callable[[str], Patient]) -> None:
    maria = patient("García, Maria")
    text = calendar(
        event("1", "20261124", "1000", "1050", "Maria Garcia - Follow-up", "LOCATION:Community 2"), name="Dr Lin"
    )
    assert bring(text).created == 1
    (visit,) = desk.patients.card(maria.id).coming
    assert (visit.starts, visit.service.name, visit.practitioner.name, visit.retention_minutes) == (
        local("2026-11-24 10:00"),
        "Follow-up",
        "Dr Lin",
        30,
    )
    assert visit.room is not None
    assert visit.room.name == "Community 2"
    assert bring(text).unchanged == 1


def test_an_event_of_nobody_is_a_block_with_its_words(desk: Desk, bring: Bring) -> None:
    assert bring(calendar(event("1", "20261124", "1200", "1300", "Lunch"), name="Dr Lin")).created == 1
    (block,) = desk.days.load(local("2026-11-24 12:00").date()).blocks
    assert (block.title, block.practitioner and block.practitioner.name, block.blocks) == ("Lunch", "Dr Lin", True)
    starts = [slot.starts for slot in desk.booking.slots("Follow-up", "Dr Lin", first_day=block.starts.date(), days=1)]
    assert not [one for one in starts if local("2026-11-24 11:50") < one < local("2026-11-24 13:00")]


def test_a_block_of_nobody_is_a_note(desk: Desk, bring: Bring) -> None:
    bring(calendar(event("1", "20261124", "1200", "1300", "Fire drill")))
    assert [block.blocks for block in desk.days.load(local("2026-11-24 12:00").date()).blocks] == [False]


def test_the_person_who_imports_steers(desk: Desk, bring: Bring, patient: Callable[[str], Patient]) -> None:
    maria = patient("Garcia, Maria")
    bring(
        calendar(event("1", "20261130", "1000", "1045", "Garcia, Maria")),
        practitioner="okafor",
        service="initial",
        room="Room 2",
    )
    (visit,) = desk.patients.card(maria.id).coming
    assert (visit.practitioner.name, visit.service.name, visit.room and visit.room.name) == (
        "Dr Okafor",
        "Initial",
        "Room 2",
    )


def test_what_came_in_as_a_block_becomes_a_visit_once_it_is_said_whose(
    desk: Desk, bring: Bring, patient: Callable[[str], Patient]
) -> None:
    maria = patient("Garcia, Maria")
    text = calendar(event("1", "20261130", "1000", "1045", "Garcia, Maria"))
    assert bring(text).created == 1
    assert desk.patients.card(maria.id).coming == ()
    assert bring(text, practitioner="lin").updated == 1
    (visit,) = desk.patients.card(maria.id).coming
    assert visit.practitioner.name == "Dr Lin"
    assert desk.days.load(local("2026-11-30 10:00").date()).blocks == ()
    assert bring(text, practitioner="lin").unchanged == 1
    assert bring(text).unchanged == 1


def test_a_block_without_a_place_for_its_visit_stays_as_it_was(
    desk: Desk, bring: Bring, patient: Callable[[str], Patient]
) -> None:
    patient("Garcia, Maria")
    bring(calendar(event("1", "20261130", "1000", "1045", "Garcia, Maria")))
    bring(calendar(event("2", "20261130", "1000", "1045", "Painters", "LOCATION:Room 1")), practitioner="okafor")
    again = calendar(event("1", "20261130", "1000", "1045", "Garcia, Maria", "LOCATION:Room 1"))
    (rejected,) = bring(again, practitioner="lin").rejected
    assert "Room 1" in rejected.reason
    blocks = desk.days.load(local("2026-11-30 10:00").date()).blocks
    assert [(one.title, one.cancelled) for one in blocks] == [("Garcia, Maria", False), ("Painters", False)]


def test_a_block_follows_whose_time_it_takes(desk: Desk, bring: Bring) -> None:
    bring(calendar(event("1", "20261124", "1200", "1300", "Meeting Dr Lin")))
    assert bring(calendar(event("1", "20261124", "1200", "1300", "Meeting Dr Okafor"))).updated == 1
    (block,) = desk.days.load(local("2026-11-24 12:00").date()).blocks
    assert block.practitioner is not None
    assert block.practitioner.name == "Dr Okafor"


def test_two_of_the_same_name_are_not_guessed_between(
    desk: Desk, bring: Bring, patient: Callable[[str], Patient]
) -> None:
    patient("Garcia, Maria")
    patient("Garcia, Maria")
    bring(calendar(event("1", "20261124", "1000", "1045", "Maria Garcia"), name="Dr Lin"))
    sheet = desk.days.load(local("2026-11-24 12:00").date())
    assert (sheet.appointments, len(sheet.blocks)) == ((), 1)


def test_what_has_no_place_is_rejected_by_name(desk: Desk, bring: Bring, patient: Callable[[str], Patient]) -> None:
    patient("Garcia, Maria")
    text = calendar(
        event("1", "20261124", "1000", "1045", "Maria Garcia"),
        event("2", "20261124", "1015", "1100", "Maria Garcia"),
        name="Dr Lin",
    )
    result = bring(text)
    assert result.created == 1
    assert [("Maria Garcia" in one.reason) for one in result.rejected] == [True]


def test_over_the_practitioners_time_it_goes_in_squeezed(
    desk: Desk, bring: Bring, patient: Callable[[str], Patient]
) -> None:
    patient("Garcia, Maria")
    patient("Lee, Jun")
    text = calendar(
        event("1", "20261124", "1000", "1045", "Maria Garcia"),
        event("2", "20261124", "1005", "1050", "Jun Lee"),
        name="Dr Lin",
    )
    assert bring(text).created == 2
    assert [one.squeezed for one in desk.days.load(local("2026-11-24 12:00").date()).appointments] == [False, True]


def test_the_past_is_history(desk: Desk, bring: Bring, patient: Callable[[str], Patient]) -> None:
    maria = patient("Garcia, Maria")
    text = calendar(event("1", "20261102", "1000", "1045", "Maria Garcia"), name="Dr Lin")
    assert bring(text, first_day=local("2026-11-01 12:00").date()).created == 1
    assert [one.status for one in desk.patients.card(maria.id).past] == [Status.CHECKED_OUT]
    assert desk.upkeep.check() == ()


def test_what_moves_or_is_cancelled_is_followed(desk: Desk, bring: Bring, patient: Callable[[str], Patient]) -> None:
    maria = patient("Garcia, Maria")
    bring(calendar(event("1", "20261124", "1000", "1045", "Maria Garcia"), name="Dr Lin"))
    assert bring(calendar(event("1", "20261124", "1100", "1145", "Maria Garcia"), name="Dr Lin")).updated == 1
    (visit,) = desk.patients.card(maria.id).coming
    assert visit.starts == local("2026-11-24 11:00")
    off = calendar(event("1", "20261124", "1100", "1145", "Maria Garcia", "STATUS:CANCELLED"), name="Dr Lin")
    assert bring(off).cancelled == 1
    assert desk.visits.get(visit.id).status is Status.CANCELLED
    assert bring(off).unchanged == 1
    assert desk.upkeep.check() == ()


def test_a_visit_that_has_begun_is_not_moved_by_a_file(
    desk: Desk, bring: Bring, patient: Callable[[str], Patient]
) -> None:
    maria = patient("Garcia, Maria")
    bring(calendar(event("1", "20261123", "1000", "1045", "Maria Garcia"), name="Dr Lin"))
    visit: Appointment = desk.patients.card(maria.id).coming[0]
    desk.visits.arrive(visit.id)
    result = bring(calendar(event("1", "20261123", "1100", "1145", "Maria Garcia"), name="Dr Lin"))
    assert (result.updated, len(result.rejected)) == (0, 1)
    assert desk.visits.get(visit.id).starts == visit.starts


def test_a_calendar_without_events_says_so(bring: Bring) -> None:
    result = bring(calendar())
    assert (result.created, [note.reason for note in result.notes]) == (0, ["no appointment is in it"])


@pytest.mark.parametrize("bad", [b"", b"\x00\x01\x02\xff" * 100, b"just words"])
def test_what_is_no_file_of_ours_changes_nothing(desk: Desk, bring: Bring, bad: bytes) -> None:
    before = desk.log.latest(100)
    with pytest.raises(Refused):
        bring(bad)
    assert desk.log.latest(100) == before


def test_what_a_table_says_of_contacts_language_and_referral_is_on_file(desk: Desk, tmp_path: Path) -> None:
    table = (
        "ID,First name,Last name,Emergency contact,Emergency contact phone,"
        "Preferred language,Pronouns,Referral source\n"
        "7,Xiaoming,Wang,Wang Fang,(416) 392-1234,中文,he/him,a friend\n"
        f"8,Maria,Garcia,{'x' * 300},,,,\n"
    )
    path = tmp_path / "patients.csv"
    path.write_text(table, encoding="utf-8")
    first = desk.transfer.bring_in(path, ImportOptions())
    assert (first.created, first.rejected) == (2, ())
    (wang,) = desk.lookup.find("wang")
    file = desk.files.read(wang.patient.id).file
    assert file == FileDetails(
        emergency_name="Wang Fang",
        emergency_phone="(416) 392-1234",
        language="中文",
        pronouns="he/him",
        referral="a friend",
    )
    assert wang.patient.details.phones == ()  # somebody else's
    desk.patients.save(wang.patient.id, 1, wang.patient.details, replace(file, pronouns="they"))
    path.write_text(table.replace("a friend", "a search"), encoding="utf-8")
    assert desk.transfer.bring_in(path, ImportOptions()).updated == 1
    assert desk.files.read(wang.patient.id).file == replace(file, pronouns="they", referral="a search")
    assert desk.transfer.bring_in(path, ImportOptions()).unchanged == 2


def test_telephones_go_in_as_people_here_write_them_and_a_wrong_one_as_it_came(desk: Desk, bring: Bring) -> None:
    text = table(
        "1,Ann,Roe,1980-01-02,+14163920134", "2,Ben,Ash,1980-01-03,+442079460018", "3,Cai,Ng,1980-01-04,555 0100"
    )
    bring(text)
    shown = [desk.lookup.find(name)[0].patient.details.phones[0] for name in ("roe", "ash", "ng")]
    assert shown == ["(416) 392-0134", "+44 20 7946 0018", "555 0100"]
    assert bring(text).unchanged == 3
    changed = text.replace("+14163920134", "4163920199")
    assert bring(changed).updated == 1
    assert desk.lookup.find("roe")[0].patient.details.phones == ("(416) 392-0199",)
