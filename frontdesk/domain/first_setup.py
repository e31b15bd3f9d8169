"""The five answers with which a clinic begins, each in one line; the rest of its set-up begins as usual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from frontdesk.domain.errors import Refused
from frontdesk.domain.opening_words import week_of
from frontdesk.domain.setup_draft import new_clinic
from frontdesk.domain.zones import country_of, find_zone
from frontdesk.text import NAME_LIMIT, visible

QUESTIONS = ("name", "timezone", "rooms", "practitioners", "hours")
"""What is asked, by the parts of `clinic.toml`."""
MOST_ROOMS = 50
MOST_CHAIRS = 100
_NUMBER = re.compile(r"(\d+)(?:\s*rooms?)?", re.IGNORECASE | re.ASCII)
_BETWEEN = re.compile(r"[,;&+]|\s+and\s+", re.IGNORECASE)
_CHAIRS = re.compile(r"(.*\S)\s*[x×*]\s*(\d{1,4})")


def zone_of(typed: str) -> str:
    """The zone, which must be a city's: its country says how phone numbers are read. Raises `Refused`."""
    zone = find_zone(typed)
    if country_of(zone) is None:
        raise Refused(f"{zone} is in no country; name the nearest big city")
    return zone


def rooms_of(typed: str) -> list[dict[str, Any]]:
    """`3` or `3 rooms` is Room 1 to Room 3; names are themselves, `Community x 4` has four chairs.

    Raises `Refused`.
    """
    number = _NUMBER.fullmatch(typed.strip())
    if number is not None:
        count = int(number[1][:9])
        if not 1 <= count <= MOST_ROOMS:
            raise Refused(f"from 1 to {MOST_ROOMS} rooms, or their names")
        return [{"name": f"Room {at}"} for at in range(1, count + 1)]
    rooms: list[dict[str, Any]] = []
    for name in _names(typed, "room"):
        said = _CHAIRS.fullmatch(name)
        called, chairs = (said[1], int(said[2])) if said else (name, 1)
        if not 1 <= chairs <= MOST_CHAIRS:
            raise Refused(f"{visible(called)}: from 1 to {MOST_CHAIRS} chairs")
        rooms.append({"name": called, "chairs": chairs} if chairs > 1 else {"name": called})
    _once(room["name"] for room in rooms)
    return rooms


def practitioners_of(typed: str) -> list[dict[str, Any]]:
    """Names with commas, `&` or `and` between them; each keeps the clinic's hours. Raises `Refused`."""
    names = _names(typed, "practitioner")
    _once(names)
    return [{"name": name} for name in names]


def first_answers(
    name: str,
    timezone: str,
    rooms: list[dict[str, Any]],
    practitioners: list[dict[str, Any]],
    hours: dict[str, list[str]],
) -> dict[str, Any]:
    """The whole set-up with these answers in it; phone numbers are read as in the zone's country."""
    answers = new_clinic()
    answers["clinic"] |= {"name": name, "timezone": timezone, "phone_region": country_of(timezone) or ""}
    return answers | {"rooms": rooms, "practitioners": practitioners, "hours": hours}


def answers_so_far(typed: dict[str, str]) -> dict[str, Any]:
    """The set-up with as much of what is typed as can be read, for whoever goes on answering row by row."""
    answers = new_clinic()
    answers["clinic"]["name"] = typed.get("name", "").strip()
    readers = {"rooms": rooms_of, "practitioners": practitioners_of, "hours": week_of}
    for part, read in readers.items():
        try:
            answers[part] = read(typed.get(part, "").strip())
        except Refused:
            continue  # as a clinic begins
    try:
        zone = find_zone(typed.get("timezone", ""))
        answers["clinic"] |= {"timezone": zone, "phone_region": country_of(zone) or ""}
    except Refused:
        answers["clinic"]["timezone"] = typed.get("timezone", "").strip()
    return answers


def _names(typed: str, what: str) -> list[str]:
    names = [" ".join(part.split()) for part in _BETWEEN.split(typed)]
    names = [name for name in names if name]
    if not names:
        raise Refused(f"at least one {what} is needed")
    for name in names:
        if len(name) > NAME_LIMIT:
            raise Refused(f"a name has at most {NAME_LIMIT} characters; put a comma between two")
    return names


def _once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise Refused(f"{visible(name)} is there twice")
        seen.add(name.casefold())
