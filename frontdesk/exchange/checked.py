"""Reading a document of tables strictly, and collecting everything that is wrong in it.

Every `take` returns None after it has written down a problem, so that reading goes on and all errors come at once.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from frontdesk.domain.errors import Problem
from frontdesk.text import NAME_LIMIT, objection, visible

_SHOWN = 40
"""Characters of a wrong value that are quoted back."""
_REQUIRED: Any = object()
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def quoted(text: str) -> str:
    """A value from the file as it may be quoted in a message."""
    seen = visible(text)
    return f'"{seen[:_SHOWN]}…"' if len(seen) > _SHOWN else f'"{seen}"'


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, case aside."""
    by_lower = {one.lower(): one for one in known}
    match = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[match[0]] if match else None


def kind(value: object) -> str:
    """What a TOML value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    for types, words in _KINDS:
        if isinstance(value, types):
            return words
    return type(value).__name__


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "text"),
    (int, "a whole number"),
    (float, "a number with a fraction"),
    (Mapping, "a table"),
    ((list, tuple), "a list"),
    (date, "a date"),
)


class Table(Struct):
    """One table of the document; `where` is its place, empty for the document itself.

    `problems` is shared by all tables of a document.
    """

    values: Mapping[str, Any]
    where: str
    problems: list[Problem]

    def place(self, key: str) -> str:
        """Where a key of this table is."""
        return f"{self.where}.{key}" if self.where else key

    def wrong(self, key: str, reason: str) -> None:
        """Writes a problem down."""
        self.problems.append(Problem(self.place(key), reason))

    def only(self, known: tuple[str, ...]) -> None:
        """Objects to every key that is not known, naming the one that was probably meant."""
        for key in self.values:
            if key not in known:
                meant = nearest(key, known)
                hint = f'did you mean "{meant}"?' if meant else f"what may stand here: {', '.join(known)}"
                self.wrong(visible(key)[:_SHOWN] or '""', f"is not known; {hint}")

    def text(self, key: str, default: str | None = _REQUIRED, *, limit: int = NAME_LIMIT) -> str | None:
        """A text of one line, NFC and trimmed; empty only where there is a default."""
        value = self._value(key, default)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(key, f"must be text, not {kind(value)}")
            return None
        why_not = objection(value, limit=limit)
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if why_not is None and not text and default is _REQUIRED:
            why_not = "is empty"
        if why_not is not None:
            self.wrong(key, why_not)
            return None
        return text

    def number(self, key: str, low: int, high: int, default: int = _REQUIRED) -> int | None:
        """A whole number from `low` to `high`."""
        value = self._value(key, default)
        return None if value is None else self._whole(key, value, low, high)

    def window(
        self, key: str, low: int, high: int, words: tuple[str, str] = ("earliest", "latest")
    ) -> tuple[int, int] | None:
        """A list of two whole numbers of minutes, the smaller first; `words` say what they are."""
        value = self._value(key, _REQUIRED)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            found = f"a list of {len(value)}" if isinstance(value, list) else kind(value)
            self.wrong(key, f"must be [{', '.join(words)}] in minutes, like [20, 30], not {found}")
            return None
        first, last = (self._whole(key, one, low, high) for one in value)
        if first is None or last is None:
            return None
        if first > last:
            self.wrong(key, f"the {words[0]}, {first}, comes after the {words[1]}, {last}")
            return None
        return first, last

    def clock(self, key: str) -> int | None:
        """A time of day like "17:00" or a local time of TOML, in minutes after midnight; None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, time):
            return value.hour * 60 + value.minute
        match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            found = quoted(value) if isinstance(value, str) else kind(value)
            self.wrong(key, f'must be a time like "17:00", not {found}')
            return None
        return int(match[1]) * 60 + int(match[2])

    def texts(self, key: str) -> list[str]:
        """A list of texts, each as `text` takes it; empty where there is none."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, f'must be a list like ["one", "other"], not {kind(value)}')
            return []
        found = (Table({key: one}, self.where, self.problems).text(key) for one in value)
        return [text for text in found if text is not None]

    def day(self, key: str, default: date | None = _REQUIRED) -> date | None:
        """A date of TOML, or a text like "2026-12-24"."""
        value = self._value(key, default)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str):
            try:
                return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                self.wrong(key, f'{quoted(value)} is no date; write it like "2026-12-24"')
                return None
        found = "a date with a time" if isinstance(value, datetime) else kind(value)
        self.wrong(key, f'must be a date like "2026-12-24", not {found}')
        return None

    def table(self, key: str, *, required: bool = True) -> Table | None:
        """A table inside this one."""
        value = self._value(key, _REQUIRED if required else None)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(key, f"must be a table, not {kind(value)}")
            return None
        return Table(value, self.place(key), self.problems)

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """The tables of a list, counted from 1 as a person counts: `rooms[2]` is the second `[[rooms]]`."""
        value = self.values.get(key)
        if value is None or value == []:
            if required:
                self.wrong(key, f"there is none; write at least one [[{key}]]")
            return []
        if not isinstance(value, list):
            self.wrong(key, f"must be written as [[{key}]], once for each, not as {kind(value)}")
            return []
        tables: list[Table] = []
        for number, one in enumerate(value, start=1):
            if isinstance(one, Mapping):
                tables.append(Table(one, f"{self.place(key)}[{number}]", self.problems))
            else:
                self.wrong(f"{key}[{number}]", f"must be a table, not {kind(one)}")
        return tables

    def _value(self, key: str, default: Any) -> Any:
        value = self.values.get(key)
        if value is not None:
            return value
        if default is _REQUIRED:
            self.wrong(key, "is missing")
            return None
        return default

    def _whole(self, key: str, value: object, low: int, high: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, f"must be a whole number, not {kind(value)}")
            return None
        if not low <= value <= high:
            found = str(value) if abs(value) < 10**12 else "a number far out"
            self.wrong(key, f"must be from {low} to {high}, not {found}")
            return None
        return value
