"""Setting the clinic up on a real database: by name, in one transaction, never against what is booked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pendulum
import pytest
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.clinic import Closure
from frontdesk.domain.errors import Invalid, Refused
from frontdesk.domain.hours import week_hours
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.setup import ClinicSpec, EquipmentSpec, PractitionerSpec, RoomSpec, ServiceSpec, document, spec_of
from frontdesk.domain.threshold import Threshold
from frontdesk.exchange.clinic_toml import parse_clinic
from frontdesk.store import audit, block_writes
from frontdesk.store.engine import Store

MONDAY_9 = pendulum.datetime(2026, 11, 23, 9, tz="Europe/Berlin").in_timezone("UTC")
FOLLOW_UP = ServiceSpec("Follow-up", 10, 5, 20, 30, 25, 5, 5)
SPEC = ClinicSpec(
    "Willow",
    "Europe/Berlin",
    "DE",
    5,
    week_hours({"mon": ["08:00-13:00"], "tue": ["08:00-13:00"]}),
    (RoomSpec("Room 1"), RoomSpec("Hall", 2)),
    (PractitionerSpec("Lin"), PractitionerSpec("Okafor", week_hours({"mon": ["08:00-13:00"]}))),
    (FOLLOW_UP,),
    (Closure(date(2026, 12, 24), date(2026, 12, 26), "Holidays"),),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store.open(str(tmp_path / "clinic.db"), now=MONDAY_9)
    desk = desk_on(Context(store, ManualClock(MONDAY_9), "Ana"))
    yield desk
    desk.close()


def entries(desk: Desk) -> list[audit.Entry]:
    with desk.context.store.read() as connection:
        return [entry for entry in audit.latest(connection, 100) if entry.what == "clinic.setup"]


def book(desk: Desk, *, room: str = "Room 1", hours: int = 1) -> int:
    patient = desk.patients.add(PatientDetails(given="Maria", family=f"Garcia {room} {hours}"))
    request = Request(patient.id, "Follow-up", "Lin", MONDAY_9.add(hours=hours), room)
    return desk.booking.book(request).appointment.id


def test_nothing_is_there_before_the_first_set_up(desk: Desk) -> None:
    assert desk.clinic.load() is None
    with pytest.raises(Refused, match="no clinic is set up"):
        desk.clinic.as_toml()


def test_a_set_up_makes_the_clinic_and_says_so_once_in_the_log(desk: Desk) -> None:
    result = desk.clinic.setup(SPEC)
    clinic = desk.clinic.load()
    assert clinic is not None
    assert spec_of(clinic) == SPEC
    assert [(room.name, room.group) for room in clinic.rooms] == [
        ("Room 1", ""),
        ("Hall 1", "Hall"),
        ("Hall 2", "Hall"),
    ]
    assert "room Hall 2" in result.created
    (entry,) = entries(desk)
    assert (entry.who, entry.subject, entry.before, entry.after) == ("Ana", "clinic", None, document(SPEC))


def test_the_same_again_writes_nothing(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    before = desk.context.store.seen
    assert not desk.clinic.setup(SPEC).changed
    with desk.context.store.read() as connection:
        assert audit.last_seq(connection) == before


def test_a_change_is_logged_with_what_was_before(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    changed = replace(SPEC, slot_minutes=10, closures=())
    desk.clinic.setup(changed)
    newest = entries(desk)[0]
    assert (newest.before, newest.after) == (document(SPEC), document(changed))
    clinic = desk.clinic.load()
    assert clinic is not None
    assert (clinic.slot_minutes, clinic.closures) == (10, ())


def test_the_clinic_is_written_out_as_the_file_that_makes_it(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    assert parse_clinic(desk.clinic.as_toml().encode()) == SPEC


def test_a_screen_s_answers_are_judged_like_a_file(desk: Desk) -> None:
    assert desk.clinic.read_answers(document(SPEC)) == SPEC
    with pytest.raises(Invalid, match=r"rooms\[1\]\.chairs"):
        desk.clinic.read_answers({**document(SPEC), "rooms": [{"name": "Hall", "chairs": 0}]})


def test_a_room_with_appointments_is_retired_and_comes_back_as_itself(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    visit = desk.visits.get(book(desk))
    result = desk.clinic.setup(replace(SPEC, rooms=(RoomSpec("Hall", 2),)))
    assert result.retired == ("room Room 1",)
    assert result.notes == ("1 coming appointment stays with room Room 1, which is retired: move them",)
    again = desk.visits.get(visit.id)
    assert again.room is not None
    assert again.room.retired
    assert desk.clinic.setup(SPEC).restored == ("room Room 1",)
    assert desk.visits.get(visit.id).room == visit.room


def test_an_unused_room_is_deleted(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    result = desk.clinic.setup(replace(SPEC, rooms=(RoomSpec("Room 1"), RoomSpec("Hall"))))
    assert result.removed == ("room Hall 1", "room Hall 2")
    clinic = desk.clinic.load()
    assert clinic is not None
    assert [room.name for room in clinic.rooms] == ["Room 1", "Hall"]


def test_a_practitioner_named_by_a_block_alone_is_kept(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    clinic = desk.clinic.load()
    assert clinic is not None
    with desk.context.writing() as writing:
        block_writes.insert(
            writing.connection,
            title="Course",
            starts=MONDAY_9,
            ends=MONDAY_9.add(hours=1),
            practitioner_id=clinic.practitioners[1].id,
        )
        writing.log("block.add", "block 1")
    assert desk.clinic.setup(replace(SPEC, practitioners=SPEC.practitioners[:1])).retired == ("practitioner Okafor",)


def test_a_booked_visit_keeps_its_phases_when_the_service_gets_longer(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    booked = desk.visits.get(book(desk))
    longer = replace(SPEC, services=(replace(FOLLOW_UP, consultation=20),))
    assert desk.clinic.setup(longer).notes == (
        "1 coming appointment stays as booked, with what it took before, as Follow-up (until 2026-11-23)",
    )
    kept = desk.visits.get(booked.id)
    assert kept.plan.phases == booked.plan.phases
    assert kept.service.name == "Follow-up (until 2026-11-23)"
    assert not desk.clinic.setup(longer).changed
    assert desk.visits.get(book(desk, room="Hall 1", hours=2)).service.consultation == 20


def test_names_may_be_respelled_and_reordered_at_once(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    respelled = replace(SPEC, practitioners=(SPEC.practitioners[1], PractitionerSpec("LIN")))
    desk.clinic.setup(respelled)
    clinic = desk.clinic.load()
    assert clinic is not None
    assert spec_of(clinic) == respelled


def test_another_zone_is_refused_once_something_is_planned(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    assert desk.clinic.setup(replace(SPEC, timezone="Asia/Tokyo")).changed
    desk.clinic.setup(SPEC)
    book(desk)
    with pytest.raises(Refused, match=r"appointments at times of Europe/Berlin.*Asia/Tokyo"):
        desk.clinic.setup(replace(SPEC, timezone="Asia/Tokyo"))
    assert desk.clinic.setup(replace(SPEC, timezone="Europe/Vienna")).updated == ("clinic Willow",)


def test_a_set_up_that_the_database_refuses_leaves_all_as_it_was(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    before = desk.clinic.load()
    impossible = replace(SPEC, rooms=(RoomSpec("Annex"),), services=(replace(FOLLOW_UP, removal=-5),))
    with pytest.raises(IntegrityError):  # a length no file can say: the last thing in its way is the table
        desk.clinic.setup(impossible)
    assert desk.clinic.load() == before


NEEDY = replace(
    SPEC,
    rooms=(RoomSpec("Room 1", kind="table"), RoomSpec("Hall", 2, "recliner")),
    practitioners=(PractitionerSpec("Lin", last_start=990), *SPEC.practitioners[1:]),
    services=(
        FOLLOW_UP,
        replace(FOLLOW_UP, name="E-stim", rooms=("table", "recliner"), equipment=("E-stim unit",), last_start=720),
    ),
    equipment=(EquipmentSpec("E-stim unit", 2),),
)


def test_thresholds_are_kept_and_written_out_again(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    other = replace(SPEC, waiting=Threshold(15, 45), late=Threshold(1, 2))
    assert desk.clinic.setup(other).updated == (f"clinic {SPEC.name}",)
    assert (desk.clinic.get().waiting, desk.clinic.get().late) == (Threshold(15, 45), Threshold(1, 2))
    assert "waiting = [15, 45]\nlate = [1, 2]\n" in desk.clinic.as_toml()
    assert parse_clinic(desk.clinic.as_toml().encode()) == other


def test_what_services_need_is_kept_and_written_out_again(desk: Desk) -> None:
    desk.clinic.setup(NEEDY)
    assert spec_of(desk.clinic.get()) == NEEDY
    assert parse_clinic(desk.clinic.as_toml().encode()) == NEEDY
    assert not desk.clinic.setup(NEEDY).changed
    more = replace(NEEDY, equipment=(EquipmentSpec("Lamp"), EquipmentSpec("e-stim unit", 3)))
    more = replace(more, services=(FOLLOW_UP, replace(NEEDY.services[1], equipment=("e-stim unit", "Lamp"))))
    assert desk.clinic.setup(more).created == ("equipment Lamp",)
    assert spec_of(desk.clinic.get()) == replace(
        more, services=(FOLLOW_UP, replace(more.services[1], equipment=("Lamp", "e-stim unit")))
    )


def test_less_equipment_than_is_booked_at_once_is_refused_with_who_has_it(desk: Desk) -> None:
    desk.clinic.setup(NEEDY)
    for name, practitioner, minutes in (("Garcia", "Lin", 60), ("Weber", "Okafor", 70), ("Sato", "Lin", 180)):
        who = desk.patients.add(PatientDetails(family=name))
        desk.booking.book(Request(who.id, "E-stim", practitioner, MONDAY_9.add(minutes=minutes)))
    fewer = replace(NEEDY, equipment=(EquipmentSpec("E-stim unit", 1),))
    with pytest.raises(Refused) as refused:
        desk.clinic.setup(fewer)
    assert refused.value.reason == (
        "E-stim unit can't go from 2 to 1: it is booked for more at once (Garcia Mon 23 Nov 10:00, Weber Mon 23 Nov"
        " 10:10); move those first"
    )
    assert spec_of(desk.clinic.get()) == NEEDY


def test_booked_visits_that_a_change_leaves_without_their_hours_are_listed_once_and_stay(desk: Desk) -> None:
    desk.clinic.setup(SPEC)
    early, late = book(desk), book(desk, room="Hall 1", hours=3)
    shorter = replace(SPEC, hours=week_hours({"mon": ["08:00-11:00"], "tue": ["08:00-13:00"]}))
    (told,) = desk.clinic.setup(shorter).misfits
    assert told.startswith("Garcia Hall 1 3, Maria, ")
    assert "12:00: Lin: outside working hours (08:00-11:00)" in told
    assert [one.id for one in desk.days.load(None).appointments] == [early, late]
    renamed = replace(shorter, name="Willow Street")
    assert desk.clinic.setup(renamed).misfits == (), "told when it happened, not again with every change"
    sooner = replace(renamed, services=(replace(FOLLOW_UP, last_start=9 * 60),))
    later = desk.clinic.setup(sooner).misfits
    assert len(later) == 2
    assert all("no start after 09:00" in one for one in later)
