"""Why a step of a visit can't be taken now, in words for the key that asked for it."""

from __future__ import annotations

from collections.abc import Callable

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.day import DaySheet
from frontdesk.domain.due import may_be_hushed
from frontdesk.domain.hand_over import owner_of
from frontdesk.domain.visit import NEXT_STEP, WAITING, Action, Status, may_follow
from frontdesk.ui.live_keys import key_of

_NEEDS: dict[str, tuple[Action, str]] = {
    "visit.left": (Action.LEFT, "leaving early"),
    "visit.confirm": (Action.CONFIRM, "confirming"),
    "needles.in": (Action.NEEDLES_IN, "needles in"),
    "book.cancel": (Action.CANCEL, "cancelling"),
    "book.reinstate": (Action.REINSTATE, "putting it back"),
    "book.no_show": (Action.NO_SHOW, "a no-show"),
}
"""The step that an action is, and what staff call it."""
ON_A_VISIT = (
    *("visit.", "needles.", "room.", "patient.file", "patient.plan"),
    *("book.cancel", "book.no_show", "book.move", "book.reinstate", "book.repeat"),
    *("book.longer", "book.shorter"),
)
"""How the names of the actions begin that act on a visit."""
_TO_COME = (*WAITING, Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_IN)
"""While the needles are still to go in or to come out, a visit can be made longer or shorter."""
_WHILE_IN = ("needles.out", "needles.faint", "needles.extend", "needles.check")


def why_no_step(action_id: str, visit: Appointment, today: DaySheet | None, now: Callable[[], DateTime]) -> str | None:
    """Why an action can't be done to a visit; None when it can. `now` is asked only where the time matters."""
    if action_id == "room.ready":
        return _not_to_be_turned_over(visit)
    if action_id == "visit.hand_over" and not visit.holds_room:
        return f"{visit.patient.short_name}: {visit.status.words}; only who is in a room is handed over."
    name = visit.patient.short_name
    if action_id == "visit.next" and visit.status not in NEXT_STEP and _not_to_be_turned_over(visit):
        return f"{name}: {visit.status.words}, nothing follows; {key_of('undo')} takes back what was done here."
    if action_id == "book.move" and visit.status not in (Status.BOOKED, Status.CONFIRMED):
        return f"{name}: {visit.status.words}; only a visit that has not begun can be moved."
    if action_id in ("book.longer", "book.shorter") and visit.status not in _TO_COME:
        return f"{name}: {visit.status.words}; its length can't be changed any more."
    if action_id in _WHILE_IN and not visit.needles_are_in:
        if visit.count_owed:
            owed = f"{name}: the needles are out; {key_of('needles.out')} gives the count owed."
            return None if action_id == "needles.out" else owed
        return f"{name}: no needles are in."
    if action_id == "needles.silence":
        return _why_not_silenced(visit, today, now())
    if action_id == "needles.in" and visit.count_owed:
        return f"{name}: the needle count is owed; {key_of('needles.out')} gives it, before needles go in again."
    needed, called = _NEEDS.get(action_id, (None, ""))
    correcting = action_id == "needles.in" and visit.needles_are_in
    if needed is not None and needed not in may_follow(visit.status) and not correcting:
        return f"{name}: {visit.status.words}; {called} can't follow that."
    return None


def _why_not_silenced(visit: Appointment, today: DaySheet | None, now: DateTime) -> str | None:
    nobodys = today is not None and visit.holds_room and owner_of(visit, today.clinic, now) is None
    if may_be_hushed(visit, now) or (nobodys and visit.needles_are_in):
        return None
    if nobodys:
        hand_over = f"{key_of('visit.hand_over')} hands them over"
        return f"{visit.patient.short_name}: nobody has them, which nothing silences; {hand_over}."
    return f"{visit.patient.short_name}: nothing sounds."


def _not_to_be_turned_over(visit: Appointment) -> str | None:
    """Why the room of a visit can't be called ready; None when it can."""
    name = visit.patient.short_name
    if visit.count_owed:
        return f"{name}: the needle count is owed; {key_of('needles.out')} gives it, then the room can be freed."
    used = visit.room is not None and visit.facts.roomed_at is not None and visit.facts.ready_at is None
    if used and visit.status in (Status.NEEDLES_OUT, Status.CHECKED_OUT, Status.LEFT):
        return None
    return f"{name}: {visit.status.words}, there is no room to turn over."
