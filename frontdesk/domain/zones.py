"""Time zones as people name them: by a city, in any case; and the country a zone's clocks are those of."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources

import pendulum

from frontdesk.domain.errors import Refused
from frontdesk.text import visible

EXAMPLE = "America/Toronto, Europe/Berlin, Asia/Tokyo"
ALIKE = 0.75
"""How alike two cities must be written, from 0 to 1, before one is taken for a slip in the other."""


def find_zone(typed: str) -> str:
    """The IANA name of the zone that `typed` means: the name itself or its city, `toronto`, in any case.

    Raises `Refused` with the nearest name where none is meant, or with the names where several are.
    """
    known = pendulum.timezones()
    wanted = "_".join(typed.casefold().split())
    if not wanted:
        raise Refused(f"is needed; the nearest city of {EXAMPLE}")
    by_name = {zone.casefold(): zone for zone in known}
    if wanted in by_name:
        return by_name[wanted]
    cities = [zone for zone in countries() if zone.casefold().rpartition("/")[2] == wanted]
    cities = cities or [zone for zone in countries() if zone.casefold().rpartition("/")[2].startswith(wanted)]
    if len(cities) == 1:
        return cities[0]
    if cities:
        raise Refused(f"may be {', '.join(cities[:3])}{' …' if cities[3:] else ''}")
    by_city = {zone.casefold().rpartition("/")[2]: zone for zone in countries()} | by_name
    near = get_close_matches(wanted, by_city, 1, ALIKE)
    # What to do comes first: in a narrow window the end is cut.
    hint = f"did you mean {by_city[near[0]]}?" if near else "name the nearest big city:"
    raise Refused(f'{hint} "{visible(typed.strip())[:40]}" is no time zone')


def country_of(zone: str) -> str | None:
    """The two letters of the country (ISO 3166) that a zone's city lies in; None for UTC and old names of zones."""
    return countries().get(zone)


@cache
def countries() -> Mapping[str, str]:
    """The country of every zone that is a city's, by the list that comes with the zones themselves (`zone.tab`)."""
    rows = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    parts = (row.split("\t") for row in rows if not row.startswith("#"))
    return {part[2]: part[0] for part in parts if len(part) > 2}
