"""How near two words are, and by what a mistyped one is found: the words that are alike but for a letter or two.

An edit is a letter too many, one missing, one for another, or two neighbours swapped (optimal string alignment). Two
words that are one or two edits apart have a form in common once each has lost as many letters (W. Garbe's symmetric
deletes), so near words are found by equality in an index, however many there are. Only the beginning of a word goes
into it, which keeps it small and lets a word be found before it is typed to its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from frontdesk.domain.lookup.romanised import sound

BEGINNING = 6
"""Letters of a word of which some may be left out; more make the index larger and its answers no better."""
SHORTEST = 3
"""Letters of a word from which a slip is forgiven: of two letters, one wrong one leaves nothing."""
_LONG = 6
"""Letters from which a word forgives two edits, and fewer only one."""
_UNFINISHED = 5
"""Letters typed from which a longer word may be meant with a slip in its beginning."""


def forgiven(word: str) -> int:
    """How many edits a typed word may be away from the one that is meant."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < _LONG else 2


@lru_cache(maxsize=5_000)
def variants(word: str, edits: int) -> frozenset[str]:
    """The beginning of a word with up to so many of its letters left out."""
    start = word[:BEGINNING]
    return frozenset(
        "".join(kept) for lost in range(edits + 1) for kept in combinations(start, len(start) - lost) if kept
    )


def edits_between(typed: str, word: str) -> int | None:
    """How many edits lead from what was typed to the word or to its beginning; None where it is too far."""
    most = forgiven(typed)
    if not most or (abs(len(typed) - len(word)) > most and len(typed) > len(word)):
        return None
    found = OSA.distance(typed, word, score_cutoff=most)
    if found > most and len(typed) >= _UNFINISHED and len(word) > len(typed):
        # Half-typed: one slip in what is there; a second one would fit too many beginnings.
        found = min(OSA.distance(typed, word[: len(typed) + more], score_cutoff=1) for more in (-1, 0, 1))
        return found if found <= 1 else None
    return found if found <= most else None


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
    found = {word: Slips(edits, False) for word, edits in _within(typed, words, most)}
    if len(typed) >= _UNFINISHED:
        begun: dict[str, list[str]] = {}
        for word in words:
            if len(word) > len(typed) and word not in found:
                for length in range(len(typed) - 1, len(typed) + 2):
                    begun.setdefault(word[:length], []).append(word)
        for beginning, edits in _within(typed, [*begun], 1):
            for word in begun[beginning]:
                found[word] = min(Slips(edits, True), found.get(word, Slips(edits, True)))
    return found


def _within(typed: str, words: Collection[str], most: int) -> Iterator[tuple[str, int]]:
    found = process.extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return ((word, int(edits)) for word, edits, _ in found)


def unlikeness(typed: str, words: Collection[str]) -> dict[str, float]:
    """How unlike a typed word is to each of some, from 0 (the same) to 1 (no letter in common).

    By Jaro and Winkler, who made it for names: what begins alike is likelier the same, however it goes on. Half by the
    letters, half by the consonants alone, as names are misheard on the telephone.
    """
    some = [*words]
    letters = process.extract(typed, some, scorer=JaroWinkler.normalized_distance, limit=None)
    heard = process.extract(
        sound(typed), [sound(one) for one in some], scorer=JaroWinkler.normalized_distance, limit=None
    )
    by_sound = {place: far for _, far, place in heard}
    return {word: (far + by_sound[place]) / 2 for word, far, place in letters}
