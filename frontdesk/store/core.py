"""SQLAlchemy Core, loaded when a statement is first made with it: `from frontdesk.store import core as sa`.

Whoever only looks asks a `Question`, so a verb that only tells, a wall board and a dashboard in its first minute do
without: it takes longer to load than a day to be read, and more memory than all of the screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        import sqlalchemy

        return getattr(sqlalchemy, name)
