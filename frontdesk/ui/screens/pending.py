"""A question that is still being answered, and the keys that must not act before it is.

Letters typed ahead may overtake the answers to the letters before them; a key that acts on the answer (Enter on the
best match) may not, or it opens another patient than the one whose name was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.domain.errors import Refused

if TYPE_CHECKING:
    from frontdesk.ui.screens.base import DeskScreen


class Pending:
    """One kind of question of a screen; asked anew before it was answered, only the latest answer counts."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._open = False
        self._waiting: list[Callable[[], object]] = []
        self._release: Callable[[], None] | None = None

    def begin(self) -> None:
        """The question is asked."""
        self._open = True

    def then(self, act: Callable[[], object]) -> None:
        """Acts now, or as soon as the answer is shown; no key acts in between."""
        if not self._open:
            act()
            return
        self._waiting.append(act)
        if self._release is None:
            self._release = self._screen.desk_app.router.hold_keys()

    def end(self) -> None:
        """The answer is shown."""
        self._open = False
        waiting, self._waiting = self._waiting, []
        try:
            for act in waiting:
                act()
        finally:
            if self._release is not None:
                self._release()
                self._release = None

    def drop(self) -> None:
        """There will be no answer: what waited for it is not done."""
        self._waiting.clear()
        self.end()

    def refused(self, refused: Refused) -> None:
        """There will be no answer: says why, and lets the keys go."""
        self.drop()
        self._screen.desk_app.refuse(refused)
