"""How near a patient's words are to what was typed: one rule for ranking guesses and for marking what matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from math import log2

from msgspec import Struct

from frontdesk.domain.lookup.nearness import Slips, near_of, unlikeness
from frontdesk.domain.lookup.query import Name, Term
from frontdesk.domain.lookup.ranking import Closeness, Fit
from frontdesk.domain.lookup.romanised import sounds

SOUNDS_LIKE = 3
"""What a name of another script counts that has only its consonants in common with what was typed, in edits."""
_SLIP = 2.0
"""How much less likely a word with one edit is meant, where another is missing already, in halvings."""
_BEGUN = 2.0
"""The same for a word that is only a beginning of theirs, or a nickname."""
_APART = 3.0
"""The same for a missing word with no letter in common: a name that is like the typed one may be it, misheard."""


class Likeness(Struct, frozen=True):
    """How a patient's words are like the typed ones, where some are not theirs or hold a slip."""

    theirs: frozenset[int]
    """The places of the typed words that are theirs, slips included."""
    edits: int
    apart: float
    """How unlike the words that are not theirs are to any of theirs, from 0 to 1 each."""
    begun: int
    looseness: int

    def closeness(self, terms: int, company: int) -> Closeness:
        """The same as `ranking` compares it; `company` is how many of those found have as much in common.

        That two share a rare name is hardly chance, that they share a common one is.
        """
        missing = terms - len(self.theirs)
        if not missing:
            return Closeness(0, self.edits, self.begun)
        doubt = _SLIP * self.edits + _BEGUN * self.begun + log2(company) + _APART * self.apart
        return Closeness(missing, doubt, self.begun)


def closenesses(likenesses: Iterable[tuple[int, Likeness]], terms: int) -> dict[int, Closeness]:
    """Of everybody found for the same words, by id."""
    found: dict[int, Closeness] = {}
    company: Counter[frozenset[int]] = Counter()
    # Who shares a word as it was typed is not in the company of those who share it with a slip.
    by_nearness = sorted(likenesses, key=lambda one: (one[1].edits, one[1].begun))
    for _, group in groupby(by_nearness, key=lambda one: (one[1].edits, one[1].begun)):
        alike = list(group)
        company.update(one.theirs for _, one in alike)
        found.update((key, one.closeness(terms, company[one.theirs])) for key, one in alike)
    return found


class Comparer:
    """Says how like the typed words many patients are, whose words it compares all at once."""

    def __init__(self, terms: Sequence[Term], slips: int = 0) -> None:
        self._terms = [_Typed(term) if isinstance(term, Name) else None for term in terms]
        self._slips = slips

    def likenesses(
        self, known: Mapping[int, Sequence[Fit | None]], theirs: Mapping[int, Sequence[str]]
    ) -> dict[int, Likeness]:
        """How patients with these words are like the typed ones, slips forgiven; by id, as both are given.

        What is `known` is how well the terms fit that are no names, or by an address; a name's fit is found out here.
        """
        words = {word for some in theirs.values() for word in some if word[:1] != "@"}
        for typed in self._terms:
            if typed is not None:
                typed.compare(words)
        return {key: self._likeness(fits, theirs.get(key, ())) for key, fits in known.items()}

    def _likeness(self, known: Sequence[Fit | None], theirs: Sequence[str]) -> Likeness:
        have: list[int] = []
        edits, begun, loose = self._slips, 0, 0
        apart = 0.0
        # A word of theirs that was typed as it is can't be meant by another typed word as well.
        taken = {typed.form for typed in self._terms if typed is not None and typed.form in theirs}
        for place, (typed, fit) in enumerate(zip(self._terms, known, strict=True)):
            near = typed.nearest(theirs, taken) if typed is not None else None
            if near is None and fit is not None:
                near = Slips(1, False) if fit is Fit.SLIP else fit
            if near is None:
                apart += 1.0 if typed is None else typed.unlikeness(theirs, taken)
                continue
            have.append(place)
            if isinstance(near, Fit):
                loose += near
                begun += near is not Fit.WHOLE
            else:
                edits += near.edits
                begun += near.is_begun
        return Likeness(frozenset(have), edits, apart, begun, loose)


class _Typed:
    """A typed word beside the words of patients."""

    def __init__(self, term: Name) -> None:
        self._term = term
        self.form = term.typed
        self._slots = [option for option in term.options if len(option) > 1]
        self._single = tuple(form for option in term.options if len(option) == 1 for form in option[0])
        self._fits: dict[str, Fit] = {}
        self._slips: dict[str, Slips] = {}
        self._words: Collection[str] = ()
        self._unlike: dict[str, float] = {}

    def compare(self, words: Collection[str]) -> None:
        """Takes up the words of all patients that `nearest` and `unlikeness` will be asked of."""
        self._words, self._unlike = words, {}
        self._fits = dict.fromkeys([word for word in words if word.startswith(self._single)], Fit.PART)
        self._fits.update((word, Fit.CLOSE) for word in self._term.related if word in words)
        self._fits.update((form, Fit.WHOLE) for form in self._single if form in words)
        for form in self._term.forms:
            for word, slips in near_of(form, words).items():
                self._slips[word] = min(slips, self._slips.get(word, slips))
        for word in sounds(self._term.typed) if self._term.forms else ():
            self._slips.setdefault(word, Slips(SOUNDS_LIKE, False))

    def nearest(self, theirs: Sequence[str], taken: Collection[str]) -> Fit | Slips | None:
        """How well it fits one of a patient's words, or by which slips of one not `taken`; None where it is none."""
        fits = [self._fits[word] for word in theirs if word in self._fits]
        for option in self._slots:
            slots = [_slot_fit(slot, theirs) for slot in option]
            if None not in slots:
                fits.append(max(fit for fit in slots if fit is not None))
        if fits:
            return min(fits)
        return min([self._slips[word] for word in theirs if word in self._slips and word not in taken], default=None)

    def unlikeness(self, theirs: Sequence[str], taken: Collection[str]) -> float:
        """How unlike it is to the likeliest of theirs that is not `taken`."""
        if not self._unlike:
            self._unlike = unlikeness(self._term.typed, self._words)
        return min([self._unlike[word] for word in theirs if word in self._unlike and word not in taken], default=1.0)


def _slot_fit(slot: tuple[str, ...], tokens: Collection[str]) -> Fit | None:
    if any(form in tokens for form in slot):
        return Fit.WHOLE
    return Fit.PART if any(token.startswith(slot) for token in tokens) else None
