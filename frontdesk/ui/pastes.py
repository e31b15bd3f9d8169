"""Tells pasted text from keys, so that a paste never acts as keys and a half one never shuts the keyboard.

Terminals mark a paste with brackets (xterm's mode 2004); some, and multiplexers, send it bare. Nobody types a hundred
characters at once, so that many plain characters in one go are a paste as well. A million characters go through here,
so nothing looks at them one by one.
"""

from __future__ import annotations

import re

from msgspec import Struct

from frontdesk.patterns import late

BARE_PASTE = 100
"""Plain characters arriving together that are a paste even without brackets; a stall of seconds gathers fewer keys."""
PASTE_LIMIT = 20_000
"""Characters kept of a paste: five times the longest field."""

_START, _END = "\x1b[200~", "\x1b[201~"
_SEQUENCE = late("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.|[PX^_\\]][^\x1b\x07]*(?:\x1b\\\\|\x07)?|.)?", re.DOTALL)
_PART_OF_A_MARK = late("\x1b(?:\\[(?:2(?:0(?:[01]~?)?)?)?)?$")


class Typed(Struct, frozen=True, gc=False):
    """Keys, as the terminal sent them."""

    text: str


class Pasted(Struct, frozen=True, gc=False):
    """Text that was pasted, as much of it as is kept: longer than any field, so that a field knows it must cut."""

    text: str


class Pastes:
    """Parts what arrives into keys and pastes, however it was cut into reads."""

    def __init__(self) -> None:
        self._open = False
        self._kept = ""

    @property
    def is_open(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._open

    def expects_more(self, text: str) -> bool:
        """Whether the rest of `text` is likely on its way: a burst, or half a bracket."""
        return self._open or len(text) > BARE_PASTE // 4 or (len(text) > 1 and _PART_OF_A_MARK.search(text) is not None)

    def take(self, text: str) -> list[Typed | Pasted]:
        """What has arrived, in order; a paste comes when its end has."""
        found: list[Typed | Pasted] = []
        while text:
            if not self._open:
                before, mark, text = text.partition(_START)
                if before:
                    found.append(_typed(before))
                self._open = bool(mark)
                continue
            self._kept += text
            inside, mark, text = self._kept.partition(_END)
            self._kept = inside
            if mark:
                found.append(self.end())
            elif len(inside) > PASTE_LIMIT + len(_END):
                # The last characters may be the beginning of the end mark.
                self._kept = inside[:PASTE_LIMIT] + inside[-len(_END) :]
        return found

    def end(self) -> Pasted:
        """The paste so far, as a whole one: its end has come, or will not."""
        pasted = Pasted(self._kept[:PASTE_LIMIT])
        self._open, self._kept = False, ""
        return pasted


def _typed(text: str) -> Typed | Pasted:
    """Keys, or a paste without brackets."""
    if len(text) < BARE_PASTE:
        return Typed(text)
    plain = _SEQUENCE.sub("", text)
    if len(plain) < BARE_PASTE:
        return Typed(text)
    return Pasted(plain[:PASTE_LIMIT])
