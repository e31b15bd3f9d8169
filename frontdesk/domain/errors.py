"""What a user may be told went wrong.

Every error that a person can cause is a `Refused`: the program prints its one line and goes on (or exits with 1).
Anything else that escapes is a defect and shows as one.
"""

from __future__ import annotations

from msgspec import Struct


class Refused(Exception):
    """Something asked for can't be done; the message is one plain line that says what to do instead."""

    def __init__(self, why: str, *, free: str = "", option: str = "") -> None:
        """`free` names places that can be had instead, where there are any.

        `option` is what a verb would be given to do it all the same: the command line alone speaks of it.
        """
        super().__init__(f"{why} — free: {free}" if free else why)
        self.why = why
        """The reason where the places that are free are shown beside it."""
        self.option = option

    @property
    def line(self) -> str:
        """The one line for the command line."""
        return f"{self.reason} ({self.option})" if self.option else self.reason

    @property
    def reason(self) -> str:
        """The one line to show."""
        return str(self)


class NotFound(Refused):
    """A patient, appointment, room, service or practitioner that was named does not exist."""


class NotSaid(Refused):
    """What was typed says no day or time at all: nothing else is wrong with it."""


class Stale(Refused):
    """Someone else changed the thing since it was read; the message says who and what."""


class Retired(Refused):
    """Who is to be booked comes no more, by their file; it is done when asked again, and the file is in use again."""


class Guarded(Refused):
    """A guard of the database itself forbids it, whatever the program thought."""


class Unavailable(Refused):
    """The database can't be used: gone, replaced, locked too long, newer than the program, on a network drive."""


class Unsound(Unavailable):
    """A database of ours that contradicts itself or lost safeguards: to be checked and copied, not worked in."""


class Problem(Struct, frozen=True):
    """One thing wrong in an input, and its place (`rooms[2].chairs`, `line 12`, a field's name)."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Invalid(Refused):
    """An input with one or more problems, each with its place, so that all can be mended at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))
