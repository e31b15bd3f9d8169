"""In which order those stand who may be meant, and why.

1. Whoever is on file and comes, before those who have died or whose file is closed: nobody rings up for them, and a
   visit booked for the wrong one of two namesakes is worse than one line more to read. They stay findable, marked.
2. The nearest to what was typed. First by how many typed words are not theirs at all, then by how many letters had to
   be taken for slips, then by how many words are only beginnings (a nickname counts as one: nothing in it is wrong,
   but it is not what is written on the file); then whose whole name it is, before who has further names. A slip never
   stands before what was typed without one, however near the visit: else whoever types on would see the right one
   pushed away. Where a word is not theirs, the others may agree by chance: likelier meant is who shares the rarer word,
   who has it as it was typed and not with a slip, and whose own name is like the missing one in letters or in sound
   (`matching` has the weights, which are halvings of likelihood as record linkage counts them).
3. Of those equally near, who has a visit today; then who has one within a week; then the others. Who rings up, or
   stands at the desk, does so most often about a visit.
4. Then whoever was seen last: a clinic's patients come in courses, and files grow old by the thousand.
5. Then a nickname before a beginning, since it was typed to its end; and at last the name, so that the same letters
   always give the same order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from frontdesk.domain.hours import day_span
from frontdesk.domain.instants import to_ms

SOON_DAYS = 7
"""Days after today in which a visit is soon: `about Thursday` means the next one."""


class Fit(IntEnum):
    """How well one typed word fits a patient who has it; less is better."""

    WHOLE = 0
    """A whole word of the name, a whole number or its last four digits or more, the birth date."""
    CLOSE = 1
    """A nickname, the year of birth, the birth date read the other way round."""
    PART = 2
    """The beginning of a word, a part of a number."""
    SLIP = 3
    """A number, an e-mail address or a birth date with one slip in it."""


class Closeness(NamedTuple):
    """How far a patient is from all that was typed; compared in this order, less is nearer."""

    missing: int = 0
    """Typed words that are not theirs."""
    doubt: float = 0
    """Letters that must be slips; where words are missing, also how likely it is that the others agree by chance."""
    begun: int = 0
    """Words that are theirs, but not as a whole."""
    is_more: bool = False
    """Whether they have a given or family name beyond the words that were typed as a whole."""


class Visit(IntEnum):
    """When the next visit of a patient is."""

    TODAY = 0
    SOON = 1
    NONE = 2


class Days(NamedTuple):
    """What is today and what is soon, in milliseconds since 1970; `soon` is over at its end."""

    today: int
    tomorrow: int
    soon: int

    @classmethod
    @lru_cache(maxsize=8)
    def around(cls, day: date, timezone: str) -> Days:
        """The clinic's local day and the week after it."""
        today, last = day_span(day, timezone), day_span(day + timedelta(days=SOON_DAYS), timezone)
        return cls(to_ms(today.starts), to_ms(today.ends), to_ms(last.ends))

    def visit(self, starts: int | None) -> Visit:
        """When a visit is that starts then."""
        if starts is None or not self.today <= starts < self.soon:
            return Visit.NONE
        return Visit.TODAY if starts < self.tomorrow else Visit.SOON


UNKNOWN_DAYS = Days(0, 0, 0)
"""Where no visit is soon."""


class Hit(NamedTuple):
    """A patient who may be meant, with all that their place among the others depends on; compared in this order."""

    is_gone: bool
    """Whether they have died or their file is put away."""
    closeness: Closeness
    visit: Visit
    unseen: int
    """The time since they were seen last, the less the nearer: milliseconds since 1970, negative."""
    looseness: int
    """The sum of `Fit` over the typed words that fit."""
    name: tuple[str, str]
    """Family and given name."""
    patient_id: int
    terms: int
    """How many words were typed."""

    @property
    def is_sure(self) -> bool:
        """Whether everything that was typed is theirs, without a slip."""
        return not (self.closeness.missing or self.closeness.doubt)

    @property
    def score(self) -> float:
        """From 0 to 1, the nearer the higher; two patients that are equally near have the same."""
        if not self.terms:
            return 0.0
        share = 1 - self.closeness.missing / self.terms
        certainty = math.pow(0.6, max(0.0, self.closeness.doubt))
        return max(0.01, round(share * certainty * (1 - 0.15 * self.looseness / self.terms), 3))


NEVER_SEEN = 2**63
"""`Hit.unseen` of whoever never was."""


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in the order of this module's docstring; whoever was found twice has their best place."""
    found: dict[int, Hit] = {}
    for hit in sorted(hits):
        found.setdefault(hit.patient_id, hit)
    return list(found.values())
