"""Each raise and each rise of an alarm is in the log once, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import raised_in
from frontdesk.domain.timer import TimerKind
from frontdesk.store.engine import Store
from tests.desk.conftest import local
from tests.foreign import Foreign


def told(desk: Desk) -> list[tuple[str, str, str]]:
    """What the log says of alarms, oldest first: kind, who, room."""
    entries = [entry for entry in desk.log.latest(50) if entry.what.startswith(("alarm.", "visit.sil"))]
    return [(entry.what, entry.who, (entry.after or {}).get("room", "")) for entry in reversed(entries)]


def test_once_a_level_whoever_notices_and_again_after_an_extension(
    where: str, desk: Desk, clock: ManualClock, booked: Callable[..., Appointment]
) -> None:
    ben = desk_on(Context(Store.open(where, now=clock.now()), clock, "Ben"))
    clock.instant = local("2026-11-23 10:00")
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 12, minutes=25)

    def notice(*desks: Desk) -> list[int]:
        return [one.alarms.noticed(raised_in(one.days.rooms())) for one in desks]

    try:
        assert notice(desk, ben) == [0, 0]
        clock.move(minutes=25)
        assert notice(ben, desk, ben) == [1, 0, 0]
        assert desk.visits.get(visit.id).version == ben.visits.get(visit.id).version == 2, "and nobody's save is stale"
        clock.move(minutes=3)
        desk.timers.silence(visit.id)
        assert notice(desk, ben) == [1, 0]
        desk.timers.extend(visit.id, 5)
        assert notice(desk, ben) == [0, 0]
        clock.move(minutes=10)
        assert notice(desk, ben) == [1, 0]
        assert told(desk) == [
            ("alarm.low", "Ben", "Room 1"),
            ("visit.silence", "Ana", ""),
            ("alarm.medium", "Ana", "Room 1"),
            ("alarm.high", "Ana", "Room 1"),
        ]
        assert "undid the change of the retention" in desk.undo.last(visit.id).line, "an alarm is no step"
    finally:
        ben.close()


def test_what_is_timed_and_who_is_nobodys_is_in_the_log_as_well(
    desk: Desk, clock: ManualClock, booked: Callable[..., Appointment]
) -> None:
    clock.instant = local("2026-11-23 10:00")
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.room(visit.id)
    desk.timers.start(visit.id, TimerKind.LAMP, 15)

    def notice() -> int:
        return desk.alarms.noticed(raised_in(desk.days.rooms()))

    clock.move(minutes=15)
    assert [notice(), notice()] == [1, 0]
    clock.move(minutes=3)
    assert [notice(), notice()] == [1, 0]
    desk.timers.stop(visit.id, TimerKind.LAMP)
    desk.timers.start(visit.id, TimerKind.LAMP, 1)
    clock.move(minutes=1)
    assert [notice(), notice()] == [1, 0]
    desk.needles.put_in(visit.id, 8, minutes=25)
    assert notice() == 0, "what is timed rings on, whatever else begins"
    desk.timers.stop(visit.id, TimerKind.LAMP)
    desk.hand_over.go_off("Dr Lin")
    assert [notice(), notice()] == [1, 0]
    clock.move(minutes=5)
    assert notice() == 1, "nobody has looked in"
    assert [what for what, _, _ in told(desk)] == [
        "alarm.low", "alarm.medium", "alarm.low", "alarm.medium", "alarm.low",
    ]  # fmt: skip


def test_what_another_program_changed_is_heard_though_an_alarm_is_logged_in_the_same_moment(
    where: str, desk: Desk
) -> None:
    watch = desk.watch()
    assert watch.wait(0.0) == ()
    with Foreign(where) as other:
        other.execute("UPDATE clinic SET name = 'Another Name'")
    with desk.context.writing() as writing:
        writing.log("alarm.low", "appointment 1")

    assert watch.wait(20.0)

    watch.close()
