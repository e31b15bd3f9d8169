"""What takes longer than half a second says so in the header, whether a key waits for it or not."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable

SOON_S = 0.5
"""What takes no longer needs no word: it would flicker."""
READING, SAVING, OPENING, WRITING, SENDING = "READING…", "SAVING…", "OPENING…", "WRITING…", "SENDING MAILS…"


class Working:
    """The pieces of work that run now, and the words for those that have taken long."""

    def __init__(self, changed: Callable[[], object], rests: Callable[[], object] = lambda: None) -> None:
        """`changed` is called when the words are others, `rests` when nothing runs any more that has any."""
        self._changed = changed
        self._rests = rests
        self._running: dict[str, tuple[object, str]] = {}
        self._long: set[str] = set()

    def begin(self, group: str, words: str) -> Callable[[], None]:
        """A piece of work has begun, in place of an older one of its group; call what it returns when it has ended."""
        if not words:
            return _nothing
        token = object()
        self._running[group] = token, words
        handle = get_running_loop().call_later(SOON_S, self._takes_long, group, token)

        def ended() -> None:
            handle.cancel()
            if self._running.get(group, ("",))[0] is token:
                del self._running[group]
                if group in self._long:
                    self._long.discard(group)
                    self._changed()
                if self.is_at_rest:
                    self._rests()

        return ended

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing runs that somebody waits for."""
        return not self._running

    @property
    def words(self) -> str:
        """What has taken longest, in words; empty where all is quick."""
        return next((words for group, (_, words) in self._running.items() if group in self._long), "")

    def _takes_long(self, group: str, token: object) -> None:
        if self._running.get(group, ("",))[0] is token:
            self._long.add(group)
            self._changed()


def _nothing() -> None:
    """The end of what says nothing."""
