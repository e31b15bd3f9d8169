"""What a name, an address or a telephone number is compared by, where two files may be one person's."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.domain.duplicates import Traits
from frontdesk.domain.lookup.fold import forms, parts, phone_digits, words
from frontdesk.domain.lookup.nicknames import related

NUMBER_END = 8
"""Digits at the end of a telephone number that are the same however it is written, with its country or without."""


@lru_cache(maxsize=5_000)
def name_forms(*names: str) -> frozenset[str]:
    """The folded words of names, each in every form it is found under."""
    return frozenset(form for name in names for word in words(name) for part in parts(word) for form in forms(part))


def plain_words(text: str) -> frozenset[str]:
    """The folded words of a text in their plain form: of an address, say."""
    return frozenset(found[0] for word in words(text) if (found := forms(word)))


def number_key(phone: str) -> str:
    """What a telephone number is compared by; empty for what is too short to be one."""
    digits = phone if phone.isascii() and phone.isdigit() else phone_digits(phone)
    return digits[-NUMBER_END:] if len(digits) >= NUMBER_END else ""


@lru_cache(maxsize=5_000)
def nicknames(given: frozenset[str]) -> frozenset[str]:
    """The names that given names are short for, or shortened to."""
    return frozenset(other for word in given for other in related(word))


@lru_cache(maxsize=5_000)
def by_name(given: str, family: str, known_as: str) -> Traits:
    """What two files are compared by where nothing but the names is known."""
    said = name_forms(given, known_as)
    return Traits(said, name_forms(family), nicknames(said))
