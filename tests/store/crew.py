"""Worker processes that race on one database, and what two visits may not share."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("race_worker.py")

PLACE = (
    *(f"INSERT INTO patient (id, given, created_at) VALUES ({n}, 'Maria', 0)" for n in range(1, 9)),
    "INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2)",
    "INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1), (2, 'Room 2', 2)",
    "INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest,"
    " planned_retention, removal, turnover, position) VALUES (1, 'Follow-up', 5, 5, 20, 30, 25, 5, 5, 1)",
)
"""Eight patients, two practitioners, two rooms and one service of 5 + 5 + 25 + 5 minutes and 5 of turnover."""
VISITS = "SELECT room_id, practitioner_id, patient_id, starts / 60000 FROM appointment"


class Crew:
    """Worker processes, ready and waiting for a line."""

    def __init__(self, size: int, stack: ExitStack) -> None:
        self.members = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(size)
        ]
        for member in self.members:
            stack.callback(member.kill)
        for member in self.members:
            assert self.hear(member) == "ready"

    def tell(self, *requests: dict[str, Any]) -> None:
        """Sends each member its request, in turn, with a seed of its own where one is asked for."""
        for number, member in enumerate(self.members):
            assert member.stdin is not None
            request = requests[number % len(requests)]
            mine = request | {"seed": number} if "seed" in request else request
            member.stdin.write(json.dumps(mine) + "\n")
            member.stdin.flush()

    def hear(self, member: subprocess.Popen[str]) -> Any:
        """The next thing that a member says."""
        assert member.stdout is not None
        line = member.stdout.readline()
        assert line, "the worker died"
        return json.loads(line)

    def hear_all(self) -> list[Any]:
        """The next thing that each says."""
        return [self.hear(member) for member in self.members]


def overlaps(visits: Iterable[tuple[int, int, int, int]]) -> int:
    """How many pairs of visits at `PLACE` share a room, a patient or a practitioner's hands at some minute."""
    found = 0
    for (room, who, patient, starts), (room_2, who_2, patient_2, starts_2) in combinations(visits, 2):
        apart = abs(starts - starts_2)
        found += room == room_2 and apart < 45
        found += patient == patient_2 and apart < 40
        found += who == who_2 and (apart < 10 or 25 < apart < 40)
    return found
