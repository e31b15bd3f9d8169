"""What a block runs into, and on which weeks it repeats."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.block import BlockKind, runs_into, weekly
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span
from frontdesk.domain.visit import Status
from tests.ui.day_shop import CLINIC, LIN, OKAFOR, ROOMS, at, person, visit

# A follow-up: hands-on 10:00-10:15 and, after 25 minutes of retention, from 10:40 on; then turnover.


def garcia(**changes: Any) -> Appointment:
    made = visit(1, "10:00", person(1, "Garcia", "Maria"), LIN, 1, CLINIC.services[0], Status.BOOKED)
    return replace(made, **changes)


def block(start: str, end: str, **whose: Any) -> Block:
    return Block(1, "Lunch", at(start), at(end), **whose)


def test_the_hands_are_needed_at_both_ends_and_not_while_needles_rest() -> None:
    one = garcia()
    plan = one.plan
    first, last = plan.hands_on[0], plan.hands_on[-1]
    rest = Block(1, "Call", first.ends, last.starts, practitioner=LIN)
    assert runs_into([rest], [one]) == ()
    assert runs_into([Block(1, "Call", last.starts, last.ends, practitioner=LIN)], [one]) == (one,)
    assert runs_into([Block(1, "Call", last.ends, last.ends.add(hours=1), practitioner=LIN)], [one]) == ()
    assert runs_into([Block(1, "Call", first.starts, last.ends, practitioner=OKAFOR)], [one]) == ()


def test_a_room_is_needed_from_start_to_turnover() -> None:
    one = garcia()
    span, own = one.room_span, one.room
    other = next(room for room in ROOMS if room != own)
    in_rest = Block(1, "Paint", one.plan.hands_on[0].ends, one.plan.hands_on[-1].starts, room=own)
    assert runs_into([in_rest], [one]) == (one,)
    assert runs_into([Block(1, "Paint", span.ends, span.ends.add(hours=1), room=own)], [one]) == ()
    assert runs_into([Block(1, "Paint", span.starts, span.ends, room=other)], [one]) == ()


def test_a_squeezed_visit_is_run_into_one_that_is_over_is_not() -> None:
    taken = block("10:00", "10:10", practitioner=LIN)
    assert runs_into([taken], [garcia(squeezed=True)]) == (garcia(squeezed=True),)
    for status in (Status.CANCELLED, Status.NO_SHOW, Status.CHECKED_OUT):
        assert runs_into([taken], [garcia(status=status)]) == ()


def test_each_visit_is_named_once() -> None:
    one = garcia()
    both = [block("10:00", "10:10", practitioner=LIN), block("10:05", "11:00", practitioner=LIN)]
    assert runs_into(both, [one, one]) == (one,)


def test_a_note_runs_into_nobody() -> None:
    assert runs_into([block("00:00", "23:59")], [garcia()]) == ()


@pytest.mark.parametrize("weeks", [0, 61])
def test_a_count_that_is_a_slip(weeks: int) -> None:
    with pytest.raises(Refused, match="1 to 60 weeks"):
        weekly(CLINIC, Span(at("12:00"), at("13:00")), weeks)


def test_each_week_at_the_same_time() -> None:
    spans = weekly(CLINIC, Span(at("12:00"), at("13:00")), 3)
    assert [(one.starts - at("12:00")).days for one in spans] == [0, 7, 14]


def test_every_kind_has_words_and_a_usual_length() -> None:
    assert {kind.words for kind in BlockKind} == {"Lunch", "Meeting", "Time off", "Blocked"}
    assert BlockKind.LUNCH.minutes == 60
