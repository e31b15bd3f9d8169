"""Slips of the finger in what is no name: one digit of a telephone number or a birth date, one letter of an address.

A slip is a character too many, one missing, one for another, or two neighbours swapped, as in `nearness`. A number on
file has nothing that near ones have in common; but there are few characters it may be written with, so that everything
one slip away from what was typed can be looked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frontdesk.domain.lookup.births import Births
from frontdesk.domain.lookup.nearness import edits_within

_NUMBER_FROM = 7
"""Digits from which a slip in them is thought of: fewer are near to a part of very many numbers."""
_NUMBER_UNTIL = 15
"""Digits of the longest number that is in use (ITU-T E.164)."""
_ADDRESS_FROM = 6
"""Characters of an address from which a slip in them is thought of."""
_ADDRESS_HEAD = 8
"""First characters of an address in which a slip is looked for by itself; one behind them by what they begin."""
_DAYS_AT_MOST = 4
"""Days that a date may mean up to which a slip in it is thought of: a half-typed one is near to everything."""
_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789._-+@"


def number_slips(digits: str) -> tuple[str, ...]:
    """Every number that is one slip away from these digits; none from too few of them."""
    if not _NUMBER_FROM <= len(digits) <= _NUMBER_UNTIL:
        return ()
    return tuple(dict.fromkeys(one for one in _slips(digits, len(digits), _DIGITS) if one != digits))


def address_slips(token: str) -> tuple[tuple[str, ...], str]:
    """What the token (`fold.email_token`) of an address may begin with that has a slip near its beginning.

    And what all those begin with whose slip comes later, which are then for `is_near_address` to tell.
    """
    if len(token) <= _ADDRESS_FROM:
        return (), ""
    head = min(_ADDRESS_HEAD, len(token) - 2)
    found = dict.fromkeys(f"@{one}" for one in _slips(token[1:], head, _LETTERS))
    return tuple(one for one in found if one != token), token[: head + 1]


def is_near_address(token: str, other: str) -> bool:
    """Whether an address on file is one slip away from the typed one, or begins with what is."""
    lengths = range(len(token) - 1, len(token) + 2)
    return any(edits_within(token, other[:length], 1) is not None for length in lengths)


def near_days(births: Births) -> frozenset[date]:
    """The days one slip away from a whole date: a digit for another, two swapped."""
    days = (*births.likely, *births.other)
    if len(days) > _DAYS_AT_MOST:
        return frozenset()
    found = {near for day in days for near in map(_day, _changed(f"{day:%Y%m%d}")) if near is not None}
    return frozenset(found.difference(days))


def _slips(text: str, head: int, letters: str) -> Iterator[str]:
    """The text with one slip that begins in its first `head` characters."""
    for at in range(head + 1):
        before, after = text[:at], text[at:]
        yield from (before + letter + after for letter in letters)
    for at in range(head):
        yield text[:at] + text[at + 1 :]
    yield from _changed(text, head, letters)


def _changed(text: str, head: int | None = None, letters: str = _DIGITS) -> Iterator[str]:
    for at in range(len(text) if head is None else head):
        yield from (text[:at] + letter + text[at + 1 :] for letter in letters if letter != text[at])
        yield text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
