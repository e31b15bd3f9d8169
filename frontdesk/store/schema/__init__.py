"""The tables, as SQLAlchemy Core knows them; the migrations create them, `guards` adds what only triggers can hold.

Instants are epoch milliseconds in UTC (`Instant`), days are local dates, lengths are whole minutes. Every constraint
has a name, so that a later migration can find it. They are made when the first is asked for, as SQLAlchemy is loaded
then (`frontdesk.store.core`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdesk.store.schema.every import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        # Not `from … import every`, which asks this very function for it first.
        every = import_module("frontdesk.store.schema.every")
        globals().update({each: getattr(every, each) for each in every.__all__})
        if name not in every.__all__:
            raise AttributeError(f"there is no table {name}")
        return globals()[name]
