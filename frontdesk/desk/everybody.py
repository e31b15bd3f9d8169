"""Everybody on file gone through for those who are likely one person: seconds where many are, some thousands at once.

Nobody can compare everybody with everybody. Two files are compared that share a birth date and how a name of theirs
begins; or the whole name, and a birth date but for a slip or a number of the address; or a telephone, or an e-mail
address. A shared name alone is never enough. What is read of a file is let go once it has been compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import combinations, groupby, islice
from typing import TYPE_CHECKING

from frontdesk.domain.duplicates import Likeness, Traits, likeness, slips_of
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.traits import by_name, name_forms, nicknames, number_key, plain_words
from frontdesk.store import duplicates
from frontdesk.store.duplicates import Compared, Named

if TYPE_CHECKING:
    from frontdesk.store.engine import Connection

Tell = Callable[[int, int], bool]
"""Told how far it is, and of how much; whether to go on."""
Pair = tuple[int, int]
"""Two files, the lower number first."""
_AT_ONCE = 2_000
"""Files that are read at once."""
_PASSES = 2
"""How often everybody is gone through: by birth date and by name. Telephones the database compares by itself."""


def go_on(done: int, of: int) -> bool:
    """Where nobody watches."""
    del done, of
    return True


def look_for(connection: Connection, tell: Tell) -> list[tuple[Pair, Likeness]]:
    """The pairs that are likely one person's, the most alike first; those there were until `tell` ended it."""
    everybody = duplicates.count(connection) * _PASSES
    found: dict[Pair, Likeness] = {}
    done = 0
    for gone_through, pairs in _worth_comparing(connection):
        done += gone_through
        if not tell(min(done, everybody), everybody):
            break
        found |= _likely(connection, pairs - found.keys())
    return sorted(found.items(), key=lambda one: (-one[1].weight, one[0]))


def traits_of(details: PatientDetails | Compared) -> Traits:
    """What of a file is compared."""
    given = name_forms(details.given, details.known_as)
    return Traits(
        given=given,
        family=name_forms(details.family),
        nicknames=nicknames(given),
        birth_date=details.birth_date,
        sex=details.sex,
        phones=frozenset(number_key(one) for one in details.phones) - {""},
        email=details.email.casefold(),
        address=plain_words(details.address),
    )


def _worth_comparing(connection: Connection) -> Iterator[tuple[int, set[Pair]]]:
    """How many files were gone through, and the pairs among them that are to be compared; some thousands at once."""
    namesakes: dict[str, list[int]] = defaultdict(list)
    pairs: set[Pair] = set()
    gone_through = 0
    for born, group in groupby(duplicates.everybody(connection), lambda one: one.birth_date):
        same = [*group]
        for one in same:
            namesakes[_whole_name(one)].append(one.id)
        if born is not None:
            pairs.update(_named_alike(same))
        gone_through += len(same)
        if gone_through >= _AT_ONCE:
            yield gone_through, pairs
            gone_through, pairs = 0, set()
    yield gone_through + sum(len(ids) == 1 for ids in namesakes.values()), pairs
    for groups in _some(ids for ids in namesakes.values() if len(ids) > 1):
        people = duplicates.compared(connection, [key for ids in groups for key in ids])
        yield sum(map(len, groups)), {pair for ids in groups for pair in _alike_besides(ids, people)}
    del namesakes
    for groups in _some(duplicates.reached_alike(connection)):
        yield 0, {pair for ids in groups for pair in combinations(ids, 2)}


def _some(groups: Iterable[Collection[int]]) -> Iterator[list[Collection[int]]]:
    """Groups of files, so many together that it is worth a question."""
    some: list[Collection[int]] = []
    size = 0
    for group in groups:
        some.append(group)
        size += len(group)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _named_alike(people: list[Named]) -> Iterator[Pair]:
    """Of those who share a birth date the pairs whose names speak for one person."""
    if len(people) < 2:
        return
    begin = [_letters(one.given, one.family, one.known_as) for one in people]
    for first, other in combinations(range(len(people)), 2):
        if not begin[first].isdisjoint(begin[other]):
            one, two = people[first], people[other]
            if likeness(by_name(one.given, one.family, one.known_as), by_name(two.given, two.family, two.known_as)):
                yield min(one.id, two.id), max(one.id, two.id)


def _alike_besides(ids: Iterable[int], people: dict[int, Compared]) -> Iterator[Pair]:
    """Of namesakes the pairs that have more in common: a birth date but for a slip, a number of the address."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for key in ids:
        one = people.get(key)
        if one is not None:
            for slip in slips_of(one.birth_date) if one.birth_date else ():
                sharing[slip].append(key)
            for word in plain_words(one.address) if one.address else ():
                if any(letter.isdigit() for letter in word):
                    sharing[f"at {word}"].append(key)
    for keys in sharing.values():
        yield from combinations(sorted(keys), 2)


def _likely(connection: Connection, pairs: Iterable[Pair]) -> dict[Pair, Likeness]:
    """Those pairs that are likely one person's by all that is known of them."""
    found: dict[Pair, Likeness] = {}
    rest = iter(pairs)
    while some := [*islice(rest, _AT_ONCE)]:
        people = duplicates.compared(connection, {key for pair in some for key in pair})
        traits = {key: traits_of(one) for key, one in people.items()}
        for one, other in some:
            if one in traits and other in traits:
                how = likeness(traits[one], traits[other])
                if how is not None and how.is_likely:
                    found[one, other] = how
    return found


@lru_cache(maxsize=5_000)
def _letters(given: str, family: str, known_as: str) -> frozenset[str]:
    """How the words of a name begin, and the names that it is short for."""
    names = by_name(given, family, known_as)
    return frozenset(word[0] for words in (names.given, names.family, names.nicknames) for word in words)


def _whole_name(one: Named) -> str:
    return " ".join(sorted(plain_words(f"{one.given} {one.family}")))
