"""How near two words are, and by what a mistyped one is found: the words that are alike but for a letter or two.

An edit is a letter too many, one missing, one for another, or two neighbours swapped (optimal string alignment). Two
words that are one or two edits apart have a form in common once each has lost as many letters (W. Garbe's symmetric
deletes), so near words are found by equality in an index, however many there are. Only the beginning of a word goes
into it, which keeps it small and lets a word be found before it is typed to its end.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from editdistpy import damerau_osa
from jellyfish import jaro_winkler_similarity

from frontdesk.domain.lookup.romanised import sound

BEGINNING = 6
"""Letters of a word of which some may be left out; more make the index larger and its answers no better."""
SHORTEST = 3
"""Letters of a word from which a slip is forgiven: of two letters, one wrong one leaves nothing."""
_LONG = 6
"""Letters from which a word forgives two edits, and fewer only one."""
_UNFINISHED = 5
"""Letters typed from which a longer word may be meant with a slip in its beginning."""

_osa = damerau_osa.distance
"""Of two words and the most edits that may lead from one to the other: how many do, or -1. Surrogates are an error."""


def forgiven(word: str) -> int:
    """How many edits a typed word may be away from the one that is meant."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < _LONG else 2


@lru_cache(maxsize=64)
def variants(word: str, edits: int) -> frozenset[str]:
    """The beginning of a word with up to so many of its letters left out."""
    start = word[:BEGINNING]
    return frozenset(
        "".join(kept) for lost in range(edits + 1) for kept in combinations(start, len(start) - lost) if kept
    )


def edits_within(one: str, other: str, most: int) -> int | None:
    """How many edits lead from one word to the other; None where it takes more than `most`."""
    edits = _osa(one, other, most)
    return edits if edits >= 0 else None


def edits_between(typed: str, word: str) -> int | None:
    """How many edits lead from what was typed to the word or to its beginning; None where it is too far."""
    most = forgiven(typed)
    if not most or (abs(len(typed) - len(word)) > most and len(typed) > len(word)):
        return None
    found = edits_within(typed, word, most)
    return _edits_to_beginning(typed, word) if found is None else found


def _edits_to_beginning(typed: str, word: str) -> int | None:
    """How many edits lead from a half-typed word to the beginning of a longer one; None where it is too far."""
    size = len(typed)
    if size < _UNFINISHED or len(word) <= size or _osa(typed, word[:size], 2) < 0:
        return None  # A letter more or less of the word makes it nearer by one edit at most.
    # One slip in what is there; a second one would fit too many beginnings.
    near = [edits for end in (size - 1, size, size + 1) if (edits := _osa(typed, word[:end], 1)) >= 0]
    return min(near, default=None)


class Slips(NamedTuple):
    """How a typed word is near to another; compared in this order, less is nearer."""

    edits: int
    is_begun: bool
    """Whether it is near to the beginning of the other alone."""


def near_of(typed: str, words: Collection[str], most: int | None = None) -> dict[str, Slips]:
    """Those of many words that `edits_between` finds near, compared all at once; with fewer edits than are forgiven."""
    most = forgiven(typed) if most is None else most
    if not most:
        return {}
    found: dict[str, Slips] = {}
    for word in words:
        edits = _osa(typed, word, most) if abs(len(word) - len(typed)) <= most else -1
        if edits >= 0:
            found[word] = Slips(edits, False)
        elif (begun := _edits_to_beginning(typed, word)) is not None:
            found[word] = Slips(begun, True)
    return found


def unlikeness(typed: str, words: Collection[str]) -> dict[str, float]:
    """How unlike a typed word is to each of some, from 0 (the same) to 1 (no letter in common).

    By Jaro and Winkler, who made it for names: what begins alike is likelier the same, however it goes on. Half by the
    letters, half by the consonants alone, as names are misheard on the telephone.
    """
    heard = sound(typed)
    return {word: (_unlike(typed, word) + _unlike(heard, sound(word))) / 2 for word in words}


def _unlike(one: str, other: str) -> float:
    # Two words without a consonant sound the same: nothing is like nothing, which has no letters to compare.
    return 0.0 if one == other else 1 - jaro_winkler_similarity(one, other)
