"""Keeps a row straight where terminals disagree about how wide a letter is.

Combining marks, Indic and Southeast Asian clusters and emoji are drawn wider or narrower from one terminal to the
next, and everything right of them would shift, a room's timer into the next column. So the place of such a run is
written as blanks, the run over them, and the cursor is then put where the layout says the run ends: DECSC, DECRC and
CUF (ECMA-48 8.3.20; DEC STD 070), which every terminal knows.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from rich.cells import cell_len

from frontdesk.patterns import late

_DOUBTFUL = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u0829\u0859-\u085b\u08d3-\u08ff\u0900-\u109f\u1100-\u11ff"
    "\u135d-\u135f\u1712-\u1734\u1780-\u17ff\u180b-\u180f\u1885-\u18a9\u1920-\u1aff\u1b00-\u1c7f\u1cd0-\u1cff"
    "\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u2ff0-\u2fff\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua69e-\ua6f1"
    "\ua800-\uabff\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U00010a01-\U00010a3f\U00011000-\U000119ff\U00016f00-\U00016fff\U0001d165-\U0001d244\U0001e000-\U0001e94a"
    "\U0001f000-\U0001faff\U000e0100-\U000e01ef"
)
_SEQUENCE = late("(\x1b(?:\\[[0-?]*[ -/]*[@-~]|[PX^_\\]][^\x1b\x07]*(?:\x1b\\\\|\x07)|[ -/]*[0-~]))")
_RUN = late(f"[^\x00-\x20\x7f]?[{_DOUBTFUL}](?:[^\x00-\x20\x7f]?[{_DOUBTFUL}])*")
_FROM, _TO = zip(*[(one[0], one[-1]) for one in sorted(re.findall(".-.|.", _DOUBTFUL))], strict=True)
_ASCII = bytes(range(128))
_MARK = frozenset({"Mn", "Mc", "Me", "Cf"})


def steady(output: str) -> str:
    """What is about to be written to the terminal, with the place of each doubtful run settled."""
    if output.isascii():
        return output
    # Each letter there is, once: most of a frame are digits of colours, and what rules and bars are made of.
    letters = set(output.encode("utf-8", "backslashreplace").translate(None, _ASCII).decode())
    if not any(map(is_doubtful, letters)):
        return output
    pieces = _SEQUENCE.split(output)
    # Every second piece is an escape sequence: its bytes are never text.
    pieces[::2] = [_RUN.sub(_settled, text) for text in pieces[::2]]
    return "".join(pieces)


def is_doubtful(letter: str) -> bool:
    """Whether terminals disagree about how wide it is, or it with its neighbours."""
    at = bisect_right(_FROM, letter)
    return at > 0 and letter <= _TO[at - 1]


def _settled(match: re.Match[str]) -> str:
    run = match.group()
    width = cell_len(run)
    if width <= 0 or unicodedata.category(run[0]) in _MARK:
        # A mark without its letter: it belongs to what was written before.
        return run
    # Saved twice: some terminals forget a saved cursor once it is restored.
    return f"\x1b7{' ' * width}\x1b8\x1b7{run}\x1b8\x1b[{width}C"
