"""Which parts of a patient's line are what was typed: shown, so that one sees at a glance why somebody is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from frontdesk.domain.lookup.births import Births
from frontdesk.domain.lookup.fold import all_forms, forms, is_unspaced, phone_digits
from frontdesk.domain.lookup.nearness import edits_between
from frontdesk.domain.lookup.query import Born, Name, Number, Record, Term, readings
from frontdesk.domain.patient import NO_MARKS, Marks, Part, PatientDetails

_ASCII_WORD = re.compile("[0-9A-Za-z]+")


class Marker:
    """What was typed, read once for everybody whose line is marked."""

    def __init__(self, text: str) -> None:
        # Of a date that is read in two ways both are marked, whichever is likelier.
        self._readings = readings(text, day_first=True)

    def of(self, patient_id: int, details: PatientDetails) -> Marks:
        """The matched parts, by the first reading of the text of which everything is theirs, else the most."""
        best, marks = 0, NO_MARKS
        for reading in self._readings:
            line = _Line(patient_id, details)
            count = sum([line.take(term) for term in reading.terms])
            if count > best:
                best, marks = count, line.marks()
            if count == len(reading.terms):
                break
        return marks


class _Texts:
    """Names of one patient while they are marked."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self._in_texts: tuple[set[Part], ...] = tuple(set() for _ in texts)

    def marks(self) -> tuple[tuple[Part, ...], ...]:
        """The parts, text by text."""
        return tuple(tuple(sorted(parts)) for parts in self._in_texts)

    def take_beginnings(self, slot: tuple[str, ...]) -> bool:
        """Marks the beginnings of words that fold to one of these; of several words where one is not enough."""
        found = False
        begins_so = _beginnings(slot)
        for text, parts in zip(self._texts, self._in_texts, strict=True):
            if text.isascii():  # whose letters fold one by one
                plain = [match.span() for match in begins_so.finditer(text)]
                parts.update(plain)
                if plain or found:
                    found = True
                    continue
            words = [*_words(text)]
            for number, (begins, ends) in enumerate(words):
                length = _covered(text[begins:ends], slot)
                if length:
                    parts.add((begins, begins + length))
                    found = True
                elif not found:
                    found = _joined(text, words[number:], slot, parts)
        return found

    def take_words(self, is_meant: Callable[[str], bool]) -> bool:
        """Marks whole words of which a form is meant."""
        found = False
        for text, parts in zip(self._texts, self._in_texts, strict=True):
            for begins, ends in _words(text):
                if any(is_meant(form) for form in forms(text[begins:ends])):
                    parts.add((begins, ends))
                    found = True
        return found


class _Line:
    """One patient's line while it is marked."""

    def __init__(self, patient_id: int, details: PatientDetails) -> None:
        self._id = patient_id
        self._details = details
        self._names = _Texts(details.name, details.known_as)
        self._aside = _Texts(details.former_name, details.original_name)
        self._in_phones: dict[int, Part] = {}
        self._born = self._record = self._email = False

    def marks(self) -> Marks:
        names, known = self._names.marks()
        former, original = self._aside.marks()
        phones = tuple(sorted(self._in_phones.items()))
        return Marks(names, known, phones, self._born, self._record, former, original, self._email)

    def take(self, term: Term) -> bool:
        """Marks what a term is of theirs; whether it is anything."""
        match term:
            case Name():
                return self._take_name(term)
            case Record():
                return self._take_record(term.patient_id)
            case Born():
                return self._take_birth(term.births)
            case Number():
                # Digits are marked wherever they are.
                phone = any(self._take_phone(number) for number in term.phones)
                birth = self._take_birth(term.births)
                word = bool(term.digits) and self._take_beginnings((term.digits,))
                return self._take_record(term.record) or phone or birth or word

    def _take_name(self, term: Name) -> bool:
        for option in term.options:
            if option[0][0].startswith("@"):
                if self._details.email.casefold().startswith(option[0][0][1:]):
                    self._email = True
                    return True
            else:
                taken = [self._take_beginnings(slot) for slot in option]  # each is marked, also where not all are there
                if all(taken):
                    return True
        related = frozenset(term.related)
        return self._take_words(lambda form: form in related) or self._take_words(
            lambda form: any(edits_between(typed, form) is not None for typed in term.forms)
        )

    def _take_beginnings(self, slot: tuple[str, ...]) -> bool:
        return self._names.take_beginnings(slot) or self._aside.take_beginnings(slot)

    def _take_words(self, is_meant: Callable[[str], bool]) -> bool:
        return self._names.take_words(is_meant) or self._aside.take_words(is_meant)

    def _take_phone(self, digits: str) -> bool:
        for place, text in enumerate(self._details.phones):
            at = [index for index, one in enumerate(text) if unicodedata.decimal(one, None) is not None]
            first = phone_digits("".join(text[index] for index in at)).rfind(digits) if digits else -1
            if first >= 0:
                self._in_phones[place] = (at[first], at[first + len(digits) - 1] + 1)
        return bool(self._in_phones)

    def _take_birth(self, births: Births) -> bool:
        born = self._details.birth_date
        if born is not None and (
            born in births.likely or born in births.other or any(first <= born <= last for first, last in births.spans)
        ):
            self._born = True
        return self._born

    def _take_record(self, number: int | None) -> bool:
        self._record = self._record or number == self._id
        return self._record


def _words(text: str) -> Iterator[Part]:
    """Where the words of a text are; each character of a script without blanks begins one too."""
    if text.isascii():
        yield from (match.span() for match in _ASCII_WORD.finditer(text))
        return
    begins: int | None = None
    for index, character in enumerate(f"{text} "):
        if unicodedata.category(character)[0] in "LMN":
            begins = index if begins is None else begins
        elif begins is not None:
            yield begins, index
            if is_unspaced(text[begins:index]):
                yield from ((later, index) for later in range(begins + 1, index))
            begins = None


def _covered(word: str, slot: tuple[str, ...]) -> int:
    """How many characters of a word fold to what was typed; 0 where it does not begin so."""
    if word.isascii():  # whose letters fold one by one
        plain = word.lower()
        return next((len(form) for form in slot if plain.startswith(form)), 0)
    if not any(form.startswith(slot) for form in all_forms(word)):
        return 0
    for length in range(1, len(word)):
        # A letter may fold to several (ß) and a mark to none, so lengths say nothing.
        ends = unicodedata.category(word[length])[0] != "M"
        if ends and any(form.startswith(slot) for form in all_forms(word[:length])):
            return length
    return len(word)


@lru_cache(maxsize=256)
def _beginnings(slot: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the beginnings of a text's words that are one of these."""
    return re.compile(f"(?<![0-9A-Za-z])(?:{'|'.join(map(re.escape, slot))})", re.ASCII | re.IGNORECASE)


def _joined(text: str, words: list[Part], slot: tuple[str, ...], parts: set[Part]) -> bool:
    """Marks words that are what was typed only together: `delacruz`, `wangxiaoming`."""
    begins = words[0][0]
    for number in range(2, min(len(words), 5) + 1):
        together = "".join(text[first:last] for first, last in words[:number])
        if any(form.startswith(slot) for form in forms(together)):
            parts.add((begins, words[number - 1][1]))
            return True
    return False
