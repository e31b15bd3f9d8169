"""Reminders from the keyboard: a list worked through, texts copied, mails sent only after a yes."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.events import Key

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.reminder_text import MailServer as Server
from frontdesk.domain.reminder_text import ReminderSettings
from frontdesk.domain.setup import spec_of
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from tests.engines import on_both
from tests.smtp import MailServer
from tests.ui.golden import check
from tests.ui.house import House

TUESDAY = "2026-11-24"


def coming(house: House, name: str, clock: str, by: ContactBy | None = None, **file: Any) -> Appointment:
    """Somebody who is booked for tomorrow."""
    family, _, given = name.partition(", ")
    details = PatientDetails(
        given=given,
        family=family,
        phones=("416 555 0134",),
        email=f"{given.split()[0].lower()}@example.org" if by is ContactBy.EMAIL else "",
    )
    who = house.desks[0].patients.add(details, FileDetails(preferred_contact=by, **file))
    return house.book(who, clock, day=TUESDAY)


def tomorrow(house: House) -> list[Appointment]:
    """Six of whom one has confirmed and one wants none."""
    made = [
        coming(house, "Garcia, Maria", "09:00", ContactBy.PHONE),
        coming(house, "Sato, Hana", "09:40", ContactBy.EMAIL, language="Français"),
        coming(house, "[red]Weber[/], Jonas", "10:20"),
        coming(house, "Novak, Petra", "11:00", ContactBy.EMAIL, no_reminders_since=date(2026, 11, 1)),
        coming(house, "Nguyễn, Bảo", "11:40", ContactBy.MESSAGE, language="Vietnamese"),
        coming(house, "Lee, Jun", "14:00"),
    ]
    house.desks[0].visits.confirm(made[-1].id)
    return made


def with_mail(house: House, port: int) -> None:
    mail = Server("127.0.0.1", "Elm <desk@example.org>", port, "none")
    desk = house.desks[0]
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), reminders=ReminderSettings(mail=mail)))


@on_both
async def test_a_list_is_worked_through_a_key_each(house: House) -> None:
    first, second, third, refuses, fifth, _ = tomorrow(house)
    async with house.open(keys.DAY) as me:
        await me.press("6")
        assert me.sees("Tue 24 Nov, 4 to reach")
        await me.press("c", "n", "m", "m")
        assert house.now(first).status is Status.CONFIRMED
        rows = {one.visit.id: one.words(house.clock.now()) for one in house.desks[0].reminders.look().rows}
        assert [rows[one.id] for one in (second, third, refuses, fifth)] == [
            "no answer",
            "reminded",
            "wants none",
            "reminded",
        ]
        assert me.sees("Tue 24 Nov, 1 to reach"), "whoever did not answer is come back to"
        assert me.row(-2).startswith(" Nguyễn, Bảo: a message was left")
        await me.press("u")
        assert me.sees("Tue 24 Nov, 2 to reach")
        assert me.message() == "Nguyễn, Bảo: undid message left"


async def test_the_text_is_copied_in_the_patients_language_and_not_for_who_wants_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow(house)
    written: list[str] = []
    async with house.open(keys.REMINDERS) as me:
        driver = me.app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", written.append)
        await me.press("down", "y")
        copied = next(one for one in written if one.startswith("\x1b]52;c;"))
        text = base64.b64decode(copied.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()
        assert text.startswith("Elm Street Clinic : nous vous attendons mardi 24 novembre à 09:40")
        assert me.message().startswith("Sato H: the text went to the terminal's clipboard")
        await me.press("down", "down", "y")
        assert "asked not to be reminded" in me.message()


async def test_mails_go_only_after_a_yes_that_saw_to_whom(house: House) -> None:
    tomorrow(house)
    with MailServer() as server:
        async with house.open(keys.REMINDERS) as me:
            await me.press("s")
            assert "names no mail server" in me.message()
            with_mail(house, server.port)
            await me.waits_for("no mail: is to be reached by phone")
            await me.press("s")
            assert me.sees("Send 1 mail?")
            assert me.sees("Nothing has been sent yet. To:")
            check(me, "reminders-send-120x40")
            await me.press("n")
            assert server.letters == []
            await me.press("s", "y")
            await me.waits_for("1 mail sent.")
            assert server.recipients == ["hana@example.org"]
            await me.press("s")
            assert "nobody to send a mail to" in me.message()


async def test_the_list_is_exported_where_somebody_says(house: House, tmp_path: Path) -> None:
    tomorrow(house)
    async with house.open(keys.REMINDERS) as me:
        await me.press("e", "ctrl+u", *str(tmp_path / "list.csv"), "enter")
        assert (tmp_path / "list.csv").read_text(encoding="utf-8").count("\n") == 7
        await me.press("right_square_bracket")
        assert me.sees("Nobody is booked on Wednesday 25 November.")
        await me.press("e")
        assert "Nobody is in the list" in me.message()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    tomorrow(house)
    with_mail(house, 25)
    async with house.open(keys.REMINDERS, size) as me:
        await me.press("n", "home")
        check(me, f"reminders-{size[0]}x{size[1]}")


async def test_a_key_that_is_held_down_confirms_no_further(house: House) -> None:
    visits = tomorrow(house)
    async with house.open(keys.DAY) as me:
        await me.press("6")
        for _ in range(9):
            me.app.router.take(Key("c", "c"))
        await me.settle()
        assert [house.now(one).status for one in visits[:3]].count(Status.CONFIRMED) == 2
