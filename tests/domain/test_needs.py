"""What a visit needs besides a free room and free hands: a kind of room, equipment, last starts, an hour to be gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pendulum
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Block, Facts
from frontdesk.domain.clinic import Clinic, Equipment, Practitioner, Room
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing import (
    Fit,
    NoFit,
    Occupancy,
    Rule,
    claims_held,
    clashes,
    first_fit,
    free_places,
    nearest_starts,
    soft_fit,
)
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import Status
from tests.domain.make import (
    FOLLOW_UP,
    GARCIA,
    LIN,
    MONDAY,
    OKAFOR,
    SATO,
    WEBER,
    at,
    clinic,
    needles,
    visit,
)

TABLE = Room(1, "Room 1", kind="table")


RECLINER = Room(2, "Community 1", kind="recliner")


TABLE_2 = Room(3, "Room 2", kind="table")


UNNAMED = Room(4, "Attic")


ROOMS = (RECLINER, TABLE, TABLE_2, UNNAMED)


STIM = Equipment(7, "E-stim unit", 2)


LAMP = Equipment(8, "Lamp", 1)


ON_TABLE = replace(FOLLOW_UP, id=2, name="Initial", room_kinds=("table",))


WITH_STIM = replace(FOLLOW_UP, id=3, name="E-stim", equipment=(STIM.id,))


WITH_LAMP = replace(FOLLOW_UP, id=4, name="Moxa", equipment=(LAMP.id,))


EARLY_ONLY = replace(FOLLOW_UP, id=5, name="First visit", last_start=16 * 60)


EVENINGS_OFF = replace(LIN, last_start=15 * 60 + 30)


WHERE = replace(clinic(rooms=ROOMS), equipment=(STIM, LAMP))


def asked(
    clock: str,
    service: Service,
    *taken: Appointment,
    rooms: Sequence[Room] = ROOMS,
    practitioner: Practitioner = OKAFOR,
    leave_by: str | None = None,
    squeeze: bool = False,
    where: Clinic = WHERE,
    soft: bool = False,
    blocks: Sequence[Block] = (),
) -> Fit | NoFit:
    question: dict[str, Any] = {
        "service": service,
        "practitioner": practitioner,
        "starts": at(clock),
        "rooms": rooms,
        "patient_id": SATO.id,
        "leave_by": None if leave_by is None else at(leave_by),
    }
    occupancy = Occupancy.of(taken, blocks)
    if soft:
        return soft_fit(where, occupancy, **question)
    return first_fit(where, occupancy, squeeze=squeeze, **question)


def fit(answer: Fit | NoFit) -> Fit:
    assert isinstance(answer, Fit), answer
    return answer


def refused(answer: Fit | NoFit) -> NoFit:
    assert isinstance(answer, NoFit), answer
    return answer


def test_only_rooms_of_the_kind_a_service_needs_are_given() -> None:
    assert fit(asked("10:00", ON_TABLE)).room == TABLE
    assert fit(asked("10:00", FOLLOW_UP)).room == RECLINER
    taken = visit(at("10:00"), room=TABLE)
    assert fit(asked("10:00", ON_TABLE, taken)).room == TABLE_2


def test_a_named_room_of_another_kind_is_refused_in_words_and_can_not_be_squeezed() -> None:
    answer = refused(asked("10:00", ON_TABLE, rooms=(RECLINER,)))

    assert answer.words == "Community 1 is a recliner; Initial needs a table"
    assert not answer.squeezable
    assert isinstance(asked("10:00", ON_TABLE, rooms=(RECLINER,), squeeze=True), NoFit)
    either = replace(ON_TABLE, room_kinds=("table", "armchair"))
    assert refused(asked("10:00", either, rooms=(UNNAMED,))).words == (
        "Attic is of no kind that was said; Initial needs a table or an armchair"
    )


def test_where_all_of_the_right_kind_are_taken_it_is_one_of_them_that_is_named() -> None:
    taken = [visit(at("10:00"), room=TABLE), visit(at("10:30"), room=TABLE_2, patient=WEBER)]

    answer = refused(asked("10:10", ON_TABLE, *taken))

    assert [(clash.rule, clash.resource) for clash in answer.clashes] == [(Rule.ROOM, "Room 2")]


def resting(clock: str, patient: Patient, room: Room, service: Service = WITH_STIM, **more: Any) -> Appointment:
    return visit(at(clock), patient=patient, room=room, service=service, practitioner=LIN, **more)


def test_equipment_is_taken_from_the_insertion_to_the_end_of_the_removal() -> None:
    held = {one.resource: one.span for one in claims_held(visit(at("10:00"), service=WITH_STIM))}

    assert (held["equipment:7"].starts, held["equipment:7"].ends) == (at("10:05"), at("10:40"))
    gone = visit(
        at("10:00"), service=WITH_STIM, status=Status.LEFT, facts=Facts(roomed_at=at("10:00"), ended_at=at("10:20"))
    )
    assert list(Occupancy.of((gone,)).full("equipment:7", 1)) == [(to_ms(at("10:05")), to_ms(at("10:20")))]
    talk = replace(WITH_STIM, insertion=0, retention_earliest=0, retention_latest=0, planned_retention=0, removal=0)
    assert "equipment:7" not in {one.resource for one in claims_held(visit(at("10:00"), service=talk))}


def test_as_many_have_it_at_once_as_there_are_and_the_clash_says_who_and_for_how_long() -> None:
    one, two = resting("10:00", GARCIA, TABLE), resting("10:10", WEBER, TABLE_2)

    assert fit(asked("10:20", WITH_STIM, one)).room == RECLINER
    answer = refused(asked("10:20", WITH_STIM, one, two))
    # All two are in use from 10:15 to 10:40; this one would need its own from 10:25 on.
    assert answer.words == (
        "E-stim unit (all 2) is taken by Garcia, Maria 10:05-10:40 and Weber, Jonas 10:15-10:50: 15 min overlap"
    )
    assert not answer.squeezable
    assert fit(asked("10:35", WITH_STIM, one, two)).plan.starts == at("10:35"), "its insertion begins at 10:40"
    assert refused(asked("10:20", WITH_LAMP, resting("10:00", GARCIA, TABLE, WITH_LAMP))).words == (
        "Lamp is taken by Garcia, Maria 10:05-10:40: 15 min overlap"
    )


def test_needles_that_are_in_for_longer_keep_the_equipment_too() -> None:
    overdue = resting(
        "10:00",
        GARCIA,
        TABLE,
        WITH_LAMP,
        status=Status.NEEDLES_IN,
        facts=Facts(arrived_at=at("10:00"), roomed_at=at("10:00"), began_at=at("10:00")),
        retentions=(needles(at("10:10")),),
    )
    late = Occupancy.of((overdue,), now=at("10:50"))

    (clash,) = clashes(
        WHERE,
        late,
        plan=fit(asked("10:45", WITH_LAMP)).plan,
        practitioner=OKAFOR,
        room=RECLINER,
        patient_id=None,
    )

    assert clash.words == "Lamp is taken by Garcia, Maria 10:05-10:55: 5 min overlap"


def test_a_shorter_retention_of_somebody_else_sets_equipment_free_in_time() -> None:
    # Nobody's hands are in the way: these come out by themselves, and are in at once.
    lamp, stim = (replace(one, consultation=0, removal=0) for one in (WITH_LAMP, WITH_STIM))
    garcia = resting("10:00", GARCIA, TABLE, lamp)  # has it until 10:30, or 10:25
    of_two = [resting("10:00", GARCIA, TABLE, stim), resting("10:10", WEBER, TABLE_2, stim)]

    alone = fit(asked("10:25", lamp, garcia, practitioner=LIN, soft=True))
    two = fit(asked("10:25", stim, *of_two, practitioner=LIN, soft=True))

    assert alone.replanned == ((garcia.id, 20),)
    assert two.replanned == ((of_two[0].id, 20),)
    assert isinstance(asked("10:20", lamp, garcia, practitioner=LIN, soft=True), NoFit)
    assert isinstance(asked("10:25", lamp, garcia, practitioner=OKAFOR, soft=True), NoFit)


def test_no_visit_starts_after_the_last_start_of_its_service_or_its_practitioner() -> None:
    assert fit(asked("16:00", EARLY_ONLY)).plan.starts == at("16:00")
    late = refused(asked("16:10", EARLY_ONLY))
    assert (late.words, late.squeezable) == ("First visit: no start after 16:00, 10 min too late", True)
    assert fit(asked("16:10", EARLY_ONLY, squeeze=True)).squeezed
    his = refused(asked("15:35", FOLLOW_UP, practitioner=EVENINGS_OFF))
    assert his.words == "Dr Lin: no start after 15:30, 5 min too late"
    assert isinstance(asked("15:35", FOLLOW_UP, practitioner=EVENINGS_OFF, soft=True), NoFit)


def test_the_retention_is_shortened_so_that_the_patient_is_gone_in_time() -> None:
    assert fit(asked("10:00", FOLLOW_UP)).plan.ends == at("10:40")
    assert fit(asked("10:00", FOLLOW_UP, leave_by="10:35")).plan.retention_minutes == 20
    assert fit(asked("10:00", FOLLOW_UP, leave_by="10:44")).plan.retention_minutes == 25
    answer = refused(asked("10:00", FOLLOW_UP, leave_by="10:31"))
    assert answer.words == "Must leave by 10:31: ends 10:35, 4 min too late"
    assert not answer.squeezable


def test_nobody_is_re_planned_past_the_time_they_must_leave_by() -> None:
    garcia = visit(at("10:00"), room=TABLE)  # removal 10:35-10:40, to be moved to 10:40-10:45

    assert fit(asked("10:30", FOLLOW_UP, garcia, practitioner=LIN, soft=True)).replanned == ((garcia.id, 30),)
    bound = replace(garcia, leave_by=at("10:44"))
    assert isinstance(asked("10:30", FOLLOW_UP, bound, practitioner=LIN, soft=True), NoFit)
    wish = asked("10:30", FOLLOW_UP, garcia, practitioner=LIN, soft=True, leave_by="11:05")
    assert fit(wish).plan.ends <= at("11:05")


def test_places_end_by_the_time_of_day_that_was_said_and_the_nearest_ones_too() -> None:
    found = free_places(
        WHERE,
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioners=(LIN,),
        rooms=ROOMS,
        first_day=MONDAY,
        days=2,
        not_before=at("08:00"),
        limit=1000,
        leave_by=10 * 60,
    )
    local = [slot.starts.in_timezone(WHERE.timezone) for slot in found]
    assert {one.day for one in local} == {23, 24}
    assert max(slot.ends.in_timezone(WHERE.timezone).time() for slot in found) == pendulum.time(10, 0)
    assert found[-1].retention_minutes == 20
    near = nearest_starts(
        WHERE,
        Occupancy.of(()),
        service=FOLLOW_UP,
        practitioner=LIN,
        starts=at("10:00"),
        rooms=ROOMS,
        not_before=at("08:00"),
        leave_by=10 * 60,
    )
    assert [slot.starts for slot in near] == [at("09:25"), at("09:20"), at("09:15")]
