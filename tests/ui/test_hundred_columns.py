"""A window of 100 columns, the narrowest in which screens stand side by side: what is needed is there in each half."""

from __future__ import annotations

from datetime import date

from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.scores import Scores
from frontdesk.ui import keys
from tests.ui.house import House

SIZE = (100, 30)


async def test_the_lookup_tells_namesakes_apart(house: House) -> None:
    house.patient("Garcia, Maria", birth_date=date(1961, 3, 14), phones=("416 555 0134",))
    async with house.open(keys.PATIENTS, SIZE) as me:
        row = next(row for row in me.screen().splitlines() if row.startswith("▸ Garcia, Maria"))
        assert "14.03.1961 (65)" in row
        assert "(416) 555-0134" in row


async def test_scores_are_whole_and_visits_have_their_room(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    house.desks[0].files.score(maria.id, Scores(pain=4, numbness=2, sleep=5, mood=6))
    house.book(maria, "15:00", room="Room 2")
    async with house.open(keys.PATIENTS, SIZE) as me:
        await me.press("slash", *"garcia", "enter", "F")
        assert me.app.current_mode == keys.FILE
        assert me.sees("pain  4  numbness  2  sleep  5  mood  6")
        visit = next(row for row in me.screen().splitlines() if "Mon 23 Nov  15:00" in row)
        assert "Follow-up" in visit
        assert "Dr Lin" in visit
        assert "R2" in visit
        assert visit.rstrip().endswith("· booked")


async def test_the_visits_of_a_card_name_service_and_practitioner_whole(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    desk, seen = house.desks[0], house.book(maria, "10:00")
    desk.needles.put_in(seen.id, 3)
    desk.needles.take_out(seen.id, 3)
    desk.visits.checkout(seen.id)
    house.book(maria, "15:00")
    off = house.book(maria, "16:00")
    desk.visits.cancel(off.id)
    async with house.open(keys.PATIENTS, SIZE) as me:
        await me.press("slash", *"garcia", "enter")
        rows = [" ".join(row.split()) for row in me.screen().splitlines() if "Mon 23 Nov 1" in row[30:]]
        for clock, end in (
            ("10:00", "Follow-up · Dr Lin ■"),
            ("15:00", "Follow-up · Dr Lin ·"),
            ("16:00", "cancelled"),
        ):
            assert next(row for row in rows if clock in row).endswith(end)
        await me.pilot.resize_terminal(120, 40)
        await me.settle()
        assert me.sees("■ checked out"), "where there is room the sign has its word"


async def test_who_is_still_open_at_the_close_has_a_practitioner(house: House) -> None:
    house.book(house.patient("Wolfeschlegelsteinhausen, Hubert"), "15:00")
    async with house.open(keys.CLOSE, (120, 40)) as me:
        await me.pilot.resize_terminal(*SIZE)
        await me.settle()
        row = next(row for row in me.screen().splitlines() if "15:00" in row)
        assert "Dr Lin" in row.partition("│")[0]


async def test_a_file_beside_the_results_grows_with_its_rows_when_the_window_is_made_narrow(house: House) -> None:
    said = "a long word about how it is with her, which takes more rows where there are fewer columns. " * 2
    house.patient("Garcia, Maria", notes=said, flags=(Flag(FlagKind.OTHER, said),))
    async with house.open(keys.PATIENTS, (200, 60)) as me:
        await me.pilot.resize_terminal(*SIZE)
        await me.settle()
        narrowed = me.screen()
    async with house.open(keys.PATIENTS, SIZE) as me:
        assert me.screen() == narrowed


async def test_how_names_are_looked_at_is_told_whole_while_they_are_hidden(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.PATIENTS, SIZE) as me:
        await me.press("ctrl+t")
        shown = " ".join(" ".join(row[54:].split()) for row in me.screen().splitlines())
        assert "the file is hidden; Ctrl+R shows it for a moment" in shown
