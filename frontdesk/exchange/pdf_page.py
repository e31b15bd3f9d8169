"""Printed pages, drawn by fpdf2: text in boxes and nothing else, whatever stands in a name.

Each text is set by itself: nothing of it is read as markup, a page number or a field, and writing from right to left
turns nothing but itself round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from fpdf import FPDF
from fpdf.enums import TextDirection
from msgspec import Struct
from pendulum import DateTime

from frontdesk.exchange.paper_fonts import Letters, letters_for

LETTER_REGIONS = frozenset({"CA", "CL", "CO", "CR", "DO", "GT", "MX", "PA", "PH", "PR", "SV", "US", "VE"})
"""Where printers hold Letter; everywhere else it is A4 (ISO 216)."""
MARGIN = 10.0
"""Millimetres that printers leave empty."""
POINT = 25.4 / 72
"""Millimetres."""
_PLAIN = ("\u0300", "\u036f"), ("\u0590", "\U0010ffff")
"""Where letters begin that are joined, stacked or turned round; the rest is set as it comes, which is far quicker."""

Style = Literal["", "B"]


class Pages:
    """A document of landscape or upright pages with the same heading on each."""

    def __init__(
        self, region: str, at: DateTime, title: str, texts: Iterable[str], *, upright: bool, font: Path | None = None
    ) -> None:
        """`texts` is everything that will be set, so that fonts for it can be looked for; `font` is one to use first.

        Raises `Refused` where `font` is none.
        """
        self._pdf = pdf = FPDF(
            "portrait" if upright else "landscape", "mm", "letter" if region in LETTER_REGIONS else "A4"
        )
        # Otherwise a patient called {nb} would be the number of pages.
        pdf.str_alias_nb_pages = None  # type: ignore[assignment]
        pdf.set_auto_page_break(False)
        pdf.set_title(title)
        pdf.set_creator("frontdesk")
        pdf.set_creation_date(at)
        pdf.set_margin(MARGIN)
        pdf.set_line_width(0.15)
        # Fonts are read again while text is shaped.
        self._folder = TemporaryDirectory()
        self.letters = self._fonts(texts, font)
        self._size, self._style = 0.0, ""

    @property
    def width(self) -> float:
        """Millimetres between the margins."""
        return float(self._pdf.w) - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the lower margin begins, in millimetres from the top."""
        return float(self._pdf.h) - MARGIN

    @property
    def number(self) -> int:
        """The page that is being drawn, from 1."""
        return int(self._pdf.page)

    def turn(self) -> None:
        """Begins a page."""
        self._pdf.add_page()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        style: Style = "",
        width: float | None = None,
        right: bool = False,
    ) -> None:
        """One line with its upper left corner at `x`, `y`, cut to `width` millimetres; `right` sets it to the right."""
        text = self._fitted(self.letters.written(text), size, style, width)
        if not text:
            return
        self._set(size, style, text)
        self._pdf.set_xy(x, y)
        wide = self._pdf.get_string_width(text) if width is None else width
        self._pdf.cell(wide, size * POINT * 1.25, text, align="R" if right else "L")

    def wrapped(self, text: str, width: float, *, size: float = 9, style: Style = "") -> list[str]:
        """A text broken at blanks into lines of at most `width` millimetres; a longer word is cut."""
        lines: list[str] = []
        for word in self.letters.written(text).split():
            if lines and self._wide(f"{lines[-1]} {word}", size, style) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return [self._fitted(line, size, style, width) for line in lines]

    def box(self, x: float, y: float, width: float, height: float, *, grey: float | None = None) -> None:
        """A frame, filled with a shade of grey if one is given."""
        if grey is not None:
            self._pdf.set_fill_color(round(255 * grey))
        self._pdf.rect(x, y, width, height, style="DF" if grey is not None else "D")

    def rule(self, x: float, y: float, width: float) -> None:
        """A line across."""
        self._pdf.line(x, y, x + width, y)

    def finish(self) -> bytes:
        """The document."""
        out = BytesIO()
        self._pdf.output(out)
        self._folder.cleanup()
        return out.getvalue()

    def _fonts(self, texts: Iterable[str], font: Path | None) -> Letters:
        # Both load fonts only when something is printed.
        from pymupdf_fonts import myfont

        for style, name in (("", "figo"), ("B", "figbo")):
            file = Path(self._folder.name) / f"{name}.ttf"
            file.write_bytes(myfont(name))
            self._pdf.add_font("firago", style, file)
        has = frozenset(self._pdf.fonts["firago"].cmap) & frozenset(self._pdf.fonts["firagoB"].cmap)  # type: ignore[union-attr]
        letters = letters_for(texts, has, font)
        for index, path in enumerate(letters.files):
            self._pdf.add_font(f"other{index}", "", path)
        if letters.files:
            self._pdf.set_fallback_fonts([f"other{index}" for index in range(len(letters.files))], exact_match=False)
        return letters

    def _fitted(self, text: str, size: float, style: Style, width: float | None) -> str:
        if width is None or self._wide(text, size, style) <= width:
            return text
        while text and self._wide(text + "…", size, style) > width:
            text = text[:-1]
        return text.rstrip() + "…" if text else ""

    def _wide(self, text: str, size: float, style: Style) -> float:
        self._set(size, style, text)
        return float(self._pdf.get_string_width(text))

    def _set(self, size: float, style: Style, text: str) -> None:
        if (size, style) != (self._size, self._style):
            self._pdf.set_font("firago", style, size)
            self._size, self._style = size, style
        shaped = any(first <= one <= last for one in text for first, last in _PLAIN)
        self._pdf.set_text_shaping(shaped, direction=TextDirection.LTR)


def all_texts(value: object) -> Iterator[str]:
    """Every text in a value made of structs and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from all_texts(one)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from all_texts(getattr(value, name))
