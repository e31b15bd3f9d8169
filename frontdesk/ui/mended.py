"""Textual 8.2.8 mended where it keeps what is gone.

It remembers two colours for each of the last thousand widgets, and with them the widgets' rows: a day of dialogs would
hold forty megabytes of closed ones. Rests on a private part of textual==8.2.8, which pyproject pins and
tests/ui/test_mended.py holds.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(maxsize=256)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _of_colours(self: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    """The styles inside and outside a border, remembered by the colours alone."""
    del self
    return _inner_outer(base_background, background)


def mend() -> None:
    """Before the first widget is drawn; once or more."""
    StylesCache.get_inner_outer = _of_colours  # type: ignore[method-assign,assignment]
