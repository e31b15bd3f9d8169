"""The rows of the set-up as lines: what it is at the left, what it says in the middle, what is wrong at the right."""

from __future__ import annotations

from datetime import date
from typing import Any

from frontdesk.domain.hours import DAY_NAMES
from frontdesk.domain.opening_words import week_words
from frontdesk.domain.setup_draft import HEAD, THRESHOLDS, RowKey
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, pad, width

_ADD = {
    "rooms": "add a room",
    "equipment": "add equipment",
    "practitioners": "add a practitioner",
    "services": "add a service",
    "closures": "add closed days",
}
_NAME = 16
"""Cells for what a row is called."""
_BEFORE = 15 + _NAME + 1
"""Cells before what a row says."""
_HINTS = {
    "name": "the clinic's name",
    "timezone": "like America/Toronto",
    "phone_region": "two letters of the country, like CA",
    "slot_minutes": "",
    "keep_years": "of files, after the last visit",
    "late_cancel_hours": "hours before a visit",
}


def row_line(answers: dict[str, Any], key: RowKey, cells: int, *, first: bool) -> Line:
    """One row of at most `cells` cells; `first` of its part bears the part's name.

    Of a service that is too long for that, what it needs is kept and its lengths are one number.
    """
    part = pad(key.part.capitalize() if first else "", 15)
    if key.adds:
        return (Span(part, "strong"), Span(f"+ {_ADD[key.part]}", "dim"))
    if key.part == "clinic":
        label = dict(HEAD)[str(key.which)]
        value = str(answers["clinic"].get(key.which, ""))
        hint = _HINTS[str(key.which)]
        words = Span(visible(value), "text") if value else Span(hint, "dim")
        return (Span(part, "strong"), Span(f"{pad(label, _NAME)} ", "dim"), words)
    if key.part == "thresholds":
        notice, urgent = answers["thresholds"][key.which]
        words = Span(f"! from {notice} min, !! from {urgent} min", "text")
        return (Span(part, "strong"), Span(f"{pad(dict(THRESHOLDS)[str(key.which)], _NAME)} ", "dim"), words)
    if key.part == "hours":
        spans = answers["hours"].get(key.which, [])
        words = Span(", ".join(spans)) if spans else Span("closed", "dim")
        return (Span(part, "strong"), Span(f"{pad(DAY_NAMES[str(key.which)], _NAME)} ", "dim"), words)
    assert isinstance(key.which, int)
    name, said = _said(key.part, answers[key.part][key.which])
    if key.part == "services" and width(visible(said)) > cells - _BEFORE - max(0, width(visible(name)) - _NAME):
        said = _short(answers[key.part][key.which])
    # A long name takes what is left of the row.
    called = max(_NAME, min(width(visible(name)), cells - _BEFORE + _NAME - width(visible(said))))
    return (Span(part, "strong"), Span(f"{pad(name, called)} ", "text"), Span(visible(said), "dim"))


def _said(part: str, one: dict[str, Any]) -> tuple[str, str]:
    if part == "rooms":
        chairs = one.get("chairs", 1)
        said = [one.get("kind", ""), "" if chairs == 1 else f"{chairs} chairs, a timer each"]
        return one["name"], ", ".join(word for word in said if word)
    if part == "equipment":
        return one["name"], f"{one.get('count', 1)} of it"
    if part == "practitioners":
        hours = one.get("hours")
        days = "the clinic's hours" if hours is None else week_words(hours) if any(hours.values()) else "no hours"
        return one["name"], f"{days}{_until(one)}"
    if part == "services":
        earliest, latest = one["retention"]
        rest = f"rest {earliest}–{latest} ({one.get('planned_retention', earliest)})"
        lengths = f"{one['consultation']} + {one['insertion']}, {rest}, {one['removal']} + {one['turnover']} turnover"
        rooms = f", on a {' or '.join(one['rooms'])}" if one.get("rooms") else ""
        takes = f", takes {', '.join(one['equipment'])}" if one.get("equipment") else ""
        return one["name"], f"{lengths}{rooms}{takes}{_until(one)}"
    first, last = one["from"], one.get("until") or one["from"]
    return _day(first), f"to {_day(last)}  {one.get('reason', '')}" if last != first else one.get("reason", "")


def _short(one: dict[str, Any]) -> str:
    """A service in few words: `45 min · table · E-stim unit · last 16:00`."""
    resting = one.get("planned_retention", one["retention"][0])
    minutes = one["consultation"] + one["insertion"] + resting + one["removal"]
    last = f"last {one['last_start']}" if one.get("last_start") else ""
    needs = (" or ".join(one.get("rooms", ())), ", ".join(one.get("equipment", ())), last)
    return " · ".join((f"{minutes} min", *filter(None, needs)))


def _until(one: dict[str, Any]) -> str:
    return f", last start {one['last_start']}" if one.get("last_start") else ""


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b %Y}"
