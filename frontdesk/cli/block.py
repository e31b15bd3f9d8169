"""`frontdesk block`: time taken without a patient."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from datetime import date

from pendulum import DateTime

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk, today_of
from frontdesk.cli.output import document, out
from frontdesk.desk.blocks import BlockOutcome, BlockRequest
from frontdesk.desk.open import Desk
from frontdesk.domain.block import BlockKind, weeks_until
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.when import instant_of, parse_moment, parse_time


def block(options: Namespace) -> None:
    """Blocks time and names whom it runs into; or frees it again."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        done = _removed(desk, options) if options.remove else _added(desk, clinic, options)
        if options.json:
            document(
                {
                    "blocks": [as_json.block(one, clinic.timezone) for one in done.blocks],
                    "runs_into": [as_json.appointment(one, clinic.timezone) for one in done.runs_into],
                }
            )
        else:
            out(f"{done.line} ({', '.join(f'b{one.id}' for one in done.blocks)})")


def _removed(desk: Desk, options: Namespace) -> BlockOutcome:
    given = options.remove
    number = given[1].removeprefix("b") if len(given) == 2 and given[0] == "remove" else ""
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        raise Refused("say `frontdesk block remove ID`; `frontdesk agenda --json` gives the ids, like b12")
    return desk.blocks.remove(int(number))


def _added(desk: Desk, clinic: Clinic, options: Namespace) -> BlockOutcome:
    if options.starts is None or options.ends is None:
        raise Refused("say from when until when: --from TIME --until TIME")
    today = today_of(desk, clinic)
    starts, from_day = _edge(options.starts, today, today, clinic)
    ends, to_day = _edge(options.ends, local_day(starts, clinic.timezone), today, clinic, last=True)
    weeks = options.weeks
    if options.repeat_until is not None:
        weeks = weeks_until(local_day(starts, clinic.timezone), day_asked(options.repeat_until, today))
    return desk.blocks.add(
        BlockRequest(
            starts,
            ends,
            tuple(options.practitioner or ()),
            options.room,
            options.everyone,
            BlockKind((options.kind or "").replace("-", "_")),
            options.title,
            all_day=from_day and to_day,
            weeks=weeks,
        )
    )


def _edge(text: str, day: date, today: date, clinic: Clinic, *, last: bool = False) -> tuple[DateTime, bool]:
    """An instant, and whether a whole day was named: as the `last` one it is its end. A time alone is of `day`."""
    with suppress(Refused):
        return instant_of(day, parse_time(text), clinic.timezone), False
    with suppress(Refused):
        return local_instant(day_asked(text, today), 1440 if last else 0, clinic.timezone), True
    return parse_moment(text, today, clinic.timezone), False
