"""How many visits of a kind a practitioner's day still holds, and what the day loses by each start.

The day is played forward: whenever the practitioner is free they take out needles that are due, begin with the next
patient, or wait for the next moment at which either is possible. Ways to have come to the same moment with the same
patients resting are one way. A full search of a six-room day is too slow for a screen, so at each moment only the
`WIDTH` ways with most hands-on work done are followed: that bounds the work, and makes the count a very good one
instead of the best one.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from frontdesk.domain.packing.intervals import MINUTE, Intervals
from frontdesk.domain.phases import Service

WIDTH = 32
"""How many ways to have come to one moment are followed; measured by the benchmark that fills a day."""

_Rest = tuple[int, int, int]
"""A patient at rest: the last moment to begin the removal, when the needles went in, the end of the room's gap."""
_Gap = tuple[int, int]
"""A stretch in which a room is free: its end, and from when it is ready (0: it is)."""
_State = tuple[tuple[_Rest, ...], tuple[_Gap, ...]]
"""Who rests, by last moment; and the gaps nobody is in, by end."""


class Way(Struct, frozen=True):
    """The best that can come of a start: visits still to be had in the day with it, and how to go about it."""

    visits: int
    retention_minutes: int
    gap_ends: int
    """The end of the room's free stretch that it goes into."""


class _Node(Struct):
    """One way to have come to a moment."""

    begun: int
    """Most visits begun by then."""
    steps: tuple[tuple[int, _State, int], ...] = ()
    """What may follow: the next moment, the state at it, and the end of the gap where a visit begins, else -1."""
    to_come: int = -1
    """Most visits begun from here on; -1 where somebody would be left with needles in."""
    best: int = 0
    """Index of the step that leads to it."""


_Layers = dict[int, dict[_State, _Node]]


def ways(service: Service, hands: Intervals, rooms: Sequence[Intervals], grid: Sequence[int]) -> dict[int, Way]:
    """What each start of `grid` leaves of a day, for a practitioner free in `hands` and rooms taken as given.

    Starts that none of the ways followed goes through are not in the answer; it is empty for a service without a
    hands-on phase at its start.
    """
    play = _Play.of(service, hands, grid)
    if not grid or not play.head or not play.stretches:
        return {}
    layers = play.forward(play.gaps(rooms))
    found: dict[int, Way] = {}
    for moment in sorted(layers, reverse=True):
        for (resting, _), node in layers[moment].items():
            if not node.steps:
                node.to_come = -1 if resting or moment < play.over else 0
            for index, (then, after, gap_ends) in enumerate(node.steps):
                follows = layers[then].get(after)
                if follows is None or follows.to_come < 0:
                    continue
                to_come = follows.to_come + (gap_ends >= 0)
                if to_come > node.to_come:
                    node.to_come, node.best = to_come, index
                known = found.get(moment)
                visits = node.begun + to_come
                if gap_ends >= 0 and (known is None or visits > known.visits):
                    found[moment] = Way(visits, play.retention(layers, moment, then, after), gap_ends)
    return found


class _Play(Struct, frozen=True):
    """The rules of the play, in milliseconds."""

    head: int
    tail: int
    turnover: int
    retentions: tuple[int, ...]
    shortest: int
    """The least a visit takes of a room."""
    stretches: tuple[tuple[int, int], ...]
    grid: Sequence[int]
    over: int
    """Later than everything: the moment of those who have come to the end of the day."""

    @staticmethod
    def of(service: Service, hands: Intervals, grid: Sequence[int]) -> _Play:
        longest = service.room_minutes(max(service.retention_choices)) * MINUTE
        first, last = (grid[0], grid[-1] + longest) if grid else (0, 0)
        return _Play(
            (service.consultation + service.insertion) * MINUTE,
            service.removal * MINUTE,
            service.turnover * MINUTE,
            tuple(sorted(minutes * MINUTE for minutes in service.retention_choices)),
            service.room_minutes(min(service.retention_choices)) * MINUTE,
            tuple((max(start, first), min(end, last)) for start, end in hands if end > first and start < last),
            grid,
            last + longest + 1,
        )

    def gaps(self, rooms: Sequence[Intervals]) -> tuple[_Gap, ...]:
        """The free stretches of all rooms that hold a visit."""
        day = Intervals((self.stretches[0][0],), (self.over - 1,))
        free = sorted((end, start) for room in rooms for start, end in day.minus(room))
        return tuple((end, start) for end, start in free if end - start >= self.shortest)

    def forward(self, gaps: tuple[_Gap, ...]) -> _Layers:
        """Every way followed, by moment."""
        starts = set(self.grid)
        first, end = self.stretches[0]
        layers: _Layers = {first: {((), self._ready(gaps, first)): _Node(0)}}
        ahead = [first]
        stretch = 0
        while ahead:
            moment = heapq.heappop(ahead)
            layer = layers[moment] = self._widest(layers[moment])
            if moment == self.over:
                break
            while moment >= end:
                stretch += 1
                end = self.stretches[stretch][1]
            then = self.stretches[stretch + 1][0] if stretch + 1 < len(self.stretches) else self.over
            for state, node in layer.items():
                node.steps = tuple(self._steps(moment, state, end, then, moment in starts))
                for later, after, gap_ends in node.steps:
                    if later not in layers:
                        layers[later] = {}
                        heapq.heappush(ahead, later)
                    begun = node.begun + (gap_ends >= 0)
                    known = layers[later].get(after)
                    if known is None:
                        layers[later][after] = _Node(begun)
                    elif known.begun < begun:
                        known.begun = begun
        return layers

    def _steps(
        self, moment: int, state: _State, end: int, then: int, may_begin: bool
    ) -> Iterator[tuple[int, _State, int]]:
        """What the practitioner may do at a moment of a stretch that lasts until `end`; `then` is the next one's."""
        resting, gaps = state
        for index, (_, since, gap_ends) in enumerate(resting):
            if moment - since in self.retentions and moment + self.tail <= end:
                later = moment + self.tail
                left = (*gaps, (gap_ends, later + self.turnover))
                step = self._at(later, resting[:index] + resting[index + 1 :], left, end, then)
                if step is not None:
                    yield (*step, -1)
                break
        later = moment + self.head
        if may_begin and later <= end:
            for index in self._choices(moment, gaps):
                gap_ends = gaps[index][0]
                left = gaps[:index] + gaps[index + 1 :]
                if self.tail:
                    last = min(later + self.retentions[-1], gap_ends - self.turnover - self.tail)
                    step = self._at(later, tuple(sorted((*resting, (last, later, gap_ends)))), left, end, then)
                else:
                    left = (*left, (gap_ends, later + self.retentions[0] + self.turnover))
                    step = self._at(later, resting, left, end, then)
                if step is not None:
                    yield (*step, gap_ends)
        step = self._at(self._next(moment, resting, end), resting, gaps, end, then)
        if step is not None:
            yield (*step, -1)

    def _choices(self, moment: int, gaps: tuple[_Gap, ...]) -> Iterator[int]:
        """The gap that ends soonest after the shortest visit, and the one that does after the longest."""
        longest = self.shortest + self.retentions[-1] - self.retentions[0]
        tight = False
        for index, (ends, ready) in enumerate(gaps):
            if ready > moment or ends < moment + self.shortest:
                continue
            roomy = ends >= moment + longest
            if roomy or not tight:
                yield index
            tight = True
            if roomy:
                return

    def _next(self, moment: int, resting: tuple[_Rest, ...], end: int) -> int:
        """The next moment after one at which a visit may begin or a removal may."""
        at = bisect_right(self.grid, moment)
        soonest = self.grid[at] if at < len(self.grid) else end
        for _, since, _ in resting:
            if since + self.retentions[-1] > moment and since + self.retentions[0] < soonest:
                due = self.retentions[bisect_right(self.retentions, moment - since)]
                soonest = min(soonest, since + due)
        return soonest

    def _at(
        self, moment: int, resting: tuple[_Rest, ...], gaps: tuple[_Gap, ...], end: int, then: int
    ) -> tuple[int, _State] | None:
        """The state at a moment, or at the next stretch where this one is over; None if a removal comes too late."""
        if moment >= end:
            moment = then
        if resting and resting[0][0] < moment:
            return None
        return moment, (resting, self._ready(gaps, moment))

    def _ready(self, gaps: tuple[_Gap, ...], moment: int) -> tuple[_Gap, ...]:
        """Gaps as they are seen from a moment: those too short by then are gone."""
        shortest = self.shortest
        seen = [
            (ends, ready if ready > moment else 0)
            for ends, ready in gaps
            if ends >= moment + shortest and ends >= ready + shortest
        ]
        seen.sort()
        return tuple(seen)

    def _widest(self, layer: dict[_State, _Node]) -> dict[_State, _Node]:
        """The ways worth following: most hands-on work done, the earliest removals due, spread over how many rest.

        Without the spread all ways that go on would have filled every room first and wait for needles to come out.
        """
        if len(layer) <= WIDTH:
            return layer
        visit = self.head + self.tail
        by_resting: dict[int, list[tuple[int, _State]]] = {}
        for state, node in layer.items():
            resting = len(state[0])
            by_resting.setdefault(resting, []).append((self.tail * resting - visit * node.begun, state))
        ranked = [
            (behind + place * self.tail // 2, place, -resting, state)
            for resting, alike in by_resting.items()
            for place, (behind, state) in enumerate(heapq.nsmallest(WIDTH, alike))
        ]
        return {state: layer[state] for *_, state in heapq.nsmallest(WIDTH, ranked)}

    def retention(self, layers: _Layers, moment: int, then: int, state: _State) -> int:
        """The minutes of rest that the best way gives a visit begun at `moment`."""
        since = moment + self.head
        if not self.tail:
            return self.retentions[0] // MINUTE
        while True:
            step = layers[then][state].steps[layers[then][state].best]
            if all(one[1] != since for one in step[1][0]):
                return (then - since) // MINUTE
            then, state = step[0], step[1]
