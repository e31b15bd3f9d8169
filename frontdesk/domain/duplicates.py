"""Whether two files are likely one person's: what speaks for it, what against, in words.

The rule is record linkage after Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969): every thing that two
files share or differ in has a weight, about the binary logarithm of how much likelier it is to be seen with one person
than with two, and the sum decides. A person decides after it: nothing is ever merged by a rule.

What tells families, twins and namesakes apart stands above the sum. Given names that have nothing in common are two
people, however much else is shared; a shared telephone or address says little beside a shared birth date.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from frontdesk.domain.lookup.nearness import edits_within
from frontdesk.domain.patient import Sex

LIKELY = 12.0
"""From this weight on two files stand in the list of likely duplicates."""
WORTH_ASKING = 9.0
"""From this weight on somebody who is being put on file is asked about: the same name alone is enough."""

_SAME, _NICKNAME, _CLOSE, _INITIAL = 5.0, 4.0, 3.0, 1.0
_FAMILY_DIFFERS = -6.0
"""A marriage changes a family name, chance shares a given name and a birth date: both at once are not enough."""
_SWAPPED = 9.0
_BORN_SAME, _BORN_SLIP, _BORN_NEAR, _BORN_ELSE = 11.0, 6.0, 1.0, -8.0
_PHONE, _EMAIL, _EMAIL_SLIP, _ADDRESS = 5.0, 7.0, 4.0, 3.0
_PHONE_ELSE = -0.5
_SEX_ELSE = -2.0
_WHOLE_WORD = 4
"""Letters of a word from which it may be misspelt and still be recognised."""


class Traits(Struct, frozen=True):
    """What of a file is compared. Names are folded words: small letters without accents, each form of a word one.

    `given` has the given and the known-as name, `nicknames` the names that those are short for or shortened to;
    `phones` are in one form whatever was typed, `address` is a set of folded words.
    """

    given: frozenset[str]
    family: frozenset[str]
    nicknames: frozenset[str] = frozenset()
    birth_date: date | None = None
    sex: Sex | None = None
    phones: frozenset[str] = frozenset()
    email: str = ""
    address: frozenset[str] = frozenset()


class Likeness(Struct, frozen=True):
    """How alike two files are; `reasons` speak for one person, `against` for two."""

    weight: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether the two belong into the list of likely duplicates."""
        return self.weight >= LIKELY

    @property
    def is_worth_asking(self) -> bool:
        """Whether somebody who puts the one on file should be shown the other."""
        return self.weight >= WORTH_ASKING


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """How alike two files are; None where their names alone say that they are two people, or say nothing."""
    named = _names(one, other)
    if named is None:
        return None
    found = [named, _born(one.birth_date, other.birth_date), *_reached(one, other)]
    if one.sex and other.sex and one.sex is not other.sex:
        found.append((_SEX_ELSE, "another sex"))
    return Likeness(
        sum(weight for weight, _ in found),
        tuple(words for weight, words in found if weight > 0 and words),
        tuple(words for weight, words in found if weight < 0 and words),
    )


_Evidence = tuple[float, str]
_NONE: _Evidence = (0.0, "")


def _names(one: Traits, other: Traits) -> _Evidence | None:
    """What the names say together."""
    given, family = _given(one, other), _words(one.family, other.family)
    if given is not None and family is not None and (given is not _NONE or family is not _NONE):
        return _together(given, family)
    crossed = _words(one.given, other.family), _words(one.family, other.given)
    if all(way is not None and way is not _NONE for way in crossed):
        return _SWAPPED, "given and family name swapped"
    if given is None or given[0] < _CLOSE:
        return None
    return given[0] + _FAMILY_DIFFERS, "another family name"


def _together(given: _Evidence, family: _Evidence) -> _Evidence:
    weight = given[0] + family[0]
    if given[0] == family[0] == _SAME:
        return weight, "same name"
    said = [f"{words} {what} name" for (_, words), what in ((given, "given"), (family, "family")) if words]
    return weight, ", ".join(said)


def _given(one: Traits, other: Traits) -> _Evidence | None:
    found = _words(one.given, other.given)
    if found is not None and found[0] >= _CLOSE:
        return found
    if one.nicknames & other.given or other.nicknames & one.given:
        return _NICKNAME, "nickname as"
    return found


def _words(one: frozenset[str], other: frozenset[str]) -> _Evidence | None:
    """What two names say; nothing where one is missing, None where they share no word."""
    if not one or not other:
        return _NONE
    if one & other:
        return _SAME, "same"
    initial = False
    for a in one:
        for b in other:
            if _is_slip(a, b):
                return _CLOSE, "similar"
            initial = initial or (a[0] == b[0] and min(len(a), len(b)) == 1)
    return (_INITIAL, "initial of") if initial else None


def _is_slip(one: str, other: str) -> bool:
    """Whether one word is the other mistyped: one edit or two letters swapped, in a long word two."""
    shorter = min(len(one), len(other))
    if shorter < _WHOLE_WORD or abs(len(one) - len(other)) > 2:
        return False
    return edits_within(one, other, 1 if shorter < 6 else 2) is not None


def slips_of(born: date) -> tuple[str, ...]:
    """Keys of which two birth dates have one in common if one digit differs, or two neighbours or day and month are
    swapped."""
    text = f"{born:%Y%m%d}"
    missing = [f"{text[:at]}?{text[at + 1 :]}" for at in range(8)]
    swapped = [f"{text[:at]}{''.join(sorted(text[at : at + 2]))}~{text[at + 2 :]}" for at in (0, 1, 2, 4, 6)]
    return (*missing, *swapped, f"{text[:4]}/{min(text[4:6], text[6:])}{max(text[4:6], text[6:])}")


def _born(one: date | None, other: date | None) -> _Evidence:
    if one is None or other is None:
        return _NONE
    if one == other:
        return _BORN_SAME, "same birth date"
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    if swapped:
        return _BORN_SLIP, "day and month of birth swapped"
    apart = edits_within(one.isoformat(), other.isoformat(), 2)
    if apart == 1:
        return _BORN_SLIP, "birth date differs by one digit"
    return (_BORN_NEAR, "similar birth date") if apart == 2 else (_BORN_ELSE, "another birth date")


def _reached(one: Traits, other: Traits) -> list[_Evidence]:
    """Telephone, e-mail and address: families share them."""
    found: list[_Evidence] = []
    if one.phones & other.phones:
        found.append((_PHONE, "same phone"))
    elif one.phones and other.phones:
        found.append((_PHONE_ELSE, "another phone"))
    if one.email and other.email:
        apart = edits_within(one.email, other.email, 2)
        if apart is not None:
            found.append((_EMAIL_SLIP, "similar e-mail") if apart else (_EMAIL, "same e-mail"))
    if _is_one_address(one.address, other.address):
        found.append((_ADDRESS, "same address"))
    return found


def _is_one_address(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most words are the same, the house's number or the postcode among them."""
    shared = one & other
    numbered = any(any(letter.isdigit() for letter in word) for word in shared)
    return numbered and len(shared) > 1 and len(shared) > 0.6 * min(len(one), len(other))
