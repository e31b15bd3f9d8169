"""What services need, in the file: rooms of a kind, equipment, a last start."""

from __future__ import annotations

import pytest

from frontdesk.domain.setup import EquipmentSpec, RoomSpec
from frontdesk.exchange.clinic_toml import parse_clinic
from tests.exchange.a_clinic_toml import GOOD, problems_of

NEEDS = (
    GOOD.replace('name = "Room 1"', 'name = "Room 1"\nkind = "Table"')
    .replace("chairs = 3", 'chairs = 3\nkind = "recliner"')
    .replace('name = "Dr Öz"', 'name = "Dr Öz"\nlast_start = 16:30:00')
    .replace("turnover = 0", 'turnover = 0\nrooms = ["table"]\nequipment = ["e-stim unit"]\nlast_start = "15:00"')
    + '[[equipment]]\nname = "E-stim unit"\ncount = 2\n\n[[equipment]]\nname = "Lamp"\n'
)


def test_what_services_need_is_read_and_spelled_as_it_is_set_up() -> None:
    spec = parse_clinic(NEEDS.encode())
    assert spec.rooms == (RoomSpec("Room 1", kind="Table"), RoomSpec("Hall", 3, "recliner"))
    assert spec.equipment == (EquipmentSpec("E-stim unit", 2), EquipmentSpec("Lamp", 1))
    assert [one.last_start for one in spec.practitioners] == [16 * 60 + 30, None]
    (first,) = spec.services
    assert (first.rooms, first.equipment, first.last_start) == (("Table",), ("E-stim unit",), 15 * 60)


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        (
            'rooms = ["table"]',
            'rooms = ["tabel"]',
            "services[1].rooms",
            '"tabel" is no kind of room of this clinic; did you mean "Table"?',
        ),
        (
            'rooms = ["table"]',
            'rooms = ["sofa"]',
            "services[1].rooms",
            '"sofa" is no kind of room of this clinic; there is: Table, recliner',
        ),
        ('rooms = ["table"]', 'rooms = "table"', "services[1].rooms", 'must be a list like ["one", "other"], not text'),
        ('rooms = ["table"]', "rooms = [1]", "services[1].rooms", "must be text, not a whole number"),
        (
            '["e-stim unit"]',
            '["estim unit"]',
            "services[1].equipment",
            '"estim unit" is no equipment of this clinic; did you mean "E-stim unit"?',
        ),
        ('"15:00"', '"25:00"', "services[1].last_start", 'must be a time like "17:00", not "25:00"'),
        ('"15:00"', "15", "services[1].last_start", 'must be a time like "17:00", not a whole number'),
        ("count = 2", "count = 0", "equipment[1].count", "must be from 1 to 100, not 0"),
        (
            'name = "Lamp"',
            'name = "e-stim UNIT"',
            "equipment[2].name",
            '"e-stim UNIT" is also the name of equipment[1]',
        ),
        ('kind = "recliner"', "kind = 3", "rooms[2].kind", "must be text, not a whole number"),
    ],
)
def test_a_need_that_is_not_set_up_is_said_with_what_was_meant(old: str, new: str, where: str, reason: str) -> None:
    assert NEEDS.count(old) == 1, old
    assert problems_of(NEEDS.replace(old, new)) == [(where, reason)]


def test_needs_where_nothing_is_set_up_for_them_say_what_to_write() -> None:
    assert problems_of(GOOD.replace("turnover = 0", 'turnover = 0\nrooms = ["table"]\nequipment = ["Lamp"]')) == [
        (
            "services[1].rooms",
            '"table" is no kind of room of this clinic; no room says its kind; write kind = "table" there',
        ),
        ("services[1].equipment", '"Lamp" is no equipment of this clinic; none is set up; write an [[equipment]]'),
    ]
