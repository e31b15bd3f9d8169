"""The card beside the day: a visit, a free place, a block."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Facts
from frontdesk.domain.packing import DayPlaces
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.day_card import block_card, visit_card, visit_summary
from frontdesk.ui.layout.day_free import FreePlaces, free_card
from frontdesk.ui.layout.day_grid import Cursor
from frontdesk.ui.layout.day_sight import DaySight
from tests.ui.day_shop import CLINIC, GARCIA, LIN, NOW, at, busy_day, minutes, person, visit


def card_text(cells: int = 40) -> str:
    """Garcia's card."""
    garcia = next(one for one in busy_day().appointments if one.id == 4)
    return "\n".join("".join(span.text for span in line).rstrip() for line in visit_card(garcia, CLINIC, NOW, cells))


@pytest.mark.parametrize(
    "words",
    [
        "Garcia, Maria",
        "known as Mari",
        "14.03.1961 (65)",
        "416 555 0134",
        "⚠ reduced sensation: no heat lamp",
        "⚠ anticoagulant",
        "Follow-up with Dr Lin",
        "10:05-10:45, Room 1",
        "* due, in since 10:15",
        "Space needles out",
        "12 needles in at 10:15",
        "out at 10:40, 3′ over",
        "10:05 consultation 5′",
        "Prefers the recliner",
    ],
)
def test_the_card_holds_what_the_desk_asks(words: str) -> None:
    assert words in card_text()


def test_no_telephone_number_is_cut() -> None:
    numbers = ("(705) 555-6964", "+33 1 99 00 84 12")
    one = visit(9, "14:00", person(9, "Groß", "Łucja", phones=numbers))
    for cells in (24, 34, 40):
        rows = ["".join(span.text for span in line) for line in visit_card(one, CLINIC, NOW, cells)]
        assert all(any(number in row for row in rows) for number in numbers)


def test_a_visit_to_come_says_when_its_patient_must_leave() -> None:
    coming = next(one for one in busy_day().appointments if one.status is Status.BOOKED)
    bound = replace(coming, leave_by=at("17:15"))
    for card in (visit_card(bound, CLINIC, NOW, 40), visit_summary(bound, CLINIC, NOW, 70, 6)):
        assert "must leave by 17:15" in "\n".join("".join(span.text for span in line) for line in card)


def summary(cells: int = 79, **changes: object) -> list[str]:
    """The rows beneath the list, of somebody with a long name, and another they go by."""
    known = person(9, "Wolfeschlegelsteinhausenbergerdorff", "Hubert", known_as="Xiǎo-Míng the Younger of Elm Street",
                   birth_date=date(1961, 3, 14), phones=("416 555 0134",))  # fmt: skip
    one = replace(visit(1, "11:00", known, replace(LIN, name="Dr Papadiamantopoulou-Karaïskákis")), **changes)
    return ["".join(span.text for span in line).rstrip() for line in visit_summary(one, CLINIC, NOW, cells, 6)]


def test_beneath_a_list_names_give_way_and_never_what_tells_people_and_times_apart() -> None:
    who, _, what, *_ = summary()
    assert who == " Wolfeschlegelsteinhausenbergerdorff, Hubert · 14.03.1961 (65) · 416 555 0134"
    assert what == " Follow-up with Dr Papadiamantopoulou-Karaïskákis, 11:00-11:40, R1"
    who, _, what, *_ = summary(60)
    assert who.startswith(" Wolfeschlegelstein")
    assert who.endswith("… · 14.03.1961 (65) · 416 555 0134")
    assert what.endswith("…, 11:00-11:40, R1")
    assert "“Xiǎo-Míng the Younger of Elm Street”" in summary(120)[0]


def test_beneath_a_list_a_cancelled_visit_says_why() -> None:
    rows = summary(
        status=Status.CANCELLED, cancelled_by="patient", facts=Facts(ended_at=at("09:05"), reason="has a cold")
    )
    assert rows[1] == " × cancelled late since 09:05 by the patient “has a cold”"


def test_what_is_expected_is_whole_on_the_card() -> None:
    late = [[Span(" ! → 10:52 expected, 7′ late, Quiet room at the end of the corridor", "warn")]]
    garcia = next(one for one in busy_day().appointments if one.id == 4)
    said = "\n".join("".join(span.text for span in line).rstrip() for line in visit_card(garcia, CLINIC, NOW, 33, late))
    assert "Quiet room at the end of the corridor" in " ".join(said.split())


def test_a_free_place_says_what_fits_there_until_when_and_else_when_it_does() -> None:
    sheet = replace(busy_day(), appointments=(visit(1, "11:00", GARCIA),), in_house=(), blocks=())
    sight = DaySight()
    sight.resize(120, 36)
    sight.show(sheet, NOW)

    free = FreePlaces()

    def card(clock: str) -> list[str]:
        assert sight.grid is not None
        sight.cursor = Cursor(LIN.id, minutes(clock))
        return ["".join(span.text for span in line).strip() for line in free_card(sight, 60, free)]

    here = card("11:10")
    assert "free 25′, until 11:35" in here
    assert "✓ Follow-up: until 11:50, Room 2" in here
    assert "✗ Initial: next 11:40" in card("11:20"), "Garcia's needles come out at 11:35"
    assert "✗ Initial: no more that day" in card("17:30")


def test_where_a_visit_fits_is_worked_out_once_while_the_day_is_laid_as_it_is() -> None:
    day, later = DayPlaces.of(busy_day(), NOW), DayPlaces.of(busy_day(), NOW.add(hours=2))
    free, service = FreePlaces(), CLINIC.active_services[0]

    found = free.places(day, service, LIN, None)

    assert found == day.places(service, LIN)
    assert free.places(day, service, LIN, None) is found
    assert free.places(later, service, LIN, None) == later.places(service, LIN) != found


def test_flags_come_before_the_visit_on_the_card() -> None:
    said = card_text()
    assert said.index("⚠") < said.index("Follow-up")


def test_a_note_says_that_it_blocks_nothing() -> None:
    note = block_card(busy_day().blocks[0], CLINIC, 50)
    said = "\n".join("".join(span.text for span in line) for line in note)
    assert "Health & Safety walk-round" in said
    assert "blocks nothing" in said
