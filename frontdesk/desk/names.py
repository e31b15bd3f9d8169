"""Finds what a person named: a room, a practitioner, a service; by its name, a part of it, or nearly its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeVar

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.naming import plain
from frontdesk.domain.phases import Service
from frontdesk.text import visible


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """What staff call it."""
        ...


T = TypeVar("T", bound=Named)


def pick(kind: str, text: str, choices: Sequence[T]) -> T:
    """The one choice that `text` names: its whole name, else the only one of which it is a part.

    Raises NotFound with the nearest names, and Refused where several fit.
    """
    wanted = plain(text)
    exact = [one for one in choices if plain(one.name) == wanted]
    # Two names that differ in an accent or a hyphen alone are told apart by it.
    exact = [one for one in exact if one.name.casefold() == text.casefold().strip()] or exact
    if len(exact) == 1:
        return exact[0]
    partial = exact or [one for one in choices if wanted and wanted in plain(one.name)]
    if len(partial) == 1:
        return partial[0]
    shown = visible(text)[:60]
    if partial:
        names = ", ".join(one.name for one in partial)
        raise Refused(f'"{shown}" fits several {kind}s: {names}; write more of the name')
    option = "" if choices else "frontdesk setup FILE.toml"
    raise NotFound(f'there is no {kind} "{shown}"; {_nearest(kind, shown, choices)}', option=option)


def _nearest(kind: str, text: str, choices: Iterable[Named]) -> str:
    names = [one.name for one in choices]
    if not names:
        return f"no {kind} is set up: add one to the set-up first"
    close = get_close_matches(text, names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else f"the {kind}s are: {', '.join(names)}"


def pick_practitioner(clinic: Clinic, text: str) -> Practitioner:
    """The practitioner so named."""
    return pick("practitioner", text, clinic.active_practitioners)


def pick_service(clinic: Clinic, text: str) -> Service:
    """The service so named."""
    return pick("service", text, clinic.active_services)


def pick_rooms(clinic: Clinic, text: str | None) -> tuple[Room, ...]:
    """The rooms that may be used: all, the one so named, or the chairs of the room so named."""
    rooms = clinic.open_rooms
    if text is None:
        return rooms
    chairs = tuple(room for room in rooms if room.group and plain(room.group) == plain(text))
    return chairs or (pick("room", text, rooms),)
