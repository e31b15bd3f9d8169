"""Prepaid visits by K: sold, seen on the card and in the file, counted down at the check-out, given back by undo."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.ui import keys
from tests.ui.golden import check
from tests.ui.house import House, local


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    maria = house.patient("Garcia, Maria")
    house.desks[0].packages.sell(maria.id, 10, expires_on=date(2027, 5, 31))
    async with house.open(keys.PATIENTS, size) as me:
        await me.press("slash", *"garcia", "enter")
        assert me.sees("Package 10 of 10 left, expires")
        await me.press("K")
        check(me, f"package-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_days_card_says_what_is_left(house: House, size: tuple[int, int]) -> None:
    maria = house.patient("Garcia, Maria")
    house.book(maria, "10:20")
    house.desks[0].packages.sell(maria.id, 10, expires_on=date(2027, 5, 31))
    async with house.open(keys.DAY, size) as me:
        await me.press("tab")
        assert me.sees("Package 10 of 10 left, expires")
        await me.press("ctrl+t")
        assert not me.sees("10 of 10")


async def test_a_package_is_sold_used_and_given_back(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    desk = house.desks[0]
    house.clock.instant = local("09:15")
    visit = house.book(maria, "09:15")
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "enter", "K", "enter")
        assert me.sees("a number from 1 to 200")
        await me.press(*"10", "tab", "tab", *"1.1.2020", "enter")
        assert me.sees("✗ Expires: lies before the day it was bought")
        await me.press("ctrl+u", *"31.5.2027", "enter")
        assert me.message() == "Garcia, Maria: package of 10, 10 of 10 left, expires 31.05.2027"
        await me.press("u")
        assert desk.packages.of(maria.id).packages == ()
        await me.press("K", *"10", "enter", "3", "space")
        assert me.message() == "Garcia, Maria: checked out; package: 9 of 10 left"
        await me.press("u")
        assert me.message() == "Garcia, Maria: undid the check-out; package: 10 of 10 left"
        await me.press("2", "F")
        assert me.sees("Package 10 of 10 left")
        await me.press("ctrl+t")
        assert not me.sees("of 10 left")
        await me.press("K")
        assert not me.sees("of 10 left")
