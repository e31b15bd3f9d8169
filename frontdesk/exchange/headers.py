"""Which column of a table holds what.

A column is known by its name in any of the languages and systems of `column_words`; where several could serve, their
values decide. Whoever imports can overrule everything: no list of names is ever complete.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from frontdesk.domain.errors import Refused
from frontdesk.exchange.column_words import AMBIGUOUS, NOT_A_DATE, NOT_THE_PATIENT, OF_THE_FILE, STEMS, WORDS, Field
from frontdesk.text import visible

SEVERAL = frozenset({Field.PHONE, Field.EMAIL, Field.HOUSE, Field.STREET_2, Field.NOTES})
"""Fields that take every column of theirs; of the others one column is chosen."""
_LONGEST = 120  # characters; a longer cell at the top of a column is a text, not its name
_WHOLE_NAME = (Field.FULL, Field.FULL_FAMILY_FIRST)
_EVIDENCE = (Field.BIRTH_DATE, Field.SEX, Field.PHONE)
_STEMS = tuple(
    (re.compile("|".join(rf"\b{stem.replace('$', chr(92) + 'b')}" for stem in stems.split())), field)
    for stems, field in STEMS
)
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_LEADING = re.compile(
    r"^(?:patient|patients|pat|pt|client|clients|customer|contact|person|primary|patienten|kunden|legal|home"
    r"|personal|current|main|demographics|name|address|anschrift|paciente|paziente|pacjenta) "
)
_NUMBERED = re.compile(
    r" ?\d+( value)?$|(?<=\w) \d+(?= value$| (?:street|city|region|country|postal|formatted"
    r"|extended|po|address|number)\b)| value$"
)


class Columns(Struct, frozen=True):
    """Where each field stands: numbers of columns from 0, in the order of the table."""

    places: Mapping[Field, tuple[int, ...]]

    def one(self, field: Field) -> int | None:
        """The column of a field that has one, None where the table has no such column."""
        places = self.places.get(field, ())
        return places[0] if places else None


@lru_cache(maxsize=4096)
def words_of(header: str) -> str:
    """The words of a header: `E-mail 1 - Value`, `emailAddress` and `DATE_OF_BIRTH` in one plain spelling."""
    text = re.sub(r"\([^)]*\)|\[[^]]*\]|\*", " ", header)
    text = re.sub(r"(?<=[a-zäöüéèß])(?=[A-Z])", " ", text)
    text = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    text = "".join(character for character in text if not unicodedata.combining(character)).replace("'", "")
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def squeezed(header: str) -> str:
    """`words_of` without its blanks: what headers are looked up by."""
    return words_of(header).replace(" ", "").replace("emailaddress", "email").replace("electronicmail", "email")


@lru_cache(maxsize=4096)
def meaning(header: str) -> Field | None:
    """What a column of this name holds, None for an unknown one; ambiguous names are `Field.FULL`."""
    if len(header) > _LONGEST:
        return None
    words = full = words_of(header)
    if full.replace(" ", "") in OF_THE_FILE:
        return OF_THE_FILE[full.replace(" ", "")]
    while words:
        found = _named(words)
        if found:
            return found
        shorter = _NUMBERED.sub("", words)
        if shorter == words:
            shorter = _LEADING.sub("", words)
        if shorter == words:
            break
        words = shorter
    return _stemmed(full)


def _named(words: str) -> Field | None:
    if NOT_THE_PATIENT.intersection(words.split()):
        return None
    word = words.replace(" ", "")
    if word in AMBIGUOUS:
        return Field.FULL
    return WORDS.get(word)


def _stemmed(words: str) -> Field | None:
    """What the column holds by the beginning of one of its words, the last thing tried."""
    parts = words.split()
    if NOT_THE_PATIENT.intersection(parts):
        return None
    not_a_date = any(part.endswith(tuple(NOT_A_DATE)) for part in parts)
    for pattern, field in _STEMS:
        if pattern.search(words.replace("e mail", "email")) and not (field is Field.BIRTH_DATE and not_a_date):
            return field
    return None


def count_known(cells: Sequence[str]) -> int:
    """How many cells of a record are names of columns: by this a header is told from titles above it."""
    return sum(1 for cell in cells if meaning(cell)) if len(cells) > 1 else 0


def find_columns(
    header: Sequence[str],
    better: Callable[[Field, int], float],
    overrides: Mapping[str, str] | None = None,
) -> Columns:
    """Where each field stands in a table with this header.

    `better` weighs a column by its values where several could hold the same field. `overrides` maps fields to column
    names as the caller wants them; an empty name leaves the field out. Raises `Refused` where no column holds
    patients' names, or for an override that names no field or no column.
    """
    candidates: dict[Field, list[int]] = {}
    asked = _overrides(header, overrides or {})
    taken = {place for place in asked.values() if place is not None}
    for place, name in enumerate(header):
        field = meaning(name)
        if field and field not in asked and place not in taken:
            candidates.setdefault(field, []).append(place)
    _settle_ambiguous(header, candidates, asked)
    for kind, places in candidates.items():
        if places and kind not in SEVERAL:
            candidates[kind] = [max(places, key=lambda place: (better(kind, place), -place))]
    for field, column in asked.items():
        candidates[field] = [] if column is None else [column]
    found = {field: tuple(places) for field, places in candidates.items() if places}
    _require_names(header, found, asked)
    return Columns(found)


def _settle_ambiguous(
    header: Sequence[str], candidates: dict[Field, list[int]], asked: Mapping[Field, int | None]
) -> None:
    """`Name` beside `Vorname` is the family name, `Nome` beside `Cognome` the given one, alone the whole name."""
    places = [place for place in candidates.get(Field.FULL, []) if squeezed(header[place]) in AMBIGUOUS]
    has_given = Field.GIVEN in candidates or Field.GIVEN in asked
    has_family = Field.FAMILY in candidates or Field.FAMILY in asked
    if not places or has_given == has_family:
        return
    candidates[Field.FULL] = [place for place in candidates[Field.FULL] if place not in places]
    candidates[Field.FAMILY if has_given else Field.GIVEN] = places


def _overrides(header: Sequence[str], overrides: Mapping[str, str]) -> dict[Field, int | None]:
    asked: dict[Field, int | None] = {}
    names = {squeezed(name): place for place, name in reversed(list(enumerate(header))) if name}
    for key, name in overrides.items():
        try:
            field = Field(key.strip().lower().replace("-", "_"))
        except ValueError:
            raise Refused(f"{key!r} is no field of a patient; fields are {', '.join(Field)}") from None
        if not name.strip():
            asked[field] = None
            continue
        place = header.index(name) if name in header else names.get(squeezed(name))
        if place is None:
            raise Refused(f"there is no column {name!r}; {_listed(header)}")
        asked[field] = place
    return asked


def _require_names(
    header: Sequence[str], found: Mapping[Field, tuple[int, ...]], asked: Mapping[Field, int | None]
) -> None:
    """Refuse a table without people: a lone column `name` may hold towns; something personal must be beside it."""
    if Field.GIVEN in found or Field.FAMILY in found:
        return
    for field in _WHOLE_NAME:
        if field in found and (
            field in asked
            or squeezed(header[found[field][0]]) not in AMBIGUOUS
            or any(evidence in found for evidence in _EVIDENCE)
        ):
            return
    raise Refused(
        f"no column is known to hold patients' names; {_listed(header)}; "
        "say which it is with given=COLUMN and family=COLUMN, or full=COLUMN"
    )


def _listed(header: Sequence[str]) -> str:
    names = [visible(name)[:40] or "(blank)" for name in header[:12]]
    more = f" and {len(header) - 12} more" if len(header) > 12 else ""
    return f"the columns are {', '.join(names)}{more}"
