"""Whether a wish fits, in words; and what a typed time means on the day that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.time_text import clock_of, moment_text, short_day
from frontdesk.ui.layout.cells import wrapped

if TYPE_CHECKING:
    from frontdesk.desk.booking import Answer


MOST_NAMED = 3
"""Visits in the way of a block that are named; of more, how many."""
VERDICT_ROWS = 4
"""The rows a dialog keeps for a verdict, so that nothing jumps when it changes."""


class DayAlone(Refused):
    """A day that was typed, and no time: places can be offered from it on."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{short_day(day)}: at what time?")
        self.day = day


def moment_of(text: str, day: date, today: date, timezone: str) -> DateTime:
    """The instant a typed moment means; a time alone is on `day`. Raises `Refused` with what to write instead.

    What names no time is refused as `DayAlone`: a day, or the first of `next week`.
    """
    from frontdesk.domain.day_asked import day_to_see
    from frontdesk.domain.when import instant_of, parse_moment, parse_time

    try:
        minute = parse_time(text)
    except Refused:
        try:
            return parse_moment(text, today, timezone)
        except Refused as no_moment:
            try:
                day = day_to_see(text, today)
            except Refused:
                raise no_moment from None
            raise DayAlone(day) from None
    return instant_of(day, minute, timezone)


def verdict(starts: DateTime, answer: Answer, timezone: str, *, squeeze: str = "", whose: str = "") -> tuple[str, str]:
    """What a check found, in at most `VERDICT_ROWS` lines, and the role to show it in.

    `squeeze` says how to squeeze it in, where a person may judge; `whose` names who it is with, if that was open.
    """
    when = moment_text(starts, timezone)
    fit = answer.fit
    if fit is not None:
        words = f"✓ {when} fits, {whose}, {fit.room.name}" if whose else f"✓ {when} fits, {fit.room.name}"
        if fit.squeezed:
            squeezed = f"» {when}, {fit.room.name}: squeezed in over the practitioner's time"
            return with_changes(squeezed, replace(answer, also=()))[0], "squeeze"
        return with_changes(words, answer)
    why = answer.why_not or ("it does not fit",)
    lines = [f"✗ {when}: {why[0]}"]
    if len(why) > 1:
        lines.append(f"  {'; '.join(why[1:])}")
    if answer.alternatives:
        lines.append("  free: " + ", ".join(_places([slot.starts for slot in answer.alternatives], starts, timezone)))
    if answer.squeezable and squeeze:
        lines.append(f"  {squeeze}")
    return "\n".join(lines), "warn"


def with_changes(words: str, answer: Answer) -> tuple[str, str]:
    """That something fits, what it would change of others, whether they come twice that day; and the role of it."""
    told = [f"  ! {'; '.join(some)}" for some in (answer.also, answer.remarks) if some]
    return "\n".join([words, *told]), "warn" if told else "done"


def over_visits(when: str, visits: Sequence[Appointment]) -> tuple[str, str]:
    """Whom a block runs into, by name: they would stay where they are."""
    if not visits:
        return f"✓ {when}: in nobody's way", "done"
    names = "; ".join(one.patient.name for one in visits[:MOST_NAMED])
    more = f" and {len(visits) - MOST_NAMED} more" if len(visits) > MOST_NAMED else ""
    return f"‼ {when}: over {names}{more}\n  nobody is moved", "warn"


def _places(starts: Sequence[DateTime], wished: DateTime, timezone: str) -> list[str]:
    """Times of the same day by the clock alone, others with their day."""
    day = wished.in_timezone(timezone).date()
    words = []
    for start in starts:
        local = start.in_timezone(timezone)
        words.append((clock_of if local.date() == day else moment_text)(start, timezone))
    return words


def folded(text: str, cells: int) -> str:
    """Lines of a verdict broken into rows of at most `cells` cells, every row under the first of a line set in."""
    rows: list[str] = []
    for line in text.splitlines():
        if line.startswith(" "):
            rows += [f"  {row}" for row in wrapped(line, cells - 2)]
        else:
            rows += wrapped(line, cells, indent="  ") or [""]
    return "\n".join(rows)


def in_rows(text: str, count: int = VERDICT_ROWS) -> str:
    """A verdict in exactly `count` rows."""
    rows = text.splitlines()[:count]
    return "\n".join([*rows, *[" "] * (count - len(rows))])
