"""The list: its selection is a key, whatever happens around it."""

from __future__ import annotations

from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.pick_list import Item, PickList
from tests.driver import Driver, at_the_desk
from tests.ui.sketch import Sketch, sketch_app


def items(*keys: int) -> list[Item[int]]:
    return [Item(key, (Span(f"row {key}"),)) for key in keys]


def rows(me: Driver) -> PickList[int]:
    screen = me.app.screen
    assert isinstance(screen, Sketch)
    return screen.rows


async def test_rows_that_come_and_go_above_leave_the_selection_and_its_place() -> None:
    async with at_the_desk(sketch_app(), (80, 15)) as me:
        await me.press(*["down"] * 12)
        row_before = next(row for row, text in enumerate(me.screen().splitlines()) if "▸ row 12" in text)
        rows(me).set_items(items(*range(1, 30)))
        await me.settle()
        assert rows(me).key == 12
        assert "▸ row 12" in me.row(row_before)
        rows(me).set_items(items(100, 101, 102, *range(30)))
        await me.settle()
        assert "▸ row 12" in me.row(row_before)


async def test_when_the_selected_row_goes_its_neighbour_is_selected_and_told() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("down", "down")
        rows(me).set_items(items(0, 1, 3, 4))
        assert rows(me).key == 3
        rows(me).set_items([], empty="nobody")
        await me.settle()
        assert rows(me).key is None
        assert me.sees("nobody")
        await me.press("down", "enter", "end")
        rows(me).set_items(items(7))
        assert rows(me).key == 7


async def test_arrows_letters_and_pages_stop_at_the_ends() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("up", "k")
        assert rows(me).key == 0
        await me.press("end", "j")
        assert rows(me).key == 29
        await me.press("home", "j", "j", "k")
        assert rows(me).key == 1


async def test_the_selected_row_is_marked_by_a_sign_too() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("down")
        assert next(row for row in me.screen().splitlines() if "▸" in row).startswith("▸ row 1")


async def test_a_list_longer_than_its_room_says_where_there_is_more() -> None:
    def ends(me: Driver) -> list[str]:
        return [sign for row in me.screen().splitlines() if "row " in row for sign in row if sign in "↑↓↕"]

    async with at_the_desk(sketch_app(), (80, 15)) as me:
        assert ends(me) == ["↓"]
        await me.press(*["down"] * 15)
        assert ends(me) == ["↑", "↓"]
        await me.press("end")
        assert ends(me) == ["↑"]
        rows(me).set_items(items(1, 2))
        assert ends(me) == []


async def test_what_an_empty_list_says_is_whole() -> None:
    async with at_the_desk(sketch_app(), (60, 15)) as me:
        rows(me).set_items([], empty="Nobody is called that, nor like it; n writes them down, Enter books.")
        await me.settle()
        said = " ".join(me.screen().split())
        assert "Nobody is called that, nor like it; n writes them down, Enter books." in said


async def test_an_arrow_at_the_end_of_a_list_stands_apart_from_the_letters_of_a_full_row() -> None:
    async with at_the_desk(sketch_app(), (80, 15)) as me:
        full = [Item(key, (Span(f"row {key}"),), (Span("Room 4"),)) for key in range(30)]
        rows(me).set_items(full)
        await me.settle()
        shown = [row for row in me.screen().splitlines() if "row " in row]
        assert shown[-1].endswith("Room 4 ↓")
        assert {row.index("Room 4") for row in shown} == {shown[-1].index("Room 4")}
        rows(me).set_items(full[:2])
        await me.settle()
        assert [row for row in me.screen().splitlines() if "row " in row][-1].endswith("  Room 4")
