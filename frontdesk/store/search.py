"""The lookup as one types: who may be meant, best first, from indexes alone and without ever refusing a text.

The rarest word drives: its matches are read from the token table by prefix, and whatever else was typed is asked of
each of them. A word that very many share is cut off, and those seen last are looked through as well, so that
whoever was here this week comes up after two letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, Select

from frontdesk.store import schema
from frontdesk.store.births import Births
from frontdesk.store.query import Born, Name, Number, Record, Slot, Term, readings

_VISITED = 20_000
"""Matches of the driving word of which the rest is asked; more than any word but one of a letter or two has."""
_COMMON = 5_000
"""Matches from which a word is common, and not counted further."""
_MANY_DIGITS = 2
"""Digits from which part of a telephone number is rarer than a common word."""
_RANKED = 400
"""Candidates of one source that are scored and sorted."""
_RECENT = 400
"""Patients seen last that are looked through when a source was cut off."""
_LAST = "\U0010ffff"
"""Sorts after every letter: the end of the range of all words with one beginning."""

_WHOLE, _LIKELY, _SPAN, _ENDING, _OTHER, _PART = 100, 95, 92, 90, 85, 70
"""How close a term is: whole word or number, likely birth date, year, end of a number, other date, a part."""

_patient = schema.patient.c
_token = schema.patient_token.c
_phone = schema.phone.c


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patient who may be meant; `score` runs from 0 to 1, and a whole word counts more than the beginning of one."""

    patient_id: int
    score: float
    last_seen_at: DateTime | None = None


def candidates(conn: Connection, text: str, *, day_first: bool = True, limit: int = 200) -> list[Candidate]:
    """Who may be meant by what was typed, the closest first, then whoever was seen last, then by name.

    All words must match, in any order. Nothing typed gives those seen last; a text without a letter, digit or number
    finds nobody. `day_first` says which day 03/04 is likelier to be; the other is found as well.
    """
    if not text.strip():
        return _ranked(conn, _patient.id.in_(_recent(limit).scalar_subquery()), sa.literal(0), limit)
    found: dict[int, Candidate] = {}
    for reading in readings(text, day_first=day_first):
        if reading.fallback and found:
            continue
        for one in _candidates(conn, reading.terms, limit):
            known = found.get(one.patient_id)
            if known is None or known.score < one.score:
                found[one.patient_id] = one
    # Each reading is sorted by score, last visit and name already, and sorting keeps the order of equals.
    return sorted(found.values(), key=lambda one: -one.score)[:limit]


def _candidates(conn: Connection, terms: Sequence[Term], limit: int) -> list[Candidate]:
    records = [term.patient_id for term in terms if isinstance(term, Record)]
    conditions = [_holds(term, _patient.id) for term in terms]
    score: ColumnElement[int] = sum((_closeness(term) for term in terms[1:]), start=_closeness(terms[0]))
    if records:
        return _ranked(conn, sa.and_(*conditions), score, limit, terms=len(terms))
    driver = _rarest(conn, terms)
    sources = _sources(terms[driver], [term for place, term in enumerate(terms) if place != driver])
    ids: set[int] = set()
    cut = False
    for source in sources:
        rows = conn.execute(source.limit(_RANKED)).scalars().all()
        ids.update(rows)
        cut = cut or len(rows) == _RANKED
        if len(ids) >= 2 * _RANKED:
            break
    if cut:
        recent = sa.select(_patient.id).where(_patient.id.in_(_recent(_RECENT).scalar_subquery()), *conditions)
        ids.update(conn.execute(recent).scalars())
    return _ranked(conn, _patient.id.in_(sorted(ids)), score, limit, terms=len(terms)) if ids else []


def _ranked(
    conn: Connection, condition: ColumnElement[bool], score: ColumnElement[int], limit: int, *, terms: int = 1
) -> list[Candidate]:
    total = score.label("total")
    chosen = (
        sa.select(_patient.id, _patient.last_seen_at, total)
        .where(condition)
        .order_by(total.desc(), _patient.last_seen_at.desc().nulls_last(), _patient.family, _patient.given, _patient.id)
        .limit(limit)
    )
    return [Candidate(row.id, row.total / (100 * terms), row.last_seen_at) for row in conn.execute(chosen)]


def _recent(limit: int) -> Select[tuple[int]]:
    """Whoever was seen last, then whoever was put on file last."""
    return sa.select(_patient.id).order_by(_patient.last_seen_at.desc().nulls_last(), _patient.id.desc()).limit(limit)


def _rarest(conn: Connection, terms: Sequence[Term]) -> int:
    """The place of the term with the fewest matches; digits drive where no name does, or where all are too common."""
    if len(terms) == 1:
        return 0
    digits = {place: len(term.digits) for place, term in enumerate(terms) if isinstance(term, Number)}
    names = [place for place, term in enumerate(terms) if isinstance(term, Name)]
    if not names:
        return next((place for place in range(len(terms)) if place not in digits), max(digits, key=digits.__getitem__))
    counts = conn.execute(sa.select(*(_count(term) for term in terms if isinstance(term, Name)))).one()
    fewest, rarest = min(zip(counts, names, strict=True))
    longest = max(digits, key=digits.__getitem__, default=None)
    if fewest >= _COMMON and longest is not None and digits[longest] >= _MANY_DIGITS:
        return longest
    return rarest


def _count(term: Name) -> ColumnElement[int]:
    """How many tokens a word's options begin, each counted to `_COMMON` at most."""
    beginnings = [form for option in term.options for form in max(option, key=_letters)]
    some = (sa.select(_token.patient_id).where(_begins(form)).limit(_COMMON).subquery() for form in beginnings)
    counts = [sa.select(sa.func.count()).select_from(one).scalar_subquery() for one in some]
    return sum(counts[1:], start=counts[0])


def _letters(slot: Slot) -> int:
    return len(slot[0])


def _sources(term: Term, others: Sequence[Term]) -> list[Select[Any]]:
    """Selects of patient ids that together give everyone for whom `term` and all `others` hold."""
    if isinstance(term, Name):
        return [
            _named(form, [slot for slot in option if slot is not driving], others)
            for option in term.options
            for driving in (max(option, key=_letters),)
            for form in driving
        ]
    if isinstance(term, Born):
        return [_also(sa.select(_patient.id).where(_born(term.births, _patient.birth_date)), _patient.id, others)]
    if isinstance(term, Record):
        return [_also(sa.select(_patient.id).where(_patient.id == term.patient_id), _patient.id, others)]
    # What indexes give comes first: all stored numbers are read only for a middle part of one, and where few are found.
    found: list[Select[Any]] = []
    if term.births:
        born = sa.select(_patient.id).where(_born(term.births, _patient.birth_date))
        found.append(_also(born, _patient.id, others))
    for pattern in (*(_ends(digits) for digits in term.phones), _has_digits(term)):
        found.append(_also(sa.select(_phone.patient_id).where(pattern), _phone.patient_id, others))
    found.insert(-1, _also(sa.select(_token.patient_id).where(_begins(term.digits)), _token.patient_id, others))
    return found


def _named(form: str, slots: Sequence[Slot], others: Sequence[Term]) -> Select[Any]:
    """Who has a word that begins with `form`, shortest such words first, and everything else that was typed."""
    visited = sa.select(_token.patient_id).where(_begins(form)).order_by(_token.token).limit(_VISITED).subquery()
    who = visited.c.patient_id
    return _also(sa.select(who).where(*(_has_any(slot, who) for slot in slots)), who, others)


def _also(source: Select[Any], who: ColumnElement[int], others: Sequence[Term]) -> Select[Any]:
    return source.where(*(_holds(term, who) for term in others))


def _holds(term: Term, who: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a term is true of a patient; each asks one index by the patient's id."""
    match term:
        case Name():
            return sa.or_(*(sa.and_(*(_has_any(slot, who) for slot in option)) for option in term.options))
        case Record():
            return who == term.patient_id
        case Born():
            return _is_born(term.births, who)
        case Number():
            ways = [
                _exists(schema.phone, _phone.patient_id == who, _has_digits(term)),
                _exists(schema.patient_token, _token.patient_id == who, _begins(term.digits)),
            ]
            return sa.or_(*ways, *([_is_born(term.births, who)] if term.births else []))


def _closeness(term: Term) -> ColumnElement[int]:
    """How well a term that holds fits the patient, in hundredths."""
    who = _patient.id
    match term:
        case Name():
            whole = sa.or_(*(sa.and_(*(_has_whole(slot, who) for slot in option)) for option in term.options))
            return sa.case((whole, _WHOLE), else_=_PART)
        case Record():
            return sa.literal(_WHOLE)
        case Born():
            return sa.literal(_WHOLE)
        case Number():
            numbers = [digits[::-1] for digits in {term.digits, *term.phones}]
            ends = sa.or_(*(_ends(digits) for digits in term.phones))
            ways: list[tuple[ColumnElement[bool], int]] = [
                (_exists(schema.phone, _phone.patient_id == who, _phone.digits_reversed.in_(numbers)), _WHOLE)
            ]
            if term.births.likely:
                ways.append((_patient.birth_date.in_(term.births.likely), _LIKELY))
            ways.append((_exists(schema.phone, _phone.patient_id == who, ends), _ENDING))
            if term.births.other:
                ways.append((_patient.birth_date.in_(term.births.other), _OTHER))
            if term.births.spans:
                ways.append((_born(term.births, _patient.birth_date), _SPAN))
            return sa.case(*ways, else_=_PART)


def _begins(form: str) -> ColumnElement[bool]:
    return sa.and_(_token.token >= form, _token.token < form + _LAST)


def _has_any(slot: Slot, who: ColumnElement[int]) -> ColumnElement[bool]:
    return sa.or_(*(_exists(schema.patient_token, _token.patient_id == who, _begins(form)) for form in slot))


def _has_whole(slot: Slot, who: ColumnElement[int]) -> ColumnElement[bool]:
    return _exists(schema.patient_token, _token.patient_id == who, _token.token.in_(slot))


def _has_digits(term: Number) -> ColumnElement[bool]:
    # Nothing but digits ever gets into these patterns, so nothing in them needs escaping.
    return sa.or_(*(_phone.digits_reversed.like(f"%{digits[::-1]}%") for digits in term.phones))


def _ends(digits: str) -> ColumnElement[bool]:
    reversed_digits = digits[::-1]
    return sa.and_(_phone.digits_reversed >= reversed_digits, _phone.digits_reversed < reversed_digits + ":")


def _is_born(births: Births, who: ColumnElement[int]) -> ColumnElement[bool]:
    other = schema.patient.alias()
    return sa.exists(sa.select(1).select_from(other).where(other.c.id == who, _born(births, other.c.birth_date)))


def _born(births: Births, birth_date: ColumnElement[date | None]) -> ColumnElement[bool]:
    days = (*births.likely, *births.other)
    spans = [birth_date.between(first, last) for first, last in births.spans]
    return sa.or_(*([birth_date.in_(days)] if days else []), *spans)


def _exists(table: sa.Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return sa.exists(sa.select(1).select_from(table).where(*conditions).correlate_except(table))
