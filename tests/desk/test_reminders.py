"""Reminding from the desk: what is written down of calls, mails that go out once, texts, tables and calendar files."""

from __future__ import annotations

import csv
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.desk.reminders import NO_SERVER
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.reminder import UNSURE_AFTER_S, Reached, Result
from frontdesk.domain.reminder_text import MailServer as Server
from frontdesk.domain.reminder_text import ReminderSettings
from frontdesk.domain.setup import spec_of
from frontdesk.exchange.mail import Letter, open_post, password
from frontdesk.store.engine import Store
from tests.desk.conftest import local
from tests.smtp import MailServer

DAY = date(2026, 11, 24)
Known = Callable[..., Appointment]


@pytest.fixture
def coming(desk: Desk) -> Known:
    """Books somebody for Tuesday: `coming("Garcia, Maria", "10:00", by=ContactBy.EMAIL)`."""

    def book(name: str, at: str, *, by: ContactBy | None = ContactBy.EMAIL, **file: Any) -> Appointment:
        family, _, given = name.partition(", ")
        mail = f"{given.lower() or 'x'}@example.org"
        details = PatientDetails(given=given, family=family, email=mail, phones=("+44 20 7946 0018",))
        who = desk.patients.add(details, FileDetails(preferred_contact=by, **file))
        request = Request(who.id, "Follow-up", "Dr Lin", local(f"2026-11-24 {at}"), None)
        return desk.booking.book(request).appointment

    return book


def with_mail(desk: Desk, port: int, **more: Any) -> None:
    mail = Server("127.0.0.1", "Elm Street <desk@example.org>", port, "none", **more)
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), reminders=ReminderSettings(mail=mail)))


def reached(desk: Desk, visit: Appointment) -> Reached:
    sheet = desk.reminders.look(DAY)
    return next(one for one in sheet.rows if one.visit.id == visit.id).reached(desk.clock.now())


def test_what_came_of_a_call_is_written_down_and_taken_back(desk: Desk, coming: Known) -> None:
    visit = coming("Garcia, Maria", "10:00")
    desk.reminders.note(visit.id, Result.NO_ANSWER)
    left = desk.reminders.note(visit.id, Result.MESSAGE)
    assert reached(desk, visit) is Reached.REMINDED
    assert desk.reminders.take_back(left.id) == "Garcia, Maria: undid message left"
    (row,) = desk.reminders.look().rows
    assert row.words(desk.clock.now()) == "no answer"
    assert [one.what for one in desk.log.latest(3)] == ["reminder.undo", "reminder.note", "reminder.note"]
    desk.visits.confirm(visit.id)
    assert reached(desk, visit) is Reached.CONFIRMED
    assert desk.undo.last(visit.id).words == "Garcia, Maria: undid the confirmation", "a call is no step of the visit"
    desk.visits.cancel(visit.id)
    with pytest.raises(Refused, match="only who is still to come is reminded"):
        desk.reminders.note(visit.id, Result.MESSAGE)


def test_the_list_is_of_the_next_day_with_anybody_booked(desk: Desk, clock: ManualClock, coming: Known) -> None:
    coming("Garcia, Maria", "10:00")
    clock.instant = local("2026-11-21 09:00")
    assert desk.reminders.look().day == DAY
    assert desk.reminders.look(date(2026, 11, 25)).rows == ()


def test_mails_go_once_to_those_who_want_them_and_say_nothing_of_the_treatment(desk: Desk, coming: Known) -> None:
    wants = coming("Garcia, Maria", "10:00", language="français")
    coming("Sato, Hana", "11:00", by=ContactBy.PHONE)
    coming("Weber, Jonas", "11:30", no_reminders_since=date(2026, 1, 1))
    confirmed = coming("Novak, Petra", "12:00")
    desk.visits.confirm(confirmed.id)
    with pytest.raises(Refused, match=r"\[reminders.mail\]"):
        desk.reminders.send(DAY)
    assert NO_SERVER.startswith("the clinic names no mail server")
    with MailServer() as server:
        with_mail(desk, server.port)
        assert desk.reminders.send(DAY).words == "1 mail sent"
        assert desk.reminders.send(DAY).sent == ()
    assert server.recipients == ["maria@example.org"]
    letter = server.letters[0][1]
    assert letter["Subject"] == "Test Clinic: mardi 24 novembre, 10:00"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Test Clinic : nous vous attendons mardi 24 novembre à 10:00 avec Dr Lin.")
    assert "Follow-up" not in letter.as_string()
    assert "Garcia" not in body.get_content()
    (file,) = letter.iter_attachments()
    assert f"UID:appointment-{wants.id}@" in file.get_content()
    assert reached(desk, wants) is Reached.REMINDED
    assert [one.after and one.after["result"] for one in desk.log.latest(2)] == ["sent", "sending"]


def test_a_visit_that_was_moved_is_reminded_of_anew(desk: Desk, coming: Known) -> None:
    visit = coming("Garcia, Maria", "10:00")
    with MailServer() as server:
        with_mail(desk, server.port)
        desk.reminders.send(DAY)
        desk.booking.move(visit.id, starts=local("2026-11-24 11:00"))
        assert reached(desk, visit) is Reached.NOT
        desk.reminders.send(DAY)
        desk.undo.last(visit.id)
        assert desk.reminders.send(DAY).sent == (), "at the first time again, of which there was a mail"
    assert len(server.letters) == 2


def test_what_the_server_refuses_is_said_and_may_be_tried_again(desk: Desk, coming: Known) -> None:
    refused, taken = coming("Garcia, Maria", "10:00"), coming("Sato, Hana", "11:00")
    with MailServer(refuses="maria") as server:
        with_mail(desk, server.port)
        done = desk.reminders.send(DAY)
        assert done.words == (
            "1 mail sent, 1 not sent (Garcia, Maria: the mail server refused the address: 550 no such mailbox)"
        )
        assert (reached(desk, refused), reached(desk, taken)) == (Reached.NOT, Reached.REMINDED)
        server.refuses = ""
        assert desk.reminders.send(DAY).words == "1 mail sent"
    assert server.recipients == ["hana@example.org", "maria@example.org"]


def test_a_mail_of_unknown_fate_is_never_sent_again_until_somebody_says_so(desk: Desk, coming: Known) -> None:
    visit = coming("Garcia, Maria", "10:00")
    coming("Sato, Hana", "11:00")
    with MailServer(hangs_up_on="maria") as server:
        with_mail(desk, server.port)
        done = desk.reminders.send(DAY)
        assert [one.visit.id for one, _ in done.unsure] == [visit.id]
        assert reached(desk, visit) is Reached.UNSURE
        server.hangs_up_on = ""
        desk.reminders.send(DAY)
        assert server.recipients == ["hana@example.org"]
        desk.reminders.was_not_sent(visit.id)
        desk.reminders.send(DAY)
    assert server.recipients == ["hana@example.org", "maria@example.org"]


def test_a_crash_between_the_mail_and_its_record_makes_no_second_one(
    desk: Desk, clock: ManualClock, coming: Known
) -> None:
    visit = coming("Garcia, Maria", "10:00")
    with_mail(desk, 1)

    class Crash(BaseException):
        """The PC loses its power."""

    class Dying:
        def send(self, letter: Letter, at: DateTime) -> None:
            raise Crash

    with pytest.raises(Crash):
        desk.reminders.send(DAY, lambda server: nullcontext(Dying()))  # type: ignore[arg-type]
    assert reached(desk, visit) is Reached.SENDING
    clock.move(seconds=UNSURE_AFTER_S + 1)
    assert reached(desk, visit) is Reached.UNSURE
    with MailServer() as server:
        with_mail(desk, server.port)
        assert desk.reminders.send(DAY).sent == ()
    assert server.letters == []


def test_two_desks_that_send_at_once_send_each_mail_once(
    desk: Desk, clock: ManualClock, coming: Known, where: str
) -> None:
    visits = [coming(f"Garcia, {name}", at) for name, at in zip("ABCDEF", ("09:00", "09:40", "10:20", "11:00", "11:40", "14:00"), strict=True)]  # fmt: skip  # noqa: E501
    both_see_the_list = threading.Barrier(2, timeout=20)

    def posting(server: Server) -> AbstractContextManager[Any]:
        both_see_the_list.wait()
        return open_post(server)

    others = [desk_on(Context(Store.open(where, now=clock.now()), clock, name)) for name in ("Bo", "Cleo")]
    with MailServer() as server:
        with_mail(desk, server.port)
        threads = [threading.Thread(target=one.reminders.send, args=(DAY, posting)) for one in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for one in others:
        one.close()
    assert sorted(server.recipients) == sorted(visit.patient.details.email for visit in visits)
    assert all(reached(desk, visit) is Reached.REMINDED for visit in visits)


def test_the_password_is_never_in_the_clinics_file(desk: Desk, coming: Known, tmp_path: Path) -> None:
    coming("Garcia, Maria", "10:00")
    file = tmp_path / "secret"
    file.write_text("s3cret\n")
    assert password({"FRONTDESK_MAIL_PASSWORD_FILE": str(file)}) == "s3cret"
    with pytest.raises(Refused, match="FRONTDESK_MAIL_PASSWORD"):
        password({})
    with MailServer() as server:
        with_mail(desk, server.port, user="desk")
        environment = {"FRONTDESK_MAIL_PASSWORD": "s3cret"}
        desk.reminders.send(DAY, lambda mail: open_post(mail, environment))
        assert len(server.logins) == 1
    coming("Sato, Hana", "11:00")
    with pytest.raises(Refused, match="does not answer"):
        desk.reminders.send(date(2026, 11, 24), lambda mail: open_post(replace(mail, user=""), {}))
    assert "s3cret" not in desk.clinic.as_toml()


def test_the_table_has_the_texts_and_is_harmless_in_a_spreadsheet(desk: Desk, coming: Known, tmp_path: Path) -> None:
    coming("=cmd|' /C calc'!A0, Maria", "10:00")
    coming("Weber, Jonas", "11:30", no_reminders_since=date(2026, 1, 1))
    target = desk.reminders.export(tmp_path / "list.csv", DAY)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    rows = list(csv.DictReader(target.open(newline="", encoding="utf-8")))
    assert rows[0]["name"] == "'=cmd|' /C calc'!A0, Maria"
    assert rows[0]["phone"] == "+44 20 7946 0018"
    assert rows[0]["text"].startswith("Test Clinic: we expect you on Tuesday 24 November at 10:00")
    assert (rows[1]["state"], rows[1]["text"]) == ("wants none", "")
    assert desk.log.latest(1)[0].what == "reminder.export"
    with pytest.raises(Refused, match="exists already"):
        desk.reminders.export(target, DAY)


def test_one_appointment_as_a_calendar_file_replaces_the_older_one_and_takes_it_out(
    desk: Desk, coming: Known, tmp_path: Path
) -> None:
    visit = coming('O\'Brien; "x"\\n, Ann', "10:00")

    def event(name: str) -> tuple[str, Any]:
        calendar = Calendar.from_ical(desk.reminders.calendar(visit.id, tmp_path / name).read_bytes())
        return str(calendar["method"]), calendar.events[0]

    method, first = event("1.ics")
    assert (method, first["status"], first.start) == ("PUBLISH", "CONFIRMED", visit.starts)
    assert first["summary"] == "Test Clinic"
    desk.booking.move(visit.id, starts=local("2026-11-24 11:00"))
    _, moved = event("2.ics")
    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]
    desk.visits.cancel(visit.id)
    method, gone = event("3.ics")
    assert (method, gone["status"], gone["uid"]) == ("CANCEL", "CANCELLED", first["uid"])
    assert gone["sequence"] > moved["sequence"]
    assert "Follow-up" not in (tmp_path / "3.ics").read_text()


def test_what_was_tried_is_in_the_record_and_goes_with_the_file(desk: Desk, clock: ManualClock, coming: Known, tmp_path: Path) -> None:  # fmt: skip  # noqa: E501
    visit = coming("Garcia, Maria", "10:00")
    with MailServer() as server:
        with_mail(desk, server.port)
        desk.reminders.send(DAY)
    assert "maria@example.org" in desk.records.write(visit.patient.id, tmp_path / "r.json").read_text()
    desk.visits.cancel(visit.id)
    desk.records.erase(visit.patient.id, "Maria Garcia")
    left = desk.records.write(visit.patient.id, tmp_path / "after.json").read_text()
    assert "maria@example.org" not in left
    assert "we expect you" not in left
    assert desk.upkeep.check() == ()
