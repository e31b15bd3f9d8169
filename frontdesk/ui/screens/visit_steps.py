"""The steps of a chosen visit, the same from every screen: which can be taken now, why not, and taking them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import NEXT_STEP, Action, Status, may_follow
from frontdesk.ui.dialogs.needles import Extend, NeedlesIn, NeedlesInAnswer, NeedlesOut, NeedlesOutAnswer
from frontdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome


class VisitSteps(DeskScreen):
    """A screen on which a visit can be chosen: fill `chosen_visit`, and visit.*, needles.* and room.ready work.

    Each action takes the visit as it is chosen when the key is pressed, never the one chosen when an answer comes.
    """

    NOTHING_CHOSEN = "Choose an appointment first."

    def chosen_visit(self) -> Appointment | None:
        """The visit the next key means."""
        raise NotImplementedError

    def chosen_room(self, visit: Appointment) -> str | None:
        """The room a visit is taken to by its next step; None leaves it to the plan."""
        del visit
        return None

    def why_not(self, action_id: str) -> str | None:
        """Why a step can't be taken now."""
        rule = _RULES.get(action_id)
        if rule is None:
            return None
        visit = self.chosen_visit()
        return self.NOTHING_CHOSEN if visit is None else rule(visit, self.desk_app.now())

    def action_visit_next(self) -> None:
        """The next step, whichever it is."""
        visit = self._visit()
        step = NEXT_STEP.get(visit.status)
        if visit.count_owed:
            self.action_needles_out()
        elif step is Action.NEEDLES_IN:
            self.action_needles_in()
        elif step is Action.NEEDLES_OUT:
            self.action_needles_out()
        elif step is None:
            self.action_room_ready()
        else:
            key, room = visit.id, self.chosen_room(visit)
            visits = self.desk.visits
            steps: dict[Action, Callable[[], Outcome]] = {
                Action.ARRIVE: lambda: visits.arrive(key),
                Action.ROOM: lambda: visits.room(key, room),
                Action.BEGIN: lambda: visits.begin(key),
                Action.CHECKOUT: lambda: visits.checkout(key),
            }
            self.save(steps[step], self.stepped)

    def action_visit_left(self) -> None:
        """The patient went; said with its undo rather than asked."""
        key, visits = self._visit().id, self.desk.visits
        self.save(lambda: visits.left(key), self.stepped)

    def action_room_ready(self) -> None:
        """The room is turned over."""
        key, visits = self._visit().id, self.desk.visits
        self.save(lambda: visits.ready(key), self.stepped)

    def action_needles_in(self) -> None:
        """Asks the count in."""
        visit = self._visit()
        room, needles = self.chosen_room(visit), self.desk.needles

        def put(answer: NeedlesInAnswer | None) -> None:
            if answer is not None:
                self.save(
                    lambda: needles.put_in(
                        visit.id, answer.count, minutes=answer.minutes, leave_by=answer.leave_by, room=room
                    ),
                    self.counted,
                )

        self.app.push_screen(NeedlesIn(visit), put)

    def action_needles_out(self) -> None:
        """Asks the count out, or the count that is owed."""
        visit = self._visit()
        self.app.push_screen(NeedlesOut(visit), lambda answer: self._take_out(visit.id, answer))

    def action_needles_faint(self) -> None:
        """Out at once, the count later."""
        self._take_out(self._visit().id, NeedlesOutAnswer(None))

    def action_needles_extend(self) -> None:
        """Asks how much longer."""
        visit, needles = self._visit(), self.desk.needles

        def extend(minutes: int | None) -> None:
            if minutes is not None:
                self.save(lambda: needles.extend(visit.id, minutes), self.stepped)

        self.app.push_screen(Extend(visit), extend)

    def action_needles_check(self) -> None:
        """Somebody looked in."""
        key, needles = self._visit().id, self.desk.needles
        self.save(lambda: needles.check(key), self.stepped)

    def action_needles_silence(self) -> None:
        """Hushes the sound of this level."""
        key, needles = self._visit().id, self.desk.needles
        self.save(lambda: needles.silence(key), self.stepped)

    def stepped(self, outcome: Outcome) -> None:
        """Says what was done and offers its undo; shows it at once."""
        undo, key = self.desk.undo, outcome.appointment.id
        self.desk_app.say(outcome.line, undo=lambda: undo.last(key).line)
        self.desk_app.data_changed()

    def counted(self, outcome: Outcome) -> None:
        """Says what was counted. No undo: a count is corrected, never taken back."""
        tone = "warn" if outcome.appointment.count_owed else "done"
        self.desk_app.say(outcome.line, tone=tone)
        self.desk_app.data_changed()

    def _take_out(self, key: int, answer: NeedlesOutAnswer | None) -> None:
        if answer is None:
            return
        needles = self.desk.needles
        self.save(
            lambda: needles.take_out(
                key,
                answer.count,
                kept=answer.kept,
                told=answer.told,
                missing_reason=answer.missing_reason,
                missing_by=answer.missing_by,
            ),
            self.counted,
        )

    def _visit(self) -> Appointment:
        visit = self.chosen_visit()
        assert visit is not None  # `why_not` has refused before
        return visit


def _next(visit: Appointment, now: DateTime) -> str | None:
    if visit.count_owed or visit.status in NEXT_STEP:
        return None
    return _ready(visit, now) and f"{visit.patient.name}: {visit.status.words}; no step follows."


def _needles_in(visit: Appointment, now: DateTime) -> str | None:
    del now
    if visit.count_owed:
        return f"The needle count of {visit.patient.name} is owed: give it first (o)."
    if visit.needles_are_in or Action.NEEDLES_IN in may_follow(visit.status):
        return None
    return f"{visit.patient.name}: {visit.status.words}; no needles can go in."


def _needles_out(visit: Appointment, now: DateTime) -> str | None:
    return None if visit.count_owed else _running(visit, now)


def _running(visit: Appointment, now: DateTime) -> str | None:
    del now
    if visit.needles_are_in:
        return None
    if visit.count_owed:
        return f"The needles of {visit.patient.name} are out; the count is owed (o)."
    return f"No needles are in {visit.patient.name} ({visit.status.words})."


def _silence(visit: Appointment, now: DateTime) -> str | None:
    retention = visit.retention
    if not visit.needles_are_in or retention is None or retention.alarm(now) is Alarm.NONE:
        return f"Nothing sounds for {visit.patient.name}."
    return None


def _ready(visit: Appointment, now: DateTime) -> str | None:
    del now
    if visit.count_owed:
        return f"The needle count of {visit.patient.name} is owed: give it first (o)."
    used = visit.room is not None and visit.facts.roomed_at is not None and visit.facts.ready_at is None
    if used and visit.status in (Status.NEEDLES_OUT, Status.CHECKED_OUT, Status.LEFT):
        return None
    return f"{visit.patient.name}: {visit.status.words}; no room to turn over."


def _left(visit: Appointment, now: DateTime) -> str | None:
    del now
    if visit.needles_are_in:
        return f"Needles are in {visit.patient.name}: they come out first (o)."
    if visit.count_owed:
        return f"The needle count of {visit.patient.name} is owed: give it first (o)."
    if Action.LEFT in may_follow(visit.status):
        return None
    return f"{visit.patient.name}: {visit.status.words}; only somebody who came can leave early."


_RULES: dict[str, Callable[[Appointment, DateTime], str | None]] = {
    "visit.next": _next,
    "visit.left": _left,
    "room.ready": _ready,
    "needles.in": _needles_in,
    "needles.out": _needles_out,
    "needles.faint": _running,
    "needles.extend": _running,
    "needles.check": _running,
    "needles.silence": _silence,
}
