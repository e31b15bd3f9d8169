"""What text may enter the program, and what may leave it for a terminal.

The only place that knows control codes. Names come from files, keyboards and other programs' databases; a terminal
obeys the control codes inside them (ECMA-48), and bidirectional controls reorder the whole row (UAX #9), so both are
kept out at every border and filtered once more at the last one.
"""

from __future__ import annotations

import unicodedata

from frontdesk.patterns import late

NAME_LIMIT = 120
"""Characters in a name; longer than any real one, short enough to draw."""
LINE_LIMIT = 250
"""Characters in a one-line field: phone, e-mail, title."""
NOTES_LIMIT = 4000
"""Characters in a field of several lines."""
MARKS_LIMIT = 8
"""Combining marks on one letter; Vietnamese and Hebrew need three, an attack uses thousands."""

_SEPARATORS = "\u2028\u2029"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_HARMFUL = late(f"[\x00-\x1f\x7f-\x9f{_SEPARATORS}{_BIDI}\ud800-\udfff\ufeff\U000e0000-\U000e007f]")
_HARMFUL_BUT_LINES = late(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_SEPARATORS}{_BIDI}\ud800-\udfff\ufeff\U000e0000-\U000e007f]")
_FIRST_MARK = "\u0300"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HEAP = late(f"[{_MARKS}]{{{MARKS_LIMIT + 1},}}")
"""More marks on one letter than any script puts there: drawn, they would run over the rows above and below."""
_LINE_ENDS = late("\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c")


def objection(text: str, *, limit: int = LINE_LIMIT, lines: bool = False) -> str | None:
    """Why `text` may not be stored, in words for the person who typed it, or None when it may.

    `lines` allows newlines and tabs. Said, not mended: a name that changes on its way in is a lost name.
    """
    if len(text) > limit:
        return f"is {len(text)} characters long; at most {limit} fit"
    match = (_HARMFUL_BUT_LINES if lines else _HARMFUL).search(text)
    if match:
        return f"holds a control character (U+{ord(match.group()):04X}) that can't be shown"
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MARKS_LIMIT:
            return f"holds more than {MARKS_LIMIT} combining marks on one letter"
    if text.strip() and not any(unicodedata.category(c)[0] in "LNPS" for c in text):
        return "holds nothing that can be seen"
    return None


def clean(text: str, *, limit: int = LINE_LIMIT, lines: bool = False) -> str:
    """`text` as it may be stored: NFC, no control codes, trimmed, at most `limit` characters.

    For text that nobody can be asked about (a calendar's titles, a paste); where someone can be told, use `objection`.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    text = (_HARMFUL_BUT_LINES if lines else _HARMFUL).sub("", text)
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS_LIMIT:
            kept.append(character)
        if len(kept) >= limit:
            break
    return "".join(kept).strip()


def visible(text: str) -> str:
    """One line of `text` without anything a terminal would obey: for standard output, error lines and chips."""
    # Nothing that a terminal obeys is printable, nor what ends a line.
    if not text.isprintable():
        text = _HARMFUL.sub("", _LINE_ENDS.sub(" ", text).replace("\n", " ").replace("\t", " "))
    if text.isascii() or max(text) < _FIRST_MARK:
        return text
    return _HEAP.sub(lambda heap: heap.group()[:MARKS_LIMIT], text)


def visible_lines(text: str) -> str:
    """`text` of several lines without anything a terminal would obey; tabs become blanks."""
    return _HARMFUL_BUT_LINES.sub("", _LINE_ENDS.sub("\n", text).replace("\t", "    "))
