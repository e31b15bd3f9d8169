"""What a receptionist typed into the lookup, taken apart: names, telephone digits, birth dates, a record number.

Pure and total: any text gives a query, if need be an empty one. Where a text can be read in two ways (`14 mar`: a
date, or digits and a name; `555 12 34`: one number or three) each reading stands for itself and all are tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from frontdesk.domain.lookup import births
from frontdesk.domain.lookup.births import Births
from frontdesk.domain.lookup.fold import email_token, forms, parts, phone_digits, words
from frontdesk.domain.lookup.nicknames import related

_TEXT_LIMIT = 200
"""Characters that are read; nobody types more, a paste may."""
_TERM_LIMIT = 8
"""Terms of one reading; each costs a look into an index for each patient that is tried."""
_JOINED_FROM_MOST = 4
"""Terms of a reading up to which neighbouring words are also tried as one."""
_TRUNK_FROM = 5
"""Digits from which a zero before them may be the trunk's: of the last four of a number it is one of the four."""
_EMAIL_FROM = 3
"""Letters from which a word may also be the beginning of an e-mail address."""

_RECORD_DIGITS = 7
"""Digits up to which a number without a # may be a patient's."""

_RECORD = re.compile(r"#\s*([0-9]{1,15})(?![0-9])")
_NUMBER = re.compile(r"[+(]*[0-9][0-9+()./-]*")
_ISO = re.compile(r"(?:19|20)[0-9]{2}-")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_TWO_DIGIT_COUNTRIES = frozenset(
    map(str, (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67)))
) | frozenset(map(str, (81, 82, 84, 86, *range(90, 96), 98)))
"""Country calling codes of two digits (ITU-T E.164 annex); 1 and 7 have one, all others three."""

Slot = tuple[str, ...]
"""Beginnings of tokens, any of which will do."""


class Name(Struct, frozen=True):
    """One typed word: any option will do, and of an option every slot (`o'brien`: obrien, or o and brien)."""

    options: tuple[tuple[Slot, ...], ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the word as it was typed; none where it is several words, or an e-mail address."""
        is_one_word = len(self.options[0]) == 1 and not self.options[0][0][0].startswith("@")
        return self.options[0][0] if is_one_word else ()

    @property
    def related(self) -> tuple[str, ...]:
        """Whole words that would do as well: the nicknames of the typed one, and whose nickname it is."""
        return tuple(dict.fromkeys(other for form in self.forms for other in related(form)))

    @property
    def typed(self) -> str:
        """The word as it was typed, folded."""
        return self.options[0][0][0]


class Number(Struct, frozen=True):
    """Typed digits: part of a telephone number, a birth date, a record number or a word of a name, whichever it is."""

    digits: str
    phones: tuple[str, ...]
    births: Births

    @property
    def record(self) -> int | None:
        """The record number that the digits may be."""
        return int(self.digits) if 0 < len(self.digits) <= _RECORD_DIGITS else None


class Record(Struct, frozen=True):
    """`#12`: the patient's record number."""

    patient_id: int


class Born(Struct, frozen=True):
    """A birth date that can be nothing else: with the month's name, or the year first."""

    births: Births


Term = Name | Number | Record | Born


class Reading(Struct, frozen=True):
    """One way to read what was typed: all terms must hold. A `fallback` counts only where no other found anybody."""

    terms: tuple[Term, ...]
    fallback: bool = False
    is_joined: bool = False
    """Whether a blank that was typed is taken for a slip."""


def readings(text: str, *, day_first: bool) -> tuple[Reading, ...]:
    """Every way to read the text, the likeliest first; none when it holds nothing to look for."""
    text = _normal(text[:_TEXT_LIMIT])
    found: list[Reading] = []
    records: list[Term] = [Record(int(match.group(1))) for match in _RECORD.finditer(text)]
    text = _RECORD.sub(" ", text)
    born, rest, has_year = births.from_words(text)
    if born:
        found.extend(_readings(rest, [*records, Born(born)], day_first))
    if not has_year:
        found.extend(_readings(text, records, day_first))
    found.extend([one for reading in found if not reading.fallback for one in _joined(reading)])
    return tuple(dict.fromkeys(reading for reading in found if reading.terms))


def _joined(reading: Reading) -> Iterator[Reading]:
    """The reading with two neighbouring words as one: `mary anne`, or `jord an` with a blank too many."""
    terms = reading.terms
    for place, (first, second) in enumerate(pairwise(terms)):
        if isinstance(first, Name) and isinstance(second, Name) and len(terms) <= _JOINED_FROM_MOST:
            together = forms("".join((*first.forms[:1], *second.forms[:1])))
            if not together:
                continue
            yield Reading((*terms[:place], Name(((together,),)), *terms[place + 2 :]), fallback=True, is_joined=True)


def _normal(text: str) -> str:
    """Digits of all scripts as 0 to 9, one kind of hyphen, blanks for what can't be part of anything."""
    if text.isascii():
        return text.replace("\0", " ")
    kept = []
    for character in text.translate(_HYPHENS):
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            kept.append(str(digit))
        elif unicodedata.category(character) in ("Cc", "Cs", "Cn"):
            kept.append(" ")
        elif unicodedata.category(character) != "Cf":
            kept.append(character)
    return "".join(kept)


def _readings(text: str, before: Sequence[Term], day_first: bool) -> Iterator[Reading]:
    """One reading with neighbouring numbers taken together, and one with each by itself where that differs."""
    chunks = text.split()
    runs = [(numeric, list(run)) for numeric, run in groupby(chunks, key=_is_number)]
    for together in (True, False):
        terms: list[Term] = list(before)
        for numeric, run in runs:
            if not numeric:
                terms.extend(name for chunk in run for name in _names(chunk, alone=len(chunks) == 1))
            elif together:
                terms.append(_number(" ".join(run), day_first))
            else:
                terms.extend(_number(chunk, day_first) for chunk in run)
        yield Reading(tuple(terms[:_TERM_LIMIT]), fallback=not together)
        if not any(numeric and len(run) > 1 for numeric, run in runs):
            return


def _is_number(chunk: str) -> bool:
    return _NUMBER.fullmatch(chunk.strip(",;:")) is not None


def _number(text: str, day_first: bool) -> Number | Born:
    text = text.strip(",;: ")
    digits = phone_digits(text)
    days = births.from_digits(text.rstrip("./-"), day_first=day_first)
    # A year and a hyphen (ISO 8601) begin no telephone number; every other date may be part of one.
    return Born(days) if days and _ISO.match(text) else Number(digits, _phones(text, digits), days)


def _phones(text: str, digits: str) -> tuple[str, ...]:
    """The digits to look for inside a stored number: as typed, without the trunk zero, and without the country."""
    bare = digits.lstrip("0")
    found = [digits, bare] if len(bare) >= _TRUNK_FROM else [digits]
    if text.startswith(("+", "00")):
        length = 1 if bare[:1] in "17" else 2 if bare[:2] in _TWO_DIGIT_COUNTRIES else 3
        national = bare[length:].lstrip("0")
        if len(national) >= 4:
            found.append(national)
    return tuple(dict.fromkeys(found))


def _names(chunk: str, *, alone: bool) -> Iterator[Name]:
    """The words of a chunk without blanks; typed `alone`, it may also be the beginning of an e-mail address."""
    address = email_token(chunk.strip(",;:<>()\"'"))
    if "@" in chunk:
        if address:
            yield Name((((address,),),))
        return
    found = [option for word in words(chunk) for option in (_options(word),) if option]
    if alone and address and len(chunk) >= _EMAIL_FROM and 1 <= len(found) <= _TERM_LIMIT:
        options = found[0] if len(found) == 1 else (tuple(word[0][0] for word in found),)
        yield Name((*options, ((address,),)))
    else:
        yield from (Name(options) for options in found)


def _options(word: str) -> tuple[tuple[Slot, ...], ...]:
    """The word without its apostrophes and hyphens, or cut at them."""
    pieces = parts(word)
    joined = forms("".join(pieces))
    if not joined:
        return ()
    split = tuple(slot for slot in map(forms, pieces) if slot)
    return ((joined,),) if len(split) < 2 else ((joined,), split)
