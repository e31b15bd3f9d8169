"""Where on the body needles are: counted by area, so that scalp, ears and feet are asked for when they come out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from frontdesk.domain.errors import Refused
from frontdesk.patterns import late


class Area(StrEnum):
    """A part of the body, in the order in which one looks a patient over."""

    HEAD = "head"
    EARS = "ears"
    TRUNK = "trunk"
    ARMS = "arms"
    HANDS = "hands"
    LEGS = "legs"
    FEET = "feet"


Areas = tuple[tuple[Area, int], ...]
"""How many needles in each area that has any, from head to feet; empty where nobody counted by area."""

LOOK = {
    Area.HEAD: "scalp, hairline, face",
    Area.EARS: "both ears, behind them too",
    Area.TRUNK: "chest, belly, back",
    Area.ARMS: "both arms",
    Area.HANDS: "both hands, between the fingers",
    Area.LEGS: "both legs",
    Area.FEET: "both feet, between the toes",
}
"""Where to look in each area: needles are most often left at the top of the head, in ears, hands and toes."""

_ITEM = late(r"(?:(?P<word>[a-z]+)\s*(?P<count>\d{1,3})|(?P<first>\d{1,3})\s*(?P<after>[a-z]+))[\s,;+·]*")


def as_areas(counts: Mapping[Area, int]) -> Areas:
    """Counts by area in the body's order, those of nothing left out."""
    return tuple((area, counts[area]) for area in Area if counts.get(area))


def total(areas: Areas) -> int:
    """All needles of the areas together."""
    return sum(count for _, count in areas)


def parse_areas(text: str) -> Areas:
    """`head 2 ears 4, feet 6`, the words as short as they stay clear; raises `Refused` saying what it can't read."""
    rest = text.strip().casefold()
    counts: dict[Area, int] = {}
    while rest:
        found = _ITEM.match(rest)
        if found is None:
            raise Refused(f'"{rest[:20]}" is no area with its count; write: head 2, ears 4, feet 6')
        area = area_of(found["word"] or found["after"])
        counts[area] = counts.get(area, 0) + int(found["count"] or found["first"])
        rest = rest[found.end() :]
    return as_areas(counts)


def area_words(areas: Areas) -> str:
    """`head 2 · ears 4`."""
    return " · ".join(f"{area.value} {count}" for area, count in areas)


def changed(areas: Areas, area: Area, by: int) -> Areas:
    """The areas with some needles more or fewer in one of them; raises `Refused` below nothing."""
    counts = dict(areas)
    counts[area] = counts.get(area, 0) + by
    if counts[area] < 0:
        raise Refused(f"no needle is in the {area.value}")
    return as_areas(counts)


def differing(went_in: Areas, came_out: Areas) -> tuple[tuple[Area, int, int], ...]:
    """The areas whose counts in and out are not the same: area, in, out."""
    first, last = dict(went_in), dict(came_out)
    return tuple(
        (area, first.get(area, 0), last.get(area, 0)) for area in Area if first.get(area, 0) != last.get(area, 0)
    )


def area_of(word: str) -> Area:
    """The area a word means, as short as it stays clear; raises `Refused` naming those it may be."""
    word = word.strip().casefold()
    fitting = [area for area in Area if area.value.startswith(word) or area.value.rstrip("s") == word]
    if len(fitting) == 1:
        return fitting[0]
    choices = " or ".join(area.value for area in fitting) or ", ".join(area.value for area in Area)
    raise Refused(f'"{word}" is no area of the body; write {choices}')
