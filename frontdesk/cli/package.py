"""`frontdesk package ACTION ID`: a patient's prepaid visits."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from frontdesk.cli import as_json
from frontdesk.cli.common import named_as, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.open import Desk
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.errors import NotFound
from frontdesk.domain.package import Left
from frontdesk.domain.time_text import date_text

_NEVER = "never"
_OPTIONS = {"visits": "--visits", "expires_on": "--expires"}
"""The options by the names of what they say."""


def package(options: Namespace) -> None:
    """Does it and says what was done; `show` only reads."""
    with the_desk(options) as desk:
        today = today_of(desk, desk.clinic.get())
        with named_as(_OPTIONS):
            said = None if options.action == "show" else _do(desk, options, today)
        sheet = desk.packages.of(options.patient)
        if options.json:
            document(
                {
                    "patient": as_json.person(sheet.patient),
                    "packages": [as_json.package(one, today) for one in sheet.packages],
                }
            )
        elif said is not None:
            out(said)
        elif not sheet.packages:
            out(f"{sheet.patient.name} has no package")
        else:
            table([_row(one, today) for one in sheet.packages])


def _do(desk: Desk, options: Namespace, today: date) -> str:
    if options.action == "sell":
        return desk.packages.sell(
            options.patient, options.visits, service=options.service, expires_on=_day(options.expires, today)
        ).words
    before = _named(desk, options).package
    if options.action == "take-back":
        return desk.packages.take_back(before)
    visits = before.visits if options.visits is None else options.visits
    expires_on = before.expires_on if options.expires is None else _day(options.expires, today)
    return desk.packages.change(before, visits=visits, expires_on=expires_on).words


def _named(desk: Desk, options: Namespace) -> Left:
    """The package of that number; without one, the one bought last."""
    sheet = desk.packages.of(options.patient)
    wanted = options.package
    found = next((one for one in sheet.packages if wanted is None or one.package.id == wanted), None)
    if found is None:
        which = f"no package {wanted}" if wanted is not None else "no package"
        raise NotFound(f"{sheet.patient.name} has {which}: `frontdesk package show {options.patient}` lists them")
    return found


def _day(said: str | None, today: date) -> date | None:
    return None if said is None or said.strip().casefold() == _NEVER else day_asked(said, today)


def _row(one: Left, today: date) -> list[str]:
    bought = one.package
    return [f"{bought.id}", one.words(today), f"bought {date_text(bought.bought_on)}, {bought.sold_by}"]
