"""A patient's record written out, and a file erased, from the palette; the name is the second confirmation."""

from __future__ import annotations

from pathlib import Path

from frontdesk.ui import keys
from tests.driver import Driver
from tests.ui.house import House


async def act(me: Driver, words: str) -> None:
    await me.press("ctrl+p")
    await me.type(words)
    await me.press("enter")


async def test_a_record_is_written_where_it_is_asked_for(house: House, tmp_path: Path) -> None:
    maria = house.patient("Garcia, Maria")
    target = tmp_path / "record.json"
    async with house.open(keys.PATIENTS) as me:
        await act(me, "write record")
        await me.waits_for("Where to:")
        await me.press("ctrl+u")
        await me.type(str(target))
        await me.press("enter")
        await me.until(target.exists, "the record")
        assert f'"id": {maria.id}' in target.read_text(encoding="utf-8")
        await me.until(
            lambda: me.message().startswith("Record of #1, readable by you alone: record.json in "), "the words"
        )


async def test_in_a_file_both_are_of_whose_file_it_is(house: House, tmp_path: Path) -> None:
    raul = house.patient("García, Raúl", new=True)
    house.patient("Garcia, Maria", new=True)
    target = tmp_path / "record.json"
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"raul", "enter", "enter")
        assert me.app.current_mode == keys.FILE
        await act(me, "write record")
        await me.waits_for(f"kept of #{raul.id}")
        await me.press("ctrl+u", *str(target), "enter")
        await me.until(target.exists, "the record")
        await act(me, "erase file")
        await me.waits_for(f"Erase the file #{raul.id}")
        await me.press(*"raul garcia", "enter")
        await me.waits_for("is erased")
        assert house.desks[0].patients.get(raul.id).details.name == "Erased file"


async def test_what_must_be_kept_is_said_before_the_name_is_asked_for(house: House) -> None:
    house.book(house.patient("Garcia, Maria"), "16:00")
    async with house.open(keys.PATIENTS) as me:
        await act(me, "erase file")
        await me.waits_for("Garcia, Maria has a visit that has not ended")
        assert not me.sees("Type the patient's whole name")


async def test_a_file_is_erased_by_its_whole_name_and_by_nothing_less(house: House) -> None:
    maria = house.patient("Garcia, Maria", new=True)
    async with house.open(keys.PATIENTS) as me:
        await act(me, "erase file")
        await me.waits_for("Type the patient's whole name")
        await me.press("enter")
        await me.waits_for("nothing is erased without the name")
        await me.type("garcia")
        await me.press("enter")
        await me.waits_for("they are not called that")
        assert house.desks[0].patients.get(maria.id).details == maria.details
        await me.press(*["backspace"] * 6)
        await me.type("Maria Garcia")
        await me.press("enter")
        await me.waits_for("is erased; 0 visits stay without a name")
        assert house.desks[0].patients.get(maria.id).details.name == "Erased file"
