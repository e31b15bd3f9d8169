"""A recurrence rule (RFC 5545 3.3.10) as icalendar can take it.

Blanks, escapes and parts that mean nothing are left out and reported; a rule that still can't be read is an error,
because its visits would silently be missing.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from icalendar.prop import vRecur

from frontdesk.exchange.ics_times import parse_time

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS = frozenset(("FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY"))
_PARTS |= {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"}
_NUMBER = re.compile(r"[+-]?\d{1,18}\Z")
_TIMES_LIMIT = 500  # times a day; dateutil lists them all before it takes its first step


def read_rule(value: str, report: Callable[[str], None]) -> str:
    """The rule in `value`, in its canonical form.

    `report` is told in words what was left out. Raises `ValueError` for a rule that can't be followed.
    """
    plain = "".join(value.replace("\\", "").split()).upper()
    if plain != value.strip().replace("\\", "").upper():
        report("blanks inside its rule were left out")
    said = f"its rule {value.strip()[:60]!r}"
    parts = _parts(plain.removeprefix("RRULE:"), report)
    if "FREQ" not in parts:
        raise ValueError(f"{said} does not say how often it repeats")
    if "UNTIL" in parts:
        parse_time(parts["UNTIL"])
    if not all(_NUMBER.match(parts[key]) for key in ("COUNT", "INTERVAL") if key in parts):
        raise ValueError(f"{said} can't be read")
    if int(parts.get("COUNT", 0)) < 0:
        del parts["COUNT"]  # Exchange's way to say that there is none
    if int(parts.get("INTERVAL", 1)) < 1:
        raise ValueError("its rule repeats after nothing (INTERVAL below 1)")
    if math.prod(parts.get(key, "").count(",") + 1 for key in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _TIMES_LIMIT:
        raise ValueError("it repeats too often to be an appointment")
    try:
        rule = str(vRecur.from_ical(";".join(f"{k}={v}" for k, v in parts.items())).to_ical().decode())
    except (ValueError, TypeError, ArithmeticError, LookupError):
        rule = ""
    if not rule.startswith("FREQ="):  # icalendar drops an empty list such as "FREQ=,"
        raise ValueError(f"{said} can't be read")
    return rule


def _parts(plain: str, report: Callable[[str], None]) -> dict[str, str]:
    """The parts of a rule that mean something, by their names; of several of a name the first."""
    parts: dict[str, str] = {}
    for part in plain.split(";"):
        key, _, text = part.partition("=")
        if key in _PARTS and text:
            parts.setdefault(key, text)
        elif key == "RSCALE" and text != "GREGORIAN":
            raise ValueError(f"its rule counts in the calendar {text[:20]!r}, which can't be followed")
        elif part and key not in (*_PARTS, "RSCALE", "SKIP") and not key.startswith("X-"):
            report(f"{part[:40]!r} in its rule means nothing and was left out")
    return parts
