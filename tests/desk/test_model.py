"""Days of a clinic at random: whatever anybody does, nobody is left behind and every needle is accounted for.

A step is a person's at one of two terminals, another program's that writes the tables itself, a crash, a restart, or
time. `FRONTDESK_STEPS=1000000 pytest -n 0 -s tests/desk/test_model.py` plays as many by hand and says how many.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.areas import Area, as_areas
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.visit import NEXT_STEP, Action
from tests.desk.a_clinic import HELD, LIVE, OVER, PEOPLE, AClinic
from tests.desk.conftest import ZONE

STEPS = int(os.environ.get("FRONTDESK_STEPS", "20000"))
FIRST_SEED = int(os.environ.get("FRONTDESK_SEED", "0"))
A_PLAY = 250
"""Rules after which a new clinic begins."""
A_ROUND = 5
"""Plays between two words on how far it is."""
A_TRY = 150 if STEPS <= 100_000 else 200
"""Statements that another program tries in a row; each is a step. A person's costs as much as forty of them."""
TERMINALS = st.integers(0, 1)
VISITS = st.integers(0, 5)
COUNTS = st.integers(0, 12)
SLOTS = st.integers(-2, 6)
ROOMS = st.sampled_from((None, "Room 1", "Room 2", "Community 1", "Community 2"))
GOING = f"SELECT id, patient_id FROM appointment WHERE NOT {OVER} ORDER BY id DESC LIMIT 6"
done: Counter[str] = Counter()
ENDS = ("checked_out", "cancelled", "left", "no_show", "entered_in_error", "booked", "arrived", "with_practitioner")
HOW = ("", "OR IGNORE", "OR REPLACE")
AT_VISITS = (
    *(f"UPDATE {how} appointment SET status = '{status}' WHERE id = {{visit}}" for how in HOW for status in ENDS),
    *(
        f"UPDATE {how} appointment SET status = '{status}', ended_at = {{at}} WHERE {LIVE}"
        for how in HOW
        for status in ENDS[:3]
    ),
    *(
        statement.format(how)
        for how in HOW
        for statement in (
            "UPDATE {} appointment SET ready_at = {{at}} WHERE id = {{visit}}",
            "UPDATE {} appointment SET ready_at = {{at}}",
            "UPDATE {} appointment SET room_id = NULL WHERE id = {{visit}}",
            "UPDATE {} appointment SET room_id = room_id % 4 + 1 WHERE id = {{visit}}",
            "UPDATE {} appointment SET patient_id = patient_id % 6 + 1 WHERE id = {{visit}}",
            "UPDATE {} appointment SET id = id + 1000 WHERE id = {{visit}}",
        )
    ),
)
AT_NEEDLES = tuple(
    statement.format(how)
    for how in HOW
    for statement in (
        "UPDATE {} retention SET count_in = {{n}} WHERE appointment_id = {{visit}} AND out_at IS NOT NULL",
        "UPDATE {} retention SET out_at = {{at}}, count_out = count_in - {{n}} WHERE appointment_id = {{visit}}",
        "UPDATE {} retention SET kept = {{n}}, count_out = count_in - {{n}}, out_at = {{at}}"
        " WHERE appointment_id = {{visit}}",
        "UPDATE {} retention SET missing = {{n}}, count_out = count_in - {{n}}, out_at = {{at}}"
        " WHERE appointment_id = {{visit}}",
        "UPDATE {} retention SET appointment_id = {{other}} WHERE appointment_id = {{visit}}",
        "UPDATE {} retention SET out_at = NULL, count_out = NULL WHERE appointment_id = {{visit}} AND count_out >= 0",
        "UPDATE {} timer SET ended_at = {{at}}, ended_by = 'Carla' WHERE ended_at IS NULL",
        "INSERT {} INTO day_close (day, until, at, who) VALUES ('2026-11-23', {{later}}, {{at}}, 'nobody')",
    )
)
AT_ROWS = (
    "DELETE FROM patient WHERE id = (SELECT patient_id FROM appointment WHERE id = {visit})",
    "DELETE FROM room WHERE id = (SELECT room_id FROM appointment WHERE id = {visit})",
    "DELETE FROM service",
    "DELETE FROM practitioner",
    "DELETE FROM appointment WHERE id = {visit}",
    "DELETE FROM appointment",
    "DELETE FROM retention WHERE appointment_id = {visit}",
    "DELETE FROM retention",
    "DELETE FROM timer WHERE appointment_id = {visit}",
)
"""What another program may try where needles are in or a count is owed; each must change nothing of that."""
OUT = ("all", "all", "kept", "missing", "guess", "faint")
AWAY = ("checkout", "checkout", "ready", "left", "cancel", "no_show")
SEEDS = st.integers(0, 2**32 - 1)


def with_somebody(self: Days) -> bool:
    return bool(self.going)


def with_needles(self: Days) -> bool:
    return bool(self.held)


def with_room_for_more(self: Days) -> bool:
    """A booking costs as much as ten other steps, and one more of many shows nothing new."""
    return len(self.going) < 5


class Days(RuleBasedStateMachine):
    """What people do, and what another program tries meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        done["plays"] += 1
        self.clinic = AClinic(done)
        self.going: list[int] = []
        self.expected: set[int] = set()
        self.held: list[int] = []
        self.since: Counter[str] = Counter()

    def teardown(self) -> None:
        try:
            self.clinic.all_is_well()
        finally:
            self.clinic.end()

    def desk(self, number: int) -> Desk:
        return self.clinic.desks[number]

    def any(self, number: int) -> int:
        """A visit that goes on, the newest first."""
        return self.going[number % len(self.going)]

    def needled(self, number: int) -> int:
        """Somebody with needles in or a count owed; where there is none, or now and then, whoever is here."""
        return self.held[number % len(self.held)] if self.held and number < 5 else self.any(number)

    def does(self, name: str, step: Callable[[], object]) -> None:
        done["steps"] += 1
        self.since.update(("evening", "trouble", "wait", "hand over"))
        self.clinic.does(name, step)
        going = self.clinic.rows(GOING)
        self.going, self.expected = [key for key, _ in going], {who for _, who in going}
        self.held = [key for (key,) in self.clinic.rows(HELD)]

    @precondition(with_room_for_more)
    @rule(at=TERMINALS, who=st.integers(1, PEOPLE + 1), room=st.none() | st.none() | ROOMS, ahead=SLOTS)
    def book(self, at: int, who: int, room: str | None, ahead: int) -> None:
        # As a rule somebody who has no visit yet.
        free = [one for one in range(1, PEOPLE + 1) if one not in self.expected]
        who = free[who % len(free)] if free and who <= PEOPLE else 1
        starts = self.clinic.clock.now().add(minutes=5 * ahead).start_of("minute")
        request = Request(who, "Follow-up", "Dr Lin", starts, room, squeeze=True)
        self.does("book", lambda: self.desk(at).booking.book(request))

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS, room=ROOMS, step=st.sampled_from(("arrive", "room", "begin", "begin")))
    def come(self, at: int, which: int, room: str | None, step: str) -> None:
        visits, key = self.desk(at).visits, self.any(which)
        steps = {
            "arrive": lambda: visits.arrive(key),
            "room": lambda: visits.room(key, room),
            "begin": lambda: visits.begin(key, room),
        }
        self.does(step, steps[step])

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS, count=st.integers(1, 9))
    def go_on(self, at: int, which: int, count: int) -> None:
        """What Space does: the next step of a visit, whichever that is."""
        desk, key = self.desk(at), self.any(which)
        step = NEXT_STEP.get(desk.visits.get(key).status)
        if step is Action.NEEDLES_IN:
            self.does("next: needles in", lambda: desk.needles.put_in(key, count))
        elif step is Action.NEEDLES_OUT:
            self.does("next: needles out", lambda: self.count_out(at, key))
        elif step is not None:
            self.does(f"next: {step.value}", lambda: getattr(desk.visits, step.value)(key))

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS, count=st.integers(1, 9), open_end=st.booleans(), room=ROOMS)
    def put_in(self, at: int, which: int, count: int, open_end: bool, room: str | None) -> None:
        key, needles = self.any(which), self.desk(at).needles
        self.does("needles in", lambda: needles.put_in(key, count, open_end=open_end, room=room))

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS, areas=st.dictionaries(st.sampled_from(Area), st.integers(0, 3), max_size=3))
    def put_in_by_area(self, at: int, which: int, areas: dict[Area, int]) -> None:
        key, needles = self.any(which), self.desk(at).needles
        self.does("needles in by area", lambda: needles.put_in(key, areas=as_areas(areas)))

    @precondition(with_needles)
    @rule(at=TERMINALS, which=VISITS, by=st.sampled_from((1, -1, None)), area=st.sampled_from((None, *Area)), n=COUNTS)
    def adjust(self, at: int, which: int, by: int | None, area: Area | None, n: int) -> None:
        key, needles = self.needled(which), self.desk(at).needles
        if by is None:
            self.does("recount", lambda: needles.recount(key, n))
        else:
            self.does("one more or less", lambda: needles.adjust(key, by, area))

    @precondition(with_needles)
    @rule(
        at=TERMINALS, which=VISITS, how=st.sampled_from(("all", "all", "kept", "missing", "guess", "faint")), n=COUNTS
    )
    def take_out(self, at: int, which: int, how: str, n: int) -> None:
        key, needles = self.needled(which), self.desk(at).needles
        if how in ("guess", "faint"):
            self.does(f"needles out, {how}", lambda: needles.take_out(key, n if how == "guess" else None))
        else:
            self.does(f"needles out, {how}", lambda: self.count_out(at, key, how))

    def count_out(self, at: int, key: int, how: str = "all") -> None:
        """What whoever counts with care does: all of them, or all but one that was kept or is missing, in words."""
        retention = self.desk(at).visits.get(key).retention
        if retention is None:
            raise Refused("no needles were in")
        kept, missing = int(how == "kept"), int(how == "missing")
        self.desk(at).needles.take_out(
            key,
            retention.count_in - kept - missing,
            kept=kept,
            told=bool(kept),
            missing_reason="lost" if missing else "",
            missing_by="Carla" if missing else "",
        )

    @precondition(with_somebody)
    @rule(
        at=TERMINALS, which=VISITS, how=st.sampled_from(("checkout", "checkout", "ready", "left", "cancel", "no_show"))
    )
    def leave(self, at: int, which: int, how: str) -> None:
        key = self.any(which)
        self.does(how, lambda: getattr(self.desk(at).visits, how)(key))

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS, kind=st.sampled_from(TimerKind), minutes=st.integers(-9, 30))
    def time(self, at: int, which: int, kind: TimerKind, minutes: int) -> None:
        key, timers = self.needled(which), self.desk(at).timers
        if minutes > 0:
            self.does("time", lambda: timers.start(key, kind, minutes, confirmed=True))
        else:
            self.does("stop a timer", lambda: timers.stop(key, kind))

    @precondition(with_needles)
    @rule(at=TERMINALS, which=VISITS, how=st.sampled_from(("check", "silence", "patient_decides", "extend")), by=VISITS)
    def look_after(self, at: int, which: int, how: str, by: int) -> None:
        key, timers = self.needled(which), self.desk(at).timers
        if how == "extend":
            self.does(how, lambda: timers.extend(key, 5 * by - 10))
        else:
            self.does(how, lambda: getattr(timers, how)(key))

    @precondition(with_somebody)
    @rule(at=TERMINALS, which=VISITS)
    def undo(self, at: int, which: int) -> None:
        key = self.any(which)
        self.does("undo", lambda: self.desk(at).undo.last(key))

    @precondition(lambda self: self.going and self.since["hand over"] > 10)
    @rule(at=TERMINALS, how=st.sampled_from(("go_off", "back")))
    def hand_over(self, at: int, how: str) -> None:
        self.since["hand over"] = 0
        self.does(how, lambda: getattr(self.desk(at).hand_over, how)("Dr Lin"))

    @precondition(lambda self: self.going and self.since["wait"] > 1)
    @rule(minutes=st.sampled_from((1, 5, 20)))
    def wait(self, minutes: int) -> None:
        self.since["wait"] = 0
        self.does("wait", lambda: self.clinic.clock.move(minutes=minutes))

    @precondition(lambda self: self.since["evening"] > 25)
    @rule(at=TERMINALS, see_out=st.booleans())
    def evening(self, at: int, see_out: bool) -> None:
        """The day ends; who is still here keeps it open, unless they are seen out first, as far as that may be."""
        self.since["evening"] = 0
        self.clinic.clock.move(minutes=45)
        desk = self.desk(at)
        if see_out:
            for (key,) in self.clinic.rows(f"SELECT id FROM appointment WHERE {LIVE}"):
                for seen_out in (lambda key: self.count_out(at, key), desk.visits.checkout, desk.visits.left):
                    with suppress(Refused):
                        seen_out(key)

        def closed() -> None:
            desk.closing.close(local_day(self.clinic.clock.now(), ZONE), no_shows=True)
            assert not self.clinic.rows(f"SELECT 1 FROM appointment WHERE {LIVE}"), "a day was closed over somebody"
            assert not self.clinic.rows(HELD), "a day was closed over needles"
            self.clinic.clock.move(minutes=24 * 60)

        self.does("close the day", closed)

    @precondition(lambda self: self.since["trouble"] > 30)
    @rule(at=TERMINALS, what=st.sampled_from(("crash", "restart")))
    def trouble(self, at: int, what: str) -> None:
        self.since["trouble"] = 0
        if what == "crash":
            self.does(what, lambda: self.clinic.crashes(self.desk(at)))
        else:
            self.clinic.stops()
            self.clinic.starts_up()
            self.does(what, lambda: None)

    def strays(self, among: Sequence[str], chance: Random) -> None:
        """Another program tries one statement after the other."""
        at = self.clinic.clock.now().int_timestamp * 1000
        for _ in range(A_TRY):
            done["steps"] += 1
            visit = chance.choice(self.held)
            sql = chance.choice(among).format(
                visit=visit, other=chance.choice(self.going), at=at, later=at + 86_400_000, n=chance.randint(1, 9)
            )
            self.clinic.strays(sql)

    @precondition(with_needles)
    @rule(seed=SEEDS)
    def strays_at_visits(self, seed: int) -> None:
        self.strays(AT_VISITS, Random(seed))

    @precondition(with_needles)
    @rule(seed=SEEDS)
    def strays_at_needles(self, seed: int) -> None:
        self.strays(AT_NEEDLES, Random(seed))

    @precondition(with_needles)
    @rule(seed=SEEDS)
    def strays_at_everything(self, seed: int) -> None:
        self.strays(AT_VISITS + AT_NEEDLES + AT_ROWS, Random(seed))


def test_nobody_is_left_behind_and_every_needle_is_accounted_for() -> None:
    done.clear()
    number = FIRST_SEED
    while done["steps"] < STEPS:
        plays = A_ROUND
        how = settings(
            max_examples=plays,
            stateful_step_count=A_PLAY,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        )
        run_state_machine_as_test(seed(number)(type("Days", (Days,), {})), settings=how)
        number += 1
        told = ", ".join(f"{what} {count}" for what, count in sorted(done.items()) if what != "steps")
        sys.stdout.write(f"{done['steps']} steps in {done['plays']} plays: {told}\n")
        sys.stdout.flush()
    for what in (
        "needles in",
        "needles out, all",
        "needles out, faint",
        "checkout",
        "close the day",
        "crash",
        "restart",
    ):
        assert done[what], f"{what} was never done"
    assert done["stray, refused"]
