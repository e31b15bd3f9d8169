"""Pet names, as the package that curates them has them."""

from __future__ import annotations

import nicknames

from frontdesk.domain.lookup.fold import plain
from frontdesk.domain.lookup.nicknames import related


def test_every_pair_of_the_package_is_known_both_ways() -> None:
    pairs = [(plain(one.name1), plain(one.name2)) for one in nicknames.name_triplets()]
    assert len(pairs) > 2_000
    lost = [
        pair
        for pair in pairs
        if pair[0] != pair[1] and (pair[1] not in related(pair[0]) or pair[0] not in related(pair[1]))
    ]
    assert lost == []


def test_a_name_that_has_no_other() -> None:
    assert related("quillfeather") == ()
