"""What nobody waits for, begun once all that somebody waits for is answered and drawn.

A thread that counts, or loads what counting takes, has its share of the processor from whatever is drawn meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp


class Asides:
    """Holds back work until the screen stands."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._due: list[Callable[[], object]] = []

    def add(self, act: Callable[[], object]) -> None:
        """Begins something that can wait; what waits already is begun once."""
        if act not in self._due:
            self._due.append(act)
        self.begin()

    def begin(self) -> None:
        """Begins what waits, if nobody waits for anything: told so whenever that may be."""
        if self._due and self._app.working.is_at_rest:
            self._app.call_after_refresh(self._act)

    def _act(self) -> None:
        if not self._app.working.is_at_rest:
            return  # something was asked for since, and its answer will begin this
        due, self._due = self._due, []
        for act in due:
            act()
