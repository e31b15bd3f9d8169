"""The people of a made-up year and the clinic that they call: each day lived through the desk's own use cases."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.intake import IntakeDetails, Severity
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.plan import PlanOutcome
from frontdesk.domain.standing import State
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.domain.waiting import Wish
from frontdesk.store.engine import Store
from tests.benchmarks.year_counted import FIRST, FLOOR, ZONE, Freed, Tally, at, local_day
from tests.standings import standings

CLINIC: dict[str, Any] = {
    "clinic": {"name": "A Year", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": f"Room {number}"} for number in (1, 2, 3)],
    "practitioners": [{"name": "Dr Lin"}, {"name": "Dr Okafor", "hours": {"tue": ["09:00-13:00"]}}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
        {"name": "Initial", "consultation": 20, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
    ],
    "closures": [{"from": "2026-12-24", "until": "2026-12-31", "reason": "Holidays"}],
}
NEW_A_DAY = 3.2
"""People a day who call for the first time: with courses of 6 to 10 visits, a little more than the clinic holds."""
WALK_INS_A_DAY = 0.7
CANCELS, CANCELS_LATE = 0.006, 0.05
"""Of each coming visit, a day; of one of today or tomorrow."""
NO_SHOWS, LEAVES = 0.05, 0.01
"""Of each visit."""
PLANS_AHEAD = 2
"""Days before which nobody who calls asks to come: who can come at once is on the waiting list."""
NOT_NOW, WANTS_EARLIER, COURSE_AT_ONCE = 0.2, 0.25, 0.15
SAYS_YES = 0.6
"""How often somebody on the waiting list takes the place they are offered."""
NOTICE = 60
"""Minutes that somebody needs from the call to the door."""
ABSENT = 15
"""Minutes after which somebody who has not come is given up."""
CALLS_A_DAY = 25

T = TypeVar("T")


class AYear:
    """One clinic, lived day by day."""

    def __init__(self, folder: Path, seed: int, *, waiting_list: bool) -> None:
        self.rng = Random(seed)
        self.clock = ManualClock(at(FIRST, 8))
        self.desk: Desk = desk_on(Context(Store.open(str(folder / "year.db"), now=self.clock.now()), self.clock, "Ana"))
        self.desk.clinic.setup(self.desk.clinic.read_answers(CLINIC))
        self.clinic = self.desk.clinic.get()
        self.follow_up, self.initial = self.clinic.services
        self.waiting_list = waiting_list
        self.tally = Tally()
        self.severity: dict[int, Severity] = {}
        self.numbers = 0
        self.coming: dict[int, Appointment] = {}
        """What is booked, by number, as it stands."""

    def close(self) -> None:
        """Lets the database go."""
        self.desk.close()

    def do(self, name: str, act: Callable[[], T]) -> T | None:
        """One use case; a refusal is an answer too."""
        try:
            found = act()
        except Refused:
            self.tally.done[f"{name}, refused"] += 1
            return None
        self.tally.done[name] += 1
        return found

    def live(self, day: date) -> None:
        """Morning calls, the day's visits with what happens between them, the close, and who stands where."""
        self.clock.instant = at(day, 8, 30)
        self.call_back(day)
        for _ in range(self.times(NEW_A_DAY)):
            self.first_call(day)
        self.some_cancel(day)
        self.see_everybody(day)
        self.clock.instant = at(day, 19)
        self.do("close the day", lambda: self.desk.closing.close(day, no_shows=True))
        self.tally.until = day
        self.count_refilled(day)
        self.nobody_is_lost(day)

    def times(self, mean: float) -> int:
        """How often something happens today: the mean, give or take."""
        whole = int(mean)
        return whole + (self.rng.random() < mean - whole)

    def first_call(self, day: date) -> None:
        """Somebody new: a file, and the first place there is; who finds none soon waits for any gap."""
        self.numbers += 1
        phone = f"416 555 {self.numbers % 10_000:04}"
        details = PatientDetails(given=f"P{self.numbers}", family=f"Family{self.numbers % 97}", phones=(phone,))
        patient = self.do("new patient", lambda: self.desk.patients.add(details))
        if patient is None:
            return
        self.severity[patient.id] = self.rng.choice(list(Severity))
        booked = self.book_soon(patient.id, self.initial.name, day, days=30)
        if booked is not None:
            self.may_want_earlier(booked, day)

    def book_soon(self, patient_id: int, service: str, day: date, *, days: int) -> Appointment | None:
        """One of the first places there are, as they would choose."""
        slots = self.do(
            "free places",
            lambda: self.desk.booking.slots(
                service, first_day=day + timedelta(days=PLANS_AHEAD), days=days, limit=12, patient_id=patient_id
            ),
        )
        if not slots:
            return None
        place = self.rng.choice(slots[:8])
        request = Request(
            patient_id, service, place.practitioner.name, place.starts, retention_minutes=place.retention_minutes
        )
        done = self.do("book", lambda: self.desk.booking.book(request))
        return self.placed(done.appointment) if done is not None else None

    def placed(self, visit: Appointment) -> Appointment:
        """A visit stands somewhere since now."""
        self.tally.placed_at[visit.id] = self.clock.now()
        self.coming[visit.id] = visit
        return visit

    def may_want_earlier(self, visit: Appointment, day: date) -> None:
        """Who has a place far away may want to come before."""
        far = local_day(visit.starts) - day > timedelta(days=4)
        if not self.waiting_list or not far or self.rng.random() > WANTS_EARLIER * 2:
            return
        wish = Wish(
            visit.service,
            weekdays=tuple(sorted(self.rng.sample(range(5), 3))) if self.rng.random() < 0.4 else (),
            latest=13 * 60 if self.rng.random() < 0.2 else 1440,
            urgent=self.severity.get(visit.patient.id) is Severity.SEVERE,
        )
        self.do("onto the list", lambda: self.desk.waiting.add(visit.patient.id, wish, appointment_id=visit.id))

    def some_cancel(self, day: date) -> None:
        """Coming visits are called off; who waits is rung up where they fit."""
        now, soon = self.clock.now(), day + timedelta(days=14)
        for visit in list(self.coming.values()):
            near = local_day(visit.starts) <= day + timedelta(days=1)
            if visit.starts <= now or local_day(visit.starts) > soon:
                continue
            if self.rng.random() >= (CANCELS_LATE if near else CANCELS):
                continue
            if self.do("cancel", partial(self.desk.visits.cancel, visit.id, "ill", by="patient")) is not None:
                del self.coming[visit.id]
                self.became_free(visit, "cancelled")

    def became_free(self, visit: Appointment, how: str) -> None:
        """Rings up who fits, in order, until somebody comes."""
        self.tally.freed.append(Freed(visit, self.clock.now(), how))
        if not self.waiting_list:
            return
        found = self.do("who fits", lambda: self.desk.waiting.who_fits(visit.id))
        soonest = self.clock.now().add(minutes=NOTICE)
        for one in found.fitting[:5] if found is not None else ():
            if one.place.starts >= soonest and self.rng.random() < SAYS_YES:
                done = self.do("book from the list", partial(self.desk.waiting.book, one.entry.id, one.place))
                if done is not None:
                    self.placed(done.appointment)
                    return

    def call_back(self, day: date) -> None:
        """The recall list, worked through by telephone."""
        sheet = self.do("recall list", self.desk.recall_list.look)
        due = [one.standing for one in sheet.rows if one.standing.is_due(day)] if sheet is not None else []
        for one in due[:CALLS_A_DAY]:
            key, dice = one.patient_id, self.rng.random()
            if dice < 0.45:
                self.do("no answer", partial(self.desk.recalls.no_answer, key))
            elif dice < 0.55:
                until = day + timedelta(days=self.rng.randint(3, 20))
                self.do("asked to wait", partial(self.desk.recalls.wait, key, until))
            elif dice < 0.65:
                self.do("stopped", partial(self.desk.recalls.stop, key, "moved away"))
            else:
                far = one.facts.progress
                if far is not None and not far.left:
                    self.end_plan(key)
                elif self.book_soon(key, self.follow_up.name, day, days=21) is not None:
                    self.do("booked when called", partial(self.desk.recalls.booked, key))

    def see_everybody(self, day: date) -> None:
        """Today in the order of time: who comes, who does not, who walks in."""
        sheet = self.do("a day", lambda: self.desk.days.load(day))
        queue: list[tuple[DateTime, int, str, int]] = []
        for visit in sheet.appointments if sheet is not None else ():
            if visit.status in NOT_BEGUN:
                heapq.heappush(queue, (visit.starts, visit.id, "due", visit.id))
        for _ in range(self.times(WALK_INS_A_DAY)):
            moment = at(day, 9).add(minutes=self.rng.randrange(0, 480))
            heapq.heappush(queue, (moment, self.rng.randrange(1 << 30), "walk in", 0))
        while queue:
            moment, _, what, key = heapq.heappop(queue)
            self.clock.instant = max(self.clock.instant, moment)
            if what == "walk in":
                came = self.walk_in(day)
                if came is not None:
                    heapq.heappush(queue, (came.starts, came.id, "begin", came.id))
            elif what == "due":
                self.due(key, queue)
            elif what == "absent":
                self.absent(key)
            elif what == "begin":
                self.begin(key, queue)
            elif what == "out":
                self.out(key, day)
        # Whom the waiting list moved into today after the day had begun.
        sheet = self.do("a day", lambda: self.desk.days.load(day))
        late = [one for one in sheet.appointments if one.status in NOT_BEGUN] if sheet is not None else []
        for visit in late:
            self.clock.instant = max(self.clock.instant, visit.starts)
            again: list[tuple[DateTime, int, str, int]] = []
            self.due(visit.id, again)
            while again:
                moment, _, what, key = heapq.heappop(again)
                self.clock.instant = max(self.clock.instant, moment)
                if what == "absent":
                    self.absent(key)
                elif what == "begin":
                    self.begin(key, again)
                else:
                    self.out(key, day)

    def due(self, key: int, queue: list[tuple[DateTime, int, str, int]]) -> None:
        """It is their time; a visit that was moved meanwhile is another day's."""
        visit = self.desk.visits.get(key)
        if visit.status not in NOT_BEGUN or local_day(visit.starts) == local_day(self.clock.now()):
            self.coming.pop(key, None)
        if visit.status not in NOT_BEGUN or visit.starts > self.clock.now():
            if visit.status in NOT_BEGUN and local_day(visit.starts) == local_day(self.clock.now()):
                heapq.heappush(queue, (visit.starts, key, "due", key))
            return
        dice = self.rng.random()
        if dice < NO_SHOWS:
            heapq.heappush(queue, (self.clock.now().add(minutes=ABSENT), key, "absent", key))
            return
        if self.do("arrive", lambda: self.desk.visits.arrive(key)) is None:
            return
        if dice < NO_SHOWS + LEAVES:
            self.do("left", lambda: self.desk.visits.left(key, "could not wait"))
            return
        heapq.heappush(queue, (self.clock.now(), key, "begin", key))

    def absent(self, key: int) -> None:
        """They did not come: what is left of their time is free."""
        visit = self.desk.visits.get(key)
        if self.do("no-show", lambda: self.desk.visits.no_show(key)) is not None:
            self.became_free(visit, "no-show")

    def begin(self, key: int, queue: list[tuple[DateTime, int, str, int]]) -> None:
        """Into the room, and the needles in."""
        if self.do("needles in", lambda: self.desk.needles.put_in(key, self.rng.randint(5, 20))) is None:
            # The room or somebody before them is late by a moment.
            heapq.heappush(queue, (self.clock.now().add(minutes=5), key, "begin", key))
            return
        visit = self.desk.visits.get(key)
        minutes = visit.service.patient_minutes(visit.retention_minutes) - 2
        heapq.heappush(queue, (visit.starts.add(minutes=minutes), key, "out", key))

    def out(self, key: int, day: date) -> None:
        """Needles out, every one counted; then what comes next."""
        visit = self.desk.visits.get(key)
        retention = visit.retention
        assert retention is not None
        self.do("needles out", lambda: self.desk.needles.take_out(key, retention.count_in))
        if self.do("check out", lambda: self.desk.visits.checkout(key)) is None:
            return
        self.do("room ready", lambda: self.desk.visits.ready(key))
        self.plan_on(visit, day)

    def plan_on(self, visit: Appointment, day: date) -> None:
        """A plan after the first visit; then the next visit, the rest of the course, or not now with a reason."""
        who = visit.patient.id
        if who in self.severity and self.severity.get(who) is not None and visit.service == self.initial:
            self.start_plan(who)
        following = self.do("next visit", lambda: self.desk.next_visits.after(visit.id))
        if following is None or following.progress is None:
            return
        if not following.progress.left:
            self.end_plan(who)
            return
        if not following.wanted:
            return
        if self.rng.random() < NOT_NOW or not following.places:
            reason = self.rng.choice(("no time", "on holiday", "feels better", "will call"))
            self.do("not now", lambda: self.desk.recalls.not_now(who, reason))
            return
        rest = following.rest
        if rest is not None and self.rng.random() < COURSE_AT_ONCE:
            plan = self.do("lay out a course", lambda: self.desk.series.propose(rest))
            places = plan.places if plan is not None else ()
            course = self.do("book a course", lambda: self.desk.series.book(rest, places)) if places else None
            for one in course.visits if course is not None else ():
                self.placed(one)
            return
        request = following.request(following.places[0])
        done = self.do("book", lambda: self.desk.booking.book(request))
        if done is not None:
            self.may_want_earlier(self.placed(done.appointment), day)

    def start_plan(self, who: int) -> None:
        """What the intake says suggests the plan, and that is taken."""
        details = IntakeDetails(complaint="feet numb at night", severity=self.severity[who])
        self.do("intake", lambda: self.desk.files.add_intake(who, details))
        sheet = self.do("plan sheet", lambda: self.desk.plans.of(who))
        if sheet is not None and sheet.current is None:
            self.do("start a plan", lambda: self.desk.plans.start(who, sheet.usual))

    def end_plan(self, who: int) -> None:
        """All visits done: it ends with an outcome."""
        sheet = self.do("plan sheet", lambda: self.desk.plans.of(who))
        if sheet is not None and sheet.current is not None:
            plan = sheet.current.plan
            outcome = self.rng.choice((PlanOutcome.RESOLVED, PlanOutcome.BETTER, PlanOutcome.SAME))
            self.do("end a plan", lambda: self.desk.plans.end(plan, outcome))

    def walk_in(self, day: date) -> Appointment | None:
        """Somebody at the door: known or new; they stay where the wait is bearable."""
        self.numbers += 1
        patient = self.do("new patient", lambda: self.desk.patients.add(PatientDetails(given=f"W{self.numbers}")))
        if patient is None:
            return None
        waits = self.do("the wait", lambda: self.desk.walk_ins.estimates(patient.id, self.follow_up.name))
        if not waits or waits[0].wait_minutes > 60 or local_day(waits[0].place.starts) != day:
            return None
        place = waits[0].place
        done = self.do("walk in", lambda: self.desk.walk_ins.take(patient.id, self.follow_up.name, place))
        return self.placed(done.appointment) if done is not None else None

    def nobody_is_lost(self, day: date) -> None:
        """Everybody whose plan says come is booked, on the recall list, or ended with a reason."""
        stands = standings(self.desk)
        far = self.desk.plans.progress()
        for one in stands.values():
            self.tally.standing[one.state.value] += 1
        for patient_id, progress in far.items():
            one = stands[patient_id]
            if progress.coming:
                assert one.state is State.BOOKED, (day, patient_id, one)
            elif progress.wants_booking(day):
                assert one.state in (State.LISTED, State.ENDED), (day, patient_id, one)
                assert one.reasons or one.words, (day, patient_id, one)
        for key in [key for key, visit in self.coming.items() if visit.starts < self.clock.now()]:
            # The close of the day settled it, or it was moved by somebody on the list.
            visit = self.desk.visits.get(key)
            assert visit.status not in NOT_BEGUN or visit.starts > self.clock.now(), (day, visit)
            del self.coming[key]

    def count_refilled(self, day: date) -> None:
        """Which of the places of today that had become free were somebody else's."""
        seen = [one for one in self.desk.days.load(day).appointments if one.status is Status.CHECKED_OUT]
        for place in self.tally.freed:
            if local_day(place.visit.starts) == day and any(self.is_refill(place, one) for one in seen):
                self.tally.refilled[place.how] += 1

    def is_refill(self, place: Freed, visit: Appointment) -> bool:
        """Whether a visit was put there after the place had become free, and took a good part of it."""
        was = place.visit
        placed = self.tally.placed_at.get(visit.id)
        if visit.id == was.id or visit.practitioner.id != was.practitioner.id or placed is None or placed < place.at:
            return False
        shared = min(visit.ends, was.ends) - max(visit.starts, was.starts)
        return shared >= timedelta(minutes=FLOOR)
