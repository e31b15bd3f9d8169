"""Entries of a column side by side: each gets a lane that nobody else is in while it lasts.

Visits of one practitioner overlap all day (one rests while the next is treated), so this is the rule, not a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from msgspec import Struct

from frontdesk.ui.layout.day_entries import Entry


class Placed(Struct, frozen=True):
    """An entry in its rows and lanes: rows `first` to `end` (excluded), lanes `lane` to `lane + span` of `lanes`."""

    entry: Entry
    first: int
    end: int
    lane: int
    span: int
    lanes: int

    def cells(self, width: int) -> tuple[int, int]:
        """The first cell and the number of cells it has in a column that is `width` cells wide."""
        left = self.lane * width // self.lanes
        return left, (self.lane + self.span) * width // self.lanes - left

    def covers(self, row: int) -> bool:
        """Whether it stands on a row."""
        return self.first <= row < self.end


class _Laid(Struct):
    entry: Entry
    first: int
    end: int
    lane: int = 0


def place(entries: Iterable[Entry], slot: int) -> tuple[Placed, ...]:
    """Lays entries in lanes on rows of `slot` minutes, the earlier and the longer first, free gaps last.

    Every entry has at least one row. An entry takes the lanes right of its own that stay empty while it lasts.
    """
    laid = [_on_rows(entry, slot) for entry in entries]
    laid.sort(key=lambda one: (one.first, one.entry.is_free, -one.end, one.entry.key))
    placed: list[Placed] = []
    cluster: list[_Laid] = []
    reach = -1
    for one in laid:
        if cluster and one.first >= reach:
            placed.extend(_lanes(cluster))
            cluster = []
        cluster.append(one)
        reach = max(reach, one.end)
    placed.extend(_lanes(cluster))
    return tuple(placed)


def _on_rows(entry: Entry, slot: int) -> _Laid:
    first = entry.start // slot
    # Both ends are cut the same way, so that what follows on directly never seems to overlap.
    return _Laid(entry, first, max(first + 1, entry.end // slot))


def _lanes(cluster: list[_Laid]) -> list[Placed]:
    settled: list[_Laid] = []
    for one in sorted(cluster, key=lambda laid: (laid.entry.is_free, laid.first, -laid.end, laid.entry.key)):
        taken = {other.lane for other in settled if _share_rows(other, one)}
        one.lane = next(lane for lane in count() if lane not in taken)
        settled.append(one)
    lanes = max(one.lane for one in settled) + 1 if settled else 1
    return [Placed(one.entry, one.first, one.end, one.lane, _room_right(one, settled, lanes), lanes) for one in settled]


def _share_rows(one: _Laid, other: _Laid) -> bool:
    return one.first < other.end and other.first < one.end


def _room_right(one: _Laid, cluster: list[_Laid], lanes: int) -> int:
    right = [other.lane for other in cluster if other.lane > one.lane and _share_rows(one, other)]
    return min(right, default=lanes) - one.lane
