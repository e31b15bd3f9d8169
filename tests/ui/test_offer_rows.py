"""Offers as rows: as many as there is room for, never wider than that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain.packing import Slot
from frontdesk.ui.layout.cells import line_width
from frontdesk.ui.layout.offer_rows import day_words, offer_rows
from tests.ui.day_shop import LIN, OKAFOR, ROOMS, at

MONDAY = date(2026, 11, 23)
ZONE = "America/Toronto"


def offers(days: int, a_day: int = 3) -> list[Slot]:
    return [
        Slot(at("09:00").add(days=day, hours=2 * nth), at("10:00").add(days=day, hours=2 * nth), who, ROOMS[nth], 25)
        for day in range(days)
        for nth, who in zip(range(a_day), (LIN, OKAFOR, LIN), strict=False)
    ]


def text(cells: int, rows: int, days: int = 3) -> list[str]:
    lines = offer_rows(offers(days), at("11:00"), ZONE, MONDAY, cells, rows)
    assert len(lines) <= rows
    assert all(line_width(line) == cells for line in lines)
    return ["".join(span.text for span in line).rstrip() for line in lines]


def test_listed_where_there_are_rows_a_day_named_once() -> None:
    rows = text(48, 12)
    assert rows[0] == " 1 today       09:00  Dr Lin       Room 1"
    assert rows[1] == "▸2             11:00  Dr Okafor    Room 2"
    assert rows[3].startswith(" 4 tomorrow    09:00")
    assert rows[6].startswith(" 7 Wed 25 Nov  09:00")


def test_side_by_side_where_there_are_few_rows() -> None:
    rows = text(76, 5)
    assert rows[0].split() == ["today", "tomorrow", "Wed", "25", "Nov"]
    assert "1 09:00 Dr Lin" in rows[1]
    assert "7 09:00 Dr Lin" in rows[1]
    assert "▸2 11:00" in rows[2]


@pytest.mark.parametrize(("cells", "rows"), [(76, 3), (58, 5), (50, 5)])
def test_every_place_that_a_digit_takes_is_seen_where_rows_are_too_few_for_names(cells: int, rows: int) -> None:
    shown = text(cells, rows, days=3)
    seen = {word.strip("▸") for word in " ".join(shown).split()}
    assert seen >= set("123456789")


def test_a_long_name_takes_what_the_rooms_leave() -> None:
    long = replace(LIN, name="Dr Papadiamantopoulou-Karaïskákis")
    some = [replace(one, practitioner=long) for one in offers(1)]

    def row(cells: int) -> str:
        lines = offer_rows(some, None, ZONE, MONDAY, cells, 12)
        assert all(line_width(line) == cells for line in lines)
        return "".join(span.text for span in lines[0]).rstrip()

    assert row(76).endswith("Dr Papadiamantopoulou-Karaïskákis Room 1")
    assert row(48).endswith("Dr Papadiamantopou… Room 1")


@pytest.mark.parametrize("cells", [1, 5, 19, 37, 38, 46, 200])
@pytest.mark.parametrize("rows", [1, 2, 5, 30])
def test_any_size_is_filled_and_not_more(cells: int, rows: int) -> None:
    text(cells, rows)


@pytest.mark.parametrize(
    ("away", "words"), [(0, "today"), (1, "tomorrow"), (2, "Wed 25 Nov"), (60, "Fri 22 Jan 2027"), (-1, "Sun 22 Nov")]
)
def test_days_are_called_as_people_call_them(away: int, words: str) -> None:
    assert day_words(MONDAY + timedelta(days=away), MONDAY) == words
