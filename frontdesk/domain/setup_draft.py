"""A set-up while it is being written: answers in the shape of `clinic.toml`, as rows a person can go through.

The rules are those of the file (`desk.clinic.read_answers`); here is only what a new clinic begins with and which row
an answer, or a problem, belongs to.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from msgspec import Struct

from frontdesk.domain.errors import Problem
from frontdesk.domain.hours import DAY_NAMES, WEEKDAYS
from frontdesk.domain.keeping import KEEP_YEARS
from frontdesk.domain.threshold import LATE, WAITING
from frontdesk.domain.visit import LATE_CANCEL_HOURS

LISTS = ("rooms", "equipment", "practitioners", "services", "closures")
"""The parts of which there may be several."""
HEAD = (
    ("name", "Name"),
    ("timezone", "Time zone"),
    ("phone_region", "Phones are of"),
    ("slot_minutes", "Grid, minutes"),
    ("keep_years", "Years kept"),
    ("late_cancel_hours", "Late cancel, h"),
)
"""What the clinic says of itself, with the words it is asked by."""
THRESHOLDS = (("waiting", "Waiting"), ("late", "Late"))
"""What is shown from some minutes on, and urgent from some more."""

_WORK_DAY = ["09:00-13:00", "14:00-18:00"]
NEW_CLINIC: dict[str, Any] = {
    "clinic": {
        "name": "",
        "timezone": "",
        "phone_region": "",
        "slot_minutes": 5,
        "keep_years": KEEP_YEARS,
        "late_cancel_hours": LATE_CANCEL_HOURS,
    },
    "hours": {day: list(_WORK_DAY) for day in WEEKDAYS[:5]},
    "thresholds": {"waiting": [WAITING.notice, WAITING.urgent], "late": [LATE.notice, LATE.urgent]},
    "rooms": [{"name": "Room 1"}, {"name": "Room 2"}, {"name": "Room 3"}],
    "equipment": [],
    "practitioners": [],
    "services": [
        {
            "name": "Initial",
            "consultation": 20,
            "insertion": 5,
            "retention": [20, 30],
            "planned_retention": 25,
            "removal": 5,
            "turnover": 5,
        },
        {
            "name": "Follow-up",
            "consultation": 10,
            "insertion": 5,
            "retention": [20, 30],
            "planned_retention": 25,
            "removal": 5,
            "turnover": 5,
        },
    ],
    "closures": [],
}
"""What is there already for a clinic that begins: usual hours and the two usual services."""


class RowKey(Struct, frozen=True):
    """One row of the set-up: its part, and which answer of it; `+` is the row that adds one."""

    part: str
    which: str | int

    @property
    def adds(self) -> bool:
        """Whether it stands for one that is not there yet."""
        return self.which == "+"


def new_clinic() -> dict[str, Any]:
    """The answers a new clinic begins with, to be changed at will."""
    return deepcopy(NEW_CLINIC)


def rows_of(answers: dict[str, Any]) -> list[RowKey]:
    """Every row, in the order of the file."""
    rows = [RowKey("clinic", key) for key, _ in HEAD]
    rows += [RowKey("hours", day) for day in WEEKDAYS]
    rows += [RowKey("thresholds", key) for key, _ in THRESHOLDS]
    for part in LISTS:
        rows += [RowKey(part, index) for index in range(len(answers[part]))]
        rows.append(RowKey(part, "+"))
    return rows


def row_of(problem: Problem) -> RowKey:
    """The row a problem belongs to: `rooms[2].chairs` is in the second room, `rooms` in the row that adds one."""
    match = re.match(r"(\w+)\[(\d+)\]", problem.where)
    if match:
        return RowKey(match[1], int(match[2]) - 1)
    part, _, which = problem.where.partition(".")
    if part in LISTS:
        return RowKey(part, "+")
    first = {"hours": WEEKDAYS[0], "thresholds": THRESHOLDS[0][0]}
    return RowKey(part, which or first.get(part, HEAD[0][0]))


def problem_words(problem: Problem) -> str:
    """What is wrong, without the words that only a file's writer would need."""
    if problem.where in LISTS and problem.reason.startswith("there is none"):
        return f"at least one {problem.where.removesuffix('s')} is needed"
    field = problem.where.rpartition(".")[2]
    told = problem.reason.startswith('"') or field in (*LISTS, "hours", "clinic", *WEEKDAYS) or "[" in field
    return problem.reason if told else f"{field.replace('_', ' ')} {problem.reason}"


def place_words(problem: Problem) -> str:
    """Where a problem is, for a list of them: `room 2`, `Monday`; empty for what the words name themselves."""
    row = row_of(problem)
    if row.part in LISTS and isinstance(row.which, int):
        day = problem.where.rpartition(".")[2]
        return f"{row.part.removesuffix('s')} {row.which + 1}{f', {DAY_NAMES[day]}' if day in DAY_NAMES else ''}"
    return DAY_NAMES[str(row.which)] if row.part == "hours" and "." in problem.where else ""


def without(answers: dict[str, Any], key: RowKey) -> dict[str, Any]:
    """The answers with one row taken out; an opening day becomes closed."""
    left = deepcopy(answers)
    if key.part == "hours":
        left["hours"].pop(key.which, None)
    elif key.part in LISTS and isinstance(key.which, int):
        del left[key.part][key.which]
    return left


def with_row(answers: dict[str, Any], key: RowKey, value: Any) -> dict[str, Any]:
    """The answers with one row put in or changed."""
    changed = deepcopy(answers)
    if key.part in LISTS:
        if isinstance(key.which, int):
            changed[key.part][key.which] = value
        else:
            changed[key.part].append(value)
    elif key.part == "hours" and not value:
        changed["hours"].pop(key.which, None)
    else:
        changed[key.part][key.which] = value
    return changed
