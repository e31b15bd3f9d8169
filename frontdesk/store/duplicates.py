"""Whose files may be one person's: those that share a birth date, a telephone, an e-mail address or a whole name.

Only finds them; `domain.duplicates` says how alike two are. One pass over everybody's name and birth date, on request:
some seconds for a hundred thousand patients, and nothing of it is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations, groupby
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.lookup.fold import email_token, forms, parts, phone_digits, words
from frontdesk.store import schema

_CROWD = 40
"""Files with one telephone or e-mail address from which it tells nobody from anybody: a home's, a firm's."""
_NUMBER_END = 8
"""Digits at the end of a telephone number that are the same however it is written, with its country or without."""


class Named(NamedTuple):
    """As much of a file as tells whether to look at all of it."""

    id: int
    given: str
    family: str
    known_as: str
    birth_date: date | None
    email: str


def name_words(*names: str) -> frozenset[str]:
    """The folded words of names, each in every form it is found under."""
    return frozenset(form for name in names for word in words(name) for part in parts(word) for form in forms(part))


def plain_words(text: str) -> frozenset[str]:
    """The folded words of a text in their plain form: of an address, say."""
    return frozenset(found[0] for word in words(text) if (found := forms(word)))


def number_key(phone: str) -> str:
    """What a telephone number is compared by; empty for what is too short to be one."""
    digits = phone_digits(phone)
    return digits[-_NUMBER_END:] if len(digits) >= _NUMBER_END else ""


def sharing(conn: Connection, *, born: date | None, phones: Iterable[str], email: str) -> frozenset[int]:
    """Who has this birth date, or one of these telephones, or this e-mail address; of each at most some dozens."""
    phone, token, patient = schema.phone.c, schema.patient_token.c, schema.patient.c
    asked: list[sa.Select[tuple[int]]] = []
    if born is not None:
        asked.append(sa.select(patient.id).where(patient.birth_date == born).limit(_CROWD * 10))
    for number in {number_key(one) for one in phones} - {""}:
        ending = number[::-1]
        asked.append(
            sa.select(phone.patient_id.label("id"))
            .where(phone.digits_reversed >= ending, phone.digits_reversed < f"{ending}:")
            .limit(_CROWD)
        )
    if email_token(email):
        asked.append(sa.select(token.patient_id.label("id")).where(token.token == email_token(email)).limit(_CROWD))
    return frozenset(row.id for one in asked for row in conn.execute(one))


def pairs(conn: Connection, worth: Callable[[Named, Named], bool]) -> Iterator[tuple[int, int]]:
    """Pairs of files that share something, lower number first, each once.

    `worth` is asked of those who share nothing but a birth date or a name, since any two hundred people do.
    """
    seen: set[tuple[int, int]] = set()
    for one, other in _all(conn, worth):
        pair = (min(one, other), max(one, other))
        if pair not in seen:
            seen.add(pair)
            yield pair


def _all(conn: Connection, worth: Callable[[Named, Named], bool]) -> Iterator[tuple[int, int]]:
    patient, phone = schema.patient.c, schema.phone.c
    everybody = sa.select(
        patient.id, patient.given, patient.family, patient.known_as, patient.birth_date, patient.email
    ).order_by(patient.birth_date, patient.id)
    named: dict[frozenset[str], list[Named]] = defaultdict(list)
    reached: dict[str, list[int]] = defaultdict(list)
    people = (Named(*row) for row in conn.execute(everybody))
    for born, group in groupby(people, lambda one: one.birth_date):
        same = list(group)
        for one in same:
            named[plain_words(f"{one.given} {one.family}")].append(one)
            if one.email:
                reached[one.email.casefold()].append(one.id)
        if born is not None:
            yield from _worthy(same, worth)
    for namesakes in named.values():
        yield from _worthy(namesakes, worth)
    for patient_id, digits in conn.execute(sa.select(phone.patient_id, phone.digits_reversed)):
        if len(digits) >= _NUMBER_END:
            reached[digits[:_NUMBER_END]].append(patient_id)
    for ids in reached.values():
        members = sorted(set(ids))
        if len(members) <= _CROWD:
            yield from combinations(members, 2)


def _worthy(people: list[Named], worth: Callable[[Named, Named], bool]) -> Iterator[tuple[int, int]]:
    return ((one.id, other.id) for one, other in combinations(people, 2) if worth(one, other))
