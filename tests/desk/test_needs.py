"""At the desk: leaving by an hour, kinds of room, equipment, and a place that somebody takes in that moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from pendulum import DateTime
from sqlalchemy import text

from frontdesk.clock import ManualClock
from frontdesk.desk import answering
from frontdesk.desk.again import MOST_ATTEMPTS, unless_taken
from frontdesk.desk.booking import Request
from frontdesk.desk.claims import occupancy_over
from frontdesk.desk.open import Desk
from frontdesk.desk.outcome import Outcome
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Guarded, Refused
from frontdesk.domain.hours import Span
from frontdesk.domain.packing import Occupancy
from frontdesk.domain.patient import Patient
from frontdesk.domain.setup import EquipmentSpec, spec_of
from tests.desk.conftest import local
from tests.engines import only_files

if TYPE_CHECKING:
    from frontdesk.store.engine import Connection

Named = Callable[[str], Patient]


def asked(who: Patient, at: str, *, leave_by: str | None = None, **more: Any) -> Request:
    starts = local(f"2026-11-23 {at}")
    gone = None if leave_by is None else local(f"2026-11-23 {leave_by}")
    return Request(who.id, "Follow-up", "Dr Lin", starts, leave_by=gone, **more)


def test_whoever_must_leave_gets_a_shorter_retention_and_is_gone_in_time(desk: Desk, patient: Named) -> None:
    garcia = patient("Garcia, Maria")

    visit = desk.booking.book(asked(garcia, "10:00", leave_by="10:40")).appointment

    assert (visit.retention_minutes, visit.leave_by) == (20, local("2026-11-23 10:40"))
    with pytest.raises(Refused, match=r"^Must leave by 11:30: ends 11:40, 10 min too late — free: Mon 23 Nov 10:50, "):
        desk.booking.book(asked(patient("Sato, Hana"), "11:00", leave_by="11:30"))
    slots = desk.booking.slots("Follow-up", leave_by=10 * 60, days=1, limit=500)
    assert max(slot.ends for slot in slots) == local("2026-11-23 10:00")


def test_the_hour_to_be_gone_by_stays_on_its_own_day_and_is_said_when_it_no_longer_holds(
    desk: Desk, patient: Named
) -> None:
    visit = desk.booking.book(asked(patient("Garcia, Maria"), "10:00", leave_by="11:30")).appointment

    moved = desk.booking.move(visit.id, starts=local("2026-11-23 10:45"))
    assert moved.appointment.retention_minutes == 25
    assert moved.appointment.leave_by == local("2026-11-23 11:30")
    with pytest.raises(Refused, match="Must leave by 11:30"):
        desk.booking.move(visit.id, starts=local("2026-11-23 11:00"))
    sooner = desk.booking.move(visit.id, leave_by=local("2026-11-23 11:25"))
    assert sooner.appointment.retention_minutes == 20
    other_day = desk.booking.move(visit.id, starts=local("2026-11-24 15:00"))
    assert other_day.appointment.leave_by is None
    assert "to be gone by Mon 23 Nov 11:25 no longer holds" in other_day.line
    back = desk.undo.last(visit.id).appointment
    assert back.leave_by == local("2026-11-23 11:25")


def test_needles_go_in_with_the_hour_that_was_told_at_booking(desk: Desk, patient: Named, clock: ManualClock) -> None:
    visit = desk.booking.book(asked(patient("Garcia, Maria"), "10:00", leave_by="11:30")).appointment
    clock.instant = local("2026-11-23 10:15")

    retention = desk.needles.put_in(visit.id, 12).appointment.retention

    assert retention is not None
    assert retention.leave_by == local("2026-11-23 11:30")


def needy(desk: Desk) -> None:
    """Follow-ups need a recliner and the only lamp."""
    spec = spec_of(desk.clinic.get())
    rooms = tuple(replace(one, kind="recliner" if one.chairs > 1 else "table") for one in spec.rooms)
    initial, follow_up = spec.services
    follow_up = replace(follow_up, rooms=("recliner",), equipment=("Lamp",), last_start=17 * 60)
    desk.clinic.setup(replace(spec, rooms=rooms, services=(initial, follow_up), equipment=(EquipmentSpec("Lamp"),)))


def test_a_booking_keeps_to_what_its_service_needs(desk: Desk, patient: Named) -> None:
    needy(desk)
    garcia, sato = patient("Garcia, Maria"), patient("Sato, Hana")

    visit = desk.booking.book(asked(garcia, "09:00")).appointment

    assert visit.room is not None
    assert visit.room.name == "Community 1"
    with pytest.raises(Refused, match=r"^Room 1 is a table; Follow-up needs a recliner — free: "):
        desk.booking.book(asked(sato, "11:00", room="Room 1"))
    with pytest.raises(Refused, match=r"^Lamp is taken by Garcia, Maria 09:10-09:45: 20 min overlap — free: "):
        desk.booking.book(asked(sato, "09:15"))
    with pytest.raises(Refused, match=r"^Follow-up: no start after 17:00, 5 min too late ") as refused:
        desk.booking.book(asked(sato, "17:05"))
    assert refused.value.line.endswith(" (or squeeze it in: --squeeze)")
    assert "--" not in refused.value.reason, "a screen has keys for it"


def test_a_room_planned_anew_is_of_the_kind_that_is_needed(desk: Desk, patient: Named, clock: ManualClock) -> None:
    needy(desk)
    spec = spec_of(desk.clinic.get())
    desk.clinic.setup(replace(spec, services=(spec.services[0], replace(spec.services[1], equipment=()))))
    planned = desk.booking.book(asked(patient("Garcia, Maria"), "09:00")).appointment
    early = desk.booking.book(asked(patient("Sato, Hana"), "09:15")).appointment
    assert planned.room is not None
    clock.instant = local("2026-11-23 08:50")
    desk.visits.arrive(early.id)

    desk.visits.room(early.id, planned.room.name)

    moved = desk.visits.get(planned.id)
    assert moved.room is not None
    assert moved.room.kind == "recliner"
    assert moved.room != planned.room


def test_a_patient_taken_to_a_room_of_another_kind_is_no_secret(desk: Desk, patient: Named, clock: ManualClock) -> None:
    needy(desk)
    visit = desk.booking.book(asked(patient("Garcia, Maria"), "09:00")).appointment
    clock.instant = local("2026-11-23 08:50")

    done = desk.visits.room(visit.id, "Room 1")

    assert "Room 1 is a table; Follow-up needs a recliner" in done.line
    assert done.appointment.room is not None
    assert done.appointment.room.name == "Room 1"


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes the planner see an empty house the next so many times: what it saw has changed since."""

    def look_away(times: int) -> None:
        left = [times]

        def seen(connection: Connection, span: Span, now: DateTime) -> Occupancy:
            if left[0]:
                left[0] -= 1
                return Occupancy.of(())
            return occupancy_over(connection, span, now)

        monkeypatch.setattr(answering, "occupancy_over", seen)

    return look_away


def test_a_place_lost_in_that_moment_is_refused_in_the_planner_s_words(
    desk: Desk, patient: Named, booked: Callable[..., Appointment], blind: Callable[[int], None]
) -> None:
    booked("Garcia, Maria", "10:00", room="Room 1")
    blind(1)

    with pytest.raises(Refused) as refused:
        desk.booking.book(asked(patient("Sato, Hana"), "10:15", room="Room 1"))

    assert "Room 1 is taken by Garcia, Maria 10:00-10:50: 35 min overlap — free: " in refused.value.reason
    assert type(refused.value) is Refused


def test_another_room_is_taken_instead_where_any_will_do(
    desk: Desk, patient: Named, booked: Callable[..., Appointment], blind: Callable[[int], None]
) -> None:
    garcia = booked("Garcia, Maria", "10:00", room="Room 1")
    blind(1)

    visit = desk.booking.book(asked(patient("Sato, Hana"), "10:15")).appointment

    assert visit.room is not None
    assert visit.room.name == "Room 2"
    assert desk.visits.get(garcia.id) == garcia


def test_a_move_is_told_in_the_planner_s_words_too(
    desk: Desk, booked: Callable[..., Appointment], blind: Callable[[int], None]
) -> None:
    booked("Garcia, Maria", "10:00", room="Room 1")
    sato = booked("Sato, Hana", "11:00", room="Room 1")
    blind(1)

    with pytest.raises(Refused, match=r"^Dr Lin is with Garcia, Maria 10:00-10:15"):
        desk.booking.move(sato.id, starts=local("2026-11-23 10:05"), room="Room 1")

    assert desk.visits.get(sato.id) == sato


@only_files  # the guards are put out of order in SQLite's words
def test_what_the_planner_can_not_see_is_refused_in_the_database_s_words(desk: Desk, patient: Named) -> None:
    other = desk.booking.book(asked(patient("Garcia, Maria"), "15:00")).appointment
    with desk.context.store.write(who="sql", at=local("2026-11-23 08:00")) as writing:
        for guard in ("guard_claim_made_up", "guard_claim_insert"):
            writing.connection.execute(text(f"DROP TRIGGER {guard}"))
        claimed = "INSERT INTO claim (appointment_id, resource, starts, ends) VALUES (:id, 'practitioner:1', :at, :to)"
        at = local("2026-11-23 10:00").int_timestamp * 1000
        writing.connection.execute(text(claimed), {"id": other.id, "at": at, "to": at + 60_000})
        writing.log("sql", "claim")
    guard = """
        CREATE TRIGGER guard_claim_insert BEFORE INSERT ON claim WHEN EXISTS (SELECT 1 FROM claim AS c
            WHERE c.resource = NEW.resource AND c.starts < NEW.ends AND c.ends > NEW.starts)
        BEGIN SELECT RAISE(ABORT, 'frontdesk: the practitioner is taken at that time'); END
    """
    with desk.context.store.write(who="sql", at=local("2026-11-23 08:00")) as writing:
        writing.connection.exec_driver_sql(guard)
        writing.log("sql", "guard")

    with pytest.raises(Guarded, match=r"^the practitioner is taken at that time$"):
        desk.booking.book(asked(patient("Sato, Hana"), "10:00"))


def test_a_place_is_tried_a_few_times_and_then_left_to_the_database() -> None:
    tried: list[int] = []

    def attempt() -> Outcome:
        tried.append(1)
        raise Guarded("that is taken at that time")

    with pytest.raises(Guarded):
        unless_taken(attempt, lambda: None)
    assert len(tried) == MOST_ATTEMPTS
