"""The steps of a visit from the keyboard: what Day and Rooms do to the visit that is selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.time_text import short_day
from frontdesk.domain.visit import NEXT_STEP, NOT_BEGUN, Action, Status
from frontdesk.ui import keys
from frontdesk.ui.layout.day_words import STEP_WORDS
from frontdesk.ui.layout.step_reasons import ON_A_VISIT, why_no_step
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.checking_out import CheckingOut
from frontdesk.ui.screens.planning import Planning
from frontdesk.ui.screens.scoring import Scoring

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.domain.patient import Patient
    from frontdesk.ui.dialogs.extend import ExtendAnswer
    from frontdesk.ui.dialogs.needles import NeedlesInAnswer, NeedlesOutAnswer
    from frontdesk.ui.dialogs.say import Said

NO_VISIT = "Choose an appointment first: Tab goes to the next one."


class VisitSteps(Planning, CheckingOut, Scoring):
    """A screen with a selected visit: give `chosen`, and every step of the visit works on it."""

    @property
    def chosen(self) -> Appointment | None:
        """The visit keys act on, as it is shown now."""
        raise NotImplementedError

    @property
    def planned_for(self) -> Patient | None:
        """The patient of the visit that is chosen."""
        return self.chosen.patient if self.chosen is not None else None

    @property
    def chosen_room(self) -> str | None:
        """The room the next step takes a visit to that is in none yet; None leaves it to the plan."""
        return None

    def why_not(self, action_id: str) -> str | None:
        """Why a step can't be taken now."""
        if action_id == "book.line":
            return self.why_nothing_is_booked()
        if not action_id.startswith(ON_A_VISIT):
            return None
        visit = self.chosen
        if visit is None:
            return NO_VISIT
        return why_no_step(action_id, visit, self.desk_app.today, self.desk_app.now)

    def words_of(self, action: keys.Action) -> str:
        """The next step by its name, so that the key line tells what Space would do."""
        if action.id != "visit.next" or self.chosen is None:
            return super().words_of(action)
        if self.chosen.count_owed:
            return "count owed"
        step = NEXT_STEP.get(self.chosen.status)
        return "room ready" if step is None else STEP_WORDS[step]

    def action_book_line(self) -> None:
        """A booking in one line."""
        self.say_a_line("")

    def say_a_line(self, text: str) -> None:
        """The line, with what was typed of it elsewhere."""
        from frontdesk.ui.dialogs.say import Say

        self.app.push_screen(Say(text), self._said)

    def _said(self, answer: Said | Outcome | None) -> None:
        from frontdesk.ui.dialogs.say import Said

        if isinstance(answer, Said):
            self.call_later(self._form_on_the_day, answer)
        elif answer is not None:
            self.line_booked(answer)

    def line_booked(self, outcome: Outcome) -> None:
        """Shows what a line booked."""
        self.stepped(outcome)

    async def _form_on_the_day(self, said: Said) -> None:
        """The form instead of the line is on the day."""
        await self.desk_app.show(keys.DAY)
        from frontdesk.ui.screens.day import DayScreen

        screen = self.app.screen
        if isinstance(screen, DayScreen):
            screen.book_as_said(said)

    def stepped_unless_left(self, outcome: Outcome | None) -> None:
        """As `stepped`, of what a dialog did; nothing where it was left."""
        if outcome is not None:
            self.stepped(outcome)

    def stepped(self, outcome: Outcome) -> None:
        """Says what was done and how to take it back, and shows it at once."""
        visit = outcome.appointment

        def undo() -> str:
            return self.desk.undo.last(visit.id, version=visit.version).line

        # A count is corrected, never taken back.
        counted = visit.status in (Status.NEEDLES_IN, Status.NEEDLES_OUT) and visit.facts.ready_at is None
        self.desk_app.say(outcome.line, tone="warn" if visit.count_owed else "done", undo=None if counted else undo)
        self.took(visit)
        self.desk_app.data_changed()

    def changed(self, outcome: Outcome) -> None:
        """As `stepped`, for what changes how long needles stay in and no count: it can be undone while they are in."""
        visit = outcome.appointment
        self.desk_app.say(outcome.line, undo=lambda: self.desk.undo.last(visit.id, version=visit.version).line)
        self.took(visit)
        self.desk_app.data_changed()

    def took(self, visit: Appointment) -> None:
        """Shows a visit as it is now at once: a key typed ahead acts on what the last one did, not on what was read."""
        self.desk_app.took(visit)

    def write_step(self, step: Callable[[int], Outcome], then: Callable[[Outcome], object]) -> None:
        """Writes a step of the chosen visit, which is given by its number."""
        visit = self.chosen
        if visit is not None:
            key = visit.id
            self.save(lambda: step(key), then)

    def action_visit_next(self) -> None:
        """The next step; asks for what it needs and nothing else."""
        visit = self.chosen
        if visit is None:
            return
        if visit.count_owed:
            self.action_needles_out()
            return
        if visit.status not in NEXT_STEP:
            self.action_room_ready()
            return
        day = self.desk_app.local_day(visit.starts)
        if visit.status in NOT_BEGUN and day != self.desk_app.local_day():
            self._ask_whether_here(visit, short_day(day))
            return
        self._take_next_step(visit)

    def _ask_whether_here(self, visit: Appointment, day: str) -> None:
        """Somebody who comes on another day than theirs is asked about: the screen may merely show that day."""
        from frontdesk.ui.dialogs.ask import Confirm

        def here(answer: bool | None) -> None:
            if answer:
                self._take_next_step(visit)

        question = Confirm(
            lambda: f"{visit.patient.name} is booked for {day}, not for today.",
            f"Here now? For another day: Esc, then {key_of('book.move')} moves the visit.",
            yes="here now",
            no="not here",
        )
        self.app.push_screen(question, here)

    def _take_next_step(self, visit: Appointment) -> None:
        key = visit.id
        match NEXT_STEP[visit.status]:
            case Action.ARRIVE:
                self.save(lambda: self.desk.visits.arrive(key), self.stepped)
            case Action.ROOM:
                self._take_to_room(visit)
            case Action.BEGIN:
                self.save(lambda: self.desk.visits.begin(key), self.stepped)
            case Action.NEEDLES_IN:
                self.action_needles_in()
            case Action.NEEDLES_OUT:
                self.action_needles_out()
            case _:
                self.save(lambda: self.desk.visits.checkout(key), self.checked_out)

    def action_visit_confirm(self) -> None:
        """The patient said they will come."""
        self.write_step(lambda key: self.desk.visits.confirm(key), self.stepped)

    def action_visit_left(self) -> None:
        """Left before or during care."""
        from frontdesk.ui.dialogs.ask import Ask

        visit = self.chosen
        if visit is None:
            return
        key = visit.id

        def left(reason: str | None) -> None:
            if reason is not None:
                self.save(lambda: self.desk.visits.left(key, reason), self.stepped)

        self.app.push_screen(
            Ask(lambda: f"{visit.patient.name} left", str.strip, placeholder="why, if they said", does="they left"),
            left,
        )

    async def action_patient_file(self) -> None:
        """The file of the patient whose visit is chosen."""
        visit = self.chosen
        if visit is not None:
            await self.open_file(visit.patient.id)

    def action_visit_scores(self) -> None:
        """How the patient is, at this visit."""
        visit = self.chosen
        if visit is not None:
            self.take_scores(visit.patient, visit, self.desk_app.data_changed)

    def action_book_no_show(self) -> None:
        """Did not come; asked about first while the visit's time is still to come."""
        visit = self.chosen
        if visit is None or visit.starts <= self.desk_app.now():
            self.write_step(lambda key: self.desk.visits.no_show(key), self.stepped)
            return
        from frontdesk.ui.dialogs.ask import Confirm

        key, today = visit.id, self.desk_app.local_day()
        local = self.desk_app.local(visit.starts)
        when = f"at {local:%H:%M}" if local.date() == today else f"on {short_day(local)}, {local:%H:%M}"
        question = Confirm(
            lambda: f"{visit.patient.name} is not late: the visit is {when}.",
            f"A no-show all the same? Who calls it off: Esc, then {key_of('book.cancel')}.",
            yes="no-show",
            no="not yet",
        )

        def said(yes: bool | None) -> None:
            if yes:
                self.save(lambda: self.desk.visits.no_show(key), self.stepped)

        self.app.push_screen(question, said)

    def action_needles_in(self) -> None:
        """Asks the count, starts the retention; corrects the count while they are in."""
        from frontdesk.ui.dialogs.needles import NeedlesIn

        visit = self.chosen
        if visit is None:
            return
        key, room = visit.id, None if visit.holds_room else self.chosen_room

        def put_in(answer: NeedlesInAnswer) -> Outcome:
            return self.desk.needles.put_in(
                key,
                answer.count,
                areas=answer.areas,
                minutes=answer.minutes,
                open_end=answer.patient_decides,
                leave_by=answer.leave_by,
                room=room,
            )

        self.ask_and_save(lambda: NeedlesIn(visit), put_in, self.stepped)

    def action_needles_out(self) -> None:
        """Asks the count out, or the one that is owed."""
        from frontdesk.ui.dialogs.needles import NeedlesOut

        visit = self.chosen
        if visit is None:
            return
        key = visit.id

        def take_out(answer: NeedlesOutAnswer) -> Outcome:
            return self.desk.needles.take_out(
                key,
                answer.count,
                areas=answer.areas,
                went_in=answer.went_in,
                kept=answer.kept,
                told=answer.told,
                remove_on=answer.remove_on,
                missing_reason=answer.missing_reason,
                missing_by=answer.missing_by,
            )

        self.ask_and_save(lambda: NeedlesOut(visit), take_out, self.stepped)

    def action_needles_faint(self) -> None:
        """Out at once, the count later: one key, since somebody is fainting; the count owed stays on every screen."""
        self.write_step(lambda key: self.desk.needles.take_out(key, None), self.stepped)

    def action_needles_extend(self) -> None:
        """Asks how much longer, or shorter, or whether the patient decides."""
        from frontdesk.ui.dialogs.extend import Extend

        visit = self.chosen
        if visit is None:
            return
        key = visit.id

        def extend(answer: ExtendAnswer | None) -> None:
            if answer is None:
                return
            if answer.patient_decides:
                self.save(lambda: self.desk.timers.patient_decides(key), self.changed)
            else:
                self.save(lambda: self.desk.timers.extend(key, answer.minutes), self.changed)

        self.app.push_screen(Extend(visit), extend)

    def action_needles_check(self) -> None:
        """Somebody looked in on the patient."""
        self.write_step(lambda key: self.desk.timers.check(key), self.changed)

    def action_room_ready(self) -> None:
        """The room is turned over."""
        self.write_step(lambda key: self.desk.visits.ready(key), self.stepped)

    def action_visit_hand_over(self) -> None:
        """Asks who takes the patient over."""
        from frontdesk.ui.dialogs.hand_over import ask_taker

        visit = self.chosen
        if visit is None or self.desk_app.today is None:
            return
        key = visit.id

        def taken(name: str | None) -> None:
            if name is not None:
                self.save(lambda: self.desk.hand_over.visit(key, name), self.changed)

        ask_taker(self, self.desk_app.today.clinic, visit, taken)

    def action_off_go(self) -> None:
        """Asks who goes off, and who takes each of their patients."""
        from frontdesk.ui.dialogs.hand_over import go_off

        if self.desk_app.today is not None:
            go_off(self, self.desk_app.today)

    def action_needles_silence(self) -> None:
        """Hushes the sound for three minutes, everywhere."""
        self.write_step(lambda key: self.desk.timers.silence(key), self.changed)

    def _take_to_room(self, visit: Appointment) -> None:
        """To the planned room; asks which where none is planned or somebody is in it."""
        key = visit.id
        today = self.desk_app.today
        if today is None:
            return
        here = self.chosen_room
        if here is not None:
            self.save(lambda: self.desk.visits.room(key, here), self.stepped)
            return
        holders = {one.room.id: one for one in today.in_house if one.room and one.holds_room and one.id != key}
        if visit.room is not None and visit.room.id not in holders:
            self.save(lambda: self.desk.visits.room(key), self.stepped)
            return
        empty = [room for room in today.clinic.open_rooms if room.id not in holders]
        if not empty:
            self.desk_app.hint("Every room has somebody in it; take a patient out first, or wait.")
            return
        planned = visit.room

        def title() -> str:
            taken = f", {planned.name} has {holders[planned.id].patient.short_name} in it" if planned else ""
            return f"Which room for {visit.patient.short_name}{taken}"

        def chosen(room: str | None) -> None:
            if room is not None:
                self.save(lambda: self.desk.visits.room(key, room), self.stepped)

        from frontdesk.ui.dialogs.ask import Choice

        self.app.push_screen(Choice(title, [(room.name, room.name) for room in empty]), chosen)
