"""A statement asked through the driver: how whoever only looks asks, from the first screen to a report.

SQLAlchemy takes longer to load than a day to be read and drawn, and to prepare a statement longer than a database to
answer it. So whoever only asks is written as a `Question`, in SQL that both databases understand, and can be asked
through SQLAlchemy's connections as well as without it.

Its text is made of constants, and of few of them: how many values there are does not show in it. So a file's driver
finds it among those it has compiled, and a server plans it once in a session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from frontdesk.domain.instants import from_ms, to_ms

if TYPE_CHECKING:
    from typing import TypeAlias

    from pendulum import DateTime
    from sqlalchemy import Connection

LAST = "\U0010ffff"
"""Sorts after every letter: the end of the range of all words with one beginning."""


class Glance(Struct, frozen=True):
    """A driver's own connection inside a transaction that sees one moment: enough to ask, and no more."""

    raw: Any
    """A `sqlite3.Connection`, or a `psycopg.Connection`."""
    is_server: bool


if TYPE_CHECKING:
    Askable: TypeAlias = Connection | Glance
    """What a question can be asked through."""


class Question:
    """One statement in the making: its values are bound by name, its words are made of constants."""

    def __init__(self, conn: Askable) -> None:
        if isinstance(conn, Glance):
            self._raw, self.is_server = conn.raw, conn.is_server
        else:
            if not conn.in_transaction():
                conn.begin()  # which the driver alone would not do
            self._raw = conn.connection.driver_connection
            self.is_server = conn.dialect.name == "postgresql"
        self._values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """The place of a value."""
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f"%({name})s" if self.is_server else f":{name}"

    def at(self, instant: DateTime) -> str:
        """The place of an instant."""
        return self.bind(to_ms(instant))

    def on(self, day: date) -> str:
        """The place of a local day."""
        return self.bind(day.isoformat())

    def one_of(self, values: Iterable[Any]) -> str:
        """The places of a few, as an IN list; the last one again until they are a round number."""
        some = list(values)
        some += some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some))
        return f"({', '.join([self.bind(one) for one in some])})"

    def is_among(self, column: str, ids: Iterable[int]) -> str:
        """That a column has one of these ids, of however many."""
        if self.is_server:
            return f"{column} = ANY(CAST({self.bind([*ids])} AS bigint[]))"
        return f"{column} IN (SELECT value FROM json_each({self.bind(str([*ids]))}))"

    def is_named(self, column: str, texts: Iterable[str]) -> str:
        """That a column has one of these texts, of however many."""
        if self.is_server:
            return f"{column} = ANY(CAST({self.bind([*texts])} AS text[]))"
        return f"{column} IN (SELECT value FROM json_each({self.bind(_texts(texts))}))"

    def each(self, texts: Iterable[str]) -> str:
        """Texts as the rows of a source `q` with the column `value`, which go as one value however many they are."""
        if self.is_server:
            return f"unnest(CAST({self.bind([*texts])} AS text[])) AS q(value)"
        return f"json_each({self.bind(_texts(texts))}) AS q"

    def begins(self, column: str, form: str, last: str = LAST) -> str:
        """That a column's text begins so."""
        return f"{column} >= {self.bind(form)} AND {column} < {self.bind(form + last)}"

    def rows(self, words: str) -> list[Any]:
        """Asks, and gives every row."""
        found: list[Any] = self._asked(words).fetchall()
        return found

    def each_row(self, words: str) -> Iterator[Any]:
        """Asks, and gives one row after another; of very many, all at once is memory that nobody gets back."""
        yield from self._asked(words)

    def first(self, words: str) -> Any:
        """The first row, None where there is none."""
        return next(iter(self.rows(words)), None)

    def _asked(self, words: str) -> Any:
        if self.is_server:
            return self._raw.execute(words, self._values, prepare=True)
        return self._raw.execute(words, self._values)


# What a column holds, as a value. Instants are milliseconds on both databases; days and documents come as text from a
# file, and from a server as its driver has read them.


def as_instant(ms: int | None) -> DateTime | None:
    """The instant in a column that may be empty; `from_ms` has that of one that may not."""
    return None if ms is None else from_ms(ms)


def as_day(value: str | date) -> date:
    """A local day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_day_or_none(value: str | date | None) -> date | None:
    """The local day in a column that may be empty."""
    return None if value is None else as_day(value)


def as_document(value: Any) -> Any:
    """A list or a mapping; None in a column that may be empty."""
    return from_json(value) if isinstance(value, str) else value


def from_json(text: str) -> Any:
    """What a document says; msgspec reads it in half the time and is there already."""
    try:
        return decode(text)
    except (MsgspecError, UnicodeError):
        # Halves of letters (surrogates), which another program may have left there, only Python's own reads.
        import json

        return json.loads(text)


def _texts(texts: Iterable[str]) -> str:
    import json

    return json.dumps([*texts])
