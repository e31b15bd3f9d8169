"""Appointments and what may happen to them: one status in one place, and one table of what may follow what."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from frontdesk.domain.errors import Refused


class Status(StrEnum):
    """Where an appointment stands; late, waiting, due and overdue are computed, never stored."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    ROOMED = "roomed"
    WITH_PRACTITIONER = "with_practitioner"
    NEEDLES_IN = "needles_in"
    NEEDLES_OUT = "needles_out"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    LEFT = "left"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def words(self) -> str:
        """How staff say it."""
        return _WORDS[self]


_WORDS = {
    Status.BOOKED: "booked",
    Status.CONFIRMED: "confirmed",
    Status.ARRIVED: "arrived",
    Status.ROOMED: "in room",
    Status.WITH_PRACTITIONER: "with practitioner",
    Status.NEEDLES_IN: "needles in",
    Status.NEEDLES_OUT: "needles out",
    Status.CHECKED_OUT: "checked out",
    Status.CANCELLED: "cancelled",
    Status.NO_SHOW: "no-show",
    Status.LEFT: "left",
    Status.ENTERED_IN_ERROR: "entered in error",
}

NOT_BEGUN = frozenset({Status.BOOKED, Status.CONFIRMED})
"""The plan may still be moved or cancelled, and its room is soft."""
WAITING = frozenset({*NOT_BEGUN, Status.ARRIVED})
"""In no room yet, so the planned room may still change."""
IN_ROOM = frozenset({Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_IN, Status.NEEDLES_OUT})
"""The patient may be in a room; which one is the appointment's room until it is turned over."""
ON_PREMISES = frozenset({Status.ARRIVED, *IN_ROOM})
"""The patient is in the house; at most one such visit a patient."""
ENDED_UNSEEN = frozenset({Status.CANCELLED, Status.NO_SHOW, Status.ENTERED_IN_ERROR})
"""Nothing happened, nothing is taken: no room, no practitioner, no patient time."""
ENDED = frozenset({*ENDED_UNSEEN, Status.CHECKED_OUT, Status.LEFT})
"""Nothing happens any more, besides undo; what was called off may be reinstated."""

LATE_CANCEL_HOURS = 24
"""Hours before the start from which a patient's cancelling is late, unless the clinic says otherwise: too late to give
the place to somebody else."""
MOST_LATE_CANCEL_HOURS = 168
"""A week: nobody who calls off before that can be said to be late."""


class Canceller(StrEnum):
    """Who called an appointment off."""

    PATIENT = "patient"
    CLINIC = "clinic"


FHIR_APPOINTMENT: dict[Status, str] = {
    Status.BOOKED: "booked",
    Status.CONFIRMED: "booked",
    Status.ARRIVED: "arrived",
    Status.ROOMED: "checked-in",
    Status.WITH_PRACTITIONER: "fulfilled",
    Status.NEEDLES_IN: "fulfilled",
    Status.NEEDLES_OUT: "fulfilled",
    Status.CHECKED_OUT: "fulfilled",
    Status.CANCELLED: "cancelled",
    Status.NO_SHOW: "noshow",
    Status.LEFT: "fulfilled",
    Status.ENTERED_IN_ERROR: "entered-in-error",
}
"""HL7 FHIR R4 Appointment.status of each status."""

FHIR_ENCOUNTER: dict[Status, str] = {
    Status.ARRIVED: "arrived",
    Status.ROOMED: "arrived",
    Status.WITH_PRACTITIONER: "in-progress",
    Status.NEEDLES_IN: "in-progress",
    Status.NEEDLES_OUT: "in-progress",
    Status.CHECKED_OUT: "finished",
    Status.LEFT: "finished",
    Status.ENTERED_IN_ERROR: "entered-in-error",
}
"""HL7 FHIR R4 Encounter.status, where a visit has begun."""


class Action(StrEnum):
    """A step of a visit that changes its status; the values are the verbs of `frontdesk visit`."""

    CONFIRM = "confirm"
    ARRIVE = "arrive"
    ROOM = "room"
    BEGIN = "begin"
    NEEDLES_IN = "needles-in"
    NEEDLES_OUT = "needles-out"
    CHECKOUT = "checkout"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    NO_SHOW = "no-show"
    LEFT = "left"
    ERROR = "error"


class Step(Struct, frozen=True):
    """What an action leads to, and from where it may be taken."""

    to: Status
    frm: frozenset[Status]


_BEFORE_ROOM = frozenset({Status.BOOKED, Status.CONFIRMED, Status.ARRIVED})

STEPS: dict[Action, Step] = {
    Action.CONFIRM: Step(Status.CONFIRMED, frozenset({Status.BOOKED})),
    Action.ARRIVE: Step(Status.ARRIVED, frozenset({*NOT_BEGUN, Status.NO_SHOW})),
    Action.ROOM: Step(Status.ROOMED, _BEFORE_ROOM),
    Action.BEGIN: Step(Status.WITH_PRACTITIONER, frozenset({*_BEFORE_ROOM, Status.ROOMED})),
    Action.NEEDLES_IN: Step(
        Status.NEEDLES_IN,
        frozenset({*_BEFORE_ROOM, Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_OUT}),
    ),
    Action.NEEDLES_OUT: Step(Status.NEEDLES_OUT, frozenset({Status.NEEDLES_IN})),
    Action.CHECKOUT: Step(Status.CHECKED_OUT, frozenset({Status.WITH_PRACTITIONER, Status.NEEDLES_OUT})),
    Action.CANCEL: Step(Status.CANCELLED, NOT_BEGUN),
    Action.REINSTATE: Step(Status.BOOKED, frozenset({Status.CANCELLED, Status.NO_SHOW})),
    Action.NO_SHOW: Step(Status.NO_SHOW, NOT_BEGUN),
    Action.LEFT: Step(Status.LEFT, frozenset({Status.ARRIVED, Status.ROOMED, Status.WITH_PRACTITIONER})),
    Action.ERROR: Step(
        Status.ENTERED_IN_ERROR,
        frozenset({*_BEFORE_ROOM, Status.ROOMED, Status.WITH_PRACTITIONER, Status.CANCELLED, Status.NO_SHOW}),
    ),
}
"""What may follow what: the one table the screens, the verbs, the tests and the README are made from."""

NEXT_STEP: dict[Status, Action] = {
    Status.BOOKED: Action.ARRIVE,
    Status.CONFIRMED: Action.ARRIVE,
    Status.ARRIVED: Action.ROOM,
    Status.ROOMED: Action.BEGIN,
    Status.WITH_PRACTITIONER: Action.NEEDLES_IN,
    Status.NEEDLES_IN: Action.NEEDLES_OUT,
    Status.NEEDLES_OUT: Action.CHECKOUT,
}
"""What the one key for the next step does."""


def may_follow(status: Status) -> tuple[Action, ...]:
    """The actions that may be taken from a status, in the order of a visit."""
    return tuple(action for action, step in STEPS.items() if status in step.frm)


def after(status: Status, action: Action) -> Status:
    """The status an action leads to; raises `Refused` naming what may follow instead."""
    step = STEPS[action]
    if status in step.frm:
        return step.to
    raise Refused(f"{action.value} can't follow {status.words}; {what_may(status)}")


def what_may(status: Status) -> str:
    """What may follow a status, as the end of a refusal."""
    if status is Status.NEEDLES_IN:
        return "needles are in: only needles-out may follow"
    allowed = ", ".join(action.value for action in may_follow(status)) or "nothing"
    taken_back = "; take the last step back (undo), or book anew" if status in ENDED else ""
    return f"what may follow: {allowed}{taken_back}"


def step_diagram() -> str:
    """The README's picture of the way through a visit, in Mermaid's words: the next step thick, steps ahead dotted."""
    lines = ["```mermaid", "flowchart LR"]
    going = [status for status in Status if status in NEXT_STEP]
    lines += [f'  {status.value}["{status.words}"]' for status in (*going, Status.CHECKED_OUT)]
    for status in going:
        lines.append(f"  {status.value} ==>|{NEXT_STEP[status].value}| {STEPS[NEXT_STEP[status]].to.value}")
        for action in may_follow(status):
            to = STEPS[action].to
            if action is not NEXT_STEP[status] and to not in ENDED_UNSEEN and to is not Status.LEFT:
                lines.append(f"  {status.value} -.->|{action.value}| {to.value}")
    return "\n".join((*lines, "```")) + "\n"


def step_table() -> str:
    """The README's table of what may follow what, and of each status in HL7 FHIR R4, as Markdown."""
    rows = [
        "| status | the next step | what else may follow | FHIR Appointment | FHIR Encounter |",
        "| --- | --- | --- | --- | --- |",
    ]
    for status in Status:
        step = NEXT_STEP.get(status)
        others = [action.value for action in may_follow(status) if action is not step]
        fhir = f"{FHIR_APPOINTMENT[status]} | {FHIR_ENCOUNTER.get(status, '–')}"
        rows.append(f"| {status.words} | {step.value if step else '–'} | {', '.join(others) or '–'} | {fhir} |")
    return "\n".join(rows) + "\n"
