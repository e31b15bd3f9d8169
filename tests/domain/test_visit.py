"""What may follow what: every status with every action."""

from __future__ import annotations

from itertools import product

import pytest

from frontdesk.domain.errors import Refused
from frontdesk.domain.visit import (
    ENDED,
    ENDED_UNSEEN,
    FHIR_APPOINTMENT,
    FHIR_ENCOUNTER,
    IN_ROOM,
    NEXT_STEP,
    NOT_BEGUN,
    ON_PREMISES,
    Action,
    Status,
    after,
    may_follow,
)

MAY: dict[Status, dict[str, str]] = {
    Status.BOOKED: {
        "confirm": "confirmed",
        "arrive": "arrived",
        "room": "roomed",
        "begin": "with_practitioner",
        "needles-in": "needles_in",
        "cancel": "cancelled",
        "no-show": "no_show",
        "error": "entered_in_error",
    },
    Status.CONFIRMED: {
        "arrive": "arrived",
        "room": "roomed",
        "begin": "with_practitioner",
        "needles-in": "needles_in",
        "cancel": "cancelled",
        "no-show": "no_show",
        "error": "entered_in_error",
    },
    Status.ARRIVED: {
        "room": "roomed",
        "begin": "with_practitioner",
        "needles-in": "needles_in",
        "left": "left",
        "error": "entered_in_error",
    },
    Status.ROOMED: {
        "begin": "with_practitioner",
        "needles-in": "needles_in",
        "left": "left",
        "error": "entered_in_error",
    },
    Status.WITH_PRACTITIONER: {
        "needles-in": "needles_in",
        "checkout": "checked_out",
        "left": "left",
        "error": "entered_in_error",
    },
    Status.NEEDLES_IN: {"needles-out": "needles_out"},
    Status.NEEDLES_OUT: {"needles-in": "needles_in", "checkout": "checked_out"},
    Status.CHECKED_OUT: {},
    Status.CANCELLED: {"reinstate": "booked", "error": "entered_in_error"},
    Status.NO_SHOW: {"arrive": "arrived", "reinstate": "booked", "error": "entered_in_error"},
    Status.LEFT: {},
    Status.ENTERED_IN_ERROR: {},
}
"""Written out by hand: forward steps may be skipped, needles never, and who came late was no no-show."""


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_every_status_with_every_action(status: Status, action: Action) -> None:
    expected = MAY[status].get(action.value)

    if expected is not None:
        assert after(status, action).value == expected
        return
    with pytest.raises(Refused) as refused:
        after(status, action)
    assert action.value in refused.value.reason
    assert status.words in refused.value.reason
    for allowed in MAY[status]:
        assert allowed in refused.value.reason, "a refusal says what may follow instead"


def test_from_needles_in_the_only_way_on_is_needles_out() -> None:
    assert may_follow(Status.NEEDLES_IN) == (Action.NEEDLES_OUT,)
    assert [status for status in Status if Action.NEEDLES_OUT in may_follow(status)] == [Status.NEEDLES_IN]


def test_the_one_key_for_the_next_step_always_may() -> None:
    assert set(NEXT_STEP) == set(Status) - ENDED
    for status, action in NEXT_STEP.items():
        assert after(status, action) is not status


def test_the_next_steps_lead_from_the_booking_to_the_door() -> None:
    status, passed = Status.BOOKED, [Status.BOOKED]
    while status in NEXT_STEP:
        status = after(status, NEXT_STEP[status])
        passed.append(status)

    assert [one.value for one in passed] == [
        "booked",
        "arrived",
        "roomed",
        "with_practitioner",
        "needles_in",
        "needles_out",
        "checked_out",
    ]


def test_the_groups_of_statuses_do_not_contradict_each_other() -> None:
    assert not NOT_BEGUN & ON_PREMISES
    assert not ON_PREMISES & ENDED
    assert IN_ROOM < ON_PREMISES
    assert ENDED_UNSEEN < ENDED
    assert set(Status) == NOT_BEGUN | ON_PREMISES | ENDED


def test_every_status_has_words_and_its_names_abroad() -> None:
    r4_appointment = {
        "proposed",
        "pending",
        "booked",
        "arrived",
        "fulfilled",
        "cancelled",
        "noshow",
        "entered-in-error",
        "checked-in",
        "waitlist",
    }
    r4_encounter = {
        "planned",
        "arrived",
        "triaged",
        "in-progress",
        "onleave",
        "finished",
        "cancelled",
        "entered-in-error",
        "unknown",
    }

    assert set(FHIR_APPOINTMENT) == set(Status)
    assert set(FHIR_APPOINTMENT.values()) <= r4_appointment
    assert set(FHIR_ENCOUNTER.values()) <= r4_encounter
    assert set(FHIR_ENCOUNTER) >= ON_PREMISES
    assert not set(FHIR_ENCOUNTER) & NOT_BEGUN
    assert len({status.words for status in Status}) == len(Status)
