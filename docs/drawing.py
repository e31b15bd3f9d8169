"""A terminal's screen as a small SVG: one element a run of text in one look, one a run of one background.

Textual's own export draws each cell's row through a clip path and asks another host for a font; these are a quarter of
the size, ask nobody, and keep their columns in whatever monospaced font the reader has.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

CELL, ROW, MARGIN = 8, 17, 8
"""Width of a cell, height of a row, and the paper around them, in pixels."""
FONT = 13.3
"""Its height in pixels: most monospaced fonts are 0.6 times as wide."""
BLOCKS = {
    "█": (0, 0, 8, 8),
    "▀": (0, 0, 8, 4),
    "▐": (4, 0, 4, 8),
    **{sign: (0, 8 - number, 8, number) for number, sign in enumerate("▁▂▃▄▅▆▇", 1)},
    **{sign: (0, 0, number, 8) for number, sign in enumerate("▏▎▍▌▋▊▉", 1)},
}
"""Signs that are drawn as boxes (left, top, width, height in eighths of a cell): letters leave gaps between rows."""


class _Run(NamedTuple):
    column: int
    cells: int
    text: str
    style: Style


def drawing(rows: Iterable[Iterable[Segment]], theme: TerminalTheme) -> str:
    """The rows of a screen as an SVG; `theme` says what the terminal's own colours are."""
    paper = _hex(theme.background_color)
    looks: dict[str, str] = {}
    boxes: list[str] = []
    texts: list[str] = []
    width = height = 0
    for number, row in enumerate(rows):
        height = number + 1
        for run in _runs(row):
            width = max(width, run.column + run.cells)
            ink, behind, bold, line = _look(run.style, theme)
            x, y = MARGIN + run.column * CELL, MARGIN + number * ROW
            if behind != paper:
                boxes.append(_box(behind, x, y, run.cells * CELL, ROW))
            if run.text[0] in BLOCKS:
                left, top, wide, high = (eighths / 8 for eighths in BLOCKS[run.text[0]])
                each = [0] if wide == 1 else range(run.cells)
                long = run.cells * CELL if wide == 1 else wide * CELL
                boxes += [_box(ink, x + (left + at) * CELL, y + top * ROW, long, high * ROW) for at in each]
                continue
            said = run.text.rstrip()
            if not said:
                continue
            at = x + (cell_len(said) - cell_len(said.lstrip())) * CELL
            said = said.lstrip()
            look = f"fill:{ink}" + (";font-weight:700" if bold else "") + (";text-decoration:underline" if line else "")
            name = looks.setdefault(look, f"t{len(looks)}")
            long = cell_len(said) * CELL
            texts.append(f'<text class="{name}" x="{at}" y="{y + 13}" textLength="{long}">{escape(said)}</text>')
    right, bottom = width * CELL + 2 * MARGIN, height * ROW + 2 * MARGIN
    styles = "".join(f".{name}{{{look}}}" for look, name in looks.items())
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right} {bottom}" width="{right}">'
    font = f"text{{font:{FONT}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}}"
    ground = f'<rect width="{right}" height="{bottom}" rx="6" fill="{paper}"/>'
    return "\n".join((head, f"<style>{font}{styles}</style>", ground, *boxes, *texts, "</svg>", ""))


def _box(ink: str, x: float, y: float, width: float, height: float) -> str:
    return f'<path fill="{ink}" d="M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z"/>'


def _runs(row: Iterable[Segment]) -> Iterable[_Run]:
    """Runs of one look, cut where more than one blank lies between words: so columns stay where they are."""
    column = 0
    for text, style, control in row:
        if control:
            continue
        for part in _parts(text):
            cells = cell_len(part)
            yield _Run(column, cells, part, style or Style.null())
            column += cells


def _parts(text: str) -> Iterable[str]:
    part = ""
    for sign in text:
        block = sign in BLOCKS or (bool(part) and part[-1] in BLOCKS)
        apart = (block and sign != part[-1:]) or (part.endswith("  ") and sign != " " and part.strip() != "")
        if part and apart:
            yield part
            part = ""
        part += sign
    if part:
        yield part


def _look(style: Style, theme: TerminalTheme) -> tuple[str, str, bool, bool]:
    ink = _colour(style.color, theme, foreground=True)
    paper = _colour(style.bgcolor, theme, foreground=False)
    if style.reverse:
        ink, paper = paper, ink
    return ink, paper, bool(style.bold), bool(style.underline)


def _colour(color: Color | None, theme: TerminalTheme, *, foreground: bool) -> str:
    if color is None:
        return _hex(theme.foreground_color if foreground else theme.background_color)
    return _hex(color.get_truecolor(theme, foreground=foreground))


def _hex(rgb: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)
