"""Stretches of time as sorted integers: the packing counts in milliseconds and converts at its edge.

A search for free places looks at tens of thousands of starts; aware datetimes cost fifty times an integer.
Milliseconds, because that is what the database keeps: nothing is rounded on the way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

MINUTE = 60_000
"""Milliseconds in a minute."""


class Intervals(Struct, frozen=True):
    """Half-open stretches, sorted, apart from each other: two that touch have become one."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @staticmethod
    def of(spans: Iterable[tuple[int, int]]) -> Intervals:
        """Joins what overlaps or touches; empty and reversed stretches vanish."""
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if start >= end:
                continue
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        return Intervals(tuple(starts), tuple(ends))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends, strict=True)

    def holds(self, start: int, end: int) -> bool:
        """Whether one stretch holds all of `start` to `end`."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and end <= self.ends[at]

    def clear_from(self, start: int, length: int) -> int:
        """The earliest moment from `start` on that is followed by `length` of nothing; no length fits anywhere."""
        if length <= 0:
            return start
        at = bisect_right(self.ends, start)
        while at < len(self.starts) and self.starts[at] < start + length:
            start = self.ends[at]
            at += 1
        return start

    def clear(self, start: int, end: int) -> bool:
        """Whether nothing lies between `start` and `end`."""
        return self.clear_from(start, end - start) == start

    def minus(self, taken: Intervals) -> Intervals:
        """What is left when `taken` is cut out."""
        left: list[tuple[int, int]] = []
        for start, end in self:
            at = bisect_right(taken.ends, start)
            while at < len(taken.starts) and taken.starts[at] < end:
                if start < taken.starts[at]:
                    left.append((start, taken.starts[at]))
                start = taken.ends[at]
                at += 1
            if start < end:
                left.append((start, end))
        return Intervals.of(left)

    def both(self, other: Intervals) -> Intervals:
        """What lies in this and in the other."""
        found: list[tuple[int, int]] = []
        for start, end in self:
            at = bisect_right(other.ends, start)
            while at < len(other.starts) and other.starts[at] < end:
                found.append((max(start, other.starts[at]), min(end, other.ends[at])))
                at += 1
        return Intervals.of(found)

    def shared(self, start: int, end: int) -> int:
        """How many milliseconds between `start` and `end` are covered."""
        total = 0
        at = bisect_right(self.ends, start)
        while at < len(self.starts) and self.starts[at] < end:
            total += min(end, self.ends[at]) - max(start, self.starts[at])
            at += 1
        return total
