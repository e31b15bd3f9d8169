"""What dialogs leave behind is collected while nobody types: a dialog is a web of widgets that only a collection frees.

To look through everything there is takes tens of milliseconds, which no key should wait for. Left to itself it is done
in the middle of a key, or, as rarely as it suits a verb that ends at once, hardly ever: a hundred dialogs are 30 MiB.

What is free then lies between what is in use, and the C library keeps it, if it is not asked to give it back: after an
hour, ten megabytes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic

from frontdesk.ui.c_memory import give_back

PAUSE_S = 0.4
"""Seconds without a key that are taken for a pause."""
OFTEN = (2_000, 10, 2)
"""Objects made, and collections of the younger ones, between two collections: the last is for whoever never pauses."""


class Sweeping:
    """Asked once a second whether it is time."""

    def __init__(self, clock: Callable[[], float] = monotonic, *, give_back: Callable[[], object] = give_back) -> None:
        self._clock = clock
        self._give_back = give_back
        self._key_at = clock()
        self._swept = False

    def touched(self) -> None:
        """A key was pressed."""
        self._key_at = self._clock()

    def tick(self) -> None:
        """Collects, in a pause, where enough was made since it last did to be worth it.

        Only in a process that goes at this pace (`environment.started`): in another it is not ours to freeze.
        """
        if gc.get_count()[2] and gc.get_threshold() == OFTEN and self._clock() - self._key_at >= PAUSE_S:
            gc.collect()
            if not self._swept:
                # The libraries and the main screens, which stay: what comes and goes is a tenth of it.
                gc.freeze()
                self._swept = True
            self._give_back()
