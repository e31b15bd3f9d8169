"""Rows that are not there though others refer to them: what is left is shown, and what is missing is named."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest

from frontdesk.domain.hours import Span
from frontdesk.store import appointment_writes, appointments, block_writes, blocks, kept_needles
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from tests.store.conftest import small_clinic
from tests.store.damage import damage
from tests.store.test_appointments import book

DAY = Span(pendulum.datetime(2026, 11, 23), pendulum.datetime(2026, 11, 24))


@pytest.mark.parametrize("lost", ["patient", "practitioner", "room", "service"])
def test_a_visit_whose_row_of_another_table_is_gone_is_shown_and_says_what_is_missing(
    store: Store, where: str, lost: str
) -> None:
    with store.write(who="Ana", at=DAY.starts) as work:
        small_clinic(work.connection)
        visit_id = book(work.connection, DAY.starts.add(hours=10))
        planned = {"in_at": DAY.starts, "count_in": 3, "planned_minutes": 25, "earliest_minutes": 20}
        out = {"out_at": DAY.starts.add(minutes=25), "count_out": 2, "kept": 1, "told": True}
        appointment_writes.insert_retention(
            work.connection, visit_id, **planned, latest_minutes=30, **out, remove_on=date(2026, 12, 1)
        )
        block_writes.insert(work.connection, title="Painting", starts=DAY.starts, ends=DAY.ends, room_id=1)
        work.log("booked", "")
    # Another program's rows: a visit of 77, a block of theirs, needles of theirs that were kept.
    damage(
        where,
        f"UPDATE appointment SET {lost}_id = 77",
        f"UPDATE block SET {lost if lost in ('room', 'practitioner') else 'room'}_id = 77",
    )
    with store.read() as connection:
        (visit,) = appointments.between(connection, DAY)
        (block,) = blocks.between(connection, DAY)
        (kept,) = kept_needles.still_in(connection)
    names = {
        "patient": visit.patient.name,
        "practitioner": visit.practitioner.name,
        "room": visit.room.name if visit.room else "",
        "service": visit.service.name,
    }
    assert {what: name for what, name in names.items() if "missing" in name} == {lost: f"{lost} 77 (missing)"}
    if lost in ("room", "practitioner"):
        assert f"{lost} 77 (missing)" in str(block)
    if lost in ("patient", "practitioner"):
        assert f"{lost} 77 (missing)" in str(kept)
    assert f"row 1 of appointment refers to a missing {lost}" in check(store)
