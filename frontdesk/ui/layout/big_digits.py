"""Digits and letters drawn from half blocks, at any size: what a timer is read by from across the room."""

from __future__ import annotations

from math import ceil

DOTS_HIGH = 5
"""Dots from top to bottom of every sign; a dot is one cell wide and half a row high, which is about square."""

_SIGNS: dict[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "?": ("###", "  #", " ##", "   ", " # "),
    "A": (" # ", "# #", "###", "# #", "# #"),
    "B": ("## ", "# #", "## ", "# #", "## "),
    "C": (" ##", "#  ", "#  ", "#  ", " ##"),
    "D": ("## ", "# #", "# #", "# #", "## "),
    "E": ("###", "#  ", "## ", "#  ", "###"),
    "F": ("###", "#  ", "## ", "#  ", "#  "),
    "G": (" ##", "#  ", "# #", "# #", " ##"),
    "H": ("# #", "# #", "###", "# #", "# #"),
    "I": ("#", "#", "#", "#", "#"),
    "J": ("  #", "  #", "  #", "# #", " # "),
    "K": ("# #", "# #", "## ", "# #", "# #"),
    "L": ("#  ", "#  ", "#  ", "#  ", "###"),
    "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
    "N": ("#  #", "## #", "# ##", "#  #", "#  #"),
    "O": (" # ", "# #", "# #", "# #", " # "),
    "P": ("## ", "# #", "## ", "#  ", "#  "),
    "Q": (" # ", "# #", "# #", " ##", "  #"),
    "R": ("## ", "# #", "## ", "# #", "# #"),
    "S": (" ##", "#  ", " # ", "  #", "## "),
    "T": ("###", " # ", " # ", " # ", " # "),
    "U": ("# #", "# #", "# #", "# #", "###"),
    "V": ("# #", "# #", "# #", "# #", " # "),
    "W": ("#   #", "#   #", "# # #", "## ##", "#   #"),
    "X": ("# #", "# #", " # ", "# #", "# #"),
    "Y": ("# #", "# #", " # ", " # ", " # "),
    "Z": ("###", "  #", " # ", "#  ", "###"),
    "*": ("   ", "# #", " # ", "# #", "   "),
    "!": ("#", "#", "#", " ", "#"),
    "-": ("  ", "  ", "##", "  ", "  "),
    "'": ("#", "#", " ", " ", " "),
    " ": (" ", " ", " ", " ", " "),
}


def has_signs(text: str) -> bool:
    """Whether all of `text` can be drawn."""
    return all(sign in _SIGNS for sign in text)


def digits_width(text: str, scale: int = 1) -> int:
    """How many cells `text` takes at a scale."""
    return scale * (sum(len(_SIGNS[sign][0]) + 1 for sign in text) - 1) if text else 0


def digits_height(scale: int = 1) -> int:
    """How many rows digits take at a scale."""
    return ceil(DOTS_HIGH * scale / 2)


def fitting_scale(text: str, width: int, height: int) -> int:
    """The largest scale at which `text` fits into `width` by `height` cells; 0 when none does."""
    if not text:
        return 0
    return max(0, min(width // digits_width(text), 2 * height // DOTS_HIGH))


def big_digits(text: str, scale: int = 1) -> tuple[str, ...]:
    """The rows of `text`, of which each sign can be drawn (`has_signs`); all rows have the same width."""
    dots = ["".join(f"{_SIGNS[sign][line]} " for sign in text)[:-1] for line in range(DOTS_HIGH)]
    tall = [row for row in dots for _ in range(scale)]
    if len(tall) % 2:
        tall.append(" " * len(tall[0]))
    rows = []
    for upper, lower in zip(tall[::2], tall[1::2], strict=True):
        rows.append("".join(_BLOCK[top + bottom] * scale for top, bottom in zip(upper, lower, strict=True)))
    return tuple(rows)


def timer_digits(text: str, scale: int, cells: int) -> tuple[str, ...]:
    """As `big_digits`; a `+` in front is drawn smaller where it would not fit beside digits of that size.

    Past due must not read like time left. Left out only where not even one cell is free for it.
    """
    digits = text.removeprefix("+")
    if digits == text or digits_width(text, scale) <= cells:
        return big_digits(text, scale)
    rows = big_digits(digits, scale)
    room = cells - digits_width(digits, scale) - 1
    small = next((one for one in range(scale - 1, 0, -1) if digits_width("+", one) <= room), 0)
    sign = big_digits("+", small) if small else ("+",)
    if len(sign[0]) > room:
        return rows
    above = (len(rows) - len(sign)) // 2
    blank = " " * len(sign[0])
    beside = [sign[row - above] if 0 <= row - above < len(sign) else blank for row in range(len(rows))]
    return tuple(f"{mark} {row}" for mark, row in zip(beside, rows, strict=True))


_BLOCK = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}
