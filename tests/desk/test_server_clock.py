"""PCs that share a database server go by its clock, and say how far their own is off."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.clock import ManualClock, ServerClock, SystemClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on, open_desk
from frontdesk.domain.appointment import Appointment
from frontdesk.store.engine import Store
from tests.desk.conftest import local


def test_three_minutes_apart_two_pcs_count_alike(
    where: str, desk: Desk, clock: ManualClock, booked: Callable[..., Appointment]
) -> None:
    server = clock
    server.instant = local("2026-11-23 10:00")
    pcs = [ManualClock(server.now().add(minutes=off), boot=f"PC {off}") for off in (0, 3)]
    clocks = [ServerClock(server.now, pc) for pc in pcs]
    desks = [desk_on(Context(Store.open(where, now=server.now()), one, "Ana")) for one in clocks]

    def passes(minutes: int) -> None:
        for one in (server, *pcs):
            one.move(minutes=minutes)

    def left() -> list[int | None]:
        return [next(r for r in one.days.rooms() if r.room.name == "Room 1").remaining_seconds for one in desks]

    try:
        desks[1].needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
        passes(10)
        assert left() == [900, 900]
        assert [one.time.apart_s() for one in desks] == [0, 180]
        pcs[0].set_by(minutes=-60)
        passes(5)
        assert left() == [600, 600], "a PC's own clock has no part in it"
        assert [one.time.apart_s() for one in desks] == [-3600, 180]
        assert [one.time.set_by_s(None) for one in desks] == [0, 0]
        # A PC that stood still for a minute catches up when it looks at the server again.
        server.move(minutes=1)
        clocks[0].sync()
        assert left()[0] == 540
    finally:
        for one in desks:
            one.close()


def test_a_file_has_no_server_and_a_server_is_asked(where: str) -> None:
    desk = open_desk(where, "Ana")
    try:
        assert isinstance(desk.clock, ServerClock if "postgresql" in where else SystemClock)
        assert abs((desk.clock.now() - SystemClock().now()).total_seconds()) < 5
        assert not desk.clock.is_demo
    finally:
        desk.close()


def test_two_programs_on_one_pc_that_are_told_different_times_count_alike(
    where: str, desk: Desk, clock: ManualClock, booked: Callable[..., Appointment]
) -> None:
    clock.instant = local("2026-11-23 10:00")
    other = ManualClock(clock.instant.add(minutes=3), lead_ms=180_000)
    ben = desk_on(Context(Store.open(where, now=clock.now()), other, "Ben"))
    try:
        desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
        for one in (clock, other):
            one.move(minutes=10)
        assert [one.days.rooms()[0].remaining_seconds for one in (desk, ben)] == [900, 900]
        assert [one.time.set_by_s(one.days.load()) for one in (desk, ben)] == [0, 180]
    finally:
        ben.close()
