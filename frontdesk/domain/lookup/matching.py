"""How near a patient's words are to what was typed: one rule for ranking guesses and for marking what matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log2

from frontdesk.domain.lookup.nearness import edits_between, unlikeness
from frontdesk.domain.lookup.query import Name, Term
from frontdesk.domain.lookup.ranking import Closeness, Fit
from frontdesk.domain.lookup.romanised import sounds

SOUNDS_LIKE = 2
"""What a name of another script counts that has only its consonants in common with what was typed, in edits."""
_APART = 3.0
"""What a word with no letter in common counts, in edits: a name that is like the typed one may be it, misheard."""
_FAMILY = 1.0
"""What a shared family name counts more than a shared given name, in edits."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a patient's words are like the typed ones, where some are not theirs or hold a slip."""

    theirs: frozenset[int]
    """The places of the typed words that are theirs, slips included."""
    edits: int
    apart: float
    """How unlike the words that are not theirs are to any of theirs, from 0 to 1 each."""
    begun: int
    looseness: int
    of_family: bool = False
    """Whether what is theirs is of the family name."""

    def closeness(self, terms: int, company: int) -> Closeness:
        """The same as `ranking` compares it; `company` is how many of those found have the same words in common.

        That two share a rare name is hardly chance, that they share a common one is. And a family name is what the
        rest of a family has too, and what stays where a given name was misheard.
        """
        missing = terms - len(self.theirs)
        chance = log2(company) + _APART * self.apart - _FAMILY * self.of_family
        return Closeness(missing, self.edits + chance if missing else self.edits, self.begun)


def closenesses(likenesses: Iterable[tuple[int, Likeness]], terms: int) -> dict[int, Closeness]:
    """Of everybody found for the same words, by id."""
    found = dict(likenesses)
    company = Counter(one.theirs for one in found.values())
    return {key: one.closeness(terms, company[one.theirs]) for key, one in found.items()}


def likeness(
    terms: Sequence[tuple[Term, Fit | None]], tokens: Collection[str], family: Collection[str] = ()
) -> Likeness:
    """How a patient with these words, some of them of the `family` name, is like the typed ones; slips are forgiven.

    The second of each pair says how well the term fits where that is known already; a name's is found out here.
    """
    theirs: set[int] = set()
    edits = begun = loose = 0
    apart = 0.0
    words = [one for one in tokens if one[0] != "@"]
    for place, (term, known) in enumerate(terms):
        fit = fit_of(term, tokens) if known is None and isinstance(term, Name) else known
        slips = slips_of(term, words) if fit is None and isinstance(term, Name) else None
        if fit is not None or slips is not None:
            theirs.add(place)
        if fit is not None:
            loose += fit
            begun += fit is not Fit.WHOLE
        elif slips is not None:
            edits += slips
        else:
            apart += unlikeness(term.typed, words) if isinstance(term, Name) else 1.0
    of_family = any(
        isinstance(term, Name) and (fit_of(term, family) is not None or slips_of(term, family) is not None)
        for term, _ in terms
    )
    return Likeness(frozenset(theirs), edits, apart, begun, loose, of_family)


def fit_of(term: Name, tokens: Collection[str]) -> Fit | None:
    """How well a typed word fits one of theirs, without any slip; None where it does not."""
    best: Fit | None = None
    for option in term.options:
        fits = [_slot_fit(slot, tokens) for slot in option]
        if None not in fits:
            worst = max(fit for fit in fits if fit is not None)
            best = worst if best is None else min(best, worst)
    if best is not Fit.WHOLE and any(one in tokens for one in term.related):
        return Fit.CLOSE
    return best


def slips_of(term: Name, words: Collection[str]) -> int | None:
    """The fewest edits from a typed word to one of theirs; None where that is too far."""
    found = [edits_between(form, word) for form in term.forms for word in words]
    if term.forms and any(one in words for one in sounds(term.typed)):
        found.append(SOUNDS_LIKE)
    return min((edits for edits in found if edits is not None), default=None)


def _slot_fit(slot: tuple[str, ...], tokens: Collection[str]) -> Fit | None:
    if any(form in tokens for form in slot):
        return Fit.WHOLE
    return Fit.PART if any(token.startswith(slot) for token in tokens) else None
