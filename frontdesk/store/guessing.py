"""Who may be meant though something that was typed is not theirs: a slip of the finger, a word too many, another name.

The words on file that are near to a typed one are found by equality in an index, as are the numbers and addresses that
are one slip away, so none of this reads through a table. Whoever has some of it in common is then compared word by word
(`domain.lookup.matching`), and only of the nearest is the rest read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from frontdesk.domain.lookup.fold import words
from frontdesk.domain.lookup.matching import SOUNDS_LIKE, Comparer, Likeness, closenesses
from frontdesk.domain.lookup.nearness import SHORTEST, forgiven, near_of, variants
from frontdesk.domain.lookup.query import Born, Name, Number, Reading, Record, Term
from frontdesk.domain.lookup.ranking import Closeness, Fit, Hit, ranked
from frontdesk.domain.lookup.romanised import sounds
from frontdesk.domain.lookup.slips import address_slips, is_near_address, near_days, number_slips
from frontdesk.store.question import Question
from frontdesk.store.search_hits import Placing, name_of
from frontdesk.store.search_sql import (
    Near,
    begun_by,
    either,
    fit,
    fitting,
    is_told,
    near_words,
    people,
    rarest,
    sources,
    words_of,
)

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

FEW = 5
"""Patients found without a slip below which slips are thought of: as many as are taken in at a glance."""
GUESSES = 20
"""Patients that are guessed at most: more would bury those who were meant."""
BESIDE = 5
"""Patients at most of whom a word is missing, or that is theirs by its sound alone, beside somebody whom all fits."""
_NEAR_WORDS = 40
"""Words that a mistyped one may mean."""
_VISITED = 5_000
"""Ids of the driving word of which the rest is asked."""
_COUNTED = 500
"""Ids to which a word is counted."""
_ALIKE = 50
"""Patients looked through who share a word: of more than that nobody can say who is likelier."""
_ALIKE_BESIDE = 25
"""The same where somebody is found already who has all words."""
_SAYS_MUCH = 4
"""Digits from which a part of a number is worth a look though nothing else is right."""
_ADDRESSES = 50
_NUMBERS = 100
"""Patients at most whose address, or number, is one slip away."""


def guesses(conn: Askable, read: Sequence[Reading], hits: Sequence[Hit], placing: Placing) -> list[Hit]:
    """The nearest of those whom something does not fit, without the `hits` whom all fits.

    First whom all fits but for slips; where these are few too, whom all but one word fits. But while the beginning of
    a word leads to somebody, it is still being typed, and not yet somebody else's.
    """
    sure = {one.patient_id for one in hits}
    is_typed_out = not hits or any(not one.closeness.begun for one in hits)
    # Who is named by number is nobody else.
    read = [one for one in read if not any(isinstance(term, Record) for term in one.terms)]
    asked = [_Guess(conn, one) for one in read]
    found: dict[int, tuple[Closeness, Likeness, Reading]] = {}

    def add(reading: Reading, alike: dict[int, tuple[Closeness, Likeness]]) -> None:
        for key, (near, how) in alike.items():
            if key not in sure and (key not in found or near < found[key][0]):
                found[key] = near, how, reading

    def whole() -> int:
        return len(sure) + sum([not near.missing for near, _, _ in found.values()])

    # Nobody but its owner is meant by a telephone number or an address that is right.
    owners = {} if sure else _near_owners(conn, asked)
    _put_near(conn, asked, owners, 1)
    for one in asked:
        if whole() < FEW:
            add(one.reading, one.with_slips())
    for one in asked:
        if is_typed_out and (not found or (sure and len(sure) + len(found) < FEW)):
            add(one.reading, one.with_one_missing(_ALIKE_BESIDE if whole() else _ALIKE))
    # Two slips are near to very many words, so they are thought of last.
    if whole() < (FEW if all(len(one.terms) == 1 for one in read) else 1):
        _put_near(conn, asked, owners, 2)
        for one in asked:
            add(one.reading, one.with_slips())
    most = BESIDE if whole() else GUESSES
    nearest = _nearest({key: near for key, (near, _, _) in found.items()}, most)
    near_hits = []
    for row in people(conn, nearest, placing.days) if nearest else ():
        near, alike, reading = found[row[0]]
        names = sum(isinstance(term, Name) for term in reading.terms)
        is_more = len(words(name_of(row))) > names
        near_hits.append(placing.hit(row, near._replace(is_more=is_more), alike.looseness, len(reading.terms)))
    order = ranked(near_hits)
    kept = [one for one in order if not _is_far(one.closeness, beside=bool(sure))]
    return [*kept, *[one for one in order if _is_far(one.closeness, beside=bool(sure))][:most]][:GUESSES]


def _is_far(near: Closeness, *, beside: bool) -> bool:
    """Whether a word is missing; `beside` somebody whom all fits, also whether it is theirs by its sound at most."""
    return near.missing > 0 or (beside and near.doubt >= SOUNDS_LIKE)


def _nearest(found: dict[int, Closeness], most: int) -> list[int]:
    """Those of whom there are few enough, `most` of them with a word missing, and whoever is as near as the last."""
    order = sorted(found, key=found.__getitem__)
    without = sum([not near.missing for near in found.values()])
    count = min(GUESSES, without + most, len(order))
    return [key for key in order[:_ALIKE] if found[key] <= found[order[count - 1]]]


class _Guess:
    """One reading of what was typed, and what it may have been a slip of."""

    def __init__(self, conn: Askable, reading: Reading) -> None:
        self.reading = reading
        self._conn = conn
        self._terms = reading.terms
        self._comparer = Comparer(reading.terms, slips=int(reading.is_joined))
        self._near: Sequence[Near] = [Near()] * len(reading.terms)
        self._order: list[int] | None = None
        self._is_word = True

    def put_near(self, near: Mapping[Term, Near], *, is_word: bool) -> None:
        """Says what is near to each of the terms, and whether each of them is a word at all, or was typed as one."""
        self._near, self._order, self._is_word = [near[term] for term in self._terms], None, is_word

    def with_slips(self) -> dict[int, tuple[Closeness, Likeness]]:
        """Whom all terms fit, but that there may be slips."""
        if not self._is_word or not (self.reading.is_joined or any(self._near)):
            return {}
        return self._alike(self._rarest()[:1], _VISITED, len(self._terms), _ALIKE)

    def with_one_missing(self, most: int) -> dict[int, tuple[Closeness, Likeness]]:
        """Whom all terms but one fit; so many at most of those who share one word."""
        if len(self._terms) == 1 or not self._is_word:
            return {}
        # Of any two terms one is there where only one of all is not: so those who have either are all there are.
        drivers = [place for place in self._rarest()[:2] if _says_much(self._terms[place])]
        needed = len(self._terms) - 1
        return self._alike(drivers, most if needed == 1 else _VISITED, needed, most)

    def _rarest(self) -> list[int]:
        """The places of the terms, the rarest first."""
        if self._order is None:
            self._order = [place for place, _ in rarest(self._conn, self._terms, self._near, _COUNTED)]
        return self._order

    def _alike(
        self, drivers: Sequence[int], visited: int, needed: int, most: int
    ) -> dict[int, tuple[Closeness, Likeness]]:
        if not drivers:
            return {}
        ask = Question(self._conn)
        some = [
            f"{either(sources(ask, self._terms[driver], visited, self._near[driver]))} LIMIT {visited}"
            for driver in drivers
        ]
        # Whoever is in a source of words has one; which it is, is found out from all of theirs.
        is_told_so = is_told(self._terms[drivers[0]]) and not self._near[drivers[0]].ids
        told = drivers[0] if needed == len(self._terms) and is_told_so else None
        fits = [
            # What a single word must say of a name is found out from their words.
            "NULL"
            if place == told or (needed == 1 and isinstance(term, Name) and not near.ids)
            else fit(ask, term, "c.id", near)
            for place, (term, near) in enumerate(zip(self._terms, self._near, strict=True))
        ]
        limit = most * len(drivers)
        also = words_of(ask, "q.id")
        rows = ask.rows(fitting(either(some), fits, limit, needed=0 if needed == 1 else needed, told=told, also=also))
        known = {
            key: [
                Fit(how) if how is not None and (how == Fit.SLIP or not isinstance(term, Name)) else None
                for term, how in zip(self._terms, hows, strict=True)
            ]
            for key, *hows, _ in rows
        }
        alike = self._comparer.likenesses(known, {row[0]: (row[-1] or "").split(" ") for row in rows})
        near = closenesses(alike.items(), len(self._terms))
        return {key: (near[key], alike[key]) for key in alike if near[key].missing < len(self._terms)}


def _says_much(term: Term) -> bool:
    """Whether a patient of whom only this is right may be meant."""
    match term:
        case Name():
            return len(term.typed) >= SHORTEST
        case Number():
            return len(term.digits) >= _SAYS_MUCH
        case Born():
            return bool(term.births.likely)
        case Record():
            return True


def _put_near(conn: Askable, asked: Sequence[_Guess], owners: Mapping[Term, tuple[int, ...]], most: int) -> None:
    """Finds out what is on file that is so many slips at most from each of the terms of all readings."""
    terms = dict.fromkeys(term for one in asked for term in one.reading.terms)
    typed = {term for one in asked if not one.reading.is_joined for term in one.reading.terms}
    words = _near_words(conn, [term for term in terms if isinstance(term, Name)], most, typed)
    found: dict[Term, Near] = {}
    for term in terms:
        match term:
            case Name():
                also = sounds(term.typed) if term.forms else ()
                found[term] = Near((*words.get(term, ()), *also), owners.get(term, ()))
            case Number() | Born():
                found[term] = Near((), owners.get(term, ()), near_days(term.births))
            case Record():
                found[term] = Near()
    for one in asked:
        # Two words that are none when they are joined either were no slip.
        one.put_near(found, is_word=all(term in typed or term in words for term in one.reading.terms))


def _near_owners(conn: Askable, asked: Sequence[_Guess]) -> dict[Term, tuple[int, ...]]:
    """Whose telephone number or e-mail address is one slip away from what was typed, by term."""
    found: dict[Term, tuple[int, ...]] = {}
    for term in dict.fromkeys(term for one in asked for term in one.reading.terms):
        if isinstance(term, Number):
            found[term] = _near_numbers(conn, term)
        elif isinstance(term, Name):
            found[term] = _near_addresses(conn, term)
    return found


def _near_words(conn: Askable, terms: Sequence[Name], most: int, typed: Collection[Term]) -> dict[Name, list[str]]:
    """The words on file that the terms may be slips of, the nearest first; without those that are not even near to one.

    So many slips at most; but two where one leads nowhere, of a word that was `typed` so and is not on file.
    """
    found: dict[Name, list[str]] = {}
    unknown: list[Name] = []
    known = frozenset(_words_by(conn, terms, most))
    for term in terms:
        near = _nearest_words(term, known, most)
        if near or not known.isdisjoint(term.forms) or not all(map(forgiven, term.forms)):
            found[term] = near
        elif most == 1 and term in typed and any(forgiven(form) > 1 for form in term.forms):
            unknown.append(term)
    if unknown:
        known = frozenset(_words_by(conn, unknown, 2))
        found.update((term, _nearest_words(term, known, 2)) for term in unknown)
    return found


def _words_by(conn: Askable, terms: Sequence[Name], most: int) -> list[str]:
    asked = [variants(form, min(most, forgiven(form))) for term in terms for form in term.forms if forgiven(form)]
    return near_words(conn, frozenset().union(*asked)) if asked else []


def _nearest_words(term: Name, known: Collection[str], most: int) -> list[str]:
    found: dict[str, int] = {}
    for form in term.forms:
        for word, slips in near_of(form, known, min(most, forgiven(form))).items():
            if slips.edits:
                found[word] = min(slips.edits, found.get(word, slips.edits))
    return sorted(found, key=lambda word: (found[word], len(word), word))[:_NEAR_WORDS]


def _near_addresses(conn: Askable, term: Name) -> tuple[int, ...]:
    """Who has an e-mail address that is one slip away from the typed one."""
    found: dict[int, None] = {}
    for option in term.options:
        token = option[0][0]
        if "@" in token[1:] and token[0] == "@":
            begun, rest = address_slips(token)
            found.update((key, None) for key, _ in begun_by(conn, "patient_token", "token", begun, _ADDRESSES))
            some = begun_by(conn, "patient_token", "token", (rest,), _VISITED) if rest else []
            found.update((key, None) for key, other in some if is_near_address(token, other))
    return tuple(found)[:_ADDRESSES]


def _near_numbers(conn: Askable, term: Number) -> tuple[int, ...]:
    """Who has a telephone number with a part that is one slip away from the digits."""
    asked = [slip for digits in term.phones for slip in number_slips(digits)]
    rows = begun_by(conn, "phone_part", "digits", asked, _NUMBERS) if asked else []
    return tuple(dict.fromkeys(key for key, _ in rows))
