"""The lookup as one types: who may be meant, best first, from indexes alone and without ever refusing a text.

The rarest word drives: whoever has it is read from the index in the order of nearness, and whatever else was typed is
asked of each of them. A word that very many share is cut off there; so those with a visit soon and those seen last are
looked through as well, and whoever is expected comes up after two letters.

Where few are found, what was typed may hold a slip, or a word that is not theirs: then the words that are near to it
are tried, and those who have all but one of the words. The order is `domain.lookup.ranking`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime, from_timestamp
from sqlalchemy import Connection

from frontdesk.domain.lookup.fold import fold, words
from frontdesk.domain.lookup.matching import Likeness, closenesses, likeness
from frontdesk.domain.lookup.nearness import SHORTEST, edits_between, forgiven, variants
from frontdesk.domain.lookup.query import Name, Number, Reading, Record, Term, readings
from frontdesk.domain.lookup.ranking import Closeness, Days, Fit, Hit, Visit, ranked, standing
from frontdesk.domain.lookup.romanised import sounds
from frontdesk.store import schema
from frontdesk.store.search_sql import (
    Question,
    counted,
    either,
    facts,
    fit,
    fitting,
    near_words,
    next_visits,
    seen_last,
    sources,
    words_of,
)

FEW = 5
"""Patients found without a slip below which slips are thought of: as many as are taken in at a glance."""
GUESSES = 20
"""Patients that are guessed at most: more would bury those who were meant."""
_VISITED = 10_000
"""Ids of the driving word of which the rest is asked; more than any word but one of a letter or two has."""
_COMMON = 5_000
"""Ids from which a word is common, and not counted further."""
_MANY_DIGITS = 2
"""Digits from which part of a telephone number is rarer than a common word."""
_RANKED = 200
"""Ids of one source that are ranked."""
_RECENT = 300
"""Patients seen last that are looked through when a source was cut off."""
_EXPECTED = 1_000
"""The next visits, whose patients are looked through then."""
_NEAR_WORDS = 40
"""Words that a mistyped one may mean."""
_ALIKE = 300
"""Patients looked through who share some of the words: as many as have the commonest family names of a large clinic."""

_IDS = 1_000
"""Ids in one IN list."""

_patient = schema.patient.c
Fits = dict[int, tuple[int | None, ...]]
"""By id, how well each term fits; None where it does not."""


def candidates(
    conn: Connection, text: str, *, days: Days | None = None, day_first: bool = True, limit: int = 200
) -> list[Hit]:
    """Who may be meant by what was typed, in the order of `domain.lookup.ranking`.

    All words must match, in any order, unless few are found. Nothing typed gives those seen last; a text without a
    letter or digit finds nobody. `days` are those by which a visit is soon; `day_first` says which day 03/04 is
    likelier to be (the other is found as well).
    """
    if not text.strip():
        return _seen_last(conn, limit)
    hits: list[Hit] = []
    read = readings(text, day_first=day_first)
    for reading in read:
        if reading.fallback and hits:
            continue
        hits += _hits(conn, _strict(conn, reading.terms, days), reading.terms, days)
    sure = ranked(hits)
    if len(sure) >= FEW:
        return sure[:limit]
    guesses: list[Hit] = []
    for reading in read:
        if not (reading.fallback and (sure or any(not hit.closeness.missing for hit in guesses))):
            guesses += _guessed(conn, reading, days, known=len(sure))
    guesses = ranked(guesses)
    found = {hit.patient_id for hit in sure}
    new = [hit for hit in guesses if hit.patient_id not in found]
    return ranked([*sure, *new[:GUESSES]])[:limit]


def _seen_last(conn: Connection, limit: int) -> list[Hit]:
    """Whoever was seen last, then whoever was put on file last."""
    seen = sa.select(_patient.id).where(_patient.last_seen_at.is_not(None)).order_by(_patient.last_seen_at.desc())
    ids = list(conn.execute(seen.limit(limit)).scalars())
    if len(ids) < limit:
        rest = sa.select(_patient.id).where(_patient.last_seen_at.is_(None)).order_by(_patient.id.desc())
        ids += conn.execute(rest.limit(limit - len(ids))).scalars()
    return ranked(_hit(row, Closeness(), 0, 0, None) for row in _facts(conn, ids, None))


def _strict(conn: Connection, terms: Sequence[Term], days: Days | None) -> Fits:
    """Whom all terms fit."""
    nothing_near: list[Sequence[str]] = [()] * len(terms)
    driver, is_common = _rarest(conn, terms, nothing_near)[0]
    ask = Question(conn)
    source = either(sources(ask, terms[driver], _RANKED if len(terms) == 1 else _VISITED))
    rows = ask.rows(fitting(source, [fit(ask, term, "c.id") for term in terms], 2 * _RANKED))
    found = {row[0]: tuple(row[1:]) for row in rows}
    if is_common or len(rows) >= _RANKED:
        for expected in _expected(days):
            ask = Question(conn)
            words = fitting(expected(ask), [fit(ask, term, "c.id") for term in terms], _RANKED)
            found.update((row[0], tuple(row[1:])) for row in ask.rows(words))
    return found


def _expected(days: Days | None) -> Iterator[Callable[[Question], str]]:
    """Selects of whoever comes soon, and of whoever was seen last."""
    if days is not None:
        first, last = _milliseconds(days.today), _milliseconds(days.soon)
        yield lambda ask: next_visits(ask, first, last, _EXPECTED)
    yield lambda _: seen_last(_RECENT)


def _guessed(conn: Connection, reading: Reading, days: Days | None, known: int) -> list[Hit]:
    """Whom all terms fit but for slips; where these are few too, whom all but one of the terms fit."""
    terms = reading.terms
    if any(isinstance(term, Record) for term in terms):
        return []  # who is named by number is nobody else
    near = [
        [*_near_words(conn, term), *(sounds(term.typed) if term.forms else ())] if isinstance(term, Name) else []
        for term in terms
    ]
    found: Fits = {}
    order = _rarest(conn, terms, near)
    if any(near):
        driver, _ = order[0]
        found = _alike(conn, terms, near, driver, len(terms))
    if not known and not found and len(terms) > 1:
        # Of any two terms one is there where only one of all is not: so those who have either are all there are.
        for driver, _ in order[:2]:
            term = terms[driver]
            if isinstance(term, Name) and len(term.typed) >= SHORTEST:
                found = {**_alike(conn, terms, near, driver, len(terms) - 1), **found}
    return _guesses(conn, found, terms, days)


def _alike(conn: Connection, terms: Sequence[Term], near: Sequence[Sequence[str]], driver: int, needed: int) -> Fits:
    ask = Question(conn)
    source = either(sources(ask, terms[driver], _VISITED if needed > 1 else _ALIKE, near[driver]))
    fits = [fit(ask, term, "c.id", words) for term, words in zip(terms, near, strict=True)]
    rows = ask.rows(fitting(source, fits, _ALIKE, needed=needed))
    return {row[0]: tuple(row[1:]) for row in rows}


def _near_words(conn: Connection, term: Name) -> Sequence[str]:
    """The words on file that a typed one may be a slip of, the nearest first; one edit before two are thought of."""
    for most in (1, 2):
        found: dict[str, int] = {}
        for form in term.forms:
            if forgiven(form) < most:
                continue
            for word in near_words(conn, variants(form, most)):
                edits = edits_between(form, word)
                if edits:
                    found[word] = min(edits, found.get(word, edits))
        if found:
            return sorted(found, key=lambda word: (found[word], len(word), word))[:_NEAR_WORDS]
    return ()


def _rarest(conn: Connection, terms: Sequence[Term], near: Sequence[Sequence[str]]) -> list[tuple[int, bool]]:
    """The places of the terms, those with the fewest matches first, and whether each is common.

    Digits drive where no name does, or where all are too common: how many have them is not counted.
    """
    if len(terms) == 1:
        return [(0, False)]
    names = [place for place, term in enumerate(terms) if isinstance(term, Name)]
    counts: dict[int, int] = {}
    if names:
        ask = Question(conn)
        sums = ", ".join(counted(ask, term, near[place], _COMMON) for place, term in _names(terms))
        counts = dict(zip(names, ask.rows(f"SELECT {sums}")[0], strict=True))
    for place, term in enumerate(terms):
        if isinstance(term, Record):
            counts[place] = -1
        elif isinstance(term, Number):
            many = len(term.digits) >= _MANY_DIGITS
            counts[place] = _COMMON - 1 if many else 10 * _COMMON
        elif place not in counts:
            counts[place] = _COMMON - 2 if names else 0
    return [(place, counts[place] >= _COMMON) for place in sorted(counts, key=lambda one: (counts[one], one))]


def _names(terms: Sequence[Term]) -> Iterator[tuple[int, Name]]:
    return ((place, term) for place, term in enumerate(terms) if isinstance(term, Name))


def _hits(conn: Connection, fits: Fits, terms: Sequence[Term], days: Days | None) -> list[Hit]:
    """Whom everything fits, with all that their place depends on."""
    names = sum(isinstance(term, Name) for term in terms)
    hits: list[Hit] = []
    for row in _facts(conn, fits, days):
        known = fits[row[0]]
        begun = sum(1 for one in known if one)
        near = Closeness(begun=begun, is_more=names > 0 and not begun and len(words(f"{row[1]} {row[2]}")) > names)
        hits.append(_hit(row, near, sum(one or 0 for one in known), len(terms), days))
    return hits


def _guesses(conn: Connection, fits: Fits, terms: Sequence[Term], days: Days | None) -> list[Hit]:
    """The same of those whom something does not fit, or only with a slip."""
    rows = {row[0]: row for row in _facts(conn, fits, days)}
    alike: dict[int, Likeness] = {}
    for some in _slices(sorted(rows)):
        theirs: dict[int, list[str]] = defaultdict(list)
        for key, word in words_of(conn, some):
            theirs[key].append(word)
        for key in some:
            known = [
                (term, None if isinstance(term, Name) or how is None else Fit(how))
                for term, how in zip(terms, fits[key], strict=True)
            ]
            alike[key] = likeness(known, theirs[key], fold(rows[key][1]))
    near = closenesses(alike.items(), len(terms))
    return [_hit(row, near[key], alike[key].looseness, len(terms), days) for key, row in rows.items()]


def _facts(conn: Connection, ids: Iterable[int], days: Days | None) -> list[Any]:
    span = None if days is None else (_milliseconds(days.today), _milliseconds(days.soon))
    return [row for some in _slices(sorted(ids)) for row in facts(conn, some, span)]


def _hit(row: Any, near: Closeness, loose: int, terms: int, days: Days | None) -> Hit:
    key, family, given, last_seen, deceased_on, retired, starts = row
    visit = Visit.NONE if days is None or starts is None else days.visit(from_timestamp(starts / 1000))
    who = standing(is_deceased=deceased_on is not None, is_retired=bool(retired))
    return Hit(key, near, (family, given), who, visit, last_seen, loose, terms)


def _milliseconds(instant: DateTime) -> int:
    return int(instant.timestamp() * 1000)


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _IDS):
        yield ids[first : first + _IDS]
