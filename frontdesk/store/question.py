"""A statement asked through the driver: for what every key asks, where SQLAlchemy's preparations outlast the answer.

Its text is made of constants, and of few of them: how many values there are does not show in it. So a file's driver
finds it among those it has compiled, and a server plans it once in a session.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection

LAST = "\U0010ffff"
"""Sorts after every letter: the end of the range of all words with one beginning."""


class Question:
    """One statement in the making: its values are bound by name, its words are made of constants."""

    def __init__(self, conn: Connection) -> None:
        if not conn.in_transaction():
            conn.begin()  # which the driver alone would not do
        self._raw: Any = conn.connection.driver_connection
        self.is_server = conn.dialect.name == "postgresql"
        self._values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """The place of a value."""
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f"%({name})s" if self.is_server else f":{name}"

    def one_of(self, values: Iterable[Any]) -> str:
        """The places of a few, as an IN list; the last one again until they are a round number."""
        some = list(values)
        some += some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some))
        return f"({', '.join([self.bind(one) for one in some])})"

    def is_among(self, column: str, ids: Collection[int]) -> str:
        """That a column has one of these ids, of however many."""
        if self.is_server:
            return f"{column} = ANY(CAST({self.bind([*ids])} AS bigint[]))"
        return f"{column} IN (SELECT value FROM json_each({self.bind(json.dumps([*ids]))}))"

    def each(self, texts: Iterable[str]) -> str:
        """Texts as the rows of a source `q` with the column `value`, which go as one value however many they are."""
        if self.is_server:
            return f"unnest(CAST({self.bind([*texts])} AS text[])) AS q(value)"
        return f"json_each({self.bind(json.dumps([*texts]))}) AS q"

    def begins(self, column: str, form: str, last: str = LAST) -> str:
        """That a column's text begins so."""
        return f"{column} >= {self.bind(form)} AND {column} < {self.bind(form + last)}"

    def rows(self, words: str) -> list[Any]:
        """Asks."""
        if self.is_server:
            found: list[Any] = self._raw.execute(words, self._values, prepare=True).fetchall()
        else:
            found = self._raw.execute(words, self._values).fetchall()
        return found
