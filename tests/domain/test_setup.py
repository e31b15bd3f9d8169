"""What a new set-up changes: by name, retiring what is in use, never touching what is planned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pendulum
import pytest
from msgspec.structs import replace

from frontdesk.domain.clinic import Clinic, Closure, Practitioner, Room
from frontdesk.domain.hours import Span, week_hours
from frontdesk.domain.setup import ClinicSpec, EquipmentSpec, PractitionerSpec, RoomSpec, ServiceSpec, document, spec_of
from frontdesk.domain.setup_plan import InUse, SetupChanges, T, plan_setup, same_local_times

TODAY = date(2026, 11, 23)
HOURS = week_hours({"mon": ["09:00-13:00"]})
FOLLOW_UP = ServiceSpec("Follow-up", 10, 5, 20, 30, 25, 4, 5)
SPEC = ClinicSpec(
    "Willow",
    "Europe/Berlin",
    "DE",
    5,
    HOURS,
    (RoomSpec("Room 1"), RoomSpec("Hall", 2)),
    (PractitionerSpec("Lin"), PractitionerSpec("Okafor", HOURS)),
    (FOLLOW_UP, ServiceSpec("First", 20, 5, 20, 30, 25, 5, 5)),
    (Closure(date(2026, 12, 24), date(2026, 12, 26), "Holidays"),),
)
NOTHING_USED = InUse()


def numbered(values: tuple[T, ...]) -> tuple[T, ...]:
    """New things get the next free numbers, as in a database."""
    highest = max((one.id for one in values), default=0)
    kept: list[T] = []
    for one in values:
        if one.id == 0:
            highest += 1
            kept.append(replace(one, id=highest))
        else:
            kept.append(one)
    return tuple(kept)


def made(spec: ClinicSpec, changes: SetupChanges) -> Clinic:
    """The clinic that the store would hold."""
    return Clinic(
        spec.name,
        spec.timezone,
        spec.phone_region,
        spec.slot_minutes,
        spec.hours,
        numbered(changes.rooms.values),
        numbered(changes.practitioners.values),
        numbered(changes.services.values),
        spec.closures,
        changes.equipment.values,
    )


def fresh(spec: ClinicSpec = SPEC) -> Clinic:
    return made(spec, plan_setup(None, spec, NOTHING_USED, TODAY))


def test_the_first_set_up_creates_everything_with_a_place_a_chair() -> None:
    clinic = fresh()
    assert [(room.name, room.group) for room in clinic.rooms] == [
        ("Room 1", ""),
        ("Hall 1", "Hall"),
        ("Hall 2", "Hall"),
    ]
    assert plan_setup(None, SPEC, NOTHING_USED, TODAY).result.created == (
        "clinic Willow",
        "room Room 1",
        "room Hall 1",
        "room Hall 2",
        "practitioner Lin",
        "practitioner Okafor",
        "service Follow-up",
        "service First",
        "closure 2026-12-24 to 2026-12-26",
    )


def test_the_same_again_changes_nothing() -> None:
    changes = plan_setup(fresh(), SPEC, InUse({1: 2}, {1: 2}, {1: 2}), TODAY)
    assert not changes.result.changed
    assert len(changes.result.unchanged) == 9
    assert made(SPEC, changes) == fresh()


def test_who_has_gone_off_is_no_change_of_the_set_up() -> None:
    lin, okafor = fresh().practitioners
    off = replace(fresh(), practitioners=(replace(lin, off_at=pendulum.datetime(2026, 11, 23, 16)), okafor))
    assert not plan_setup(off, SPEC, NOTHING_USED, TODAY).result.changed


def test_a_clinic_is_described_by_the_set_up_that_made_it() -> None:
    assert spec_of(fresh()) == SPEC
    assert document(SPEC)["rooms"] == [{"name": "Room 1"}, {"name": "Hall", "chairs": 2}]
    assert document(SPEC)["practitioners"][1] == {"name": "Okafor", "hours": {"mon": ["09:00-13:00"]}}


def test_a_name_in_another_case_is_the_same_thing_under_a_new_spelling() -> None:
    changes = plan_setup(
        fresh(),
        replace(SPEC, practitioners=(PractitionerSpec("LIN"), PractitionerSpec("okafor", HOURS))),
        NOTHING_USED,
        TODAY,
    )
    assert changes.practitioners.values == (Practitioner(1, "LIN"), Practitioner(2, "okafor", HOURS))
    assert changes.result.updated == ("practitioner LIN", "practitioner okafor")


def test_what_is_gone_is_deleted_when_unused_and_retired_when_used() -> None:
    smaller = replace(SPEC, rooms=(RoomSpec("Hall", 2),), practitioners=(PractitionerSpec("Lin"),))
    changes = plan_setup(fresh(), smaller, InUse(rooms={1: 3}), TODAY)
    assert changes.rooms.values[-1] == Room(1, "Room 1", retired=True)
    assert changes.practitioners.deleted == (2,)
    assert changes.result.retired == ("room Room 1",)
    assert changes.result.removed == ("practitioner Okafor",)
    assert changes.result.notes == ("3 coming appointments stay with room Room 1, which is retired: move them",)


def test_a_service_no_longer_offered_stays_for_what_is_booked() -> None:
    changes = plan_setup(fresh(), replace(SPEC, services=SPEC.services[1:]), InUse(services={1: 1}), TODAY)
    assert changes.services.values[-1].retired
    assert changes.result.notes == ("1 coming appointment stays with service Follow-up, which is retired",)


def test_what_comes_back_is_the_same_thing_again() -> None:
    used = InUse(rooms={1: 0})
    smaller = replace(SPEC, rooms=(RoomSpec("Hall", 2),))
    retired = made(smaller, plan_setup(fresh(), smaller, used, TODAY))
    changes = plan_setup(retired, SPEC, used, TODAY)
    assert changes.rooms.values[0] == Room(1, "Room 1")
    assert changes.result.restored == ("room Room 1",)
    assert not changes.result.created


def test_a_retired_thing_that_stays_away_is_no_news() -> None:
    used = InUse(rooms={1: 0})
    smaller = replace(SPEC, rooms=(RoomSpec("Hall", 2),))
    retired = made(smaller, plan_setup(fresh(), smaller, used, TODAY))
    assert not plan_setup(retired, smaller, used, TODAY).result.changed


@pytest.mark.parametrize(
    ("chairs", "names"),
    [
        (1, ["Room 1", "Hall"]),
        (2, ["Room 1", "Hall 1", "Hall 2"]),
        (4, ["Room 1", "Hall 1", "Hall 2", "Hall 3", "Hall 4"]),
    ],
)
def test_chairs_may_be_added_and_taken_away(chairs: int, names: list[str]) -> None:
    spec = replace(SPEC, rooms=(RoomSpec("Room 1"), RoomSpec("Hall", chairs)))
    clinic = made(spec, plan_setup(fresh(), spec, NOTHING_USED, TODAY))
    assert [room.name for room in clinic.open_rooms] == names
    assert [room.id for room in clinic.open_rooms if room.name == "Hall 1"] == ([2] if chairs > 1 else [])
    assert spec_of(clinic) == spec


def test_lengths_of_an_unused_service_change_in_place() -> None:
    spec = replace(SPEC, services=(replace(FOLLOW_UP, consultation=15), SPEC.services[1]))
    changes = plan_setup(fresh(), spec, NOTHING_USED, TODAY)
    assert [(one.id, one.consultation) for one in changes.services.values] == [(1, 15), (2, 20)]
    assert changes.result.updated == ("service Follow-up",)


@pytest.mark.parametrize("length", ["consultation", "insertion", "removal", "turnover"])
def test_a_booked_visit_keeps_the_lengths_it_was_booked_with(length: str) -> None:
    longer: dict[str, Any] = {length: 7}
    spec = replace(SPEC, services=(replace(FOLLOW_UP, **longer), SPEC.services[1]))
    before = fresh().services[0]
    changes = plan_setup(fresh(), spec, InUse(services={1: 1}), TODAY)
    new, other, kept = changes.services.values
    assert kept == replace(before, name="Follow-up (until 2026-11-23)", retired=True)
    assert (new.id, new.name, getattr(new, length)) == (0, "Follow-up", 7)
    assert other.id == 2
    assert changes.result.notes == (
        "1 coming appointment stays as booked, with what it took before, as Follow-up (until 2026-11-23)",
    )


def test_a_second_change_on_one_day_keeps_both_old_ones() -> None:
    clinic = fresh()
    for minutes in (11, 12):
        spec = replace(SPEC, services=(replace(FOLLOW_UP, consultation=minutes), SPEC.services[1]))
        used = InUse(services={one.id: 0 for one in clinic.services})
        clinic = made(spec, plan_setup(clinic, spec, used, TODAY))
    assert [(one.name, one.consultation, one.retired) for one in clinic.services] == [
        ("Follow-up", 12, False),
        ("First", 20, False),
        ("Follow-up (until 2026-11-23, 2)", 11, True),
        ("Follow-up (until 2026-11-23)", 10, True),
    ]


def test_the_retention_window_of_a_used_service_changes_in_place() -> None:
    spec = replace(SPEC, services=(replace(FOLLOW_UP, retention_latest=40, planned_retention=30), SPEC.services[1]))
    changes = plan_setup(fresh(), spec, InUse(services={1: 5}), TODAY)
    assert [(one.id, one.retention_latest, one.planned_retention) for one in changes.services.values] == [
        (1, 40, 30),
        (2, 30, 25),
    ]


def test_a_new_order_is_a_change() -> None:
    changes = plan_setup(fresh(), replace(SPEC, practitioners=SPEC.practitioners[::-1]), NOTHING_USED, TODAY)
    assert [one.id for one in changes.practitioners.values] == [2, 1]
    assert changes.result.updated == ("the order of the practitioners",)


def test_closures_and_the_head_are_compared() -> None:
    spec = replace(SPEC, slot_minutes=10, closures=(Closure(date(2027, 1, 1), date(2027, 1, 1)),))
    result = plan_setup(fresh(), spec, NOTHING_USED, TODAY).result
    assert result.updated == ("clinic Willow",)
    assert result.created == ("closure 2027-01-01 to 2027-01-01",)
    assert result.removed == ("closure 2026-12-24 to 2026-12-26",)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("America/Toronto", "America/New_York", True),
        ("America/Toronto", "America/Chicago", False),
        ("America/Toronto", "America/Panama", False),
        ("Europe/London", "UTC", False),
    ],
)
def test_zones_are_compared_over_the_time_that_is_planned(before: str, after: str, same: bool) -> None:
    year = Span(pendulum.datetime(2026, 1, 10), pendulum.datetime(2026, 12, 10))
    assert same_local_times(before, after, year) is same


def test_zones_that_differ_only_in_summer_agree_in_winter() -> None:
    winter = Span(pendulum.datetime(2026, 11, 10), pendulum.datetime(2026, 12, 10))
    assert same_local_times("Europe/London", "UTC", winter)
    assert same_local_times("Europe/London", "Asia/Tokyo", None)


NEEDS = replace(
    SPEC,
    rooms=(RoomSpec("Room 1", kind="table"), RoomSpec("Hall", 2, "recliner")),
    services=(replace(FOLLOW_UP, rooms=("table",), equipment=("E-stim unit",), last_start=960),),
    equipment=(EquipmentSpec("E-stim unit", 2), EquipmentSpec("Lamp")),
)


def test_what_services_need_is_set_up_and_described_again() -> None:
    clinic = fresh(NEEDS)
    assert [(one.id, one.name, one.count) for one in clinic.equipment] == [(1, "E-stim unit", 2), (2, "Lamp", 1)]
    assert (clinic.services[0].room_kinds, clinic.services[0].equipment) == (("table",), (1,))
    assert [room.kind for room in clinic.rooms] == ["table", "recliner", "recliner"]
    assert spec_of(clinic) == NEEDS
    assert not plan_setup(clinic, NEEDS, NOTHING_USED, TODAY).result.changed


def test_equipment_is_kept_while_a_service_that_takes_it_has_appointments() -> None:
    clinic = fresh(NEEDS)
    without = replace(NEEDS, services=(replace(FOLLOW_UP, rooms=("table",), last_start=960),), equipment=())

    unused = plan_setup(clinic, without, NOTHING_USED, TODAY)
    used = plan_setup(clinic, without, InUse(services={1: 3}), TODAY)

    assert (unused.equipment.values, unused.equipment.deleted) == ((), (1, 2))
    assert [(one.name, one.retired) for one in used.equipment.values] == [("E-stim unit", True)]
    assert used.equipment.deleted == (2,)
    assert used.result.notes == (
        "3 coming appointments stay with equipment E-stim unit, which is retired",
        "3 coming appointments stay as booked, with what it took before, as Follow-up (until 2026-11-23)",
    )
    assert [(one.name, one.equipment) for one in used.services.values] == [
        ("Follow-up", ()),
        ("Follow-up (until 2026-11-23)", (1,)),
    ]
    again = plan_setup(made(without, used), NEEDS, InUse(services={1: 3}), TODAY)
    assert [(one.id, one.name, one.retired) for one in again.equipment.values] == [
        (1, "E-stim unit", False),
        (2, "Lamp", False),
    ]


def test_kinds_and_last_starts_of_a_used_service_change_in_place() -> None:
    clinic = fresh(NEEDS)
    changed = replace(NEEDS, services=(replace(NEEDS.services[0], rooms=("recliner",), last_start=None),))

    changes = plan_setup(clinic, changed, InUse(services={1: 3}), TODAY)

    assert [(one.id, one.room_kinds, one.last_start) for one in changes.services.values] == [(1, ("recliner",), None)]
    assert changes.result.updated == ("service Follow-up",)
