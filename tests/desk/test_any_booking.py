"""Booking, moving, calling off, putting back, courses and undo in any order: every rule holds after each of them.

`FRONTDESK_SEQUENCES=10000 pytest -n 0 tests/desk/test_any_booking.py` plays that many; by default forty.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copy, rmtree

import pendulum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.series import SeriesRequest
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Cadence
from frontdesk.domain.patient import PatientDetails
from frontdesk.store.engine import Store
from tests.desk.conftest import ZONE, local
from tests.desk.rules import BEFORE, Row, Stretch, broken, minute_of, overlap, rows_of
from tests.server import Server

SEQUENCES = int(os.environ.get("FRONTDESK_SEQUENCES", "40"))
MORNING = local("2026-11-23 08:30")
HOURS = {"Dr Lin": ((540, 720), (780, 960)), "Dr Okafor": ((540, 720),)}
"""Opening hours of every weekday, in minutes from midnight."""
CLINIC = {
    "clinic": {"name": "Test Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-12:00", "13:00-16:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": "Room 1", "kind": "table"}, {"name": "Room 2"}, {"name": "Community", "chairs": 2}],
    "equipment": [{"name": "E-stim", "count": 1}],
    "practitioners": [
        {"name": "Dr Lin"},
        {"name": "Dr Okafor", "hours": {day: ["09:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")}},
    ],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
        {
            "name": "Electro",
            "consultation": 5,
            "insertion": 5,
            "retention": [20, 40],
            "removal": 5,
            "turnover": 5,
            "equipment": ["E-stim"],
        },
        {
            "name": "Table",
            "consultation": 20,
            "insertion": 5,
            "retention": [20, 30],
            "removal": 5,
            "turnover": 5,
            "rooms": ["table"],
        },
    ],
    "closures": [{"from": "2026-11-26", "until": "2026-11-26", "reason": "Holiday"}],
}
UTC_OFFSET = -300
"""Minutes by which Toronto is ahead of UTC, all of these weeks."""
CLOSED = (minute_of(local("2026-11-26 12:00")) + UTC_OFFSET) // 1440
PRACTITIONERS = st.sampled_from(["Dr Lin", "Dr Lin", "Dr Okafor"])
SERVICES = st.sampled_from(["Follow-up", "Follow-up", "Electro", "Table"])
ROOMS = st.sampled_from([None, None, None, "Room 1", "Room 2", "Community"])
PATIENTS = st.integers(0, 4)
DAYS = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 7])
SLOTS = st.integers(0, 22)
"""Slots of five minutes, from 8:50 on: so few that much clashes."""
PICK = st.integers(0, 5)
"""Which of those there are."""


def clinic_on(store: Store) -> tuple[int, ...]:
    """Sets the clinic up with five patients, and gives their numbers."""
    desk = desk_on(Context(store, ManualClock(MORNING), "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(CLINIC))
    return tuple(desk.patients.add(PatientDetails(given=name)).id for name in ("Ana", "Bo", "Cy", "Di", "Ed"))


@cache
def made_once() -> tuple[Path, tuple[int, ...]]:
    """A clinic in a file, to be copied: making one takes longer than a whole sequence."""
    path = Path(tempfile.mkdtemp()) / "clinic.db"
    store = Store.open(str(path), now=MORNING)
    people = clinic_on(store)
    store.close()
    return path, people


class AnyBooking(RuleBasedStateMachine):
    """A week of a small clinic, and people who book, move and call off as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.store, self.patients = self.begin()
        self.clock = ManualClock(MORNING)
        self.desk: Desk = desk_on(Context(self.store, self.clock, "Ana"))
        clinic = self.desk.clinic.get()
        self.numbers = {one.name: one.id for one in clinic.practitioners}
        self.names = {one.id: one.name for one in clinic.practitioners}
        self.pieces = {one.id: one.count for one in clinic.equipment}
        self.taken: list[tuple[int, Stretch]] = []
        self.known: dict[int, Row] = {}
        self.meant: tuple[int, ...] = ()
        """Visits that the last step was about."""
        self.placed = False
        """Whether the last step put them somewhere: then hours and time off are kept, too."""

    def begin(self) -> tuple[Store, tuple[int, ...]]:
        """A clinic with nothing booked, and its patients: a copy of one in a file."""
        template, people = made_once()
        self.folder = Path(tempfile.mkdtemp())
        copy(template, self.folder / "clinic.db")
        return Store.open(str(self.folder / "clinic.db"), now=MORNING), people

    def end(self) -> None:
        """The database is needed no more."""
        rmtree(self.folder)

    def teardown(self) -> None:
        try:
            assert self.desk.upkeep.check() == ()
        finally:
            self.desk.close()
            self.end()

    def do(self, step: Callable[..., Outcome], visit: object, *given: object, **named: object) -> Outcome | None:
        """Takes a step that may be refused, in words; none where there is nobody to take it with."""
        self.meant, self.placed = (), False
        if visit is None:
            return None
        try:
            done = step(visit, *given, **named)
        except Refused:
            return None
        self.meant = tuple(one.id for one in getattr(done, "visits", ()) or (done.appointment,))
        return done

    def place(self, step: Callable[..., Outcome], visit: object, *given: object, **named: object) -> Outcome | None:
        """Takes a step that puts a visit somewhere."""
        done = self.do(step, visit, *given, **named)
        self.placed = done is not None
        return done

    def at(self, day: int, slot: int) -> DateTime:
        return MORNING.add(days=day, minutes=20 + 5 * slot)

    def one(self, pick: int, *statuses: str) -> int | None:
        """One of the visits that stand so, the latest for 0."""
        found = [one.id for one in self.known.values() if one.status in statuses]
        return found[-1 - pick % len(found)] if found else None

    @initialize()
    def first(self) -> None:
        assert self.place(self.desk.booking.book, Request(self.patients[0], "Follow-up", "Dr Lin", self.at(0, 2)))

    @rule(who=PATIENTS, service=SERVICES, name=PRACTITIONERS, day=DAYS, slot=SLOTS, room=ROOMS, squeeze=st.booleans())
    def book(self, who: int, service: str, name: str, day: int, slot: int, room: str | None, squeeze: bool) -> None:
        request = Request(self.patients[who], service, name, self.at(day, slot), room, squeeze=squeeze)
        try:
            answer = self.desk.booking.check(request)
        except Refused:
            answer = None
        done = self.place(self.desk.booking.book, request)
        assert (done is not None) == (answer is not None and answer.fit is not None), "what fits is booked, and no more"

    @rule(who=PATIENTS, service=SERVICES, name=st.none() | PRACTITIONERS, day=DAYS, best=st.booleans(), pick=PICK)
    def take_an_offer(self, who: int, service: str, name: str | None, day: int, best: bool, pick: int) -> None:
        first = pendulum.date(2026, 11, 23).add(days=day)
        patient = self.patients[who]
        offers = self.desk.booking.slots(service, name, first_day=first, days=2, limit=6, patient_id=patient, best=best)
        self.meant = ()
        if pick < len(offers):
            offer = offers[pick]
            name, minutes = offer.practitioner.name, offer.retention_minutes
            request = Request(patient, service, name, offer.starts, retention_minutes=minutes)
            assert self.place(self.desk.booking.book, request), "what is offered can be had"

    @rule(
        who=PATIENTS,
        service=SERVICES,
        name=PRACTITIONERS,
        day=DAYS,
        slot=SLOTS,
        cadence=st.sampled_from(list(Cadence)),
        count=st.integers(2, 3),
    )
    def book_a_course(
        self, who: int, service: str, name: str, day: int, slot: int, cadence: Cadence, count: int
    ) -> None:
        request = SeriesRequest(self.patients[who], service, name, self.at(day, slot), cadence, count)
        self.meant = ()
        try:
            plan = self.desk.series.propose(request)
        except Refused:
            return
        done = self.place(self.desk.series.book, request, plan.places)
        assert (done is not None) == bool(plan.places), "what is proposed can be had"

    @rule(pick=PICK, day=DAYS, slot=SLOTS, room=ROOMS, name=st.none() | PRACTITIONERS, squeeze=st.booleans())
    def move(self, pick: int, day: int, slot: int, room: str | None, name: str | None, squeeze: bool) -> None:
        starts = self.at(day, slot)
        visit = self.one(pick, *BEFORE, "roomed")
        self.place(self.desk.booking.move, visit, starts=starts, room=room, practitioner=name, squeeze=squeeze)

    @rule(pick=PICK, room=ROOMS, name=st.none() | PRACTITIONERS)
    def to_another_room(self, pick: int, room: str | None, name: str | None) -> None:
        self.place(self.desk.booking.move, self.one(pick, *BEFORE), room=room, practitioner=name)

    @rule(pick=PICK, by=st.sampled_from(["", "patient", "clinic"]))
    def cancel(self, pick: int, by: str) -> None:
        self.do(self.desk.visits.cancel, self.one(pick, *BEFORE, "needles_in"), "ill", by=by)

    @rule(pick=PICK)
    def cancel_the_rest(self, pick: int) -> None:
        course = [one.id for one in self.known.values() if one.series is not None and one.status in BEFORE]
        self.do(self.desk.series.cancel_rest, course[pick % len(course)] if course else None, by="patient")

    @rule(pick=PICK, step=st.sampled_from(["no_show", "error"]))
    def give_up(self, pick: int, step: str) -> None:
        self.do(getattr(self.desk.visits, step), self.one(pick, *BEFORE))

    @rule(pick=PICK)
    def reinstate(self, pick: int) -> None:
        self.place(self.desk.booking.reinstate, self.one(pick, "cancelled", "no_show"))

    @rule(pick=PICK)
    def undo(self, pick: int) -> None:
        every = sorted(self.known)
        self.do(self.desk.undo.last, every[-1 - pick % len(every)])

    @rule(pick=PICK, room=ROOMS)
    def come_and_go(self, pick: int, room: str | None) -> None:
        """The next step of a visit, whichever that is."""
        visit = self.one(pick, *BEFORE, "roomed", "needles_in", "needles_out")
        desk = self.desk
        match self.known[visit].status if visit else "":
            case "booked":
                self.do(desk.visits.arrive, visit)
            case "confirmed" | "arrived":
                self.do(desk.visits.room, visit, room)
            case "roomed":
                self.do(desk.needles.put_in, visit, 8)
            case "needles_in":
                self.do(desk.needles.take_out, visit, 8)
            case _:
                self.do(desk.visits.checkout, visit)

    @rule(pick=PICK, step=st.sampled_from(["ready", "confirm"]))
    def small_step(self, pick: int, step: str) -> None:
        self.do(getattr(self.desk.visits, step), self.one(pick, "needles_out", "checked_out", "booked"))

    @rule(name=PRACTITIONERS, day=DAYS, slot=SLOTS, minutes=st.sampled_from([15, 60]))
    def time_off(self, name: str, day: int, slot: int, minutes: int) -> None:
        """Over whatever is booked: that stays, and nothing new comes there."""
        starts = self.at(day, slot)
        self.meant = ()
        try:
            self.desk.blocks.add(BlockRequest(starts, starts.add(minutes=minutes), (name,)))
        except Refused:
            return
        self.taken.append((self.numbers[name], (minute_of(starts), minute_of(starts) + minutes)))

    @rule(pick=PICK, minutes=st.sampled_from([20, 30, 35]))
    def longer_or_shorter(self, pick: int, minutes: int) -> None:
        self.do(self.desk.lengthening.plan_retention, self.one(pick, *BEFORE), minutes)

    @rule(minutes=st.sampled_from([5, 15, 40]))
    def wait(self, minutes: int) -> None:
        self.meant = ()
        self.clock.move(minutes=minutes)

    @invariant()
    def every_rule_holds(self) -> None:
        rows = rows_of(self.store)
        assert broken(list(rows.values()), self.pieces) == []
        for one in rows.values():
            before = self.known.get(one.id)
            if one.id not in self.meant:
                assert before is not None, "nothing is booked that nobody asked for"
                assert (one.starts, one.practitioner, one.patient) == (
                    before.starts,
                    before.practitioner,
                    before.patient,
                )
            if one.status in BEFORE and not one.squeezed and not self.fits(one):
                was_so = before is not None and before.starts == one.starts and not self.fits(before)
                assert was_so or (one.id in self.meant and not self.placed), f"{one} is outside hours or in time off"
        self.known = rows

    def fits(self, one: Row) -> bool:
        """Rule 4: hands-on phases inside the practitioner's hours and outside time off."""
        return all(
            self.is_open(one.practitioner, stretch)
            and not any(number == one.practitioner and overlap(stretch, off) for number, off in self.taken)
            for stretch in one.hands_on
        )

    def is_open(self, practitioner: int, stretch: Stretch) -> bool:
        first, last = (minute + UTC_OFFSET for minute in stretch)
        day = first // 1440
        spans = [(start + day * 1440, end + day * 1440) for start, end in HOURS[self.names[practitioner]]]
        closed = day == CLOSED or (day + 3) % 7 >= 5
        return not closed and any(start <= first and last <= end for start, end in spans)


PLAYED = settings(
    max_examples=SEQUENCES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
TestAnyBooking = AnyBooking.TestCase
TestAnyBooking.settings = PLAYED


def test_any_booking_on_a_server(server: Server) -> None:
    class OnServer(AnyBooking):
        def begin(self) -> tuple[Store, tuple[int, ...]]:
            self.name = server.borrow()
            store = Store.open(server.url(self.name), now=MORNING)
            return store, clinic_on(store)

        def end(self) -> None:
            server.give_back(self.name)

    run_state_machine_as_test(OnServer, settings=settings(PLAYED, max_examples=max(5, SEQUENCES // 10)))
