"""The day sheet as a PDF: who is in the house first, a page or more a practitioner, then the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from frontdesk.domain.paper import EMPTY, RULES, WALK_INS, DayPaper, PaperGroup, PaperPage, PaperVisit
from frontdesk.domain.plurals import number_of
from frontdesk.exchange.pdf_page import MARGIN, Pages, all_texts

_COLUMNS = (
    ("came", "came", 14.0),
    ("in", "went_in", 14.0),
    ("count", "count_in", 12.0),
    ("due", "due", 14.0),
    ("out", "went_out", 14.0),
    ("count", "count_out", 12.0),
    ("kept", "kept", 11.0),
    ("left", "left", 14.0),
)
"""What is written in by hand: its heading, the field that may hold it already, its width in millimetres."""
_TIME, _WHAT = 22.0, 40.0
_LINE, _TALL = 4.0, 13.0
"""Millimetres of a line of small print, and the least that a hand needs."""


class Printed(Struct, frozen=True):
    """A document, and how many of its names are in Latin letters because no font here has theirs."""

    data: bytes
    in_latin: int = 0


def day_pdf(paper: DayPaper, font: Path | None = None) -> Printed:
    """The whole sheet; `font` is asked first for letters that FiraGO lacks."""
    title = f"Day sheet {paper.day.isoformat()}"
    pages = Pages(paper.region, paper.at, title, all_texts(paper), upright=False, font=font)
    sheet = _Sheet(pages, paper)
    sheet.overview()
    for group in paper.practitioners:
        sheet.practitioner(group)
    sheet.rooms()
    sheet.letters()
    return Printed(pages.finish(), len(pages.letters.notes))


def page_pdf(paper: PaperPage, font: Path | None = None) -> Printed:
    """A sheet of sections, upright."""
    title = f"{paper.title.capitalize()} {paper.day.isoformat()}"
    pages = Pages(paper.region, paper.at, title, all_texts(paper), upright=True, font=font)
    sheet = _Lists(pages, paper, paper.title)
    sheet.turn()
    for section in paper.sections:
        sheet.list(section.title, section.lines or ("none",))
    sheet.letters()
    return Printed(pages.finish(), len(pages.letters.notes))


class _Lists:
    """Lists under titles, and where on the page they go on."""

    def __init__(self, pages: Pages, paper: DayPaper | PaperPage, title: str) -> None:
        self._pages = pages
        self._head = f"{paper.day_words} · {title}"
        self._about = f"{paper.clinic} · as of {paper.as_of}"
        self._y = 0.0

    def turn(self) -> None:
        """Begins a page."""
        pages = self._pages
        pages.turn()
        wide = pages.width * 0.58
        pages.text(MARGIN, MARGIN, self._head, size=13, style="B", width=wide)
        about = f"{self._about} · page {pages.number}"
        pages.text(MARGIN + wide, MARGIN + 1.2, about, size=8.5, width=pages.width - wide, right=True)
        self._y = MARGIN + 8
        pages.rule(MARGIN, self._y - 1, pages.width)

    def list(self, title: str, said: Sequence[str]) -> None:
        """A title, left out where it is empty, and lines under it; nothing where there are none."""
        pages = self._pages
        if not said:
            return
        if title:
            self._space(12)
            pages.text(MARGIN, self._y + 2, title, size=11, style="B", width=pages.width)
            self._y += 8
        for one in said:
            for line in pages.wrapped(one, pages.width - 6, size=9.5):
                self._space(5)
                pages.text(MARGIN + 3, self._y, line, size=9.5)
                self._y += 5
        self._y += 2

    def _title(self, title: str, notes: Sequence[str]) -> None:
        self._pages.text(MARGIN, self._y, title, size=12, style="B", width=self._pages.width / 2)
        told = " · ".join(notes)
        half = self._pages.width / 2
        self._pages.text(MARGIN + half, self._y + 0.6, told, size=9, width=half, right=True)
        self._y += 7

    def letters(self) -> None:
        """The code points of names in Latin letters."""
        notes = self._pages.letters.notes
        if notes:
            self.turn()
            self._title(
                "Names in Latin letters",
                ("no font here has their own letters; these are they, as Unicode numbers them",),
            )
            self.list("", tuple(notes))

    def _space(self, height: float) -> None:
        if self._y + height > self._pages.bottom:
            self.turn()


class _Sheet(_Lists):
    """The day sheet's own pages."""

    def __init__(self, pages: Pages, paper: DayPaper) -> None:
        super().__init__(pages, paper, "day sheet")
        self._paper = paper

    def overview(self) -> None:
        paper = self._paper
        self.turn()
        self.list("", paper.notes)
        self.list("In the house", paper.house or ("nobody",))
        self.list("Needles in by plan", paper.kept)
        self.list("Not coming", paper.not_coming)
        self.list("By hand", RULES)

    def practitioner(self, group: PaperGroup) -> None:
        heads = self._heads(group)
        self.turn()
        self._title(group.title, group.notes)
        self._head_row(heads)
        walk_ins = 0
        for visit in (*group.visits, *(EMPTY,) * WALK_INS):
            told = self._told(visit)
            height = max(_TALL, 6.5 + _LINE * len(told))
            if self._y + height > self._pages.bottom:
                if walk_ins:
                    break
                self.turn()
                self._title(f"{group.title} (goes on)", ())
                self._head_row(heads)
            self._visit(visit, told, height)
            walk_ins += visit is EMPTY

    def rooms(self) -> None:
        """In two columns, a line a visit and one to write in; a room longer than a column goes on in the next."""
        pages, width = self._pages, (self._pages.width - 8) / 2
        self.turn()
        self._title("Rooms", ())
        top, x = self._y, MARGIN

        def space(height: float) -> None:
            nonlocal top, x
            if self._y + height <= pages.bottom or self._y == top:
                return
            if x > MARGIN:
                self.turn()
                self._title("Rooms (go on)", ())
                top, x = self._y, MARGIN
            else:
                self._y, x = top, MARGIN + width + 8

        for group in self._paper.rooms:
            space(6 + 5 * (len(group.visits) + 1))
            pages.text(x, self._y, group.title, size=10.5, style="B", width=width)
            self._y += 6
            for visit in (*group.visits, EMPTY):
                space(5)
                if visit.starts:
                    pages.text(x + 1, self._y, f"{visit.starts}-{visit.ends}", size=8.5)
                    pages.text(x + 24, self._y, visit.name, size=8.5, width=width - 24 - 36)
                    pages.text(x + width - 35, self._y, visit.practitioner, size=8.5, width=35)
                pages.rule(x, self._y + 4.6, width)
                self._y += 5
            self._y += 3

    def _heads(self, group: PaperGroup) -> tuple[tuple[str, float], ...]:
        written = tuple((head, width) for head, _, width in _COLUMNS)
        return (
            ("time", _TIME),
            (f"patient ({number_of(len(group.visits), 'visit')})", self._name_width),
            ("service, room", _WHAT),
            *written,
        )

    def _head_row(self, heads: Sequence[tuple[str, float]]) -> None:
        x = MARGIN
        for head, width in heads:
            self._pages.box(x, self._y, width, 5.5, grey=0.9)
            self._pages.text(x + 1, self._y + 0.8, head, size=8.5, style="B", width=width - 1.5)
            x += width
        self._y += 5.5

    @property
    def _name_width(self) -> float:
        return self._pages.width - _TIME - _WHAT - sum(width for _, _, width in _COLUMNS)

    def _told(self, visit: PaperVisit) -> list[tuple[str, bool]]:
        """What stands under a name, line by line, and whether it must be seen before anything is done."""
        width = self._name_width - 3
        lines: list[tuple[str, bool]] = []
        if visit.cautions:
            told = " ".join(f"! {one}" for one in visit.cautions)
            lines += [(line, True) for line in self._pages.wrapped(told, width, size=8.5, style="B")]
        rest = [f"must leave by {visit.leave_by}"] if visit.leave_by else []
        rest += [*visit.remarks, *([f"tel. {visit.phone}"] if visit.phone else [])]
        if rest:
            lines += [(line, False) for line in self._pages.wrapped(" · ".join(rest), width, size=8.5)]
        return lines

    def _visit(self, visit: PaperVisit, told: Sequence[tuple[str, bool]], height: float) -> None:
        pages, y = self._pages, self._y
        x = MARGIN
        pages.box(x, y, _TIME, height)
        if visit.starts:
            pages.text(x + 1, y + 1, visit.starts, size=11, style="B")
            pages.text(x + 1, y + 6, f"to {visit.ends}", size=8.5)
        x += _TIME
        name = self._name_width
        pages.box(x, y, name, height)
        if visit.number is not None:
            pages.text(x + 1, y + 1, visit.name, size=11, style="B", width=name - 15)
            pages.text(x + name - 14, y + 1.6, f"#{visit.number}", size=8.5, width=13, right=True)
        for index, (line, urgent) in enumerate(told):
            pages.text(x + 1.5, y + 6 + _LINE * index, line, size=8.5, style="B" if urgent else "")
        x += name
        pages.box(x, y, _WHAT, height)
        pages.text(x + 1, y + 1.2, visit.service, size=9, width=_WHAT - 2)
        pages.text(x + 1, y + 5, visit.room, size=9, style="B", width=_WHAT - 2)
        if visit.retention:
            pages.text(x + 1, y + 8.6, visit.retention, size=8.5, width=_WHAT - 2)
        x += _WHAT
        for _, field, width in _COLUMNS:
            pages.box(x, y, width, height)
            pages.text(x + 1, y + 3, getattr(visit, field), size=10.5, width=width - 1.5)
            x += width
        self._y += height
