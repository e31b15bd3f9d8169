"""The day sheet as plain text, for any printer: rows of 80 or 100 cells, and room to write in."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.domain.paper import EMPTY, RULES, WALK_INS, DayPaper, PaperGroup, PaperPage, PaperVisit
from frontdesk.domain.plurals import number_of
from frontdesk.exchange.plain_text import cells, cut, pad, page, wrap

WIDTHS = (80, 100)


def day_text(paper: DayPaper, width: int = WIDTHS[0]) -> str:
    """The whole sheet in rows of at most `width` cells, 80 or more."""
    return page(_rows(paper, width))


def page_text(paper: PaperPage, width: int = WIDTHS[0]) -> str:
    """A sheet of sections in rows of at most `width` cells."""
    return page(_page_rows(paper, width))


def _page_rows(paper: PaperPage, width: int) -> Iterator[str]:
    yield cut(f"{paper.clinic} · {paper.title.upper()} · {paper.day_words}", width)
    yield f"as of {paper.as_of}"
    for section in paper.sections:
        yield from _list(section.title.upper(), section.lines or ("none",), width)


def _rows(paper: DayPaper, width: int) -> Iterator[str]:
    yield cut(f"{paper.clinic} · DAY SHEET · {paper.day_words}", width)
    yield f"as of {paper.as_of}; what happened later is what was written here by hand"
    yield from wrap(paper.notes, width)
    yield from _list("IN THE HOUSE", paper.house, width)
    yield from _list("NEEDLES IN BY PLAN", paper.kept, width)
    for group in paper.practitioners:
        yield from ("", "")
        yield from _heading(group, width)
        for visit in group.visits:
            yield from _visit(visit, width)
        for _ in range(WALK_INS):
            yield from _visit(EMPTY, width)
    yield from ("", "", _ruled("ROOMS", width))
    for group in paper.rooms:
        yield ""
        yield cut(group.title, width)
        for visit in group.visits:
            yield _in_room(visit, width)
        yield f"  {'_' * 11}  {'_' * (width - 15)}"
    yield from _list("NOT COMING", paper.not_coming, width)
    yield from _list("BY HAND", RULES, width)


def _heading(group: PaperGroup, width: int) -> Iterator[str]:
    yield _ruled(f"{group.title} · {number_of(len(group.visits), 'visit')}", width)
    yield from wrap(group.notes, width, indent="  ")


def _visit(visit: PaperVisit, width: int) -> Iterator[str]:
    """Who, when, where; what must be seen; what is retained; and the row to write in."""
    yield ""
    when = f"{visit.starts}-{visit.ends}" if visit.starts else "_____-_____"
    number = f"#{visit.number}" if visit.number is not None else ""
    room, service = 14, 16 if width >= 100 else 13
    name = width - 11 - 1 - 7 - 1 - service - 1 - room - 1
    who = pad(visit.name, name) if visit.name else "_" * name
    yield f"{when} {who} {pad(number, 7)} {pad(visit.service or '_' * service, service)} {visit.room or '_' * room}"
    told = [f"! {one}" for one in visit.cautions]
    told += [f"must leave by {visit.leave_by}"] if visit.leave_by else []
    told += [f"retention {visit.retention}"] if visit.retention else []
    told += [f"tel. {visit.phone}"] if visit.phone else []
    yield from wrap([*told, *visit.remarks], width, indent="  ")
    blanks = (
        ("came", visit.came, 5),
        ("in", visit.went_in, 5),
        ("count", visit.count_in, 3),
        ("due", visit.due, 5),
        ("out", visit.went_out, 5),
        ("count", visit.count_out, 3),
        ("kept", visit.kept, 3),
        ("left", visit.left, 5),
    )
    more = (width - WIDTHS[0]) // len(blanks)
    yield " " + " ".join(f"{word} {said or '_' * (size + more)}" for word, said, size in blanks)


def _in_room(visit: PaperVisit, width: int) -> str:
    who = (width - 2 - 11 - 2 - 2) // 2
    return f"  {visit.starts}-{visit.ends}  {pad(visit.name, who)}  {cut(visit.practitioner, width - 17 - who)}"


def _list(title: str, said: tuple[str, ...], width: int) -> Iterator[str]:
    if said:
        yield from ("", _ruled(title, width))
        for one in said:
            first, *rest = wrap([one], width - 4) or [""]
            yield f"  {first}"
            yield from (f"    {row}" for row in rest)


def _ruled(title: str, width: int) -> str:
    head = f"== {cut(title, width - 5)} "
    return pad(head, cells(head)) + "=" * (width - cells(head))
