"""Textual 8.2.8 mended where it keeps what is gone, and where it forgets what it needs again.

It remembers two colours for each of the last thousand widgets, and with them the widgets' rows: a day of dialogs would
hold forty megabytes of closed ones. And it parses every style sheet anew for each screen that is opened for the first
time, up to four times over. Rests on private parts of textual==8.2.8, which pyproject pins and tests/ui/test_mended.py
holds.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.cache import LRUCache
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.style import Style


@lru_cache(maxsize=256)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _of_colours(self: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    """The styles inside and outside a border, remembered by the colours alone."""
    del self
    return _inner_outer(base_background, background)


class Sheets(Stylesheet):
    """Style sheets of which each is parsed once for the colours it is drawn in."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        # Room for those of every widget there is.
        self._parse_cache = LRUCache(1024)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forgets what was parsed only where something has changed."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Puts together the rules of all sheets; only those are parsed that are new."""
        self.parse()


def mend() -> None:
    """Before the first widget is drawn; once or more."""
    StylesCache.get_inner_outer = _of_colours  # type: ignore[method-assign,assignment]
