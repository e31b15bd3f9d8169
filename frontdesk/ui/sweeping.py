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
OFTEN = (1_000, 5, 10)
"""Objects made, and collections of the younger ones, between two collections: the last two are for who never pauses.

A pause is used when a thousand were made. What lies about until then is what memory holds at most, and that is never
given back: each time that there is a little more of it than ever before, the program is larger from then on.
"""


class Sweeping:
    """Asked once a second whether it is time; `again` calls it once more after so many seconds.

    `is_bare` says whether no dialog is open: what is there then stays, and is looked through no more.
    """

    def __init__(
        self,
        again: Callable[[float, Callable[[], None]], object],
        is_bare: Callable[[], bool],
        clock: Callable[[], float] = monotonic,
        *,
        give_back: Callable[[], object] = give_back,
    ) -> None:
        self._again = again
        self._is_bare = is_bare
        self._clock = clock
        self._give_back = give_back
        self._key_at = clock()
        self._waits = False
        self._stays = True
        """Whether much has come that stays, and need not be looked through again."""

    def touched(self) -> None:
        """A key was pressed."""
        self._key_at = self._clock()

    def loaded(self) -> None:
        """A library was loaded, which stays."""
        self._stays = True

    def tick(self) -> None:
        """Collects, in a pause, where enough was made since it last did to be worth it.

        Who presses two keys a second pauses between them, but may never pause at a tick: the pause is waited for.
        Only in a process that goes at this pace (`environment.started`): in another it is not ours to freeze.
        """
        if self._waits or not any(gc.get_count()[1:]) or gc.get_threshold() != OFTEN:
            return
        short = PAUSE_S - (self._clock() - self._key_at)
        if short <= 0:
            self._sweep()
        else:
            self._waits = True
            self._again(short, self._look)

    def _look(self) -> None:
        self._waits = False
        # A little is lost on the way from one clock to another.
        if self._clock() - self._key_at >= 0.9 * PAUSE_S:
            self._sweep()

    def _sweep(self) -> None:
        gc.collect()
        if self._stays and self._is_bare():
            # The libraries and the main screens: what comes and goes is a tenth of it.
            gc.freeze()
            self._stays = False
        self._give_back()
